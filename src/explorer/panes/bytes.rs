//! The bytes beside the tree: moving in one moves the other; and the ways from a field to its bytes and back.

use super::asn1::{Way, shown, tree};
use super::list::List;
use super::pane::{Pane, Source, Tab};
use super::tabs::{inspector_rows, rows_of};
use crate::explorer::keys::command::Command;
use crate::explorer::state::Explorer;

/// How the dump shares the columns of the tab with the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dump {
    /// Columns, the last ones of the tab.
    pub width: u16,
    /// Bytes of a row.
    pub row: usize,
    /// The bytes stand beside them as text.
    pub has_text: bool,
}

/// Columns that the tree needs to be of use.
const LEAST_TREE: u16 = 34;
/// Columns of offset and margins.
const MARGIN: u16 = 8;

/// The widest dump that leaves the tree room in so many columns; `None` where not even the narrowest does.
pub fn dump(width: u16) -> Option<Dump> {
    let forms = [(16, true), (8, true), (8, false)];
    let sized = forms.map(|(row, has_text)| {
        let cells = if has_text { row * 4 + 1 } else { row * 3 };
        Dump { width: MARGIN + u16::try_from(cells).unwrap_or(u16::MAX), row, has_text }
    });
    sized.into_iter().find(|dump| dump.width + LEAST_TREE <= width)
}

/// What a byte is to the element that the tree's cursor is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Outside,
    Header,
    Content,
    /// The cursor in the dump.
    Cursor,
}

/// A row of the dump: where it begins, and what each byte is to the element under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HexRow {
    pub offset: usize,
    pub bytes: Vec<(u8, Part)>,
}

/// As many rows of the dump as `height`, each of so many bytes, around the cursor.
pub fn hex_rows(explorer: &Explorer, height: usize, row: usize) -> Vec<HexRow> {
    let (offset, header, length) = explorer.element_here().unwrap_or_default();
    let shown = shown(explorer);
    let row = row.max(1);
    let most = shown.der.len().div_ceil(row).saturating_sub(height);
    let first = (explorer.panes.byte.unwrap_or(offset) / row).saturating_sub(height / 3).min(most);
    let of = |place: usize| match place.checked_sub(offset) {
        _ if explorer.panes.byte == Some(place) => Part::Cursor,
        Some(within) if within < header => Part::Header,
        Some(within) if within < header + length => Part::Content,
        _ => Part::Outside,
    };
    let chunks = shown.der.chunks(row).enumerate().skip(first).take(height);
    let chunks = chunks.map(|(line, bytes)| {
        let start = line * row;
        HexRow { offset: start, bytes: bytes.iter().enumerate().map(|(column, byte)| (*byte, of(start + column))).collect() }
    });
    chunks.collect()
}

impl Explorer {
    /// The byte that the cursor of the dump is on, while it is there.
    pub fn byte(&self) -> Option<usize> {
        self.panes.byte
    }

    /// From a field to its bytes; from the tree into the dump, and back.
    pub(in crate::explorer) fn go_to_bytes(&mut self) {
        if self.is_in_tab(Tab::Asn1) {
            self.panes.byte = match self.panes.byte {
                Some(_) => None,
                None => self.element_here().map(|(offset, ..)| offset),
            };
            self.notice =
                if self.panes.byte.is_some() { "arrows move by bytes and the tree follows; b goes back to it" } else { "" }.to_owned();
            return;
        }
        self.panes.byte = None;
        if !self.is_in_tab(Tab::Fields) {
            return self.show_tab(Tab::Asn1);
        }
        let rows = inspector_rows(self);
        let span = rows.get(self.panes.lists.of(Tab::Fields).place(&rows)).and_then(|row| row.bytes);
        self.panes.source = Source::Focus;
        match span {
            Some((offset, _, length)) => self.show_bytes(offset, length),
            None => self.notice = "this row has no single position".to_owned(),
        }
        self.show_tab(Tab::Asn1)
    }

