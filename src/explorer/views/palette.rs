//! Every action by name: typing narrows the list, Enter does what is under the cursor.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use tui_input::Input;

use super::copied::{COPIES, Copy};
use super::view::View;
use crate::explorer::keys::bindings::BINDINGS;
use crate::explorer::keys::command::Command;
use crate::explorer::keys::key::Key;
use crate::explorer::keys::keymap::Keymap;
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;

/// What an entry of the palette does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryAction {
    Run(Command),
    Copy(Copy),
}

/// An action as it is found: what it does, in words, and its keys.
#[derive(Debug, Clone)]
pub struct Action {
    pub does: EntryAction,
    pub words: String,
    pub keys: String,
    /// What it is called in the configuration; a copy is not there.
    name: Option<&'static str>,
    /// What is typed is sought in.
    line: String,
}

impl AsRef<str> for Action {
    fn as_ref(&self) -> &str {
        &self.line
    }
}

/// Every action and everything that can be copied, in the order of the help.
fn all(keymap: &Keymap) -> Vec<Action> {
    let bound = BINDINGS.iter().map(|binding| {
        let keys = keymap.keys_text(binding);
        let line = format!("{} {} {keys}", binding.hint, binding.help);
        Action { does: EntryAction::Run(binding.command), words: binding.help.to_owned(), keys, name: Some(binding.name), line }
    });
    let menu = BINDINGS.iter().find(|binding| binding.command == Command::CopyMenu);
    let menu = menu.and_then(|binding| keymap.keys(binding).first()).map_or_else(String::new, ToString::to_string);
    let copied = COPIES.iter().map(|(letter, copy, label)| {
        let (words, keys) = (format!("copy: {label}"), format!("{menu} {letter}"));
        let line = format!("{words} {keys}");
        Action { does: EntryAction::Copy(*copy), words, keys, name: None, line }
    });
    bound.chain(copied).collect()
}

/// The actions whose words, name in the configuration or keys have the letters of every word of `typed` in their order, best first; all
/// where nothing is typed.
pub fn actions(keymap: &Keymap, typed: &str) -> Vec<Action> {
    let all = all(keymap);
    if typed.trim().is_empty() {
        return all;
    }
    let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
    // Letters that are scattered over a name's few words would be found in too many: a name is typed as it is written.
    let name = typed.trim();
    let (mut found, others): (Vec<Action>, Vec<Action>) = all.into_iter().partition(|action| action.name == Some(name));
    let named: Vec<Action> = others.iter().filter(|action| action.name.is_some_and(|own| own.contains(name))).cloned().collect();
    found.extend(pattern.match_list(others, &mut Matcher::new(Config::DEFAULT)).into_iter().map(|(action, _)| action));
    for action in named {
        if !found.iter().any(|other| other.does == action.does) {
            found.push(action);
        }
    }
    found
}

impl Explorer {
    pub(in crate::explorer) fn open_palette(&mut self) {
        self.views.open(View::Palette { typed: Input::default(), cursor: 0 });
    }

    pub(in crate::explorer) fn press_in_palette(&mut self, key: Key, effects: &mut Effects) {
        let page = usize::from(self.size().1.saturating_sub(4).max(1));
        let Some(View::Palette { typed, cursor }) = self.views.stack.last_mut() else { return };
        let found = actions(&self.views.settings.keymap, typed.value());
        let last = found.len().saturating_sub(1);
        match key {
            Key::Up => *cursor = cursor.checked_sub(1).unwrap_or(last),
            Key::Down => *cursor = if *cursor >= last { 0 } else { *cursor + 1 },
            Key::PageUp => *cursor = cursor.saturating_sub(page),
            Key::PageDown => *cursor = (*cursor + page).min(last),
            Key::Enter => {
                let Some(picked) = found.get(*cursor).map(|action| action.does) else {
                    self.notice = "no action is called that".to_owned();
                    return;
                };
                self.views.close();
                match picked {
                    EntryAction::Run(command) => self.run(Some(command), effects),
                    EntryAction::Copy(copy) => self.copy(copy, effects),
                }
            }
            other => self.press_in_line(other, effects),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_found_by_word_by_key_and_by_scattered_letters() {
        for (typed, command) in
            [("next sibling", Command::NextSibling), ("anchor", Command::Anchor), ("Ctrl-Z", Command::Suspend), ("turndiag", Command::Turn)]
        {
            assert_eq!(actions(&Keymap::default(), typed).first().map(|action| action.does), Some(EntryAction::Run(command)), "{typed}");
        }
        for binding in BINDINGS {
            let found = actions(&Keymap::default(), binding.name);
            assert_eq!(found.first().map(|action| action.does), Some(EntryAction::Run(binding.command)), "{}", binding.name);
        }
        assert_eq!(actions(&Keymap::default(), "pin")[0].words, "copy: SPKI pin (SHA-256, base64)");
        assert!(actions(&Keymap::default(), "qqqq").is_empty());
        assert_eq!(actions(&Keymap::default(), " ").len(), BINDINGS.len() + COPIES.len());
    }
}
