//! What lies on top: help, the copy menu, text to read, lines to type in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use tui_input::Input;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::theme::Theme;
use super::super::write::write;
use crate::diagram::Charset;
use crate::explorer::{Area, BINDINGS, COPIES, Context, Explorer, Keymap, actions, copy_preview, wrapped};
use crate::words::Tone;

/// Columns of what lies on top, where the screen has them.
const OVERLAY: u16 = 104;

pub fn help(buffer: &mut Buffer, keymap: &Keymap, first: usize, theme: &Theme) {
    let mut lines = Vec::new();
    for binding in BINDINGS {
        if binding.context == Context::Time && !lines.iter().any(|(name, _): &(String, String)| name == "while time moves") {
            lines.push((String::new(), String::new()));
            lines.push(("while time moves".to_owned(), String::new()));
        }
        lines.push((keymap.keys_text(binding), binding.help.to_owned()));
    }
    let area = frame(buffer, "Keys", u16::try_from(lines.len() + 2).unwrap_or(u16::MAX), OVERLAY, theme);
    for (row, (keys, words)) in (area.y..area.y + area.height).zip(lines.iter().skip(first.min(lines.len().saturating_sub(1)))) {
        let end = area.x + area.width;
        write(buffer, area.x, row, end.min(area.x + 17), &theme.text(keys), theme.tone(Tone::Strong));
        write(buffer, area.x + 18, row, end, &theme.text(words), Style::new());
    }
    let rest = lines.len().saturating_sub(first + usize::from(area.height));
    let more = if rest > 0 { format!("{rest} more ▾ · ") } else { String::new() };
    footer(buffer, area, format!(" {more}type to find, Enter then does it · Esc closes "), theme);
}

pub fn palette(buffer: &mut Buffer, keymap: &Keymap, typed: &Input, cursor: usize, theme: &Theme) {
    let found = actions(keymap, typed.value());
    let area = frame(buffer, "Actions", u16::try_from(BINDINGS.len() + COPIES.len() + 3).unwrap_or(u16::MAX), OVERLAY, theme);
    let end = area.x + area.width;
    if area.height > 0 {
        type_in(buffer, (area.x, area.y, end), ":", typed, "a word or a key; Enter does it", theme);
    }
    let rows = usize::from(area.height.saturating_sub(1));
    let first = (cursor + 1).saturating_sub(rows);
    for (row, (place, action)) in (area.y + 1..area.y + area.height).zip(found.iter().enumerate().skip(first)) {
        let style = if place == cursor { theme.tone(Tone::Reverse) } else { Style::new() };
        write(buffer, area.x, row, end, &theme.text(&format!("{:<width$}", action.words, width = usize::from(area.width))), style);
        let keys = format!(" {}", theme.text(&action.keys));
        let from = end.saturating_sub(u16::try_from(keys.chars().count()).unwrap_or(u16::MAX)).max(area.x);
        write(buffer, from, row, end, &keys, if place == cursor { style } else { theme.tone(Tone::Strong) });
    }
    let count = match found.len() {
        0 => "nothing is called that".to_owned(),
        found => format!("{} of {found}", cursor + 1),
    };
    footer(buffer, area, format!(" {count} · Esc closes "), theme);
}

pub fn copy_menu(buffer: &mut Buffer, explorer: &Explorer, cursor: usize, theme: &Theme) {
    let area = frame(buffer, "Copy", u16::try_from(COPIES.len() + 2).unwrap_or(u16::MAX), OVERLAY, theme);
    for (place, (row, (key, copy, label))) in (area.y..area.y + area.height).zip(COPIES).enumerate() {
        let end = area.x + area.width;
        let style = if place == cursor { theme.tone(Tone::Reverse) } else { Style::new() };
        write(buffer, area.x, row, end, &format!("{key}  {label:<32}"), style);
        let preview = copy_preview(explorer, *copy).unwrap_or_else(|| "–".to_owned());
        write(buffer, area.x + 36, row, end, &theme.text(&preview), theme.tone(Tone::Dim));
    }
    footer(buffer, area, " a letter or Enter copies · Esc closes ".to_owned(), theme);
}

