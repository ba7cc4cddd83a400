//! What is asked of evidence, what it testifies, and when it counts.

use super::super::case::Case;
use super::super::evidence::last_second;
use super::super::{Fact, FactName, Term, Value};
use super::unusable::{Unusable, UnusableReason};
use crate::cert::{Certificate, RevocationReason, Time};
use crate::chain::{CertificateId, EntityId, Path};

/// A certificate on a path, and who issued it.
pub(super) struct RevocationSubject<'a> {
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
    Unusable(Unusable),
}

/// Whether a piece of evidence counts at the judged time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timeliness {
    Current,
    /// It was made later.
    Early,
    Late,
}

pub(super) fn window(at: Time, this_update: Time, next_update: Option<Time>) -> Timeliness {
    if at < this_update {
        Timeliness::Early
    } else if at > last_second(this_update, next_update) {
        Timeliness::Late
    } else {
        Timeliness::Current
    }
}

/// Why evidence of these dates does not count; it is current where nothing speaks against it.
pub(super) fn untimely(window: Timeliness, this_update: Time, next_update: Option<Time>) -> Option<UnusableReason> {
    match (window, next_update) {
        (Timeliness::Current, _) => None,
        (Timeliness::Early, _) => Some(UnusableReason::MadeLater(this_update)),
        (Timeliness::Late, Some(end)) => Some(UnusableReason::Stale(end)),
        (Timeliness::Late, None) => Some(UnusableReason::Old(this_update)),
    }
}

/// Revocation is final but for a hold (RFC 5280 5.3.1): what revoked before the judged time holds even where the evidence is
/// stale, or was made later. Otherwise the dates decide.
pub(super) fn revokes_at(at: Time, window: Timeliness, date: Time, reason: Option<RevocationReason>) -> bool {
    window == Timeliness::Current || (reason != Some(RevocationReason::HOLD) && date <= at)
}

/// The facts of a revocation, before those of what says so.
pub(super) fn revocation_facts(date: Time, reason: Option<RevocationReason>, invalid_since: Option<Time>, window: Timeliness) -> Vec<Fact> {
    let word = reason.map_or(Value::Term(Term::NoReasonGiven), |reason| Value::Word(reason.word()));
    let mut facts = vec![Fact::new(FactName::RevokedAt, Value::Time(date)), Fact::new(FactName::Reason, word)];
    facts.extend(invalid_since.map(|time| Fact::new(FactName::InvalidSince, Value::Time(time))));
    match window {
        Timeliness::Current => {}
        Timeliness::Early => facts.push(Fact::new(FactName::Evidence, Value::Term(Term::MadeAfterJudgedTime))),
        Timeliness::Late => facts.push(Fact::new(FactName::Evidence, Value::Term(Term::StaleYetFinal))),
    }
    facts
}
