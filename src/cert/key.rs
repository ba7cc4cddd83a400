//! What a public key is: its kind and size, in words, and how it is pinned.

use base64::Engine as _;
use ring::digest;
use x509_parser::asn1_rs::{Any, FromDer, Oid, Tag};

use super::oid::{dotted, oid_words};
use super::{Certificate, Part};

/// A public key as far as its strength asks; numbers are big-endian without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey<'a> {
    /// RFC 3279 2.3.1, RFC 4055 1.2.
    Rsa {
        modulus: &'a [u8],
        exponent: &'a [u8],
    },
    /// RFC 5480 2.1.1: the dotted OID of the curve.
    Ec {
        curve: String,
    },
    /// RFC 3279 2.3.5 lets a key say the curve itself; RFC 5480 2.1.1 forbids it. Bits of the field, where they can be read.
    EcExplicit {
        field_bits: Option<usize>,
    },
    /// RFC 3279 2.3.2: bits of p and of q; `None` where the parameters are the issuer's.
    Dsa {
        bits: Option<(usize, usize)>,
    },
    /// Whose size is settled by its kind, such as Ed25519; or one that is not known. The dotted OID.
    Other {
        algorithm: String,
    },
    Malformed {
        reason: &'static str,
    },
}

/// A subject public key, taken apart as a signature check asks (RFC 5280 4.1.2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyParts {
    /// Content of the algorithm's OID.
    pub algorithm: Vec<u8>,
    /// DER of the algorithm's parameters; empty where absent.
    pub parameters: Vec<u8>,
    /// Content of the BIT STRING, without its count of unused bits.
    pub bits: Vec<u8>,
}

impl KeyParts {
    /// Reads a SubjectPublicKeyInfo that is the whole of `der`.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let (rest, spki) = Any::from_der(der).ok()?;
        let (bits, algorithm) = Any::from_der(spki.data).ok()?;
        let (behind, bits) = Any::from_der(bits).ok()?;
        let (parameters, oid) = Any::from_der(algorithm.data).ok()?;
        let is_whole = rest.is_empty() && behind.is_empty() && bits.tag().0 == 3;
        let bits = bits.data.strip_prefix(&[0]).filter(|_| is_whole)?;
        Some(Self { algorithm: oid.data.to_vec(), parameters: parameters.to_vec(), bits: bits.to_vec() })
    }

    /// `RSA 2048`, `EC P-256`, `Ed25519`, or the OID of what is not known.
    pub fn words(&self) -> String {
        words_of(public_key(dotted(&self.algorithm), &self.parameters, &self.bits), &self.algorithm)
    }
}

/// Keys of one length, in bytes, by dotted OID: RFC 8410 3, RFC 9881 4.
const KEY_LENGTHS: &[(&str, usize)] = &[
    ("1.3.101.110", 32),
    ("1.3.101.111", 56),
    ("1.3.101.112", 32),
    ("1.3.101.113", 57),
    ("2.16.840.1.101.3.4.3.17", 1312),
    ("2.16.840.1.101.3.4.3.18", 1952),
    ("2.16.840.1.101.3.4.3.19", 2592),
];

/// The identifiers of 160 bits that a certificate's key has by RFC 5280 4.2.1.2 method 1 and by RFC 7093 2 method 1, as CAs make them.
pub fn key_identifiers(certificate: &Certificate) -> [[u8; 20]; 2] {
    let key = certificate.bytes(certificate.key);
    [&digest::SHA1_FOR_LEGACY_USE_ONLY, &digest::SHA256].map(|algorithm| {
        let mut leftmost = [0; 20];
        leftmost.iter_mut().zip(digest::digest(algorithm, key).as_ref()).for_each(|(to, from)| *to = *from);
        leftmost
    })
}

/// The significant bits of a big-endian number.
pub fn bit_length(number: &[u8]) -> usize {
    number.iter().position(|byte| *byte != 0).map_or(0, |start| (number.len() - start) * 8 - number[start].leading_zeros() as usize)
}

impl Certificate {
    /// The subject's key, as far as its strength asks; what cannot be read is `Malformed`.
    pub fn public_key(&self) -> PublicKey<'_> {
        if self.lacks(Part::PublicKey) {
            return PublicKey::Malformed { reason: "public key that cannot be read" };
        }
        let algorithm = dotted(self.bytes(self.key_algorithm.oid));
        public_key(algorithm, self.bytes(self.key_algorithm.parameters), self.bytes(self.key))
    }
}

fn public_key<'a>(algorithm: String, parameters: &'a [u8], key: &'a [u8]) -> PublicKey<'a> {
    match algorithm.as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" | "2.5.8.1.1" => rsa(key),
        "1.2.840.10045.2.1" => ec(parameters),
        "1.2.840.10040.4.1" => dsa(parameters),
        _ => match KEY_LENGTHS.iter().find(|(known, _)| *known == algorithm) {
            Some((_, length)) if key.len() != *length => PublicKey::Malformed { reason: "a key of a wrong length for its algorithm" },
            _ => PublicKey::Other { algorithm },
        },
    }
}

