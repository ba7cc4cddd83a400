//! One OCSP response (RFC 6960 4.2.1): which certificates it speaks of, what it says of them, and who signed it.

use std::sync::Arc;

use ring::digest;

use super::crl::RevocationReason;
use super::field::{AlgorithmIdentifier, Span, span_within};
use super::oid::dotted;
use super::reader::{ENUMERATED, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, constructed, extensions, only, primitive};
use super::{Certificate, Fingerprint, Name, Time, escape};

/// Largest DER that is read as an OCSP response, in bytes; TLS staples at most 16 MiB (RFC 6066 8), real ones are below 10 KB.
pub const MAX_OCSP: usize = 1 << 20;
/// Certificates in one response: a responder's own, and a few above it (RFC 6960 4.2.1).
pub const MAX_OCSP_CERTIFICATES: usize = 16;

/// id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1.
const BASIC: [u8; 9] = [0x2b, 6, 1, 5, 5, 7, 48, 1, 1];
/// Extensions that do not change what a response says: id-pkix-ocsp 2 to 9 (nonce, CRL reference, archive cut-off ..), and the
/// list of certificate timestamps (RFC 6962 3.3).
const HARMLESS: [&str; 5] =
    ["1.3.6.1.5.5.7.48.1.2", "1.3.6.1.5.5.7.48.1.3", "1.3.6.1.5.5.7.48.1.6", "1.3.6.1.5.5.7.48.1.9", "1.3.6.1.4.1.11129.2.4.5"];

/// Why bytes are no OCSP response that says anything; the reason is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OcspError {
    #[error("not an OCSP response: {reason}")]
    Malformed { reason: String },
    #[error("an OCSP response that says nothing but \"{status}\" (RFC 6960 4.2.1)")]
    NotSuccessful { status: &'static str },
    #[error("{length} bytes, more than the {MAX_OCSP} that an OCSP response may have")]
    TooLarge { length: usize },
}

/// RFC 6960 4.2.2.3: by the responder's name, or by the SHA-1 of its public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responder {
    Name(Name),
    Key(Box<[u8]>),
}

impl Responder {
    /// The SHA-1 of a certificate's public key, without tag, length and count of unused bits (RFC 6960 4.2.1 KeyHash).
    pub fn key_hash(certificate: &Certificate) -> Box<[u8]> {
        digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate.bytes(certificate.key)).as_ref().into()
    }
}

/// What is said of one certificate (RFC 6960 4.2.1 CertStatus).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OcspStatus {
    Good,
    Revoked {
        date: Time,
        reason: Option<RevocationReason>,
    },
    /// The responder does not know the certificate.
    Unknown,
}

/// 1.3.6.1.4.1.11129.2.4.5 (RFC 6962 3.3).
const TIMESTAMPS: &[u8] = &[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 5];

/// What is said of one certificate (RFC 6960 4.2.1 SingleResponse).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleResponse {
    /// Content of the OID of the hash that `issuer_name_hash` and `issuer_key_hash` are made with.
    hash: Box<[u8]>,
    issuer_name_hash: Box<[u8]>,
    issuer_key_hash: Box<[u8]>,
    /// The INTEGER's content.
    pub serial: Box<[u8]>,
    pub status: OcspStatus,
    pub this_update: Time,
    pub next_update: Option<Time>,
    /// Dotted OIDs of the critical extensions that are not known.
    pub unknown_critical: Vec<String>,
    /// The extension with timestamps of transparency logs (RFC 6962 3.3), as it stands there.
    pub(super) timestamps: Option<Box<[u8]>>,
}

/// A successful BasicOCSPResponse (RFC 6960 4.2.1). A `Span` is a part of its DER; `bytes` gives it.
#[derive(Debug, Clone)]
pub struct OcspResponse {
    der: Arc<[u8]>,
    pub sha256: Fingerprint,
    pub responder: Responder,
    pub produced_at: Time,
    pub responses: Vec<SingleResponse>,
    /// Certificates that came along, as far as they can be read: the responder's, for one.
    pub certificates: Vec<Certificate>,
    /// Dotted OIDs of the critical extensions of the whole that are not known.
    pub unknown_critical: Vec<String>,
    /// The signed part, with its header.
    pub tbs: Span,
    pub signature_algorithm: AlgorithmIdentifier,
    /// The content of signature, without the count of unused bits.
    pub signature: Span,
}

