//! SM2 signatures over SM3 (GB/T 32918.2, GM/T 0015 for certificates).

use ::sm2::dsa::signature::Verifier;
use ::sm2::dsa::{Signature, VerifyingKey};
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode, Sequence};

use super::curve::{EC_PUBLIC_KEY, NO_POINT};
use super::engine::{Answer, Claim, Key};

const SM2_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");
/// GM/T 0009 10: the signer's identity where none was agreed, as in every certificate.
const IDENTITY: &str = "1234567812345678";

/// GM/T 0009 7.3.
#[derive(Sequence)]
struct Pair<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

pub(super) fn verify(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != EC_PUBLIC_KEY.as_bytes() {
        return Answer::Bad;
    }
    match ObjectIdentifier::from_der(key.parameters) {
        Ok(SM2_CURVE) => {}
        Ok(_) => return Answer::Bad,
        Err(_) => return Answer::Unsupported("SM2 without a named curve"),
    }
    let Ok(key) = VerifyingKey::from_sec1_bytes(IDENTITY, key.bits) else { return NO_POINT };
    Answer::of(signature(claim.signature).is_some_and(|signature| key.verify(claim.message, &signature).is_ok()))
}

fn signature(der: &[u8]) -> Option<Signature> {
    let pair = Pair::from_der(der).ok()?;
    let mut bytes = [0; 64];
    let (r, s) = bytes.split_at_mut(32);
    for (half, number) in [(r, pair.r), (s, pair.s)] {
        let start = half.len().checked_sub(number.as_bytes().len())?;
        half[start..].copy_from_slice(number.as_bytes());
    }
    Signature::from_slice(&bytes).ok()
}
