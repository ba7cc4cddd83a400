//! The signature in words and numbers, and an algorithm as a certificate identifies it.

use super::super::field::Field;
use super::super::oid::{describe, dotted};
use super::super::{AlgorithmIdentifier, Certificate, asn1, hex_colons};
use super::rare;

/// DER of NULL, the parameters that say nothing (RFC 3279 2.2.1).
const NULL: &[u8] = &[5, 0];

/// `ecdsa-with-SHA384 (1.2.840.10045.4.3.3)`, and its parameters where it has some.
pub(super) fn algorithm(certificate: &Certificate, name: &str, algorithm: AlgorithmIdentifier) -> Vec<Field> {
    let mut out = vec![Field::leaf(name, describe(&dotted(certificate.bytes(algorithm.oid)))).at(algorithm.oid)];
    let parameters = certificate.bytes(algorithm.parameters);
    if !parameters.is_empty() && parameters != NULL {
        let (value, children) = rare::outline(parameters);
        out.push(Field::branch("Parameters", value, children).at(algorithm.parameters));
    }
    out
}

pub(super) fn field(certificate: &Certificate) -> Field {
    let outer = describe(&dotted(certificate.bytes(certificate.signature_algorithm.oid)));
    let mut children = algorithm(certificate, "Algorithm", certificate.signature_algorithm);
    let signed = describe(&dotted(certificate.bytes(certificate.signed_algorithm.oid)));
    children.push(Field::leaf("Signed algorithm", signed).at(certificate.signed_algorithm.oid));
    let value = certificate.bytes(certificate.signature);
    children.push(Field::leaf("Length", format!("{} bytes", value.len())));
    // ECDSA and DSA write two numbers (RFC 3279 2.2.2, 2.2.3).
    let parts = asn1(value);
    if let [outer, r, s] = parts.as_slice()
        && outer.name == "SEQUENCE"
        && [r, s].iter().all(|part| part.name == "INTEGER")
    {
        for (name, part) in [("r", r), ("s", s)] {
            let content = value.get(part.offset + part.header..part.end()).unwrap_or_default();
            children.push(Field::leaf(name, hex_colons(content)).within(certificate.der(), content));
        }
    }
    children.push(Field::leaf("Value", hex_colons(value)).at(certificate.signature));
    Field::branch("Signature", outer, children)
}
