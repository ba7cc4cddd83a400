//! Does the program behave in a real terminal: its keys, signals, sizes and charsets, OSC 52, and a server that is silent?

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use pty::{Pty, is_fingerprint_of};

mod ending;
mod keyboard;
mod password;
mod plain;
mod probe;
#[path = "../pty/mod.rs"]
mod pty;
#[path = "../support/mod.rs"]
mod support;
mod tabs;
mod terms;

const SAMPLE: &str = "lets-encrypt-2024";
const SIZE: (u16, u16) = (80, 24);
const END: &[u8] = b"\x1b[F";
const ESCAPE: &[u8] = b"\x1b";
const CTRL_L: &[u8] = b"\x0c";
const CTRL_Z: &[u8] = b"\x1a";

/// The default sample, all its signatures checked.
fn opened(args: &[&str], env: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::spawn(args, env, SIZE);
    pty.wait_until("the sample, checked", |pty| pty.shows("PATH 1/3 VALID") && pty.shows("2 other paths valid") && pty.shows("t time"));
    pty
}

/// Whether the screen is what `tests/frames` holds, but for the last two rows.
fn shows_the_whole_frame(pty: &Pty) -> bool {
    let frame = include_str!("../frames/lets-encrypt-2024-80x24.txt");
    pty.text().lines().take(22).eq(frame.lines().take(22)) && pty.shows("? help")
}

fn quit(mut pty: Pty) {
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_restored();
}

/// The parameters of every SGR sequence.
fn sgr(raw: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let mut out = Vec::new();
    for sequence in text.split("\x1b[").skip(1) {
        let end = sequence.find(|character: char| ('\x40'..='\x7e').contains(&character)).unwrap_or(sequence.len());
        if sequence[end..].starts_with('m') {
            out.extend(sequence[..end].split([';', ':']).map(|number| number.parse().unwrap_or(0)));
        }
    }
    out
}

