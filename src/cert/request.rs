//! What is asked for in a certificate request (PKCS#10, RFC 2986)?

use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::FromDer as _;

use super::key::KeyParts;
use super::{GeneralName, Name};

/// Largest DER that is read as a request, in bytes: that of a certificate.
const MAX_REQUEST: usize = 1 << 20;

/// A request for a certificate (RFC 2986 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    /// The whole of it.
    pub der: Vec<u8>,
    pub subject: Name,
    /// Of the extension request (RFC 2985 5.4.2); empty where it has none, or cannot be read.
    pub names: Vec<GeneralName>,
    pub key: KeyParts,
    /// The signed part, with its header.
    pub signed: Vec<u8>,
    /// Content of the signature algorithm's OID.
    pub algorithm: Vec<u8>,
    /// DER of its parameters; empty where absent.
    pub parameters: Vec<u8>,
    pub signature: Vec<u8>,
}

impl CertificateRequest {
    /// Reads a request that is the whole of `der`; `None` where it is none.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        if der.len() > MAX_REQUEST {
            return None;
        }
        let (rest, request) = X509CertificationRequest::from_der(der).ok()?;
        let info = &request.certification_request_info;
        let extensions = request.requested_extensions().into_iter().flatten();
        let names = extensions.filter_map(|extension| match extension {
            ParsedExtension::SubjectAlternativeName(found) => Some(found.general_names.iter().map(GeneralName::new).collect::<Vec<_>>()),
            _ => None,
        });
        rest.is_empty().then_some(Self {
            der: der.to_vec(),
            subject: Name::of(info.subject.as_raw()),
            names: names.flatten().collect(),
            key: KeyParts::from_der(info.subject_pki.raw)?,
            signed: info.raw.to_vec(),
            algorithm: request.signature_algorithm.algorithm.as_bytes().to_vec(),
            parameters: parameters(&request.signature_algorithm),
            signature: request.signature_value.data.to_vec(),
        })
    }
}

fn parameters(algorithm: &x509_parser::x509::AlgorithmIdentifier<'_>) -> Vec<u8> {
    use x509_parser::asn1_rs::ToDer as _;
    algorithm.parameters.as_ref().and_then(|parameters| parameters.to_der_vec().ok()).unwrap_or_default()
}