impl OcspResponse {
    /// Reads the response that `der` is, whole.
    pub fn from_der(der: &[u8]) -> Result<Self, OcspError> {
        if der.len() > MAX_OCSP {
            return Err(OcspError::TooLarge { length: der.len() });
        }
        let malformed = |reason: String| OcspError::Malformed { reason: escape(&reason) };
        let basic = basic_response(der).map_err(malformed)?.map_err(|status| OcspError::NotSuccessful { status })?;
        Self::read(der, basic).map_err(malformed)
    }

    fn read(der: &[u8], basic: &[u8]) -> Result<Self, String> {
        let mut parts = Reader::new(only(basic, SEQUENCE, "BasicOCSPResponse")?);
        let tbs = parts.expect(SEQUENCE, "tbsResponseData")?;
        let signature_algorithm = parts.algorithm(der, "signatureAlgorithm")?;
        let signature = span_within(der, parts.bits("signature")?);
        let certificates = match parts.optional(constructed(0), "certs")? {
            Some(list) => certificates(only(list.content, SEQUENCE, "certs")?)?,
            None => Vec::new(),
        };
        parts.finish("BasicOCSPResponse")?;

        let mut parts = Reader::new(tbs.content);
        if let Some(version) = parts.optional(constructed(0), "version")?
            && only(version.content, INTEGER, "version")? != [0]
        {
            return Err("a version other than 1 (RFC 6960 4.2.2.3)".to_owned());
        }
        let responder = parts.read("responderID")?;
        let responder = match responder.tag {
            tag if tag == constructed(1) => Responder::Name(Name::from_der(responder.content).ok_or("a responderID that is not a name")?),
            tag if tag == constructed(2) => Responder::Key(only(responder.content, OCTET_STRING, "responderID")?.into()),
            _ => return Err("a responderID that is neither a name nor a key".to_owned()),
        };
        let produced_at = generalized_time(&mut parts, "producedAt")?;
        let mut list = parts.sequence("responses")?;
        let extended = parts.optional(constructed(1), "responseExtensions")?;
        parts.finish("ResponseData")?;
        let mut responses = Vec::new();
        while !list.is_empty() {
            responses.push(single_response(&mut list)?);
        }
        Ok(Self {
            der: der.into(),
            sha256: Fingerprint::of(der),
            responder,
            produced_at,
            responses,
            certificates,
            unknown_critical: extended.map_or_else(|| Ok(Vec::new()), |list| unknown_critical(list.content))?,
            tbs: span_within(der, tbs.whole),
            signature_algorithm,
            signature,
        })
    }

    /// The whole of its DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes of a part; empty where the span is not one of this response.
    pub fn bytes(&self, span: Span) -> &[u8] {
        self.der.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Whether `certificate` is the responder that it names.
    pub fn is_by(&self, certificate: &Certificate) -> bool {
        match &self.responder {
            Responder::Name(name) => *name == certificate.subject,
            Responder::Key(hash) => *hash == Responder::key_hash(certificate),
        }
    }
}

impl SingleResponse {
    /// Whether it speaks of the certificate that `issuer`'s key signed (RFC 6960 4.1.1 CertID); `None` where the hash is not known.
    pub fn is_of(&self, certificate: &Certificate, issuer: &Certificate) -> Option<bool> {
        if certificate.bytes(certificate.serial) != &*self.serial {
            return Some(false);
        }
        let algorithm = match &*self.hash {
            [0x2b, 14, 3, 2, 26] => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1] => &digest::SHA256,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2] => &digest::SHA384,
            [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3] => &digest::SHA512,
            _ => return None,
        };
        let is_hash = |hash: &[u8], of: &[u8]| digest::digest(algorithm, of).as_ref() == hash;
        // The name's encoding is the certificate's or its issuer's own: RFC 6960 means the first, some responders take the other.
        let same_name = [certificate.issuer.der(), issuer.subject.der()].into_iter().any(|name| is_hash(&self.issuer_name_hash, name));
        Some(same_name && is_hash(&self.issuer_key_hash, issuer.bytes(issuer.key)))
    }

    /// The hash's OID in dotted form.
    pub fn hash_oid(&self) -> String {
        dotted(&self.hash)
    }
}

