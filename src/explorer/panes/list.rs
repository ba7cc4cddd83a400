//! What a list is: rows, and a cursor on one of them.

use std::collections::BTreeSet;

use crate::cert::Time;
use crate::chain::CertificateId;
use crate::check::Verdict;
use crate::words::Span;

/// In the key of a row that only goes on with the value of the one above it.
pub(in crate::explorer) const CONTINUED: char = '+';

/// One row of a list; the text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub depth: usize,
    /// Names the row across redraws.
    pub key: String,
    pub mark: Option<Verdict>,
    pub name: String,
    /// Before the name; it says what no word of the row does.
    pub sign: Option<Span>,
    /// What stands behind the name where there is room: the type of an ASN.1 element.
    pub kind: String,
    /// Whole, whatever the size of the screen.
    pub value: String,
    /// What a screen draws in place of the value.
    pub drawn: Option<Drawn>,
    /// On a screen, a value that is longer than its line goes on in rows of its own.
    pub breaks: bool,
    pub openable: bool,
    pub open: bool,
    /// Where it stands in the certificate: offset, header and length; for what has no header of its own that is 0.
    pub bytes: Option<(usize, usize, usize)>,
    /// The certificate that a check speaks of.
    pub certificate: Option<CertificateId>,
}

/// Something along an axis of time, from the first to the last of these moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    pub axis: (Time, Time),
    pub what: Stretch,
}

/// What is drawn of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// The dates at both ends of the axis.
    Ends,
    /// From one moment to another, with the judged time across it.
    Bar { from: Time, to: Time, at: Time },
}

impl Row {
    /// A text that may take several lines of a screen.
    pub(in crate::explorer) fn text(key: impl Into<String>, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { breaks: true, ..Self::new(0, key.into(), name, text) }
    }

    pub(in crate::explorer) fn new(depth: usize, key: String, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            depth,
            key,
            mark: None,
            name: name.into(),
            sign: None,
            kind: String::new(),
            value: value.into(),
            drawn: None,
            breaks: false,
            openable: false,
            open: false,
            bytes: None,
            certificate: None,
        }
    }
}

/// A list with a cursor; `toggled` are the rows whose opening differs from the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Key of the row that the cursor is on: rows come and go, the row stays the same.
    pub cursor: String,
    /// The first row shown, as long as the cursor is in the window from there.
    pub first: usize,
    pub toggled: BTreeSet<String>,
    /// Everything is opened, or closed, but what is toggled; `None`: each row as it is by default.
    pub everything: Option<bool>,
    /// Only rows that have this text are shown, and what they stand in; empty: all.
    pub filter: String,
}

impl List {
    /// Whether an openable row is open. While a filter holds, all are looked into.
    pub(in crate::explorer) fn is_open(&self, key: &str, by_default: bool) -> bool {
        !self.filter.is_empty() || self.everything.unwrap_or(by_default) != self.toggled.contains(key)
    }

    pub(in crate::explorer) fn toggle(&mut self, key: String) {
        if !self.toggled.remove(&key) {
            self.toggled.insert(key);
        }
    }

    /// The place of the cursor among `rows`; where its row is gone, that of the nearest row above it in the tree, else the first.
    pub fn place(&self, rows: &[Row]) -> usize {
        let mut key = self.cursor.as_str();
        loop {
            if let Some(place) = rows.iter().position(|row| row.key == key) {
                return place;
            }
            match key.rsplit_once('/') {
                Some((parent, _)) => key = parent,
                None => return 0,
            }
        }
    }

    /// The first row to show in a window of `height` rows, so that the cursor is in it.
    pub fn window(&self, rows: &[Row], height: usize) -> usize {
        let place = self.place(rows);
        self.first.min(place).max((place + 1).saturating_sub(height.max(1)))
    }
}

/// The value that a row shows, or a part of: whole.
pub(in crate::explorer) fn whole_value(rows: &[Row], place: usize) -> Option<(String, String)> {
    let goes_on = |row: &Row| row.key.contains(CONTINUED);
    let start = (0..=place).rev().find(|place| rows.get(*place).is_some_and(|row| !goes_on(row)))?;
    let (first, rest) = rows.get(start..)?.split_first()?;
    let parts = rest.iter().take_while(|row| goes_on(row)).map(|row| row.value.as_str());
    Some((first.name.clone(), std::iter::once(first.value.as_str()).chain(parts).collect()))
}
