//! What a certificate is: owned, parsed once, known by its SHA-256.
//!
//! The only folder that names x509-parser. Everything read from a certificate leaves here typed, or as text that `escape`
//! has made harmless. What the checks need is kept ready; the rest is decoded when asked for (`fields`).

mod asn1;
mod authority;
mod certificate;
mod crl;
mod distribution;
mod dns_name;
mod document;
mod elements;
mod endpoint;
mod extensions;
mod field;
mod fields;
mod fingerprint;
mod general_name;
mod key;
mod label;
mod name;
mod ocsp;
mod ocsp_request;
mod oid;
mod origin;
mod parts;
mod reader;
mod reason;
mod request;
mod restrictions;
mod strict;
mod structure;
mod text;
mod time;
mod transparency;
mod trust_settings;
mod unreadable;
mod validity;

pub use asn1::{Asn1, asn1};
pub use authority::AuthorityCertificate;
pub use certificate::{Certificate, CertificateError};
pub use crl::{Crl, CrlEntry, CrlError, CrlNumber, MAX_CRL, MAX_ENTRY_ISSUERS, RevocationReason};
pub use distribution::{DistributionPoint, IssuingDistributionPoint, Reasons};
pub use dns_name::{DnsNameError, dns_name, dns_name_words, is_dns_name};
pub use document::document;
pub use endpoint::{Endpoint, EndpointKind};
pub use extensions::{AuthorityKeyIdentifier, BasicConstraints, Extension, Extensions, KeyUsage};
pub use field::{AlgorithmIdentifier, Children, Field, Span};
pub use fields::{LOG, TIMESTAMP, decimal, fields};
pub use fingerprint::{Fingerprint, hex, hex_colons};
pub use general_name::GeneralName;
pub use key::{KeyParts, PublicKey, bit_length, key_identifiers, key_words, signature_words, spki_pin};
pub use name::{Attribute, Name};
pub use ocsp::{MAX_OCSP, MAX_OCSP_CERTIFICATES, OcspError, OcspResponse, OcspStatus, Responder, SingleResponse};
pub use ocsp_request::ocsp_request;
pub use oid::{dotted, oid_name, oid_words};
pub use origin::Origin;
pub use request::CertificateRequest;
pub use restrictions::{Decoded, NameConstraints, PolicyConstraints, PolicyInformation, PolicyMapping};
pub use strict::{Breach, Gravity, MAX_BREACHES};
pub use structure::{Structure, element_names};
pub use text::{MAX_TEXT, escape};
pub use time::{Time, TimeError};
pub use transparency::{Log, LogList, SignedTimestamp, sent_timestamps};
pub use trust_settings::TrustSettings;
pub use unreadable::{MAX_UNREADABLE, Part, Unreadable};
pub use validity::{read_time, window_words};
