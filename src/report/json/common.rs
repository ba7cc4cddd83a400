//! What is said of a certificate on every listed path that it is on stands once, at the certificate.

use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::analysis::Judgement;
use crate::chain::CertificateId;
use crate::check::{Finding, RuleId, Verdict};

#[derive(Debug)]
pub(super) struct Common {
    by_certificate: HashMap<CertificateId, OnPaths>,
}

/// A certificate on the listed paths of all targets.
#[derive(Debug)]
struct OnPaths {
    paths: usize,
    /// Each with how many paths have it.
    findings: Vec<(Arc<Finding>, usize)>,
    /// The worst that it is blamed for.
    worst: Verdict,
}

impl Common {
    pub fn new(targets: &[Judgement]) -> Self {
        let mut by_certificate: HashMap<CertificateId, OnPaths> = HashMap::default();
        for judged in targets.iter().flat_map(|target| &target.paths) {
            for id in &judged.path.certificates {
                by_certificate.entry(*id).or_insert_with(|| OnPaths { paths: 0, findings: Vec::new(), worst: Verdict::Pass }).paths += 1;
            }
            for finding in &judged.findings {
                if let Some(own) = by_certificate.get_mut(&finding.blamed()) {
                    match own.findings.iter_mut().find(|(known, _)| is_same(known, finding)) {
                        Some((_, count)) => *count += 1,
                        None => own.findings.push((Arc::clone(finding), 1)),
                    }
                }
                if let Some(blamed) = by_certificate.get_mut(&finding.blamed()).filter(|_| finding.rule != RuleId::Trust) {
                    blamed.worst = blamed.worst.min(finding.verdict);
                }
            }
        }
        Self { by_certificate }
    }

    /// The worst that a certificate is blamed for on any listed path; `None` where it is on none.
    pub fn worst(&self, id: CertificateId) -> Option<Verdict> {
        self.by_certificate.get(&id).map(|own| own.worst)
    }

    /// What every listed path with this certificate has.
    pub fn of(&self, id: CertificateId) -> impl Iterator<Item = &Finding> {
        let own = self.by_certificate.get(&id);
        own.into_iter().flat_map(|own| own.findings.iter().filter(|(_, count)| *count == own.paths)).map(|(finding, _)| finding.as_ref())
    }

    /// Whether this finding of a path stands at its certificate.
    pub fn has(&self, finding: &Arc<Finding>) -> bool {
        let own = self.by_certificate.get(&finding.blamed());
        own.is_some_and(|own| own.findings.iter().any(|(known, count)| *count == own.paths && is_same(known, finding)))
    }
}

fn is_same(one: &Arc<Finding>, other: &Arc<Finding>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}
