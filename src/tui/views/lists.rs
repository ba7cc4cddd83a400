//! The lists: fields of a certificate, checks of a path. Only the rows in the window are drawn.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::super::theme::Theme;
use super::super::write::{spans, write};
use super::axis;
use crate::explorer::{Area, Dump, Explorer, Lower, Pane, Part, Row, Tab, dump, hex_rows, name_columns};
use crate::words::{Span, Tone};

/// Draws one list; `alone` where the other has no area of its own and is named beside it as a tab.
pub fn draw(buffer: &mut Buffer, area: Area, of: Lower, alone: bool, explorer: &Explorer, theme: &Theme) {
    if area.height == 0 || area.width < 4 {
        return;
    }
    let pane = Pane::from(of);
    let (rows, list) = (explorer.rows(of), explorer.list(of));
    let mut window = Area { y: area.y + 1, height: area.height - 1, ..area };
    if let Some(form) = dump(area.width).filter(|_| pane == Pane::Inspector && explorer.tab() == Tab::Asn1) {
        window.width -= form.width;
        draw_dump(buffer, Area { x: window.x + window.width, width: form.width, ..window }, form, explorer, theme);
    }
    let window = window;
    let (first, cursor) = (list.window(&rows, usize::from(window.height)), list.place(&rows));
    for (line, (place, row)) in rows.iter().enumerate().skip(first).take(usize::from(window.height)).enumerate() {
        let y = window.y + u16::try_from(line).unwrap_or(0);
        let is_current = explorer.pane() == pane && place == cursor;
        draw_row(buffer, Area { y, height: 1, ..window }, row, is_current, theme);
    }
    // On the title's line: below, it would stand over the last row.
    let below = rows.len().saturating_sub(first + usize::from(window.height));
    let more = if below > 0 { format!(" +{below}▾") } else { String::new() };
    let width = u16::try_from(more.chars().count()).unwrap_or(0).min(area.width);
    let titled = Area { width: area.width - width, ..area };
    title(buffer, titled, pane, alone, explorer, theme);
    write(buffer, titled.x + titled.width, area.y, area.x + area.width, &theme.text(&more), theme.tone(Tone::Dim));
}

/// Columns that the names of all tabs take.
const ALL_NAMES: u16 = 58;

fn title(buffer: &mut Buffer, area: Area, pane: Pane, alone: bool, explorer: &Explorer, theme: &Theme) {
    let analysis = explorer.analysis();
    let certificate = explorer.labels().certificate(&analysis.pool, &analysis.graph, explorer.focus());
    let tone = |of: Pane| match (explorer.pane() == of, pane == of) {
        (true, _) => Tone::Reverse,
        (false, true) => Tone::Strong,
        (false, false) => Tone::Dim,
    };
    let words = match pane {
        Pane::Checks => format!(" of path {} ", crate::words::place_words(explorer.judgement(), explorer.chosen())),
        _ if explorer.tab() == Tab::Asn1 => format!(" {} · {} ", explorer.source_title(), explorer.element_words()),
        _ => format!(" {certificate} "),
    };
    let filter = &explorer.list(if pane == Pane::Checks { Lower::Checks } else { Lower::Inspector }).filter;
    let narrow = if filter.is_empty() { String::new() } else { format!(" only: {} ", crate::cert::escape(filter)) };
    let mut line = vec![Span::new("─", Tone::Dim)];
    // Where there is no room for every name, the others are their keys.
    let is_narrow = alone && area.width < ALL_NAMES;
    let named = |key: char, name: &str, is_open: bool| if is_narrow && !is_open { format!(" {key}") } else { format!(" {key} {name} ") };
    for (tab, key, name) in Tab::ALL {
        // The checks have a pane of their own, and stand in their place among the keys.
        if tab == Tab::Time && (alone || pane == Pane::Checks) {
            line.push(Span::new(named('5', "Checks", pane == Pane::Checks), tone(Pane::Checks)));
        }
        if alone || pane == Pane::Inspector {
            let is_open = pane == Pane::Inspector && tab == explorer.tab();
            let tone = if tab == explorer.tab() { tone(Pane::Inspector) } else { Tone::Dim };
            line.push(Span::new(named(key, name, is_open), tone));
        }
    }
    line.extend([Span::new("─", Tone::Dim), Span::new(narrow, Tone::Reverse), Span::new(words, Tone::Strong)]);
    let end = area.x + area.width;
    let x = spans(buffer, area, &line, theme);
    write(buffer, x, area.y, end, &theme.text("─").repeat(usize::from(end.saturating_sub(x))), theme.tone(Tone::Dim));
}

