//! Which keys do what for this person: the table of bindings, and what was bound otherwise.

use std::collections::BTreeMap;

use super::bindings::{BINDINGS, Binding};
use super::command::{Command, Context};
use super::key::Key;

/// The keys of every binding. Where nothing was bound otherwise they are those of `BINDINGS`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    changed: BTreeMap<(Context, Command), Vec<Key>>,
}

/// Keys, and whether the mouse is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub keymap: Keymap,
    /// Clicks, wheel and drags come here instead of selecting text.
    pub mouse: bool,
}

/// Why keys cannot be bound as they were asked to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    #[error("no action is called {0}; `crossroots config --print` lists them")]
    Action(String),
    #[error("{0} is no key; keys are a character, Space, Up, PgDn, F1, Ctrl-L, Shift-Up and the like")]
    Key(String),
    #[error("{key} is bound to both {one} and {other}")]
    Twice { key: Key, one: String, other: String },
    #[error("nothing would quit: bind a key to `quit`")]
    NoQuit,
}

impl Context {
    /// The table of the configuration that binds its keys.
    pub fn table(self) -> &'static str {
        match self {
            Context::Explore => "keys",
            Context::Time => "time-keys",
        }
    }
}

/// What is wanted most in lists of rows.
const LIST_HINTS: &[(Command, &str)] = &[
    (Command::Help, "help"),
    (Command::Open, "open"),
    (Command::CopyMenu, "copy"),
    (Command::Filter, "narrow"),
    (Command::Bytes, "bytes"),
    (Command::OpenAll, "all"),
    (Command::Back, "back"),
    (Command::NextPane, "pane"),
    (Command::Zoom, "zoom"),
    (Command::NextSibling, "sibling"),
    (Command::NextPath, "path"),
    (Command::NextFailure, "failure"),
    (Command::Palette, "actions"),
    (Command::Quit, "quit"),
];

impl Keymap {
    /// The table with other keys for some actions, each named with its context.
    pub fn new(bound: impl IntoIterator<Item = (Context, String, Vec<String>)>) -> Result<Self, KeymapError> {
        let mut changed = BTreeMap::new();
        for (context, action, keys) in bound {
            let binding = BINDINGS.iter().find(|binding| binding.context == context && binding.name == action);
            let binding = binding.ok_or_else(|| KeymapError::Action(crate::cert::escape(&action)))?;
            let keys = keys.iter().map(|key| Key::parse(key).ok_or_else(|| KeymapError::Key(crate::cert::escape(key))));
            changed.insert((context, binding.command), keys.collect::<Result<Vec<_>, _>>()?);
        }
        let keymap = Self { changed };
        keymap.without_conflict()?;
        Ok(keymap)
    }

    fn without_conflict(&self) -> Result<(), KeymapError> {
        let mut seen: BTreeMap<(&str, String), &Binding> = BTreeMap::new();
        for binding in BINDINGS {
            for key in self.keys(binding) {
                if let Some(other) = seen.insert((binding.context.table(), key.to_string()), binding) {
                    return Err(KeymapError::Twice { key: *key, one: other.name.to_owned(), other: binding.name.to_owned() });
                }
            }
        }
        let quits = BINDINGS.iter().any(|binding| binding.command == Command::Quit && !self.keys(binding).is_empty());
        if quits { Ok(()) } else { Err(KeymapError::NoQuit) }
    }

    /// The keys of an action.
    pub fn keys(&self, binding: &'static Binding) -> &[Key] {
        self.changed.get(&(binding.context, binding.command)).map_or(binding.keys, Vec::as_slice)
    }

