//! How does the program end at once, whatever its drawing thread is busy with?
//!
//! Who asks for the end does not wait in the inbox: the drawing thread looks for it between any two things that it does. Where it does
//! not come to look, the asking thread gives the terminal back and ends the program itself.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::thread::{Builder, sleep};
use std::time::Duration;

use signal_hook::low_level;

use super::Worker;
use crate::explorer::{Key, Message};

/// How long the drawing thread has, below what a person notices.
const GRACE: Duration = Duration::from_millis(100);

/// Gives the terminal back, from whatever thread; false where that was done already.
pub type GiveBack = fn() -> bool;

/// Why the program is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Key,
    #[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere no signal is watched"))]
    Signal(i32),
}

/// Whether and why the program is to end; what was asked first counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Ending {
    reason: Arc<OnceLock<Reason>>,
}

impl Ending {
    fn ask(&self, reason: Reason, inbox: &Sender<Message>, give_back: GiveBack) {
        let _ = self.reason.set(reason);
        // Wakes a thread that waits for messages; one that is gone needs no waking.
        drop(inbox.send(Message::Quit));
        sleep(GRACE);
        if give_back() {
            match reason {
                Reason::Key => low_level::exit(0),
                Reason::Signal(signal) => die_of(signal),
            }
        }
    }
}

impl Worker {
    /// The program is to end, and nothing more to be begun.
    pub fn is_ending(&self) -> bool {
        self.ending.reason.get().is_some()
    }

    /// Reads messages with `next` on a thread of its own until there are no more. `quits`: a key that ends the program, whatever it does.
    pub fn listen(
        &self,
        quits: Option<Key>,
        give_back: GiveBack,
        mut next: impl FnMut() -> Option<Message> + Send + 'static,
    ) -> io::Result<()> {
        let (sender, ending) = (self.sender.clone(), self.ending.clone());
        let listen = move || {
            while let Some(message) = next() {
                if matches!(message, Message::Key(key) if Some(key) == quits) {
                    ending.ask(Reason::Key, &sender, give_back);
                } else if sender.send(message).is_err() {
                    return;
                }
            }
            // Without a terminal there is nobody to explore for.
            drop(sender.send(Message::Quit));
        };
        Builder::new().name("keyboard".to_owned()).spawn(listen).map(drop)
    }

    /// Has signals that would end the program end it with the terminal in order, and the one that stops it be a message.
    #[cfg(unix)]
    pub fn watch_signals(&self, give_back: GiveBack) -> io::Result<()> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
        let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
        let (sender, ending) = (self.sender.clone(), self.ending.clone());
        let watch = move || {
            for signal in signals.forever() {
                if signal == SIGTSTP {
                    drop(sender.send(Message::Suspend));
                } else {
                    ending.ask(Reason::Signal(signal), &sender, give_back);
                }
            }
        };
        Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
    }

    #[cfg(not(unix))]
    pub fn watch_signals(&self, _: GiveBack) -> io::Result<()> {
        Ok(())
    }

    /// Where a signal was to end the program, ends it as if nobody had caught that: whoever started it sees the signal. The terminal must
    /// have been given back.
    pub fn die_of_its_signal(&self) {
        if let Some(Reason::Signal(signal)) = self.ending.reason.get() {
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
