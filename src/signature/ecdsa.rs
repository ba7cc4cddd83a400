//! ECDSA over any digest on any curve that is known (RFC 3279 2.2.3, RFC 5480, RFC 5758, FIPS 186-5 6.4.2).

use super::curve::{self, Curve, EC_PUBLIC_KEY, NO_POINT};
use super::digest::Digest;
use super::engine::{self, Answer, Claim, EcdsaVerificationAlgorithm, Key};

pub(super) fn verify(digest: Digest, key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != EC_PUBLIC_KEY.as_bytes() {
        return Answer::Bad;
    }
    let curve = match curve::of(key.parameters) {
        Ok(curve) => curve,
        Err(reason) => return Answer::Unsupported(reason),
    };
    // SEC 1 2.3.3: the engine takes the uncompressed form only.
    match engine_algorithm(curve, digest).filter(|_| key.bits.first() == Some(&4)) {
        None => (curve.judge)(key.bits, &digest.of(claim.message), claim.signature),
        Some(algorithm) => match engine::judge(algorithm, key.bits, claim) {
            // The engine does not tell a wrong key from a wrong signature.
            Answer::Bad if !(curve.is_point)(key.bits) => NO_POINT,
            answer => answer,
        },
    }
}

fn engine_algorithm(curve: &Curve, digest: Digest) -> Option<&'static EcdsaVerificationAlgorithm> {
    match (curve.words, digest) {
        ("P-256", Digest::Sha256) => Some(&engine::ECDSA_P256_SHA256_ASN1),
        ("P-256", Digest::Sha384) => Some(&engine::ECDSA_P256_SHA384_ASN1),
        ("P-384", Digest::Sha256) => Some(&engine::ECDSA_P384_SHA256_ASN1),
        ("P-384", Digest::Sha384) => Some(&engine::ECDSA_P384_SHA384_ASN1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::curve::CURVES;
    use super::*;

    #[test]
    fn the_common_set_goes_to_the_engine() {
        for curve in CURVES {
            for digest in [Digest::Sha1, Digest::Sha256, Digest::Sha384, Digest::Sha512] {
                let is_common = matches!(curve.words, "P-256" | "P-384") && matches!(digest, Digest::Sha256 | Digest::Sha384);
                assert_eq!(engine_algorithm(curve, digest).is_some(), is_common, "{} with {digest:?}", curve.words);
            }
        }
    }
}
