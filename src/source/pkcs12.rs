//! Which certificates does a PKCS#12 file hold (RFC 7292), and which password opens it?

use std::path::Path;

use zeroize::Zeroizing;

use super::batch::{Batch, Closed, Locked, Problem, ProblemKind};
use super::ber::{SEQUENCE, element};
use super::found::Found;
use super::note::{Note, NoteKind};
use super::whole_file::read_secret;
use crate::cert::{Certificate, Origin};

mod bag;
mod clear;
#[cfg(feature = "pkcs12")]
mod open;

use bag::{entry, role};
use clear::in_the_clear;
#[cfg(feature = "pkcs12")]
use open::open;

/// What is said of a file until a password opens it.
const LOCKED: &str = "PKCS#12, which needs a password: give it with --password-file FILE";
/// `version` of a PFX: an INTEGER of one byte, 3.
const VERSION: [u8; 3] = [2, 1, 3];

/// Passwords that are tried on one file. Each costs up to a second of key derivation.
pub const MAX_PASSWORDS: usize = 32;
/// Bytes of a file of passwords.
const MAX_PASSWORD_FILE: u64 = 1 << 16;

/// The passwords of a file, one a line; an empty line is none. An `Err` is in words that follow the file's name.
pub fn read_passwords(path: &Path) -> Result<Vec<Zeroizing<String>>, String> {
    let text = read_secret(path, MAX_PASSWORD_FILE).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&text).map_err(|_| "not text in UTF-8".to_owned())?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(|line| Zeroizing::new(line.to_owned())).collect())
}

pub(super) fn is_pkcs12(bytes: &[u8]) -> bool {
    let start = match bytes {
        [SEQUENCE, 0..=0x80, ..] => 2,
        [SEQUENCE, octets @ 0x81..=0x84, ..] => 2 + usize::from(octets & 0x7f),
        _ => return false,
    };
    bytes.get(start..).and_then(|content| content.strip_prefix(&VERSION)).is_some_and(|content| content.starts_with(&[SEQUENCE]))
}

/// What Java's tools and their guides give nearly every trust store, which holds nothing secret.
const JAVAS_PASSWORD: &str = "changeit";

/// `keystore.pkcs12.macIterationCount` of java.security: 100,000 up to JDK 16, 10,000 since.
const JAVAS_ITERATIONS: u64 = 100_000;

/// Reads what lies in the clear, or what the empty password opens, or Java's; else keeps the file for `Batch::unlock`. Returns how many
/// bytes it has.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> Option<usize> {
    let Some((file, _)) = element(bytes) else {
        batch.report(Problem::new(ProblemKind::Broken, from.to_string(), "PKCS#12 that is cut short, not read"));
        return None;
    };
    match open(file.whole, Zeroizing::default(), from, batch) {
        Ok(()) => {}
        Err(_) if read_clear(file.whole, from, batch) => batch.note(vec![note(from, NoteKind::IntegrityNotChecked)]),
        Err(Closed::WrongPassword)
            if is_like_javas(file.whole) && open(file.whole, Zeroizing::new(JAVAS_PASSWORD.to_owned()), from, batch) == Ok(()) =>
        {
            batch.note(vec![note(from, NoteKind::DefaultPassword { password: JAVAS_PASSWORD })]);
        }
        Err(Closed::WrongPassword) => {
            batch.report(Problem::new(ProblemKind::Locked, from.to_string(), LOCKED));
            batch.locked.push(Locked { origin: from.clone(), der: file.whole.to_vec() });
        }
        Err(Closed::Unreadable(reason)) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason)),
    }
    Some(file.whole.len())
}

/// Whether Java may have made the file: its keys are derived so often at most that another attempt costs next to nothing.
fn is_like_javas(file: &[u8]) -> bool {
    in_the_clear(file).is_some_and(|clear| clear.iterations <= JAVAS_ITERATIONS)
}

fn note(from: &Origin, kind: NoteKind) -> Note {
    Note { place: from.to_string(), line: None, others: 0, kind }
}

/// Reads the certificates where none is encrypted; whether there were any.
fn read_clear(file: &[u8], from: &Origin, batch: &mut Batch) -> bool {
    let Some(clear) = in_the_clear(file).filter(|clear| !clear.has_more && !clear.certificates.is_empty()) else { return false };
    for (place, bag) in clear.certificates.iter().enumerate() {
        let origin = from.clone().entry(entry(bag.friendly_name.as_deref(), place));
        let is_of_key = bag.local_key_id.is_some() && clear.keys.contains(&bag.local_key_id);
        match Certificate::from_der(&bag.der) {
            Ok(certificate) => {
                batch.certificates.push(Found::new(certificate, origin, role(bag.is_trusted, !clear.keys.is_empty(), is_of_key)))
            }
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, origin.to_string(), error.to_string()).with(&bag.der)),
        }
    }
    if !clear.keys.is_empty() {
        let reason = format!("private keys, not read: {}", clear.keys.len());
        batch.report(Problem::new(ProblemKind::PrivateKey, from.to_string(), reason));
    }
    true
}

impl Batch {
    /// Opens what needs a password. `password` is asked for one, by the file's place, until one opens it or there is none left;
    /// keys that lie in the file are dropped.
    pub fn unlock(&mut self, password: &mut dyn FnMut(&str) -> Option<Zeroizing<String>>) {
        for Locked { origin, der } in std::mem::take(&mut self.locked) {
            let place = origin.to_string();
            let mut said = None;
            while let Some(tried) = password(&place) {
                match open(&der, tried, &origin, self) {
                    Ok(()) => {
                        self.problems.retain(|problem| problem.kind != ProblemKind::Locked || problem.place != place);
                        said = None;
                        break;
                    }
                    Err(Closed::WrongPassword) => said = Some("PKCS#12: the password is wrong".to_owned()),
                    Err(Closed::Unreadable(reason)) => {
                        said = Some(reason);
                        break;
                    }
                }
            }
            if let (Some(said), Some(problem)) =
                (said, self.problems.iter_mut().find(|problem| problem.kind == ProblemKind::Locked && problem.place == place))
            {
                problem.reason = said;
            }
        }
    }
}

#[cfg(not(feature = "pkcs12"))]
fn open(_: &[u8], _: Zeroizing<String>, _: &Origin, _: &mut Batch) -> Result<(), Closed> {
    Err(Closed::Unreadable("PKCS#12, which this build does not read (feature `pkcs12`)".to_owned()))
}
