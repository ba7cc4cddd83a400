//! What is to be fetched, whether it can be, and what it brought?

use super::error::FetchError;
use crate::cert::{Certificate, Crl, Endpoint, OcspResponse, Origin, Time};

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
    Unreachable {
        why: FetchError,
        ms: u64,
    },
    NotTried {
        why: NotTried,
    },
}

/// Why an endpoint was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTried {
    /// Nothing was fetched for its certificate.
    NotAsked,
    /// It may not be, or cannot be, connected to.
    Refused(FetchError),
    /// A responder is asked about a certificate and its issuer's key.
    IssuerUnknown,
    GivenUp,
    /// Rounds that one run follows what was brought.
    Rounds(usize),
    /// Certificates that one run brings.
    Certificates(usize),
    /// Documents that one run fetches.
    Documents(usize),
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

/// What became of one thing that was wanted.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub reach: Reach,
    pub brought: Option<Brought>,
}

/// What was brought.
#[derive(Debug, Clone)]
pub enum Brought {
    Certificates(Vec<(Certificate, Origin)>),
    Crl(Box<Crl>),
    Ocsp(Box<OcspResponse>),
}
