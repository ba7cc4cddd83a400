//! Every action by name: typing narrows the list, Enter does what is under the cursor.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::{BINDINGS, Binding, Effect, Explorer, Key, Keymap, View};

/// A binding as one line to be searched: what it does, then its keys.
struct Searched(&'static Binding, String);

impl AsRef<str> for Searched {
    fn as_ref(&self) -> &str {
        &self.1
    }
}

/// The actions whose words or keys have the letters of every word of `typed` in their order, best first; all where nothing is typed.
pub fn actions(keymap: &Keymap, typed: &str) -> Vec<&'static Binding> {
    let all = BINDINGS.iter().map(|binding| Searched(binding, format!("{} {} {}", binding.hint, binding.help, keymap.keys_text(binding))));
    if typed.trim().is_empty() {
        return BINDINGS.iter().collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
    let found = pattern.match_list(all, &mut Matcher::new(Config::DEFAULT));
    found.into_iter().map(|(Searched(binding, _), _)| binding).collect()
}

impl Explorer {
    pub(super) fn open_palette(&mut self) -> Vec<Effect> {
        self.views.push(View::Palette { typed: String::new(), cursor: 0 });
        Vec::new()
    }

    pub(super) fn press_in_palette(&mut self, key: Key) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(4).max(1));
        let Some(View::Palette { typed, cursor }) = self.views.last_mut() else { return Vec::new() };
        let last = actions(&self.settings.keymap, typed).len().saturating_sub(1);
        match key {
            Key::Up => *cursor = cursor.checked_sub(1).unwrap_or(last),
            Key::Down => *cursor = if *cursor >= last { 0 } else { *cursor + 1 },
            Key::PageUp => *cursor = cursor.saturating_sub(page),
            Key::PageDown => *cursor = (*cursor + page).min(last),
            Key::Home => *cursor = 0,
            Key::End => *cursor = last,
            Key::Enter => {
                let picked = actions(&self.settings.keymap, typed).get(*cursor).map(|binding| binding.command);
                if picked.is_none() {
                    self.status = "no action is called that".to_owned();
                    return Vec::new();
                }
                self.views.pop();
                return self.run(picked);
            }
            other => return self.press_in_line(other),
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Command;
    use super::*;

    #[test]
    fn actions_are_found_by_word_by_key_and_by_scattered_letters() {
        for (typed, command) in
            [("next sibling", Command::NextSibling), ("anchor", Command::Anchor), ("Ctrl-Z", Command::Suspend), ("turndiag", Command::Turn)]
        {
            assert_eq!(actions(&Keymap::default(), typed).first().map(|binding| binding.command), Some(command), "{typed}");
        }
        assert!(actions(&Keymap::default(), "qqqq").is_empty());
        assert_eq!(actions(&Keymap::default(), " ").len(), BINDINGS.len());
    }
}
