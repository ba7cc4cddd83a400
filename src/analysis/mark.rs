//! What is worst of a certificate, and which checks fail.

use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap as HashMap;

use crate::chain::CertificateId;
use crate::check::{Finding, RuleId, Verdict};

/// A check that fails: the first path that it fails on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Index into the judgement's paths.
    pub path: usize,
    /// What the check said there.
    pub finding: Arc<Finding>,
}

/// The worst that is said of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of all findings on the listed paths that it is blamed for.
    pub verdict: Verdict,
    /// The worst finding, signatures and trust left out: those belong to the links and the stores.
    pub finding: Option<Arc<Finding>>,
}

/// What follows from the paths of a judgement, found out when it is first looked at.
#[derive(Debug, Default)]
pub(super) struct PathsSummary {
    pub marks: OnceLock<HashMap<CertificateId, Mark>>,
    pub failures: OnceLock<Vec<Failure>>,
    /// Of certificates that are on no path.
    pub others: Mutex<HashMap<CertificateId, Mark>>,
    /// How many certificates are shown.
    pub shown: OnceLock<usize>,
}

impl Mark {
    pub(super) fn take(&mut self, finding: &Arc<Finding>) {
        if finding.rule == RuleId::Trust {
            return;
        }
        if finding.rule != RuleId::Signature && self.finding.as_ref().is_none_or(|known| finding.verdict < known.verdict) {
            self.finding = Some(Arc::clone(finding));
        }
        self.verdict = self.verdict.min(finding.verdict);
    }
}

impl FromIterator<Arc<Finding>> for Mark {
    fn from_iter<I: IntoIterator<Item = Arc<Finding>>>(findings: I) -> Self {
        let mut mark = Mark { verdict: Verdict::Pass, finding: None };
        findings.into_iter().for_each(|finding| mark.take(&finding));
        mark
    }
}
