//! One certificate: its DER, and what the graph and the checks ask of it.

use std::sync::Arc;

use pem_rfc7468::LineEnding;

use super::field::{AlgorithmIdentifier, Span};
use super::parts::{self, Reading};
use super::{Extensions, Fingerprint, Name, Part, Time, Unreadable};

/// Largest DER that is read as a certificate, in bytes; the largest real ones (long lists of names) stay below 100 KB.
pub const MAX_CERTIFICATE: usize = 1 << 20;

/// Why bytes are no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("not a certificate: {reason}")]
    Malformed { reason: &'static str },
    #[error("{length} bytes, more than the {MAX_CERTIFICATE} that a certificate may have")]
    TooLarge { length: usize },
}

/// A certificate (RFC 5280 4.1): its DER, and what the graph and the checks ask of it. A `Span` is a part of that DER; `bytes` gives it.
/// What cannot be read of it is listed, and empty where it would stand.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: Arc<[u8]>,
    pub sha256: Fingerprint,
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub spki_sha256: Fingerprint,
    /// 1, 2 or 3; another number is the certificate's own mistake, 0 one that cannot be read.
    pub version: u32,
    pub serial: Span,
    pub issuer: Name,
    pub subject: Name,
    /// The first second of its validity; `None` where what stands there has no single meaning.
    pub not_before: Option<Time>,
    /// The last second of it, which still counts (RFC 5280 4.1.2.5).
    pub not_after: Option<Time>,
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
    /// Parts that are not what RFC 5280 has there: at most `MAX_UNREADABLE`.
    pub unreadable: Box<[Unreadable]>,
}

impl Certificate {
    /// Reads the certificate that `der` begins with; bytes behind it are not part of it.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_CERTIFICATE {
            return Err(CertificateError::TooLarge { length: der.len() });
        }
        let found = parts::find(der).map_err(|reason| CertificateError::Malformed { reason })?;
        let mut reading = Reading::new(found.der);
        let version = found.version.map_or(1, |version| reading.version(&version));
        let (key_algorithm, key) = reading.public_key(&found.public_key);
        let [not_before, not_after] = reading.validity(&found.validity);
        let spki = found.public_key.whole(found.der);
        Ok(Self {
            sha256: Fingerprint::of(found.der),
            spki_sha256: Fingerprint::of(spki),
            version,
            serial: reading.serial(&found.serial),
            issuer: reading.name(Part::Issuer, &found.issuer),
            subject: reading.name(Part::Subject, &found.subject),
            not_before,
            not_after,
            tbs: found.tbs.span(),
            spki: found.public_key.span(),
            key_algorithm,
            key,
            signature_algorithm: reading.algorithm(Part::SignatureAlgorithm, found.signature_algorithm.as_ref()),
            signed_algorithm: reading.algorithm(Part::SignedAlgorithm, Some(&found.signed_algorithm)),
            signature: reading.bits(Part::Signature, found.signature.as_ref()),
            extensions: reading.extensions(found.further),
            unreadable: reading.into_unreadable(),
            der: found.der.into(),
        })
    }

    /// The whole of its DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// A part of it cannot be read.
    pub fn lacks(&self, part: Part) -> bool {
        self.unreadable.iter().any(|unreadable| unreadable.part == part)
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

    /// The key identifier by which it names its issuer's key (RFC 5280 4.2.1.1).
    pub fn authority_key(&self) -> Option<&[u8]> {
        let named = self.extensions.authority_key_identifier.and_then(|found| found.key_identifier);
        named.map(|span| self.bytes(span))
    }

    /// The key identifier that it gives its own key (RFC 5280 4.2.1.2).
    pub fn subject_key(&self) -> Option<&[u8]> {
        self.extensions.subject_key_identifier.map(|span| self.bytes(span))
    }

    /// noRevAvail (RFC 9608): its issuer does not say whether it was revoked.
    pub fn has_no_revocation(&self) -> bool {
        self.extension(&[0x55, 0x1d, 56]).is_some()
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
