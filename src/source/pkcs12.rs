//! Which certificates does a PKCS#12 file hold (RFC 7292), and which password opens it?

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use zeroize::Zeroizing;

use super::batch::{Batch, Locked, Problem, ProblemKind};
use super::ber::{SEQUENCE, element, to_der};
use super::whole_file::read_secret;
use crate::cert::{Certificate, Origin, escape};

/// What is said of a file until a password opens it.
const LOCKED: &str = "PKCS#12, which needs a password: give it with --password-file FILE";
/// X.690 8.1.3.6: the length of what ends at an end mark.
const INDEFINITE: u8 = 0x80;
/// `version` of a PFX: an INTEGER of one byte, 3.
const VERSION: [u8; 3] = [2, 1, 3];

/// Passwords that are tried on one file. Each costs up to a second of key derivation.
pub const MAX_PASSWORDS: usize = 32;
/// How long one password may take on one file: how often a key is derived is its maker's choice, for every part anew. NSS's
/// 600,000 rounds take 0.1 s, and ten in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a file of passwords.
const MAX_PASSWORD_FILE: u64 = 1 << 16;

/// The passwords of a file, one a line; an empty line is none. An `Err` is in words that follow the file's name.
pub fn read_passwords(path: &Path) -> Result<Vec<Zeroizing<String>>, String> {
    let text = read_secret(path, MAX_PASSWORD_FILE).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&text).map_err(|_| "not text in UTF-8".to_owned())?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(|line| Zeroizing::new(line.to_owned())).collect())
}

#[derive(Debug, PartialEq, Eq)]
enum Closed {
    WrongPassword,
    Unreadable(String),
}

pub(super) fn is_pkcs12(bytes: &[u8]) -> bool {
    let start = match bytes {
        [SEQUENCE, 0..=0x80, ..] => 2,
        [SEQUENCE, octets @ 0x81..=0x84, ..] => 2 + usize::from(octets & 0x7f),
        _ => return false,
    };
    bytes.get(start..).and_then(|content| content.strip_prefix(&VERSION)).is_some_and(|content| content.starts_with(&[SEQUENCE]))
}

/// Reads what the empty password opens; else keeps the file for `Batch::unlock`. Returns how many bytes it has.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> Option<usize> {
    let Some((file, _)) = element(bytes) else {
        batch.report(Problem::new(ProblemKind::Broken, from.to_string(), "PKCS#12 that is cut short, not read"));
        return None;
    };
    match open(file.whole, Zeroizing::default(), from, batch) {
        Ok(()) => {}
        Err(Closed::WrongPassword) => {
            batch.report(Problem::new(ProblemKind::Locked, from.to_string(), LOCKED));
            batch.locked.push(Locked { origin: from.clone(), der: file.whole.to_vec() });
        }
        Err(Closed::Unreadable(reason)) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason)),
    }
    Some(file.whole.len())
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

/// The outcome of work that cannot be interrupted; `None` where it takes too long, and goes on for nobody until it ends or the program
/// does.
fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || sender.send(work()).ok()).ok()?;
    receiver.recv_timeout(PATIENCE).ok()
}

/// A file of Firefox, Chrome on Linux or old Java, whose lengths are indefinite, rewritten in DER. The MAC was made over what it was
/// before; it is left out, and a wrong password shows by what it decrypts to.
fn without_ber(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_indefinite = |bytes: &[u8]| bytes.starts_with(&[SEQUENCE, INDEFINITE]);
    let (file, _) = element(bytes)?;
    let (version, rest) = element(file.content)?;
    let (safe, _) = element(rest)?;
    if !is_indefinite(bytes) && !is_indefinite(safe.whole) {
        return None;
    }
    to_der(&[&[SEQUENCE, INDEFINITE], version.whole, safe.whole, &[0, 0]].concat())
}

fn open(der: &[u8], password: Zeroizing<String>, from: &Origin, batch: &mut Batch) -> Result<(), Closed> {
    let file = der.to_vec();
    let archive = in_time(move || {
        Pkcs12Archive::from_pkcs12(&file, &password).or_else(|error| match without_ber(&file) {
            Some(der) => Pkcs12Archive::from_pkcs12(&der, &password),
            None => Err(error),
        })
    });
    let Some(archive) = archive else {
        let seconds = PATIENCE.as_secs();
        return Err(Closed::Unreadable(format!("PKCS#12: trying a password takes more than {seconds} s, which its maker chose; not read")));
    };
    let archive = archive.map_err(|error| match error {
        // Without a MAC a wrong password is noticed by what it decrypts to.
        Error::MacError(_) | Error::UnpadError => Closed::WrongPassword,
        Error::Pkcs5Error(words) if words.contains("decrypt") => Closed::WrongPassword,
        Error::UnsupportedEncryptionScheme | Error::UnsupportedMacAlgorithm => {
            Closed::Unreadable("PKCS#12, encrypted in a way that is not known here, not read".to_owned())
        }
        Error::InvalidParameters => Closed::Unreadable("PKCS#12 that wants more work on its password than is done here".to_owned()),
        other => Closed::Unreadable(format!("PKCS#12: {}", escape(&other.to_string()))),
    })?;
    for bag in &archive.certs {
        match Certificate::from_der(bag.cert.as_der()) {
            Ok(certificate) => batch.certificates.push((certificate, from.clone())),
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), error.to_string())),
        }
    }
    if !archive.keys.is_empty() {
        let reason = format!("private keys, not read: {}", archive.keys.len());
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), reason));
    }
    if archive.certs.is_empty() {
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "PKCS#12 without a certificate"));
    }
    Ok(())
}
