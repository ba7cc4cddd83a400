//! The signature algorithms that are known, and how each is judged.

use ::ml_dsa::{MlDsa44, MlDsa65, MlDsa87};
#[cfg(feature = "exotic")]
use ::slh_dsa::{
    Sha2_128f, Sha2_128s, Sha2_192f, Sha2_192s, Sha2_256f, Sha2_256s, Shake128f, Shake128s, Shake192f, Shake192s, Shake256f, Shake256s,
};
use der::oid::ObjectIdentifier;

use super::digest::Digest;
#[cfg(not(feature = "exotic"))]
use super::digest::Strength;
use super::engine::{Answer, Claim, Key};
#[cfg(feature = "exotic")]
use super::slh_dsa;
use super::{eddsa, ml_dsa, pss, sm2};

/// One signature algorithm.
#[derive(Debug, Clone, Copy)]
pub struct Algorithm {
    /// The signature algorithm's, as a certificate has it (RFC 5280 4.1.1.2).
    pub oid: ObjectIdentifier,
    /// The name of its RFC, as certificate viewers print it.
    pub words: &'static str,
    pub(super) scheme: Scheme,
}

/// What judges a signature, and over which digest of the message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scheme {
    Pkcs1(Digest),
    /// Its parameters name the digest.
    Pss,
    Ecdsa(Digest),
    Dsa(Digest),
    /// Takes the message whole, and is sound.
    Whole(fn(&Key<'_>, &Claim<'_>) -> Answer),
    /// Of a build without the feature `exotic`; the digest is worth this much all the same.
    #[cfg(not(feature = "exotic"))]
    LeftOut(Strength),
}

/// What judges an algorithm whose crate is a pre-release or that no Web PKI has, and how sound it is.
#[cfg(feature = "exotic")]
macro_rules! exotic {
    ($scheme:expr, $strength:expr) => {
        $scheme
    };
}

#[cfg(not(feature = "exotic"))]
macro_rules! exotic {
    ($scheme:expr, $strength:expr) => {
        Scheme::LeftOut($strength)
    };
}

use Scheme::{Dsa, Ecdsa, Pkcs1, Pss, Whole};

impl Algorithm {
    /// By the content of an OID.
    pub fn of(oid: &[u8]) -> Option<&'static Self> {
        ALGORITHMS.iter().find(|algorithm| algorithm.oid.as_bytes() == oid)
    }
}

const fn algorithm(oid: &str, words: &'static str, scheme: Scheme) -> Algorithm {
    Algorithm { oid: ObjectIdentifier::new_unwrap(oid), words, scheme }
}

