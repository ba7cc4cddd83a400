//! The extensions that the checks read (RFC 5280 4.2.1), typed, with their criticality.

use super::field::Span;
use super::misread::Misread;
use super::oid::dotted;
use super::reader::{RawExtension, Reader};
use super::values::authority::{authority_key_identifier, basic_constraints, key_usage, subject_key_identifier};
use super::values::table::known;

/// RFC 5280 4.2.1.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    pub critical: bool,
    pub ca: bool,
    /// How many non-self-issued intermediates may follow below this one.
    pub path_length: Option<u32>,
}

/// RFC 5280 4.2.1.3; bit n is named bit n of the BIT STRING.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage {
    pub critical: bool,
    pub bits: u16,
}

impl KeyUsage {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];

    /// Bit 5: the key signs certificates (RFC 5280 4.2.1.3).
    pub fn key_cert_sign(self) -> bool {
        self.bits & (1 << 5) != 0
    }

    /// Bit 6: the key signs CRLs.
    pub fn crl_sign(self) -> bool {
        self.bits & (1 << 6) != 0
    }

    /// The set bits and their names, in the order of RFC 5280.
    pub(super) fn set(self) -> impl Iterator<Item = (usize, &'static str)> {
        Self::NAMES.into_iter().enumerate().filter(move |(bit, _)| self.bits & (1 << bit) != 0)
    }

    /// The set bits by name, in the order of RFC 5280.
    pub fn words(self) -> String {
        let set: Vec<&str> = self.set().map(|(_, name)| name).collect();
        if set.is_empty() { "none".to_owned() } else { set.join(" ") }
    }
}

/// RFC 5280 4.2.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorityKeyIdentifier {
    pub key_identifier: Option<Span>,
    pub serial: Option<Span>,
    /// Names the issuer of the issuer, too.
    pub has_issuer: bool,
}

/// An extension whose value is not what its OID promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Dotted.
    pub oid: String,
    pub critical: bool,
    pub reason: Misread,
}

/// One extension (RFC 5280 4.1): the content of its OID, and of the OCTET STRING that is its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    pub oid: Span,
    pub critical: bool,
    pub value: Span,
}

/// What a certificate's extensions say, as far as the graph and most checks ask (RFC 5280 4.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    /// In the order of the certificate.
    pub all: Box<[Extension]>,
    pub basic_constraints: Option<BasicConstraints>,
    pub key_usage: Option<KeyUsage>,
    pub subject_key_identifier: Option<Span>,
    pub authority_key_identifier: Option<AuthorityKeyIdentifier>,
    /// Dotted OIDs of the critical extensions that no rule processes (RFC 5280 4.2: such a certificate must be refused).
    pub unknown_critical: Vec<String>,
    pub malformed: Vec<Malformed>,
    /// Says where the issuer's certificate can be had (RFC 5280 4.2.2.1 caIssuers).
    pub has_ca_issuers: bool,
}

impl Extensions {
    /// Why the extension of this dotted OID cannot be relied on, where it stands but cannot be read.
    pub fn malformed(&self, oid: &str) -> Option<Misread> {
        self.malformed.iter().find(|malformed| malformed.oid == oid).map(|malformed| malformed.reason)
    }
}

/// id-pe-authorityInfoAccess, and id-ad-caIssuers in it (RFC 5280 4.2.2.1).
const AUTHORITY_INFO_ACCESS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];
const CA_ISSUERS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 48, 2];

impl Extensions {
    /// `span_of` tells where a slice of the certificate lies in its DER. Of an extension that stands twice, the first counts.
    pub(super) fn new(extensions: &[RawExtension<'_>], span_of: impl Fn(&[u8]) -> Span) -> Self {
        let at = |extension: &RawExtension<'_>| Extension {
            oid: span_of(extension.oid),
            critical: extension.critical,
            value: span_of(extension.value),
        };
        let mut out = Self { all: extensions.iter().map(at).collect(), ..Self::default() };
        for extension in extensions {
            let (critical, value) = (extension.critical, extension.value);
            let known = known(extension.oid);
            if let Some(reason) = known.and_then(|known| (known.fault)(value)) {
                out.malformed.push(Malformed { oid: dotted(extension.oid), critical, reason });
                continue;
            }
            if critical && !known.is_some_and(|known| known.is_processed) {
                out.unknown_critical.push(dotted(extension.oid));
            }
            out.take(extension, &span_of);
        }
        out
    }

    /// What is kept ready of an extension that can be read.
    fn take(&mut self, extension: &RawExtension<'_>, span_of: impl Fn(&[u8]) -> Span) {
        let (critical, value) = (extension.critical, extension.value);
        match extension.oid {
            [0x55, 0x1d, 14] => {
                self.subject_key_identifier = self.subject_key_identifier.or(subject_key_identifier(value).ok().map(span_of))
            }
            [0x55, 0x1d, 15] => {
                let found = key_usage(value).ok().map(|bits| KeyUsage { critical, bits });
                self.key_usage = self.key_usage.or(found);
            }
            [0x55, 0x1d, 19] => {
                let found = basic_constraints(value).ok().map(|(ca, path_length)| BasicConstraints { critical, ca, path_length });
                self.basic_constraints = self.basic_constraints.or(found);
            }
            [0x55, 0x1d, 35] => {
                let found = authority_key_identifier(value).ok().map(|found| AuthorityKeyIdentifier {
                    key_identifier: found.identifier.map(&span_of),
                    serial: found.serial.map(&span_of),
                    has_issuer: found.issuer.is_some(),
                });
                self.authority_key_identifier = self.authority_key_identifier.or(found);
            }
            AUTHORITY_INFO_ACCESS => self.has_ca_issuers |= names_ca_issuers(value),
            _ => {}
        }
    }
}

fn names_ca_issuers(value: &[u8]) -> bool {
    let Ok(mut list) = Reader::of_sequence(value, "authorityInfoAccess") else { return false };
    std::iter::from_fn(|| list.sequence("accessDescription").ok()).any(|mut parts| parts.oid("accessMethod") == Ok(CA_ISSUERS))
}
