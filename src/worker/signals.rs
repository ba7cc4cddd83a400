//! Signals as messages.

use std::io;
use std::sync::mpsc::Sender;

use crate::explorer::Message;

#[cfg(unix)]
pub(super) fn watch(sender: Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    let watch = move || {
        for signal in signals.forever() {
            let message = if signal == SIGTSTP { Message::Suspend } else { Message::Quit };
            if sender.send(message).is_err() {
                break;
            }
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
}

#[cfg(not(unix))]
pub(super) fn watch(_: Sender<Message>) -> io::Result<()> {
    Ok(())
}
