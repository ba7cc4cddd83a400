//! Lines to type in: a search, a date, a name to open, what narrows a list or finds an action.

use crate::explorer::{Effect, Explorer, Key, View};

/// Longest text that is taken from the keyboard or a paste into a line, in characters.
const MAX_TYPED: usize = 1_000;

impl Explorer {
    pub(in crate::explorer) fn press_in_line(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key::Char(character) => return self.typed(character.encode_utf8(&mut [0; 4])),
            Key::Escape => {
                if let Some(View::Search { .. }) = self.views.pop() {
                    self.leave_search();
                }
            }
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Ctrl('z') => return vec![Effect::Suspend],
            Key::Enter => return self.take_line(),
            Key::Backspace => {
                return self.edit(|text| {
                    text.pop();
                });
            }
            Key::Ctrl('u') => return self.edit(String::clear),
            _ => {}
        }
        Vec::new()
    }

    pub(in crate::explorer) fn is_typing(&self) -> bool {
        matches!(
            self.views.last(),
            Some(View::Search { .. } | View::Date { .. } | View::Open { .. } | View::Palette { .. } | View::Filter { .. })
        )
    }

    pub(in crate::explorer) fn typed(&mut self, typed: &str) -> Vec<Effect> {
        self.edit(|text| {
            let room = MAX_TYPED.saturating_sub(text.chars().count());
            text.extend(typed.chars().filter(|character| !character.is_control()).take(room));
        })
    }

    fn edit(&mut self, change: impl FnOnce(&mut String)) -> Vec<Effect> {
        match self.views.last_mut() {
            Some(View::Filter { .. }) => {
                change(&mut self.list().filter);
                self.filtered();
            }
            Some(View::Search { text }) => {
                change(text);
                return self.seek();
            }
            Some(View::Open { text, candidates }) => {
                change(text);
                candidates.clear();
            }
            Some(View::Palette { typed, cursor }) => {
                change(typed);
                *cursor = 0;
            }
            Some(View::Date { text, error }) => {
                change(text);
                *error = None;
            }
            _ => {}
        }
        Vec::new()
    }

    pub(in crate::explorer) fn take_line(&mut self) -> Vec<Effect> {
        match self.views.last().cloned() {
            Some(View::Search { .. }) => self.take_search(),
            Some(View::Open { text, .. }) => self.take_name(&text),
            Some(View::Date { text, .. }) => {
                self.take_date(&text);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
