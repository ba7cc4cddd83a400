//! What is to be fetched, and whether it can be?

use crate::cert::{Endpoint, Time};

/// One thing to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub endpoint: Endpoint,
    /// DER of the OCSP request.
    pub request: Option<Vec<u8>>,
    /// Subject of the certificate that names the endpoint, escaped.
    pub of: String,
}

/// Whether an endpoint gives what it is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    Reachable {
        ms: u64,
        bytes: usize,
    },
    /// It was not asked again: what it gave at this time still counts.
    Kept {
        fetched: Time,
        bytes: usize,
    },
    /// Escaped.
    Unreachable {
        why: String,
        ms: u64,
    },
    NotTried {
        why: String,
    },
}

impl Reach {
    /// As the JSON report has it.
    pub fn word(&self) -> &'static str {
        match self {
            Reach::Reachable { .. } | Reach::Kept { .. } => "reachable",
            Reach::Unreachable { .. } => "unreachable",
            Reach::NotTried { .. } => "not-tried",
        }
    }
}

impl std::fmt::Display for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reach::Reachable { ms, bytes } => write!(f, "reachable: {bytes} bytes in {ms} ms"),
            Reach::Kept { fetched, bytes } => write!(f, "reachable when it was fetched, {fetched}: {bytes} bytes, kept since"),
            Reach::Unreachable { why, ms } => write!(f, "unreachable: {why} (after {ms} ms)"),
            Reach::NotTried { why } => write!(f, "not tried: {why}"),
        }
    }
}
