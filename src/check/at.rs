//! What a rule is given to look at: a certificate, a link or a path, and what it is judged against.

use super::judge::Judge;
use super::{Policy, Purpose, Verdict};
use crate::cert::Certificate;
use crate::chain::{CertificateId, End, Path, SignatureState};

/// A certificate on a path.
#[derive(Debug, Clone, Copy)]
pub struct CertificateAt<'a> {
    pub certificate: &'a Certificate,
    pub policy: &'a Policy,
    /// What the path's target is to be used for.
    pub purpose: Purpose,
    /// It is what the path explains; those above it are issuers.
    pub is_target: bool,
    /// It is the anchor that the path ends at.
    pub is_anchor: bool,
}

impl CertificateAt<'_> {
    /// What it is where the issuer broke a rule that verifiers in use do not insist on. An anchor is trusted for its name and key
    /// (RFC 5280 6.1.1 (d)), whatever else its certificate says.
    pub(super) fn lapse(&self) -> Verdict {
        if self.is_anchor && !self.policy.strict { Verdict::NotApplicable } else { self.policy.lapse() }
    }
}

/// A certificate and the one above it on a path.
#[derive(Debug, Clone, Copy)]
pub struct LinkAt<'a> {
    pub certificate: &'a Certificate,
    pub issuer: &'a Certificate,
    pub issuer_id: CertificateId,
    pub policy: &'a Policy,
    pub signature: SignatureState,
    pub issuer_is_anchor: bool,
}

/// A path whole.
#[derive(Debug, Clone, Copy)]
pub struct PathAt<'a> {
    pub judge: &'a Judge<'a>,
    pub path: &'a Path,
    /// What the target is to be used for.
    pub purpose: Purpose,
    /// Only verdicts that decide are asked for: facts, and findings that decide nothing, need not be made.
    pub verdicts_only: bool,
}

impl<'a> PathAt<'a> {
    /// The certificates from the target upward.
    pub fn certificates(&self) -> impl DoubleEndedIterator<Item = (CertificateId, &'a Certificate)> + ExactSizeIterator + use<'a> {
        let pool = self.judge.pool;
        self.path.certificates.iter().map(|id| (*id, pool.certificate(*id)))
    }

    /// Those whose restrictions bind: all but an anchor, and that, too, where the policy says so (RFC 5937). A target binds even
    /// where it is an anchor itself.
    pub fn binding(&self) -> impl DoubleEndedIterator<Item = (CertificateId, &'a Certificate)> + ExactSizeIterator + use<'a> {
        let all = self.path.certificates.len();
        let is_free = self.path.end == End::Anchor && !self.judge.policy.anchor_constraints && all > 1;
        self.certificates().take(all - usize::from(is_free))
    }

    /// The certificate at this place, 0 for the target, is the anchor that the path ends at.
    pub fn is_anchor(&self, place: usize) -> bool {
        self.path.end == End::Anchor && place + 1 == self.path.certificates.len()
    }
}
