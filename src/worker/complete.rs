//! How can the name of a file that someone began to type go on?

use std::path::{MAIN_SEPARATOR, Path};

/// Names that are shown; more would not fit a line, and say no more.
const MAX_SHOWN: usize = 20;
/// Names of one folder that are looked at, so that a key answers at once.
const MAX_LOOKED_AT: usize = 10_000;

/// The longest text that all names have in common that begin with `typed`, and those names.
pub(super) fn complete(typed: &str) -> (String, Vec<String>) {
    let (folder, begun) = typed.rfind(MAIN_SEPARATOR).map_or(("", typed), |place| typed.split_at(place + 1));
    let looked_in = match folder.strip_prefix('~').zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest.trim_start_matches(MAIN_SEPARATOR)),
        None if folder.is_empty() => Path::new(".").to_owned(),
        None => folder.into(),
    };
    let Ok(entries) = std::fs::read_dir(looked_in) else { return (typed.to_owned(), Vec::new()) };
    let mut names: Vec<String> = entries
        .take(MAX_LOOKED_AT)
        .flatten()
        .filter_map(|entry| {
            // A name that is no text, or would not be shown as it is, cannot be typed either.
            let name = entry.file_name().into_string().ok().filter(|name| crate::cert::escape(name) == *name)?;
            let is_folder = entry.path().is_dir();
            let is_hidden = name.starts_with('.') && !begun.starts_with('.');
            (name.starts_with(begun) && !is_hidden).then(|| if is_folder { format!("{name}{MAIN_SEPARATOR}") } else { name })
        })
        .collect();
    names.sort();
    let Some(first) = names.first() else { return (typed.to_owned(), Vec::new()) };
    let common = names.iter().fold(first.as_str(), |common, name| {
        let length = common.chars().zip(name.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
        common.get(..length).unwrap_or_default()
    });
    let longest = format!("{folder}{common}");
    names.truncate(MAX_SHOWN);
    (longest, if names.len() == 1 { Vec::new() } else { names })
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
        assert_eq!(complete(&at("ch")), (at("chain-"), vec!["chain-a.pem".to_owned(), "chain-b.pem".to_owned()]));
        assert_eq!(complete(&at("l")), (at("leaf.pem"), vec![]));
        assert_eq!(complete(&at("r")), (at("roots/"), vec![]));
        assert_eq!(complete(&at("x")), (at("x"), vec![]));
        assert_eq!(complete(&at(".")), (at(".hidden"), vec![]));
        assert_eq!(complete(&at("")).1.len(), 4);
    }
}
