//! What does a path hold? A file, or a folder, of which all files are read in the order of their names.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, io};

use super::batch::{Batch, Problem, ProblemKind};
use super::file::{ReadLimits, display, read_file, unreadable};
use super::step::Step;

/// Files between two words of progress: some milliseconds of reading.
const FILES_A_STEP: usize = 64;

/// Reads a file, or a folder with everything under it. What cannot be read is in the batch's problems.
pub fn read_path(path: &Path, limits: &ReadLimits) -> Batch {
    read_until(&AtomicBool::new(false), path, limits, &|_| {})
}

/// The same; `progress` hears now and then how far a folder is read, which ends before the next file once it is cancelled.
pub(super) fn read_until(cancelled: &AtomicBool, path: &Path, limits: &ReadLimits, progress: &dyn Fn(Step)) -> Batch {
    match fs::metadata(path) {
        Err(error) => Batch::failed(unreadable(path, &error)),
        Ok(metadata) if metadata.is_dir() => read(cancelled, path, limits, progress),
        Ok(_) => read_file(path, limits.file).0,
    }
}

/// Reads every file under `folder`. A subfolder that is reached again through a symbolic link is read once. Files that hold
/// no certificate, nor anything that was meant to be one, are only counted.
fn read(cancelled: &AtomicBool, folder: &Path, limits: &ReadLimits, progress: &dyn Fn(Step)) -> Batch {
    let mut batch = Batch::default();
    let mut visited = HashSet::new();
    // The next path to read is the last.
    let mut waiting = vec![folder.to_owned()];
    let (mut seen, mut left) = (0, limits.total);
    while let Some(path) = waiting.pop() {
        if cancelled.load(Ordering::Relaxed) {
            // Whoever cancelled it does not look; what is not whole says so all the same.
            batch.report(Problem::new(ProblemKind::NotRead, display(&path), "this and what follows was not read: it was given up"));
            break;
        }
        if seen > limits.files || left == 0 {
            batch.report(stopped(&path, limits, left == 0));
            break;
        }
        seen += 1;
        if seen % FILES_A_STEP == 0 {
            progress(Step::Reading { files: seen, certificates: batch.certificates.len() });
        }
        match fs::metadata(&path) {
            Err(error) => batch.report(unreadable(&path, &error)),
            Ok(metadata) if metadata.is_dir() => match entries(&path, limits, &mut visited) {
                Ok(paths) => waiting.extend(paths.into_iter().rev()),
                Err(error) => batch.report(unreadable(&path, &error)),
            },
            Ok(metadata) if metadata.is_file() => {
                let (file, read) = read_file(&path, limits.file);
                left = left.saturating_sub(u64::try_from(read.len()).unwrap_or(u64::MAX));
                if file.is_something_else() {
                    batch.skipped += 1;
                    batch.keep_beside(file);
                } else {
                    batch.append(file);
                }
            }
            // FIFOs, sockets, devices: opening one may block or do something.
            Ok(_) => batch.skipped += 1,
        }
    }
    if batch.is_empty() {
        let reason = format!("no certificate under this folder; other files: {}", batch.skipped);
        batch.report(Problem::new(ProblemKind::NotRead, display(folder), reason));
    }
    batch
}

