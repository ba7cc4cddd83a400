//! The frame that an explorer's state makes, without a terminal.

use crossroots::explorer::Explorer;
use crossroots::tui::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

pub fn frame(explorer: &Explorer, theme: &Theme) -> Buffer {
    let (width, height) = explorer.size();
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(done) = terminal.draw(|frame| draw(frame.buffer_mut(), explorer, theme));
    done.buffer.clone()
}
