//! Bytes as terminals send them, in one piece and cut at every place; cut off, hostile, and late.

use proptest::prelude::*;

use super::parser::{Parser, SEQUENCE_PATIENCE, TerminalInput};
use crate::explorer::{Key, Mouse, MouseAction};

/// What the pieces mean; nothing comes for long after the last.
fn read(pieces: &[&[u8]]) -> Vec<TerminalInput> {
    let (mut parser, mut out) = (Parser::default(), Vec::new());
    pieces.iter().for_each(|piece| parser.feed(piece, &mut out));
    settle(&mut parser, &mut out);
    out
}

fn settle(parser: &mut Parser, out: &mut Vec<TerminalInput>) {
    // In a paste a lull comes first.
    for _ in 0..2 {
        if parser.patience().is_some() {
            parser.give_up(out);
        }
    }
    assert_eq!(parser.patience(), None, "something is waited for still");
}

fn key(key: Key) -> Vec<TerminalInput> {
    vec![TerminalInput::Key(key)]
}

fn mouse(action: MouseAction, column: u16, row: u16) -> Vec<TerminalInput> {
    vec![TerminalInput::Mouse(Mouse { action, column, row })]
}

fn known() -> Vec<(&'static str, Vec<TerminalInput>)> {
    vec![
        ("q", key(Key::Char('q'))),
        ("Q", key(Key::Char('Q'))),
        ("ü", key(Key::Char('ü'))),
        ("→", key(Key::Char('→'))),
        ("🦀", key(Key::Char('🦀'))),
        ("\r", key(Key::Enter)),
        ("\n", key(Key::Ctrl('j'))),
        ("\t", key(Key::Tab)),
        ("\x7f", key(Key::Backspace)),
        ("\x03", key(Key::Ctrl('c'))),
        ("\x1a", key(Key::Ctrl('z'))),
        ("\x1c", key(Key::Ctrl('4'))),
        ("\0", key(Key::Ctrl(' '))),
        ("\x1b", key(Key::Escape)),
        ("\x1b[A", key(Key::Up)),
        ("\x1bOB", key(Key::Down)),
        ("\x1b[1;2C", key(Key::ShiftRight)),
        ("\x1b[1;5D", key(Key::Left)),
        ("\x1b[1;2:2A", key(Key::ShiftUp)),
        ("\x1b[1;1:3A", vec![]),
        ("\x1b[H", key(Key::Home)),
        ("\x1b[4~", key(Key::End)),
        ("\x1b[5~", key(Key::PageUp)),
        ("\x1b[6;5~", key(Key::PageDown)),
        ("\x1b[3~", key(Key::Delete)),
        ("\x1b[Z", key(Key::BackTab)),
        ("\x1bOR", key(Key::Function(3))),
        ("\x1b[15~", key(Key::Function(5))),
        ("\x1b[24~", key(Key::Function(12))),
        ("\x1b[[E", key(Key::Function(5))),
        ("\x1b[113u", key(Key::Char('q'))),
        ("\x1b[99;5u", key(Key::Ctrl('c'))),
        ("\x1b[27u", key(Key::Escape)),
        ("\x1b[9;2u", key(Key::BackTab)),
        ("\x1b[57441;2u", vec![]),
        // Alt.
        ("\x1b\x7f", key(Key::AltBackspace)),
        ("\x1b[127;3u", key(Key::AltBackspace)),
        ("\x1bq", key(Key::Char('q'))),
        ("\x1bü", key(Key::Char('ü'))),
        ("\x1b]", key(Key::Char(']'))),
        ("\x1b[", key(Key::Char('['))),
        ("\x1bO", key(Key::Char('O'))),
        ("\x1b\x1b[A", vec![TerminalInput::Key(Key::Escape), TerminalInput::Key(Key::Up)]),
        ("\x1b[<0;5;7M", mouse(MouseAction::Press, 4, 6)),
        ("\x1b[<0;5;7m", mouse(MouseAction::Release, 4, 6)),
        ("\x1b[<32;300;100M", mouse(MouseAction::Drag, 299, 99)),
        ("\x1b[<64;1;1M", mouse(MouseAction::WheelUp, 0, 0)),
        ("\x1b[<65;1;1M", mouse(MouseAction::WheelDown, 0, 0)),
        ("\x1b[<2;1;1M", vec![]),
        ("\x1b[<0;0;1M", vec![]),
        ("\x1b[<0;99999;1M", vec![]),
        ("\x1b[<999;1;1M", vec![]),
        ("\x1b[M !!", mouse(MouseAction::Press, 0, 0)),
        ("\x1b[32;5;7M", mouse(MouseAction::Press, 4, 6)),
        ("\x1b[I", vec![]),
        ("\x1b[200~two\nlines\x1b[31m\x1b[201~", vec![TerminalInput::Paste("two\nlines\x1b[31m".to_owned())]),
        ("\x1b[200~\x1b[201~", vec![TerminalInput::Paste(String::new())]),
        ("\x1b[201~", vec![]),
        // Answers that come late.
        ("\x1b[1;1R", vec![]),
        ("\x1b[?62;4c", vec![]),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", vec![]),
        ("\x1b]11;rgba:2828/2c2c/3434/ffff\x07", vec![]),
        ("\x1bP1$r0m\x1b\\", vec![]),
    ]
}

