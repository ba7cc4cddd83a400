//! The table of rules.

use super::fact::FactName;
use super::finding::{Finding, Place, Verdict};
use super::rule::{Decides, Rule};
use super::rule_id::RuleId;
use super::{certificate, link, path};
use crate::chain::CertificateId;

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
    path::trust_settings::RULE,
    path::client_authority::RULE,
    path::revocation::RULE,
    path::trust::RULE,
];

impl RuleId {
    /// Its row of the table.
    pub fn rule(self) -> &'static Rule {
        // A test holds that the table has a row for each, in the order of their declaration.
        RULES.get(self as usize).unwrap_or(&RULES[0])
    }

    /// The rule of a word, as reports and exceptions have it.
    pub fn named(word: &str) -> Option<Self> {
        RULES.iter().map(|rule| rule.id).find(|id| id.word() == word)
    }
}

impl Finding {
    /// The certificate that it speaks ill of: rules about what an issuer may do stand at a link and blame the issuer.
    pub fn blamed(&self) -> CertificateId {
        match self.place {
            Place::Link { issuer, .. } if matches!(self.rule, RuleId::BasicConstraints | RuleId::KeyUsage) => issuer,
            place => place.certificate(),
        }
    }

    /// Nothing is known, since nothing was given that could tell; and that decides nothing.
    pub fn is_for_want_of_data(&self) -> bool {
        self.verdict == Verdict::Unknown && self.rule.rule().decides == Decides::OnlyFailures && self.fact(FactName::Unusable).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_a_citation() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in RULES {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert_eq!(rule.id.rule().id, rule.id, "the row of {} is where its id says", rule.id);
            let sources = ["RFC ", "X.690 ", "CA/Browser Forum BR "];
            assert!(sources.iter().any(|source| rule.citation.starts_with(source)), "{} cites nothing", rule.id);
            assert!(!rule.title.is_empty() && !rule.reason.is_empty() && !rule.failure.is_empty());
        }
    }
}
