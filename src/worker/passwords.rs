//! Which passwords are tried on what needs one: those of a file, then what the person types.

use std::fmt;
use std::io::{IsTerminal, stderr, stdin};
use std::path::Path;

use zeroize::Zeroizing;

use super::prompt;
use crate::cert::escape;
use crate::source::{Batch, MAX_PASSWORDS, read_passwords};

/// How often a person is asked for one file, as `login` and `sudo` do.
const ATTEMPTS: usize = 3;

/// They are overwritten when they are dropped, and never shown.
pub(super) struct Passwords {
    known: Vec<Zeroizing<String>>,
    may_ask: bool,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("known", &self.known.len()).field("may_ask", &self.may_ask).finish()
    }
}

/// Both texts are escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct PasswordsError {
    pub path: String,
    pub reason: String,
}

impl Passwords {
    /// Those of `file`; where there is none and `may_ask` allows it, a person at the terminal is asked.
    pub fn new(file: Option<&Path>, may_ask: bool) -> Result<Self, PasswordsError> {
        let known = file.map(of_file).transpose()?.unwrap_or_default();
        // The password is typed at the terminal, whatever standard input and output are.
        let may_ask = may_ask && known.is_empty() && (stdin().is_terminal() || stderr().is_terminal());
        Ok(Self { known, may_ask })
    }

    /// What was read of a file or a folder, with all that a password opens. Only for a file that was named is a person asked: a folder may
    /// hold hundreds.
    pub fn opened_at(&self, path: &Path, batch: Batch) -> Batch {
        self.unlocked(batch, self.may_ask && !path.is_dir())
    }

    /// The batch with all that a password opens.
    pub fn opened(&self, batch: Batch) -> Batch {
        self.unlocked(batch, self.may_ask)
    }

    fn unlocked(&self, mut batch: Batch, may_ask: bool) -> Batch {
        let mut tried = (String::new(), 0);
        batch.unlock(&mut |place| {
            if tried.0 != place {
                tried = (place.to_owned(), 0);
            }
            tried.1 += 1;
            match self.known.get(tried.1 - 1) {
                Some(known) => Some(known.clone()),
                None if may_ask && tried.1 <= ATTEMPTS => prompt::password(&format!("Password for {place}: ")),
                None => None,
            }
        });
        batch
    }
}

fn of_file(path: &Path) -> Result<Vec<Zeroizing<String>>, PasswordsError> {
    let failed = |reason: String| PasswordsError { path: escape(&path.to_string_lossy()), reason };
    let passwords = read_passwords(path).map_err(failed)?;
    match passwords.len() {
        0 => Err(failed("no password in it".to_owned())),
        count if count > MAX_PASSWORDS => Err(failed(format!("{count} lines; at most {MAX_PASSWORDS} passwords are tried"))),
        _ => Ok(passwords),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        let passwords = Passwords { known: vec![Zeroizing::new("open sesame".to_owned())], may_ask: false };
        assert_eq!(format!("{passwords:?}"), "Passwords { known: 1, may_ask: false }");
    }
}
