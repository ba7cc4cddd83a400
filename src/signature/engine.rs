//! The fast engine for the common algorithms: ring, or aws-lc-rs where the feature of that name is on. One API, one switch.

#[cfg(feature = "aws-lc-rs")]
pub(super) use aws_lc_rs::signature::*;
#[cfg(not(feature = "aws-lc-rs"))]
pub(super) use ring::signature::*;

use super::claim::{Answer, Claim};

/// Asks the engine, once it is settled that it can judge.
pub(super) fn judge(algorithm: &'static dyn VerificationAlgorithm, key: &[u8], claim: &Claim<'_>) -> Answer {
    Answer::of(UnparsedPublicKey::new(algorithm, key).verify(claim.message, claim.signature).is_ok())
}