/// The bytes around the cursor: the header of its element stands out, its contents more, the byte itself most.
fn draw_dump(buffer: &mut Buffer, area: Area, form: Dump, explorer: &Explorer, theme: &Theme) {
    let end = area.x + area.width;
    let style = |part: &Part| match part {
        Part::Header => theme.tone(Tone::Strong).add_modifier(Modifier::UNDERLINED),
        Part::Content => theme.tone(Tone::Strong),
        Part::Cursor => theme.tone(Tone::Reverse),
        Part::Outside => theme.tone(Tone::Dim),
    };
    let per_row = u16::try_from(form.row).unwrap_or(u16::MAX);
    for (y, row) in (area.y..area.y + area.height).zip(hex_rows(explorer, usize::from(area.height), form.row)) {
        let mut x = write(buffer, area.x, y, end, &format!(" {:05x} ", row.offset), theme.tone(Tone::Dim));
        for (byte, part) in &row.bytes {
            write(buffer, x + 1, y, end, &format!("{byte:02x}"), style(part));
            x += 3;
        }
        if !form.has_text {
            continue;
        }
        for (place, (byte, part)) in (end.saturating_sub(per_row)..).zip(&row.bytes) {
            let shown = if (0x20..0x7f).contains(byte) { char::from(*byte).to_string() } else { ".".to_owned() };
            write(buffer, place, y, end, &shown, style(part));
        }
    }
}

fn draw_row(buffer: &mut Buffer, area: Area, row: &Row, is_current: bool, theme: &Theme) {
    let end = area.x + area.width;
    let indent = u16::try_from(row.depth).unwrap_or(0).saturating_mul(2);
    let mut x = area.x.saturating_add(indent);
    let arrow = match (row.openable, row.open) {
        (true, true) => "▾ ",
        (true, false) => "▸ ",
        (false, _) => "  ",
    };
    x = write(buffer, x, area.y, end, &theme.text(arrow), theme.tone(Tone::Dim));
    if let Some(verdict) = row.mark {
        let (sign, style) = theme.verdict(verdict);
        x = write(buffer, x, area.y, end, &theme.text(&sign), style) + 1;
    }
    let heading = row.depth == 0 && row.mark.is_some();
    let name_style = if heading { theme.tone(Tone::Strong) } else { Style::new() };
    let signed = row.sign.as_ref().map(|sign| format!("{} {}", sign.text, row.name));
    let drawn = row.drawn.as_ref().map(|shape| axis::drawn(shape, usize::from(area.width.saturating_sub(name_columns(area.width) + 3))));
    let (name, value) = (theme.text(signed.as_ref().unwrap_or(&row.name)), theme.text(drawn.as_ref().unwrap_or(&row.value)));
    match (row.mark, row.depth) {
        // A check is its sentence; the title of its rule stands in its facts.
        (Some(_), 1) => {
            write(buffer, x, area.y, end, &value, Style::new());
        }
        (Some(_), _) => {
            let x = write(buffer, x, area.y, end, &name, name_style) + 2;
            write(buffer, x, area.y, end, &value, theme.tone(Tone::Dim));
        }
        // In a tree of elements a value stands behind its name: columns would leave it no room.
        (None, _) if row.bytes.is_some_and(|(_, header, _)| header > 0) => {
            let x = write(buffer, x, area.y, end, &name, theme.tone(Tone::Strong)) + 1;
            let kind = (theme.text(&row.kind), theme.tone(Tone::Dim));
            // A value is worth more than its type; what holds others has none but its size.
            let (first, last) = if row.openable { (kind, (value, Style::new())) } else { ((value, Style::new()), kind) };
            let x = if first.0.is_empty() { x } else { write(buffer, x, area.y, end, &first.0, first.1) + 1 };
            write(buffer, x, area.y, end, &last.0, last.1);
        }
        (None, _) => {
            let start = x;
            let columns = name_columns(area.width);
            let reached = write(buffer, x, area.y, end.min(x + columns), &name, theme.tone(Tone::Strong));
            let x = if row.name.is_empty() { start } else { (start + columns + 1).saturating_sub(indent).max(reached + 1) };
            write(buffer, x, area.y, end, &value, Style::new());
        }
    }
    if is_current {
        for x in area.x..end {
            if let Some(cell) = buffer.cell_mut((x, area.y)) {
                cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
            }
        }
    }
}
