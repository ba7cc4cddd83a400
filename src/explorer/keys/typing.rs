//! Lines to type in: a search, a date, a name to open, what narrows a list or finds an action.

use tui_input::{Input, InputRequest};

use super::command::Command;
use super::key::Key;
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;
use crate::words::{Notice, notice_words};

/// Longest text that is taken from the keyboard or a paste into a line, in characters: as many as the longest name of a file has bytes
/// (`PATH_MAX` of Linux).
const MAX_TYPED: usize = 4_096;

impl Explorer {
    /// A key of a line to type in; those that edit it are the same in every one.
    pub(in crate::explorer) fn press_in_line(&mut self, key: Key, effects: &mut Effects) {
        match key {
            Key::Escape => self.leave_line(),
            Key::Ctrl('c') => effects.push(Effect::Quit),
            Key::Ctrl('z') => effects.push(Effect::Suspend),
            Key::Ctrl('l') => effects.push(Effect::Redraw),
            Key::Enter => self.take_line(effects),
            Key::Char(character) => {
                self.typed(character.encode_utf8(&mut [0; 4]), effects);
            }
            key => {
                if let Some(request) = edits(key) {
                    self.edit(
                        |line| {
                            line.handle(request);
                        },
                        effects,
                    );
                }
            }
        }
    }

    /// A command that opens a line, with the whole text of that line, which is taken at once.
    pub(in crate::explorer) fn run_with(&mut self, command: Command, text: &str, effects: &mut Effects) {
        self.notice.clear();
        self.run(Some(command), effects);
        self.edit(Input::reset, effects);
        if self.typed(text, effects) {
            self.take_line(effects);
        } else {
            self.leave_line();
        }
    }

    /// Escape: as if nothing had been typed.
    fn leave_line(&mut self) {
        if let Some(View::Search { .. }) = self.views.close() {
            self.leave_search();
        }
    }

    /// Takes text into the line at its cursor; control characters are left out, and what has several lines becomes one. Where there is no
    /// room for all of it nothing is taken: part of a name is another name. Whether it was taken.
    pub(in crate::explorer) fn typed(&mut self, text: &str, effects: &mut Effects) -> bool {
        let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect();
        let joined = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let text = if lines.len() > 1 { joined.as_str() } else { text };
        if lines.len() > 1 {
            self.notice = notice_words(Notice::LinesJoined { lines: lines.len() });
        }
        let new: String = text.chars().filter(|character| !character.is_control()).collect();
        let length = new.chars().count();
        let room = self.views.line_mut().map_or(0, |line| MAX_TYPED.saturating_sub(line.value().chars().count()));
        if length > room {
            self.notice = notice_words(Notice::LineTooLong { most: MAX_TYPED });
            return false;
        }
        self.edit(
            |line| {
                let (value, cursor) = (line.value(), line.cursor());
                let (before, after) = (value.chars().take(cursor), value.chars().skip(cursor));
                let whole = before.chain(new.chars()).chain(after).collect();
                *line = Input::new(whole).with_cursor(cursor + length);
            },
            effects,
        );
        true
    }

    fn edit(&mut self, change: impl FnOnce(&mut Input), effects: &mut Effects) {
        let Some(line) = self.views.line_mut() else { return };
        let before = line.value().to_owned();
        change(line);
        if line.value() == before {
            return;
        }
        let text = line.value().to_owned();
        match self.views.top_mut() {
            Some(View::Filter { .. }) => self.narrow(text),
            Some(View::Search { .. }) => self.seek(&text, effects),
            Some(View::Open { candidates, .. }) => candidates.clear(),
            Some(View::Palette { cursor, .. }) => *cursor = 0,
            Some(View::Date { error, .. }) => *error = None,
            _ => {}
        }
    }

    fn take_line(&mut self, effects: &mut Effects) {
        match self.views().last() {
            Some(View::Search { .. }) => self.take_search(effects),
            Some(View::Filter { .. }) => self.take_filter(),
            Some(View::Open { text, .. }) => {
                let text = text.value().to_owned();
                self.take_name(&text, effects);
            }
            Some(View::Date { text, .. }) => {
                let text = text.value().to_owned();
                self.take_date(&text, effects);
            }
            _ => {}
        }
    }
}

/// What a key does to a line, as in a shell.
fn edits(key: Key) -> Option<InputRequest> {
    Some(match key {
        Key::Backspace | Key::Ctrl('h') => InputRequest::DeletePrevChar,
        Key::Delete | Key::Ctrl('d') => InputRequest::DeleteNextChar,
        Key::Ctrl('w') | Key::AltBackspace => InputRequest::DeletePrevWord,
        Key::Ctrl('u') => InputRequest::DeleteFromStart,
        Key::Ctrl('k') => InputRequest::DeleteTillEnd,
        Key::Left | Key::Ctrl('b') => InputRequest::GoToPrevChar,
        Key::Right | Key::Ctrl('f') => InputRequest::GoToNextChar,
        Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
        Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
        _ => return None,
    })
}
