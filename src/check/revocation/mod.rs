//! What CRLs and OCSP responses say of a certificate on a path (RFC 5280 6.3, RFC 6960), for the rule `revocation`.
//!
//! `status` asks both kinds of evidence. What revokes weighs more than what does not; evidence that cannot be used says why.

mod asked;
mod crl;
mod ocsp;
mod signer;
mod unusable;

use super::case::Case;
use super::{Fact, FactName, Outcome, Value, Verdict};
use crate::chain::{CertificateId, Path};
use asked::{RevocationSubject, Testimony};
pub(super) use signer::{is_exempt, policy as signer_policy};
pub use unusable::{EvidenceName, Unusable, UnusableReason};

/// Pieces of evidence of which it is told why they cannot be used.
const MAX_UNUSABLE: usize = 8;

/// What is known of the certificate at `place` of the path: `Fail` where it is revoked, `Pass` where it is not, else `Unknown`.
pub(super) fn status(case: &Case<'_>, path: &Path, place: usize, stack: &[CertificateId]) -> Outcome {
    let above = (path.certificates.get(place), path.certificates.get(place + 1), path.certificates.last());
    let (Some(&id), Some(&issuer_id), Some(&last)) = above else { return Outcome::new(Verdict::Unknown, Vec::new()) };
    let end = case.graph.entity_of(last);
    let upward = path.certificates.get(place..).unwrap_or_default();
    if let Some(known) = case.memory.revocation.outcomes.borrow().get(upward).filter(|_| stack.is_empty()) {
        return known.clone();
    }
    let (certificate, issuer) = (case.pool.certificate(id), case.pool.certificate(issuer_id));
    let asked = RevocationSubject { case, path, place, certificate, issuer_id, issuer, end, stack };
    let mut said = ocsp::testimony(&asked);
    said.extend(crl::testimony(&asked));
    let outcome = summed_up(said);
    if stack.is_empty() {
        case.memory.revocation.outcomes.borrow_mut().insert(upward.to_vec(), outcome.clone());
    }
    outcome
}

fn summed_up(said: Vec<Testimony>) -> Outcome {
    let (mut not_revoked, mut unusable) = (None, Vec::new());
    let fact = |why: Unusable| Fact::new(FactName::Unusable, Value::Unusable(Box::new(why)));
    for one in said {
        match one {
            Testimony::Revoked(facts) => return Outcome::new(Verdict::Fail, facts),
            Testimony::NotRevoked(facts) => not_revoked = not_revoked.or(Some(facts)),
            Testimony::Unusable(why) => unusable.push(fact(why)),
        }
    }
    if unusable.len() > MAX_UNUSABLE {
        let others = unusable.len() + 1 - MAX_UNUSABLE;
        unusable.truncate(MAX_UNUSABLE - 1);
        unusable.push(fact(Unusable::of_all(UnusableReason::MoreUnusable(others))));
    }
    not_revoked.map_or_else(|| Outcome::new(Verdict::Unknown, unusable), |facts| Outcome::new(Verdict::Pass, facts))
}
