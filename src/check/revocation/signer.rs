//! May this certificate speak of revocation? Its own path has to hold, up to the same end (RFC 5280 6.3.3 (f), RFC 6960 4.2.2.2).

use super::super::case::Case;
use super::super::meter::{MAX_SIGNER_STEPS, Work};
use super::super::{Policy, PolicyInputs, Purpose};
use super::asked::RevocationSubject;
use super::unusable::UnusableReason;
use crate::cert::Certificate;
use crate::chain::{CertificateId, End, EntityId, Limits, Path, list_paths};

/// Signers whose own status is asked of evidence by further signers, and so on. Real chains of such need two: a CRL's signer, and
/// the signer of the CRL that lists it.
const MAX_SIGNERS_DEEP: usize = 3;
/// The search for a signer's path; a real signer stands one or two certificates below a CA of the path.
const SIGNER_PATHS: usize = 16;
/// What a search may cost (`Listing::cost`) for as much as one path that is judged: in a large graph it counts for several.
const COST_OF_ONE: usize = 20_000;
/// id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1), 1.3.6.1.5.5.7.48.1.5.
const NO_CHECK: [u8; 9] = [0x2b, 6, 1, 5, 5, 7, 48, 1, 5];
/// Its value; another one says nothing.
const NULL: [u8; 2] = [5, 0];

/// What signers are judged by: all of the policy but for what only the target is asked.
pub fn policy<'a>(case: &Case<'a>) -> &'a Policy {
    case.memory.revocation.policy.get_or_init(|| Policy {
        purpose: Some(Purpose::Any),
        host: None,
        policies: PolicyInputs::default(),
        ..case.policy.clone()
    })
}

/// Nobody is to ask whether this responder's certificate is revoked (RFC 6960 4.2.2.2.1).
pub fn is_exempt(signer: &Certificate) -> bool {
    signer.extension(&NO_CHECK) == Some(&NULL)
}

impl RevocationSubject<'_> {
    /// Why a signer is not sound: this, where its own revocation may be the reason as well, or that no more paths are judged.
    pub fn unsound(&self, reason: impl FnOnce(bool) -> UnusableReason) -> UnusableReason {
        match self.case.meter.spent().into_iter().find(|(work, _)| *work == Work::SignerPaths) {
            Some((_, most)) => UnusableReason::SignerPathsSpent(most),
            None => reason(self.case.policy.require_revocation),
        }
    }

    /// The first of an entity's certificates of which some path holds that ends where the asked one does. What stands above the asked
    /// certificate is judged with the path that it is on. A signer that is being judged already is taken for sound: otherwise one that
    /// signs the CRL that speaks of itself never would be. Once no more may be judged, those that are left are not looked at: they may
    /// be any number.
    pub fn sound_signer(&self, of: EntityId, mut signers: impl Iterator<Item = CertificateId>) -> Option<CertificateId> {
        let mut known = self.path.certificates.get(self.place + 1..).unwrap_or_default().iter().chain(self.stack);
        let is_signer = |id: &&CertificateId| self.case.graph.entity_of(**id) == of && may_sign_crls(self.case.pool.certificate(**id));
        if let Some(known) = known.find(is_signer) {
            return Some(*known);
        }
        if self.stack.len() >= MAX_SIGNERS_DEEP {
            return None;
        }
        let decided = signers.find_map(|signer| match self.soundness(signer) {
            Soundness::Sound => Some(Some(signer)),
            Soundness::Unsound => None,
            Soundness::NotJudged => Some(None),
        });
        decided.flatten()
    }

    fn soundness(&self, signer: CertificateId) -> Soundness {
        let case = self.case;
        let known = || case.memory.revocation.signers.borrow().get(&(signer, self.end)).copied();
        if let Some(known) = known().filter(|_| self.stack.is_empty()) {
            return known.into();
        }
        if !case.meter.take(Work::SignerPaths, 1) {
            return Soundness::NotJudged;
        }
        let limits = Limits { depth: case.policy.limits.depth, listed: SIGNER_PATHS, steps: MAX_SIGNER_STEPS, ..case.policy.limits };
        let found = list_paths(case.pool, case.graph, case.trust, signer, limits);
        case.meter.use_up(Work::SignerPaths, found.cost / COST_OF_ONE);
        let mut out = Soundness::Unsound;
        for path in found.listed.iter().filter(|path| ends_at(case, path, self.end)) {
            match self.holds(path) {
                Soundness::Unsound => {}
                decided => {
                    out = decided;
                    break;
                }
            }
        }
        if out == Soundness::Unsound && !found.stopped.is_empty() {
            case.meter.note_cut(Work::SignerSearch, MAX_SIGNER_STEPS);
        }
        if self.stack.is_empty() && out != Soundness::NotJudged {
            case.memory.revocation.signers.borrow_mut().insert((signer, self.end), out == Soundness::Sound);
        }
        out
    }

    /// Whether a path of `signer`, which the asked certificate's issuer issued, holds: the path above is the same.
    pub fn soundness_below_issuer(&self, signer: CertificateId) -> Soundness {
        if self.stack.contains(&signer) {
            return Soundness::Sound;
        }
        if self.stack.len() >= MAX_SIGNERS_DEEP {
            return Soundness::Unsound;
        }
        let above = self.path.certificates.get(self.place + 1..).unwrap_or_default();
        let certificates = std::iter::once(signer).chain(above.iter().copied()).collect();
        self.holds(&Path { certificates, ..self.path.clone() })
    }

    /// Every rule that decides passes on a signer's path; revocation, too, as far as it is known.
    fn holds(&self, path: &Path) -> Soundness {
        let held = &self.case.memory.revocation.held;
        let is_first = self.stack.is_empty();
        if let Some(known) = held.borrow().get(path.certificates.as_slice()).filter(|_| is_first) {
            return (*known).into();
        }
        if !self.case.meter.take(Work::SignerPaths, 1) {
            return Soundness::NotJudged;
        }
        let Some(&signer) = path.certificates.first() else { return Soundness::Unsound };
        let stack: Vec<CertificateId> = self.stack.iter().copied().chain([signer]).collect();
        let holds = (self.case.signer_holds)(self.case, path, &stack);
        if is_first {
            held.borrow_mut().insert(path.certificates.clone(), holds);
        }
        holds.into()
    }
}

/// Whether a signer may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Soundness {
    Sound,
    Unsound,
    /// No more paths of signers are judged.
    NotJudged,
}

impl From<bool> for Soundness {
    fn from(is_sound: bool) -> Self {
        if is_sound { Soundness::Sound } else { Soundness::Unsound }
    }
}

/// RFC 5280 6.3.3 (f): the same trust anchor. A path that ends in no store has an end all the same.
fn ends_at(case: &Case<'_>, path: &Path, end: EntityId) -> bool {
    matches!(path.end, End::Anchor | End::SelfSigned) && path.certificates.last().is_some_and(|last| case.graph.entity_of(*last) == end)
}

/// RFC 5280 6.3.3 (f): where the signer has a key usage, it holds cRLSign.
pub(super) fn may_sign_crls(certificate: &Certificate) -> bool {
    let extensions = &certificate.extensions;
    extensions.malformed("2.5.29.15").is_none() && extensions.key_usage.is_none_or(|usage| usage.crl_sign())
}
