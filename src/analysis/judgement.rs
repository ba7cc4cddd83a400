//! One target judged: all that any output reads, made once for each change of what is judged.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Analysis;
use super::budget::{Budget, Limit, Spent};
use crate::cert::Time;
use crate::chain::{self, CertificateId, Count, EntityId, Link, MAX_CANDIDATES, Path, SignatureState};
use crate::check::{Decides, Finding, Judge, Judged, Memory, Meter, PathVerdict, Place, RuleId, Settled, Verdict, Wants};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

#[derive(Debug, Clone)]
pub struct Judgement {
    /// Number of the request that it answers; the newest counts.
    pub generation: u64,
    /// What was judged: whoever shows something of it takes the names, links and stores from here, so that all of it belongs together.
    pub analysis: Arc<Analysis>,
    pub target: CertificateId,
    /// That of the best path.
    pub verdict: PathVerdict,
    pub paths: Vec<JudgedPath>,
    /// Paths to anchors.
    pub count: Count,
    /// Paths that end self-signed in no store, or at a missing issuer.
    pub other: Count,
    /// The entities on its paths; the target's first.
    pub entities: Vec<EntityId>,
    /// Every limit that ended something early.
    pub spent: Vec<Spent>,
    read: Arc<Read>,
}

#[derive(Debug, Clone)]
pub struct JudgedPath {
    pub path: Path,
    pub verdict: PathVerdict,
    /// What fails, is unknown or is a caution, from the target upward.
    pub findings: Vec<Arc<Finding>>,
    /// What is said of it whatever the judged time.
    settled: Settled,
}

/// A check that fails: the first path that it fails on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Index into the judgement's paths.
    pub path: usize,
    pub finding: Arc<Finding>,
}

/// The worst that is said of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub verdict: Verdict,
    /// The worst finding, signatures and trust left out: those belong to the links and the stores.
    pub finding: Option<Arc<Finding>>,
}

/// What follows from the paths, found out when it is first read.
#[derive(Debug, Default)]
struct Read {
    marks: OnceLock<HashMap<CertificateId, Mark>>,
    failures: OnceLock<Vec<Failure>>,
    /// Of certificates that are on no path.
    others: Mutex<HashMap<CertificateId, Mark>>,
}

impl JudgedPath {
    fn new(path: Path, Judged { verdict, findings, settled }: Judged) -> Self {
        Self { path, verdict, findings, settled }
    }

    /// The finding that keeps it from holding: its first failure, else the first thing that could not be decided. How the path ends is
    /// not among them.
    pub fn decisive(&self) -> Option<&Finding> {
        let failed = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.rule.rule().decides != Decides::Never;
        let open = |finding: &&Finding| finding.verdict == Verdict::Unknown && finding.rule.rule().decides == Decides::Always;
        let findings = || self.findings.iter().map(Arc::as_ref);
        findings().find(failed).or_else(|| findings().find(open))
    }

