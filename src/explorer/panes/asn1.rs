//! Some DER as a tree: the focused certificate, or what else was loaded or could not be read.

use super::list::{List, Row};
use super::pane::{Source, Tab};
use super::state::Tree;
use crate::cert::{Asn1, Fingerprint, Structure, asn1, element_names};
use crate::check::Verdict;
use crate::explorer::state::Explorer;

/// With more elements than this, only the outer ones are open at first.
const MANY: usize = 2_000;
/// Those are open that stand in fewer elements than this.
const OUTER: usize = 3;

fn read(shown: &Shown<'_>) -> Tree {
    let elements = asn1(shown.der);
    let names = shown.structure.map(|structure| element_names(&elements, structure)).unwrap_or_default();
    Tree { of: shown.sha256, elements: elements.into(), names: names.into() }
}

/// The bytes that the tree is of.
pub(in crate::explorer) struct Shown<'a> {
    pub der: &'a [u8],
    sha256: Fingerprint,
    structure: Option<Structure>,
    title: String,
}

pub(in crate::explorer) fn shown(explorer: &Explorer) -> Shown<'_> {
    let analysis = explorer.analysis();
    let found = match explorer.panes.source {
        Source::Focus => None,
        Source::Crl(place) => analysis.evidence.crls().get(place).map(|given| Shown {
            der: given.item.der(),
            sha256: given.item.sha256,
            structure: Some(Structure::Crl),
            title: format!("CRL, {}", given.place),
        }),
        Source::Response(place) => analysis.evidence.responses().get(place).map(|given| Shown {
            der: given.item.der(),
            sha256: given.item.sha256,
            structure: Some(Structure::OcspResponse),
            title: format!("OCSP response, {}", given.place),
        }),
        Source::Unread(place) => explorer.opened.unread.get(place).map(|unread| Shown {
            der: &unread.der,
            sha256: Fingerprint::of(&unread.der),
            structure: None,
            title: format!("not read: {}", unread.place),
        }),
    };
    found.unwrap_or_else(|| {
        let certificate = analysis.pool.certificate(explorer.focus());
        let title = explorer.labels().certificate(&analysis.pool, &analysis.graph, explorer.focus());
        Shown { der: certificate.der(), sha256: certificate.sha256, structure: Some(Structure::Certificate), title }
    })
}

/// The tree, read anew only where it is of other bytes.
pub(super) fn tree(explorer: &Explorer) -> Tree {
    let shown = shown(explorer);
    explorer.panes.cache.tree.as_ref().filter(|tree| tree.of == shown.sha256).cloned().unwrap_or_else(|| read(&shown))
}

/// A row for each element; its key is the way to it by places, so that the same element of a sibling has the same key.
pub(in crate::explorer) fn rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let tree = tree(explorer);
    let mut rows = Vec::new();
    // Below a closed element nothing is shown until one stands beside or above it.
    let mut closed_at = None;
    let mut way = Way::default();
    for (place, element) in tree.elements.iter().enumerate() {
        way.go(element);
        if closed_at.is_some_and(|depth| element.depth > depth) {
            continue;
        }
        let key = way.key(element.depth);
        let is_open = element.holds && list.is_open(&key, is_open_at_first(&tree, element));
        closed_at = (element.holds && !is_open).then_some(element.depth);
        rows.push(row(element, tree.names.get(place).copied().unwrap_or_default(), key, is_open));
    }
    rows
}

fn is_open_at_first(tree: &Tree, element: &Asn1) -> bool {
    tree.elements.len() <= MANY || element.depth < OUTER
}

/// The way from the outermost element to one, by its place among those beside it.
#[derive(Debug, Default)]
pub(in crate::explorer) struct Way(Vec<usize>);

impl Way {
    /// Takes the next element in the order of the bytes.
    pub fn go(&mut self, element: &Asn1) {
        self.0.truncate(element.depth + 1);
        match self.0.get_mut(element.depth) {
            Some(place) => *place += 1,
            None => self.0.resize(element.depth + 1, 0),
        }
    }

    /// The key of the element at this depth of the way.
    pub fn key(&self, depth: usize) -> String {
        self.0.iter().take(depth + 1).map(usize::to_string).collect::<Vec<_>>().join("/")
    }
}

fn row(element: &Asn1, name: &str, key: String, is_open: bool) -> Row {
    let kind = if element.name == "OBJECT IDENTIFIER" { "OID" } else { element.name.as_str() };
    let (name, kind) = if name.is_empty() { (kind, "") } else { (name, kind) };
    let value = if element.holds && element.value.is_empty() { format!("{} bytes", element.length) } else { element.value.clone() };
    let value = match element.flaw {
        Some(flaw) => format!("{flaw}: {value}"),
        None => value,
    };
    let mut row = Row::new(element.depth, key, name, value);
    kind.clone_into(&mut row.kind);
    row.mark = match (element.malformed, element.flaw) {
        (true, _) => Some(Verdict::Fail),
        (false, Some(_)) => Some(Verdict::Caution),
        (false, None) => None,
    };
    row.openable = element.holds;
    row.open = is_open;
    row.bytes = Some((element.offset, element.header, element.length));
    row
}

impl Explorer {
    /// Keeps what the tree is of, so that it is not read anew for every frame.
    pub(in crate::explorer) fn refresh_tree(&mut self) {
        if self.panes.tab != Tab::Asn1 {
            self.panes.cache.tree = None;
            return;
        }
        let shown = shown(self);
        if self.panes.cache.tree.as_ref().is_some_and(|tree| tree.of == shown.sha256) {
            return;
        }
        let (tree, last) = (read(&shown), shown.der.len().saturating_sub(1));
        self.panes.byte = self.panes.byte.map(|byte| byte.min(last));
        self.panes.cache.tree = Some(tree);
    }

    /// The tab; where it is open already, what else there is to take apart: CRLs, OCSP responses, what could not be read.
    pub(in crate::explorer) fn show_asn1(&mut self) {
        let sources = self.sources();
        if self.is_in_tab(Tab::Asn1) {
            let here = sources.iter().position(|source| *source == self.panes.source).unwrap_or(0);
            let next = (here + 1) % sources.len().max(1);
            self.panes.source = sources.get(next).copied().unwrap_or_default();
            self.panes.byte = None;
            self.notice = match sources.len() {
                1 => "no CRL and no OCSP response is loaded, and nothing stayed unread".to_owned(),
                count => format!("item {} of {count}, press 2 for the next", next + 1),
            };
        } else if self.is_in_tab(Tab::Fields) && !self.panes.lists.of(Tab::Fields).cursor.is_empty() {
            // Whoever has gone to a field wants its bytes.
            return self.go_to_bytes();
        }
        self.show_tab(Tab::Asn1)
    }

    fn sources(&self) -> Vec<Source> {
        let evidence = &self.analysis().evidence;
        let crls = (0..evidence.crls().len()).map(Source::Crl);
        let responses = (0..evidence.responses().len()).map(Source::Response);
        let unread = (0..self.opened.unread.len()).map(Source::Unread);
        std::iter::once(Source::Focus).chain(crls).chain(responses).chain(unread).collect()
    }

    /// What the tree is of, for the title.
    pub fn source_title(&self) -> String {
        shown(self).title
    }
}
