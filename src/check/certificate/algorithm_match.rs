//! RFC 5280 4.1.1.2: the signatureAlgorithm outside must be the one inside the signed part.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Value, Verdict};
use crate::cert::{AlgorithmIdentifier, hex};

pub const RULE: Rule = Rule {
    id: RuleId::AlgorithmMatch,
    title: "inner and outer algorithm are equal",
    citation: "RFC 5280 4.1.1.2, 4.1.2.3",
    reason: "The outer one is not signed; were they allowed to differ, an attacker could choose.",
    failure: "ALGORITHMS DIFFER",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let certificate = at.certificate;
    let raw = |algorithm: AlgorithmIdentifier| [certificate.bytes(algorithm.oid), certificate.bytes(algorithm.parameters)];
    let (outer, inner) = (raw(certificate.signature_algorithm), raw(certificate.signed_algorithm));
    if outer == inner {
        return Outcome::new(Verdict::Pass, Vec::new());
    }
    let words = |parts: [&[u8]; 2]| Value::Text(hex(&parts.concat()));
    Outcome::new(Verdict::Fail, vec![Fact::new(FactName::Outer, words(outer)), Fact::new(FactName::Inner, words(inner))])
}
