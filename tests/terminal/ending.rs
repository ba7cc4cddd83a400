//! Is the terminal given back on every way out, and do signals and Ctrl-C end the program whatever it is busy with? This very test program
//! runs itself as one that panics, and as one that is busy for ever.

use crossroots::diagram::Charset;
use crossroots::explorer::{Addition, Settings};
use crossroots::tui::{Answers, Colors, Theme, run};
use crossroots::worker::{Loading, Start};

use super::pty::Pty;
use super::{SIZE, opened};

const WORDS: &str = "on purpose";
/// What the test harness ends with where a test fails.
const FAILED: u32 = 101;
/// The title of a terminal, which says that the drawing thread is busy from now on.
const BUSY: &str = "\x1b]2;busy\x07";
/// As the C library names them.
const SIGNALS: [(&str, &str); 4] = [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit")];

/// On the drawing thread, when something more is to be opened.
fn explore(reopen: &dyn Fn(Vec<Addition>) -> Loading) {
    let opened = crate::support::open(super::SAMPLE, SIZE, Charset::Unicode).opened().clone();
    let theme = Theme { colors: Colors::None, charset: Charset::Unicode };
    drop(run(Start::Opened(Box::new(opened)), reopen, Settings::default(), theme, Answers::default()));
}

#[test]
#[ignore = "is run by a test below, in a terminal"]
fn a_program_that_panics() {
    explore(&|_| panic!("{WORDS}"));
}

#[test]
#[ignore = "is run by a test below, in a terminal"]
fn a_program_whose_worker_panics() {
    explore(&|_| Box::new(|_, _| panic!("{WORDS}")));
}

#[test]
#[ignore = "is run by a test below, in a terminal"]
fn a_program_that_is_busy() {
    explore(&|_| {
        print!("{BUSY}");
        drop(std::io::Write::flush(&mut std::io::stdout()));
        loop {
            std::thread::park();
        }
    });
}

/// This program in a terminal, as that test; the mouse is on, so that there is more to undo.
fn as_test(name: &str) -> Pty {
    let program = std::env::current_exe().unwrap();
    let args = [&format!("ending::{name}"), "--exact", "--ignored", "--nocapture"];
    let mut pty = Pty::of(program.as_os_str(), &args, &[("RUST_BACKTRACE", "0")], SIZE);
    pty.wait_for("PATH 1/3 VALID");
    assert!(pty.is_raw() && pty.screen().alternate_screen());
    pty.send(b"m");
    pty.wait_until("the mouse", |pty| pty.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.send(b"R");
    pty
}

fn assert_given_back(pty: &Pty) {
    pty.assert_restored();
    assert_eq!(pty.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    // Once: a second time would wipe what stands on the main screen since.
    assert_eq!(String::from_utf8_lossy(pty.raw()).matches("\x1b[?1049l").count(), 1);
}

#[test]
fn a_panic_restores_the_terminal_and_can_be_read() {
    let mut pty = as_test("a_program_that_panics");
    assert_eq!(pty.exit_code(), FAILED);
    assert_given_back(&pty);
    assert!(pty.shows(WORDS) && pty.shows("panicked at"), "{}", pty.text());
}

#[test]
fn a_panic_elsewhere_restores_the_terminal_and_is_not_drawn_over() {
    let mut pty = as_test("a_program_whose_worker_panics");
    pty.wait_for(WORDS);
    // The program ends as soon as it would draw.
    pty.send(b"\n");
    pty.exit_code();
    assert_given_back(&pty);
    assert!(pty.shows(WORDS) && pty.shows("panicked at"), "{}", pty.text());
}

#[test]
fn a_signal_is_what_the_program_dies_of() {
    for (signal, words) in SIGNALS {
        let mut pty = opened(&[], &[]);
        assert!(pty.is_raw());
        pty.signal(signal);
        assert_eq!(pty.exit_status().signal(), Some(words));
        assert_given_back(&pty);
    }
}

#[test]
fn a_program_that_is_busy_is_ended_all_the_same() {
    for (signal, words) in SIGNALS {
        let mut pty = as_test("a_program_that_is_busy");
        pty.wait_until("busy", |pty| String::from_utf8_lossy(pty.raw()).contains(BUSY));
        pty.signal(signal);
        assert_eq!(pty.exit_status().signal(), Some(words));
        assert_given_back(&pty);
    }
    let mut pty = as_test("a_program_that_is_busy");
    pty.wait_until("busy", |pty| String::from_utf8_lossy(pty.raw()).contains(BUSY));
    pty.send(b"\x1b[B\x03");
    assert_eq!(pty.exit_code(), 0);
    assert_given_back(&pty);
}
