//! What a front end brings: what it starts with, how it opens more, and what it alone can do.

use std::io;
use std::sync::atomic::AtomicBool;

use crate::explorer::{Addition, Clipboard, Effects, Message, Opened};

/// Something to be opened: reports its steps, looks at whether it is cancelled, and brings the explorer's input or the reasons.
pub type Loading = Box<dyn FnOnce(&dyn Fn(String), &AtomicBool) -> Result<Opened, Vec<String>> + Send>;

/// The number of what the program starts with; the explorer's own begin behind it.
pub const FIRST_LOADING: u64 = 0;

/// How what was open at first is opened anew, with all of this besides, the newest last: handed in, for only the arguments say how
/// something is opened.
pub type Reopen<'a> = dyn Fn(Vec<Addition>) -> Loading + 'a;

/// What the program starts with.
pub enum Start {
    /// What was read already.
    Opened(Box<Opened>),
    /// Something that is fetched while the screen is alive already; the words say what.
    Loading(String, Loading),
}

impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Start::Opened(opened) => write!(f, "Opened({})", opened.title),
            Start::Loading(what, _) => write!(f, "Loading({what})"),
        }
    }
}

/// A front end, to the worker: the explorer's state, and what only a screen or a stream of lines can do.
pub trait Front {
    /// Takes a message in; what is to be done for it is added to `effects`.
    fn update(&mut self, message: Message, effects: &mut Effects);

    /// How what was open at first is opened anew, with all of this besides, the newest last.
    fn reopen(&self, additions: Vec<Addition>) -> Loading;

    /// Gives text to the terminal's clipboard (OSC 52).
    fn copy_to_terminal(&mut self, text: &str) -> Clipboard;

    /// Has the terminal report the mouse, or no longer.
    fn report_mouse(&mut self, _on: bool) -> io::Result<()> {
        Ok(())
    }

    /// Draws all of the screen anew.
    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Stops the program until it is continued; brings the size that the terminal has then.
    fn suspend(&mut self) -> io::Result<Option<Message>> {
        Ok(None)
    }
}
