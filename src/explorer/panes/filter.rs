//! Narrowing a list to what has a text, and going to one of it; opening and closing everything.

use std::collections::HashSet;

use tui_input::Input;

use super::list::Row;
use super::pane::Pane;
use crate::check::Verdict;
use crate::explorer::keys::key::Key;
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;
use crate::words::counted;

/// The rows that have `text`, in their name, their value or their verdict, and those that they stand in.
pub(in crate::explorer) fn kept(rows: Vec<Row>, text: &str) -> Vec<Row> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return rows;
    }
    // From the end: what holds a kept row stands above it, nearer the edge.
    let mut depth = 0;
    let mut kept: Vec<Row> = Vec::new();
    for row in rows.into_iter().rev() {
        if has(&row, &wanted) || row.depth < depth {
            depth = row.depth;
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}

fn has(row: &Row, wanted: &str) -> bool {
    let verdict = row.mark.map(Verdict::word).unwrap_or_default();
    [row.name.as_str(), row.kind.as_str(), row.value.as_str(), verdict].iter().any(|part| part.to_lowercase().contains(wanted))
}

impl Explorer {
    pub(in crate::explorer) fn open_filter(&mut self) {
        if self.panes.pane == Pane::Diagram {
            self.show_pane(self.panes.lower.into());
        }
        self.panes.byte = None;
        let list = self.list_mut();
        let (text, before) = (Input::new(list.filter.clone()), list.cursor.clone());
        self.views.open(View::Filter { text, before });
    }

    /// Keys of the line: arrows walk over what is left, Enter keeps the list narrow, Escape goes back to where it began.
    pub(in crate::explorer) fn press_in_filter(&mut self, key: Key, effects: &mut Effects) {
        match key {
            Key::Up => self.move_cursor(-1),
            Key::Down | Key::Tab => self.move_cursor(1),
            Key::Enter => self.take_filter(),
            Key::Escape => {
                if let Some(View::Filter { before, .. }) = self.views.close() {
                    self.list_mut().cursor = before;
                }
                self.list_mut().filter.clear();
                self.move_cursor(0);
            }
            key => self.press_in_line(key, effects),
        }
    }

    /// Keeps the list narrow.
    pub(in crate::explorer) fn take_filter(&mut self) {
        self.views.close();
        let rows = self.whole_rows(self.meant()).len();
        if !self.list_mut().filter.is_empty() {
            self.notice = format!("{} left; Esc shows all again", counted(rows, "row"));
        }
    }

    /// Shows the whole list again, with the cursor on the row that it is on; `false` where it is whole already.
    pub(in crate::explorer) fn widen(&mut self) -> bool {
        if self.panes.pane == Pane::Diagram || self.list(self.meant()).filter.is_empty() {
            return false;
        }
        let rows = self.rows(self.meant());
        let place = self.list_mut().place(&rows);
        let key = rows.get(place).map(|row| row.key.clone());
        self.list_mut().filter.clear();
        if let Some(key) = key {
            self.reveal(&key);
        }
        true
    }

    /// After the text has changed: the cursor on the first row that has it.
    pub(in crate::explorer) fn narrow(&mut self, text: String) {
        let wanted = text.trim().to_lowercase();
        self.list_mut().filter = text;
        let first = self.rows(self.meant()).into_iter().find(|row| has(row, &wanted));
        if let Some(row) = first.filter(|_| !wanted.is_empty()) {
            self.list_mut().cursor = row.key;
        }
        self.move_cursor(0);
    }

    /// Puts the cursor of the list on the row with this key, and opens what it stands in, outermost first.
    pub(in crate::explorer) fn reveal(&mut self, key: &str) {
        let mut opened = HashSet::new();
        loop {
            let rows = self.rows(self.meant());
            if rows.iter().any(|row| row.key == key) {
                break;
            }
            let closed = rows.into_iter().filter(|row| row.openable && !row.open && is_above(&row.key, key));
            let Some(holder) = closed.max_by_key(|row| row.depth).filter(|row| opened.insert(row.key.clone())) else { break };
            self.list_mut().toggle(holder.key);
        }
        key.clone_into(&mut self.list_mut().cursor);
        self.move_cursor(0);
    }

    /// Opens everything in the list, or closes it where all is open.
    pub(in crate::explorer) fn open_everything(&mut self) {
        let rows = self.rows(self.meant());
        if rows.iter().all(|row| !row.openable) {
            self.notice = "nothing here opens further".to_owned();
            return;
        }
        let is_open = rows.iter().all(|row| !row.openable || row.open);
        let list = self.list_mut();
        list.everything = Some(!is_open);
        list.toggled.clear();
        self.move_cursor(0);
        self.notice = if is_open { "everything is closed" } else { "everything is open" }.to_owned();
    }
}

/// Whether a row with the key `above` may hold one with the key `below`.
fn is_above(above: &str, below: &str) -> bool {
    below.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}
