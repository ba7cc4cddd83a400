//! The desktop's clipboard, on a thread that stays: what X11 holds is gone with its owner.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use crate::explorer::{Clipboard, Message};

/// How long the desktop may take; a clipboard daemon that hangs must not leave the person without an answer.
const PATIENCE: Duration = Duration::from_secs(1);

type CopyRequest = (String, Sender<Result<(), String>>);

/// The thread, once something was copied.
#[derive(Debug, Default)]
pub(super) struct ClipboardThread {
    requests: Option<Sender<CopyRequest>>,
}

impl ClipboardThread {
    /// Answers with `Message::Copied`, or offers the text to the terminal: over SSH, and where the desktop does not take it.
    pub fn copy(&mut self, sender: &Sender<Message>, label: String, text: String) {
        let asked = if is_remote() { None } else { self.ask(text.clone()) };
        let waited = asked.map(|outcome| {
            let (sender, label, text) = (sender.clone(), label.clone(), text.clone());
            let wait = move || {
                drop(sender.send(match outcome.recv_timeout(PATIENCE) {
                    Ok(Ok(())) => Message::Copied { label, text, outcome: Clipboard::Copied },
                    Ok(Err(_)) | Err(_) => Message::OfferToTerminal { label, text },
                }));
            };
            Builder::new().name("copy".to_owned()).spawn(wait)
        });
        if !matches!(waited, Some(Ok(_))) {
            drop(sender.send(Message::OfferToTerminal { label, text }));
        }
    }

    /// Where the outcome will be told; `None` where the system refuses a thread.
    fn ask(&mut self, text: String) -> Option<Receiver<Result<(), String>>> {
        if self.requests.is_none() {
            let (requests, inbox) = channel::<CopyRequest>();
            let serve = move || {
                let mut clipboard = None;
                for (text, answer) in inbox {
                    drop(answer.send(set(&mut clipboard, text)));
                }
            };
            Builder::new().name("clipboard".to_owned()).spawn(serve).ok()?;
            self.requests = Some(requests);
        }
        let (answer, outcome) = channel();
        self.requests.as_ref()?.send((text, answer)).ok()?;
        Some(outcome)
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
