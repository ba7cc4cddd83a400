//! Text broken into lines of a width.

use super::list::{CONTINUED, Row};
use super::screen::value_columns;
use crate::explorer::state::Explorer;
use unicode_width::UnicodeWidthChar;

/// The rows with those that only go on with a value put together, as for a page without edges.
pub fn joined(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        match out.last_mut() {
            Some(first) if row.key.contains(CONTINUED) => first.value.push_str(&row.value),
            _ => out.push(row),
        }
    }
    out
}

/// Words broken at the width, long ones cut through.
pub fn wrapped(text: &str, width: u16) -> Vec<String> {
    let room = usize::from(width.max(1));
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let length: usize = word.chars().map(|character| character.width().unwrap_or(0)).sum();
        if used > 0 && used + length > room && length <= room {
            lines.push(String::new());
            used = 0;
        }
        for character in word.chars() {
            let columns = character.width().unwrap_or(0);
            if used + columns > room {
                lines.push(String::new());
                used = 0;
            }
            if let Some(last) = lines.last_mut() {
                last.push(character);
            }
            used += columns;
        }
    }
    lines
}

/// A row for each line that the text takes beside its name; without a name it has the whole width.
pub(super) fn lines(explorer: &Explorer, key: &str, name: &str, text: &str) -> Vec<Row> {
    let width = explorer.screen().inspector.width;
    let room = if name.is_empty() { width.saturating_sub(3) } else { value_columns(width) };
    let part = |(line, text): (usize, String)| {
        let (key, name) =
            if line == 0 { (key.to_owned(), name) } else { (format!("{key}{CONTINUED}{line}"), if name.is_empty() { "" } else { " " }) };
        Row::new(0, key, name, text)
    };
    wrapped(text, room).into_iter().enumerate().map(part).collect()
}
