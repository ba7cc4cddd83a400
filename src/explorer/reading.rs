//! Texts that lie over the panes, to be read or selected by hand.

use super::{Effect, Explorer, Key, View};

impl Explorer {
    pub(super) fn show_problems(&mut self) -> Vec<Effect> {
        if self.opened.problems.is_empty() {
            self.status = "everything was read".to_owned();
            return Vec::new();
        }
        let lines = self.opened.problems.clone();
        self.open(View::Text { title: "Not read".to_owned(), lines, first: 0 })
    }

    pub(super) fn show_about(&mut self) -> Vec<Effect> {
        let Some(about) = &self.opened.about else {
            self.status = "only the built-in samples have a lesson: `crossroots sample` lists them".to_owned();
            return Vec::new();
        };
        let (title, lines) = (about.title.clone(), vec![about.lesson.clone()]);
        self.open(View::Text { title, lines, first: 0 })
    }

    pub(super) fn show_pane_text(&mut self) -> Vec<Effect> {
        let lines = super::copy::pane_text(self).lines().map(str::to_owned).collect();
        self.open(View::Text { title: "This pane as text".to_owned(), lines, first: 0 })
    }

    pub(super) fn press_in_text(&mut self, key: Key) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(4).max(1));
        let Some(View::Help { first } | View::Text { first, .. }) = self.views.last_mut() else { return Vec::new() };
        match key {
            Key::Up | Key::Char('k') => *first = first.saturating_sub(1),
            Key::Down | Key::Char('j') => *first = first.saturating_add(1),
            Key::PageUp => *first = first.saturating_sub(page),
            Key::PageDown | Key::Char(' ') => *first = first.saturating_add(page),
            Key::Home | Key::Char('g') => *first = 0,
            Key::End | Key::Char('G') => *first = usize::MAX,
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Ctrl('z') => return vec![Effect::Suspend],
            Key::Ctrl('l') => return vec![Effect::Redraw],
            Key::Char('/' | ':') if matches!(self.views.last(), Some(View::Help { .. })) => {
                self.views.pop();
                return self.open_palette();
            }
            _ => {
                self.views.pop();
            }
        }
        let last = self.text_rows().saturating_sub(1);
        if let Some(View::Help { first } | View::Text { first, .. }) = self.views.last_mut() {
            *first = (*first).min(last);
        }
        Vec::new()
    }

    /// Rows of the topmost text.
    pub(super) fn text_rows(&self) -> usize {
        match self.views.last() {
            Some(View::Text { lines, .. }) => lines.iter().map(|line| super::wrapped(line, self.size.0).len()).sum(),
            _ => super::BINDINGS.len(),
        }
    }
}
