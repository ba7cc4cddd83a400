//! RFC 5280 4.2.1.1: authorityKeyIdentifier names the key above. A hint for finding issuers, so a mismatch is only a caution.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
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
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let verdict = match key_identifier_match(at.certificate, at.issuer) {
        KeyIdentifierMatch::Match => Verdict::Pass,
        KeyIdentifierMatch::Absent => Verdict::NotApplicable,
        KeyIdentifierMatch::Mismatch if at.policy.strict => Verdict::Fail,
        KeyIdentifierMatch::Mismatch => Verdict::Caution,
    };
    at.wants.outcome(verdict, || {
        let words = |bytes: Option<&[u8]>| bytes.map_or(Value::Term(Term::Absent), |bytes| Value::Text(hex_colons(bytes)));
        let named = at.certificate.extensions.authority_key_identifier.and_then(|found| found.key_identifier);
        let named = words(named.map(|span| at.certificate.bytes(span)));
        let own = words(at.issuer.extensions.subject_key_identifier.map(|span| at.issuer.bytes(span)));
        vec![Fact::new(FactName::AuthorityKeyIdentifier, named), Fact::new(FactName::SubjectKeyIdentifierAbove, own)]
    })
}
