//! The key and the signature in words and numbers, and the ways to name a key or a certificate by a digest.

use ring::digest;

use super::super::field::Field;
use super::super::key::PublicKey;
use super::super::oid::{describe, dotted};
use super::super::{AlgorithmIdentifier, Certificate, asn1, bit_length, hex, hex_colons, key_words, spki_pin};
use super::decimal::decimal;
use super::rare;

pub(super) fn field(certificate: &Certificate) -> Field {
    let der = certificate.der();
    let mut children = Vec::new();
    let identified = algorithm(certificate, "Algorithm", certificate.key_algorithm);
    match certificate.public_key() {
        PublicKey::Rsa { modulus, exponent } => {
            children.extend(identified);
            children.push(Field::leaf("Size", format!("{} bits", bit_length(modulus))));
            children.push(
                Field::leaf("Exponent", format!("{} (0x{})", decimal(&unsigned(exponent)), plain_hex(exponent))).within(der, exponent),
            );
            children.push(Field::leaf("Modulus", hex_colons(modulus)).within(der, modulus));
        }
        PublicKey::Ec { curve } => {
            // The parameters are the curve.
            children.extend(identified.into_iter().take(1));
            children.push(Field::leaf("Curve", describe(&curve)).at(certificate.key_algorithm.parameters));
            children.extend(point(certificate));
        }
        PublicKey::EcExplicit { field_bits } => {
            children.extend(identified);
            let bits = field_bits.map_or_else(|| "cannot be read".to_owned(), |bits| format!("{bits} bits"));
            children.push(Field::leaf("Size of the field", bits));
            children.extend(point(certificate));
        }
        PublicKey::Dsa { bits: Some((p, q)) } => {
            children.extend(identified);
            children.push(Field::leaf("Size", format!("{p} bits, subgroup of {q} bits")));
        }
        PublicKey::Dsa { bits: None } | PublicKey::Other { .. } | PublicKey::Malformed { .. } => {
            children.extend(identified);
            children.push(Field::leaf("Size", format!("{} bits as written", certificate.bytes(certificate.key).len() * 8)));
        }
    }
    children.push(Field::leaf("Public key", hex_colons(certificate.bytes(certificate.key))).at(certificate.key));
    Field::branch("Public key", key_words(certificate), children).at(certificate.spki)
}

/// A positive number's bytes as an INTEGER's content.
fn unsigned(number: &[u8]) -> Vec<u8> {
    std::iter::once(0).chain(number.iter().copied()).collect()
}

fn plain_hex(number: &[u8]) -> String {
    let digits = hex(number);
    digits.strip_prefix('0').filter(|rest| !rest.is_empty()).map_or(digits.clone(), str::to_owned)
}

/// SEC 1 2.3.3: how the point is written.
fn point(certificate: &Certificate) -> Vec<Field> {
    let bytes = certificate.bytes(certificate.key);
    let form = match bytes.first() {
        Some(4) => "uncompressed",
        Some(2 | 3) => "compressed",
        Some(6 | 7) => "hybrid",
        _ => "not as SEC 1 has it",
    };
    let mut out = vec![Field::leaf("Point", format!("{form}, {} bytes", bytes.len()))];
    if let Some((4, rest)) = bytes.split_first()
        && rest.len().is_multiple_of(2)
    {
        let (x, y) = rest.split_at(rest.len() / 2);
        out.extend([("x", x), ("y", y)].map(|(name, part)| Field::leaf(name, hex_colons(part)).within(certificate.der(), part)));
    }
    out
}

pub(super) fn fingerprints(certificate: &Certificate) -> Field {
    Field::branch(
        "Fingerprints",
        format!("SHA-256 {}", certificate.sha256.short()),
        vec![
            Field::leaf("SHA-256", hex_colons(&certificate.sha256.0)),
            Field::leaf("SHA-1", hex_colons(&of(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate.der()))),
            Field::leaf("SPKI SHA-256", hex_colons(&certificate.spki_sha256.0)),
            Field::leaf("SPKI pin", spki_pin(certificate)),
        ],
    )
}

fn of(algorithm: &'static digest::Algorithm, bytes: &[u8]) -> Vec<u8> {
    digest::digest(algorithm, bytes).as_ref().to_vec()
}

