//! How breaches of form become an answer.

use super::super::case::CertificateAt;
use super::super::rule::Said;
use super::super::{Fact, Outcome, Value, Verdict};
use crate::cert::{Breach, Gravity, MAX_BREACHES};

/// Pass where there is none. An anchor is trusted for its name and key (RFC 5280 6.1.1 (d)), so in it nothing fails.
pub(super) fn outcome(at: &CertificateAt<'_>, breaches: &[Breach]) -> Outcome {
    let verdict = match breaches.iter().map(|breach| breach.gravity).min() {
        None => Verdict::Pass,
        Some(Gravity::Refused) if !at.is_anchor => Verdict::Fail,
        Some(Gravity::Refused) => at.policy.lapse(),
        Some(Gravity::Lapse) => at.lapse(),
    };
    let mut facts: Vec<Fact> = breaches.iter().map(|breach| Fact::new("breach", Value::Text(breach.to_string()))).collect();
    if breaches.len() == MAX_BREACHES {
        facts.push(Fact::new("listed", Value::Word("no more are listed")));
    }
    Outcome::new(verdict, facts)
}

/// The first breach, and how many more there are.
pub(super) fn words(said: &Said<'_>) -> String {
    let count = said.finding.facts.iter().filter(|fact| fact.name == "breach").count();
    let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    format!("{}{more}", said.text("breach"))
}
