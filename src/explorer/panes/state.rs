//! What the panes know: which one has the keyboard, where each list was left, how large the screen is.

use std::sync::Arc;

use super::foretold::Foretold;
use super::list::List;
use super::pane::{Lower, Pane, Source, Tab};
use crate::cert::{Asn1, Fingerprint};
use crate::check::Finding;
use crate::explorer::jobs::state::Job;

/// The lists of the screen. Each is left where it was when another is shown.
#[derive(Debug, Clone)]
pub(in crate::explorer) struct Panes {
    pub(super) pane: Pane,
    /// Which of fields and checks is shown where there is room for one.
    pub(super) lower: Lower,
    pub(super) zoomed: bool,
    /// Which way the inspector looks at the focused certificate.
    pub(super) tab: Tab,
    pub(super) lists: Lists,
    pub(super) checks: List,
    pub(super) source: Source,
    /// The byte that the cursor of the dump is on, while it is there.
    pub(super) byte: Option<usize>,
    /// Columns and rows of the screen.
    pub(super) size: (u16, u16),
    /// Made again at any time from what is above.
    pub(super) cache: Cache,
}

/// What would be slow to make for every frame.
#[derive(Debug, Clone, Default)]
pub(super) struct Cache {
    pub(super) tree: Option<Tree>,
    pub(super) future: Option<Future>,
    pub(super) explained: Option<PathChecks>,
}

impl Panes {
    pub(in crate::explorer) fn new(size: (u16, u16)) -> Self {
        Self {
            pane: Pane::Diagram,
            lower: Lower::Inspector,
            zoomed: false,
            tab: Tab::Fields,
            lists: Lists::default(),
            checks: List::default(),
            source: Source::Focus,
            byte: None,
            size,
            cache: Cache::default(),
        }
    }

    /// Gives a pane the keyboard.
    pub(in crate::explorer) fn enter(&mut self, pane: Pane) {
        self.pane = pane;
    }

    pub(in crate::explorer) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
    }

    /// Gives the pane the whole screen, or not.
    pub(in crate::explorer) fn zoom_to(&mut self, zoomed: bool) {
        self.zoomed = zoomed;
    }

    pub(super) fn list(&self, of: Lower) -> &List {
        match of {
            Lower::Checks => &self.checks,
            Lower::Inspector => self.lists.of(self.tab),
        }
    }

    pub(super) fn list_mut(&mut self, of: Lower) -> &mut List {
        match of {
            Lower::Checks => &mut self.checks,
            Lower::Inspector => self.lists.of_mut(self.tab),
        }
    }

    /// Puts the cursor of the checks on the row with this key, and shows them below the diagram.
    pub(in crate::explorer) fn show_check(&mut self, key: String) {
        self.checks.cursor = key;
        if self.pane != Pane::Diagram {
            self.pane = Pane::Checks;
        }
        self.lower = Lower::Checks;
    }

    /// The inspector looks at the focused certificate again, and no byte of it is pointed at.
    pub(in crate::explorer) fn leave_source(&mut self) {
        (self.source, self.byte) = (Source::Focus, None);
    }

    /// Takes the cursor out of the dump; whether it was there.
    pub(in crate::explorer) fn leave_bytes(&mut self) -> bool {
        self.pane == Pane::Inspector && self.tab == Tab::Asn1 && self.byte.take().is_some()
    }

    /// Nobody waits for what changes next.
    /// What was made of what is gone is made anew when it is wanted.
    pub(in crate::explorer) fn forget(&mut self) {
        self.cache = Cache::default();
    }
}

/// Where each tab was left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lists {
    fields: List,
    asn1: List,
    document: List,
    siblings: List,
    time: List,
}

impl Lists {
    pub(super) fn of(&self, tab: Tab) -> &List {
        match tab {
            Tab::Fields => &self.fields,
            Tab::Asn1 => &self.asn1,
            Tab::Document => &self.document,
            Tab::Siblings => &self.siblings,
            Tab::Time => &self.time,
        }
    }

    pub(super) fn of_mut(&mut self, tab: Tab) -> &mut List {
        match tab {
            Tab::Fields => &mut self.fields,
            Tab::Asn1 => &mut self.asn1,
            Tab::Document => &mut self.document,
            Tab::Siblings => &mut self.siblings,
            Tab::Time => &mut self.time,
        }
    }
}

/// Elements that were read already, and of which bytes.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) of: Fingerprint,
    pub(super) elements: Arc<[Asn1]>,
    pub(super) names: Arc<[&'static str]>,
}

/// What the rules say of a path.
#[derive(Debug, Clone)]
pub(super) struct PathChecks {
    /// The judgement that it is of, and the path's place in that.
    pub(super) of: (u64, usize),
    pub(super) findings: Arc<[Finding]>,
}

/// What changes next.
#[derive(Debug, Clone)]
pub(super) struct Future {
    /// The judgement after which.
    pub(super) after: u64,
    pub(super) job: Job,
    pub(super) known: Option<Foretold>,
}
