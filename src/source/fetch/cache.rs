//! What was fetched before and still counts? One file for each document, in the user's cache directory. Whoever can write there can no
//! more than a server could: what is read is bounded and judged as if it had just come.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::wanted::{MAX_FRESH, MAX_URL, Wanted};
use crate::cert::{Fingerprint, Time};
use crate::source::whole_file::read_whole;

/// Files, and their bytes together; the oldest go first.
const MAX_ENTRIES: usize = 1_000;
const MAX_BYTES: u64 = 256 << 20;
/// Bytes of an entry before its body: the first line, and a URL.
const MAX_HEAD: usize = 64 + MAX_URL;
const FORM: &str = "crossroots-fetched-1";

/// A folder of documents that were fetched, a file each.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// What was kept, and when it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub body: Vec<u8>,
    pub fetched: Time,
}

impl Cache {
    /// In that folder, which is made when something is kept.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Under the user's cache directory (on Linux `$XDG_CACHE_HOME/crossroots/fetched`); `None` where the user has none.
    pub fn of_user() -> Option<Self> {
        let strategy = etcetera::choose_base_strategy().ok()?;
        Some(Self::at(strategy.cache_dir().join("crossroots").join("fetched")))
    }

    /// What is kept for `wanted` and fresh at `now`, of at most `limit` bytes.
    pub(super) fn load(&self, wanted: &Wanted, limit: usize, now: Time) -> Option<Kept> {
        let path = self.path(wanted);
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        let most = u64::try_from(limit.saturating_add(MAX_HEAD).saturating_add(1)).ok()?;
        let bytes = read_whole(&path, most).ok()?;
        let (first, rest) = line(&bytes)?;
        let (url, body) = line(rest)?;
        let words: Vec<&str> = first.split(' ').collect();
        let [FORM, fetched, until, length] = words[..] else { return None };
        let (fetched, until) = (fetched.parse::<i64>().ok()?, until.parse::<i64>().ok()?);
        let is_fresh = fetched <= now.0 && now.0 < until && until.saturating_sub(fetched) <= MAX_FRESH;
        let is_whole = length.parse() == Ok(body.len()) && body.len() <= limit;
        (is_fresh && is_whole && url == wanted.endpoint.url).then(|| Kept { body: body.to_vec(), fetched: Time(fetched) })
    }

    /// Keeps a document until `until`.
    pub(super) fn store(&self, wanted: &Wanted, body: &[u8], now: Time, until: Time) -> io::Result<()> {
        if wanted.endpoint.url.contains('\n') {
            return Ok(());
        }
        self.make_folder()?;
        self.make_room(body.len())?;
        let path = self.path(wanted);
        // Written whole or not at all: another process may read or write the same one.
        let draft = path.with_extension(format!("{}-draft", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        let head = format!("{FORM} {} {} {}\n{}\n", now.0, until.0, body.len(), wanted.endpoint.url);
        let written = file.write_all(head.as_bytes()).and_then(|()| file.write_all(body)).and_then(|()| fs::rename(&draft, &path));
        if written.is_err() {
            // The first error is the one to tell.
            drop(fs::remove_file(&draft));
        }
        written
    }

    fn make_folder(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)
    }

    /// Removes the oldest entries until another of `length` bytes fits.
    fn make_room(&self, length: usize) -> io::Result<()> {
        let mut entries: Vec<_> = fs::read_dir(&self.folder)?
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let metadata = entry.metadata().ok()?;
                metadata.is_file().then_some((metadata.modified().ok()?, metadata.len(), entry.path()))
            })
            .collect();
        entries.sort();
        let mut bytes: u64 = entries.iter().map(|(_, length, _)| length).sum::<u64>().saturating_add(length as u64);
        let mut count = entries.len() + 1;
        for (_, length, path) in entries {
            if count <= MAX_ENTRIES && bytes <= MAX_BYTES {
                break;
            }
            // Another thread or process may have been faster.
            drop(fs::remove_file(&path));
            (count, bytes) = (count - 1, bytes.saturating_sub(length));
        }
        Ok(())
    }

    fn path(&self, wanted: &Wanted) -> PathBuf {
        let mut key = format!("{}\n{}\n", wanted.endpoint.kind.word(), wanted.endpoint.url).into_bytes();
        key.extend_from_slice(wanted.request.as_deref().unwrap_or_default());
        self.folder.join(Fingerprint::of(&key).to_string())
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().take(MAX_HEAD).position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((std::str::from_utf8(line).ok()?, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cert::{Endpoint, EndpointKind};

    fn wanted(url: &str) -> Wanted {
        let endpoint = Endpoint { kind: EndpointKind::Crl, url: url.to_owned() };
        Wanted { endpoint, request: None, of: String::new() }
    }

    #[test]
    fn a_document_is_kept_for_its_time_and_under_its_url() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("a/b"));
        let one = wanted("http://a.test/1");
        assert_eq!(cache.load(&one, 9, Time(10)), None);
        cache.store(&one, b"body", Time(10), Time(20)).unwrap();
        assert_eq!(cache.load(&one, 9, Time(10)), Some(Kept { body: b"body".to_vec(), fetched: Time(10) }));
        assert_eq!(cache.load(&one, 9, Time(20)), None, "stale");
        assert_eq!(cache.load(&one, 9, Time(9)), None, "from the future");
        assert_eq!(cache.load(&one, 3, Time(10)), None, "too large");
        assert_eq!(cache.load(&wanted("http://a.test/2"), 9, Time(10)), None);
        let asked = Wanted { request: Some(vec![1]), ..one.clone() };
        assert_eq!(cache.load(&asked, 9, Time(10)), None, "another request");
        cache.store(&one, b"new", Time(12), Time(20)).unwrap();
        assert_eq!(cache.load(&one, 9, Time(12)).unwrap().body, b"new");
    }

    #[test]
    fn what_was_tampered_with_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let one = wanted("http://a.test/1");
        let head = |until: i64, length: usize, url: &str| format!("{FORM} 10 {until} {length}\n{url}\n");
        for (content, is_taken) in [
            (head(20, 4, "http://a.test/1") + "body", true),
            (head(20, 5, "http://a.test/1") + "body", false),
            (head(20, 4, "http://a.test/2") + "body", false),
            (head(10 + MAX_FRESH + 1, 4, "http://a.test/1") + "body", false),
            ("x".repeat(20_000), false),
            (String::new(), false),
        ] {
            fs::write(cache.path(&one), &content).unwrap();
            assert_eq!(cache.load(&one, 9, Time(10)).is_some(), is_taken, "{content:.60}");
        }
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        for number in 0..MAX_ENTRIES + 5 {
            fs::write(folder.path().join(format!("{number:05}")), b"x").unwrap();
        }
        cache.store(&wanted("http://a.test/1"), b"body", Time(10), Time(20)).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), MAX_ENTRIES);
        assert!(cache.load(&wanted("http://a.test/1"), 9, Time(10)).is_some());
    }
}
