//! Ed25519 and Ed448 (RFC 8032, RFC 8410).

#[cfg(feature = "exotic")]
use ed448_goldilocks::{Signature, VerifyingKey};

use super::engine;
use super::engine::{Answer, Claim, Key};

/// RFC 8410 3: one identifier for the key and for what it signs.
pub(super) fn ed25519(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != claim.algorithm {
        return Answer::Bad;
    }
    if key.bits.len() != engine::ED25519_PUBLIC_KEY_LEN {
        return Answer::Unsupported("an Ed25519 key of another length");
    }
    engine::judge(&engine::ED25519, key.bits, claim)
}

#[cfg(feature = "exotic")]
pub(super) fn ed448(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != claim.algorithm {
        return Answer::Bad;
    }
    let Ok(bits) = key.bits.try_into() else { return Answer::Unsupported("an Ed448 key of another length") };
    let Ok(key) = VerifyingKey::from_bytes(bits) else { return Answer::Unsupported("an Ed448 key that is not a point of its curve") };
    let signature = Signature::from_slice(claim.signature);
    Answer::of(signature.is_ok_and(|signature| key.verify_raw(&signature, claim.message).is_ok()))
}
