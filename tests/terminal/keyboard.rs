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

/// Keys in a row that nobody waits for leave the program, or do not, as they do one by one.
#[test]
fn whoever_leaves_behind_other_keys_leaves_at_once() {
    let explorer = crate::support::open(SAMPLE, SIZE, Charset::Unicode);
    let messages = |keys: &str| {
        let key = |word: &str| Message::Key(Key::parse(word).unwrap());
        keys.split_whitespace().map(key).collect::<Vec<_>>()
    };
    for keys in
        ["q", "o o o q", "/ a Esc q", "? q q", "t End q", "t T 2 Esc q", "Y q q", "y Down Esc q", "i j q q", "/ a Ctrl-C", "? / Esc q"]
    {
        assert!(explorer.is_left_by(&messages(keys)), "{keys}");
    }
    for keys in ["o", "/ q", ": q", "? q", "Y q", "y q", "& q", "T q", "Ctrl-O q", "w q", "y s q", "Enter q", "Ctrl-Z q", "? x q", "! o"] {
        assert!(!explorer.is_left_by(&messages(keys)), "{keys}");
    }
    // What is done one by one is the same.
    for keys in ["o o q", "/ a Esc q", "? q q", "t T 2 Esc q", "i j q q", "? / Esc q", "/ q", "? x q", "! q", "i Esc q"] {
        let mut explorer = explorer.clone();
        let mut left = false;
        let predicted = explorer.is_left_by(&messages(keys));
        for message in messages(keys) {
            let effects = crate::support::send(&mut explorer, message);
            left |= effects.iter().any(|effect| matches!(effect, crossroots::explorer::Effect::Quit));
        }
        assert_eq!(predicted, left, "{keys}");
    }
}

/// Behind keys that each take their time.
#[test]
fn a_queue_of_slow_keys_does_not_keep_anyone_from_leaving() {
    let mut pty = opened(&[], &[]);
    pty.send(&[&b"o".repeat(4_000)[..], b"q"].concat());
    assert_eq!(pty.exit_code(), 0);
    pty.assert_restored();
}
