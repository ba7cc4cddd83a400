//! How breaches of form become an answer.

use super::super::case::CertificateAt;
use super::super::{Fact, FactName, Outcome, Term, Value, Verdict};
use crate::cert::{Breach, Gravity, MAX_BREACHES};

/// Pass where there is none. An anchor is trusted for its name and key (RFC 5280 6.1.1 (d)), so in it nothing fails.
pub(super) fn outcome(at: &CertificateAt<'_>, breaches: &[Breach]) -> Outcome {
    let verdict = match breaches.iter().map(|breach| breach.gravity).min() {
        None => Verdict::Pass,
        Some(Gravity::Refused) if !at.is_anchor => Verdict::Fail,
        Some(Gravity::Refused) => at.policy.lapse(),
        Some(Gravity::Lapse) => at.lapse(),
    };
    let mut facts: Vec<Fact> = breaches.iter().map(|breach| Fact::new(FactName::Breach, Value::Text(breach.to_string()))).collect();
    if breaches.len() == MAX_BREACHES {
        facts.push(Fact::new(FactName::Listed, Value::Term(Term::NoMoreListed)));
    }
    Outcome::new(verdict, facts)
}
