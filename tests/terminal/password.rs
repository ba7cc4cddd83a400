//! Is the terminal left as it was where a signal, or Ctrl-C, ends the program while it asks for a password?

use super::SIZE;
use super::pty::Pty;

const LOCKED: &str = "tests/containers/files/aes.p12";

fn asked() -> Pty {
    let mut pty = Pty::spawn(&["report", LOCKED], &[], SIZE);
    pty.wait_for("Password for");
    pty.wait_until("a prompt without echo", |pty| pty.is_raw());
    pty
}

#[test]
fn signals_and_ctrl_c_at_the_prompt_give_the_terminal_back() {
    // As the C library names them.
    for (signal, words) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("QUIT", "Quit"), ("Ctrl-C", "Interrupt")] {
        let mut pty = asked();
        if signal == "Ctrl-C" {
            pty.send(b"\x03")
        } else {
            pty.signal(signal)
        }
        let status = pty.exit_status();
        assert_eq!(status.signal(), Some(words), "{signal}");
        pty.assert_restored();
    }
}

#[test]
fn what_is_typed_opens_the_file_or_is_said_to_be_wrong() {
    let mut pty = asked();
    for _ in 0..3 {
        pty.send(b"wrong\r");
    }
    pty.wait_for("the password is wrong");
    assert_eq!(pty.exit_code(), 2);
    pty.assert_restored();
}

#[test]
fn what_was_typed_is_not_asked_again_where_the_file_is_read_again() {
    let mut pty = Pty::spawn(&[LOCKED], &[], SIZE);
    pty.wait_for("Password for");
    pty.send(b"wrong\r");
    pty.wait_until("the second question", |pty| pty.text().matches("Password for").count() == 2);
    pty.send(b"harbour\r");
    pty.wait_for("PATH 1/");
    pty.send(b"R");
    pty.wait_for("reloaded: nothing changed");
    pty.send(b"q");
    assert_eq!(pty.exit_code(), 0);
}