fn is_color(parameter: u16) -> bool {
    matches!(parameter, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

#[test]
fn the_default_sample_opens_and_answers_its_keys() {
    let mut pty = opened(&[], &[]);
    assert!(pty.shows(&format!("sample {SAMPLE}")));
    assert!(pty.shows("built-in sample"));
    assert!(pty.screen().alternate_screen());
    pty.send(b"p");
    pty.wait_for("PATH 2/3");
    assert!(!pty.shows("INVALID"));
    pty.send(b"t");
    pty.wait_for(" TIME ");
    pty.send(END);
    pty.wait_for("INVALID");
    pty.send(ESCAPE);
    pty.wait_until("the time's hints gone", |pty| !pty.shows(" TIME "));
    pty.send(b"?");
    pty.wait_for("Keys");
    pty.send(ESCAPE);
    pty.wait_until("the help gone", |pty| !pty.shows("Keys"));
    // The diagram had the whole screen; Escape gives the details their part, and then finds nothing more to close.
    pty.send(ESCAPE);
    pty.wait_for("1 Fields");
    pty.send(ESCAPE);
    pty.wait_for("q quits, ? lists the keys");
    pty.send(ESCAPE);
    pty.send(ESCAPE);
    // Still alive: it answers.
    pty.send(b"?");
    pty.wait_for("Keys");
    // What is typed narrows the list; Enter does what it finds.
    pty.send(b"next path");
    pty.wait_until("the action", |pty| pty.shows("choose the next path") && !pty.shows("this list"));
    pty.send(b"\r");
    pty.wait_for("PATH 3/3");
    quit(pty);
}

#[test]
fn a_redraw_brings_back_what_was_wiped() {
    let mut pty = opened(&[], &[]);
    pty.wait_until("the whole frame", |pty| shows_the_whole_frame(pty));
    let drawn = pty.raw().len();
    pty.send(CTRL_L);
    pty.wait_until("all drawn anew", |pty| {
        let anew = String::from_utf8_lossy(&pty.raw()[drawn..]).into_owned();
        anew.contains("\x1b[2J") && anew.contains("letsencrypt.org") && shows_the_whole_frame(pty)
    });
    quit(pty);
}

/// A stack that no system has room for stands for one that has no thread left.
#[test]
fn a_system_without_threads_is_said_and_no_panic() {
    let mut pty = Pty::spawn(&[], &[("RUST_MIN_STACK", "1000000000000000000")], SIZE);
    assert_eq!(pty.exit_code(), 2);
    pty.assert_restored();
    assert!(pty.shows("crossroots: ") && !pty.shows("panicked"), "{}", pty.text());
}

#[test]
fn ctrl_z_gives_the_terminal_back_until_it_is_continued() {
    let mut pty = opened(&[], &[]);
    pty.wait_until("the whole frame", |pty| shows_the_whole_frame(pty));
    for _ in 0..2 {
        pty.send(CTRL_Z);
        // It stops itself by SIGSTOP, which counts in an orphaned process group too; SIGTSTP would not.
        pty.wait_until("a stopped process", is_stopped);
        pty.wait_until("the main screen", |pty| !pty.screen().alternate_screen());
        pty.assert_restored();
        pty.signal("CONT");
        pty.wait_until("the frame again", |pty| pty.screen().alternate_screen() && shows_the_whole_frame(pty));
        assert!(pty.screen().bracketed_paste());
    }
    pty.send(b"p");
    pty.wait_for("PATH 2/3");
    quit(pty);
}

fn is_stopped(pty: &mut Pty) -> bool {
    let listed = Command::new("ps").args(["-o", "state=", "-p", &pty.process().to_string()]).output().unwrap();
    String::from_utf8_lossy(&listed.stdout).trim().starts_with('T')
}

#[test]
fn no_color_sends_no_color_and_keeps_what_else_stands_out() {
    let mut colored = opened(&[], &[]);
    assert!(sgr(colored.raw()).into_iter().any(is_color));
    colored.send(b"q");
    assert_eq!(colored.exit_code(), 0);

    let mut pty = opened(&[], &[("NO_COLOR", "1")]);
    let (rows, columns) = (SIZE.1, SIZE.0);
    let cells = |pty: &Pty, wanted: fn(&vt100::Cell) -> bool| {
        (0..rows).any(|row| (0..columns).any(|column| pty.screen().cell(row, column).is_some_and(wanted)))
    };
    // The sign that the time is simulated, and the titles.
    pty.wait_until("something reversed and something bold", |pty| cells(pty, vt100::Cell::inverse) && cells(pty, vt100::Cell::bold));
    pty.send(b"?");
    pty.wait_for("Keys");
    pty.send(ESCAPE);
    pty.wait_until("the help gone", |pty| !pty.shows("Keys"));
    assert!(!sgr(pty.raw()).into_iter().any(is_color), "{:?}", sgr(pty.raw()));
    quit(pty);
}

#[test]
fn color_always_counts_more_than_no_color() {
    let pty = opened(&["--color", "always"], &[("NO_COLOR", "1")]);
    assert!(sgr(pty.raw()).into_iter().any(is_color));
    quit(pty);
}

#[test]
fn ascii_sends_nothing_else() {
    for (args, env) in [(&["--ascii"][..], &[][..]), (&[], &[("LANG", "C")])] {
        let mut pty = opened(args, env);
        assert!(pty.shows("+- ISRG Root X1 -"));
        assert!(pty.shows("| v self-signed"));
        for (keys, seen) in [("?", "Keys"), ("y", "Copy"), ("t", " TIME ")] {
            pty.send(keys.as_bytes());
            pty.wait_for(seen);
            pty.send(ESCAPE);
            pty.wait_until("that closed", |pty| !pty.shows(seen));
        }
        let foreign: Vec<u8> = pty.raw().iter().copied().filter(|byte| !byte.is_ascii()).collect();
        assert!(foreign.is_empty(), "{}", String::from_utf8_lossy(&foreign));
        quit(pty);
    }
}

#[test]
fn a_wider_terminal_is_used() {
    let mut pty = opened(&[], &[]);
    assert!(!pty.shows("certificates │"));
    pty.resize((120, 40));
    // The counts are shown where there is room for them.
    pty.wait_for("certificates │");
    pty.wait_until("the hints on the last row", |pty| pty.screen().rows(0, 120).nth(39).is_some_and(|row| row.contains("? help")));
    let widest = pty.screen().rows(0, 120).map(|row| row.trim_end().chars().count()).max().unwrap();
    assert!(widest > 80, "{widest}");
    quit(pty);
}

#[test]
fn without_a_desktop_the_terminal_is_given_the_copy() {
    // Over SSH the desktop is not asked, even where one is named.
    for env in [&[][..], &[("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22")]] {
        let mut pty = opened(&[], env);
        pty.send(b"y");
        pty.wait_for("Copy");
        pty.send(b"s");
        pty.wait_for("copied through the terminal (OSC 52): SHA-256 fingerprint");
        let given = pty.given_to_clipboard();
        assert_eq!(given.len(), 1);
        let text = String::from_utf8(STANDARD.decode(&given[0]).unwrap()).unwrap();
        assert!(is_fingerprint_of(SAMPLE, &text), "{text}");
        quit(pty);
    }
}

/// What came by standard input is there when it is read again, also beside a server.
#[test]
fn standard_input_is_kept_for_a_reload() {
    let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    for besides in ["", &refused] {
        let line = format!("exec \"$0\" - {besides} < samples/{SAMPLE}/leaf.pem");
        let mut pty = Pty::of("sh".as_ref(), &["-c", &line, env!("CARGO_BIN_EXE_crossroots")], &[], SIZE);
        pty.wait_for("PATH 1/");
        pty.send(b"R");
        pty.wait_for("reloaded: nothing changed");
        quit(pty);
    }
}

/// Accepts, keeps the connection open, and says nothing. What it accepted comes out of the channel.
fn silent_peer() -> (String, Receiver<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, accepted) = channel();
    std::thread::spawn(move || {
        while let Ok((socket, _)) = listener.accept() {
            if sender.send(socket).is_err() {
                break;
            }
        }
    });
    (address, accepted)
}

#[test]
fn a_silent_server_is_waited_for_on_a_live_screen_and_then_given_up() {
    let (address, _accepted) = silent_peer();
    let mut pty = Pty::spawn(&[&address, "--timeout", "1"], &[], SIZE);
    pty.wait_for("waiting for the handshake");
    pty.resize((120, 40));
    pty.wait_until("the hint on the new last row, or the end of waiting", |pty| {
        pty.screen().rows(0, 120).nth(39).is_some_and(|row| row.contains("q quits"))
    });
    pty.wait_for("timed out after 1 s while waiting for the handshake");
    assert!(pty.shows(&address));
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 3);
    pty.assert_restored();
}

#[test]
fn escape_gives_up_a_silent_server_at_once() {
    let (address, _accepted) = silent_peer();
    let mut pty = Pty::spawn(&[&address, "--timeout", "60"], &[], SIZE);
    pty.wait_for("waiting for the handshake");
    pty.resize((120, 40));
    pty.wait_until("the hints on the new last row, while waiting", |pty| {
        pty.screen().rows(0, 120).nth(39).is_some_and(|row| row.contains("Esc gives up"))
    });
    pty.send(ESCAPE);
    pty.wait_for("cancelled");
    assert!(!pty.shows("Esc gives up"));
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 3);
    pty.assert_restored();
}
