//! The terminal taken over and given back: at the end, on an error, on a panic, on a signal, and while suspended; each time once.

use std::io::{self, BufWriter, Stdout, Write, stdout};
#[cfg(unix)]
use std::io::{IsTerminal, stdin};
#[cfg(unix)]
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal};
#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};
#[cfg(unix)]
use rustix::fs::{Mode, OFlags, open};

use super::environment::{clipboard, term};
use crate::explorer::Clipboard;

/// Bytes of a frame that are written in one go.
const FRAME: usize = 1 << 16;

/// The terminal is taken over. Whichever thread takes that back gives the terminal back, and no other.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether bytes of a frame are being written: whoever gives the terminal back waits until they are out.
static WRITING: Mutex<bool> = Mutex::new(false);
static WRITTEN: Condvar = Condvar::new();
/// How long a terminal that takes no bytes is waited for when it is given back.
const PATIENCE: Duration = Duration::from_millis(100);

/// The terminal while it is taken over; it is given back when this goes.
#[derive(Debug)]
pub(super) struct TakenTerminal {
    terminal: Terminal<CrosstermBackend<BufWriter<WhileTaken>>>,
    reports_mouse: bool,
}

impl TakenTerminal {
    /// Raw mode, the alternate screen, and a panic hook that undoes both.
    pub fn enter() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let hook = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                hook(panic);
            }));
        });
        // The theme has decided on colours already; crossterm would leave them out for NO_COLOR, whatever `--color` says.
        force_color_output(true);
        take()?;
        match Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME, WhileTaken(stdout())))) {
            Ok(terminal) => Ok(Self { terminal, reports_mouse: false }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// An error where the terminal was given back, since another thread panicked: a frame would wipe what was said of that.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if !IS_TAKEN.load(Ordering::SeqCst) {
            return Err(io::Error::other("another thread has panicked"));
        }
        self.terminal.draw(render).map(drop)
    }

    /// Not `Terminal::clear`: that asks the terminal for its cursor, and the answer would go to the thread that reads the keys.
    pub fn clear(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// OSC 52. The terminal does not answer, so nobody can say that it was copied.
    pub fn copy(&mut self, text: &str) -> io::Result<Clipboard> {
        let Some(sent) = clipboard() else {
            return Err(io::Error::other(format!("no clipboard, and TERM={} has none either", term())));
        };
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text)).map(|()| sent)
    }

    /// Gives the terminal back, stops, and takes it again when the shell says so.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        take()?;
        self.report_mouse(self.reports_mouse)?;
        self.clear()
    }

    /// While the terminal reports the mouse it selects no text.
    pub fn report_mouse(&mut self, on: bool) -> io::Result<()> {
        self.reports_mouse = on;
        let backend = self.terminal.backend_mut();
        if on { execute!(backend, EnableMouseCapture) } else { execute!(backend, DisableMouseCapture) }
    }
}

impl Drop for TakenTerminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Standard output, for as long as the terminal is taken over: what is written is out before another thread gives that back, and what
/// comes later is dropped.
#[derive(Debug)]
struct WhileTaken(Stdout);

impl Write for WhileTaken {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        {
            let mut writing = writing();
            if !IS_TAKEN.load(Ordering::SeqCst) {
                return Ok(bytes.len());
            }
            *writing = true;
        }
        let outcome = self.0.write_all(bytes).and_then(|()| self.0.flush());
        *writing() = false;
        WRITTEN.notify_all();
        outcome.map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn writing() -> MutexGuard<'static, bool> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the keys come from: standard input where that is a terminal, else the one that controls the process.
#[cfg(unix)]
pub(super) fn tty() -> io::Result<OwnedFd> {
    if stdin().is_terminal() {
        return stdin().as_fd().try_clone_to_owned();
    }
    Ok(open("/dev/tty", OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?)
}

fn take() -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::SeqCst);
    // A terminal that does not know bracketed paste is none the worse for it.
    let taken = enable_raw_mode().and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste));
    if taken.is_err() {
        give_back();
    }
    taken
}

/// Gives the terminal back, from whatever thread and whatever the others do; false where that was done already.
pub(super) fn give_back() -> bool {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return false;
    }
    // A terminal that takes no bytes does not keep the program from ending.
    drop(WRITTEN.wait_timeout_while(writing(), PATIENCE, |writing| *writing));
    let mut bytes = Vec::new();
    // Nobody is left to tell when one of these fails, and the rest is to be done all the same.
    drop(disable_raw_mode());
    drop(queue!(bytes, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(write_past_locks(&bytes));
    true
}

/// The drawing thread may hold the lock of standard output for as long as the terminal takes nothing.
#[cfg(unix)]
fn write_past_locks(bytes: &[u8]) -> io::Result<()> {
    let patience = Timespec::try_from(PATIENCE).map_err(io::Error::other)?;
    let (out, mut rest) = (stdout(), bytes);
    while !rest.is_empty() {
        let mut waited = [PollFd::new(&out, PollFlags::OUT)];
        if poll(&mut waited, Some(&patience))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let written = rustix::io::write(out.as_fd(), rest)?;
        rest = rest.get(written..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(not(unix))]
fn write_past_locks(bytes: &[u8]) -> io::Result<()> {
    stdout().write_all(bytes)?;
    stdout().flush()
}
