//! How is an OCSP responder asked about one certificate? In the form that RFC 5019 2.1 asks of clients: SHA-1, one certificate, no nonce,
//! no signature; so that the answer may come from a cache.

use der::asn1::{Any, Null, ObjectIdentifier, OctetString};
use der::{Encode as _, Sequence, Tag};
use ring::digest;

use super::{Certificate, Responder};

/// id-sha1.
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// RFC 6960 4.1.1.
#[derive(Sequence)]
struct OcspRequest {
    tbs_request: TbsRequest,
}

#[derive(Sequence)]
struct TbsRequest {
    request_list: Vec<Request>,
}

#[derive(Sequence)]
struct Request {
    req_cert: CertId,
}

#[derive(Sequence)]
struct CertId {
    hash_algorithm: HashAlgorithm,
    issuer_name_hash: OctetString,
    issuer_key_hash: OctetString,
    serial_number: Any,
}

#[derive(Sequence)]
struct HashAlgorithm {
    algorithm: ObjectIdentifier,
    parameters: Null,
}

/// The DER of the question whether `certificate`, which `issuer` issued, is revoked. The serial number is taken as it stands. `None` where
/// it is longer than DER can say.
pub fn ocsp_request(certificate: &Certificate, issuer: &Certificate) -> Option<Vec<u8>> {
    let name = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate.issuer.der());
    let id = CertId {
        hash_algorithm: HashAlgorithm { algorithm: SHA1, parameters: Null },
        issuer_name_hash: OctetString::new(name.as_ref()).ok()?,
        issuer_key_hash: OctetString::new(&*Responder::key_hash(issuer)).ok()?,
        serial_number: Any::new(Tag::Integer, certificate.bytes(certificate.serial)).ok()?,
    };
    OcspRequest { tbs_request: TbsRequest { request_list: vec![Request { req_cert: id }] } }.to_der().ok()
}
