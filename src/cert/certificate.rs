//! One certificate: its DER, and what the graph and the checks ask of it.

use std::sync::Arc;

use pem_rfc7468::LineEnding;
use x509_parser::asn1_rs::{Any, FromDer as _};
use x509_parser::prelude::X509Certificate;

use super::field::{AlgorithmIdentifier, Span, span_within};
use super::{Extensions, Fingerprint, Name, Time, escape};

/// Largest DER that is read as a certificate, in bytes; the largest real ones (long lists of names) stay below 100 KB.
pub const MAX_CERTIFICATE: usize = 1 << 20;

/// Why bytes are no certificate; the reason is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("not a certificate: {reason}")]
    Malformed { reason: String },
    #[error("{length} bytes, more than the {MAX_CERTIFICATE} that a certificate may have")]
    TooLarge { length: usize },
}

/// A certificate (RFC 5280 4.1): its DER, and what the graph and the checks ask of it. A `Span` is a part of that DER; `bytes` gives it.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: Arc<[u8]>,
    pub sha256: Fingerprint,
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub spki_sha256: Fingerprint,
    /// 1, 2 or 3; another number is the certificate's own mistake.
    pub version: u32,
    pub serial: Span,
    pub issuer: Name,
    pub subject: Name,
    pub not_before: Time,
    pub not_after: Time,
    /// The signed part (RFC 5280 4.1.1.1), with its header.
    pub tbs: Span,
    /// SubjectPublicKeyInfo (RFC 5280 4.1.2.7), with its header.
    pub spki: Span,
    pub key_algorithm: AlgorithmIdentifier,
    /// The content of subjectPublicKey, without the count of unused bits.
    pub key: Span,
    /// RFC 5280 4.1.1.2: outside the signed part.
    pub signature_algorithm: AlgorithmIdentifier,
    /// RFC 5280 4.1.2.3: inside the signed part.
    pub signed_algorithm: AlgorithmIdentifier,
    /// The content of signatureValue, without the count of unused bits.
    pub signature: Span,
    pub extensions: Extensions,
}

impl Certificate {
    /// Reads the certificate that `der` begins with; bytes behind it are not part of it.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_CERTIFICATE {
            return Err(CertificateError::TooLarge { length: der.len() });
        }
        let malformed = |reason: String| CertificateError::Malformed { reason: escape(&reason) };
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|error| malformed(parse_reason(&error)))?;
        let der: &[u8] = &der[..der.len() - rest.len()];
        let span_of = |part: &[u8]| span_within(der, part);

        let tbs = &parsed.tbs_certificate;
        let spki_raw = tbs.subject_pki.raw;
        let structure = |part: &str| malformed(format!("{part} cannot be located"));
        let (_, outer) = Any::from_der(der).map_err(|_| structure("the certificate"))?;
        let (after_tbs, _) = Any::from_der(outer.data).map_err(|_| structure("tbsCertificate"))?;
        let (_, spki) = Any::from_der(spki_raw).map_err(|_| structure("subjectPublicKeyInfo"))?;
        let signature_algorithm = algorithm(after_tbs, span_of).ok_or_else(|| structure("signatureAlgorithm"))?;
        let signed_algorithm = signed_algorithm(tbs.as_ref(), span_of).ok_or_else(|| structure("tbsCertificate.signature"))?;
        let key_algorithm = algorithm(spki.data, span_of).ok_or_else(|| structure("subjectPublicKeyInfo.algorithm"))?;

        Ok(Self {
            sha256: Fingerprint::of(der),
            spki_sha256: Fingerprint::of(spki_raw),
            version: tbs.version.0.saturating_add(1),
            serial: span_of(tbs.raw_serial()),
            issuer: Name::new(&tbs.issuer),
            subject: Name::new(&tbs.subject),
            not_before: Time(tbs.validity.not_before.timestamp()),
            not_after: Time(tbs.validity.not_after.timestamp()),
            tbs: span_of(tbs.as_ref()),
            spki: span_of(spki_raw),
            key_algorithm,
            key: span_of(&tbs.subject_pki.subject_public_key.data),
            signature_algorithm,
            signed_algorithm,
            signature: span_of(&parsed.signature_value.data),
            extensions: Extensions::new(tbs.extensions(), span_of),
            der: der.into(),
        })
    }

    /// The whole of its DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes of a part; empty where the span is not one of this certificate.
    pub fn bytes(&self, span: Span) -> &[u8] {
        self.der.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The value of the first extension whose OID has this content; `55 1d n` is id-ce n (RFC 5280 4.2.1).
    pub fn extension(&self, oid: &[u8]) -> Option<&[u8]> {
        let found = self.extensions.all.iter().find(|extension| self.bytes(extension.oid) == oid);
        found.map(|extension| self.bytes(extension.value))
    }

    /// Whether the first extension whose OID has this content is there, and critical.
    pub fn extension_is_critical(&self, oid: &[u8]) -> bool {
        let found = self.extensions.all.iter().find(|extension| self.bytes(extension.oid) == oid);
        found.is_some_and(|extension| extension.critical)
    }

    /// Subject and issuer are the same name (RFC 5280 3.2 calls this self-issued).
    pub fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// The certificate as a PEM block (RFC 7468), lines ended by `\n`.
    pub fn pem(&self) -> String {
        // Its errors are a label that is none, and more bytes than memory holds.
        pem_rfc7468::encode_string("CERTIFICATE", LineEnding::LF, &self.der).unwrap_or_default()
    }
}

