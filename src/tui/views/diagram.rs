//! The diagram: the scene seen through its pane.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::super::theme::Theme;
use super::super::write::over;
use super::seen::SceneView;
use crate::diagram::Rect;
use crate::explorer::{Area, inset};
use crate::words::Tone;

pub fn draw(buffer: &mut Buffer, area: Area, seen: &SceneView<'_>, theme: &Theme) {
    let scene = seen.scene;
    let (left, top) = seen.camera;
    let (shift_x, shift_y) = inset(area, scene);
    let focus = scene.slot_rect(seen.focus);
    // What a search found, its first row: under a line, which is seen without colours too.
    let found = scene.slots.iter().filter(|(id, _)| seen.hits.contains(id));
    let hits: Vec<Rect> = found.map(|(_, slot)| Rect { height: 1, ..*slot }).collect();
    for row in 0..area.height.saturating_sub(shift_y) {
        for column in 0..area.width.saturating_sub(shift_x) {
            let (x, y) = (left.saturating_add(column), top.saturating_add(row));
            if x >= scene.width || y >= scene.height {
                continue;
            }
            let cell = scene.cell(x, y);
            let Some(out) = buffer.cell_mut((area.x + shift_x + column, area.y + shift_y + row)) else { continue };
            let mut style = theme.role(cell.role);
            if focus.is_some_and(|slot| slot.contains(x, y)) {
                style = theme.focused(cell.role, seen.is_current);
            }
            if hits.iter().any(|slot| slot.contains(x, y)) {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
            // The second half of a wide character is skipped by whoever prints the buffer; at the edge a half is no character.
            let is_half = cell.text != '\0' && column + 1 == area.width && scene.cell(x.saturating_add(1), y).text == '\0';
            out.set_style(style);
            match cell.text {
                '\0' if column == 0 => out.set_char(' '),
                '\0' => out.set_symbol(""),
                _ if is_half => out.set_char(' '),
                text => out.set_char(text),
            };
        }
    }
    super::minimap::draw(buffer, area, seen, theme);
    beyond(buffer, area, seen, theme);
}

/// Arrows at the pane's edges where the picture goes on.
fn beyond(buffer: &mut Buffer, area: Area, seen: &SceneView<'_>, theme: &Theme) {
    if area.width < 4 || area.height < 2 {
        return;
    }
    let scene = seen.scene;
    let (left, top) = seen.camera;
    let style = theme.tone(Tone::Reverse);
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    let (middle_x, middle_y) = (area.x + area.width / 2, area.y + area.height / 2);
    if left > 0 {
        over(buffer, area.x, middle_y, area.x + 1, &theme.text("←"), style);
    }
    if scene.width > left.saturating_add(area.width) {
        over(buffer, right, middle_y, right + 1, &theme.text("→"), style);
    }
    if top > 0 {
        over(buffer, middle_x, area.y, middle_x + 1, &theme.text("↑"), style);
    }
    if scene.height > top.saturating_add(area.height) {
        over(buffer, middle_x, bottom, middle_x + 1, &theme.text("↓"), style);
    }
}
