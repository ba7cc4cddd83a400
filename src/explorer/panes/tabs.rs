//! The tabs of the inspector: ways to look at the focused certificate, each a list of rows.

use super::fields::fields_rows;
use super::filter::kept;
use super::list::{List, Row};
use super::pane::{Lower, Pane, Tab};
use super::{asn1, document, siblings, time};
use crate::chain::CertificateId;
use crate::explorer::state::Explorer;

/// The rows of the inspector's tab, narrowed to what is filtered for.
pub(super) fn inspector_rows(explorer: &Explorer) -> Vec<Row> {
    let list = explorer.panes.list(Lower::Inspector);
    kept(rows_of(explorer, explorer.panes.tab, list), &list.filter)
}

/// All rows of a tab, open and closed as `list` has them.
pub(super) fn rows_of(explorer: &Explorer, tab: Tab, list: &List) -> Vec<Row> {
    match tab {
        Tab::Fields => fields_rows(explorer, list),
        Tab::Asn1 => asn1::rows(explorer, list),
        Tab::Document => document::rows(explorer, list),
        Tab::Siblings => siblings::rows(explorer, list),
        Tab::Time => time::rows(explorer, list),
    }
}

impl Explorer {
    /// Which way the inspector looks at the focused certificate.
    pub fn tab(&self) -> Tab {
        self.panes.tab
    }

    pub(super) fn is_in_tab(&self, tab: Tab) -> bool {
        self.panes.pane == Pane::Inspector && self.panes.tab == tab
    }

    pub(in crate::explorer) fn show_tab(&mut self, tab: Tab) {
        self.panes.tab = tab;
        self.refresh_tree();
        self.show_pane(Pane::Inspector);
    }

    /// What the focused certificate is compared with: the marked one, else its first sibling.
    pub(super) fn other(&self) -> Option<CertificateId> {
        if let Some(marked) = self.marked().filter(|marked| *marked != self.focus()) {
            return Some(marked);
        }
        let graph = &self.analysis().graph;
        let siblings = &graph.entity(graph.entity_of(self.focus())).certificates;
        siblings.iter().copied().find(|id| *id != self.focus())
    }
}
