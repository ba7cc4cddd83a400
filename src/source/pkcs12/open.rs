//! What does a password open?

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use p12_keystore::error::Error;
use p12_keystore::{Pkcs12Archive, PrivateKeyBag};
use zeroize::Zeroizing;

use super::super::batch::{Batch, Closed, Problem, ProblemKind};
use super::super::ber::{SEQUENCE, element, to_der};
use super::super::found::Found;
use super::bag::{entry, role};
use crate::cert::{Certificate, Origin, escape};

/// How long one password may take on one file: how often a key is derived is its maker's choice, for every part anew. NSS's
/// 600,000 rounds take 0.1 s, and ten in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(30);

/// X.690 8.1.3.6: the length of what ends at an end mark.
const INDEFINITE: u8 = 0x80;

/// Why work on a thread of its own gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undone {
    TooSlow,
    NoThread,
}

/// The outcome of work that cannot be interrupted. Where it takes too long it goes on for nobody until it ends or the program does.
fn in_time<T: Send + 'static>(thread: thread::Builder, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread.spawn(move || sender.send(work()).ok()).map_err(|_| Undone::NoThread)?;
    receiver.recv_timeout(PATIENCE).map_err(|_| Undone::TooSlow)
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

/// Reads the file that is the whole of `der` into `batch`, where `password` opens it.
pub(super) fn open(der: &[u8], password: Zeroizing<String>, from: &Origin, batch: &mut Batch) -> Result<(), Closed> {
    let file = der.to_vec();
    let archive = in_time(thread::Builder::new(), move || {
        Pkcs12Archive::from_pkcs12(&file, &password).or_else(|error| match without_ber(&file) {
            Some(der) => Pkcs12Archive::from_pkcs12(&der, &password),
            None => Err(error),
        })
    });
    let archive = archive.map_err(|undone| {
        Closed::Unreadable(match undone {
            Undone::TooSlow => {
                format!("PKCS#12: trying a password takes more than {} s, which its maker chose; not read", PATIENCE.as_secs())
            }
            Undone::NoThread => "PKCS#12: the system gave no thread to try a password in; not read".to_owned(),
        })
    })?;
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
    for (place, bag) in archive.certs.iter().enumerate() {
        let origin = from.clone().entry(entry(bag.friendly_name.as_deref(), place));
        let is_of = |key: &PrivateKeyBag| key.local_key_id.as_ref().is_some_and(|id| bag.local_key_id.as_ref() == Some(&id.0));
        let role = role(bag.trusted, !archive.keys.is_empty(), archive.keys.iter().any(is_of));
        match Certificate::from_der(bag.cert.as_der()) {
            Ok(certificate) => batch.certificates.push(Found::new(certificate, origin, role)),
            Err(error) => {
                batch.report(Problem::new(ProblemKind::Broken, origin.to_string(), error.to_string()).with(bag.cert.as_der()));
            }
        }
    }
    if !archive.keys.is_empty() {
        let reason = format!("private keys, not read: {}", archive.keys.len());
        batch.report(Problem::new(ProblemKind::PrivateKey, from.to_string(), reason));
    }
    if archive.certs.is_empty() {
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "PKCS#12 without a certificate"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_is_refused_is_not_taken_for_slow_work() {
        assert_eq!(in_time(thread::Builder::new().stack_size(1 << 60), || 1), Err(Undone::NoThread));
        assert_eq!(in_time(thread::Builder::new(), || 1), Ok(1));
    }
}
