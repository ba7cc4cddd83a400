//! Texts that lie over the panes, to be read or selected by hand.

use crate::explorer::{Effect, Explorer, Key, View};

impl Explorer {
    pub(in crate::explorer) fn show_problems(&mut self) -> Vec<Effect> {
        if self.opened.problems.is_empty() {
            self.status = "everything was read".to_owned();
            return Vec::new();
        }
        let lines = self.opened.problems.clone();
        self.open(View::Text { title: "Not read".to_owned(), lines, first: 0 })
    }

    pub(in crate::explorer) fn show_about(&mut self) -> Vec<Effect> {
        let Some(about) = &self.opened.about else {
            self.status = "only the built-in samples have a lesson: `crossroots sample` lists them".to_owned();
            return Vec::new();
        };
        let (title, lines) = (about.title.clone(), vec![about.lesson.clone()]);
        self.open(View::Text { title, lines, first: 0 })
    }

    pub(in crate::explorer) fn show_pane_text(&mut self) -> Vec<Effect> {
        let lines = crate::explorer::views::copy::pane_text(self).lines().map(str::to_owned).collect();
        self.open(View::Text { title: "This pane as text".to_owned(), lines, first: 0 })
    }

    pub(in crate::explorer) fn press_in_text(&mut self, key: Key) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(4).max(1));
        let is_help = matches!(self.views.last(), Some(View::Help { .. }));
        let Some(View::Help { first } | View::Text { first, .. }) = self.views.last_mut() else { return Vec::new() };
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
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Ctrl('z') => return vec![Effect::Suspend],
            Key::Ctrl('l') => return vec![Effect::Redraw],
            // Typing narrows the list of keys: that is what the palette is. But q leaves, as it does in a pager.
            Key::Char(letter) if is_help && !matches!(letter, '?' | 'q') => {
                self.views.pop();
                self.open_palette();
                let is_prompt = matches!(letter, '/' | ':');
                return if is_prompt { Vec::new() } else { self.typed(letter.encode_utf8(&mut [0; 4])) };
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
    pub(in crate::explorer) fn text_rows(&self) -> usize {
        match self.views.last() {
            Some(View::Text { lines, .. }) => lines.iter().map(|line| crate::explorer::wrapped(line, self.size.0).len()).sum(),
            _ => crate::explorer::BINDINGS.len(),
        }
    }
}
