//! ECDSA on the curves that ring has (RFC 5480, RFC 5758).

use der::Decode;
use der::oid::ObjectIdentifier;
use ring::signature::EcdsaVerificationAlgorithm;

use super::{Answer, Claim, Key, judged_by_ring};

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

pub(super) fn verify(
    key: &Key<'_>,
    claim: &Claim<'_>,
    on_p256: &'static EcdsaVerificationAlgorithm,
    on_p384: &'static EcdsaVerificationAlgorithm,
) -> Answer {
    if key.algorithm != EC_PUBLIC_KEY.as_bytes() {
        return Answer::Bad;
    }
    let (algorithm, coordinate) = match ObjectIdentifier::from_der(key.parameters) {
        Ok(curve) if curve == P256 => (on_p256, 32),
        Ok(curve) if curve == P384 => (on_p384, 48),
        Ok(_) => return Answer::Unsupported("ECDSA on this curve"),
        Err(_) => return Answer::Unsupported("ECDSA without a named curve"),
    };
    // SEC 1 2.3.3: ring takes the uncompressed form only.
    if key.bits.first() != Some(&4) || key.bits.len() != 1 + 2 * coordinate {
        return Answer::Unsupported("ECDSA with a compressed or malformed point");
    }
    judged_by_ring(algorithm, key.bits, claim)
}
