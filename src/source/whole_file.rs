//! How is a file read whole, whatever stands at its path, without waiting for ever?
//!
//! Regular files, and pipes that somebody writes to: `<(command)`, a FIFO, `/dev/stdin`. A pipe is read for `PATIENCE`, and given up
//! after `GRACE` where nobody has opened its other end. Folders, sockets and devices are refused; `/dev/null` is an empty file.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::cert::escape;

/// How long the whole of a pipe may take: a command that fetches what it writes needs seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long nobody may have the other end of a pipe open: a command started at the same time as this program opens it at once.
const GRACE: Duration = Duration::from_secs(1);

/// Why a file was not read, in words that follow its name. They are escaped.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{}", io_words(.0))]
    Io(#[from] io::Error),
    #[error("more than {limit} bytes, the limit for one file; not read")]
    TooLarge { limit: u64 },
    #[error("changed while it was read; read it again")]
    Changing,
    /// `0` is what was found: "a device".
    #[error("{0}, not read; expected a file or a pipe")]
    NotAFile(&'static str),
    #[error("a pipe that no program writes to; expected a file, or a pipe with a writer")]
    NoWriter,
    #[error("a pipe that was not closed within {} s; not read", PATIENCE.as_secs())]
    Unfinished,
}

/// The bytes of the file at `path`, of at most `limit` bytes.
pub fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut content = Vec::new();
    read_into(path, limit, &mut content)?;
    Ok(content)
}

/// The same for a secret: overwritten when it is dropped, and never moved, so that no copy is left behind.
pub(super) fn read_secret(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let room = usize::try_from(limit).unwrap_or_default().saturating_add(READ_AT_ONCE);
    let mut content = Zeroizing::new(Vec::with_capacity(room));
    read_into(path, limit, &mut content)?;
    Ok(content)
}

const READ_AT_ONCE: usize = 1 << 16;

fn read_into(path: &Path, limit: u64, content: &mut Vec<u8>) -> Result<(), FileError> {
    // Before opening: to open a device may do something.
    match kind(&std::fs::metadata(path)?) {
        FileKind::Nothing => return Ok(()),
        FileKind::Other(words) => return Err(FileError::NotAFile(words)),
        FileKind::File | FileKind::Pipe => {}
    }
    let file = open(path)?;
    let metadata = file.metadata()?;
    match kind(&metadata) {
        FileKind::Nothing => Ok(()),
        FileKind::Other(words) => Err(FileError::NotAFile(words)),
        FileKind::Pipe => pipe::read(&file, limit, content),
        FileKind::File if metadata.len() > limit => Err(FileError::TooLarge { limit }),
        FileKind::File => {
            (&file).take(limit.saturating_add(1)).read_to_end(content)?;
            let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
            if length > limit {
                return Err(FileError::TooLarge { limit });
            }
            // Read while another program writes it, a file may end anywhere.
            if file.metadata()?.len() == length { Ok(()) } else { Err(FileError::Changing) }
        }
    }
}

enum FileKind {
    File,
    Pipe,
    /// `/dev/null`.
    Nothing,
    /// In words.
    Other(&'static str),
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> FileKind {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
    let kind = metadata.file_type();
    let is_null = || std::fs::metadata("/dev/null").is_ok_and(|null| null.rdev() == metadata.rdev());
    match kind {
        kind if kind.is_file() => FileKind::File,
        kind if kind.is_fifo() => FileKind::Pipe,
        kind if kind.is_char_device() && is_null() => FileKind::Nothing,
        kind if kind.is_socket() => FileKind::Other("a socket"),
        kind if kind.is_char_device() || kind.is_block_device() => FileKind::Other("a device"),
        kind => FileKind::Other(words(kind)),
    }
}

#[cfg(not(unix))]
fn kind(metadata: &Metadata) -> FileKind {
    if metadata.is_file() { FileKind::File } else { FileKind::Other(words(metadata.file_type())) }
}

fn words(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "something special" }
}

/// Without waiting for the other end of a pipe, and without making a terminal this process's own.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
mod pipe {
    use std::fs::File;
    use std::io::{ErrorKind, Read as _};
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::{FileError, GRACE, PATIENCE, READ_AT_ONCE};

