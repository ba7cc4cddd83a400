//! The terminal: the only user of ratatui and crossterm. Keys in, the explorer's state out as cells.

mod draw;
mod environment;
mod keyboard;
mod palette;
mod probe;
mod session;
mod svg;
mod terminal;
mod theme;
#[cfg(unix)]
mod tty;
mod views;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::explorer::Explorer;
pub use environment::{charset, claims_all_colors, has_clipboard, has_colors, is_dumb, locale_charset};
pub use palette::Palette;
pub use probe::{Answers, Questions, ask};
pub use session::run;
pub use svg::svg;
pub use theme::Theme;

/// The frame that the explorer's state makes, without a terminal: for tests and pictures.
pub fn frame(explorer: &Explorer, theme: &Theme) -> Buffer {
    let (width, height) = explorer.size;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(done) = terminal.draw(|frame| draw::explorer(frame, explorer, theme));
    done.buffer.clone()
}
