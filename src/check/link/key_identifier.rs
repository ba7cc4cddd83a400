//! RFC 5280 4.2.1.1: authorityKeyIdentifier names the key above, or the certificate by its issuer and serial number. A hint for finding
//! issuers, so a mismatch is only a caution.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{AuthorityCertificate, Certificate, hex_colons};
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
    // One that cannot be read is told by the rule on structure.
    let named = at.certificate.authority_certificate().ok().flatten();
    let certificate = named.as_ref().map(|named| is_named(named, at.issuer));
    let verdict = match (key_identifier_match(at.certificate, at.issuer), certificate) {
        (KeyIdentifierMatch::Mismatch, _) | (_, Some(false)) if at.policy.strict => Verdict::Fail,
        (KeyIdentifierMatch::Mismatch, _) | (_, Some(false)) => Verdict::Caution,
        (KeyIdentifierMatch::Match, _) | (_, Some(true)) => Verdict::Pass,
        (KeyIdentifierMatch::Absent, None) => Verdict::NotApplicable,
    };
    at.wants.outcome(verdict, || {
        let words = |bytes: Option<&[u8]>| bytes.map_or(Value::Term(Term::Absent), |bytes| Value::Text(hex_colons(bytes)));
        let mut facts = vec![
            Fact::new(FactName::AuthorityKeyIdentifier, words(at.certificate.authority_key())),
            Fact::new(FactName::SubjectKeyIdentifierAbove, words(at.issuer.subject_key())),
        ];
        if let Some(named) = named {
            let serial = at.issuer.bytes(at.issuer.serial);
            facts.extend(named.issuers.iter().take(1).map(|name| Fact::new(FactName::AuthorityIssuer, Value::Text(name.to_string()))));
            facts.extend(named.serial.as_deref().map(|serial| Fact::new(FactName::AuthoritySerial, words(Some(serial)))));
            facts.push(Fact::new(FactName::IssuerNameAbove, Value::Text(at.issuer.issuer.to_string())));
            facts.push(Fact::new(FactName::SerialNumberAbove, words(Some(serial))));
            if certificate == Some(false) {
                facts.push(Fact::new(FactName::Result, Value::Term(Term::AnotherCertificate)));
            }
        }
        facts
    })
}

/// Whether the issuer's certificate has the issuer and the serial number that are named, as far as they are. OpenSSL takes no other for the
/// issuer's, though a sibling has the same key.
fn is_named(named: &AuthorityCertificate, issuer: &Certificate) -> bool {
    let is_issuer = named.issuers.is_empty() || named.issuers.contains(&issuer.issuer);
    is_issuer && named.serial.as_deref().is_none_or(|serial| serial == issuer.bytes(issuer.serial))
}
