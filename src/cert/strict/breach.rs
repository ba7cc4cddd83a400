//! One departure from the standard, and a list of them that has an end.

use std::fmt;

/// Breaches that are listed of one certificate; one that is not DER at all would list every byte.
pub const MAX_BREACHES: usize = 20;

/// How the verifiers in use take a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gravity {
    /// OpenSSL, Go or BoringSSL, mostly all of them, refuse the certificate.
    Refused,
    /// The issuer broke a rule that no verifier, or only some, insists on.
    Lapse,
}

/// One departure from what the standard demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Escaped.
    pub what: String,
    /// Offset in the certificate's DER, in bytes.
    pub offset: usize,
    /// Where it is written: `X.690 11.1`.
    pub section: &'static str,
    pub gravity: Gravity,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} ({})", self.what, self.offset, self.section)
    }
}

/// A list of breaches that ends at `MAX_BREACHES`.
#[derive(Default)]
pub(super) struct Breaches(Vec<Breach>);

impl Breaches {
    pub fn lapse(&mut self, offset: usize, section: &'static str, what: impl Into<String>) {
        self.push(Gravity::Lapse, offset, section, what.into());
    }

    pub fn refused(&mut self, offset: usize, section: &'static str, what: impl Into<String>) {
        self.push(Gravity::Refused, offset, section, what.into());
    }

    pub fn push(&mut self, gravity: Gravity, offset: usize, section: &'static str, what: String) {
        if !self.is_full() {
            self.0.push(Breach { what, offset, section, gravity });
        }
    }

    pub fn is_full(&self) -> bool {
        self.0.len() >= MAX_BREACHES
    }

    pub fn into_list(self) -> Vec<Breach> {
        self.0
    }
}
