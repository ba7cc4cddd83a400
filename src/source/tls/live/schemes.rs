//! How is a handshake signed? One table: what the two hellos accept, and how each is checked with this program's own signatures.

use rustls::SignatureScheme;

use super::super::facts::KeyProof;
use crate::cert::Certificate;
use crate::signature::{Answer, Claim, Key, verify};

/// A way to sign, by its number in TLS (IANA SignatureScheme; before TLS 1.3 a hash and a signature, RFC 5246 7.4.1.4.1).
#[derive(Debug)]
pub(super) struct Scheme {
    pub number: u16,
    pub name: &'static str,
    /// Content of the algorithm's OID in certificates.
    pub algorithm: &'static [u8],
    /// DER of its parameters; empty where absent.
    pub parameters: &'static [u8],
    /// Offered by rustls, too: the others do not exist beside TLS 1.3, or are for the old hello.
    pub modern: bool,
}

const fn modern(number: u16, name: &'static str, algorithm: &'static [u8]) -> Scheme {
    Scheme { number, name, algorithm, parameters: &[], modern: true }
}

const fn old(number: u16, name: &'static str, algorithm: &'static [u8]) -> Scheme {
    Scheme { number, name, algorithm, parameters: &[], modern: false }
}

/// RFC 4055 3.1: the digest, MGF1 with the same, and a salt as long (RFC 8446 4.2.3).
macro_rules! pss {
    ($digest:literal, $salt:literal) => {
        &[
            0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, $digest, 5, 0, 0xa1, 0x1c, 0x30, 0x1a, 6, 9,
            0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, $digest, 5, 0, 0xa2, 3, 2,
            1, $salt,
        ]
    };
}

const fn pss(number: u16, name: &'static str, parameters: &'static [u8]) -> Scheme {
    Scheme { number, name, algorithm: &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10], parameters, modern: true }
}

/// In the order they are offered.
pub(super) const SCHEMES: &[Scheme] = &[
    modern(0x0403, "ecdsa_secp256r1_sha256", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]),
    modern(0x0503, "ecdsa_secp384r1_sha384", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3]),
    modern(0x0603, "ecdsa_secp521r1_sha512", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4]),
    modern(0x0807, "ed25519", &[0x2b, 0x65, 0x70]),
    modern(0x0808, "ed448", &[0x2b, 0x65, 0x71]),
    pss(0x0804, "rsa_pss_rsae_sha256", pss!(1, 32)),
    pss(0x0805, "rsa_pss_rsae_sha384", pss!(2, 48)),
    pss(0x0806, "rsa_pss_rsae_sha512", pss!(3, 64)),
    pss(0x0809, "rsa_pss_pss_sha256", pss!(1, 32)),
    pss(0x080a, "rsa_pss_pss_sha384", pss!(2, 48)),
    pss(0x080b, "rsa_pss_pss_sha512", pss!(3, 64)),
    // RFC 8734.
    modern(0x081a, "ecdsa_brainpoolP256r1tls13_sha256", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]),
    modern(0x081b, "ecdsa_brainpoolP384r1tls13_sha384", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3]),
    modern(0x081c, "ecdsa_brainpoolP512r1tls13_sha512", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4]),
    modern(0x0401, "rsa_pkcs1_sha256", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11]),
    modern(0x0501, "rsa_pkcs1_sha384", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12]),
    modern(0x0601, "rsa_pkcs1_sha512", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13]),
    modern(0x0201, "rsa_pkcs1_sha1", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5]),
    modern(0x0203, "ecdsa_sha1", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1]),
    old(0x0303, "ecdsa_sha224", &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 1]),
    old(0x0301, "rsa_pkcs1_sha224", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 14]),
    old(0x0402, "dsa_sha256", &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 2]),
    old(0x0302, "dsa_sha224", &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 1]),
    old(0x0202, "dsa_sha1", &[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 3]),
    old(0x0101, "rsa_pkcs1_md5", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4]),
];

/// What rustls is to offer: a server picks its certificate by what is listed.
pub(super) fn offered() -> Vec<SignatureScheme> {
    SCHEMES.iter().filter(|scheme| scheme.modern).map(|scheme| SignatureScheme::from(scheme.number)).collect()
}

/// Whether the server holds the key of the certificate it sent: judges its `signature` over `message` by the key of `certificate` (DER). `scheme` is the number of TLS.
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
