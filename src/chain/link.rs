//! Entities, and the links between certificates and the entities that may have issued them (RFC 4158 2.3): what a graph is made of.

use super::{CertificateId, Pool};
use crate::cert::{Certificate, Fingerprint, Name, key_identifiers};

/// An entity's place in its graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// A link's place in its graph; links of one certificate are neighbours, likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u32);

/// A name and a public key, and the certificates that bind them, in the order of loading.
#[derive(Debug, Clone)]
pub struct Entity {
    /// As its first certificate spells it.
    pub name: Name,
    /// What its first certificate is called where the name does not say; escaped.
    pub alternative: Option<Box<str>>,
    /// Of the SubjectPublicKeyInfo.
    pub spki_sha256: Fingerprint,
    /// Siblings of each other.
    pub certificates: Vec<CertificateId>,
}

impl Entity {
    /// What people call it, wherever it is shown; escaped.
    pub fn label(&self) -> String {
        self.alternative.as_ref().map_or_else(|| self.name.label(), |alternative| alternative.to_string())
    }
}

/// What the key identifiers say of a link (RFC 5280 4.2.1.1); they order candidates and never exclude one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyIdentifierMatch {
    /// An identifier of the issuer is the one that the certificate names.
    Match,
    /// The issuer has none, or the certificate names none.
    Absent,
    /// Both have identifiers, and others.
    Mismatch,
}

/// What is known of a link's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureState {
    /// Nobody checked it.
    Unchecked,
    /// The entity's key made it.
    Good,
    /// The entity's key did not make it.
    Bad,
    /// This part of it is not supported.
    Unsupported(&'static str),
}

/// `entity` has the name that `certificate` calls its issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What is issued.
    pub certificate: CertificateId,
    /// Who may have issued it.
    pub entity: EntityId,
    /// How likely that is.
    pub key_identifier: KeyIdentifierMatch,
    /// Whether it is so.
    pub signature: SignatureState,
}

impl Link {
    /// The entity's key did not make the signature, and the certificate names another key as its issuer's (RFC 5280 4.2.1.1): no damage,
    /// but another CA of the same name.
    pub fn is_contradicted(self) -> bool {
        self.signature == SignatureState::Bad && self.key_identifier == KeyIdentifierMatch::Mismatch
    }
}

impl LinkId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl EntityId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The identifiers that an entity's key has by the methods in common use, whatever its certificates call it.
pub(super) fn computed(pool: &Pool, entity: &Entity) -> impl Iterator<Item = [u8; 20]> {
    let first = entity.certificates.first().map(|id| pool.certificate(*id));
    first.into_iter().flat_map(key_identifiers)
}

/// RFC 5280 4.2.1.1: authorityKeyIdentifier against subjectKeyIdentifier.
pub fn key_identifier_match(certificate: &Certificate, issuer: &Certificate) -> KeyIdentifierMatch {
    match (certificate.authority_key(), issuer.subject_key()) {
        (Some(named), Some(own)) if named == own => KeyIdentifierMatch::Match,
        (Some(_), Some(_)) => KeyIdentifierMatch::Mismatch,
        _ => KeyIdentifierMatch::Absent,
    }
}
