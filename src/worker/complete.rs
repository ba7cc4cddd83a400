//! How can the name of a file that someone began to type go on?

use std::path::{MAIN_SEPARATOR, Path};

use crate::explorer::Completion;

/// Names that are shown; more would not fit a line, and say no more.
const MAX_SHOWN: usize = 20;
/// Names of one folder that are looked at, so that a key answers at once.
const MAX_LOOKED_AT: usize = 100_000;

/// The longest text that all names have in common that begin with `typed`, and those names.
pub(super) fn complete(typed: &str) -> Completion {
    complete_within(MAX_LOOKED_AT, typed)
}

fn complete_within(most: usize, typed: &str) -> Completion {
    let (folder, begun) = typed.rfind(MAIN_SEPARATOR).map_or(("", typed), |place| typed.split_at(place + 1));
    let looked_in = match folder.strip_prefix('~').zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest.trim_start_matches(MAIN_SEPARATOR)),
        None if folder.is_empty() => Path::new(".").to_owned(),
        None => folder.into(),
    };
    let Ok(entries) = std::fs::read_dir(looked_in) else { return nothing(typed) };
    let mut count = 0;
    let mut names: Vec<String> = entries
        .take(most + 1)
        .inspect(|_| count += 1)
        .flatten()
        .filter_map(|entry| {
            // A name that is no text, or would not be shown as it is, cannot be typed either.
            let name = entry.file_name().into_string().ok().filter(|name| crate::cert::escape(name) == *name)?;
            let is_hidden = name.starts_with('.') && !begun.starts_with('.');
            let goes_on = name.starts_with(begun) && !is_hidden;
            goes_on.then(|| if entry.path().is_dir() { format!("{name}{MAIN_SEPARATOR}") } else { name })
        })
        .collect();
    // What some names have in common others may not.
    if count > most {
        return Completion::TooMany { most };
    }
    names.sort();
    let Some(first) = names.first() else { return nothing(typed) };
    let common = names.iter().fold(first.as_str(), |common, name| {
        let length = common.chars().zip(name.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
        common.get(..length).unwrap_or_default()
    });
    let (longest, all) = (format!("{folder}{common}"), names.len());
    names.truncate(if all == 1 { 0 } else { MAX_SHOWN });
    Completion::Found { longest, names, all }
}

fn nothing(typed: &str) -> Completion {
    Completion::Found { longest: typed.to_owned(), names: Vec::new(), all: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_on_as_far_as_they_are_one() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["chain-a.pem", "chain-b.pem", "leaf.pem", ".hidden"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("roots")).unwrap();
        let at = |name: &str| format!("{}/{name}", folder.path().display());
        let goes_on = |begun: &str, longest: &str, names: &[&str], all: usize| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(complete(&at(begun)), Completion::Found { longest: at(longest), names, all }, "{begun}");
        };
        goes_on("ch", "chain-", &["chain-a.pem", "chain-b.pem"], 2);
        goes_on("l", "leaf.pem", &[], 1);
        goes_on("r", "roots/", &[], 1);
        goes_on("x", "x", &[], 0);
        goes_on(".", ".hidden", &[], 1);
        goes_on("", "", &["chain-a.pem", "chain-b.pem", "leaf.pem", "roots/"], 4);
        // Of more names than are looked at none is offered, and neither is what they have in common.
        assert_eq!(complete_within(4, &at("ch")), Completion::TooMany { most: 4 });
        assert!(matches!(complete_within(5, &at("ch")), Completion::Found { all: 2, .. }));
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        (0..30).for_each(|number| std::fs::write(folder.path().join(format!("leaf-{number}.pem")), "").unwrap());
        let Completion::Found { names, all, .. } = complete(&format!("{}/leaf", folder.path().display())) else { panic!("too many") };
        assert_eq!((names.len(), all), (MAX_SHOWN, 30));
    }
}
