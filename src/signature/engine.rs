//! What is a signature check asked, what does it answer, and which engine answers for the common algorithms? ring, or aws-lc-rs where the
//! feature of that name is on: one API, one switch.

#[cfg(feature = "aws-lc-rs")]
pub(super) use aws_lc_rs::signature::*;
#[cfg(not(feature = "aws-lc-rs"))]
pub(super) use ring::signature::*;

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
    /// What was signed, whole: not its digest.
    pub message: &'a [u8],
    /// Content of the BIT STRING, without its count of unused bits.
    pub signature: &'a [u8],
}

/// What a signature check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The key made this signature over these bytes.
    Good,
    /// This key did not make this signature.
    Bad,
    /// Nothing here can tell; the words say what is missing.
    Unsupported(&'static str),
}

impl Answer {
    pub(super) const fn of(holds: bool) -> Self {
        if holds { Self::Good } else { Self::Bad }
    }
}

/// Asks the engine, once it is settled that it can judge.
pub(super) fn judge(algorithm: &'static dyn VerificationAlgorithm, key: &[u8], claim: &Claim<'_>) -> Answer {
    Answer::of(UnparsedPublicKey::new(algorithm, key).verify(claim.message, claim.signature).is_ok())
}
