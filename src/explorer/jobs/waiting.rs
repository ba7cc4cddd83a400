//! The screen while something is fetched: who, what step, how long; and why it failed.

use crate::explorer::keys::key::Key;
use crate::explorer::message::{Effect, Effects, Message};
use crate::words::{Notice, notice_words};

/// What is being opened, and how far that is.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    /// What is being opened, as escaped text.
    pub what: String,
    /// The steps so far, the last one going on.
    pub steps: Vec<String>,
    pub seconds: u64,
    /// Why nothing could be opened.
    pub failed: Vec<String>,
    pub size: (u16, u16),
}

impl Waiting {
    /// Before the first step, for a screen of `size` columns and rows.
    pub fn new(what: String, size: (u16, u16)) -> Self {
        Self { what, size, ..Self::default() }
    }

    /// Takes every message but `Message::Opened`, which ends the waiting.
    pub fn update(&mut self, message: Message, effects: &mut Effects) {
        match message {
            Message::Key(Key::Char('q') | Key::Ctrl('c')) | Message::Quit => effects.push(Effect::Quit),
            // Escape gives up what is going on; the program itself stays, as everywhere.
            Message::Key(Key::Escape) if self.failed.is_empty() => {
                self.failed = vec![notice_words(Notice::Cancelled)];
                self.steps.clear();
            }
            Message::Key(Key::Ctrl('z')) | Message::Suspend => effects.push(Effect::Suspend),
            Message::Key(Key::Ctrl('l')) => effects.push(Effect::Redraw),
            Message::Step { step, .. } if self.failed.is_empty() => self.steps.push(step),
            Message::NotOpened { reasons, .. } if self.failed.is_empty() => self.failed = reasons,
            Message::Waited(seconds) if self.failed.is_empty() => self.seconds = seconds,
            Message::Resize(width, height) => self.size = (width, height),
            _ => {}
        }
    }

    /// Whether the person gave it up, so that a late answer is not shown.
    pub fn is_over(&self) -> bool {
        !self.failed.is_empty()
    }
}
