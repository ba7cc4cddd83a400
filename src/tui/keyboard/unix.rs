//! The terminal's bytes, read as they come, and its size when the kernel says that it has another.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ratatui::crossterm::terminal;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGWINCH;

use super::parser::{Parser, TerminalInput};
use crate::explorer::Message;
use crate::tui::Answers;
use crate::tui::terminal::tty;

/// Bytes that are read at once; whatever is left is read right after.
const AT_ONCE: usize = 1 << 16;

#[derive(Debug)]
pub(in crate::tui) struct Keyboard {
    tty: OwnedFd,
    /// Gets a byte at every change of the terminal's size.
    resized: UnixStream,
    parser: Parser,
    ready: VecDeque<Message>,
    buffer: Vec<u8>,
}

/// What woke the wait.
enum Woken {
    Bytes(usize),
    Resized,
    Nothing,
}

impl Keyboard {
    /// From the terminal that was asked; what was typed meanwhile comes first.
    pub fn open(answers: Answers) -> io::Result<Self> {
        let (resized, writer) = UnixStream::pair()?;
        resized.set_nonblocking(true)?;
        signal_hook::low_level::pipe::register(SIGWINCH, writer)?;
        let parser = Parser::new(answers.is_late);
        let mut keyboard = Self { tty: tty()?, resized, parser, ready: VecDeque::new(), buffer: vec![0; AT_ONCE] };
        let mut typed = Vec::new();
        keyboard.parser.feed(&answers.typed, &mut typed);
        keyboard.ready.extend(typed.into_iter().map(message));
        Ok(keyboard)
    }

    /// Waits for the next thing that means something; `None` when the terminal is gone.
    pub fn next(&mut self) -> Option<Message> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                return Some(message);
            }
            let mut came = Vec::new();
            match self.wait().ok()? {
                Woken::Bytes(0) => return None,
                Woken::Bytes(length) => self.parser.feed(self.buffer.get(..length)?, &mut came),
                Woken::Resized => {
                    let size = terminal::size().ok();
                    self.ready.extend(size.map(|(width, height)| Message::Resize(width, height)));
                }
                Woken::Nothing => self.parser.give_up(&mut came),
            }
            self.ready.extend(came.into_iter().map(message));
        }
    }

    fn wait(&mut self) -> io::Result<Woken> {
        loop {
            let patience = self.parser.patience().map(timespec);
            let mut waited = [PollFd::new(&self.tty, PollFlags::IN), PollFd::new(&self.resized, PollFlags::IN)];
            match poll(&mut waited, patience.as_ref()) {
                Ok(0) => return Ok(Woken::Nothing),
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let [typed, resized] = waited.map(|descriptor| !descriptor.revents().is_empty());
            if resized {
                // However often it was told, there is one size.
                while matches!(self.resized.read(&mut [0; 64]), Ok(1..)) {}
                return Ok(Woken::Resized);
            }
            // Where the kernel cannot wait for a terminal (macOS, `/dev/tty`), it says so at once, and the reading waits.
            if typed {
                match rustix::io::read(&self.tty, &mut self.buffer) {
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    outcome => return Ok(Woken::Bytes(outcome?)),
                }
            }
        }
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX), tv_nsec: duration.subsec_nanos().into() }
}

fn message(input: TerminalInput) -> Message {
    match input {
        TerminalInput::Key(key) => Message::Key(key),
        TerminalInput::Mouse(mouse) => Message::Mouse(mouse),
        TerminalInput::Paste(text) => Message::Paste(text),
    }
}