    /// How many checks fail, how it ends left out.
    pub fn failing(&self) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.rule != RuleId::Trust).count()
    }

    /// The worst that is said of a certificate on this path, by findings that are shown at it.
    pub fn worst(&self, id: CertificateId) -> Verdict {
        let own = self.findings.iter().filter(|finding| finding.place.certificate() == id);
        own.map(|finding| finding.verdict).min().unwrap_or(Verdict::Pass)
    }
}

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
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let inputs = Arc::clone(&analysis);
        let mut judge = inputs.judge_with(&memory, &meter);
        let mut judgement = Self::within(&analysis, &mut judge, target, &[], budget).0;
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
            let (mut judgement, cost) = Self::within(analysis, &mut judge, *target, &[], budget);
            left = left.saturating_sub(cost);
            // What runs out is said where it first did.
            for work in meter.spent() {
                if !known_spent.contains(&work.0) {
                    known_spent.push(work.0);
                    judgement.spent.push(Spent::of_work(work, *target));
                }
            }
            judgement
        });
        judged.collect()
    }

    /// The same target again, after the judged time or the stores became others, or signatures were checked: what is still known is kept.
    pub fn again(&self, analysis: Arc<Analysis>, budget: &Budget) -> Self {
        let is_only_time = Arc::ptr_eq(&self.analysis.pool, &analysis.pool)
            && self.analysis.graph.is_same(&analysis.graph)
            && self.analysis.trust == analysis.trust
            && Arc::ptr_eq(&self.analysis.evidence, &analysis.evidence)
            && self.analysis.policy.is_same_at_another_time(&analysis.policy);
        let is_whole = self.paths.len() < budget.listed.min(analysis.policy.limits.listed);
        if !is_only_time || !is_whole {
            return Self::new(analysis, self.target, budget);
        }
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let inputs = Arc::clone(&analysis);
        let mut judge = inputs.judge_with(&memory, &meter);
        let again =
            |known: &JudgedPath| JudgedPath::new(known.path.clone(), judge.judge_again(&known.path, known.settled, &known.findings));
        let paths: Vec<JudgedPath> = self.paths.iter().map(again).collect();
        let timeless = self.spent.iter().filter(|spent| spent.limit <= Limit::ChecksPerName).copied();
        let spent = timeless.chain(meter.spent().into_iter().map(|work| Spent::of_work(work, self.target))).collect();
        Self { verdict: best(&paths), analysis, paths, spent, read: Arc::default(), entities: self.entities.clone(), ..*self }
    }

    fn within(
        analysis: &Arc<Analysis>,
        judge: &mut Judge<'_>,
        target: CertificateId,
        _known: &[JudgedPath],
        budget: &Budget,
    ) -> (Self, usize) {
        let limits = budget.limits(analysis.policy.limits);
        let found = chain::paths(&analysis.pool, &analysis.graph, &analysis.trust, target, limits);
        let judged = |path: Path| {
            let judged = judge.judge(&path);
            JudgedPath::new(path, judged)
        };
        let paths: Vec<JudgedPath> = found.listed.into_iter().map(judged).collect();
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
            read: Arc::default(),
        };
        (judgement, found.cost)
    }

    fn left_over(analysis: &Arc<Analysis>, target: CertificateId, budget: &Budget) -> Self {
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
            read: Arc::default(),
        }
    }

    /// Paths to anchors and the others together; where only loops are left, those that are listed.
    pub fn all_paths(&self) -> Count {
        let value = self.count.value.saturating_add(self.other.value);
        if value == 0 {
            return Count { value: self.paths.len() as u128, exact: true };
        }
        Count { value, exact: self.count.exact && self.other.exact }
    }

    /// How many listed paths hold.
    pub fn valid(&self) -> usize {
        self.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid).count()
    }

    /// Index of the first path of the best verdict.
    pub fn best(&self) -> Option<usize> {
        self.paths.iter().position(|judged| judged.verdict == self.verdict)
    }

    /// The worst that is said of a certificate on any listed path: an issuer is blamed for what it may not do. One that is on no path
    /// is judged by the rules of a certificate alone.
    pub fn mark(&self, id: CertificateId) -> Mark {
        if let Some(known) = self.read.marks.get_or_init(|| self.marks()).get(&id) {
            return known.clone();
        }
        let mut others = self.read.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.entry(id).or_insert_with(|| mark_of(self.findings_of(id, Wants::Objections).into_iter().map(Arc::new))).clone()
    }

    fn marks(&self) -> HashMap<CertificateId, Mark> {
        let all = self.paths.iter().flat_map(|judged| &judged.path.certificates);
        let mut out: HashMap<CertificateId, Mark> = all.map(|id| (*id, Mark { verdict: Verdict::Pass, finding: None })).collect();
        for finding in self.paths.iter().flat_map(|judged| &judged.findings) {
            if let Some(mark) = out.get_mut(&finding.blamed()) {
                mark.take(finding);
            }
        }
        out
    }

    /// Every failing check once, in the order of the paths, each from the target upward.
    pub fn failures(&self) -> &[Failure] {
        self.read.failures.get_or_init(|| {
            let mut seen: HashSet<(RuleId, Place)> = HashSet::default();
            let mut out = Vec::new();
            for (path, judged) in self.paths.iter().enumerate() {
                let failing = judged.findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
                out.extend(
                    failing
                        .filter(|finding| seen.insert((finding.rule, finding.place)))
                        .map(|finding| Failure { path, finding: Arc::clone(finding) }),
                );
            }
            out
        })
    }

    /// Everything that the rules say of one path, passes with their facts: for whoever shows one path whole. What fails, is unknown or is
    /// a caution is what was judged; it is not judged again.
    pub fn explain(&self, path: usize) -> Vec<Finding> {
        let Some(judged) = self.paths.get(path) else { return Vec::new() };
        let (memory, meter) = (Memory::default(), Meter::new(Budget::first_look().allowance));
        let everything = self.analysis.judge_with(&memory, &meter).everything(&judged.path);
        let mut left: Vec<&Arc<Finding>> = judged.findings.iter().collect();
        let known = everything.into_iter().map(|finding| {
            let same = |known: &&Arc<Finding>| (known.rule, known.place) == (finding.rule, finding.place);
            match left.iter().position(same) {
                Some(place) => Finding::clone(left.remove(place)),
                // The small meter of this look ran out where that of the judgement had enough.
                None if finding.verdict <= Verdict::Caution && !finding.is_for_want_of_data() => {
                    Finding { verdict: Verdict::Pass, facts: Vec::new(), ..finding }
                }
                None => finding,
            }
        });
        known.collect()
    }

    /// What the certificate rules say of a certificate that stands on no path.
    pub fn findings_of(&self, id: CertificateId, wants: Wants) -> Vec<Finding> {
        self.analysis.findings_of(id, wants)
    }

    /// Whether some signature above the target has not been checked, so that its verdicts may still change.
    pub fn is_open(&self) -> bool {
        let graph = &self.analysis.graph;
        let certificates = self.paths.iter().flat_map(|judged| &judged.path.certificates);
        let signers = self.analysis.evidence.signers();
        let mut certificates = certificates.chain(&signers).filter(|id| graph.known_signer(**id).is_none());
        certificates.any(|id| graph.has_unchecked(*id))
    }

    /// Links of the paths whose name matches and whose signature does not verify, where no listed path goes that way:
    /// another candidate holds. That the own key of a self-issued certificate did not sign it is no failure.
    pub fn failed_links(&self) -> Vec<Link> {
        let graph = &self.analysis.graph;
        let all = || self.paths.iter().flat_map(|judged| &judged.path.certificates);
        if !all().any(|id| graph.has_refuted(*id)) {
            return Vec::new();
        }
        let mut walked: HashSet<(CertificateId, EntityId)> = HashSet::default();
        let mut certificates = Vec::new();
        let mut seen: HashSet<CertificateId> = HashSet::default();
        for path in self.paths.iter().map(|judged| &judged.path.certificates) {
            walked.extend(path.windows(2).filter_map(|pair| Some((*pair.first()?, graph.entity_of(*pair.last()?)))));
            certificates.extend(path.iter().filter(|id| seen.insert(**id)));
        }
        let links = certificates.into_iter().flat_map(|id| graph.links_of(id));
        let is_other = |link: &Link| link.entity != graph.entity_of(link.certificate);
        let failed = links.filter(is_other).filter(|link| link.signature == SignatureState::Bad);
        failed.filter(|link| !walked.contains(&(link.certificate, link.entity))).collect()
    }

    /// The next time, later or earlier than `at`, at which some certificate of the paths begins or ends
    /// to be valid, or what tells of its revocation to count: a second past a notAfter, since the last second still counts (RFC 5280
    /// 4.1.2.5).
    pub fn next_boundary(&self, at: Time, later: bool) -> Option<Time> {
        let analysis = &self.analysis;
        let mut seen: HashSet<CertificateId> = HashSet::default();
        let certificates = self.paths.iter().flat_map(|judged| &judged.path.certificates).filter(|id| seen.insert(**id));
        let boundaries = certificates.flat_map(|id| {
            let certificate = analysis.pool.certificate(*id);
            let evidence = analysis.evidence.boundaries(certificate);
            [certificate.not_before, certificate.not_after.plus(1)].into_iter().chain(evidence)
        });
        if later { boundaries.filter(|time| *time > at).min() } else { boundaries.filter(|time| *time < at).max() }
    }
}

