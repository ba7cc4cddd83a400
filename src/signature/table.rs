//! The signature algorithms that are known, each with the function that judges it.

use der::oid::ObjectIdentifier;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
};

use super::{Answer, Claim, Key, ecdsa, ed25519, rsa};

/// One signature algorithm.
#[derive(Clone, Copy)]
pub struct Algorithm {
    pub oid: ObjectIdentifier,
    /// The name of its RFC, as certificate viewers print it.
    pub words: &'static str,
    pub verify: fn(&Key<'_>, &Claim<'_>) -> Answer,
}

impl std::fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Algorithm").field("oid", &self.oid).field("words", &self.words).finish_non_exhaustive()
    }
}

const fn algorithm(oid: &str, words: &'static str, verify: fn(&Key<'_>, &Claim<'_>) -> Answer) -> Algorithm {
    Algorithm { oid: ObjectIdentifier::new_unwrap(oid), words, verify }
}

/// RFC 3279, 4055, 5758, 8410, 9688, 9881 and their kin; those that ring cannot judge answer `Unsupported`.
pub const ALGORITHMS: &[Algorithm] = &[
    algorithm("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", |key, claim| {
        rsa::pkcs1(key, claim, &RSA_PKCS1_2048_8192_SHA256, Some(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY))
    }),
    algorithm("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", |key, claim| rsa::pkcs1(key, claim, &RSA_PKCS1_2048_8192_SHA384, None)),
    algorithm("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", |key, claim| {
        rsa::pkcs1(key, claim, &RSA_PKCS1_2048_8192_SHA512, Some(&RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY))
    }),
    algorithm("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", |key, claim| {
        rsa::pkcs1(key, claim, &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, Some(&RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY))
    }),
    algorithm("1.2.840.113549.1.1.10", "RSASSA-PSS", rsa::pss),
    algorithm("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", |key, claim| {
        ecdsa::verify(key, claim, &ECDSA_P256_SHA256_ASN1, &ECDSA_P384_SHA256_ASN1)
    }),
    algorithm("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", |key, claim| {
        ecdsa::verify(key, claim, &ECDSA_P256_SHA384_ASN1, &ECDSA_P384_SHA384_ASN1)
    }),
    algorithm("1.3.101.112", "Ed25519", ed25519::verify),
    algorithm("1.2.840.113549.1.1.2", "md2WithRSAEncryption", |_, _| Answer::Unsupported("RSA with MD2")),
    algorithm("1.2.840.113549.1.1.3", "md4WithRSAEncryption", |_, _| Answer::Unsupported("RSA with MD4")),
    algorithm("1.2.840.113549.1.1.4", "md5WithRSAEncryption", |_, _| Answer::Unsupported("RSA with MD5")),
    algorithm("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", |_, _| Answer::Unsupported("RSA with SHA-224")),
    algorithm("1.3.36.3.3.1.2", "ripemd160WithRSA", |_, _| Answer::Unsupported("RSA with RIPEMD-160")),
    algorithm("2.16.840.1.101.3.4.3.14", "RSA with SHA3-256", |_, _| Answer::Unsupported("RSA with SHA3-256")),
    algorithm("2.16.840.1.101.3.4.3.15", "RSA with SHA3-384", |_, _| Answer::Unsupported("RSA with SHA3-384")),
    algorithm("2.16.840.1.101.3.4.3.16", "RSA with SHA3-512", |_, _| Answer::Unsupported("RSA with SHA3-512")),
    algorithm("1.2.840.10045.4.1", "ecdsa-with-SHA1", |_, _| Answer::Unsupported("ECDSA with SHA-1")),
    algorithm("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", |_, _| Answer::Unsupported("ECDSA with SHA-224")),
    algorithm("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", |_, _| Answer::Unsupported("ECDSA with SHA-512")),
    algorithm("1.2.840.10040.4.3", "dsa-with-SHA1", |_, _| Answer::Unsupported("DSA")),
    algorithm("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224", |_, _| Answer::Unsupported("DSA")),
    algorithm("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256", |_, _| Answer::Unsupported("DSA")),
    algorithm("1.3.101.113", "Ed448", |_, _| Answer::Unsupported("Ed448")),
    algorithm("1.2.156.10197.1.501", "SM2 with SM3", |_, _| Answer::Unsupported("SM2 with SM3")),
    algorithm("2.16.840.1.101.3.4.3.17", "ML-DSA-44", |_, _| Answer::Unsupported("ML-DSA-44")),
    algorithm("2.16.840.1.101.3.4.3.18", "ML-DSA-65", |_, _| Answer::Unsupported("ML-DSA-65")),
    algorithm("2.16.840.1.101.3.4.3.19", "ML-DSA-87", |_, _| Answer::Unsupported("ML-DSA-87")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(ALGORITHMS.iter().all(|algorithm| seen.insert(algorithm.oid)));
    }
}
