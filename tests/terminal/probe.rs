//! Is the terminal asked how wide it draws lines, is it believed, and does one that says nothing, or says it late, do no harm?

use super::pty::Pty;
use super::{SAMPLE, SIZE, quit, shows_the_whole_frame};

const WHERE_IS_THE_CURSOR: &str = "\x1b[6n";
const WHO_ARE_YOU: &str = "\x1b[c";
/// What a slow terminal says at last.
const LATE: &[u8] = b"\x1b[1;1R\x1b[1;2R\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;4c";
const LATE_WITH_BELL: &[u8] = b"\x1b]11;rgba:2828/2c2c/3434/ffff\x07";

fn asked(pty: &Pty, question: &str) -> usize {
    String::from_utf8_lossy(pty.raw()).matches(question).count()
}

fn spawn(args: &[&str], env: &[(&str, &str)], line_width: Option<u16>) -> Pty {
    let mut pty = Pty::spawn(args, env, SIZE);
    pty.line_width = line_width;
    pty
}

fn wait_for_frame(pty: &mut Pty) {
    pty.wait_until("the sample, checked", |pty| pty.shows("PATH 1/3 VALID") && pty.shows("2 other paths valid") && pty.shows("t time"));
}

#[test]
fn a_terminal_with_wide_lines_gets_ascii() {
    let mut pty = spawn(&[], &[], Some(2));
    wait_for_frame(&mut pty);
    assert!(pty.shows("+- ISRG Root X1 -") && pty.shows(SAMPLE));
    let behind = String::from_utf8_lossy(pty.raw()).split_once("\x1b[?1049h").unwrap().1.to_owned();
    assert!(behind.is_ascii(), "{behind}");
    quit(pty);
    let mut pty = spawn(&[], &[], Some(1));
    wait_for_frame(&mut pty);
    assert!(pty.shows("┌─ ISRG Root X1 ─"));
    assert_eq!(asked(&pty, WHERE_IS_THE_CURSOR), 2);
    quit(pty);
}

#[test]
fn who_says_what_to_draw_is_not_asked() {
    for (args, drawn) in [(["--unicode"], "┌─ ISRG"), (["--ascii"], "+- ISRG")] {
        let mut pty = spawn(&args, &[], Some(2));
        wait_for_frame(&mut pty);
        assert!(pty.shows(drawn), "{args:?}");
        assert_eq!(asked(&pty, WHERE_IS_THE_CURSOR), 0, "{args:?}");
        quit(pty);
    }
    // `--unicode` counts more than the locale and the console.
    let mut pty = spawn(&["--unicode"], &[("LANG", "C"), ("TERM", "linux")], Some(1));
    wait_for_frame(&mut pty);
    assert!(pty.shows("┌─ ISRG Root X1 ─"));
    quit(pty);
}

/// What the probe prints it takes away again: the main screen holds nothing once the program is gone.
#[test]
fn a_terminal_that_says_nothing_is_waited_for_once_and_left_clean() {
    for (line_width, env) in [(None, &[("COLORTERM", "truecolor")][..]), (None, &[]), (Some(1), &[])] {
        let mut pty = spawn(&[], env, line_width);
        wait_for_frame(&mut pty);
        assert!(pty.shows("┌─ ISRG Root X1 ─"));
        pty.send(b"q");
        assert_eq!(pty.exit_code(), 0);
        pty.assert_restored();
        assert_eq!(pty.text(), "", "{line_width:?} {env:?}");
    }
}

/// Both questions are asked at once, so that they share one wait.
#[test]
fn an_answer_that_comes_late_is_no_key() {
    for late in [LATE, LATE_WITH_BELL] {
        let mut pty = spawn(&[], &[("COLORTERM", "truecolor")], None);
        pty.wait_until("the questions", |pty| asked(pty, WHO_ARE_YOU) == 1);
        assert_eq!(asked(&pty, WHERE_IS_THE_CURSOR), 2);
        pty.wait_until("the whole frame", |pty| shows_the_whole_frame(pty));
        // Taken for keys it would open the fields, go to bytes, and walk over failures; p comes behind all of that.
        pty.send(late);
        pty.send(b"pP");
        pty.wait_for("path 1/3 ends");
        pty.wait_until("the same frame", |pty| shows_the_whole_frame(pty));
        // A bracket that a person types is a key again.
        pty.send(b"]");
        pty.wait_for("no action on this key");
        quit(pty);
    }
}

#[test]
fn what_is_typed_meanwhile_is_not_lost() {
    let mut pty = spawn(&[], &[], None);
    pty.wait_until("the question", |pty| asked(pty, WHERE_IS_THE_CURSOR) == 2);
    pty.send(b"p");
    pty.wait_for("PATH 2/3");
    quit(pty);
}