impl Mark {
    fn take(&mut self, finding: &Arc<Finding>) {
        if finding.rule == RuleId::Trust {
            return;
        }
        if finding.rule != RuleId::Signature && self.finding.as_ref().is_none_or(|known| finding.verdict < known.verdict) {
            self.finding = Some(Arc::clone(finding));
        }
        self.verdict = self.verdict.min(finding.verdict);
    }
}

fn mark_of(findings: impl Iterator<Item = Arc<Finding>>) -> Mark {
    let mut mark = Mark { verdict: Verdict::Pass, finding: None };
    findings.for_each(|finding| mark.take(&finding));
    mark
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
    entities
}

/// Where candidates for an issuer on some path were left out, or not checked.
fn cut_links(analysis: &Analysis, paths: &[JudgedPath]) -> Vec<Spent> {
    let on_paths: HashSet<CertificateId> = paths.iter().flat_map(|judged| judged.path.certificates.iter().copied()).collect();
    let issuers: std::collections::HashSet<&[u8]> =
        on_paths.iter().map(|id| analysis.pool.certificate(*id).issuer.canonical().as_ref()).collect();
    let left_out = analysis.graph.cut().iter().filter(|id| on_paths.contains(id));
    let left_out = left_out.map(|id| Spent { limit: Limit::Candidates, value: MAX_CANDIDATES, at: *id });
    let names =
        analysis.graph.cut_checks().iter().filter(|cut| issuers.contains(analysis.pool.certificate(cut.at).issuer.canonical().as_ref()));
    left_out.chain(names.map(|cut| Spent { limit: Limit::ChecksPerName, value: cut.limit, at: cut.at })).collect()
}
