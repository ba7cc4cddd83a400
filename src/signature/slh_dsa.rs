//! SLH-DSA (FIPS 205, RFC 9909): the whole message, no context.

use ::slh_dsa::{ParameterSet, Signature, VerifyingKey};

use super::engine::{Answer, Claim, Key};

/// RFC 9909 4: one identifier for the key and for what it signs.
pub(super) fn verify<P: ParameterSet>(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != claim.algorithm {
        return Answer::Bad;
    }
    let Ok(key) = VerifyingKey::<P>::try_from(key.bits) else { return Answer::Unsupported("an SLH-DSA key of another length") };
    let signature = Signature::<P>::try_from(claim.signature);
    Answer::of(signature.is_ok_and(|signature| key.try_verify_with_context(claim.message, &[], &signature).is_ok()))
}
