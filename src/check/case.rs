//! What a rule may read: a certificate, a link or a path, and what it is judged against.

use super::fact::Fact;
use super::finding::{Outcome, Verdict};
use super::memory::Memory;
use super::meter::Meter;
use super::{Evidence, Host, Policy, Purpose};
use crate::cert::{Certificate, Origin};
use crate::chain::{CertificateId, End, Graph, Path, Pool, SignatureState, Trust};

/// All that judging reads. Nothing in it changes while it is judged.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub pool: &'a Pool,
    pub graph: &'a Graph,
    pub trust: &'a Trust,
    pub policy: &'a Policy,
    pub evidence: &'a Evidence,
    pub memory: &'a Memory,
    pub meter: &'a Meter,
    /// Revocation is a rule, and asks whether the path of who signed a CRL or response holds by all rules: that is handed in. The
    /// certificates are the signers whose paths are being judged already, this path's own the last.
    pub signer_holds: fn(&Case<'_>, &Path, &[CertificateId]) -> bool,
}

impl<'a> Case<'a> {
    /// What a target is to be used for: as the policy says, else server where a TLS server sent it, and client where it is this program's
    /// own for one.
    pub fn purpose_of(&self, target: CertificateId) -> Purpose {
        let of_origin = |origin: &Origin| match origin {
            Origin::Server { position: 1, .. } => Some(Purpose::Server),
            Origin::Client { position: 1, .. } => Some(Purpose::Client),
            _ => None,
        };
        let by_origin = || self.pool.entry(target).origins.iter().filter_map(of_origin).min();
        self.policy.purpose.or_else(by_origin).unwrap_or(Purpose::Any)
    }

    /// The certificate above the one at `position`. A path that ends for want of an issuer may end at a certificate that names
    /// itself, and whose own key did not sign it: then that is what is looked at.
    pub(super) fn issuer_on(&self, path: &Path, position: usize) -> Option<CertificateId> {
        let above = path.certificates.get(position + 1).copied();
        let itself = || {
            let id = path.certificates.get(position).copied().filter(|_| path.end == End::MissingIssuer)?;
            self.graph.link_between(id, self.graph.entity_of(id)).filter(|own| !own.is_contradicted()).map(|_| id)
        };
        above.or_else(itself)
    }

    pub(super) fn path_at<'b>(&'b self, path: &'b Path, wants: Wants) -> PathAt<'b> {
        let purpose = path.certificates.first().map_or(Purpose::Any, |target| self.purpose_of(*target));
        PathAt { case: self, path, purpose, wants }
    }

    pub(super) fn certificate_at(&self, standing: Standing, wants: Wants) -> CertificateAt<'a> {
        let Standing { id, purpose, is_target, is_anchor, is_end } = standing;
        let (certificate, origins) = (self.pool.certificate(id), self.pool.entry(id).origins.as_slice());
        CertificateAt { certificate, origins, policy: self.policy, purpose, is_target, is_anchor, is_end, wants }
    }

    pub(super) fn link_at(&self, id: CertificateId, issuer: CertificateId, issuer_is_anchor: bool, wants: Wants) -> LinkAt<'a> {
        let link = self.graph.link_between(id, self.graph.entity_of(issuer));
        LinkAt {
            certificate: self.pool.certificate(id),
            issuer: self.pool.certificate(issuer),
            issuer_id: issuer,
            policy: self.policy,
            signature: link.map_or(SignatureState::Unchecked, |link| link.signature),
            issuer_is_anchor,
            wants,
        }
    }
}

/// Which answers are asked for. A rule that has nothing to object to makes no facts that nobody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// What fails, is unknown or is a caution.
    Objections,
    /// What passes and what does not apply as well.
    Everything,
}

impl Wants {
    /// Whether an answer of this verdict is asked for.
    pub fn takes(self, verdict: Verdict) -> bool {
        self == Wants::Everything || verdict <= Verdict::Caution
    }

