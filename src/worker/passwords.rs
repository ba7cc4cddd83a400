//! Which passwords are tried on what needs one: what opened it before, those of a file, then what the person types.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{IsTerminal, stderr, stdin};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::prompt;
use crate::cert::escape;
use crate::source::{Batch, MAX_PASSWORDS, read_passwords};

/// How often a person is asked for one file, as `login` and `sudo` do.
const ATTEMPTS: usize = 3;

/// They are overwritten when they are dropped, and never shown.
pub(super) struct Passwords {
    known: Vec<Zeroizing<String>>,
    typed: Typed,
    may_ask: bool,
}

/// What a person typed that opened something, so that the same can be read again without asking. Clones share it; the passwords are
/// overwritten when they are dropped, and never shown.
#[derive(Clone, Default)]
pub struct Typed {
    by_place: Arc<Mutex<BTreeMap<String, Zeroizing<String>>>>,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typed").field("known", &self.lock().len()).finish()
    }
}

impl Typed {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Zeroizing<String>>> {
        self.by_place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, place: &str) -> Option<Zeroizing<String>> {
        self.lock().get(place).cloned()
    }

    fn keep(&self, place: String, password: Zeroizing<String>) {
        self.lock().insert(place, password);
    }
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
    /// The file that was to hold the passwords.
    pub path: String,
    /// The system's, or what is wrong with its text.
    pub reason: String,
}

impl Passwords {
    /// Those of `file`, and what was `typed` before; where there is no file and `may_ask` allows it, a person at the terminal is asked.
    pub fn new(file: Option<&Path>, typed: Typed, may_ask: bool) -> Result<Self, PasswordsError> {
        let known = file.map(of_file).transpose()?.unwrap_or_default();
        // The password is typed at the terminal, whatever standard input and output are.
        let may_ask = may_ask && known.is_empty() && (stdin().is_terminal() || stderr().is_terminal());
        Ok(Self { known, typed, may_ask })
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
        self.unlock(&mut batch, &mut |place| if may_ask { prompt::password(&format!("Password for {place}: ")) } else { None });
        batch
    }

    fn unlock(&self, batch: &mut Batch, ask: &mut dyn FnMut(&str) -> Option<Zeroizing<String>>) {
        let mut now = Attempts::default();
        batch.unlock(&mut |place| {
            if now.place != place {
                std::mem::take(&mut now).keep_in(&self.typed);
                now.place = place.to_owned();
                now.known.extend(self.typed.at(place).into_iter().chain(self.known.iter().cloned()).rev());
            }
            // What was typed before did not open it.
            now.typed = None;
            if let Some(known) = now.known.pop() {
                return Some(known);
            }
            now.asked += 1;
            now.typed = if now.asked <= ATTEMPTS { ask(place) } else { None };
            now.typed.clone()
        });
        now.keep_in(&self.typed);
    }
}

/// What was tried on one file so far.
#[derive(Default)]
struct Attempts {
    place: String,
    /// Still to be tried, the first one last.
    known: Vec<Zeroizing<String>>,
    asked: usize,
    typed: Option<Zeroizing<String>>,
}

impl Attempts {
    /// Nothing was tried after the last that was typed, so that one has opened the file.
    fn keep_in(self, typed: &Typed) {
        if let Some(password) = self.typed {
            typed.keep(self.place, password);
        }
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
        let typed = Typed::default();
        typed.keep("a.p12".to_owned(), Zeroizing::new("harbour".to_owned()));
        assert_eq!(format!("{typed:?}"), "Typed { known: 1 }");
        let passwords = Passwords { known: vec![Zeroizing::new("open sesame".to_owned())], typed, may_ask: false };
        assert_eq!(format!("{passwords:?}"), "Passwords { known: 1, may_ask: false }");
    }
}
