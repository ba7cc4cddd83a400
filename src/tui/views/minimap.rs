//! The whole diagram in a corner of its pane, where the pane shows a part of it and has a corner to spare.

use ratatui::buffer::Buffer;

use super::super::theme::Theme;
use super::super::write::{over, write};
use super::seen::SceneView;
use crate::diagram::{Charset, MapCell, Rect, Role, Scene, minimap};
use crate::explorer::Area;
use crate::words::Tone;

/// Columns of the screen from which there is room for a map.
const WIDE: u16 = 160;
/// A map takes at most one such part of the pane's columns and rows.
const LARGEST_PART: u16 = 3;

/// Draws it where no box is in view under it; nowhere if every corner has one.
pub fn draw(buffer: &mut Buffer, area: Area, seen: &SceneView<'_>, theme: &Theme) {
    let scene = seen.scene;
    if seen.columns < WIDE || (scene.width <= area.width && scene.height <= area.height) {
        return;
    }
    let window = Rect { x: seen.camera.0, y: seen.camera.1, width: area.width, height: area.height };
    let cells = minimap(scene, seen.orientation, window);
    let last = |of: fn(&MapCell) -> u16| cells.iter().map(of).max().unwrap_or(0);
    // A blank all around keeps it apart from lines.
    let (width, height) = (last(|cell| cell.column) + 3, last(|cell| cell.row) + 3);
    if width > area.width / LARGEST_PART || height > area.height / LARGEST_PART {
        return;
    }
    let Some((left, top)) = corner(scene, area, window, (width, height)) else { return };
    let blank = " ".repeat(usize::from(width));
    for row in 0..height {
        over(buffer, left, top + row, left + width, &blank, theme.tone(Tone::Plain));
    }
    for cell in &cells {
        let style = match cell {
            cell if cell.id == seen.focused => theme.tone(Tone::Reverse),
            cell if cell.chosen => theme.role(Role::Chosen),
            cell if cell.in_view => theme.tone(Tone::Plain),
            _ => theme.tone(Tone::Dim),
        };
        let (x, y) = (left + 1 + cell.column, top + 1 + cell.row);
        write(buffer, x, y, x + 1, sign(cell, theme.charset), style);
    }
}

/// Filled in view, hollow out of it; tall on the chosen path.
fn sign(cell: &MapCell, charset: Charset) -> &'static str {
    match (charset, cell.in_view, cell.chosen) {
        (Charset::Unicode, true, true) => "▮",
        (Charset::Unicode, true, false) => "▪",
        (Charset::Unicode, false, true) => "▯",
        (Charset::Unicode, false, false) => "▫",
        (Charset::Ascii, true, true) => "#",
        (Charset::Ascii, true, false) => "o",
        (Charset::Ascii, false, true) => "=",
        (Charset::Ascii, false, false) => ".",
    }
}

/// The corner with the fewest lines under the map, of those with no box under it: its first column and row on the screen.
fn corner(scene: &Scene, area: Area, window: Rect, (width, height): (u16, u16)) -> Option<(u16, u16)> {
    let (inset_x, inset_y) = crate::explorer::inset(area, scene);
    let (right, bottom) = (area.width - width, area.height - height);
    let free = |(x, y): &(u16, u16)| {
        let covers = |rect: &Rect| {
            // Where the box is in the pane; a box before the pane's first cell has none there.
            let to_pane = |at: u16, start: u16, inset: u16| i32::from(at) - i32::from(start) + i32::from(inset);
            let (left, top) = (to_pane(rect.x, window.x, inset_x), to_pane(rect.y, window.y, inset_y));
            left < i32::from(x + width)
                && i32::from(*x) < left + i32::from(rect.width)
                && top < i32::from(y + height)
                && i32::from(*y) < top + i32::from(rect.height)
        };
        !scene.boxes.iter().any(|(_, rect)| covers(rect))
    };
    let lines = |(x, y): &(u16, u16)| {
        let cells = (*x..x + width).flat_map(|x| (*y..y + height).map(move |y| (x, y)));
        let at = |(x, y): (u16, u16)| {
            let (x, y) = (x.checked_sub(inset_x)?, y.checked_sub(inset_y)?);
            Some(scene.cell(window.x.saturating_add(x), window.y.saturating_add(y)))
        };
        cells.filter_map(at).filter(|cell| cell.text != ' ').count()
    };
    let corners = [(right, bottom), (right, 0), (0, bottom), (0, 0)];
    let (x, y) = corners.into_iter().filter(free).min_by_key(lines)?;
    Some((area.x + x, area.y + y))
}
