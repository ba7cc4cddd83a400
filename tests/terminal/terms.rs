//! Does what TERM, COLORTERM and NO_COLOR say of a terminal decide what it is sent?

use super::pty::Pty;
use super::{SIZE, is_color, opened, quit, sgr};

/// Whether a colour is none of the sixteen that every terminal has a theme for. crossterm numbers those among the 256.
fn is_beyond_sixteen(sent: &[u16]) -> bool {
    sent.windows(3).any(|part| matches!(part, [38 | 48, 2, _] | [38 | 48, 5, 16..=u16::MAX]))
}

#[test]
fn the_usual_terminals_get_boxes_and_the_console_gets_ascii() {
    for term in ["xterm", "screen", "tmux-256color", "xterm-256color"] {
        let pty = opened(&[], &[("TERM", term)]);
        assert!(pty.shows("┌─ ISRG Root X1 ─"), "{term}");
        assert!(pty.shows("✓ self-signed"), "{term}");
        assert!(pty.shows("━") || pty.shows("┃"), "{term}");
        quit(pty);
    }
    let mut pty = opened(&[], &[("TERM", "linux")]);
    assert!(pty.shows("+- ISRG Root X1 -"));
    for key in ["1", "2", "3", "4", "5", "6"] {
        pty.send(key.as_bytes());
        pty.wait_for(if key == "5" { "of path 1/3" } else { "1 Fields" });
    }
    let foreign: Vec<u8> = pty.raw().iter().copied().filter(|byte| !byte.is_ascii()).collect();
    assert!(foreign.is_empty(), "{}", String::from_utf8_lossy(&foreign));
    // The console knows no OSC 52: the text is shown instead.
    pty.send(b"ys");
    pty.wait_for("select it by hand");
    assert!(pty.given_to_clipboard().is_empty());
    pty.send(b"q");
    pty.wait_until("the text gone", |pty| !pty.shows("select it by hand"));
    quit(pty);
}

/// What a terminal is asked for its background, and what a light and a dark one answer, and who they are.
const WHICH_BACKGROUND: &str = "\x1b]11;?";
const LIGHT: &[u8] = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?1;2c";
const DARK: &[u8] = b"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?1;2c";

fn is_asked(pty: &Pty) -> bool {
    String::from_utf8_lossy(pty.raw()).contains(WHICH_BACKGROUND)
}

fn foreground(raw: &[u8], color: &str) -> bool {
    String::from_utf8_lossy(raw).contains(&format!("38;2;{color}"))
}

/// The sixteen colours are the terminal's own; only one that claims all is asked for its background, and gets shades made for it.
#[test]
fn colours_are_those_that_the_terminal_claims() {
    for env in [&[][..], &[("TERM", "xterm")], &[("TERM", "xterm-256color"), ("COLORTERM", "yes")]] {
        let pty = opened(&[], env);
        let sent = sgr(pty.raw());
        assert!(sent.iter().copied().any(is_color) && !is_beyond_sixteen(&sent), "{env:?}: {sent:?}");
        assert!(!is_asked(&pty), "{env:?}");
        quit(pty);
    }
    for (answer, pass) in [(LIGHT, "25;125;70"), (DARK, "7;243;161")] {
        let mut pty = Pty::spawn(&[], &[("COLORTERM", "truecolor")], SIZE);
        pty.wait_until("the question", |pty| is_asked(pty));
        pty.send(answer);
        pty.wait_for("PATH 1/3 VALID");
        assert!(foreground(pty.raw(), pass), "{:?}", sgr(pty.raw()));
        quit(pty);
    }
}

#[test]
fn what_has_no_colours_is_sent_none() {
    for env in [&[("TERM", "vt100")][..], &[("TERM", "vt220")], &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]] {
        let pty = opened(&[], env);
        assert!(!is_asked(&pty), "{env:?}");
        let sent = sgr(pty.raw());
        assert!(!sent.iter().copied().any(is_color), "{env:?}: {sent:?}");
        assert!(sent.contains(&7), "{env:?}: nothing is reversed");
        quit(pty);
    }
    // What is asked for by name is given all the same.
    let mut pty = opened(&["--color", "always"], &[("TERM", "vt100")]);
    assert!(sgr(pty.raw()).into_iter().any(is_color));
    pty.send(b"q");
    pty.exit_code();
    pty.assert_restored();
}