    /// The answer, with its facts where somebody will read them.
    pub(super) fn outcome(self, verdict: Verdict, facts: impl FnOnce() -> Vec<Fact>) -> Outcome {
        Outcome::new(verdict, if self.takes(verdict) { facts() } else { Vec::new() })
    }

    /// A path rule's answer on one certificate; nothing where it is not asked for.
    pub(super) fn answer(self, id: CertificateId, verdict: Verdict, facts: impl FnOnce() -> Vec<Fact>) -> Vec<(CertificateId, Outcome)> {
        if self.takes(verdict) { vec![(id, Outcome::new(verdict, facts()))] } else { Vec::new() }
    }
}

/// Where a certificate stands on a path, as far as certificate rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Standing {
    pub id: CertificateId,
    pub purpose: Purpose,
    pub is_target: bool,
    pub is_anchor: bool,
    pub is_end: bool,
}

impl Standing {
    pub fn on(path: &Path, position: usize, id: CertificateId, purpose: Purpose) -> Self {
        let is_last = position + 1 == path.certificates.len();
        let is_anchor = is_last && path.end == End::Anchor;
        Self { id, purpose, is_target: position == 0, is_anchor, is_end: is_anchor || (is_last && path.end == End::SelfSigned) }
    }
}

/// A certificate on a path.
#[derive(Debug, Clone, Copy)]
pub struct CertificateAt<'a> {
    pub certificate: &'a Certificate,
    /// Where it came from.
    pub origins: &'a [Origin],
    pub policy: &'a Policy,
    /// What the path's target is to be used for.
    pub purpose: Purpose,
    /// It is what the path explains; those above it are issuers.
    pub is_target: bool,
    /// It is the anchor that the path ends at.
    pub is_anchor: bool,
    /// The path ends at it, an anchor or self-signed: nobody above it is asked.
    pub is_end: bool,
    pub wants: Wants,
}

impl CertificateAt<'_> {
    /// The host that a target has to match: as the policy says, else what a TLS server that sent it was asked by.
    pub(super) fn host(&self) -> Option<Host> {
        let asked = |origin: &Origin| match origin {
            Origin::Server { asked, position: 1, .. } => Host::parse(asked).ok(),
            _ => None,
        };
        self.policy.host.clone().or_else(|| self.origins.iter().find_map(asked))
    }

    /// Its restrictions bind the path: those of an anchor only where the policy says so (RFC 5937). A target binds even where it is an
    /// anchor itself.
    pub(super) fn binds(&self) -> bool {
        !self.is_anchor || self.is_target || self.policy.anchor_constraints
    }

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
    pub wants: Wants,
}

/// A path whole.
#[derive(Debug, Clone, Copy)]
pub struct PathAt<'a> {
    pub case: &'a Case<'a>,
    pub path: &'a Path,
    /// What the target is to be used for.
    pub purpose: Purpose,
    pub wants: Wants,
}

impl<'a> PathAt<'a> {
    /// The certificates from the target upward.
    pub fn certificates(&self) -> impl DoubleEndedIterator<Item = (CertificateId, &'a Certificate)> + ExactSizeIterator + use<'a> {
        let pool = self.case.pool;
        self.path.certificates.iter().map(|id| (*id, pool.certificate(*id)))
    }

    /// Those whose restrictions bind: all but an anchor, and that, too, where the policy says so (RFC 5937). A target binds even
    /// where it is an anchor itself.
    pub fn binding(&self) -> impl DoubleEndedIterator<Item = (CertificateId, &'a Certificate)> + ExactSizeIterator + use<'a> {
        let all = self.path.certificates.len();
        let is_free = self.path.end == End::Anchor && !self.case.policy.anchor_constraints && all > 1;
        self.certificates().take(all - usize::from(is_free))
    }

    /// The certificate at this place, 0 for the target, is the anchor that the path ends at.
    pub fn is_anchor(&self, place: usize) -> bool {
        self.path.end == End::Anchor && place + 1 == self.path.certificates.len()
    }
}