fn rsa(key: &[u8]) -> PublicKey<'_> {
    let malformed = |reason| PublicKey::Malformed { reason };
    let Ok((_, sequence)) = Any::from_der(key) else { return malformed("RSA key that is not DER") };
    // RFC 8017 A.1.1 calls them positive.
    if has_negative(sequence.data) {
        return malformed("RSA key with a negative modulus or exponent");
    }
    match integers(sequence.data).as_slice() {
        [modulus, exponent] => PublicKey::Rsa { modulus, exponent },
        _ => malformed("RSA key that is not a modulus and an exponent"),
    }
}

fn ec(parameters: &[u8]) -> PublicKey<'_> {
    if let Ok((_, curve)) = Oid::from_der(parameters) {
        return PublicKey::Ec { curve: curve.to_id_string() };
    }
    let Ok((_, explicit)) = Any::from_der(parameters) else { return PublicKey::Malformed { reason: "EC key without a curve" } };
    // X9.62: version, then the field: its type, and for a prime field the prime.
    let field = Any::from_der(explicit.data).ok().and_then(|(rest, _)| Any::from_der(rest).ok()).map(|(_, field)| field.data);
    let prime = field.and_then(|field| Any::from_der(field).ok()).and_then(|(rest, _)| integers(rest).first().copied());
    PublicKey::EcExplicit { field_bits: prime.map(bit_length) }
}

fn dsa(parameters: &[u8]) -> PublicKey<'_> {
    let sequence = Any::from_der(parameters).ok().map(|(_, any)| any.data);
    match sequence.map(integers).unwrap_or_default().as_slice() {
        [p, q, _] => PublicKey::Dsa { bits: Some((bit_length(p), bit_length(q))) },
        _ if sequence.is_none_or(<[u8]>::is_empty) => PublicKey::Dsa { bits: None },
        _ => PublicKey::Malformed { reason: "DSA parameters that are not p, q and g" },
    }
}

/// Whether an INTEGER that `content` is made of is below zero (X.690 8.3.3).
fn has_negative(mut content: &[u8]) -> bool {
    while let Ok((rest, any)) = Any::from_der(content) {
        if any.tag() == Tag::Integer && any.data.first().is_some_and(|first| first & 0x80 != 0) {
            return true;
        }
        content = rest;
    }
    false
}

/// The INTEGERs that `content` is made of, without leading zeros; none where something else stands among them.
fn integers(mut content: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    while !content.is_empty() {
        let Ok((rest, any)) = Any::from_der(content) else { return Vec::new() };
        if any.tag() != Tag::Integer {
            return Vec::new();
        }
        let zeros = any.data.iter().position(|byte| *byte != 0).unwrap_or(any.data.len());
        out.push(any.data.get(zeros..).unwrap_or_default());
        content = rest;
    }
    out
}

/// `RSA 2048`, `EC P-256`, `Ed25519`, or the OID of what is not known.
pub fn key_words(certificate: &Certificate) -> String {
    words_of(certificate.public_key(), certificate.bytes(certificate.key_algorithm.oid))
}

fn words_of(key: PublicKey<'_>, algorithm: &[u8]) -> String {
    match key {
        PublicKey::Rsa { modulus, .. } => {
            let kind = if dotted(algorithm).ends_with(".10") { "RSA-PSS" } else { "RSA" };
            format!("{kind} {}", bit_length(modulus))
        }
        PublicKey::Ec { curve } => format!("EC {}", oid_words(&curve).unwrap_or(&curve)),
        PublicKey::EcExplicit { .. } => "EC with explicit parameters".to_owned(),
        PublicKey::Dsa { bits: Some((bits, _)) } => format!("DSA {bits}"),
        PublicKey::Dsa { bits: None } => "DSA".to_owned(),
        PublicKey::Other { algorithm } => oid_words(&algorithm).map_or_else(|| format!("unknown algorithm {algorithm}"), str::to_owned),
        PublicKey::Malformed { reason } => reason.to_owned(),
    }
}

/// What the certificate says it was signed with: `ecdsa-with-SHA384`, or the OID of what is not known.
pub fn signature_words(certificate: &Certificate) -> String {
    if certificate.lacks(Part::SignatureAlgorithm) {
        return "unreadable signature algorithm".to_owned();
    }
    let oid = dotted(certificate.bytes(certificate.signature_algorithm.oid));
    oid_words(&oid).map_or(oid, str::to_owned)
}

/// The SPKI pin of RFC 7469 2.4: base64 of the SHA-256 of the SubjectPublicKeyInfo.
pub fn spki_pin(certificate: &Certificate) -> String {
    base64::engine::general_purpose::STANDARD.encode(certificate.spki_sha256.0)
}