/// Without a frame, so that a selection by hand takes nothing along.
pub fn text(buffer: &mut Buffer, title: &str, lines: &[String], first: usize, theme: &Theme) {
    let whole = buffer.area;
    clear(buffer, whole);
    write(buffer, 0, 0, whole.width, &theme.text(title), theme.tone(Tone::Strong));
    let wrapped: Vec<String> = lines.iter().flat_map(|line| wrapped(line, whole.width)).collect();
    for (row, line) in (2..whole.height.saturating_sub(1)).zip(wrapped.iter().skip(first)) {
        write(buffer, 0, row, whole.width, &theme.text(line), Style::new());
    }
    write(buffer, 0, whole.height.saturating_sub(1), whole.width, &theme.text("↑↓ scroll · Esc closes"), theme.tone(Tone::Dim));
}

/// A line to type in, in place of the hints.
pub fn line(buffer: &mut Buffer, area: Area, prompt: &str, typed: &Input, hint: &str, theme: &Theme) {
    if area.height == 0 {
        return;
    }
    clear(buffer, Rect { x: area.x, y: area.y, width: area.width, height: 1 });
    type_in(buffer, (area.x + 1, area.y, area.x + area.width), prompt, typed, hint, theme);
}

/// What was typed behind its prompt, the cursor where it is, and a hint; from the column and row to the column `end`. Of a long text the
/// part around the cursor is shown.
fn type_in(buffer: &mut Buffer, (x, y, end): (u16, u16, u16), prompt: &str, typed: &Input, hint: &str, theme: &Theme) {
    let x = write(buffer, x, y, end, prompt, theme.tone(Tone::Strong));
    let shown = |text: String| theme.text(&crate::cert::escape(&text)).into_owned();
    let (value, cursor) = (typed.value(), typed.cursor());
    let before = shown(value.chars().take(cursor).collect());
    let under = value.chars().nth(cursor).map_or_else(|| " ".to_owned(), |character| shown(character.to_string()));
    let after = shown(value.chars().skip(cursor + 1).collect());
    let room = usize::from(end.saturating_sub(x)).saturating_sub(under.width());
    let x = write(buffer, x, y, end, last_columns(&before, room), Style::new());
    let x = write(buffer, x, y, end, &under, theme.tone(Tone::Reverse));
    let x = write(buffer, x, y, end, &after, Style::new());
    let gap = if after.is_empty() && cursor >= value.chars().count() { 2 } else { 3 };
    write(buffer, x + gap, y, end, &theme.text(hint), theme.tone(Tone::Dim));
}

/// The end of a text that takes at most so many columns.
fn last_columns(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let start = text.char_indices().rev().find(|(_, character)| {
        let width = character.width().unwrap_or(0);
        let is_over = width > left;
        left = left.saturating_sub(width);
        is_over
    });
    start.map_or(text, |(place, character)| text.get(place + character.len_utf8()..).unwrap_or_default())
}

/// An empty frame in the middle; returns what is inside.
fn frame(buffer: &mut Buffer, title: &str, height: u16, width: u16, theme: &Theme) -> Rect {
    let whole = buffer.area;
    let (width, height) = (width.min(whole.width), height.min(whole.height));
    let area = Rect { x: (whole.width - width) / 2, y: (whole.height - height) / 2, width, height };
    clear(buffer, area);
    if width < 4 || height < 3 {
        return Rect { height: 0, ..area };
    }
    let unicode = theme.charset == Charset::Unicode;
    let (corners, flat, upright) = if unicode { (["┌", "┐", "└", "┘"], "─", "│") } else { (["+", "+", "+", "+"], "-", "|") };
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.x + 1..right {
        write(buffer, x, area.y, right, flat, Style::new());
        write(buffer, x, bottom, right, flat, Style::new());
    }
    for y in area.y + 1..bottom {
        write(buffer, area.x, y, right, upright, Style::new());
        write(buffer, right, y, area.right(), upright, Style::new());
    }
    for ((x, y), corner) in [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)].into_iter().zip(corners) {
        write(buffer, x, y, x + 1, corner, Style::new());
    }
    write(buffer, area.x + 2, area.y, right, &format!(" {title} "), theme.tone(Tone::Strong));
    Rect { x: area.x + 2, y: area.y + 1, width: width - 4, height: height - 2 }
}

fn footer(buffer: &mut Buffer, inside: Rect, words: String, theme: &Theme) {
    if inside.height > 0 {
        write(buffer, inside.x, inside.bottom(), inside.right(), &theme.text(&words), theme.tone(Tone::Dim));
    }
}

fn clear(buffer: &mut Buffer, area: Rect) {
    for y in area.y..area.bottom().min(buffer.area.bottom()) {
        for x in area.x..area.right().min(buffer.area.right()) {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}