/// Every way that RFC 5280 4.2.1.2 and RFC 7093 2 make a key identifier in, and one that libraries use beside them.
fn methods(certificate: &Certificate) -> [(&'static str, Vec<u8>); 7] {
    let (key, spki) = (certificate.bytes(certificate.key), certificate.bytes(certificate.spki));
    let sha1 = of(&digest::SHA1_FOR_LEGACY_USE_ONLY, key);
    // 0100, then the last 60 bits.
    let mut short = sha1.get(12..).unwrap_or_default().to_vec();
    if let Some(first) = short.first_mut() {
        *first = 0x40 | *first & 0x0f;
    }
    let leftmost = |algorithm| of(algorithm, key).get(..20).unwrap_or_default().to_vec();
    [
        ("RFC 5280 method 1", sha1),
        ("RFC 5280 method 2", short),
        ("RFC 7093 method 1", leftmost(&digest::SHA256)),
        ("RFC 7093 method 2", leftmost(&digest::SHA384)),
        ("RFC 7093 method 3", leftmost(&digest::SHA512)),
        ("RFC 7093 method 4", of(&digest::SHA256, spki)),
        ("SHA-256 of the SPKI, first 160 bits", of(&digest::SHA256, spki).get(..20).unwrap_or_default().to_vec()),
    ]
}

/// By which method the certificate's own subject key identifier is made of its key.
pub(super) fn method(certificate: &Certificate) -> Option<&'static str> {
    let own = certificate.bytes(certificate.extensions.subject_key_identifier?);
    methods(certificate).into_iter().find(|(_, identifier)| identifier == own).map(|(name, _)| name)
}

/// The key's identifiers, made anew.
pub(super) fn identifiers(certificate: &Certificate) -> Field {
    let own = certificate.extensions.subject_key_identifier.map(|span| certificate.bytes(span));
    let value = match (own, method(certificate)) {
        (None, _) => "the certificate names none".to_owned(),
        (Some(_), Some(method)) => format!("SKI computed with {method}"),
        (Some(_), None) => "SKI computed with none of these methods".to_owned(),
    };
    let children = methods(certificate).into_iter().map(|(name, identifier)| {
        let mark = if own == Some(identifier.as_slice()) { " (its own)" } else { "" };
        Field::leaf(name, format!("{}{mark}", hex_colons(&identifier)))
    });
    Field::branch("Key identifiers", value, children.collect())
}

/// DER of NULL, the parameters that say nothing (RFC 3279 2.2.1).
const NULL: &[u8] = &[5, 0];

/// `ecdsa-with-SHA384 (1.2.840.10045.4.3.3)`, and its parameters where it has some.
fn algorithm(certificate: &Certificate, name: &str, algorithm: AlgorithmIdentifier) -> Vec<Field> {
    let mut out = vec![Field::leaf(name, describe(&dotted(certificate.bytes(algorithm.oid)))).at(algorithm.oid)];
    let parameters = certificate.bytes(algorithm.parameters);
    if !parameters.is_empty() && parameters != NULL {
        let (value, children) = rare::outline(parameters);
        out.push(Field::branch("Parameters", value, children).at(algorithm.parameters));
    }
    out
}

/// With the two numbers of an ECDSA or DSA signature.
pub(super) fn signature(certificate: &Certificate) -> Field {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cert::fields;

    #[test]
    fn a_key_identifier_is_made_anew_by_its_method() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        for (method, name) in [
            (rcgen::KeyIdMethod::Sha256, "SHA-256 of the SPKI, first 160 bits"),
            (rcgen::KeyIdMethod::PreSpecified(vec![1, 2, 3]), "no method of RFC 5280 or RFC 7093"),
        ] {
            params.key_identifier_method = method;
            let certificate = Certificate::from_der(params.clone().self_signed(&key).unwrap().der()).unwrap();
            let found = fields(&certificate).into_iter().find(|field| field.name == "Subject Key Identifier").unwrap();
            let made_by = found.children.iter().find(|child| child.name == "Made by").unwrap();
            assert_eq!(made_by.value, name);
        }
    }

    #[test]
    fn short_identifiers_begin_with_four() {
        let key = rcgen::KeyPair::generate().unwrap();
        let der = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap().self_signed(&key).unwrap().der().to_vec();
        let certificate = Certificate::from_der(&der).unwrap();
        let [(_, long), (_, short), ..] = methods(&certificate);
        assert_eq!((short.len(), short[0] >> 4, &short[1..]), (8, 4, &long[13..]));
        assert_eq!(short[0] & 15, long[12] & 15);
    }
}
