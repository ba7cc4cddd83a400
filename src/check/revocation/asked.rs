//! What is asked of evidence, what it testifies, and when it counts.

use super::super::case::Case;
use super::super::evidence::{MAX_SIGNER_KEYS, last_second};
use super::super::{Fact, Value};
use crate::cert::{Certificate, RevocationReason, Time};
use crate::chain::{CertificateId, EntityId, Path};

/// A certificate on a path, and who issued it.
pub(super) struct Asked<'a> {
    pub case: &'a Case<'a>,
    pub path: &'a Path,
    /// Of the certificate on the path; the issuer's is one more.
    pub place: usize,
    pub certificate: &'a Certificate,
    pub issuer_id: CertificateId,
    pub issuer: &'a Certificate,
    /// The entity that the path ends at.
    pub end: EntityId,
    /// The signers whose paths are being judged, that this is asked for.
    pub stack: &'a [CertificateId],
}

/// What one piece of evidence says.
pub(super) enum Testimony {
    NotRevoked(Vec<Fact>),
    Revoked(Vec<Fact>),
    /// It speaks of the certificate, or of its kind, and this is why it does not count.
    Unusable(String),
}

/// Whether a piece of evidence counts at the judged time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    Current,
    /// It was made later.
    Early,
    Late,
}

pub(super) fn window(at: Time, this_update: Time, next_update: Option<Time>) -> Window {
    if at < this_update {
        Window::Early
    } else if at > last_second(this_update, next_update) {
        Window::Late
    } else {
        Window::Current
    }
}

/// Why evidence of these dates does not count, in words.
pub(super) fn window_words(window: Window, this_update: Time, next_update: Option<Time>) -> String {
    match (window, next_update) {
        (Window::Current, _) => "it is current".to_owned(),
        (Window::Early, _) => format!("made later, on {}", this_update.date()),
        (Window::Late, Some(end)) => format!("stale since {}", end.date()),
        (Window::Late, None) => format!("more than a week old and without nextUpdate (made on {})", this_update.date()),
    }
}

/// Revocation is final but for a hold (RFC 5280 5.3.1): what revoked before the judged time holds even where the evidence is
/// stale, or was made later. Otherwise the dates decide.
pub(super) fn revokes_at(at: Time, window: Window, date: Time, reason: Option<RevocationReason>) -> bool {
    window == Window::Current || (reason != Some(RevocationReason::HOLD) && date <= at)
}

/// The facts of a revocation, before those of what says so.
pub(super) fn revocation_facts(date: Time, reason: Option<RevocationReason>, invalid_since: Option<Time>, window: Window) -> Vec<Fact> {
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

/// Why evidence whose signer has too many keys cannot be used.
pub(super) fn too_many_keys() -> String {
    format!("the first {MAX_SIGNER_KEYS} keys of its signer's name did not sign it, and no more are tried")
}
