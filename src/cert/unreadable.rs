//! Which part of a certificate cannot be read? One such part costs none of the others: the certificate loads, and says which it is.

use super::field::Span;

/// Parts that are listed of one certificate; the first decides as much as all of them.
pub const MAX_UNREADABLE: usize = 20;

/// A part of a certificate (RFC 5280 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    Version,
    SerialNumber,
    SignedAlgorithm,
    Issuer,
    Validity,
    NotBefore,
    NotAfter,
    Subject,
    PublicKey,
    Extensions,
    Extension,
    /// Behind the last part that tbsCertificate has, or out of order there.
    Surplus,
    SignatureAlgorithm,
    Signature,
}

impl Part {
    /// The part's name in RFC 5280.
    pub fn word(self) -> &'static str {
        self.words_and_section().0
    }

    /// Where RFC 5280 says what it has to be.
    pub fn section(self) -> &'static str {
        self.words_and_section().1
    }

    fn words_and_section(self) -> (&'static str, &'static str) {
        match self {
            Part::Version => ("version", "RFC 5280 4.1.2.1"),
            Part::SerialNumber => ("serialNumber", "RFC 5280 4.1.2.2"),
            Part::SignedAlgorithm => ("tbsCertificate.signature", "RFC 5280 4.1.2.3"),
            Part::Issuer => ("issuer", "RFC 5280 4.1.2.4"),
            Part::Validity => ("validity", "RFC 5280 4.1.2.5"),
            Part::NotBefore => ("notBefore", "RFC 5280 4.1.2.5"),
            Part::NotAfter => ("notAfter", "RFC 5280 4.1.2.5"),
            Part::Subject => ("subject", "RFC 5280 4.1.2.6"),
            Part::PublicKey => ("subjectPublicKeyInfo", "RFC 5280 4.1.2.7"),
            Part::Extensions => ("extensions", "RFC 5280 4.1.2.9"),
            Part::Extension => ("an extension", "RFC 5280 4.1"),
            Part::Surplus => ("a part of tbsCertificate", "RFC 5280 4.1"),
            Part::SignatureAlgorithm => ("signatureAlgorithm", "RFC 5280 4.1.1.2"),
            Part::Signature => ("signatureValue", "RFC 5280 4.1.1.3"),
        }
    }
}

/// A part that is not what RFC 5280 has there, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    pub part: Part,
    /// Empty where the part is missing.
    pub span: Span,
}
