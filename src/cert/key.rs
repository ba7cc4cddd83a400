//! What a public key is, in words, and how it is pinned.

use base64::Engine as _;
use x509_parser::asn1_rs::{Any, FromDer, Oid};

use super::{Certificate, oid_words};

/// `RSA 2048`, `EC P-256`, `Ed25519`, or the OID of what is not known.
pub fn key_words(certificate: &Certificate) -> String {
    let oid = dotted(certificate.bytes(certificate.key_algorithm.oid));
    let parameters = certificate.bytes(certificate.key_algorithm.parameters);
    let key = certificate.bytes(certificate.key);
    match oid.as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" | "2.5.8.1.1" => {
            let kind = if oid.ends_with(".10") { "RSA-PSS" } else { "RSA" };
            rsa_bits(key).map_or_else(|| format!("{kind} (modulus unreadable)"), |bits| format!("{kind} {bits}"))
        }
        "1.2.840.10045.2.1" => format!("EC {}", curve(parameters)),
        "1.2.840.10040.4.1" => "DSA".to_owned(),
        _ => oid_words(&oid).map_or_else(|| format!("unknown algorithm {oid}"), str::to_owned),
    }
}

/// What the certificate says it was signed with: `ecdsa-with-SHA384`, or the OID of what is not known.
pub fn signature_words(certificate: &Certificate) -> String {
    let oid = dotted(certificate.bytes(certificate.signature_algorithm.oid));
    oid_words(&oid).map_or(oid, str::to_owned)
}

/// The SPKI pin of RFC 7469 2.4: base64 of the SHA-256 of the SubjectPublicKeyInfo.
pub fn spki_pin(certificate: &Certificate) -> String {
    base64::engine::general_purpose::STANDARD.encode(certificate.spki_sha256.0)
}

/// The dotted form of an OID's content bytes.
pub(super) fn dotted(content: &[u8]) -> String {
    Oid::new(content.into()).to_id_string()
}

fn curve(parameters: &[u8]) -> String {
    match Oid::from_der(parameters) {
        Ok((_, oid)) => {
            let oid = oid.to_id_string();
            oid_words(&oid).map_or(oid, str::to_owned)
        }
        Err(_) if parameters.is_empty() => "without a curve".to_owned(),
        Err(_) => "with explicit parameters".to_owned(),
    }
}

/// RFC 3279 2.3.1 RSAPublicKey: the bit length of the modulus.
fn rsa_bits(key: &[u8]) -> Option<usize> {
    let (_, sequence) = Any::from_der(key).ok()?;
    let (_, modulus) = Any::from_der(sequence.data).ok()?;
    let start = modulus.data.iter().position(|byte| *byte != 0)?;
    let significant = &modulus.data[start..];
    Some(significant.len() * 8 - significant[0].leading_zeros() as usize)
}
