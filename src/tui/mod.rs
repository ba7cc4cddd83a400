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
mod write;

use std::collections::HashSet;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::diagram::{BoxId, Orientation, Scene, SlotId};
use crate::explorer::{Area, Explorer};
pub use environment::{charset, claims_all_colors, has_clipboard, has_colors, is_dumb, locale_charset};
pub use palette::Palette;
pub use probe::{Answers, Questions, ask};
pub use session::run;
pub use svg::svg;
pub use theme::Theme;
use views::diagram::Seen;

/// The frame that the explorer's state makes, without a terminal: for tests and pictures.
pub fn frame(explorer: &Explorer, theme: &Theme) -> Buffer {
    let (width, height) = explorer.size();
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(done) = terminal.draw(|frame| draw::explorer(frame, explorer, theme));
    done.buffer.clone()
}

/// A scene seen through a pane of that size from a cell of it on, without an explorer: for tests.
pub fn diagram(scene: &Scene, orientation: Orientation, camera: (u16, u16), (width, height): (u16, u16), theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
    let (focus, focused) = (scene.slots.first().map_or(SlotId(0), |(id, _)| *id), BoxId(0));
    let seen = Seen { scene, orientation, camera, focus, focused, is_current: true, hits: HashSet::new(), columns: width };
    views::diagram::draw(&mut buffer, Area { x: 0, y: 0, width, height }, &seen, theme);
    buffer
}
