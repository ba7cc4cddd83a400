//! How far the reading is, on a terminal's standard error.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// A line on a terminal's standard error that says how far reading is, for whatever takes longer than one hardly notices.
pub struct Progress {
    began: Instant,
    shown: Cell<bool>,
}

/// Below this nobody asks how far it is.
const NOTICED: Duration = Duration::from_millis(200);

impl Progress {
    pub fn new() -> Self {
        Self { began: Instant::now(), shown: Cell::new(false) }
    }

    pub fn tell(&self, words: &str) {
        let mut stderr = io::stderr().lock();
        if self.began.elapsed() > NOTICED && stderr.is_terminal() {
            self.shown.set(true);
            // Over what was said before, to the end of the line. That nobody reads it is no reason to stop.
            let _ = write!(stderr, "\r{words}\x1b[K").and_then(|()| stderr.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.get() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
