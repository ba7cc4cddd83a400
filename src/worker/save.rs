//! A file that a person takes along: where the program was started, never over another.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// How many names are tried.
const MAX_NAMES: usize = 100;

/// Writes `text` to `name`, or to `name` with a number before its ending where that is taken; returns the name that it got.
pub(super) fn save(name: &str, text: &str) -> Result<String, String> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pem"));
    for number in 1..=MAX_NAMES {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}.{ending}") };
        match OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| name.clone()).map_err(|error| format!("{name}: {error}")),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
    Err(format!("{name} and {MAX_NAMES} names like it are taken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("a-fullchain.pem").to_string_lossy().into_owned();
        assert_eq!(save(&name, "one"), Ok(name.clone()));
        let second = name.replace(".pem", "-2.pem");
        assert_eq!(save(&name, "two"), Ok(second.clone()));
        assert_eq!(
            (std::fs::read_to_string(name).unwrap(), std::fs::read_to_string(second).unwrap()),
            ("one".to_owned(), "two".to_owned())
        );
        assert!(save(&folder.path().join("absent/a.pem").to_string_lossy(), "").is_err());
    }
}