    /// Its keys as they are shown, with spaces between.
    pub fn keys_text(&self, binding: &'static Binding) -> String {
        self.keys(binding).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The command of a key: that of the context, else that of `Explore`.
    pub fn command(&self, key: Key, context: Context) -> Option<Command> {
        let bound = |context: Context| BINDINGS.iter().find(|binding| binding.context == context && self.keys(binding).contains(&key));
        bound(context).or_else(|| bound(Context::Explore)).map(|binding| binding.command)
    }

    /// Key and words for the hint line, most wanted first; those of lists where one has the keyboard.
    pub fn hints(&self, context: Context, in_list: bool) -> impl Iterator<Item = (String, &'static str)> {
        let in_list = in_list && context == Context::Explore;
        let of_list = LIST_HINTS.iter().filter_map(|(command, words)| {
            let found = BINDINGS.iter().find(|binding| binding.command == *command && binding.context == Context::Explore)?;
            Some((found, *words))
        });
        let of_screen = BINDINGS.iter().filter(move |binding| binding.context == context && !binding.hint.is_empty());
        let of_screen = of_screen.map(|binding| (binding, binding.hint)).filter(move |_| !in_list);
        let hinted = of_list.filter(move |_| in_list).chain(of_screen);
        hinted.filter_map(|(binding, words)| {
            let keys = self.keys(binding);
            let text = match binding.command {
                Command::Left if keys == binding.keys => "←↓↑→".to_owned(),
                Command::DayEarlier if keys == binding.keys => "←→".to_owned(),
                Command::MonthEarlier if keys == binding.keys => "↓↑".to_owned(),
                _ => keys.first()?.to_string(),
            };
            Some((text, words))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(action: &str, keys: &[&str]) -> Result<Keymap, KeymapError> {
        Keymap::new([(Context::Explore, action.to_owned(), keys.iter().map(|key| (*key).to_owned()).collect())])
    }

    #[test]
    fn the_table_has_no_conflict_and_names_every_action_once() {
        assert_eq!(Keymap::default().without_conflict(), Ok(()));
        let names: std::collections::HashSet<_> = BINDINGS.iter().map(|binding| (binding.context, binding.name)).collect();
        assert_eq!(names.len(), BINDINGS.len());
    }

    /// People's configurations name actions by these words.
    #[test]
    fn the_names_of_actions_never_change() {
        let names: Vec<&str> = BINDINGS.iter().map(|binding| binding.name).collect();
        assert_eq!(names.join(" "), NAMES);
    }

    const NAMES: &str = "help up down left right open next-path previous-path next-sibling previous-sibling next-failure previous-failure time \
        type-date anchor fetch copy-menu write-chain pane-text search palette next-pane previous-pane zoom turn denser looser \
        fold-others fold choose-path explain next-target previous-target next-hit previous-hit first last page-up page-down pan-up \
        pan-down pan-left pan-right fields asn1 document siblings checks time-tab mark bytes field filter open-all about problems \
        back open-more reload mouse redraw suspend quit day-earlier day-later month-earlier month-later previous-boundary \
        next-boundary now type-date back";

    #[test]
    fn every_key_is_read_as_it_is_shown() {
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert_eq!(Key::parse(&key.to_string()), Some(*key));
        }
        assert_eq!(Key::parse("Shift-Up"), Some(Key::ShiftUp));
        assert_eq!(Key::parse("Ctrl"), None);
    }

    #[test]
    fn an_action_bound_otherwise_leaves_its_old_keys() {
        let keymap = bound("next-path", &["Ctrl-N", "]"]).unwrap();
        assert_eq!(keymap.command(Key::Ctrl('n'), Context::Explore), Some(Command::NextPath));
        assert_eq!(keymap.command(Key::Char('p'), Context::Explore), None);
        assert!(keymap.hints(Context::Explore, false).any(|hint| hint == ("Ctrl-N".to_owned(), "path")));
    }

    #[test]
    fn what_cannot_be_bound_is_said() {
        assert_eq!(bound("fly", &["x"]), Err(KeymapError::Action("fly".to_owned())));
        assert_eq!(bound("next-path", &["Hyper-X"]), Err(KeymapError::Key("Hyper-X".to_owned())));
        assert_eq!(bound("quit", &[]), Err(KeymapError::NoQuit));
        let said = bound("next-path", &["s"]).map_err(|error| error.to_string());
        assert_eq!(said, Err("s is bound to both next-path and next-sibling".to_owned()));
    }

    #[test]
    fn help_comes_first_and_escape_never_quits() {
        let keymap = Keymap::default();
        assert_eq!(keymap.hints(Context::Explore, false).next(), Some(("?".to_owned(), "help")));
        for context in [Context::Explore, Context::Time] {
            assert_ne!(keymap.command(Key::Escape, context), Some(Command::Quit));
            assert_eq!(keymap.command(Key::Char('q'), context), Some(Command::Quit));
        }
    }
}