/// What stands in a folder, sorted by name; nothing for a folder that was visited before.
fn entries(folder: &Path, limits: &ReadLimits, visited: &mut HashSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    if !visited.insert(folder.canonicalize()?) {
        return Ok(Vec::new());
    }
    // One more than may be read, so that the reading notices that it stopped.
    let listed = fs::read_dir(folder)?.take(limits.files.saturating_add(1));
    let mut paths = listed.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn stopped(path: &Path, limits: &ReadLimits, by_size: bool) -> Problem {
    let limit = if by_size { format!("{} bytes", limits.total) } else { format!("{} files and folders", limits.files) };
    Problem::new(ProblemKind::Limit, display(path), format!("this and what follows was not read: the limit is {limit} for one folder"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(name: &str) -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap().pem()
    }

    /// b.pem, sub/a.der.pem (two certificates), key.pem, notes.txt, broken.pem, z.pem
    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        write("b.pem", &made("b.test"));
        write("sub/a.pem", &(made("a.test") + &made("a2.test")));
        write("key.pem", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n");
        write("notes.txt", "hello");
        write("empty", "");
        write("broken.pem", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
        write("z.pem", &made("z.test"));
        folder
    }

    fn read(folder: &Path, limits: &ReadLimits, progress: &dyn Fn(Step)) -> Batch {
        super::read(&AtomicBool::new(false), folder, limits, progress)
    }

    fn origins(folder: &tempfile::TempDir, batch: &Batch) -> Vec<String> {
        let root = format!("{}/", folder.path().display());
        batch.certificates.iter().map(|found| found.origin.to_string().replace(&root, "")).collect()
    }

    fn problems(folder: &tempfile::TempDir, batch: &Batch) -> Vec<String> {
        let root = format!("{}/", folder.path().display());
        batch.problems.iter().map(|problem| problem.to_string().replace(&root, "")).collect()
    }

    #[test]
    fn files_are_read_in_the_order_of_their_names() {
        let folder = tree();
        let batch = read(folder.path(), &ReadLimits::default(), &|_| {});
        assert_eq!(origins(&folder, &batch), ["b.pem, block 1", "sub/a.pem, block 1", "sub/a.pem, block 2", "z.pem, block 1"]);
        assert_eq!(problems(&folder, &batch), ["broken.pem, block 1: line 2: '!' is not base64"]);
        assert_eq!(batch.skipped, 3);
    }

    #[test]
    fn how_far_it_is_read_is_told_now_and_then() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..2 * FILES_A_STEP {
            fs::write(folder.path().join(number.to_string()), "hello").unwrap();
        }
        let told = std::cell::RefCell::new(Vec::new());
        read(folder.path(), &ReadLimits::default(), &|step| told.borrow_mut().push(step.to_string()));
        assert_eq!(told.take(), ["64 files, 0 certificates so far", "128 files, 0 certificates so far"]);
    }

    #[test]
    fn what_is_given_up_ends_before_the_next_file_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..3 * FILES_A_STEP {
            fs::write(folder.path().join(format!("{number:03}")), made("a.test")).unwrap();
        }
        let (cancelled, told) = (AtomicBool::new(false), std::cell::Cell::new(0));
        let batch = super::read(&cancelled, folder.path(), &ReadLimits::default(), &|_| {
            told.set(told.get() + 1);
            cancelled.store(true, Ordering::Relaxed);
        });
        // The folder itself is the first that is seen.
        assert_eq!((told.get(), batch.certificates.len()), (1, FILES_A_STEP - 1));
        assert_eq!(problems(&folder, &batch), ["063: this and what follows was not read: it was given up"]);
    }

    #[test]
    fn limits_say_where_they_stopped() {
        let folder = tree();
        let few = read(folder.path(), &ReadLimits { files: 3, ..ReadLimits::default() }, &|_| {});
        assert_eq!(few.problems.last().map(|problem| problem.kind), Some(ProblemKind::Limit));
        let said = problems(&folder, &few);
        assert!(said.last().is_some_and(|last| last.ends_with("the limit is 3 files and folders for one folder")), "{said:?}");
        let size = fs::metadata(folder.path().join("b.pem")).unwrap().len();
        let small = read(folder.path(), &ReadLimits { total: size, ..ReadLimits::default() }, &|_| {});
        assert_eq!(origins(&folder, &small), ["b.pem, block 1"]);
        let words = format!("broken.pem: this and what follows was not read: the limit is {size} bytes for one folder");
        assert_eq!(problems(&folder, &small), [words]);
    }

    #[test]
    fn a_folder_without_certificates_says_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.txt"), "hello").unwrap();
        let said = read(folder.path(), &ReadLimits::default(), &|_| {}).problems;
        assert_eq!(said[0].reason, "no certificate under this folder; other files: 1");
    }

    #[cfg(unix)]
    #[test]
    fn linked_folders_are_read_once_and_dead_links_are_said() {
        let folder = tree();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/up")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("sub"), folder.path().join("zz")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dead")).unwrap();
        let batch = read(folder.path(), &ReadLimits::default(), &|_| {});
        assert_eq!(batch.certificates.len(), 4);
        assert!(problems(&folder, &batch).contains(&"dead: no such file or folder".to_owned()));
    }
}
