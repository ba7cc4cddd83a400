//! The certificate's DER as a tree, and its bytes beside it.

use super::super::{Effect, Explorer, Pane, Row};
use super::Tab;
use crate::cert::{Asn1, asn1};

/// Bytes of a row of the dump.
const ROW: usize = 8;

/// A row for each element; its key is the way to it, by offsets.
pub(super) fn rows(explorer: &Explorer) -> Vec<Row> {
    let certificate = explorer.analysis().pool.certificate(explorer.focus);
    let toggled = &explorer.lists.of(Tab::Asn1).toggled;
    let mut rows = Vec::new();
    let mut way: Vec<usize> = Vec::new();
    // Below a closed element nothing is shown until one stands beside or above it.
    let mut closed_at = None;
    for element in asn1(certificate.der()) {
        way.truncate(element.depth);
        way.push(element.offset);
        if closed_at.is_some_and(|depth| element.depth > depth) {
            continue;
        }
        closed_at = None;
        let key = key(&way);
        let is_open = element.holds && !toggled.contains(&key);
        if element.holds && !is_open {
            closed_at = Some(element.depth);
        }
        rows.push(row(&element, key, is_open));
    }
    rows
}

fn key(way: &[usize]) -> String {
    way.iter().map(usize::to_string).collect::<Vec<_>>().join("/")
}

fn row(element: &Asn1, key: String, is_open: bool) -> Row {
    let value = match (element.holds, element.value.is_empty()) {
        (true, true) => format!("{} bytes at {}", element.length, element.offset),
        _ => element.value.clone(),
    };
    let mut row = Row::new(element.depth, key, element.name.clone(), value);
    row.openable = element.holds;
    row.open = is_open;
    row.bytes = Some((element.offset, element.header, element.length));
    row
}

/// Part of a dump: the offset, the bytes, and for each whether it is of the element's header (`Some(true)`), its contents or neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HexRow {
    pub offset: usize,
    pub bytes: Vec<(u8, Option<bool>)>,
}

/// As many rows of the dump as `height`, around the element that the cursor is on.
pub fn hex_rows(explorer: &Explorer, height: usize) -> Vec<HexRow> {
    let rows = rows(explorer);
    let here = rows.get(explorer.lists.of(Tab::Asn1).place(&rows)).and_then(|row| row.bytes);
    let (offset, header, length) = here.unwrap_or_default();
    let der = explorer.analysis().pool.certificate(explorer.focus).der();
    let first = (offset / ROW).saturating_sub(height / 4).min((der.len().div_ceil(ROW)).saturating_sub(height));
    let of = |place: usize| match place.checked_sub(offset) {
        Some(within) if within < header => Some(true),
        Some(within) if within < header + length => Some(false),
        _ => None,
    };
    let chunks = der.chunks(ROW).enumerate().skip(first).take(height);
    chunks
        .map(|(row, bytes)| HexRow {
            offset: row * ROW,
            bytes: bytes.iter().enumerate().map(|(column, byte)| (*byte, of(row * ROW + column))).collect(),
        })
        .collect()
}

impl Explorer {
    /// From a field to its bytes; among the bytes, to the next element behind this one that is not in it.
    pub(in crate::explorer) fn go_to_bytes(&mut self) -> Vec<Effect> {
        if self.pane != Pane::Inspector || self.tab != Tab::Fields {
            return self.show_tab(Tab::Asn1);
        }
        let rows = super::super::fields_rows(self);
        let span = rows.get(self.lists.of(Tab::Fields).place(&rows)).and_then(|row| row.bytes);
        let Some((offset, _, length)) = span else {
            self.status = "this row stands at no one place in the certificate".to_owned();
            return self.show_tab(Tab::Asn1);
        };
        self.show_byte(offset, length);
        self.show_tab(Tab::Asn1)
    }

    /// Puts the cursor of the tree on the smallest element that has all of these bytes, and opens what holds it.
    fn show_byte(&mut self, offset: usize, length: usize) {
        let elements = asn1(self.analysis().pool.certificate(self.focus).der());
        let mut way: Vec<usize> = Vec::new();
        let mut found = None;
        for element in elements {
            way.truncate(element.depth);
            way.push(element.offset);
            if element.offset <= offset && offset + length <= element.end() {
                found = Some(way.clone());
            }
        }
        let Some(way) = found else { return };
        let list = self.lists.of_mut(Tab::Asn1);
        for depth in 1..way.len() {
            list.toggled.remove(&key(&way[..depth]));
        }
        list.cursor = key(&way);
    }

    /// The bytes of the element under the cursor, for the clipboard.
    pub(in crate::explorer) fn element_bytes(&self) -> Option<Vec<u8>> {
        if self.pane != Pane::Inspector || self.tab != Tab::Asn1 {
            return None;
        }
        let rows = rows(self);
        let (offset, header, length) = rows.get(self.lists.of(Tab::Asn1).place(&rows)).and_then(|row| row.bytes)?;
        self.analysis().pool.certificate(self.focus).der().get(offset..offset + header + length).map(<[u8]>::to_vec)
    }
}
