//! Does a panic give the terminal back, and leave its words where they can be read? This very test program runs itself as one that panics.

use crossroots::diagram::Charset;
use crossroots::explorer::{Addition, Settings};
use crossroots::tui::{Answers, Palette, Theme, run};
use crossroots::worker::{Loading, Start};

use super::SIZE;
use super::pty::Pty;

const WORDS: &str = "on purpose";
/// What the test harness ends with where a test fails.
const FAILED: u32 = 101;

/// Panics on the drawing thread when something more is to be opened.
#[test]
#[ignore = "is run by the test below, in a terminal"]
fn a_program_that_panics() {
    let opened = crate::support::open(super::SAMPLE, SIZE, Charset::Unicode).opened;
    let reopen = |_: Addition| -> Loading { panic!("{WORDS}") };
    let theme = Theme { palette: Palette::None, charset: Charset::Unicode };
    drop(run(Start::Opened(Box::new(opened)), &reopen, Settings::default(), theme, Answers::default()));
}

#[test]
fn a_panic_restores_the_terminal_and_can_be_read() {
    let program = std::env::current_exe().unwrap();
    let args = ["panic::a_program_that_panics", "--exact", "--ignored", "--nocapture"];
    let mut pty = Pty::of(program.as_os_str(), &args, &[("RUST_BACKTRACE", "0")], SIZE);
    pty.wait_for("PATH 1/3 VALID");
    assert!(pty.is_raw() && pty.screen().alternate_screen());
    // With the mouse on, so that there is more to undo.
    pty.send(b"m");
    pty.wait_until("the mouse", |pty| pty.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.send(b"R");
    assert_eq!(pty.exit_code(), FAILED);
    pty.assert_restored();
    assert_eq!(pty.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(pty.shows(WORDS) && pty.shows("panicked at"), "{}", pty.text());
}