#[test]
fn every_sequence_means_the_same_wherever_it_is_cut() {
    for (text, wanted) in known() {
        let bytes = text.as_bytes();
        assert_eq!(read(&[bytes]), wanted, "{text:?}");
        for cut in 1..bytes.len() {
            let (before, after) = bytes.split_at(cut);
            assert_eq!(read(&[before, after]), wanted, "{text:?} cut at {cut}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(read(&single), wanted, "{text:?} byte by byte");
    }
}

/// Between two things that mean something nothing is lost, whatever the first is.
#[test]
fn what_follows_a_whole_sequence_is_read_as_if_alone() {
    let is_open = |text: &str| ["\x1b", "\x1b]", "\x1b[", "\x1bO"].contains(&text);
    for (first, meant) in known().into_iter().filter(|(first, _)| !is_open(first)) {
        for (second, then) in known() {
            let wanted: Vec<TerminalInput> = meant.iter().chain(&then).cloned().collect();
            assert_eq!(read(&[first.as_bytes(), second.as_bytes()]), wanted, "{first:?} {second:?}");
        }
    }
}

/// The fault that this parser is there for: `q` and Ctrl-C after each of these.
#[test]
fn after_a_sequence_that_is_cut_off_keys_are_keys() {
    let cut = [
        "\x1b[<",
        "\x1b[<0;5",
        "\x1b[?",
        "\x1b[?62;",
        "\x1b[",
        "\x1b[M",
        "\x1b[M !",
        "\x1bO",
        "\x1b]11;rgb:",
        "\x1bP",
        "\x1b[[",
        "\x1b[1;",
        "\u{e9}",
    ];
    for text in cut {
        let bytes = if text == "\u{e9}" { &text.as_bytes()[..1] } else { text.as_bytes() };
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(bytes, &mut out);
        assert_eq!(parser.patience(), Some(SEQUENCE_PATIENCE), "{text:?}");
        settle(&mut parser, &mut out);
        out.clear();
        parser.feed(b"q", &mut out);
        assert_eq!(out, key(Key::Char('q')), "{text:?}");
        // Ctrl-C does not even wait.
        assert!(read(&[bytes, b"\x03"]).ends_with(&key(Key::Ctrl('c'))), "{text:?}");
    }
}

#[test]
fn a_paste_that_does_not_end_is_one_so_far() {
    assert_eq!(read(&[b"\x1b[200~abc", b"def"]), [TerminalInput::Paste("abcdef".to_owned())]);
    assert_eq!(read(&[b"\x1b[200~abc\x1b[20"]), [TerminalInput::Paste("abc\x1b[20".to_owned())]);
    assert_eq!(read(&[b"\x1b[200~abc\x03"]), [TerminalInput::Paste("abc".to_owned()), TerminalInput::Key(Key::Ctrl('c'))]);
}

#[test]
fn after_a_lull_in_a_paste_one_key_is_a_key_and_more_is_its_rest() {
    let with_lull = |before: &[u8], after: &[u8]| {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(before, &mut out);
        parser.give_up(&mut out);
        assert_eq!(out, []);
        parser.feed(after, &mut out);
        settle(&mut parser, &mut out);
        out
    };
    for (bytes, pressed) in [(&b"q"[..], Key::Char('q')), ("ü".as_bytes(), Key::Char('ü')), (b"\x1b[A", Key::Up), (b"\x1b", Key::Escape)]
    {
        assert_eq!(with_lull(b"\x1b[200~abc", bytes), [TerminalInput::Paste("abc".to_owned()), TerminalInput::Key(pressed)]);
    }
    for (before, after) in [(&b"\x1b[200~a"[..], &b"bc\x1b[201~"[..]), (b"\x1b[200~abc\x1b[201", b"~"), (b"\x1b[200~abc", b"\x1b[201~")] {
        assert_eq!(with_lull(before, after), [TerminalInput::Paste("abc".to_owned())]);
    }
}

#[test]
fn of_a_paste_without_end_no_more_is_kept_than_a_limit() {
    let (mut parser, mut out) = (Parser::default(), Vec::new());
    parser.feed(b"\x1b[200~", &mut out);
    let part = vec![b'a'; 1 << 20];
    for _ in 0..18 {
        parser.feed(&part, &mut out);
    }
    let [TerminalInput::Paste(text)] = &out[..] else { panic!("{} inputs", out.len()) };
    assert!(text.len() > 16 << 20 && text.len() < 17 << 20, "{}", text.len());
    // What is passed over is no key, and its end is the end.
    parser.feed(b"q\x1b[201~p", &mut out);
    assert_eq!(out.split_off(1), key(Key::Char('p')));
}

#[test]
fn a_late_answer_may_come_in_parts() {
    let (mut parser, mut out) = (Parser::new(true), Vec::new());
    parser.feed(b"\x1b]11;rgb:ff", &mut out);
    assert!(parser.patience() > Some(SEQUENCE_PATIENCE));
    parser.feed(b"ff/ffff/ffff\x1b\\", &mut out);
    assert_eq!(out, []);
    // It owes nothing more.
    parser.feed(b"\x1b]11;", &mut out);
    assert_eq!(parser.patience(), Some(SEQUENCE_PATIENCE));
}

#[test]
fn five_thousand_keys_at_once_are_five_thousand_keys() {
    assert_eq!(read(&[&[b'j'; 5_000]]).len(), 5_000);
    assert_eq!(read(&[b"\x1b[B".repeat(5_000).as_slice()]), vec![TerminalInput::Key(Key::Down); 5_000]);
}

/// Bytes that begin, continue and end things, more often than by chance.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![Just(0x1b_u8), Just(b'['), Just(b']'), Just(b'M'), Just(b'<'), Just(b';'), Just(b'~'), b'0'..=b'9', any::<u8>()];
    let piece = prop_oneof![byte.prop_map(|byte| vec![byte]), Just(b"\x1b[200~".to_vec()), Just(b"\x1b[201~".to_vec())];
    prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_came_a_quiet_moment_makes_keys_keys_again(bytes in hostile(), cut in any::<prop::sample::Index>()) {
        let (before, after) = bytes.split_at(cut.index(bytes.len() + 1));
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(before, &mut out);
        parser.feed(after, &mut out);
        // Nothing depends on how it was cut.
        prop_assert_eq!({ let mut whole = out.clone(); settle(&mut parser, &mut whole); whole }, read(&[&bytes]));
        settle(&mut parser, &mut out);
        out.clear();
        parser.feed(b"q", &mut out);
        prop_assert_eq!(out, key(Key::Char('q')));
    }

    #[test]
    fn ctrl_c_is_heard_at_any_time(bytes in hostile()) {
        prop_assert!(read(&[&bytes, b"\x03"]).ends_with(&key(Key::Ctrl('c'))));
    }
}