/// RFC 3279, 4055, 5758, 8017, 8410, 8702, 8692, 9688, 9881, 9909 and their kin, the common ones first. Each has a known answer in
/// `tests/signatures`.
pub const ALGORITHMS: &[Algorithm] = &[
    algorithm("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", Pkcs1(Digest::Sha256)),
    algorithm("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", Ecdsa(Digest::Sha384)),
    algorithm("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", Ecdsa(Digest::Sha256)),
    algorithm("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", Pkcs1(Digest::Sha384)),
    algorithm("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", Pkcs1(Digest::Sha1)),
    algorithm("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", Pkcs1(Digest::Sha512)),
    algorithm("1.2.840.113549.1.1.10", "RSASSA-PSS", Pss),
    algorithm("1.3.101.112", "Ed25519", Whole(eddsa::ed25519)),
    algorithm("1.3.101.113", "Ed448", exotic!(Whole(eddsa::ed448), Strength::Sound)),
    algorithm("1.2.840.113549.1.1.2", "md2WithRSAEncryption", exotic!(Pkcs1(Digest::Md2), Strength::Broken)),
    algorithm("1.2.840.113549.1.1.3", "md4WithRSAEncryption", exotic!(Pkcs1(Digest::Md4), Strength::Broken)),
    algorithm("1.2.840.113549.1.1.4", "md5WithRSAEncryption", Pkcs1(Digest::Md5)),
    algorithm("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", Pkcs1(Digest::Sha224)),
    algorithm("1.2.840.113549.1.1.15", "sha512-224WithRSAEncryption", Pkcs1(Digest::Sha512To224)),
    algorithm("1.2.840.113549.1.1.16", "sha512-256WithRSAEncryption", Pkcs1(Digest::Sha512To256)),
    algorithm("1.3.36.3.3.1.2", "ripemd160WithRSA", exotic!(Pkcs1(Digest::Ripemd160), Strength::Deprecated)),
    algorithm("2.16.840.1.101.3.4.3.13", "RSA with SHA3-224", Pkcs1(Digest::Sha3To224)),
    algorithm("2.16.840.1.101.3.4.3.14", "RSA with SHA3-256", Pkcs1(Digest::Sha3To256)),
    algorithm("2.16.840.1.101.3.4.3.15", "RSA with SHA3-384", Pkcs1(Digest::Sha3To384)),
    algorithm("2.16.840.1.101.3.4.3.16", "RSA with SHA3-512", Pkcs1(Digest::Sha3To512)),
    // The OIW's identifiers of the same schemes
    algorithm("1.3.14.3.2.29", "sha1WithRSASignature (OIW)", Pkcs1(Digest::Sha1)),
    algorithm("1.3.14.3.2.3", "md5WithRSA (OIW)", Pkcs1(Digest::Md5)),
    algorithm("1.3.14.3.2.27", "dsaWithSHA1 (OIW)", Dsa(Digest::Sha1)),
    algorithm("1.2.840.10045.4.1", "ecdsa-with-SHA1", Ecdsa(Digest::Sha1)),
    algorithm("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", Ecdsa(Digest::Sha224)),
    algorithm("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", Ecdsa(Digest::Sha512)),
    algorithm("2.16.840.1.101.3.4.3.9", "ecdsa-with-SHA3-224", Ecdsa(Digest::Sha3To224)),
    algorithm("2.16.840.1.101.3.4.3.10", "ecdsa-with-SHA3-256", Ecdsa(Digest::Sha3To256)),
    algorithm("2.16.840.1.101.3.4.3.11", "ecdsa-with-SHA3-384", Ecdsa(Digest::Sha3To384)),
    algorithm("2.16.840.1.101.3.4.3.12", "ecdsa-with-SHA3-512", Ecdsa(Digest::Sha3To512)),
    algorithm("1.3.6.1.5.5.7.6.30", "RSASSA-PSS with SHAKE128", Whole(|key, claim| pss::shake(Digest::Shake128, 32, key, claim))),
    algorithm("1.3.6.1.5.5.7.6.31", "RSASSA-PSS with SHAKE256", Whole(|key, claim| pss::shake(Digest::Shake256, 64, key, claim))),
    algorithm("1.3.6.1.5.5.7.6.32", "ecdsa-with-SHAKE128", Ecdsa(Digest::Shake128)),
    algorithm("1.3.6.1.5.5.7.6.33", "ecdsa-with-SHAKE256", Ecdsa(Digest::Shake256)),
    algorithm("1.2.840.10040.4.3", "dsa-with-SHA1", Dsa(Digest::Sha1)),
    algorithm("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224", Dsa(Digest::Sha224)),
    algorithm("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256", Dsa(Digest::Sha256)),
    algorithm("2.16.840.1.101.3.4.3.3", "dsa-with-SHA384", Dsa(Digest::Sha384)),
    algorithm("2.16.840.1.101.3.4.3.4", "dsa-with-SHA512", Dsa(Digest::Sha512)),
    algorithm("2.16.840.1.101.3.4.3.5", "dsa-with-SHA3-224", Dsa(Digest::Sha3To224)),
    algorithm("2.16.840.1.101.3.4.3.6", "dsa-with-SHA3-256", Dsa(Digest::Sha3To256)),
    algorithm("2.16.840.1.101.3.4.3.7", "dsa-with-SHA3-384", Dsa(Digest::Sha3To384)),
    algorithm("2.16.840.1.101.3.4.3.8", "dsa-with-SHA3-512", Dsa(Digest::Sha3To512)),
    algorithm("1.2.156.10197.1.501", "SM2 with SM3", Whole(sm2::verify)),
    algorithm("2.16.840.1.101.3.4.3.17", "ML-DSA-44", Whole(ml_dsa::verify::<MlDsa44>)),
    algorithm("2.16.840.1.101.3.4.3.18", "ML-DSA-65", Whole(ml_dsa::verify::<MlDsa65>)),
    algorithm("2.16.840.1.101.3.4.3.19", "ML-DSA-87", Whole(ml_dsa::verify::<MlDsa87>)),
    algorithm("2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s", exotic!(Whole(slh_dsa::verify::<Sha2_128s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.21", "SLH-DSA-SHA2-128f", exotic!(Whole(slh_dsa::verify::<Sha2_128f>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.22", "SLH-DSA-SHA2-192s", exotic!(Whole(slh_dsa::verify::<Sha2_192s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.23", "SLH-DSA-SHA2-192f", exotic!(Whole(slh_dsa::verify::<Sha2_192f>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.24", "SLH-DSA-SHA2-256s", exotic!(Whole(slh_dsa::verify::<Sha2_256s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256f", exotic!(Whole(slh_dsa::verify::<Sha2_256f>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128s", exotic!(Whole(slh_dsa::verify::<Shake128s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.27", "SLH-DSA-SHAKE-128f", exotic!(Whole(slh_dsa::verify::<Shake128f>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.28", "SLH-DSA-SHAKE-192s", exotic!(Whole(slh_dsa::verify::<Shake192s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.29", "SLH-DSA-SHAKE-192f", exotic!(Whole(slh_dsa::verify::<Shake192f>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.30", "SLH-DSA-SHAKE-256s", exotic!(Whole(slh_dsa::verify::<Shake256s>), Strength::Sound)),
    algorithm("2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f", exotic!(Whole(slh_dsa::verify::<Shake256f>), Strength::Sound)),
];

/// Algorithms that have a name but nothing here that judges them.
pub const NOT_JUDGED: &[(ObjectIdentifier, &str)] = &[
    (ObjectIdentifier::new_unwrap("1.2.643.2.2.3"), "GOST R 34.10-2001"),
    (ObjectIdentifier::new_unwrap("1.2.643.7.1.1.3.2"), "GOST R 34.10-2012 with Streebog-256"),
    (ObjectIdentifier::new_unwrap("1.2.643.7.1.1.3.3"), "GOST R 34.10-2012 with Streebog-512"),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.17"), "HSS/LMS"),
    (ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.6.34"), "XMSS"),
    (ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.6.35"), "XMSSMT"),
    (ObjectIdentifier::new_unwrap("1.2.156.10197.1.504"), "RSA with SM3"),
];

pub(super) fn words_of_unjudged(oid: &[u8]) -> Option<&'static str> {
    NOT_JUDGED.iter().find(|(known, _)| known.as_bytes() == oid).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(ALGORITHMS.iter().map(|algorithm| algorithm.oid).chain(NOT_JUDGED.iter().map(|(oid, _)| *oid)).all(|oid| seen.insert(oid)));
    }
}
