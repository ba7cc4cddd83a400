//! What paths are judged against, besides the stores.

use crate::cert::Time;
use crate::chain::{DEFAULT_MAX_DEPTH, Limits};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The judged time.
    pub at: Time,
    /// RFC 5280 6.1.1 (d) gives an anchor no dates; most verifiers check them all the same, some (old Android, webpki) do not.
    pub ignore_anchor_dates: bool,
    pub limits: Limits,
}

impl Policy {
    pub fn at(at: Time) -> Self {
        Self { at, ignore_anchor_dates: false, limits: Limits { depth: DEFAULT_MAX_DEPTH, ..Limits::default() } }
    }
}
