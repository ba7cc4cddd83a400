//! The terminal taken over and given back: at the end, on panic, on a signal, and while suspended.

use std::io::{self, Write, stdout};

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{DefaultTerminal, Frame};

#[derive(Debug)]
pub(super) struct Screen {
    terminal: DefaultTerminal,
    reports_mouse: bool,
}

impl Screen {
    /// Raw mode, the alternate screen, and a panic hook that undoes both.
    pub fn enter() -> io::Result<Self> {
        let terminal = ratatui::try_init()?;
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            drop(execute!(stdout(), DisableMouseCapture, DisableBracketedPaste));
            hook(panic);
        }));
        // The theme has decided on colours already; crossterm would leave them out for NO_COLOR, whatever `--color` says.
        force_color_output(true);
        let screen = Self { terminal, reports_mouse: false };
        // A terminal that does not know bracketed paste is none the worse for it.
        drop(execute!(stdout(), EnableBracketedPaste));
        Ok(screen)
    }

    pub fn leave(&mut self) {
        drop(execute!(stdout(), DisableMouseCapture, DisableBracketedPaste));
        drop(self.terminal.show_cursor());
        ratatui::restore();
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(render).map(drop)
    }

    /// Not `Terminal::clear`: that asks the terminal for its cursor, and the answer would go to the thread that reads the keys.
    pub fn clear(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// OSC 52. The terminal does not answer, so nobody can say that it was copied.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        if !super::has_clipboard() {
            return Err(io::Error::other(format!("no clipboard, and TERM={} has none either", super::term())));
        }
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, stops, and takes it again when the shell says so.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.leave();
        stdout().flush()?;
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        // Not `try_init` again: its panic hooks would pile up.
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        self.report_mouse(self.reports_mouse)?;
        self.clear()
    }

    /// While the terminal reports the mouse it selects no text.
    pub fn report_mouse(&mut self, on: bool) -> io::Result<()> {
        self.reports_mouse = on;
        if on { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }
}
