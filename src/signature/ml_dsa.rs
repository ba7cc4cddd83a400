//! ML-DSA (FIPS 204, RFC 9881): the whole message, no context.

use ::ml_dsa::{EncodedVerifyingKey, MlDsaParams, Signature, VerifyingKey};

use super::engine::{Answer, Claim, Key};

/// RFC 9881 3: one identifier for the key and for what it signs.
pub(super) fn verify<P: MlDsaParams>(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != claim.algorithm {
        return Answer::Bad;
    }
    let Ok(encoded) = EncodedVerifyingKey::<P>::try_from(key.bits) else {
        return Answer::Unsupported("an ML-DSA key of another length");
    };
    let signature = Signature::<P>::try_from(claim.signature);
    Answer::of(signature.is_ok_and(|signature| VerifyingKey::<P>::decode(&encoded).verify_with_context(claim.message, &[], &signature)))
}