    const LOOK_AGAIN: Duration = Duration::from_millis(50);

    /// Reads to the end that the last writer makes.
    pub fn read(mut file: &File, limit: u64, content: &mut Vec<u8>) -> Result<(), FileError> {
        let start = Instant::now();
        let mut has_writer = false;
        loop {
            let patience = if has_writer { PATIENCE } else { GRACE };
            let Some(left) = patience.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
                return Err(if has_writer { FileError::Unfinished } else { FileError::NoWriter });
            };
            let is_ready = is_ready(file, left)?;
            let length = content.len();
            content.resize(length + READ_AT_ONCE, 0);
            let read = file.read(&mut content[length..]);
            content.truncate(length + read.as_ref().map_or(0, |read| *read));
            match read {
                Ok(0) if has_writer => return Ok(()),
                // One came and left again; else there was none yet.
                Ok(0) if is_ready => return Err(FileError::NoWriter),
                Ok(0) => {}
                Ok(_) if u64::try_from(content.len()).is_ok_and(|length| length > limit) => return Err(FileError::TooLarge { limit }),
                Ok(_) => has_writer = true,
                Err(error) if error.kind() == ErrorKind::WouldBlock => has_writer = true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn is_ready(file: &File, left: Duration) -> Result<bool, FileError> {
        // In steps, so that a writer that comes and says nothing is noticed before the grace is over.
        let step = Timespec { tv_sec: 0, tv_nsec: left.min(LOOK_AGAIN).subsec_nanos().into() };
        match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&step)) {
            Ok(ready) => Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(error) => Err(FileError::Io(error.into())),
        }
    }
}

#[cfg(not(unix))]
mod pipe {
    use std::fs::File;

    use super::FileError;

    pub fn read(_: &File, _: u64, _: &mut Vec<u8>) -> Result<(), FileError> {
        Err(FileError::NoWriter)
    }
}

/// Escaped.
pub(super) fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => escape(&error.to_string()),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::fd::AsRawFd as _;
    use std::path::PathBuf;

    use super::*;

    fn fifo(folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("fifo");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }

    fn said(path: &Path) -> String {
        read_whole(path, 1_000).map_or_else(|error| error.to_string(), |content| String::from_utf8_lossy(&content).into_owned())
    }

    #[test]
    fn what_is_no_file_is_refused_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(said(&socket), "a socket, not read; expected a file or a pipe");
        assert_eq!(said(Path::new("/dev/zero")), "a device, not read; expected a file or a pipe");
        assert_eq!(said(folder.path()), "a folder, not read; expected a file or a pipe");
        assert_eq!(said(&folder.path().join("absent")), "no such file or folder");
        assert_eq!(said(Path::new("/dev/null")), "");
    }

    #[test]
    fn a_pipe_without_a_writer_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(said(&fifo(&folder)), "a pipe that no program writes to; expected a file, or a pipe with a writer");
    }

    #[test]
    fn a_pipe_is_read_to_the_end_its_writer_makes_and_not_beyond_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = fifo(&folder);
        for (bytes, expected) in [(3, "xxx".to_owned()), (1_001, FileError::TooLarge { limit: 1_000 }.to_string())] {
            let path = path.clone();
            let writer = std::thread::spawn({
                let path = path.clone();
                move || {
                    let mut file = OpenOptions::new().write(true).open(path).unwrap();
                    // The first byte comes late, when a reader that takes no data for the end would be gone.
                    std::thread::sleep(Duration::from_millis(100));
                    file.write_all(&vec![b'x'; bytes]).unwrap();
                }
            });
            assert_eq!(said(&path), expected);
            writer.join().unwrap();
        }
        // As the shell passes `<(command)`.
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"said").unwrap();
        drop(writer);
        assert_eq!(said(Path::new(&format!("/dev/fd/{}", reader.as_raw_fd()))), "said");
    }

    #[test]
    fn a_secret_is_read_without_being_moved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        fs::write(&path, [b'x'; 1_000]).unwrap();
        let secret = read_secret(&path, 1_000).unwrap();
        assert_eq!((secret.len(), secret.capacity()), (1_000, 1_000 + READ_AT_ONCE));
        assert!(matches!(read_secret(&path, 999), Err(FileError::TooLarge { limit: 999 })));
    }
}
