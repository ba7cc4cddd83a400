//! How a judgement is made: of one target, of all, or of what was judged before.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet as HashSet;

use super::Analysis;
use super::budget::{Budget, Limit, Spent};
use super::judgement::{JudgedPath, Judgement};
use crate::chain::{self, CertificateId, Count, EntityId, MAX_CANDIDATES, Path};
use crate::check::{Judge, Memory, Meter, PathVerdict, Work};

impl Analysis {
    /// One certificate judged.
    pub fn judge(&self, target: CertificateId) -> Judgement {
        Judgement::new(Arc::new(self.clone()), target, &Budget::default())
    }

    /// Every target judged.
    pub fn judge_all(&self) -> Vec<Judgement> {
        Judgement::all(&Arc::new(self.clone()), &Budget::default())
    }
}

impl Judgement {
    /// Judges one target; what runs out of `budget` is said in `spent`. No signature of a certificate is checked here: the graph
    /// remembers what is known of them.
    pub fn new(analysis: Arc<Analysis>, target: CertificateId, budget: &Budget) -> Self {
        Self::new_until(&|| false, analysis, target, budget)
    }

    /// The same; `is_cancelled` is asked before each path, and nothing is to be read from what was cancelled.
    pub fn new_until(is_cancelled: &dyn Fn() -> bool, analysis: Arc<Analysis>, target: CertificateId, budget: &Budget) -> Self {
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let inputs = Arc::clone(&analysis);
        let mut judge = inputs.judge_with(&memory, &meter);
        let mut judgement = Self::within(is_cancelled, &analysis, &mut judge, target, budget).0;
        judgement.spent.extend(meter.spent().into_iter().map(|work| Spent::of_work(work, target)));
        judgement
    }

    /// All targets of an analysis within one budget: a thousand hostile ones shall not take a thousand times as long as one. Those that
    /// are left over say so.
    pub fn all(analysis: &Arc<Analysis>, budget: &Budget) -> Vec<Self> {
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let mut judge = analysis.judge_with(&memory, &meter);
        let (mut left, mut known_spent) = (budget.cost, Vec::new());
        let judged = analysis.targets.iter().map(|target| {
            if left == 0 {
                return Self::left_over(analysis, *target, budget);
            }
            let (mut judgement, cost) = Self::within(&|| false, analysis, &mut judge, *target, budget);
            left = left.saturating_sub(cost);
            judgement.say_spent(meter.spent(), &mut known_spent);
            judgement
        });
        judged.collect()
    }

    /// What ran out is said where it first did: `known` has what was said of targets before.
    pub(super) fn say_spent(&mut self, spent: Vec<(Work, usize)>, known: &mut Vec<Work>) {
        for work in spent {
            if !known.contains(&work.0) {
                known.push(work.0);
                self.spent.push(Spent::of_work(work, self.target));
            }
        }
    }

    /// The same target again, after the judged time or the stores became others, or signatures were checked: what is still known is kept.
    pub fn again(&self, analysis: Arc<Analysis>, budget: &Budget) -> Self {
        self.again_until(&|| false, analysis, budget)
    }

    /// The same; `is_cancelled` is asked before each path, and nothing is to be read from what was cancelled.
    pub fn again_until(&self, is_cancelled: &dyn Fn() -> bool, analysis: Arc<Analysis>, budget: &Budget) -> Self {
        let is_only_time = Arc::ptr_eq(&self.analysis.pool, &analysis.pool)
            && self.analysis.graph.is_same(&analysis.graph)
            && self.analysis.trust == analysis.trust
            && Arc::ptr_eq(&self.analysis.evidence, &analysis.evidence)
            && self.analysis.policy.is_same_at_another_time(&analysis.policy);
        // What a smaller budget left open, or out, is not known.
        let is_known = |limit: Limit| {
            use Limit as L;
            matches!(limit, L::Depth | L::Candidates | L::ChecksPerName | L::ComparisonsOfPair | L::PolicyEdgesOfPath)
        };
        // A count that the search broke off tells of nothing that ran out.
        let is_whole = self.count.exact && self.spent.iter().all(|spent| is_known(spent.limit));
        if !is_only_time || !is_whole {
            return Self::new_until(is_cancelled, analysis, self.target, budget);
        }
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let inputs = Arc::clone(&analysis);
        let mut judge = inputs.judge_with(&memory, &meter);
        let again =
            |known: &JudgedPath| JudgedPath::new(known.path.clone(), judge.judge_again(&known.path, known.settled, &known.findings));
        let paths: Vec<JudgedPath> = self.paths.iter().take_while(|_| !is_cancelled()).map(again).collect();
        let spent = self.spent.iter().copied().chain(meter.spent().into_iter().map(|work| Spent::of_work(work, self.target))).collect();
        Self { verdict: best(&paths), analysis, paths, spent, seen: OnceLock::new(), entities: self.entities.clone(), ..*self }
    }