fn parse_reason(error: &x509_parser::nom::Err<x509_parser::error::X509Error>) -> String {
    match error {
        x509_parser::nom::Err::Incomplete(_) => "the DER ends too early".to_owned(),
        x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error) => error.to_string(),
    }
}

/// Reads the AlgorithmIdentifier that `input` begins with.
fn algorithm(input: &[u8], span_of: impl Fn(&[u8]) -> Span) -> Option<AlgorithmIdentifier> {
    let (_, sequence) = Any::from_der(input).ok()?;
    let (parameters, oid) = Any::from_der(sequence.data).ok()?;
    Some(AlgorithmIdentifier { oid: span_of(oid.data), parameters: span_of(parameters) })
}

/// RFC 5280 4.1: `[0] version` may be missing; then serialNumber, then the algorithm.
fn signed_algorithm(tbs: &[u8], span_of: impl Fn(&[u8]) -> Span) -> Option<AlgorithmIdentifier> {
    let (_, sequence) = Any::from_der(tbs).ok()?;
    let (mut rest, first) = Any::from_der(sequence.data).ok()?;
    if first.tag().0 == 0 && first.class() == x509_parser::asn1_rs::Class::ContextSpecific {
        (rest, _) = Any::from_der(rest).ok()?;
    }
    algorithm(rest, span_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Vec<u8> {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap().self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn spans_point_at_the_parts_they_name() {
        let der = made();
        let certificate = Certificate::from_der(&der).unwrap();
        assert_eq!(certificate.version, 3);
        assert_eq!(certificate.bytes(certificate.signature_algorithm.oid), certificate.bytes(certificate.signed_algorithm.oid));
        assert_eq!(certificate.bytes(certificate.tbs).first(), Some(&0x30));
        assert_eq!(certificate.spki_sha256, Fingerprint::of(certificate.bytes(certificate.spki)));
        assert_eq!(certificate.bytes(certificate.key).len(), 65);
        assert!(certificate.pem().starts_with("-----BEGIN CERTIFICATE-----\n"));
    }

    #[test]
    fn bytes_behind_the_certificate_are_not_part_of_it() {
        let der = made();
        let mut longer = der.clone();
        longer.extend([0, 1, 2]);
        assert_eq!(Certificate::from_der(&longer).unwrap().der(), der);
    }

    #[test]
    fn what_is_no_certificate_is_an_error_not_a_panic() {
        let der = made();
        for end in 0..der.len() {
            assert!(Certificate::from_der(&der[..end]).is_err());
        }
        assert!(matches!(Certificate::from_der(&vec![0x30; MAX_CERTIFICATE + 1]), Err(CertificateError::TooLarge { .. })));
    }

    #[test]
    fn every_flipped_byte_parses_or_errs() {
        let der = made();
        for place in 0..der.len() {
            for value in [0, 0x7f, 0x80, 0xff, der[place] ^ 1] {
                let mut changed = der.clone();
                changed[place] = value;
                if let Ok(certificate) = Certificate::from_der(&changed) {
                    assert!(crate::cert::fields(&certificate).len() >= 8);
                }
            }
        }
    }
}
