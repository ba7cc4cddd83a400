//! Does a copy reach the desktop's clipboard? With an X server that draws nowhere, where Xvfb and xclip are installed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};

use pty::{Pty, is_fingerprint_of};

mod pty;

const SAMPLE: &str = "lets-encrypt-2024";

/// An X server, gone when this is dropped, on a panic too.
struct Desktop {
    server: Child,
    display: String,
}

impl Desktop {
    /// `None` where the machine has none, with the reason on standard error.
    fn start() -> Option<Self> {
        if let Err(error) = Command::new("xclip").arg("-version").output() {
            eprintln!("skipped: xclip: {error}");
            return None;
        }
        let arguments = ["-displayfd", "1", "-screen", "0", "640x480x8", "-nolisten", "tcp"];
        let started = Command::new("Xvfb").args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let server = match started {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                eprintln!("skipped: Xvfb: {error}");
                return None;
            }
            started => started.unwrap(),
        };
        let mut desktop = Self { server, display: String::new() };
        let mut number = String::new();
        // It writes its number once it listens; if it cannot start, it ends, and that ends the reading.
        BufReader::new(desktop.server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb did not start");
        desktop.display = format!(":{}", number.trim());
        Some(desktop)
    }

    fn clipboard(&self) -> String {
        let read = Command::new("xclip").args(["-o", "-selection", "clipboard"]).env("DISPLAY", &self.display).output().unwrap();
        assert!(read.status.success(), "xclip: {}", String::from_utf8_lossy(&read.stderr));
        String::from_utf8(read.stdout).unwrap()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

fn copied(env: &[(&str, &str)], answer: &str) -> Pty {
    let mut pty = Pty::spawn(&[], env, (80, 24));
    pty.wait_for("PATH 1/3 VALID");
    pty.send(b"y");
    pty.wait_for("Copy");
    pty.send(b"s");
    pty.wait_for(answer);
    pty
}

#[test]
fn a_copy_is_on_the_desktop_while_the_program_runs() {
    let Some(desktop) = Desktop::start() else { return };
    let mut pty = copied(&[("DISPLAY", &desktop.display)], "copied SHA-256 fingerprint");
    let text = desktop.clipboard();
    assert!(is_fingerprint_of(SAMPLE, &text), "{text}");
    assert!(pty.given_to_clipboard().is_empty(), "the terminal was given it as well");
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_restored();

    // Over SSH a desktop is there, too, but not where the person sits.
    let remote = [("DISPLAY", desktop.display.as_str()), ("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22")];
    let mut pty = copied(&remote, "copied through the terminal (OSC 52): SHA-256 fingerprint");
    assert_eq!(pty.given_to_clipboard().len(), 1);
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 0);
}
