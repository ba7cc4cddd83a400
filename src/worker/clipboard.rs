//! The desktop's clipboard, on a thread that stays: what X11 holds is gone with its owner.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::explorer::{Clipboard, Message};

/// How long the desktop may take; a clipboard daemon that hangs must not leave the person without an answer.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct ClipboardThread {
    requests: Sender<(String, Sender<Result<(), String>>)>,
}

impl ClipboardThread {
    pub fn start() -> Self {
        let (requests, inbox) = channel::<(String, Sender<Result<(), String>>)>();
        std::thread::spawn(move || {
            let mut clipboard = None;
            while let Ok((text, answer)) = inbox.recv() {
                drop(answer.send(set(&mut clipboard, text)));
            }
        });
        Self { requests }
    }

    /// Answers with `Message::Copied`, or offers the text to the terminal: over SSH, and where the desktop does not take it.
    pub fn copy(&self, sender: &Sender<Message>, label: String, text: String) {
        let sender = sender.clone();
        if is_remote() {
            drop(sender.send(Message::OfferToTerminal { label, text }));
            return;
        }
        let (answer, outcome) = channel();
        let asked = self.requests.send((text.clone(), answer)).is_ok();
        std::thread::spawn(move || {
            let outcome = if asked { outcome.recv_timeout(PATIENCE) } else { Err(RecvTimeoutError::Disconnected) };
            drop(sender.send(match outcome {
                Ok(Ok(())) => Message::Copied { label, text, outcome: Clipboard::Copied },
                Ok(Err(_)) | Err(_) => Message::OfferToTerminal { label, text },
            }));
        });
    }
}

#[cfg(feature = "clipboard")]
fn set(clipboard: &mut Option<arboard::Clipboard>, text: String) -> Result<(), String> {
    if clipboard.is_none() {
        *clipboard = Some(arboard::Clipboard::new().map_err(|error| error.to_string())?);
    }
    let Some(open) = clipboard else { return Err("no clipboard".to_owned()) };
    open.set_text(text).map_err(|error| error.to_string())
}

/// Without the desktop's clipboard the terminal's serves.
#[cfg(not(feature = "clipboard"))]
fn set(_: &mut Option<()>, _: String) -> Result<(), String> {
    Err("no clipboard".to_owned())
}

/// Over SSH the desktop is not where the person sits.
fn is_remote() -> bool {
    ["SSH_TTY", "SSH_CONNECTION"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
