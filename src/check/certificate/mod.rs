//! Rules that one certificate passes or fails wherever it stands, and how breaches of form become an outcome.

pub(super) mod algorithm_match;
pub(super) mod authority_extensions;
pub(super) mod critical_extension;
pub(super) mod criticality;
pub(super) mod distrust;
pub(super) mod encoding;
pub(super) mod key_identifier_presence;
pub(super) mod key_strength;
pub(super) mod key_usage_for_purpose;
pub(super) mod lifetime;
pub(super) mod names;
pub(super) mod serial_number;
pub(super) mod structure;
pub(super) mod subject_alternative_name;
pub(super) mod validity;
pub(super) mod wildcard;

use super::case::CertificateAt;
use super::{Fact, FactName, Outcome, Term, Value, Verdict};
use crate::cert::{Breach, Gravity, MAX_BREACHES};

/// Pass where there is none. An anchor is trusted for its name and key (RFC 5280 6.1.1 (d)), so in it nothing fails.
fn breach_outcome(at: &CertificateAt<'_>, breaches: &[Breach]) -> Outcome {
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
