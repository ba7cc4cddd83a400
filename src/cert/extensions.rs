//! The extensions that the checks read (RFC 5280 4.2.1), typed, with their criticality.

use x509_parser::extensions::{ParsedExtension, X509Extension};

use x509_parser::oid_registry::OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS;

use super::field::Span;
use super::reason::reason;

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
    pub oid: String,
    pub critical: bool,
    pub reason: String,
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
    pub fn malformed(&self, oid: &str) -> Option<&str> {
        self.malformed.iter().find(|malformed| malformed.oid == oid).map(|malformed| malformed.reason.as_str())
    }
}

/// RFC 6960 4.2.2.2.1: OCSP no check restricts nothing.
const OCSP_NO_CHECK: &str = "1.3.6.1.5.5.7.48.1.5";

/// RFC 5280 4.2: the extensions that a verifier must recognise, as far as they are decoded here; what they restrict is judged
/// by the rules, or said to be unprocessed.
fn is_processed(extension: &ParsedExtension<'_>) -> bool {
    use ParsedExtension as E;
    matches!(
        extension,
        E::AuthorityKeyIdentifier(_)
            | E::SubjectKeyIdentifier(_)
            | E::KeyUsage(_)
            | E::CertificatePolicies(_)
            | E::PolicyMappings(_)
            | E::SubjectAlternativeName(_)
            | E::BasicConstraints(_)
            | E::NameConstraints(_)
            | E::PolicyConstraints(_)
            | E::ExtendedKeyUsage(_)
            | E::InhibitAnyPolicy(_)
            | E::CRLDistributionPoints(_)
    )
}

impl Extensions {
    /// `span_of` tells where a slice of the certificate lies in its DER. Of an extension that stands twice, the first counts.
    pub(super) fn new(extensions: &[X509Extension<'_>], span_of: impl Fn(&[u8]) -> Span) -> Self {
        let at = |extension: &X509Extension<'_>| Extension {
            oid: span_of(extension.oid.as_bytes()),
            critical: extension.critical,
            value: span_of(extension.value),
        };
        let mut out = Self { all: extensions.iter().map(at).collect(), ..Self::default() };
        for extension in extensions {
            let critical = extension.critical;
            match extension.parsed_extension() {
                ParsedExtension::BasicConstraints(found) => {
                    let found = BasicConstraints { critical, ca: found.ca, path_length: found.path_len_constraint };
                    out.basic_constraints.get_or_insert(found);
                }
                ParsedExtension::KeyUsage(found) => {
                    out.key_usage.get_or_insert(KeyUsage { critical, bits: found.flags });
                }
                ParsedExtension::SubjectKeyIdentifier(found) => {
                    out.subject_key_identifier.get_or_insert(span_of(found.0));
                }
                ParsedExtension::AuthorityKeyIdentifier(found) => {
                    let found = AuthorityKeyIdentifier {
                        key_identifier: found.key_identifier.as_ref().map(|identifier| span_of(identifier.0)),
                        serial: found.authority_cert_serial.map(&span_of),
                        has_issuer: found.authority_cert_issuer.is_some(),
                    };
                    out.authority_key_identifier.get_or_insert(found);
                }
                ParsedExtension::AuthorityInfoAccess(access) => {
                    out.has_ca_issuers =
                        access.iter().any(|description| description.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS);
                }
                ParsedExtension::ParseError { error } => {
                    let reason = reason(error);
                    out.malformed.push(Malformed { oid: extension.oid.to_id_string(), critical, reason });
                }
                other if critical && !is_processed(other) => {
                    let oid = extension.oid.to_id_string();
                    if oid != OCSP_NO_CHECK {
                        out.unknown_critical.push(oid);
                    }
                }
                _ => {}
            }
        }
        out
    }
}
