//! The table of rules.

use super::at::{CertificateAt, LinkAt, PathAt};
use super::{Fact, Finding, Value, Verdict, certificate, link, path};
use crate::chain::CertificateId;

/// What a rule says, before it is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub verdict: Verdict,
    pub facts: Vec<Fact>,
}

impl Outcome {
    pub(super) fn new(verdict: Verdict, facts: Vec<Fact>) -> Self {
        Self { verdict, facts }
    }
}

/// The scope of a rule and the function that examines it. Certificate and link rules give one answer; path rules say
/// of which certificates they speak.
#[derive(Clone, Copy)]
pub enum Examine {
    Certificate(fn(&CertificateAt<'_>) -> Outcome),
    Link(fn(&LinkAt<'_>) -> Outcome),
    Path(fn(&PathAt<'_>) -> Vec<(CertificateId, Outcome)>),
}

impl std::fmt::Debug for Examine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Examine::Certificate(_) => "Certificate",
            Examine::Link(_) => "Link",
            Examine::Path(_) => "Path",
        })
    }
}

/// What of a rule's answers decides whether a path holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decides {
    /// A failure, and what could not be decided.
    Always,
    /// A failure; no data is no objection.
    OnlyFailures,
    /// Nothing: how the path ends says the same.
    Never,
}

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub id: &'static str,
    /// A question that `Pass` answers with yes.
    pub title: &'static str,
    pub citation: &'static str,
    /// Why it matters, in a sentence.
    pub reason: &'static str,
    /// Two or three words for a narrow place on the screen when it fails: `EXPIRED`.
    pub failure: &'static str,
    pub decides: Decides,
    /// The judged time may change its answer.
    pub timely: bool,
    pub examine: Examine,
    /// A finding of this rule in a sentence that names its certificate: `R3 by DST Root CA X3 expired on 2021-09-29`.
    pub sentence: fn(&Said<'_>) -> String,
}

/// A finding, and how people call what it speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub finding: &'a Finding,
    /// The certificate that it is shown at.
    pub subject: &'a str,
    /// The issuer's certificate, where the finding is of a link.
    pub above: &'a str,
    /// The issuer's entity: a signature is by a key, so no sibling is named.
    pub above_entity: &'a str,
}

impl Said<'_> {
    pub fn verdict(&self) -> Verdict {
        self.finding.verdict
    }

    /// The first fact of this name.
    pub fn fact(&self, name: &str) -> Option<&Value> {
        self.finding.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
    }

    /// The fact's value in words; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.fact(name).map(Value::to_string).unwrap_or_default()
    }

    /// The day of a fact that is a time; empty where there is none.
    pub fn date(&self, name: &str) -> String {
        match self.fact(name) {
            Some(Value::Time(time)) => time.date(),
            _ => String::new(),
        }
    }

    /// The values of all facts of this name, separated by commas.
    pub fn every(&self, name: &str) -> String {
        let named = self.finding.facts.iter().filter(|fact| fact.name == name);
        named.map(|fact| fact.value.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// All facts' values, separated by commas.
    pub fn all(&self) -> String {
        self.finding.facts.iter().map(|fact| fact.value.to_string()).collect::<Vec<_>>().join(", ")
    }
}

/// One line each; findings of a certificate stand in this order.
pub const RULES: &[Rule] = &[
    link::signature::RULE,
    link::name_chaining::RULE,
    certificate::validity::RULE,
    link::basic_constraints::RULE,
    link::key_usage::RULE,
    link::key_identifier::RULE,
    path::path_length::RULE,
    path::name_constraints::RULE,
    path::policies::RULE,
    path::purpose::RULE,
    certificate::key_usage_for_purpose::RULE,
    path::host::RULE,
    certificate::critical_extension::RULE,
    certificate::algorithm_match::RULE,
    certificate::structure::RULE,
    certificate::encoding::RULE,
    certificate::names::RULE,
    certificate::serial_number::RULE,
    certificate::criticality::RULE,
    certificate::authority_extensions::RULE,
    certificate::key_identifier_presence::RULE,
    certificate::key_strength::RULE,
    path::signature_strength::RULE,
    certificate::lifetime::RULE,
    certificate::subject_alternative_name::RULE,
    certificate::wildcard::RULE,
    path::transparency::RULE,
    certificate::distrust::RULE,
    path::distrust_after::RULE,
    path::client_authority::RULE,
    path::revocation::RULE,
    path::trust::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_a_citation() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in RULES {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            let sources = ["RFC ", "X.690 ", "CA/Browser Forum BR "];
            assert!(sources.iter().any(|source| rule.citation.starts_with(source)), "{} cites nothing", rule.id);
            assert!(!rule.title.is_empty() && !rule.reason.is_empty() && !rule.failure.is_empty());
        }
    }
}
