//! How does the program end at once, whatever its drawing thread is busy with?
//!
//! Who asks for the end does not wait in the inbox: the drawing thread looks for it between any two things that it does. Where it does
//! not come to look, the asking thread gives the terminal back and ends the program itself.

use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::thread::sleep;
use std::time::Duration;

use signal_hook::low_level;

use crate::explorer::Message;

/// How long the drawing thread has, below what a person notices.
const GRACE: Duration = Duration::from_millis(100);

/// Gives the terminal back, from whatever thread; false where that was done already.
pub type GiveBack = fn() -> bool;

/// Why the program is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndCause {
    Key,
    #[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere no signal is watched"))]
    Signal(i32),
}

/// Whether and why the program is to end; what was asked first counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Ending {
    reason: Arc<OnceLock<EndCause>>,
}

impl Ending {
    /// Has the drawing thread end the program, or ends it from here where that one does not in time.
    pub fn ask(&self, reason: EndCause, inbox: &Sender<Message>, give_back: GiveBack) {
        let _ = self.reason.set(reason);
        // Wakes a thread that waits for messages; one that is gone needs no waking.
        drop(inbox.send(Message::Quit));
        sleep(GRACE);
        if give_back() {
            match reason {
                EndCause::Key => low_level::exit(0),
                EndCause::Signal(signal) => die_of(signal),
            }
        }
    }

    pub fn is_asked(&self) -> bool {
        self.reason.get().is_some()
    }

    /// Where a signal was to end the program, ends it as if nobody had caught that: whoever started it sees the signal. The terminal must
    /// have been given back.
    pub fn die_of_its_signal(&self) {
        if let Some(EndCause::Signal(signal)) = self.reason.get() {
            die_of(*signal);
        }
    }
}

fn die_of(signal: i32) {
    // Where it cannot, the shell's way to say it.
    if low_level::emulate_default_handler(signal).is_err() {
        low_level::exit(128 + signal);
    }
}
