//! What a judgement shows at a second look: marks, failures, one path whole.

use std::sync::{Arc, PoisonError};

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Analysis;
use super::budget::Budget;
use super::judgement::Judgement;
use super::mark::{Failure, Mark, PathsSummary};
use crate::chain::CertificateId;
use crate::check::{Finding, Memory, Meter, Place, RuleId, Verdict, Wants};

/// The certificates that a report on these targets lists, in the order of loading: those that were asked for, and those of stores and
/// candidates that a path or a failed link uses.
pub fn shown(analysis: &Analysis, targets: &[Judgement]) -> Vec<CertificateId> {
    let mut used: HashSet<CertificateId> = targets.iter().map(|target| target.target).collect();
    for target in targets {
        used.extend(target.paths.iter().flat_map(|judged| &judged.path.certificates));
        for link in target.failed_links() {
            used.extend(&analysis.graph.entity(link.entity).certificates);
        }
    }
    analysis.pool.ids().filter(|id| analysis.pool.entry(*id).given || used.contains(id)).collect()
}

impl Judgement {
    /// The worst that is said of a certificate on any listed path: an issuer is blamed for what it may not do. One that is on no path
    /// is judged by the rules of a certificate alone.
    pub fn mark(&self, id: CertificateId) -> Mark {
        if let Some(known) = self.seen().marks.get_or_init(|| self.marks()).get(&id) {
            return known.clone();
        }
        let mut others = self.seen().others.lock().unwrap_or_else(PoisonError::into_inner);
        others.entry(id).or_insert_with(|| self.findings_of(id, Wants::Objections).into_iter().map(Arc::new).collect()).clone()
    }

    /// How many certificates are shown with this target: those that a report on it lists.
    pub fn shown(&self) -> usize {
        *self.seen().shown.get_or_init(|| shown(&self.analysis, std::slice::from_ref(self)).len())
    }

    fn seen(&self) -> &PathsSummary {
        self.seen.get_or_init(Arc::default)
    }

    fn marks(&self) -> HashMap<CertificateId, Mark> {
        let all = self.paths.iter().flat_map(|judged| &judged.path.certificates);
        let mut out: HashMap<CertificateId, Mark> = all.map(|id| (*id, Mark { verdict: Verdict::Pass, finding: None })).collect();
        for finding in self.paths.iter().flat_map(|judged| judged.findings.iter()) {
            if let Some(mark) = out.get_mut(&finding.blamed()) {
                mark.take(finding);
            }
        }
        out
    }

    /// Every failing check once, in the order of the paths, each from the target upward.
    pub fn failures(&self) -> &[Failure] {
        self.seen().failures.get_or_init(|| {
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
}
