//! Which passwords are tried on what needs one: those of a file, then what the person types.

use std::io::{IsTerminal, stderr, stdin};
use std::path::Path;

use super::load::{LoadError, Request};
use crate::cert::escape;
use crate::source::{Batch, MAX_PASSWORDS, read_passwords};

/// How often a person is asked for one file, as `login` and `sudo` do.
const ATTEMPTS: usize = 3;

#[derive(Debug)]
pub(super) struct Keys {
    known: Vec<String>,
    may_ask: bool,
}

impl Keys {
    pub fn of(request: &Request) -> Result<Self, LoadError> {
        let known = request.passwords.as_deref().map(of_file).transpose()?.unwrap_or_default();
        // The password is typed at the terminal, whatever standard input and output are.
        let may_ask = request.may_ask && known.is_empty() && (stdin().is_terminal() || stderr().is_terminal());
        Ok(Self { known, may_ask })
    }

    /// What was read of a file or a folder, with all that a password opens. Only for a file that was named is a person asked: a folder may
    /// hold hundreds.
    pub fn opened_at(&self, path: &Path, batch: Batch) -> Batch {
        if path.is_dir() { Self { known: self.known.clone(), may_ask: false }.opened(batch) } else { self.opened(batch) }
    }

    /// The batch with all that a password opens.
    pub fn opened(&self, mut batch: Batch) -> Batch {
        let mut tried = (String::new(), 0);
        batch.unlock(&mut |place| {
            if tried.0 != place {
                tried = (place.to_owned(), 0);
            }
            tried.1 += 1;
            let typed = || rpassword::prompt_password(format!("Password for {place}: ")).ok();
            match self.known.get(tried.1 - 1) {
                Some(known) => Some(known.clone()),
                None if self.may_ask && tried.1 <= ATTEMPTS => typed().filter(|typed| !typed.is_empty()),
                None => None,
            }
        });
        batch
    }
}

fn of_file(path: &Path) -> Result<Vec<String>, LoadError> {
    let failed = |reason: String| LoadError::Passwords { path: escape(&path.to_string_lossy()), reason };
    let passwords = read_passwords(path).map_err(|error| failed(escape(&error.to_string())))?;
    match passwords.len() {
        0 => Err(failed("no password in it".to_owned())),
        count if count > MAX_PASSWORDS => Err(failed(format!("{count} lines; at most {MAX_PASSWORDS} passwords are tried"))),
        _ => Ok(passwords),
    }
}
