//! Which public key belongs to a private one? It is taken from the private key, which is overwritten then: nothing else of it is read.

use super::ber::{Element, OBJECT_IDENTIFIER, SEQUENCE, element, take};
use crate::cert::{Certificate, KeyParts};
use crate::signature::{public_of_ec, public_of_ed25519};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
/// `[0]` and `[1]`, constructed: of an ECPrivateKey, its curve and its public key (RFC 5915 3).
const CURVE: u8 = 0xa0;
const PUBLIC: u8 = 0xa1;

/// Contents of OIDs: RFC 8017 A.1, RFC 5480 2.1.1, RFC 8410 3.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// What is known of a private key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeldKey {
    Known(PublicHalf),
    Encrypted,
    /// Its kind is not known here, or it cannot be read.
    NotCompared,
}

/// A public key: the content of its algorithm's OID, and of its BIT STRING (RFC 5280 4.1.2.7).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicHalf {
    algorithm: Vec<u8>,
    bits: Vec<u8>,
}

impl PublicHalf {
    pub(super) fn of(key: &KeyParts) -> Self {
        Self { algorithm: key.algorithm.clone(), bits: key.bits.clone() }
    }

    /// Whether the certificate has this key.
    pub fn is_of(&self, certificate: &Certificate) -> bool {
        let (algorithm, bits) = (certificate.bytes(certificate.key_algorithm.oid), certificate.bytes(certificate.key));
        let is_rsa = |oid: &[u8]| oid == RSA || oid == RSA_PSS;
        if algorithm != self.algorithm && !(is_rsa(algorithm) && is_rsa(&self.algorithm)) {
            return false;
        }
        bits == self.bits || algorithm == EC && compressed(bits).is_some_and(|point| Some(point) == compressed(&self.bits))
    }
}

/// SEC 1 2.3.3: the sign of y and x.
fn compressed(point: &[u8]) -> Option<(u8, &[u8])> {
    match point {
        [sign @ (2 | 3), x @ ..] => Some((*sign, x)),
        [4, rest @ ..] => Some((2 | rest.last()? & 1, rest.get(..rest.len() / 2)?)),
        _ => None,
    }
}

/// Of a block's label and its DER.
pub(super) fn held_key(label: &str, der: &[u8]) -> HeldKey {
    let known = match label {
        "ENCRYPTED PRIVATE KEY" => return HeldKey::Encrypted,
        "RSA PRIVATE KEY" => rsa(der),
        "EC PRIVATE KEY" => ec(der, None),
        "PRIVATE KEY" => pkcs8(der),
        _ => None,
    };
    known.map_or(HeldKey::NotCompared, HeldKey::Known)
}

/// Of DER without a label.
pub(super) fn held_key_of_der(der: &[u8]) -> HeldKey {
    let fields = element(der).filter(|(found, _)| found.tag == SEQUENCE).map(|(found, _)| found.content).unwrap_or_default();
    if element(fields).is_some_and(|(first, _)| first.tag == SEQUENCE) {
        return HeldKey::Encrypted;
    }
    let known = pkcs8(der).or_else(|| ec(der, None)).or_else(|| rsa(der));
    known.map_or(HeldKey::NotCompared, HeldKey::Known)
}

/// RFC 5958 2.
fn pkcs8(der: &[u8]) -> Option<PublicHalf> {
    let mut fields = fields(der)?;
    take(&mut fields, INTEGER)?;
    let mut algorithm = take(&mut fields, SEQUENCE)?.content;
    let oid = take(&mut algorithm, OBJECT_IDENTIFIER)?.content;
    let key = take(&mut fields, OCTET_STRING)?.content;
    match oid {
        RSA | RSA_PSS => rsa(key),
        EC => ec(key, take(&mut algorithm, OBJECT_IDENTIFIER).map(|curve| curve.content)),
        ED25519 => {
            let (seed, _) = element(key).filter(|(seed, _)| seed.tag == OCTET_STRING)?;
            Some(PublicHalf { algorithm: ED25519.to_vec(), bits: public_of_ed25519(seed.content)? })
        }
        _ => None,
    }
}

/// RFC 8017 A.1.2: the version, n and e; A.1.1: n and e.
fn rsa(der: &[u8]) -> Option<PublicHalf> {
    let mut fields = fields(der)?;
    take(&mut fields, INTEGER)?;
    let (modulus, exponent) = (take(&mut fields, INTEGER)?.whole, take(&mut fields, INTEGER)?.whole);
    take(&mut fields, INTEGER)?;
    let content = [modulus, exponent].concat();
    let octets = content.len().to_be_bytes();
    let octets = octets.get(octets.iter().position(|octet| *octet != 0)?..)?;
    let length = if content.len() < 0x80 { vec![octets[0]] } else { [&[0x80 | u8::try_from(octets.len()).ok()?], octets].concat() };
    Some(PublicHalf { algorithm: RSA.to_vec(), bits: [&[SEQUENCE], length.as_slice(), &content].concat() })
}

/// RFC 5915 3; the public key is computed where it is left out.
fn ec(der: &[u8], curve: Option<&[u8]>) -> Option<PublicHalf> {
    let mut fields = fields(der)?;
    take(&mut fields, INTEGER)?;
    let scalar = take(&mut fields, OCTET_STRING)?.content;
    let own_curve = take(&mut fields, CURVE).and_then(|found| oid(found));
    let bits = match take(&mut fields, PUBLIC) {
        Some(public) => element(public.content).filter(|(bits, _)| bits.tag == BIT_STRING)?.0.content.strip_prefix(&[0])?.to_vec(),
        None => public_of_ec(curve.or(own_curve)?, scalar)?,
    };
    Some(PublicHalf { algorithm: EC.to_vec(), bits })
}

fn oid(parameters: Element<'_>) -> Option<&[u8]> {
    element(parameters.content).filter(|(curve, _)| curve.tag == OBJECT_IDENTIFIER).map(|(curve, _)| curve.content)
}

fn fields(der: &[u8]) -> Option<&[u8]> {
    element(der).filter(|(found, _)| found.tag == SEQUENCE).map(|(found, _)| found.content)
}
