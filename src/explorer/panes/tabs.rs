//! The tabs of the inspector: ways to look at the focused certificate, each a list of rows.

use super::{asn1, document, siblings, time};
use crate::chain::CertificateId;
use crate::explorer::panes::fields::{CONTINUED, fields_rows};
use crate::explorer::panes::filter::kept;
use crate::explorer::state::List;
use crate::explorer::{Effect, Explorer, Pane, Row, screen, wrapped};

/// How the focused certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Tab {
    #[default]
    Fields,
    Asn1,
    Document,
    Siblings,
    Time,
}

impl Tab {
    /// In their order on the screen, each with its key and its name. The fifth key is that of the checks, which have a pane of their own.
    pub const ALL: [(Tab, char, &'static str); 5] = [
        (Tab::Fields, '1', "Fields"),
        (Tab::Asn1, '2', "ASN.1"),
        (Tab::Document, '3', "JSON"),
        (Tab::Siblings, '4', "Siblings"),
        (Tab::Time, '6', "Time"),
    ];
}

/// Where each tab was left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    fields: List,
    asn1: List,
    document: List,
    siblings: List,
    time: List,
}

impl Lists {
    pub fn of(&self, tab: Tab) -> &List {
        match tab {
            Tab::Fields => &self.fields,
            Tab::Asn1 => &self.asn1,
            Tab::Document => &self.document,
            Tab::Siblings => &self.siblings,
            Tab::Time => &self.time,
        }
    }

    pub fn of_mut(&mut self, tab: Tab) -> &mut List {
        match tab {
            Tab::Fields => &mut self.fields,
            Tab::Asn1 => &mut self.asn1,
            Tab::Document => &mut self.document,
            Tab::Siblings => &mut self.siblings,
            Tab::Time => &mut self.time,
        }
    }
}

/// The rows of the inspector's tab, narrowed to what is filtered for.
pub fn inspector_rows(explorer: &Explorer) -> Vec<Row> {
    let list = explorer.lists.of(explorer.tab);
    kept(rows_of(explorer, explorer.tab, list), &list.filter)
}

/// All rows of a tab, open and closed as `list` has them.
pub(super) fn rows_of(explorer: &Explorer, tab: Tab, list: &List) -> Vec<Row> {
    match tab {
        Tab::Fields => fields_rows(explorer, list),
        Tab::Asn1 => asn1::rows(explorer, list),
        Tab::Document => document::rows(explorer, list),
        Tab::Siblings => siblings::rows(explorer, list),
        Tab::Time => time::rows(explorer),
    }
}

/// A row for each line that the text takes beside its name; without a name it has the whole width.
pub(super) fn lines(explorer: &Explorer, key: &str, name: &str, text: &str) -> Vec<Row> {
    let width = screen::split(explorer.size, explorer).inspector.width;
    let room = if name.is_empty() { width.saturating_sub(3) } else { screen::value_columns(width) };
    let part = |(line, text): (usize, String)| {
        let (key, name) =
            if line == 0 { (key.to_owned(), name) } else { (format!("{key}{CONTINUED}{line}"), if name.is_empty() { "" } else { " " }) };
        Row::new(0, key, name, text)
    };
    wrapped(text, room).into_iter().enumerate().map(part).collect()
}

impl Explorer {
    pub(in crate::explorer) fn is_in_tab(&self, tab: Tab) -> bool {
        self.pane == Pane::Inspector && self.tab == tab
    }

    pub(in crate::explorer) fn show_tab(&mut self, tab: Tab) -> Vec<Effect> {
        self.tab = tab;
        self.refresh_tree();
        self.show_pane(Pane::Inspector)
    }

    /// Marks the focused certificate as the one to compare others with; again, no longer.
    pub(in crate::explorer) fn mark(&mut self) -> Vec<Effect> {
        let is_marked = self.marked == Some(self.focus);
        self.marked = (!is_marked).then_some(self.focus);
        let name = self.labels.certificate(&self.analysis().pool, &self.analysis().graph, self.focus);
        self.status = if is_marked { "nothing is marked".to_owned() } else { format!("{name} is marked: d compares another with it") };
        Vec::new()
    }

    /// What the focused certificate is compared with: the marked one, else its first sibling that is drawn.
    pub(in crate::explorer) fn other(&self) -> Option<CertificateId> {
        if let Some(marked) = self.marked.filter(|marked| *marked != self.focus) {
            return Some(marked);
        }
        let graph = &self.analysis().graph;
        let siblings = &graph.entity(graph.entity_of(self.focus)).certificates;
        siblings.iter().copied().find(|id| *id != self.focus)
    }
}
