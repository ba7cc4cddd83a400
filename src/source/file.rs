//! How is a file or standard input read without trusting its size or its kind?

use std::io::{self, Read};
use std::path::Path;

use super::batch::{Batch, Problem, ProblemKind};
use super::bytes;
use super::whole_file::{FileError, io_words, read_whole};
use crate::cert::{Origin, escape};

/// Bytes of one file. All certificates of the public Web PKI are 3 MB of PEM; a CCADB export with PEM is below 30 MB.
pub const MAX_FILE: u64 = 64 << 20;

/// Files of one folder. The public Web PKI as a file per certificate is below 2,000; the largest test corpora are near this.
pub const MAX_FILES: usize = 50_000;

/// Bytes of all files of one folder: a person who names the wrong folder waits seconds, not minutes.
pub const MAX_TOTAL: u64 = 1 << 30;

/// How much is read of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of one file, or of standard input.
    pub file: u64,
    /// Files (and subfolders) of one folder, counted through all its depths.
    pub files: usize,
    /// Bytes of all files of one folder.
    pub total: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { file: MAX_FILE, files: MAX_FILES, total: MAX_TOTAL }
    }
}

/// Reads standard input to its end.
pub fn read_stdin(limits: &ReadLimits) -> Batch {
    match read_bounded(io::stdin().lock(), limits.file) {
        Ok(content) => bytes::read(&content, &|block| Origin::Stdin { block }),
        Err(error) => Batch::failed(Problem::new(kind(&error), Origin::Stdin { block: None }.to_string(), error.to_string())),
    }
}

/// Reads one file; also gives its bytes, which are none where it could not be read.
pub(super) fn read_file(path: &Path, limit: u64) -> (Batch, Vec<u8>) {
    let name = display(path);
    match read_whole(path, limit) {
        Ok(content) => (bytes::read(&content, &|block| Origin::File { path: name.clone(), block }), content),
        Err(error) => (Batch::failed(Problem::new(kind(&error), name, error.to_string())), Vec::new()),
    }
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(ProblemKind::Broken, display(path), io_words(error))
}

pub(super) fn display(path: &Path) -> String {
    escape(&path.to_string_lossy())
}

fn kind(error: &FileError) -> ProblemKind {
    if matches!(error, FileError::TooLarge { .. }) { ProblemKind::Limit } else { ProblemKind::Broken }
}

/// Reads to the end but never more than one byte over `limit`, whatever size was promised.
pub(super) fn read_bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut content = Vec::new();
    let read = reader.take(limit.saturating_add(1)).read_to_end(&mut content)?;
    if u64::try_from(read).is_ok_and(|read| read <= limit) { Ok(content) } else { Err(FileError::TooLarge { limit }) }
}

#[cfg(test)]
mod tests {
    use super::super::folder::read_path;
    use std::fs;

    use super::*;

    fn said(path: &Path, limits: &ReadLimits) -> Vec<(ProblemKind, String)> {
        read_path(path, limits).problems.into_iter().map(|problem| (problem.kind, problem.reason)).collect()
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (absent, large) = (folder.path().join("absent"), folder.path().join("large"));
        fs::write(&large, [b'x'; 100]).unwrap();
        let limits = ReadLimits { file: 99, ..ReadLimits::default() };
        assert_eq!(said(&absent, &limits), [(ProblemKind::Broken, "no such file or folder".to_owned())]);
        let words = "more than 99 bytes, the limit for one file; not read".to_owned();
        assert_eq!(said(&large, &limits), [(ProblemKind::Limit, words)]);
        assert_eq!(read_path(&absent, &limits).problems[0].place, absent.to_string_lossy());
    }

    #[test]
    fn an_endless_reader_ends_at_the_limit() {
        assert!(matches!(read_bounded(io::repeat(b'x'), 1_000), Err(FileError::TooLarge { limit: 1_000 })));
        assert_eq!(read_bounded(io::repeat(b'x').take(1_000), 1_000).unwrap().len(), 1_000);
    }

    #[test]
    fn no_permission_is_said_in_words() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(unreadable(Path::new("a\x1b.pem"), &error).to_string(), r"a\u{1b}.pem: no permission to read it");
    }
}
