//! Is the walk line by line plain in a real terminal: no screen taken over, no sequences but for a copy?

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::pty::Pty;
use super::{SAMPLE, is_fingerprint_of};

/// Tall enough that nothing of a session is scrolled away.
const PAPER: (u16, u16) = (120, 200);

fn walk(args: &[&str], env: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::spawn(args, env, PAPER);
    pty.wait_until("the prompt", |pty| pty.shows("? lists the commands") && pty.text().ends_with('>'));
    assert!(!pty.is_raw(), "what is typed is not edited and echoed by the terminal");
    pty
}

fn asked(pty: &mut Pty, line: &str, answer: &str) {
    pty.send(line.as_bytes());
    pty.send(b"\n");
    pty.wait_until(answer, |pty| pty.shows(answer) && pty.text().ends_with('>'));
}

#[test]
fn a_dumb_terminal_is_walked_without_a_single_sequence() {
    let mut pty = walk(&[], &[("TERM", "dumb"), ("COLORTERM", "truecolor")]);
    assert!(pty.shows("PATH 1/3 VALID, letsencrypt.org then E6 then ISRG Root X2 anchor"));
    asked(&mut pty, "p", "PATH 2/3");
    asked(&mut pty, "2", "Subject: C=US, O=Let's Encrypt, CN=E6");
    asked(&mut pty, "y s", "there is no clipboard here");
    pty.send(b"q\n");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_restored();
    let controls: Vec<u8> = pty.raw().iter().copied().filter(|byte| byte.is_ascii_control() && !b"\r\n".contains(byte)).collect();
    assert!(controls.is_empty(), "{controls:?}");
}

#[test]
fn a_copy_is_the_only_sequence_that_plain_lines_hold() {
    let mut pty = walk(&["--plain"], &[("COLORTERM", "truecolor")]);
    assert!(!pty.screen().alternate_screen());
    asked(&mut pty, "2", "Subject: C=US, O=Let's Encrypt, CN=E6");
    assert!(!pty.raw().contains(&0x1b));
    asked(&mut pty, "y s", "copied through the terminal (OSC 52): SHA-256 fingerprint");
    let given = pty.given_to_clipboard();
    let text = String::from_utf8(STANDARD.decode(&given[0]).unwrap()).unwrap();
    assert!(is_fingerprint_of(SAMPLE, &text), "{text}");
    asked(&mut pty, "y 1", "copied through the terminal (OSC 52): value under the cursor");
    let given = pty.given_to_clipboard();
    assert_eq!(STANDARD.decode(&given[1]).unwrap(), b"C=US, O=Let's Encrypt, CN=E6");
    // End of input ends it, as in a shell.
    pty.send(b"\x04");
    assert_eq!(pty.exit_code(), 0);
    // Each copy begins and ends with one.
    assert_eq!(pty.raw().iter().filter(|byte| **byte == 0x1b).count(), 4);
}
