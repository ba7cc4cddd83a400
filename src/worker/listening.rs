//! The keyboard and the signals, listened to on threads of their own.

use std::io;
use std::thread::Builder;

use super::ending::{EndCause, GiveBack};
use super::threads::Worker;
use crate::explorer::{Key, Message};

impl Worker {
    /// The program is to end, and nothing more to be begun.
    pub fn is_ending(&self) -> bool {
        self.ending.is_asked()
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
                    ending.ask(EndCause::Key, &sender, give_back);
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
        super::prompt::leave_signals_to_another();
        let (sender, ending) = (self.sender.clone(), self.ending.clone());
        let watch = move || {
            for signal in signals.forever() {
                if signal == SIGTSTP {
                    drop(sender.send(Message::Suspend));
                } else {
                    ending.ask(EndCause::Signal(signal), &sender, give_back);
                }
            }
        };
        Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
    }

    #[cfg(not(unix))]
    pub fn watch_signals(&self, _: GiveBack) -> io::Result<()> {
        Ok(())
    }

    /// After the terminal was given back: where a signal was to end the program, it dies of that.
    pub fn die_of_its_signal(&self) {
        self.ending.die_of_its_signal();
    }
}
