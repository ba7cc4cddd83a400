//! Does this key sign these bytes? One table of algorithms, and three honest answers.
//!
//! `Bad` is only said when the algorithm, its parameters and the key are all ones that can be judged; a limit of the engine (a
//! curve it lacks, an odd exponent) is `Unsupported`, with words for what it was. ring answers what it can, others the rest.

#![warn(missing_docs)]

mod cost;
mod curve;
mod digest;
mod dsa;
mod ecdsa;
mod eddsa;
mod engine;
mod misfit;
mod ml_dsa;
mod pss;
mod public_half;
mod rsa;
#[cfg(feature = "exotic")]
mod slh_dsa;
mod sm2;
mod table;

pub use digest::Strength;
pub use engine::{Answer, Claim, Key};
pub use misfit::{Misfit, curve_spelt_out, is_point, misfit};
pub use public_half::{public_of_ec, public_of_ed25519};
pub use table::{ALGORITHMS, Algorithm, NOT_JUDGED};

use table::Scheme;

/// RFC 5280 6.1.3 (a)(1). A key of another kind than the algorithm's is `Bad`: it cannot have made the signature.
pub fn verify(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    match Algorithm::of(claim.algorithm).map(|algorithm| algorithm.scheme) {
        Some(Scheme::Pkcs1(digest)) => rsa::pkcs1(digest, key, claim),
        Some(Scheme::Pss) => pss::verify(key, claim),
        Some(Scheme::Ecdsa(digest)) => ecdsa::verify(digest, key, claim),
        Some(Scheme::Dsa(digest)) => dsa::verify(digest, key, claim),
        Some(Scheme::Whole(verify)) => verify(key, claim),
        #[cfg(not(feature = "exotic"))]
        Some(Scheme::LeftOut(_)) => Answer::Unsupported("a signature algorithm that this build leaves out (feature `exotic`)"),
        None => Answer::Unsupported(table::words_of_unjudged(claim.algorithm).unwrap_or("the signature algorithm")),
    }
}

/// How far the claimed algorithm's digest can be trusted, whether or not the signature holds; for PSS its parameters decide. None
/// where the algorithm is not known.
pub fn strength(claim: &Claim<'_>) -> Option<Strength> {
    match Algorithm::of(claim.algorithm)?.scheme {
        Scheme::Pkcs1(digest) | Scheme::Ecdsa(digest) | Scheme::Dsa(digest) => Some(digest.strength()),
        Scheme::Pss => pss::digest(claim.parameters).map(digest::Digest::strength),
        Scheme::Whole(_) => Some(Strength::Sound),
        #[cfg(not(feature = "exotic"))]
        Scheme::LeftOut(strength) => Some(strength),
    }
}

/// The digest of a message by the digest's OID; `None` where that is not known.
pub fn digest_of(oid: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    digest::Digest::of_bytes(oid).map(|digest| digest.of(message))
}

/// How far the digest of this OID can be trusted; `None` where it is not known.
pub fn digest_strength(oid: &[u8]) -> Option<Strength> {
    digest::Digest::of_bytes(oid).map(digest::Digest::strength)
}

/// The OID of the algorithm that signs with a key of `key` over `digest`, both by their OIDs: CMS names them apart (RFC 5652 5.3, RFC 3370
/// 3.2). `None` where `key` names more than a kind of key.
pub fn with_digest(key: &[u8], digest: &[u8]) -> Option<&'static [u8]> {
    let digest = digest::Digest::of_bytes(digest)?;
    let is_kind = |scheme: Scheme| match key {
        RSA => matches!(scheme, Scheme::Pkcs1(own) if own == digest),
        EC => matches!(scheme, Scheme::Ecdsa(own) if own == digest),
        DSA => matches!(scheme, Scheme::Dsa(own) if own == digest),
        _ => false,
    };
    ALGORITHMS.iter().find(|algorithm| is_kind(algorithm.scheme)).map(|algorithm| algorithm.oid.as_bytes())
}

/// rsaEncryption, id-ecPublicKey, id-dsa (RFC 3279 2.3).
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1];

#[cfg(all(test, not(feature = "exotic")))]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_leaves_out_is_neither_good_nor_bad() {
        for (words, sound) in
            [("Ed448", Strength::Sound), ("md2WithRSAEncryption", Strength::Broken), ("SLH-DSA-SHA2-128s", Strength::Sound)]
        {
            let oid = ALGORITHMS.iter().find(|algorithm| algorithm.words == words).unwrap().oid;
            let key = Key { algorithm: oid.as_bytes(), parameters: &[], bits: &[] };
            let claim = Claim { algorithm: oid.as_bytes(), parameters: &[], message: b"", signature: b"" };
            assert!(matches!(verify(&key, &claim), Answer::Unsupported(said) if said.contains("`exotic`")), "{words}");
            assert_eq!(strength(&claim), Some(sound), "{words}");
        }
    }
}
