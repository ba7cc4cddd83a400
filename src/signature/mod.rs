//! Does this key sign these bytes? One table of algorithms, and three honest answers.
//!
//! `Bad` is only said when the algorithm, its parameters and the key are all ones that the engine can judge; a limit of the
//! engine (a short RSA key, an odd salt, a curve it lacks) is `Unsupported`, with words for what it was.

mod ecdsa;
mod ed25519;
mod rsa;
mod table;

use std::sync::atomic::{AtomicU64, Ordering};

pub use table::{ALGORITHMS, Algorithm};

/// A public key as SubjectPublicKeyInfo carries it (RFC 5280 4.1.2.7).
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// Content of the algorithm's OID.
    pub algorithm: &'a [u8],
    /// DER of the algorithm's parameters; empty where absent.
    pub parameters: &'a [u8],
    /// Content of the BIT STRING, without its count of unused bits.
    pub bits: &'a [u8],
}

/// What is claimed: `signature` over `message` by the algorithm.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// Content of the signature algorithm's OID.
    pub algorithm: &'a [u8],
    /// DER of its parameters; empty where absent.
    pub parameters: &'a [u8],
    pub message: &'a [u8],
    pub signature: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    Good,
    /// This key did not make this signature.
    Bad,
    /// Nothing here can tell; the words say what is missing.
    Unsupported(&'static str),
}

/// Counts, so that a bench can show that nothing is checked twice.
static CHECKED: AtomicU64 = AtomicU64::new(0);

/// How many signatures this process has checked.
pub fn checked() -> u64 {
    CHECKED.load(Ordering::Relaxed)
}

/// RFC 5280 6.1.3 (a)(1).
pub fn verify(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    CHECKED.fetch_add(1, Ordering::Relaxed);
    match ALGORITHMS.iter().find(|algorithm| algorithm.oid.as_bytes() == claim.algorithm) {
        Some(algorithm) => (algorithm.verify)(key, claim),
        None => Answer::Unsupported("the signature algorithm"),
    }
}

/// Asks ring, once it is settled that ring can judge.
fn judged_by_ring(algorithm: &'static dyn ring::signature::VerificationAlgorithm, key: &[u8], claim: &Claim<'_>) -> Answer {
    match ring::signature::UnparsedPublicKey::new(algorithm, key).verify(claim.message, claim.signature) {
        Ok(()) => Answer::Good,
        Err(ring::error::Unspecified) => Answer::Bad,
    }
}
