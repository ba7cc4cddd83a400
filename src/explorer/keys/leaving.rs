//! Does what has come, and waits to be taken in, end with the person leaving? Then nothing of it has to be done first.
//!
//! A key means what the keys before it make of it: behind one that opens a line, `q` is a letter. So they are followed here without
//! doing them, up to the first of which more has to be known, or that does something outside of the program.

use super::command::{Command, Context};
use super::key::Key;
use crate::explorer::message::Message;
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Time,
    Line,
    Menu,
    Text,
    Help,
}

/// What a key does to what has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyOutcome {
    Stays,
    Opens(Layer),
    Closes,
    /// It closes one and opens the other.
    Becomes(Layer),
    Leaves,
    /// It depends on more, or has to be done.
    Unknown,
}

impl Explorer {
    /// Whether the program is left for sure once these messages are taken in, in their order, and nothing else would come of them.
    pub fn is_left_by<'a>(&self, messages: impl IntoIterator<Item = &'a Message>) -> bool {
        let mut layers: Vec<Layer> = self.views().iter().map(layer).collect();
        for message in messages {
            let step = match message {
                Message::Key(key) => self.step_of(*key, layers.last().copied()),
                Message::Quit => KeyOutcome::Leaves,
                Message::Resize(..)
                | Message::Judged(_)
                | Message::Foretold(_)
                | Message::Checked { .. }
                | Message::CheckedAll { .. }
                | Message::Following { .. }
                | Message::Fetched { .. }
                | Message::FetchedAll { .. }
                | Message::Step { .. }
                | Message::Found { .. }
                | Message::Completed { .. }
                | Message::Copied { .. }
                | Message::Saved(_)
                | Message::Refused(_)
                | Message::Waited(_) => KeyOutcome::Stays,
                _ => KeyOutcome::Unknown,
            };
            match step {
                KeyOutcome::Stays => {}
                KeyOutcome::Opens(layer) => layers.push(layer),
                KeyOutcome::Closes => drop(layers.pop()),
                KeyOutcome::Becomes(layer) => {
                    layers.pop();
                    layers.push(layer);
                }
                KeyOutcome::Leaves => return true,
                KeyOutcome::Unknown => return false,
            }
        }
        false
    }

    fn step_of(&self, key: Key, top: Option<Layer>) -> KeyOutcome {
        let bound = |context| self.settings().keymap.command(key, context).map_or(KeyOutcome::Stays, |command| self.step_by(command));
        match (top, key) {
            (None, _) => bound(Context::Explore),
            (Some(Layer::Time), _) => bound(Context::Time),
            (_, Key::Ctrl('c')) => KeyOutcome::Leaves,
            (_, Key::Ctrl('z')) => KeyOutcome::Unknown,
            (_, Key::Escape) => KeyOutcome::Closes,
            (Some(Layer::Line), Key::Enter) => KeyOutcome::Unknown,
            (Some(Layer::Line), _) => KeyOutcome::Stays,
            (Some(Layer::Menu), Key::Up | Key::Down) => KeyOutcome::Stays,
            (Some(Layer::Menu), _) => KeyOutcome::Unknown,
            (_, Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Home | Key::End | Key::Ctrl('l')) => KeyOutcome::Stays,
            (Some(Layer::Text), Key::Char('k' | 'j' | ' ' | 'g' | 'G')) => KeyOutcome::Stays,
            (Some(Layer::Help), Key::Char(letter)) if !matches!(letter, '?' | 'q') => KeyOutcome::Becomes(Layer::Line),
            (Some(Layer::Text | Layer::Help), _) => KeyOutcome::Closes,
        }
    }

    fn step_by(&self, command: Command) -> KeyOutcome {
        use Command as C;
        match command {
            C::Quit => KeyOutcome::Leaves,
            C::Back => KeyOutcome::Closes,
            C::Time => KeyOutcome::Opens(Layer::Time),
            C::Search | C::TypeDate | C::Filter | C::OpenMore | C::Palette => KeyOutcome::Opens(Layer::Line),
            C::CopyMenu => KeyOutcome::Opens(Layer::Menu),
            C::Help => KeyOutcome::Opens(Layer::Help),
            C::PaneText => KeyOutcome::Opens(Layer::Text),
            C::About if self.opened().about.is_some() => KeyOutcome::Opens(Layer::Text),
            C::Problems if !self.opened().problems.is_empty() || !self.opened().notes.is_empty() => KeyOutcome::Opens(Layer::Text),
            // A row that cannot be opened is shown whole; a chain is written to a file.
            C::Open | C::WriteChain | C::Suspend => KeyOutcome::Unknown,
            _ => KeyOutcome::Stays,
        }
    }
}

fn layer(view: &View) -> Layer {
    match view {
        View::Time => Layer::Time,
        View::Search { .. } | View::Date { .. } | View::Open { .. } | View::Filter { .. } | View::Palette { .. } => Layer::Line,
        View::CopyMenu { .. } => Layer::Menu,
        View::Help { .. } => Layer::Help,
        View::Text { .. } => Layer::Text,
    }
}
