//! Did the server prove to hold the key of the certificate it sent? Its signature over this very handshake, checked.

use super::super::facts::KeyProof;
use super::schemes::SCHEMES;
use crate::cert::Certificate;
use crate::signature::{Answer, Claim, Key, verify};

/// Judges `signature` over `message` by the key of `certificate` (DER). `scheme` is the number of TLS.
pub(super) fn check(certificate: &[u8], scheme: u16, message: &[u8], signature: &[u8]) -> KeyProof {
    let not_judged = |reason: String| KeyProof::NotJudged { reason };
    let Some(known) = SCHEMES.iter().find(|known| known.number == scheme) else {
        return not_judged(format!("the way of signing 0x{scheme:04x} is not known"));
    };
    let Ok(certificate) = Certificate::from_der(certificate) else {
        return not_judged("the certificate cannot be read".to_owned());
    };
    let key = Key {
        algorithm: certificate.bytes(certificate.key_algorithm.oid),
        parameters: certificate.bytes(certificate.key_algorithm.parameters),
        bits: certificate.bytes(certificate.key),
    };
    let name = || known.name.to_owned();
    match verify(&key, &Claim { algorithm: known.algorithm, parameters: known.parameters, message, signature }) {
        Answer::Good => KeyProof::Given { scheme: name() },
        Answer::Bad => KeyProof::Wrong { scheme: name() },
        Answer::Unsupported(reason) => not_judged(format!("{}: {reason} is not supported", known.name)),
    }
}
