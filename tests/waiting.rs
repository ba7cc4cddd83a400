//! Does the program end where a file that it is to read never does, or is none? A pipe that somebody writes to is read.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The grace that a pipe without a writer has, several times over, on a busy computer.
const PATIENCE: Duration = Duration::from_secs(10);
const LEAF: &str = "samples/lets-encrypt-2026/leaf.pem";

/// The exit code, and what it said on standard error and output.
fn run(arguments: &[&str], configuration: &Path) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossroots"))
        .args(arguments)
        .env("CROSSROOTS_CONFIG", configuration)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().unwrap();
                panic!("{arguments:?} waits for ever");
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let (mut said, mut out) = (String::new(), String::new());
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    (status.code(), said + &out)
}

/// Every option that names a file, and the file in the place of `FILE`.
const NAMED: [&[&str]; 10] = [
    &["report", "FILE"],
    &["report", "@FILE"],
    &["report", LEAF, "--trust", "ours=FILE"],
    &["report", LEAF, "--password-file", "FILE"],
    &["report", "127.0.0.1:1", "--timeout", "1", "--cert", "FILE", "--key", "FILE"],
    &["report", LEAF, "--ct-logs", "FILE"],
    &["report", LEAF, "--crl", "FILE"],
    &["report", LEAF, "--ocsp", "FILE"],
    &["report", LEAF, "--distrust", "FILE"],
    &["report", LEAF, "--pool", "FILE"],
];

fn with(arguments: &[&str], file: &Path) -> Vec<String> {
    arguments.iter().map(|argument| argument.replace("FILE", &file.to_string_lossy())).collect()
}

#[test]
fn what_never_ends_or_is_no_file_is_refused_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let pipe = "a pipe that no program writes to; expected a file, or a pipe with a writer";
    for (file, words) in [(fifo.as_path(), pipe), (Path::new("/dev/zero"), "a device, not read; expected a file or a pipe")] {
        for arguments in NAMED {
            let arguments = with(arguments, file);
            let (code, said) = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), Path::new(""));
            assert!(said.contains(words), "{arguments:?} says {said}");
            assert_ne!(code, Some(0), "{arguments:?}");
        }
        let (code, said) = run(&["report", LEAF], file);
        assert_eq!((code, said.trim()), (Some(2), format!("crossroots: {}: {words}", file.display()).as_str()));
    }
}

#[test]
fn a_folder_is_refused_where_a_file_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [NAMED[1], NAMED[3], NAMED[4], NAMED[5]] {
        let arguments = with(arguments, folder.path());
        let (code, said) = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), Path::new(""));
        assert!(said.contains("a folder, not read; expected a file or a pipe"), "{arguments:?} says {said}");
        assert_eq!(code, Some(2), "{arguments:?}");
    }
}

/// What a shell passes for `<(cat FILE)`: the name of a pipe that a program writes to and then closes.
#[test]
fn a_pipe_with_a_writer_is_read_as_an_input_and_as_a_store() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["input", "store"] {
        assert!(Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap().success());
    }
    let path = |name: &str| folder.path().join(name);
    let written = |name: &str, from: &str| {
        let (path, from) = (path(name), fs::read(from).unwrap());
        std::thread::spawn(move || fs::write(path, from).unwrap())
    };
    let writers = [written("input", LEAF), written("store", LEAF)];
    let store = format!("ours={}", path("store").display());
    let (code, said) = run(&["report", &path("input").to_string_lossy(), "--trust", &store, "--at", "2026-08-01"], Path::new(""));
    assert_eq!(code, Some(0), "{said}");
    writers.into_iter().for_each(|writer| writer.join().unwrap());
}
