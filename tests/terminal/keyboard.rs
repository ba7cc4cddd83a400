//! Are all of the keyboard's bytes taken in, however many come at once, and are keys still keys after a sequence that was cut off?

use std::time::Duration;

use crossroots::diagram::Charset;
use crossroots::explorer::{Key, Message};

use super::{SAMPLE, SIZE, opened, quit};

/// Longer than the program waits for the rest of a sequence, and of a paste.
const QUIET: Duration = Duration::from_millis(150);
const QUIET_IN_A_PASTE: Duration = Duration::from_millis(700);
/// Longer than a paste pauses, and shorter than it is waited for.
const LULL: Duration = Duration::from_millis(300);

#[test]
fn five_thousand_bytes_at_once_are_all_taken_in() {
    let mut pty = opened(&[], &[]);
    // The line keeps a thousand characters; what is wiped and typed behind them shows that they were taken in.
    pty.send(format!("/{}\x15{}\x15the end", "x".repeat(4_900), "y".repeat(90)).as_bytes());
    pty.wait_for("/the end");
    pty.send(b"\x1b");
    pty.wait_until("the line gone", |pty| !pty.shows("/the end"));
    quit(pty);
}

#[test]
fn a_sequence_that_is_cut_off_swallows_no_key() {
    for cut in ["\x1b[<", "\x1b[?", "\x1b[<0;5", "\x1b[M", "\x1b]11;rgb:", "\x1bP"] {
        for end in ["q", "\x03"] {
            let mut pty = opened(&[], &[]);
            pty.send(cut.as_bytes());
            std::thread::sleep(QUIET);
            pty.send(end.as_bytes());
            assert_eq!(pty.exit_code(), 0, "{cut:?} {end:?}");
            pty.assert_restored();
        }
    }
}

#[test]
fn a_paste_that_does_not_end_is_handled_and_over() {
    let mut pty = opened(&[], &[]);
    pty.send(b"\x1b[200~some-name");
    pty.wait_for("open: some-name");
    pty.send(b"\x1b");
    pty.wait_until("the line gone", |pty| !pty.shows("open: "));
    pty.send(b"\x1b[200~");
    std::thread::sleep(QUIET_IN_A_PASTE);
    quit(pty);
}

#[test]
fn a_key_after_a_paste_that_does_not_end_is_a_key() {
    let mut pty = opened(&[], &[]);
    pty.send(b"\x1b[200~");
    std::thread::sleep(LULL);
    quit(pty);
}

#[test]
fn ctrl_c_ends_a_paste_that_does_not() {
    let mut pty = opened(&[], &[]);
    pty.send(b"\x1b[200~some-name\x03");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_restored();
}

/// Of a key that is held, repeats that cannot be followed are dropped; of one that types or changes something, none is.
#[test]
fn nothing_but_moves_may_be_dropped() {
    let mut explorer = crate::support::open(SAMPLE, SIZE, Charset::Unicode);
    for key in [Key::Down, Key::Left, Key::PageDown, Key::Char('j'), Key::Char('p'), Key::Tab] {
        assert!(explorer.only_moves(key), "{key}");
    }
    for key in [Key::Enter, Key::Escape, Key::Char('q'), Key::Char('x'), Key::Char('y'), Key::Char('/'), Key::Char('m')] {
        assert!(!explorer.only_moves(key), "{key}");
    }
    drop(crate::support::send(&mut explorer, Message::Key(Key::Char('/'))));
    assert!(explorer.only_moves(Key::Down) && !explorer.only_moves(Key::Char('j')));
}
