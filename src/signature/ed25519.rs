//! Ed25519 (RFC 8410).

use der::oid::ObjectIdentifier;

use super::{Answer, Claim, Key, judged_by_ring};

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

pub(super) fn verify(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != ED25519.as_bytes() {
        return Answer::Bad;
    }
    if key.bits.len() != ring::signature::ED25519_PUBLIC_KEY_LEN {
        return Answer::Unsupported("an Ed25519 key of another length");
    }
    judged_by_ring(&ring::signature::ED25519, key.bits, claim)
}
