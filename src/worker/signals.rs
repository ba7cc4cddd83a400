//! Signals as messages.

use std::sync::mpsc::Sender;

use crate::explorer::Message;

#[cfg(unix)]
pub(super) fn watch(sender: Sender<Message>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let message = if signal == SIGTSTP { Message::Suspend } else { Message::Quit };
            if sender.send(message).is_err() {
                break;
            }
        }
    });
}

#[cfg(not(unix))]
pub(super) fn watch(_: Sender<Message>) {}
