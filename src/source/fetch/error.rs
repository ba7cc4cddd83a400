//! Why was something not fetched? Every text is escaped.

use std::time::Duration;

use super::limits::{MAX_FETCHED, MAX_REDIRECTS};
use super::zone::Zone;

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
    #[error("HTTP status {0}")]
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
    #[error("answered with something else: {0}")]
    Content(String),
    #[error("given up")]
    Cancelled,
    #[error("this build has no network (feature `online`)")]
    Offline,
}