    pub(super) fn within(
        is_cancelled: &dyn Fn() -> bool,
        analysis: &Arc<Analysis>,
        judge: &mut Judge<'_>,
        target: CertificateId,
        budget: &Budget,
    ) -> (Self, usize) {
        let limits = budget.limits(analysis.policy.limits);
        let found = chain::paths(&analysis.pool, &analysis.graph, &analysis.trust, target, limits);
        let judged = |path: Path| {
            let judged = judge.judge(&path);
            JudgedPath::new(path, judged)
        };
        let paths: Vec<JudgedPath> = found.listed.into_iter().take_while(|_| !is_cancelled()).map(judged).collect();
        judge.forget(target);
        let entities = entities_of(analysis, target, &paths);
        let mut spent: Vec<Spent> = found.stopped.into_iter().map(|stop| Spent::of_search(stop, target)).collect();
        if !analysis.graph.cut().is_empty() || !analysis.graph.cut_checks().is_empty() {
            spent.extend(cut_links(analysis, &paths));
        }
        let judgement = Self {
            generation: 0,
            analysis: Arc::clone(analysis),
            target,
            verdict: best(&paths),
            paths,
            count: found.count,
            other: found.other,
            entities,
            spent,
            seen: OnceLock::new(),
        };
        (judgement, found.cost)
    }

    pub(super) fn left_over(analysis: &Arc<Analysis>, target: CertificateId, budget: &Budget) -> Self {
        let none = Count { value: 0, exact: false };
        Self {
            generation: 0,
            analysis: Arc::clone(analysis),
            target,
            verdict: PathVerdict::Incomplete,
            paths: Vec::new(),
            count: none,
            other: none,
            entities: vec![analysis.graph.entity_of(target)],
            spent: vec![Spent { limit: Limit::Targets, value: budget.cost, at: target }],
            seen: OnceLock::new(),
        }
    }
}

/// A target is as good as its best path.
fn best(paths: &[JudgedPath]) -> PathVerdict {
    paths.iter().map(|judged| judged.verdict).min().unwrap_or(PathVerdict::Incomplete)
}

fn entities_of(analysis: &Analysis, target: CertificateId, paths: &[JudgedPath]) -> Vec<EntityId> {
    let mut entities = vec![analysis.graph.entity_of(target)];
    let mut seen: HashSet<EntityId> = entities.iter().copied().collect();
    for id in paths.iter().flat_map(|judged| &judged.path.certificates) {
        let entity = analysis.graph.entity_of(*id);
        if seen.insert(entity) {
            entities.push(entity);
        }
    }
    entities.shrink_to_fit();
    entities
}

/// Where candidates for an issuer on some path were left out, or not checked.
fn cut_links(analysis: &Analysis, paths: &[JudgedPath]) -> Vec<Spent> {
    let mut seen: HashSet<CertificateId> = HashSet::default();
    let on_paths = paths.iter().flat_map(|judged| judged.path.certificates.iter().copied());
    let on_paths: Vec<CertificateId> = on_paths.filter(|id| seen.insert(*id)).collect();
    let left_out = analysis.graph.cut().iter().filter(|id| seen.contains(id));
    let left_out = left_out.map(|id| Spent { limit: Limit::Candidates, value: MAX_CANDIDATES, at: *id });
    let issuer = |id: CertificateId| analysis.pool.certificate(id).issuer.canonical();
    let unchecked = analysis.graph.cut_checks().iter().filter_map(|cut| {
        let mut of_issuer = on_paths.iter().filter(|id| issuer(**id) == issuer(cut.at));
        let at = of_issuer.find(|id| analysis.graph.is_partly_checked(**id))?;
        Some(Spent { limit: Limit::ChecksPerName, value: cut.limit, at: *at })
    });
    left_out.chain(unchecked).collect()
}
