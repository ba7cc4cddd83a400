//! Lists as numbered lines. A number is the way to a row by its place at each level, so that opening one row renumbers no other.

use crate::chain::CertificateId;
use crate::explorer::{Explorer, Lower, Row};
use crate::words::{ItemFacts, Saying, aloud, dates, end_words, item_words, row_words, saying_words};

/// What a number goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    Certificate(CertificateId),
    /// A row of the list that the explorer shows, by its key.
    Row(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// `4` or `4.2`; empty for a line that goes nowhere.
    pub number: String,
    pub text: String,
    pub goal: Option<Goal>,
}

impl Item {
    pub fn line(&self) -> String {
        if self.number.is_empty() { self.text.clone() } else { format!("{}. {}", self.number, self.text) }
    }
}

/// The certificates of the chosen path, the target first, and how it ends.
pub(super) fn path(explorer: &Explorer) -> Vec<Item> {
    let Some(path) = explorer.chosen_path() else { return Vec::new() };
    let checked = explorer.whole_rows(Lower::Checks);
    let says = |id: CertificateId| {
        let heading = checked.iter().find(|row| row.depth == 0 && row.certificate == Some(id));
        heading.map_or_else(String::new, |row| row.value.clone())
    };
    let mut items = certificates(explorer, &path.certificates, &[], &says);
    let end = saying_words(Saying::PathEnds(&end_words(explorer.analysis(), explorer.labels(), path)));
    items.push(Item { number: String::new(), text: end, goal: None });
    items
}

/// Every certificate that the diagram has: of every name and key on any path.
pub(super) fn all(explorer: &Explorer) -> Vec<Item> {
    let analysis = explorer.analysis();
    let ids = explorer.judgement().entities.iter().flat_map(|entity| analysis.graph.entity(*entity).certificates.iter().copied());
    let chosen = explorer.chosen_path().map(|path| path.certificates.clone()).unwrap_or_default();
    certificates(explorer, &ids.collect::<Vec<_>>(), &chosen, &|id| {
        let certificate = analysis.pool.certificate(id);
        dates(certificate.not_before, certificate.not_after)
    })
}

/// Those that are `chosen` are told to be on the chosen path.
fn certificates(explorer: &Explorer, ids: &[CertificateId], chosen: &[CertificateId], says: &dyn Fn(CertificateId) -> String) -> Vec<Item> {
    let analysis = explorer.analysis();
    let item = |(place, &id): (usize, &CertificateId)| {
        let label = explorer.labels().certificate(&analysis.pool, &analysis.graph, id);
        let kin = analysis.graph.entity(analysis.graph.entity_of(id)).certificates.len();
        let text = item_words(ItemFacts {
            label: &label,
            is_anchor: !analysis.trust.anchor_of(id).is_empty(),
            kin,
            on_chosen_path: chosen.contains(&id),
            is_here: explorer.focus() == id,
            says: &says(id),
        });
        Item { number: (place + 1).to_string(), text, goal: Some(Goal::Certificate(id)) }
    };
    ids.iter().enumerate().map(item).collect()
}

fn shown(explorer: &Explorer) -> Vec<Row> {
    explorer.whole_rows(explorer.pane().lower().unwrap_or(explorer.lower()))
}

/// The rows of the pane that was gone to last.
pub(super) fn rows(explorer: &Explorer) -> Vec<Item> {
    let mut counts: Vec<usize> = Vec::new();
    let mut items = Vec::new();
    for row in shown(explorer) {
        // The bracket that ends an object says nothing to the ear.
        if row.value.chars().all(|character| "}],".contains(character)) && row.name.is_empty() {
            continue;
        }
        let depth = row.depth.min(counts.len());
        counts.truncate(depth + 1);
        match counts.get_mut(depth) {
            Some(count) => *count += 1,
            None => counts.push(1),
        }
        let number = counts.iter().map(usize::to_string).collect::<Vec<_>>().join(".");
        items.push(Item { number, text: text(&row), goal: Some(Goal::Row(row.key)) });
    }
    items
}

/// Whether the row with this key can be opened, and is not.
pub(super) fn is_closed(explorer: &Explorer, key: &str) -> bool {
    shown(explorer).iter().any(|row| row.key == key && row.openable && !row.open)
}

/// The row as a sentence: its verdict, its name, what it is, what it says, and whether there is more inside.
fn text(row: &Row) -> String {
    let verdict = row.mark.map(|verdict| verdict.word().to_owned()).unwrap_or_default();
    // A check is its sentence, as on the screen.
    let name = if row.mark.is_some() && row.depth > 0 && !row.value.is_empty() { String::new() } else { row.name.trim().to_owned() };
    let sign = row.sign.as_ref().map(|sign| aloud(std::slice::from_ref(sign))).unwrap_or_default();
    let kind = if row.bytes.is_some() { row.kind.clone() } else { String::new() };
    let value = row.value.split_whitespace().collect::<Vec<_>>().join(" ");
    let offset = row.bytes.filter(|_| !row.kind.is_empty()).map(|(offset, ..)| offset);
    row_words(&[&verdict, &sign, &name, &kind, &value], offset, row.openable && !row.open)
}
