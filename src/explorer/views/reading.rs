//! What lies over the panes; and texts there, to be read or selected by hand.

use super::view::View;
use crate::explorer::keys::bindings::BINDINGS;
use crate::explorer::keys::command::{Command, Context};
use crate::explorer::keys::key::Key;
use crate::explorer::keys::keymap::Settings;
use crate::explorer::message::{Effect, Effects};
use crate::explorer::panes::wrap::wrapped;
use crate::explorer::state::Explorer;
use crate::words::notes_by_place;

impl Explorer {
    /// What lies on top of the panes; the last one receives the keys.
    pub fn views(&self) -> &[View] {
        &self.views.stack
    }

    /// What the person set once for all.
    pub fn settings(&self) -> &Settings {
        &self.views.settings
    }

    /// Whether the time is being moved: its view is the topmost, or lies under a typed date.
    pub fn is_moving_time(&self) -> bool {
        self.views.stack.iter().any(|view| matches!(view, View::Time))
    }

    /// Whether text is being typed.
    pub fn is_typing(&self) -> bool {
        self.views.stack.last().is_some_and(View::is_typed)
    }

    pub(in crate::explorer) fn show_problems(&mut self) {
        let (problems, notes) = (&self.opened.problems, &self.opened.notes);
        let title = match (problems.is_empty(), notes.is_empty()) {
            (true, true) => {
                self.notice = "everything was read, and there is nothing to note on the files".to_owned();
                return;
            }
            (false, true) => "Not read",
            (true, false) => "Notes on the files",
            (false, false) => "Not read, and notes on the files",
        };
        let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        for (place, notes) in notes_by_place(notes) {
            lines.extend((!lines.is_empty()).then(String::new));
            lines.push(format!("notes on {place}"));
            lines.extend(notes.into_iter().map(|note| format!("  {note}")));
        }
        self.views.open(View::Text { title: title.to_owned(), lines, first: 0 });
    }

    pub(in crate::explorer) fn show_about(&mut self) {
        let Some(about) = &self.opened.about else {
            self.notice = "only the built-in samples have a lesson: `crossroots sample` lists them".to_owned();
            return;
        };
        let (title, lines) = (about.title.clone(), vec![about.lesson.clone()]);
        self.views.open(View::Text { title, lines, first: 0 });
    }

    pub(in crate::explorer) fn show_pane_text(&mut self) {
        let lines = super::copy::pane_text(self).lines().map(str::to_owned).collect();
        self.views.open(View::Text { title: "This pane as text".to_owned(), lines, first: 0 });
    }

    pub(in crate::explorer) fn press_in_text(&mut self, key: Key, effects: &mut Effects) {
        let page = usize::from(self.size().1.saturating_sub(4).max(1));
        let is_help = matches!(self.views.stack.last(), Some(View::Help { .. }));
        let Some(View::Help { first } | View::Text { first, .. }) = self.views.stack.last_mut() else { return };
        match key {
            Key::Up => *first = first.saturating_sub(1),
            Key::Down => *first = first.saturating_add(1),
            Key::PageUp => *first = first.saturating_sub(page),
            Key::PageDown => *first = first.saturating_add(page),
            Key::Home => *first = 0,
            Key::End => *first = usize::MAX,
            Key::Char('k') if !is_help => *first = first.saturating_sub(1),
            Key::Char('j') if !is_help => *first = first.saturating_add(1),
            Key::Char(' ') if !is_help => *first = first.saturating_add(page),
            Key::Char('g') if !is_help => *first = 0,
            Key::Char('G') if !is_help => *first = usize::MAX,
            Key::Ctrl('c') => return effects.push(Effect::Quit),
            Key::Ctrl('z') => return effects.push(Effect::Suspend),
            Key::Ctrl('l') => return effects.push(Effect::Redraw),
            // Typing narrows the list of keys: that is what the palette is. But q leaves, as it does in a pager.
            Key::Char(letter) if is_help && !matches!(letter, '?' | 'q') => {
                self.views.close();
                self.open_palette();
                let is_prompt = matches!(letter, '/' | ':');
                if !is_prompt {
                    self.typed(letter.encode_utf8(&mut [0; 4]), effects);
                }
                return;
            }
            // What is read stays before the person's eyes.
            key if !is_help && self.views.settings.keymap.command(key, Context::Explore) == Some(Command::Reload) => self.reload(effects),
            _ => {
                self.views.close();
            }
        }
        let last = self.text_rows().saturating_sub(1);
        if let Some(View::Help { first } | View::Text { first, .. }) = self.views.stack.last_mut() {
            *first = (*first).min(last);
        }
    }

    /// Rows of the topmost text.
    pub(in crate::explorer) fn text_rows(&self) -> usize {
        match self.views.stack.last() {
            Some(View::Text { lines, .. }) => lines.iter().map(|line| wrapped(line, self.size().0).len()).sum(),
            _ => BINDINGS.len(),
        }
    }
}
