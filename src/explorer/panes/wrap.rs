//! Text broken into lines of a width.

use super::list::{CONTINUED, Row};
use super::screen::value_columns;
use unicode_width::UnicodeWidthChar;

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

/// The rows as a list of `width` columns shows them: one more for each further line that a value takes beside its name; without a name it
/// has the whole width. What is drawn in place of a value has it below.
pub(super) fn broken(rows: Vec<Row>, width: u16) -> Vec<Row> {
    let lines = |row: Row| {
        if !row.breaks {
            return vec![row];
        }
        if row.drawn.is_some() {
            let said =
                Row { key: format!("{}/said", row.key), name: " ".to_owned(), sign: None, drawn: None, breaks: false, ..row.clone() };
            return vec![row, said];
        }
        let room = if row.name.is_empty() { width.saturating_sub(3) } else { value_columns(width) };
        let part = |(line, text): (usize, String)| {
            let first = line == 0;
            let name = if first || row.name.is_empty() { row.name.clone() } else { " ".to_owned() };
            let key = if first { row.key.clone() } else { format!("{}{CONTINUED}{line}", row.key) };
            Row { key, name, value: text, sign: row.sign.clone().filter(|_| first), ..row.clone() }
        };
        wrapped(&row.value, room).into_iter().enumerate().map(part).collect()
    };
    rows.into_iter().flat_map(lines).collect()
}