    /// From bytes to the field that they are of: the smallest that has them all.
    pub(in crate::explorer) fn go_to_field(&mut self) {
        if !self.is_in_tab(Tab::Asn1) || self.panes.source != Source::Focus {
            self.notice = "from a certificate's bytes this goes to their field".to_owned();
            return;
        }
        let Some((offset, header, length)) = self.element_here() else { return };
        let (start, end) = self.panes.byte.map_or((offset + header, offset + header + length), |byte| (byte, byte + 1));
        let all = List { everything: Some(true), ..List::default() };
        let holds = |bytes: Option<(usize, usize, usize)>| bytes.is_some_and(|(at, _, length)| at <= start && end <= at + length);
        let rows = rows_of(self, Tab::Fields, &all);
        let found = rows.iter().filter(|row| holds(row.bytes)).min_by_key(|row| row.bytes.map(|(_, _, length)| length));
        let Some(key) = found.map(|row| row.key.clone()) else {
            self.notice = "these bytes span several fields".to_owned();
            return;
        };
        self.show_tab(Tab::Fields);
        self.reveal(&key);
    }

    /// Puts the cursor of the tree on the smallest element that has all of these bytes, and opens what holds it.
    fn show_bytes(&mut self, offset: usize, length: usize) {
        let tree = tree(self);
        let (mut way, mut found) = (Way::default(), None);
        for element in tree.elements.iter() {
            way.go(element);
            if element.offset <= offset && offset + length <= element.end() {
                found = Some(way.key(element.depth));
            }
        }
        let Some(key) = found else { return };
        let (tab, pane) = (self.panes.tab, self.panes.pane);
        self.panes.tab = Tab::Asn1;
        self.panes.pane = Pane::Inspector;
        self.reveal(&key);
        (self.panes.tab, self.panes.pane) = (tab, pane);
    }

    /// Moves the cursor in the dump; false where it is not there.
    pub(in crate::explorer) fn step_in_dump(&mut self, command: Command) -> bool {
        let Some(byte) = self.panes.byte.filter(|_| self.is_in_tab(Tab::Asn1)) else { return false };
        let area = self.screen().inspector;
        let row = dump(area.width).map_or(1, |dump| dump.row);
        let page = row * usize::from(area.height.saturating_sub(3).max(1));
        let last = shown(self).der.len().saturating_sub(1);
        let byte = match command {
            Command::Left => byte.saturating_sub(1),
            Command::Right => byte + 1,
            Command::Up => byte.checked_sub(row).unwrap_or(byte),
            Command::Down if byte + row > last => byte,
            Command::Down => byte + row,
            Command::PageUp => byte.saturating_sub(page),
            Command::PageDown => byte + page,
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        let byte = byte.min(last);
        self.panes.byte = Some(byte);
        self.show_bytes(byte, 1);
        true
    }

    /// Offset, header and length of the element that the tree's cursor is on.
    fn element_here(&self) -> Option<(usize, usize, usize)> {
        if self.panes.tab != Tab::Asn1 {
            return None;
        }
        let rows = inspector_rows(self);
        rows.get(self.panes.lists.of(Tab::Asn1).place(&rows)).and_then(|row| row.bytes)
    }

    /// Where the cursor is, in words: offset, header and length of its element.
    pub fn element_words(&self) -> String {
        let Some((offset, header, length)) = self.element_here() else { return String::new() };
        let byte = self.panes.byte.map_or_else(String::new, |byte| format!("byte {byte}, "));
        format!("{byte}at {offset}: {header} + {length}")
    }

    /// The bytes of the element under the cursor, for the clipboard.
    pub(in crate::explorer) fn element_bytes(&self) -> Option<Vec<u8>> {
        if !self.is_in_tab(Tab::Asn1) {
            return None;
        }
        let (offset, header, length) = self.element_here()?;
        shown(self).der.get(offset..offset + header + length).map(<[u8]>::to_vec)
    }
}
