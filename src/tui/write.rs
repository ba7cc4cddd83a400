//! Text into cells, cut where it does not fit.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::theme::Theme;
use crate::explorer::Area;
use crate::words::Span;

/// One line of spans, cut at the area's end; returns the column after it.
pub(super) fn spans(buffer: &mut Buffer, area: Area, line: &[Span], theme: &Theme) -> u16 {
    let mut x = area.x;
    if area.height == 0 {
        return x;
    }
    let end = area.x.saturating_add(area.width);
    for span in line {
        x = write(buffer, x, area.y, end, &theme.text(&span.text), theme.tone(span.tone));
    }
    x
}

/// Writes as much of `text` as fits before column `end`, with an ellipsis where it does not; returns the column after it.
pub(super) fn write(buffer: &mut Buffer, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
    let end = end.min(buffer.area.right());
    if y >= buffer.area.bottom() || x >= end {
        return x;
    }
    let room = usize::from(end - x);
    let width: usize = text.chars().map(|character| character.width().unwrap_or(0)).sum();
    if width <= room {
        return buffer.set_stringn(x, y, text, room, style).0;
    }
    let (x, _) = buffer.set_stringn(x, y, text, room.saturating_sub(1), style);
    buffer.set_stringn(x, y, "…", usize::from(end.saturating_sub(x)), style).0
}

/// Writes over the picture up to the column `end`; of a wide character that is hit at one half the other goes too.
pub(super) fn over(buffer: &mut Buffer, x: u16, y: u16, end: u16, text: &str, style: Style) {
    let before = x.checked_sub(1).and_then(|before| buffer.cell_mut((before, y)));
    if let Some(cell) = before.filter(|cell| cell.symbol().width() > 1) {
        cell.set_char(' ');
    }
    write(buffer, x, y, end, text, style);
    if let Some(cell) = buffer.cell_mut((end, y)).filter(|cell| cell.symbol().is_empty()) {
        cell.set_char(' ');
    }
}
