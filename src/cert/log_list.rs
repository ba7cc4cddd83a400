//! Which transparency logs are known, and what is known of each: what the public list of logs says (its JSON schema, version 3).

use std::collections::BTreeMap;

use x509_parser::asn1_rs::{Any, FromDer};

use super::{Fingerprint, Time};

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
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `Google 'Argon2026h1' log`, escaped.
    pub name: String,
    pub operator: String,
    pub key: KeyParts,
    /// `usable`, `retired` and so on, and since when.
    pub state: &'static str,
    pub since: Option<Time>,
    /// It takes certificates that expire from the first of these times on and before the second.
    pub interval: Option<(Time, Time)>,
}

/// The logs by their id, the SHA-256 of their key (RFC 6962 3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogList {
    pub logs: BTreeMap<Fingerprint, Log>,
}
