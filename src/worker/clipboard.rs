//! What a person takes along: to the desktop's clipboard, on a thread that stays, since what X11 holds is gone with its owner; or to a
//! file where the program was started, never over another.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
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

/// How many names are tried.
const MAX_NAMES: usize = 100;

/// Writes `text` to `name`, or to `name` with a number before its ending where that is taken; returns the name that it got.
pub(super) fn save(name: &str, text: &str) -> Result<String, String> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pem"));
    for number in 1..=MAX_NAMES {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}.{ending}") };
        match OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| name.clone()).map_err(|error| format!("{name}: {error}")),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
    Err(format!("{name} and {MAX_NAMES} names like it are taken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("a-fullchain.pem").to_string_lossy().into_owned();
        assert_eq!(save(&name, "one"), Ok(name.clone()));
        let second = name.replace(".pem", "-2.pem");
        assert_eq!(save(&name, "two"), Ok(second.clone()));
        assert_eq!(
            (std::fs::read_to_string(name).unwrap(), std::fs::read_to_string(second).unwrap()),
            ("one".to_owned(), "two".to_owned())
        );
        assert!(save(&folder.path().join("absent/a.pem").to_string_lossy(), "").is_err());
    }
}
