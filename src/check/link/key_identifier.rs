//! RFC 5280 4.2.1.1: authorityKeyIdentifier names the key above. A hint for finding issuers, so a mismatch is only a caution.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
use crate::cert::hex_colons;
use crate::chain::{KeyIdentifierMatch, key_identifier_match};

pub const RULE: Rule = Rule {
    id: RuleId::KeyIdentifier,
    title: "key identifiers agree",
    citation: "RFC 5280 4.2.1.1, 4.2.1.2",
    reason: "A hint that helps to find the right issuer among namesakes; the signature decides, not the hint.",
    failure: "IDENTIFIER MISMATCH",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
    sentence,
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let named = at.certificate.extensions.authority_key_identifier.and_then(|found| found.key_identifier);
    let named = named.map_or(Value::Word("absent"), |span| Value::Text(hex_colons(at.certificate.bytes(span))));
    let own = at.issuer.extensions.subject_key_identifier;
    let own = own.map_or(Value::Word("absent"), |span| Value::Text(hex_colons(at.issuer.bytes(span))));
    let verdict = match key_identifier_match(at.certificate, at.issuer) {
        KeyIdentifierMatch::Match => Verdict::Pass,
        KeyIdentifierMatch::Absent => Verdict::NotApplicable,
        KeyIdentifierMatch::Mismatch if at.policy.strict => Verdict::Fail,
        KeyIdentifierMatch::Mismatch => Verdict::Caution,
    };
    Outcome::new(verdict, vec![Fact::new("authority_key_identifier", named), Fact::new("subject_key_identifier_above", own)])
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, above) = (said.subject, said.above);
    match said.verdict() {
        Verdict::Fail | Verdict::Caution => format!("key identifier in {subject} is not that of {above}"),
        Verdict::NotApplicable => format!("{subject} and {above}: no key identifiers to compare"),
        _ => format!("key identifier in {subject} is that of {above}"),
    }
}
