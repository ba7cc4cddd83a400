//! What is to be fetched, within which limits, and what did it bring, or why nothing?

use std::time::Duration;

use super::zone::Zone;
use crate::cert::{Certificate, Crl, Endpoint, OcspResponse, Origin, Time};

/// For one document: name, connection, redirects and body together. Firefox waits 10 s for an OCSP response where it must have one.
pub const FETCH_TIMEOUT: Duration = Duration::from_secs(10);
/// Redirects of one document; the Fetch standard allows 20, no CA in use needs more than one or two.
pub const MAX_REDIRECTS: usize = 5;
/// Documents that are fetched at once.
pub const MAX_AT_ONCE: usize = 8;
/// Documents of one run; a path of four certificates names about ten.
pub const MAX_FETCHES: usize = 100;
/// Bytes of one run, bodies alone: room for a few CRLs of the largest size.
pub const MAX_FETCHED: usize = 256 << 20;
/// Certificates of one answer; bundles of whole bridges (the U.S. Federal PKI's) hold some dozens.
pub const MAX_BROUGHT: usize = 256;
/// Bytes of an answer with certificates; the longest bundles in use have some 100 KB.
pub const MAX_AIA: usize = 1 << 20;
/// Seconds: a CRL or response of a CA that follows the CA/Browser Forum (BR 4.9.7, 4.9.10) is renewed within a week.
pub const MAX_FRESH: i64 = 7 * 86_400;
/// Bytes of a URL; RFC 9110 4.1 recommends that at least 8000 octets be taken.
pub const MAX_URL: usize = 8_000;

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
            Reach::Unreachable { why, .. } if why.is_answer() => "unusable",
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

/// Why a document was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("unsupported scheme; only http and https URLs are fetched")]
    Scheme,
    #[error("{reason}")]
    Url { reason: String },
    #[error("{name}: {reason}")]
    Resolve { name: String, reason: String },
    #[error("{host} is {}, which is not connected to{}", .zone.words(), if matches!(.zone, Zone::Never(_)) { "" } else { " without --allow-private" })]
    Refused { host: String, zone: Zone },
    #[error("{reason}")]
    Exchange { reason: String },
    #[error("not done after {:.1} s", .0.as_secs_f32())]
    TimedOut(Duration),
    #[error("HTTP status {0}{words}", words = status_words(*.0))]
    Status(u16),
    #[error("more than {MAX_REDIRECTS} redirects")]
    TooManyRedirects,
    #[error("a redirect ({status}) without a place to go to")]
    NoLocation { status: u16 },
    #[error("redirected to {place}: {reason}")]
    Redirected { place: String, reason: Box<FetchError> },
    #[error("more than the {0} bytes that it may have")]
    TooLarge(usize),
    #[error("limit: {MAX_FETCHED} bytes were fetched in all")]
    RunTooLarge,
    #[error("compressed ({0}), which was not asked for")]
    Encoded(String),
    #[error("answered with a web page (HTML)")]
    Html,
    #[error("answered with a login page (HTML with a field for a password)")]
    LoginPage,
    #[error("answered with nothing (0 bytes)")]
    Empty,
    #[error("answered with something else: {0}")]
    Content(String),
    #[error("given up")]
    Cancelled,
    #[error("this build has no network (feature `online`)")]
    Offline,
}

impl FetchError {
    /// Whether a server answered, though not with what was asked for: it was reached.
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Redirected { reason, .. } => reason.is_answer(),
            Self::Status(_) | Self::TooManyRedirects | Self::NoLocation { .. } | Self::TooLarge(_) | Self::Encoded(_) => true,
            Self::Html | Self::LoginPage | Self::Empty | Self::Content(_) => true,
            Self::Scheme | Self::Url { .. } | Self::Resolve { .. } | Self::Refused { .. } | Self::Exchange { .. } => false,
            Self::TimedOut(_) | Self::RunTooLarge | Self::Cancelled | Self::Offline => false,
        }
    }
}

/// What people call the commonest reasons to give nothing (RFC 9110 15.5).
fn status_words(status: u16) -> &'static str {
    match status {
        401 => " (unauthorized)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        _ => "",
    }
}
