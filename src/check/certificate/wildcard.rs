//! RFC 9525 6.3, CA/Browser Forum BR 3.2.2.6: a wildcard is the whole leftmost label, and below more than a top-level domain.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::cert::{GeneralName, is_dns_name};

pub const RULE: Rule = Rule {
    id: RuleId::Wildcard,
    title: "each wildcard is the whole leftmost label",
    citation: "RFC 9525 6.3, 7.1; CA/Browser Forum BR 1.6.1, 3.2.2.6",
    reason: "Verifiers disagree on wildcards in other places; directly below a top-level domain one would match strangers' names.",
    failure: "WILDCARD",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let names = at.certificate.subject_alternative_names().ok().flatten().filter(|_| at.is_target && at.purpose == Purpose::Server);
    let stars = |name: &GeneralName| match name {
        GeneralName::Dns(text) if text.contains('*') => Some(text.clone()),
        _ => None,
    };
    let stars: Vec<String> = names.unwrap_or_default().iter().filter_map(stars).collect();
    if stars.is_empty() {
        return Outcome::new(Verdict::NotApplicable, Vec::new());
    }
    let is_sound = |text: &str| text.strip_prefix("*.").is_some_and(|rest| rest.contains('.') && is_dns_name(rest));
    let wrong: Vec<&String> = stars.iter().filter(|text| !is_sound(text)).collect();
    let verdict = if wrong.is_empty() { Verdict::Pass } else { at.policy.lapse() };
    let told = if wrong.is_empty() { stars.iter().take(1).collect() } else { wrong };
    let further = Fact::further(told.len(), TOLD);
    let told = told.into_iter().take(TOLD).map(|text| Fact::new(FactName::Name, Value::Text(crate::cert::escape(text))));
    Outcome::new(verdict, told.chain(further).collect())
}

/// Names that are told.
const TOLD: usize = 10;
