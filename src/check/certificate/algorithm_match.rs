//! RFC 5280 4.1.1.2: the signatureAlgorithm outside must be the one inside the signed part.

use super::super::judge::CertificateAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};
use crate::cert::{AlgorithmIdentifier, hex};

pub fn examine(at: &CertificateAt<'_>) -> Outcome {
    let certificate = at.certificate;
    let raw = |algorithm: AlgorithmIdentifier| [certificate.bytes(algorithm.oid), certificate.bytes(algorithm.parameters)];
    let (outer, inner) = (raw(certificate.signature_algorithm), raw(certificate.signed_algorithm));
    if outer == inner {
        return Outcome::new(Verdict::Pass, Vec::new());
    }
    let words = |parts: [&[u8]; 2]| Value::Text(hex(&parts.concat()));
    Outcome::new(Verdict::Fail, vec![Fact::new("outer", words(outer)), Fact::new("inner", words(inner))])
}