/// The DER of the BasicOCSPResponse, or the status of a response that has none.
fn basic_response(der: &[u8]) -> Result<Result<&[u8], &'static str>, String> {
    let mut parts = Reader::new(only(der, SEQUENCE, "OCSPResponse")?);
    let status = match parts.expect(ENUMERATED, "responseStatus")?.content {
        [0] => None,
        [1] => Some("malformedRequest"),
        [2] => Some("internalError"),
        [3] => Some("tryLater"),
        [5] => Some("sigRequired"),
        [6] => Some("unauthorized"),
        _ => return Err("a responseStatus that RFC 6960 4.2.1 does not know".to_owned()),
    };
    if let Some(status) = status {
        return Ok(Err(status));
    }
    let bytes = parts.expect(constructed(0), "responseBytes")?;
    parts.finish("OCSPResponse")?;
    let mut parts = Reader::new(only(bytes.content, SEQUENCE, "responseBytes")?);
    let kind = parts.expect(OID, "responseType")?.content;
    if kind != BASIC {
        return Err(format!("of the type {}, not id-pkix-ocsp-basic", dotted(kind)));
    }
    let response = parts.expect(OCTET_STRING, "response")?.content;
    parts.finish("responseBytes")?;
    Ok(Ok(response))
}

/// What is no certificate is left out: it can only take a possible responder away.
fn certificates(content: &[u8]) -> Result<Vec<Certificate>, String> {
    let mut list = Reader::new(content);
    let mut out = Vec::new();
    while !list.is_empty() {
        if out.len() >= MAX_OCSP_CERTIFICATES {
            return Err(format!("more than {MAX_OCSP_CERTIFICATES} certificates"));
        }
        out.extend(Certificate::from_der(list.expect(SEQUENCE, "a certificate")?.whole).ok());
    }
    Ok(out)
}

fn single_response(list: &mut Reader<'_>) -> Result<SingleResponse, String> {
    let mut parts = list.sequence("SingleResponse")?;
    let mut id = parts.sequence("certID")?;
    let mut algorithm = id.sequence("hashAlgorithm")?;
    let hash = algorithm.expect(OID, "hashAlgorithm")?.content.into();
    let issuer_name_hash = id.expect(OCTET_STRING, "issuerNameHash")?.content.into();
    let issuer_key_hash = id.expect(OCTET_STRING, "issuerKeyHash")?.content.into();
    let serial = id.expect(INTEGER, "serialNumber")?.content.into();
    id.finish("certID")?;
    let status = parts.read("certStatus")?;
    let status = match (status.tag, status.content) {
        (tag, []) if tag == primitive(0) => OcspStatus::Good,
        (tag, []) if tag == primitive(2) => OcspStatus::Unknown,
        (tag, content) if tag == constructed(1) => {
            let mut parts = Reader::new(content);
            let date = generalized_time(&mut parts, "revocationTime")?;
            let reason = parts.optional(constructed(0), "revocationReason")?;
            parts.finish("RevokedInfo")?;
            let reason = reason.map(|reason| RevocationReason::read(only(reason.content, ENUMERATED, "revocationReason")?)).transpose()?;
            OcspStatus::Revoked { date, reason }
        }
        _ => return Err("a certStatus that RFC 6960 4.2.1 does not know".to_owned()),
    };
    let this_update = generalized_time(&mut parts, "thisUpdate")?;
    let next_update = match parts.optional(constructed(0), "nextUpdate")? {
        None => None,
        Some(element) => {
            let mut inner = Reader::new(element.content);
            let time = generalized_time(&mut inner, "nextUpdate")?;
            inner.finish("nextUpdate")?;
            Some(time)
        }
    };
    let extended = parts.optional(constructed(1), "singleExtensions")?;
    parts.finish("SingleResponse")?;
    let unknown_critical = extended.as_ref().map_or_else(|| Ok(Vec::new()), |list| unknown_critical(list.content))?;
    let listed = extended.map(|list| extensions(list.content, "the extensions")).transpose()?.unwrap_or_default();
    let timestamps = listed.iter().find(|extension| extension.oid == TIMESTAMPS).map(|extension| extension.value.into());
    Ok(SingleResponse { hash, issuer_name_hash, issuer_key_hash, serial, status, this_update, next_update, unknown_critical, timestamps })
}

fn generalized_time(parts: &mut Reader<'_>, what: &'static str) -> Result<Time, String> {
    match parts.next_tag() {
        Some(GENERALIZED_TIME) => Ok(parts.time(what)?),
        _ => Err(format!("{what} is not a GeneralizedTime")),
    }
}

fn unknown_critical(content: &[u8]) -> Result<Vec<String>, String> {
    let critical = extensions(content, "the extensions")?.into_iter().filter(|extension| extension.critical);
    Ok(critical.map(|extension| dotted(extension.oid)).filter(|oid| !HARMLESS.contains(&oid.as_str())).collect())
}
