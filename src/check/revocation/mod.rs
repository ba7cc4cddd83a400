//! What CRLs and OCSP responses say of a certificate on a path (RFC 5280 6.3, RFC 6960), for the rule `revocation`.
//!
//! `status` asks both kinds of evidence. What revokes weighs more than what does not; evidence that cannot be used says why.

mod crl;
mod ocsp;
mod signer;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::evidence::last_second;
use super::judge::Judge;
use super::rules::Outcome;
use super::{Fact, Policy, Value, Verdict};
use crate::cert::{Certificate, RevocationReason, Time};
use crate::chain::{CertificateId, EntityId, Path};

/// Pieces of evidence of which it is told why they cannot be used.
const MAX_UNUSABLE: usize = 8;
/// The fact that says why a piece of evidence cannot be used.
pub const UNUSABLE: &str = "unusable";

/// What was found out before, for as long as nothing that a judge reads changes.
#[derive(Debug, Default)]
pub struct Memo {
    /// By the path from the certificate upward: whether a signer's own path holds may depend on any part of it.
    outcomes: RefCell<HashMap<Vec<CertificateId>, Outcome>>,
    /// Whether a signer's own path holds, by the entity that it has to end at.
    signers: RefCell<HashMap<(CertificateId, EntityId), bool>>,
    /// Whether a signer's path holds.
    held: RefCell<HashMap<Vec<CertificateId>, bool>>,
    /// What signers are judged by.
    policy: OnceCell<Policy>,
    /// Signers' paths that were judged, by those who judge signers for this one, too.
    judged: Rc<Cell<usize>>,
}

/// A certificate on a path, and who issued it.
struct Asked<'a> {
    judge: &'a Judge<'a>,
    path: &'a Path,
    /// Of the certificate on the path; the issuer's is one more.
    place: usize,
    certificate: &'a Certificate,
    issuer_id: CertificateId,
    issuer: &'a Certificate,
    /// The entity that the path ends at.
    end: EntityId,
    /// The signers whose paths are being judged, that this is asked for.
    stack: &'a [CertificateId],
}

/// What one piece of evidence says.
enum Said {
    NotRevoked(Vec<Fact>),
    Revoked(Vec<Fact>),
    /// It speaks of the certificate, or of its kind, and this is why it does not count.
    Unusable(String),
}

/// What is known of the certificate at `place` of the path: `Fail` where it is revoked, `Pass` where it is not, else `Unknown`.
pub(super) fn status(judge: &Judge<'_>, path: &Path, place: usize, stack: &[CertificateId]) -> Outcome {
    let above = (path.certificates.get(place), path.certificates.get(place + 1), path.certificates.last());
    let (Some(&id), Some(&issuer_id), Some(&last)) = above else { return Outcome::new(Verdict::Unknown, Vec::new()) };
    let end = judge.graph.entity_of(last);
    let upward = path.certificates.get(place..).unwrap_or_default();
    if let Some(known) = judge.revocation.outcomes.borrow().get(upward).filter(|_| stack.is_empty()) {
        return known.clone();
    }
    let (certificate, issuer) = (judge.pool.certificate(id), judge.pool.certificate(issuer_id));
    let asked = Asked { judge, path, place, certificate, issuer_id, issuer, end, stack };
    let mut said = ocsp::said(&asked);
    said.extend(crl::said(&asked));
    let outcome = summed_up(said);
    if stack.is_empty() {
        judge.revocation.outcomes.borrow_mut().insert(upward.to_vec(), outcome.clone());
    }
    outcome
}

fn summed_up(said: Vec<Said>) -> Outcome {
    let (mut not_revoked, mut unusable) = (None, Vec::new());
    for one in said {
        match one {
            Said::Revoked(facts) => return Outcome::new(Verdict::Fail, facts),
            Said::NotRevoked(facts) => not_revoked = not_revoked.or(Some(facts)),
            Said::Unusable(reason) => unusable.push(Fact::new(UNUSABLE, Value::Text(reason))),
        }
    }
    if unusable.len() > MAX_UNUSABLE {
        let others = unusable.len() + 1 - MAX_UNUSABLE;
        unusable.truncate(MAX_UNUSABLE - 1);
        unusable.push(Fact::new(UNUSABLE, Value::Text(format!("and {others} more"))));
    }
    not_revoked.map_or_else(|| Outcome::new(Verdict::Unknown, unusable), |facts| Outcome::new(Verdict::Pass, facts))
}

/// Whether a piece of evidence counts at the judged time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Current,
    /// It was made later.
    Early,
    Late,
}

fn window(at: Time, this_update: Time, next_update: Option<Time>) -> Window {
    if at < this_update {
        Window::Early
    } else if at > last_second(this_update, next_update) {
        Window::Late
    } else {
        Window::Current
    }
}

/// Why evidence of these dates does not count, in words.
fn window_words(window: Window, this_update: Time, next_update: Option<Time>) -> String {
    match (window, next_update) {
        (Window::Current, _) => "it is current".to_owned(),
        (Window::Early, _) => format!("made later, on {}", this_update.date()),
        (Window::Late, Some(end)) => format!("stale since {}", end.date()),
        (Window::Late, None) => format!("more than a week old and without nextUpdate (made on {})", this_update.date()),
    }
}

/// Revocation is final but for a hold (RFC 5280 5.3.1): what revoked before the judged time holds even where the evidence is
/// stale, or was made later. Otherwise the dates decide.
fn revokes_at(at: Time, window: Window, date: Time, reason: Option<RevocationReason>) -> bool {
    window == Window::Current || (reason != Some(RevocationReason::HOLD) && date <= at)
}

/// The facts of a revocation, before those of what says so.
fn revocation_facts(date: Time, reason: Option<RevocationReason>, invalid_since: Option<Time>, window: Window) -> Vec<Fact> {
    let word = reason.map_or("no reason given", RevocationReason::word);
    let mut facts = vec![Fact::new("revoked_at", Value::Time(date)), Fact::new("reason", Value::Word(word))];
    facts.extend(invalid_since.map(|time| Fact::new("invalid_since", Value::Time(time))));
    match window {
        Window::Current => {}
        Window::Early => facts.push(Fact::new("evidence", Value::Word("made after the judged time"))),
        Window::Late => facts.push(Fact::new("evidence", Value::Word("stale, yet revocation is final"))),
    }
    facts
}

/// What signers are judged by: all of the policy but for what only the target is asked.
fn signer_policy<'a>(judge: &'a Judge<'_>) -> &'a Policy {
    judge.revocation.policy.get_or_init(|| signer::policy(judge.policy))
}
