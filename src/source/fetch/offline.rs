//! What stands where nothing is fetched: this build has no network.

use std::path::PathBuf;
use std::time::Duration;

use super::super::batch::Problem;
use super::wanted::{FETCH_TIMEOUT, FetchError, Fetched, NotTried, Reach, Wanted};
use super::zone::Allowed;
use crate::cert::Time;

/// Keeps nothing.
#[derive(Debug, Clone)]
pub struct Cache;

impl Cache {
    pub fn at(_: impl Into<PathBuf>) -> Self {
        Self
    }

    /// There is none.
    pub fn of_user() -> Option<Self> {
        None
    }
}

/// Fetches nothing.
#[derive(Debug)]
pub struct Fetcher {
    pub allowed: Allowed,
    pub cache: Option<Cache>,
    pub now: Time,
    pub timeout: Duration,
}

impl Fetcher {
    pub fn new(allowed: Allowed, cache: Option<Cache>, now: Time) -> Self {
        Self { allowed, cache, now, timeout: FETCH_TIMEOUT }
    }

    /// Nothing does.
    pub fn cache_problem(&self) -> Option<Problem> {
        None
    }

    /// Nothing is under way.
    pub fn give_up(&self) {}

    /// Says that this build has no network.
    pub fn fetch(&self, _: &Wanted, _: &dyn Fn(String)) -> Fetched {
        Fetched { reach: Reach::NotTried { why: NotTried::Refused(FetchError::Offline) }, brought: None }
    }
}
