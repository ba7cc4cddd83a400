//! How large a box is, and where its slots and ports are.

use super::graph::BoxInGraph;
use super::sketch::{BoxKind, Orientation};
use super::words::{clean, width};
use super::writer::{TextRow, Writer};

/// Cells along the order axis (columns in `TopDown`, rows in `LeftRight`), counted from the start of the box.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CellSpan {
    pub at: i32,
    pub size: i32,
}

impl CellSpan {
    pub(super) fn end(&self) -> i32 {
        self.at + self.size
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    pub size: CellSpan,
    /// Cells along the layer axis.
    pub depth: i32,
    pub slots: Vec<CellSpan>,
    pub rest: Option<CellSpan>,
    /// Ports of each shown slot, as many as it has links.
    pub ports: Vec<Vec<i32>>,
    /// Where a line may enter: first and last cell.
    pub entry: (i32, i32),
    pub title: TextRow,
}

/// Measures a box whose shown slots have that many links, and loops of those numbers cut at them. `natural`: the cells that each slot of
/// the sketch needs without loops.
pub(super) fn card(writer: &Writer, drawn: &BoxInGraph, natural: &[usize], links: &[usize], loops: &[Vec<usize>]) -> Card {
    // Which slots a folded box shows may change with the chosen path; its size must not.
    let folded = (drawn.rest() > 0).then(|| natural.iter().copied().max().unwrap_or(0));
    let needed = |position: usize, loops: &[usize]| match (loops, drawn.sketch.slots.get(position)) {
        ([_, ..], Some(slot)) => writer.natural(slot, loops),
        _ => natural.get(position).copied().unwrap_or(0),
    };
    let texts = drawn.shown.iter().zip(loops).map(|(position, loops)| folded.unwrap_or_else(|| needed(*position, loops)));
    let texts: Vec<i32> = texts.map(|text| cells(text.min(writer.room))).collect();
    let rest = (drawn.rest() > 0).then(|| cells(writer.rest_width(drawn).min(writer.room)));
    let ghost = drawn.sketch.kind == BoxKind::Missing && drawn.sketch.slots.is_empty();
    let body = if ghost { cells((2 + width(&clean(&drawn.sketch.note, writer.charset))).min(writer.room)) } else { 0 };
    let foot = if ghost || writer.foot(drawn).is_empty() { 0 } else { cells(width(&writer.foot(drawn)) + 4) };
    let measured = |title: TextRow, width: usize| match writer.orientation {
        Orientation::TopDown => {
            let lines = if texts.is_empty() { i32::from(body > 0) } else { writer.lines() };
            Card { depth: 2 + lines, ..columns(title, cells(width), &texts, rest, links, body, foot) }
        }
        Orientation::LeftRight => rows(title, cells(width), &texts, rest, links, body, foot),
    };
    // A title may be as long as its box is wide without it, up to the first port.
    let untitled = measured(TextRow::new(), 0);
    let border = match writer.orientation {
        Orientation::TopDown => untitled.ports.iter().flatten().copied().min().unwrap_or(untitled.size.size - 1),
        Orientation::LeftRight => untitled.depth,
    };
    let (title, width) = writer.title(drawn, usize::try_from(border - BESIDE_TITLE).unwrap_or(0));
    measured(title, width)
}

/// Cells of the border beside a title: corner, line and blanks, and one more before a port.
const BESIDE_TITLE: i32 = 6;

fn cells(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 4)
}

/// Siblings side by side. A title starts at the third cell of the border; ports keep right of it.
fn columns(title: TextRow, title_width: i32, texts: &[i32], rest: Option<i32>, links: &[usize], body: i32, foot: i32) -> Card {
    let free = 4 + title_width;
    let mut card = Card::default();
    let mut at = 1;
    let mut first = true;
    for (text, count) in texts.iter().zip(links) {
        let count = cells(*count);
        let mut size = (text + 2).max(2 * count + 1);
        if count > 0 && first {
            // The last port leaves a cell of border to its right.
            size = size.max(free + 2 * count - at);
            first = false;
        }
        // A cell of border between title and port where there is one to spare.
        let spare = i32::from(free + 2 * count < at + size);
        let start = (at + (size - 2 * count + 1) / 2).max(if count > 0 { free + spare } else { 0 });
        card.ports.push((0..count).map(|port| start + 2 * port).collect());
        card.slots.push(CellSpan { at, size });
        at += size + 1;
    }
    if let Some(text) = rest {
        card.rest = Some(CellSpan { at, size: text + 2 });
        at += text + 3;
    }
    // `at` is past the separator or, with columns, on the right border plus one.
    let wanted = (title_width + 6).max(foot + 2).max(body + 4);
    let end = if texts.is_empty() && rest.is_none() { wanted } else { at.max(wanted) };
    if end > at
        && let Some(last) = card.rest.as_mut().or(card.slots.last_mut())
    {
        last.size += end - at;
    }
    card.size = CellSpan { at: 0, size: end };
    // Not at a corner: an arrowhead there would seem to point past the box.
    let inset = ((end - 3) / 2).clamp(1, 3);
    card.entry = (inset, end - 1 - inset);
    card.title = title;
    card
}

/// Siblings in adjacent rows; a slot with several candidate issuers takes a row for each.
fn rows(title: TextRow, title_width: i32, texts: &[i32], rest: Option<i32>, links: &[usize], body: i32, foot: i32) -> Card {
    let mut card = Card::default();
    let mut at = 1;
    for count in links.iter().take(texts.len()) {
        let size = cells(*count).max(1);
        card.ports.push((0..cells(*count)).map(|port| at + port).collect());
        card.slots.push(CellSpan { at, size });
        at += size;
    }
    if rest.is_some() {
        card.rest = Some(CellSpan { at, size: 1 });
        at += 1;
    }
    if body > 0 {
        at += 1;
    }
    let widest = texts.iter().copied().chain(rest).max().unwrap_or(0);
    card.size = CellSpan { at: 0, size: at + 1 };
    card.depth = (widest + 2).max(title_width + 5).max(foot + 2).max(body + 2);
    card.entry = (0, 0);
    card.title = title;
    card
}
