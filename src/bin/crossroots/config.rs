//! What the person set once for all: a TOML file at the platform's place for configuration. An argument always wins over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossroots::cert::escape;
use crossroots::explorer::{BINDINGS, Context, Keymap, KeymapError, Settings};
use crossroots::source::FileError;
use etcetera::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};

use super::screen::{Color, ThemeChoice};

/// Names another file; empty: none is read.
pub const VARIABLE: &str = "CROSSROOTS_CONFIG";
/// Bytes of a configuration. With every key of every action bound anew it is a hundredth of that.
pub const MAX_CONFIG: u64 = 1 << 20;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    theme: ThemeChoice,
    color: Color,
    ascii: bool,
    plain: bool,
    mouse: bool,
    trust: Vec<String>,
    keys: BTreeMap<String, Vec<String>>,
    time_keys: BTreeMap<String, Vec<String>>,
}

/// What counts where no argument says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    pub theme: ThemeChoice,
    pub color: Color,
    pub ascii: bool,
    /// Lines instead of a screen, wherever there would be one.
    pub plain: bool,
    /// As `--trust`; empty: the default store.
    pub trust: Vec<String>,
    pub settings: Settings,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path}: {error}")]
    Read { path: String, error: FileError },
    #[error("{path}: {}", .error.to_string().trim_end())]
    Toml { path: String, error: Box<toml::de::Error> },
    #[error("{path}: {error}")]
    Keys { path: String, error: KeymapError },
}

/// Where the file is looked for, and whether it must exist because it was named.
pub fn place() -> Option<(PathBuf, bool)> {
    match std::env::var_os(VARIABLE) {
        Some(named) if named.is_empty() => None,
        Some(named) => Some((named.into(), true)),
        None => choose_base_strategy().ok().map(|places| (places.config_dir().join("crossroots").join("config.toml"), false)),
    }
}

/// The configuration in `text`; `path` is for messages.
pub fn parse(text: &str, path: &Path) -> Result<Configuration, ConfigError> {
    let path = || escape(&path.to_string_lossy());
    let file: File = toml::from_str(text).map_err(|error| ConfigError::Toml { path: path(), error: Box::new(error) })?;
    let tables = [(Context::Explore, file.keys), (Context::Time, file.time_keys)];
    let bound = tables.into_iter().flat_map(|(context, table)| table.into_iter().map(move |(action, keys)| (context, action, keys)));
    let keymap = Keymap::new(bound).map_err(|error| ConfigError::Keys { path: path(), error })?;
    Ok(Configuration {
        theme: file.theme,
        color: file.color,
        ascii: file.ascii,
        plain: file.plain,
        trust: file.trust,
        settings: Settings { keymap, mouse: file.mouse },
    })
}

impl Configuration {
    /// The configuration as a file that gives the same, every key of every action in it.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let keys = |context: Context| {
            let own = BINDINGS.iter().filter(|binding| binding.context == context);
            own.map(|binding| (binding.name.to_owned(), self.settings.keymap.keys(binding).iter().map(ToString::to_string).collect()))
                .collect()
        };
        let file = File {
            theme: self.theme,
            color: self.color,
            ascii: self.ascii,
            plain: self.plain,
            mouse: self.settings.mouse,
            trust: self.trust.clone(),
            keys: keys(Context::Explore),
            time_keys: keys(Context::Time),
        };
        toml::to_string(&file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Configuration, String> {
        parse(text, Path::new("c.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_printed_gives_the_same_again() {
        let text = "theme = 'light'\nmouse = true\ntrust = ['system']\n[keys]\nnext-path = ['Ctrl-N', '*']\n[time-keys]\nnow = ['0']\n";
        for configuration in [Configuration::default(), read(text).unwrap()] {
            let printed = configuration.to_toml().unwrap();
            let again = read(&printed).unwrap();
            assert_eq!(again.to_toml().unwrap(), printed);
            assert_eq!(
                (again.theme, again.trust, again.settings.mouse),
                (configuration.theme, configuration.trust, configuration.settings.mouse)
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let said = read("theme = 'pink'\n").unwrap_err();
        assert!(said.starts_with("c.toml: TOML parse error at line 1") && said.contains("pink"), "{said}");
        assert!(read("colour = 'never'\n").unwrap_err().contains("unknown field `colour`"));
        assert_eq!(read("[keys]\nfly = ['x']\n").unwrap_err(), "c.toml: no action is called fly; `crossroots config --print` lists them");
    }
}
