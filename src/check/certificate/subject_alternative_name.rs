//! Does a server's certificate say its names where they are looked for (RFC 9525 2, CA/Browser Forum BR 7.1.2.7.12, 7.1.4.3)?

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Term, Value, Verdict};
use crate::cert::{GeneralName, is_dns_name};

pub const RULE: Rule = Rule {
    id: RuleId::SubjectAlternativeName,
    title: "has a subjectAltName",
    citation: "RFC 9525 2; RFC 5280 4.2.1.6; CA/Browser Forum BR 7.1.2.7.12, 7.1.4.3",
    reason: "Verifiers look for a server's names in one place; a common name is for people.",
    failure: "NAMES",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// Names that are told; certificates hold up to thousands.
const TOLD: usize = 10;

fn examine(at: &CertificateAt<'_>) -> Outcome {
    if !at.is_target || at.is_anchor || at.purpose != Purpose::Server {
        return Outcome::new(Verdict::NotApplicable, Vec::new());
    }
    let names = match at.certificate.subject_alternative_names() {
        // The rule on structure says so.
        Err(_) => {
            return Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Unreadable, Value::Term(Term::SubjectAlternativeName))]);
        }
        Ok(names) => names.unwrap_or_default(),
    };
    let mut facts = Vec::new();
    if names.is_empty() {
        facts.push(Fact::new(FactName::Lacks, Value::Term(Term::NoAlternativeName)));
    }
    let texts: Vec<String> = names.iter().map(ToString::to_string).collect();
    for attribute in at.certificate.subject.attributes().iter().filter(|attribute| attribute.kind == "CN" && !names.is_empty()) {
        if !texts.iter().any(|text| text.eq_ignore_ascii_case(&attribute.value)) {
            facts.push(Fact::new(FactName::CommonNameAlone, Value::Text(attribute.value.clone())));
        }
    }
    let wrong: Vec<_> = names.iter().filter(|name| matches!(name, GeneralName::Dns(text) if !is_server_name(text))).collect();
    facts.extend(wrong.iter().take(TOLD).map(|name| Fact::new(FactName::NoDnsName, Value::Text(name.to_string()))));
    facts.extend(Fact::further(wrong.len(), TOLD));
    let verdict = match facts.as_slice() {
        [] => Verdict::Pass,
        // Nobody looks at the common name, so this misleads people, not verifiers.
        found if found.iter().all(|fact| fact.name == FactName::CommonNameAlone) => Verdict::Caution,
        _ => at.policy.lapse(),
    };
    facts.push(Fact::new(FactName::Names, Value::Number(names.len() as u64)));
    Outcome::new(verdict, facts)
}

/// A name of A-labels; a wildcard is judged by a rule of its own. An address is no DNS name.
fn is_server_name(text: &str) -> bool {
    let rest: String = text.strip_prefix("*.").unwrap_or(text).replace('*', "x");
    is_dns_name(&rest) && text.parse::<std::net::IpAddr>().is_err()
}
