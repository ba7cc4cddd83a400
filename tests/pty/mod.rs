//! The program in a pseudo-terminal of its own: keys in, a vt100 screen and the raw stream out. It waits for what it sees, never for time.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// For all of one run of the program; a test that reaches it has hung.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at something that does not announce itself in the stream.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// What a terminal answers to; the parser does not.
const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";

pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    stream: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    raw: Vec<u8>,
    deadline: Instant,
    ended: bool,
    /// Cells that this terminal has for the line of a box; `None`: it does not say where the cursor is.
    pub line_width: Option<u16>,
}

impl Pty {
    /// Only `env` and what no terminal is without; so there is no desktop unless `env` names one. `size` is columns and rows.
    pub fn spawn(args: &[&str], env: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::of(env!("CARGO_BIN_EXE_crossroots").as_ref(), args, env, size)
    }

    /// Another program in such a terminal.
    pub fn of(program: &OsStr, args: &[&str], env: &[(&str, &str)], size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(cells(size)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // The program holds the only other end: when it is gone, so is the stream.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, stream) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut pty = Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            stream,
            parser: vt100::Parser::new(size_of(size.1), size_of(size.0), 0),
            raw: Vec::new(),
            deadline: Instant::now() + PATIENCE,
            ended: false,
            line_width: Some(1),
        };
        pty.resize(size);
        pty
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The rows of the screen, without the blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let (_, columns) = self.screen().size();
        self.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// All that the program has written so far.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contents().contains(text)
    }

    /// Without the blanks at the rows' ends, which are the same to the eye whether they were written or not.
    pub fn text(&self) -> String {
        self.rows().join("\n").trim_end().to_owned()
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |pty| pty.shows(text));
    }

    /// Looks whenever something came, and now and then.
    pub fn wait_until(&mut self, what: &str, mut seen: impl FnMut(&mut Self) -> bool) {
        while !seen(self) {
            assert!(!self.ended, "the program has ended; awaited: {what}\n{}", self.text());
            assert!(Instant::now() < self.deadline, "awaited in vain: {what}\n{}", self.text());
            self.take_in(LOOK_AGAIN);
        }
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
    }

    /// The program hears of it from the kernel.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.parser.set_size(size_of(size.1), size_of(size.0));
        self.master.resize(cells(size)).unwrap();
    }

    /// By its name without SIG: `TERM`, `CONT`.
    pub fn signal(&self, name: &str) {
        // Nobody to tell if the program is gone already.
        let _ = Command::new("kill").args([&format!("-{name}"), &self.process().to_string()]).output();
    }

    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program's end; all that it wrote is on the screen then.
    pub fn exit_code(&mut self) -> u32 {
        self.exit_status().exit_code()
    }

    pub fn exit_status(&mut self) -> ExitStatus {
        self.wait_until("the program's end", |pty| pty.ended);
        self.child.wait().unwrap()
    }

    /// Whether the program left the terminal as it found it.
    pub fn assert_restored(&self) {
        assert!(!self.screen().alternate_screen(), "the alternate screen is left on");
        assert!(!self.screen().hide_cursor(), "the cursor is left hidden");
        assert!(!self.screen().bracketed_paste(), "bracketed paste is left on");
        assert!(!self.is_raw(), "keys do not come as lines with echo");
    }

    /// Whether the program takes every key as it comes, without echo.
    pub fn is_raw(&self) -> bool {
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        let on = ["ICANON", "ECHO", "ISIG"].map(|wanted| modes.split(|letter: char| !letter.is_alphanumeric()).any(|mode| mode == wanted));
        assert!(on == [true; 3] || on == [false; 3], "neither raw nor as it was: {modes}");
        on == [false; 3]
    }

    /// The text that OSC 52 gives to the terminal's clipboard, still in base64, the latest last.
    pub fn given_to_clipboard(&self) -> Vec<String> {
        let raw = String::from_utf8_lossy(self.raw()).into_owned();
        let behind = raw.split("\x1b]52;c;").skip(1);
        behind.filter_map(|rest| rest.split_once(['\x07', '\x1b']).map(|(text, _)| text.to_owned())).collect()
    }

    fn tell_the_cursor(&mut self) {
        let Some(width) = self.line_width else { return };
        let (row, column) = self.screen().cursor_position();
        let lines = u16::try_from(String::from_utf8_lossy(self.raw()).matches('─').count()).unwrap();
        self.send(format!("\x1b[{};{}R", row + 1, column + 1 + lines * (width - 1)).as_bytes());
    }

    fn take_in(&mut self, patience: Duration) {
        match self.stream.recv_timeout(patience) {
            Ok(bytes) => {
                // An answer says where the cursor is just then, so what comes is taken in byte by byte.
                for byte in bytes {
                    self.raw.push(byte);
                    self.parser.process(&[byte]);
                    if self.raw.ends_with(WHERE_IS_THE_CURSOR) {
                        self.tell_the_cursor();
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => self.ended = true,
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if !self.ended {
            self.signal("KILL");
            drop(self.child.wait());
        }
    }
}

fn cells((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn size_of(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

/// Whether the text is the SHA-256 fingerprint of a certificate of the sample, as 64 hex digits.
pub fn is_fingerprint_of(sample: &str, text: &str) -> bool {
    let sample = crossroots::source::load_sample(sample).unwrap();
    let stored = sample.stores.iter().flat_map(|store| &store.certificates);
    let mut certificates = sample.certificates.iter().map(|(certificate, _)| certificate).chain(stored);
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex && certificates.any(|certificate| certificate.sha256.to_string() == text)
}
