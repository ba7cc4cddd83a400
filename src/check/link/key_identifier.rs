//! RFC 5280 4.2.1.1: authorityKeyIdentifier names the key above. A hint for finding issuers, so a mismatch is only a caution.

use super::super::judge::LinkAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};
use crate::cert::hex_colons;
use crate::chain::{KeyIdentifierMatch, key_identifier_match};

pub fn examine(at: &LinkAt<'_>) -> Outcome {
    let named = at.certificate.extensions.authority_key_identifier.and_then(|found| found.key_identifier);
    let named = named.map_or(Value::Word("absent"), |span| Value::Text(hex_colons(at.certificate.bytes(span))));
    let own = at.issuer.extensions.subject_key_identifier;
    let own = own.map_or(Value::Word("absent"), |span| Value::Text(hex_colons(at.issuer.bytes(span))));
    let verdict = match key_identifier_match(at.certificate, at.issuer) {
        KeyIdentifierMatch::Match => Verdict::Pass,
        KeyIdentifierMatch::Absent => Verdict::NotApplicable,
        KeyIdentifierMatch::Mismatch => Verdict::Caution,
    };
    Outcome::new(verdict, vec![Fact::new("authority_key_identifier", named), Fact::new("subject_key_identifier_above", own)])
}
