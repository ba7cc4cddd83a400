//! What is said of a certificate on every listed path that it is on stands once, at the certificate.

use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::analysis::Judgement;
use crate::chain::CertificateId;
use crate::check::{Finding, RuleId, Verdict};

#[derive(Debug)]
pub(super) struct CertificateFindings {
    /// By index of the certificate, how many listed paths of all targets it is on.
    paths: Vec<u32>,
    /// Of those that are blamed for something.
    blamed: HashMap<CertificateId, Blamed>,
}

#[derive(Debug)]
struct Blamed {
    /// Each with how many paths have it.
    findings: Vec<(Arc<Finding>, u32)>,
    /// The worst of them, how a path ends left out.
    worst: Verdict,
}

impl CertificateFindings {
    pub fn new(targets: &[Judgement]) -> Self {
        let (mut paths, mut blamed): (Vec<u32>, HashMap<CertificateId, Blamed>) = Default::default();
        for judged in targets.iter().flat_map(|target| &target.paths) {
            for id in &judged.path.certificates {
                if id.index() >= paths.len() {
                    paths.resize(id.index() + 1, 0);
                }
                paths[id.index()] += 1;
            }
            for finding in judged.findings.iter() {
                let own = blamed.entry(finding.blamed()).or_insert_with(|| Blamed { findings: Vec::new(), worst: Verdict::Pass });
                match own.findings.iter_mut().find(|(known, _)| is_same(known, finding)) {
                    Some((_, count)) => *count += 1,
                    None => own.findings.push((Arc::clone(finding), 1)),
                }
                if finding.rule != RuleId::Trust {
                    own.worst = own.worst.min(finding.verdict);
                }
            }
        }
        Self { paths, blamed }
    }

    /// The worst that a certificate is blamed for on any listed path; `None` where it is on none.
    pub fn worst(&self, id: CertificateId) -> Option<Verdict> {
        let blamed = self.blamed.get(&id).map(|own| own.worst);
        (self.paths_with(id) > 0).then(|| blamed.unwrap_or(Verdict::Pass))
    }

    /// What every listed path with this certificate has.
    pub fn of(&self, id: CertificateId) -> impl Iterator<Item = &Finding> {
        let paths = self.paths_with(id);
        let own = self.blamed.get(&id).into_iter().flat_map(|own| &own.findings);
        own.filter(move |(_, count)| *count == paths).map(|(finding, _)| finding.as_ref())
    }

    /// Whether this finding of a path stands at its certificate.
    pub fn has(&self, finding: &Arc<Finding>) -> bool {
        let paths = self.paths_with(finding.blamed());
        let own = self.blamed.get(&finding.blamed());
        own.is_some_and(|own| own.findings.iter().any(|(known, count)| *count == paths && is_same(known, finding)))
    }

    fn paths_with(&self, id: CertificateId) -> u32 {
        self.paths.get(id.index()).copied().unwrap_or_default()
    }
}

fn is_same(one: &Arc<Finding>, other: &Arc<Finding>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}
