//! May this certificate speak of revocation? Its own path has to hold, up to the same end (RFC 5280 6.3.3 (f), RFC 6960 4.2.2.2).

use std::rc::Rc;

use super::super::judge::Judge;
use super::super::rules::{Decides, Examine, RULES};
use super::super::{Policy, PolicyInputs, Purpose, Verdict};
use super::{Asked, signer_policy, status};
use crate::cert::Certificate;
use crate::chain::{CertificateId, End, EntityId, Limits, Path, paths};

/// Signers whose own status is asked of evidence by further signers, and so on. Real chains of such need two: a CRL's signer, and
/// the signer of the CRL that lists it.
const MAX_SIGNERS_DEEP: usize = 3;
/// The search for a signer's path; a real signer stands one or two certificates below a CA of the path.
const SIGNER_PATHS: usize = 16;
const SIGNER_STEPS: usize = 2_000;
/// Paths of signers that are judged for all that one judge is asked, a bound on time: seconds. Each of another signer is judged once;
/// a hostile set of CRLs whose signers vouch for each other would need any number.
const MAX_JUDGED: usize = 5_000;
/// id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1), 1.3.6.1.5.5.7.48.1.5.
const NO_CHECK: [u8; 9] = [0x2b, 6, 1, 5, 5, 7, 48, 1, 5];

pub(super) fn policy(of_target: &Policy) -> Policy {
    Policy { purpose: Some(Purpose::Any), host: None, policies: PolicyInputs::default(), ..of_target.clone() }
}

impl Asked<'_> {
    /// Why a signer is not sound: `what`, or something besides.
    pub fn unsound(&self, what: &str) -> String {
        let or_unproven = if self.judge.policy.require_revocation { ", or is not proven unrevoked itself" } else { "" };
        self.spent().unwrap_or_else(|| format!("{what}{or_unproven}"))
    }

    /// What to say where no more signers' paths are judged.
    fn spent(&self) -> Option<String> {
        let is_spent = self.judge.revocation.judged.get() >= MAX_JUDGED;
        is_spent.then(|| format!("{MAX_JUDGED} paths of signers were judged, and no more are"))
    }

    /// Whether some path of `signer` holds that ends where the asked one does. What stands above the asked certificate is judged
    /// with the path that it is on. A signer that is being judged already is taken for sound: otherwise one that signs the CRL
    /// that speaks of itself never would be.
    pub fn is_sound(&self, signer: CertificateId) -> bool {
        if self.path.certificates[self.place + 1..].contains(&signer) || self.stack.contains(&signer) {
            return true;
        }
        if self.stack.len() >= MAX_SIGNERS_DEEP {
            return false;
        }
        let judge = self.judge;
        let known = || judge.revocation.signers.borrow().get(&(signer, self.end)).copied();
        if let Some(known) = known().filter(|_| self.stack.is_empty()) {
            return known;
        }
        let limits = Limits { depth: judge.policy.limits.depth, listed: SIGNER_PATHS, steps: SIGNER_STEPS };
        let found = paths(judge.pool, judge.graph, judge.trust, signer, limits).listed;
        let is_sound = found.iter().any(|path| ends_at(judge, path, self.end) && self.holds(path));
        if self.stack.is_empty() {
            judge.revocation.signers.borrow_mut().insert((signer, self.end), is_sound);
        }
        is_sound
    }

    /// Whether a path of `signer`, which the asked certificate's issuer issued, holds: the path above is the same.
    pub fn is_sound_below_issuer(&self, signer: CertificateId) -> bool {
        if self.stack.contains(&signer) {
            return true;
        }
        if self.stack.len() >= MAX_SIGNERS_DEEP {
            return false;
        }
        let above = &self.path.certificates[self.place + 1..];
        let certificates = std::iter::once(signer).chain(above.iter().copied()).collect();
        self.holds(&Path { certificates, ..self.path.clone() })
    }

    /// Every rule that decides passes on a signer's path; revocation, too, as far as it is known.
    fn holds(&self, path: &Path) -> bool {
        let outer = self.judge;
        let is_first = self.stack.is_empty();
        if let Some(known) = outer.revocation.held.borrow().get(path.certificates.as_slice()).filter(|_| is_first) {
            return *known;
        }
        if self.spent().is_some() {
            return false;
        }
        let holds = self.holds_anew(path);
        if is_first {
            outer.revocation.held.borrow_mut().insert(path.certificates.clone(), holds);
        }
        holds
    }

    fn holds_anew(&self, path: &Path) -> bool {
        let outer = self.judge;
        let judged = &outer.revocation.judged;
        judged.set(judged.get() + 1);
        let mut judge = Judge::new(outer.pool, outer.graph, outer.trust, signer_policy(outer), outer.evidence);
        judge.revocation.judged = Rc::clone(judged);
        if !rules_hold(&judge, path) {
            return false;
        }
        let Some(&signer) = path.certificates.first() else { return false };
        let stack: Vec<CertificateId> = self.stack.iter().copied().chain([signer]).collect();
        (0..path.certificates.len() - 1).all(|place| {
            let is_unchecked = place == 0 && judge.pool.certificate(signer).extension(&NO_CHECK).is_some();
            is_unchecked
                || match status(&judge, path, place, &stack).verdict {
                    Verdict::Fail => false,
                    Verdict::Unknown => !judge.policy.require_revocation,
                    _ => true,
                }
        })
    }
}

/// RFC 5280 6.3.3 (f): the same trust anchor. A path that ends in no store has an end all the same.
fn ends_at(judge: &Judge<'_>, path: &Path, end: EntityId) -> bool {
    matches!(path.end, End::Anchor | End::SelfSigned) && path.certificates.last().is_some_and(|last| judge.graph.entity_of(*last) == end)
}

/// No rule but `revocation` fails, or cannot decide.
fn rules_hold(judge: &Judge<'_>, path: &Path) -> bool {
    let holds = |decides: Decides, verdict: Verdict| match verdict {
        Verdict::Fail => false,
        Verdict::Unknown => decides != Decides::Always,
        _ => true,
    };
    let asked = RULES.iter().filter(|rule| rule.decides != Decides::Never && rule.id != super::super::path::revocation::RULE.id);
    asked.into_iter().all(|rule| match rule.examine {
        Examine::Path(examine) => examine(&judge.path_at(path)).iter().all(|(_, outcome)| holds(rule.decides, outcome.verdict)),
        Examine::Certificate(examine) => path
            .certificates
            .iter()
            .enumerate()
            .all(|(place, id)| holds(rule.decides, examine(&judge.certificate_at(path, place, *id)).verdict)),
        Examine::Link(examine) => path.certificates.iter().enumerate().all(|(place, id)| {
            let issuer = judge.issuer_on(path, place);
            issuer.is_none_or(|issuer| holds(rule.decides, examine(&judge.link_at(path, *id, issuer)).verdict))
        }),
    })
}

/// RFC 5280 6.3.3 (f): where the signer has a key usage, it holds cRLSign.
pub(super) fn may_sign_crls(certificate: &Certificate) -> bool {
    let extensions = &certificate.extensions;
    extensions.malformed("2.5.29.15").is_none() && extensions.key_usage.is_none_or(|usage| usage.crl_sign())
}
