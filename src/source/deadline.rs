//! How does a wait end in time, or as soon as nobody wants its result?

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{io, thread};

/// Longest wait without a look at the flag that cancels: below the 0.1 s that people take for "at once".
const SLICE: Duration = Duration::from_millis(50);

/// Longest timeout that is taken at its word; keeps the arithmetic of times from overflowing.
const MAX_TIMEOUT: Duration = Duration::from_secs(3_600);

/// One point in time for all steps together, and the flag that ends them before.
#[derive(Debug)]
pub(super) struct Deadline<'a> {
    ends: Instant,
    timeout: Duration,
    cancelled: &'a AtomicBool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitEnd {
    TimedOut,
    Cancelled,
    /// The system gave no thread.
    NoThread,
}

impl<'a> Deadline<'a> {
    pub fn new(timeout: Duration, cancelled: &'a AtomicBool) -> Self {
        let timeout = timeout.min(MAX_TIMEOUT);
        Self { ends: Instant::now() + timeout, timeout, cancelled }
    }

    /// How long all steps together may take.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// What remains; never zero.
    pub fn left(&self) -> Result<Duration, WaitEnd> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(WaitEnd::Cancelled);
        }
        match self.ends.checked_duration_since(Instant::now()) {
            Some(left) if !left.is_zero() => Ok(left),
            _ => Err(WaitEnd::TimedOut),
        }
    }

    /// How long to wait before asking again; never zero.
    pub fn slice(&self) -> Result<Duration, WaitEnd> {
        // Sockets round what is below a microsecond to zero, which they refuse.
        self.left().map(|left| left.clamp(Duration::from_millis(1), SLICE))
    }

    /// Does `work`, which cannot be interrupted, in a thread of its own. Where it is given up on, the thread ends when the
    /// work does and its result is dropped.
    pub fn wait_for<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, WaitEnd> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let thread = thread::Builder::new().name("source".to_owned());
        thread.spawn(move || sender.send(work()).ok()).map_err(|_| WaitEnd::NoThread)?;
        loop {
            match receiver.recv_timeout(self.slice()?) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(WaitEnd::NoThread),
            }
        }
    }
}

/// A read or write that only waited too long; the deadline says whether to go on.
pub(super) fn is_only_a_wait(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_never_ends_is_given_up_on() {
        let go = AtomicBool::new(false);
        let (_keep, never) = mpsc::channel::<()>();
        let result = Deadline::new(Duration::from_millis(20), &go).wait_for(move || never.recv());
        assert!(matches!(result, Err(WaitEnd::TimedOut)));
    }

    #[test]
    fn what_is_cancelled_stops_before_its_time() {
        let deadline = Deadline::new(Duration::MAX, &AtomicBool::new(true)).left();
        assert_eq!(deadline, Err(WaitEnd::Cancelled));
    }

    #[test]
    fn work_in_time_gives_its_result() {
        let go = AtomicBool::new(false);
        assert_eq!(Deadline::new(Duration::from_secs(60), &go).wait_for(|| 7), Ok(7));
        assert_eq!(Deadline::new(Duration::ZERO, &go).left(), Err(WaitEnd::TimedOut));
    }
}
