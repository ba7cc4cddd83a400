//! What is written in a box, and how large that makes it: the words of its title, slots and notes, and where its ports are.

use super::glyphs::Signs;
use super::graph::Drawn;
use super::options::{Charset, Options};
use super::scene::Role;
use super::sketch::{BoxKind, Mark, Orientation, SketchSlot};
use super::words::{LEAST_ROOM, clean, fit, width};

/// A row of text in pieces of one role each.
pub(super) type Line = Vec<(String, Role)>;

/// Cells along the order axis (columns in `TopDown`, rows in `LeftRight`), counted from the start of the box.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub at: i32,
    pub size: i32,
}

impl Span {
    pub(super) fn end(&self) -> i32 {
        self.at + self.size
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    pub size: Span,
    /// Cells along the layer axis.
    pub depth: i32,
    pub slots: Vec<Span>,
    pub rest: Option<Span>,
    /// Ports of each shown slot, as many as it has links.
    pub ports: Vec<Vec<i32>>,
    /// Where a line may enter: first and last cell.
    pub entry: (i32, i32),
    pub title: Line,
}

/// What a slot's text needs to know beside the slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer {
    pub charset: Charset,
    pub orientation: Orientation,
    pub room: usize,
}

impl Writer {
    pub(super) fn new(orientation: Orientation, options: &Options) -> Writer {
        Writer { charset: options.charset, orientation, room: usize::from(options.max_slot_width).max(LEAST_ROOM) }
    }

    /// Measures a box whose shown slots have that many links, and loops of those numbers cut at them.
    pub(super) fn card(&self, drawn: &Drawn, links: &[usize], loops: &[Vec<usize>]) -> Card {
        let none = Vec::new();
        let texts = drawn.slots().enumerate().map(|(slot, sketch)| self.natural(sketch, loops.get(slot).unwrap_or(&none)).min(self.room));
        let texts: Vec<i32> = texts.map(cells).collect();
        let rest = (drawn.rest() > 0).then(|| cells(self.rest_width(drawn).min(self.room)));
        let ghost = drawn.sketch.kind == BoxKind::Missing;
        let body = if ghost { cells((2 + width(&clean(&drawn.sketch.note, self.charset))).min(self.room)) } else { 0 };
        let foot = if ghost || drawn.sketch.note.is_empty() { 0 } else { cells(width(&self.foot(drawn)) + 4) };
        let (title, title_width) = self.title(drawn);
        match self.orientation {
            Orientation::TopDown => columns(title, title_width, &texts, rest, links, body, foot),
            Orientation::LeftRight => rows(title, title_width, &texts, rest, links, body, foot),
        }
    }

    fn title(&self, drawn: &Drawn) -> (Line, i32) {
        let count = drawn.sketch.slots.len();
        let count = if count > 1 { format!("{}{count}", Signs::of(self.charset).times) } else { String::new() };
        let used = if count.is_empty() { 0 } else { width(&count) + 1 };
        let name = fit(&clean(&drawn.sketch.title, self.charset), self.room.saturating_sub(used).max(LEAST_ROOM), self.charset);
        let total = cells(width(&name) + used);
        let role = if drawn.sketch.kind == BoxKind::Missing { Role::Unknown } else { Role::Title };
        let mut line = vec![(name, role)];
        if used > 0 {
            line.push((" ".to_owned(), Role::Frame));
            line.push((count, Role::Count));
        }
        (line, total)
    }

    /// The box's note, for its lower border.
    pub(super) fn foot(&self, drawn: &Drawn) -> String {
        fit(&clean(&drawn.sketch.note, self.charset), self.room, self.charset)
    }

    fn natural(&self, slot: &SketchSlot, loops: &[usize]) -> usize {
        let label = width(&clean(&slot.label, self.charset));
        let note = width(&clean(&slot.note, self.charset));
        let suffix: usize = self.suffix(slot, loops, true).iter().map(|(text, _)| width(text)).sum();
        match self.orientation {
            Orientation::TopDown => (2 + label + suffix).max(2 + note),
            // The cell before a note is kept for its `!`, so that a box keeps its width when the note starts to fail.
            Orientation::LeftRight => 2 + label + suffix + if note > 0 { 2 + note } else { 0 },
        }
    }

    fn suffix(&self, slot: &SketchSlot, loops: &[usize], word: bool) -> Line {
        let signs = Signs::of(self.charset);
        let mut line = Line::new();
        // In ASCII the sign is a word, which would stand there twice.
        if slot.self_signed && !(self.charset == Charset::Ascii && slot.label.starts_with("self")) {
            line.push((format!(" {}", signs.own), Role::Label));
        }
        if !loops.is_empty() {
            let numbers: Vec<String> = loops.iter().map(|number| (number + 1).to_string()).collect();
            line.push((format!(" {}{}", signs.back, numbers.join(",")), Role::EdgeLoop));
        }
        if slot.anchor {
            let word = if word && self.orientation == Orientation::TopDown { " anchor" } else { "" };
            line.push((format!(" {}{word}", signs.anchor), Role::Anchor));
        }
        line
    }

    /// The lines of a slot in `room` cells: two in `TopDown`, one in `LeftRight`.
    pub(super) fn slot(&self, slot: &SketchSlot, loops: &[usize], room: usize) -> Vec<Line> {
        let (sign, role) = self.sign(slot.mark);
        let label = clean(&slot.label, self.charset);
        let mut note = clean(&slot.note, self.charset);
        let mut suffix = self.suffix(slot, loops, true);
        let measure = |line: &Line| -> usize { line.iter().map(|(text, _)| width(text)).sum() };
        if self.orientation == Orientation::TopDown && 2 + width(&label) + measure(&suffix) > room {
            suffix = self.suffix(slot, loops, false);
        }
        let mut tail = measure(&suffix);
        if self.orientation == Orientation::LeftRight && !note.is_empty() {
            if 4 + width(&label) + tail + width(&note) > room {
                note = shorter(&note, "to ").to_owned();
            }
            note = fit(&note, room.saturating_sub(tail + 2 + 4 + 2).max(4), self.charset);
            tail += 2 + width(&note);
        }
        let left = room.saturating_sub(2 + tail);
        let label = if width(&label) > left { fit(shorter(&label, "by "), left, self.charset) } else { label };
        let (before, note_role) = if slot.note_fails { ("!", Role::Fail) } else { (" ", Role::Note) };
        let mut first = vec![(sign, role), (" ".to_owned(), Role::Blank), (label, Role::Label)];
        first.extend(suffix);
        match self.orientation {
            Orientation::TopDown => {
                let note = if 2 + width(&note) > room { shorter(&note, "to ") } else { &note };
                let note = fit(note, room.saturating_sub(2), self.charset);
                vec![first, vec![(before.to_owned(), note_role), (" ".to_owned(), Role::Blank), (note, note_role)]]
            }
            Orientation::LeftRight if note.is_empty() => vec![first],
            Orientation::LeftRight => {
                let gap = room.saturating_sub(measure(&first) + 1 + width(&note));
                first.push((" ".repeat(gap), Role::Blank));
                first.push((format!("{before}{note}"), note_role));
                vec![first]
            }
        }
    }

    pub(super) fn sign(&self, mark: Mark) -> (String, Role) {
        let role = match mark {
            Mark::Pass => Role::Pass,
            Mark::Caution => Role::Caution,
            Mark::Fail => Role::Fail,
            Mark::Unknown => Role::Unknown,
        };
        (Signs::of(self.charset).mark(mark).to_string(), role)
    }

    /// Room for three counters of any split of the rest: the width must not move while verdicts come in.
    fn rest_width(&self, drawn: &Drawn) -> usize {
        let rest = drawn.rest();
        let digits = rest.to_string().len();
        let head = width(Signs::of(self.charset).more) + 1 + digits + " more".len();
        let counters = 3 * (2 + digits) - 1;
        match self.orientation {
            Orientation::TopDown => (head + 2).max(counters),
            Orientation::LeftRight => head + 1 + counters + 2,
        }
    }

    /// What stands for the slots that a folded box hides: how many, and how many of each sign, so that folding hides no failure.
    pub(super) fn rest(&self, drawn: &Drawn, room: usize) -> Vec<Line> {
        let signs = Signs::of(self.charset);
        let count = drawn.rest();
        let mut tally = [Mark::Pass, Mark::Fail, Mark::Caution, Mark::Unknown].map(|mark| (mark, 0_usize));
        for (position, slot) in drawn.sketch.slots.iter().enumerate() {
            if drawn.shown.binary_search(&position).is_err() {
                tally.iter_mut().filter(|(mark, _)| *mark == slot.mark).for_each(|(_, number)| *number += 1);
            }
        }
        let mut counters = Line::new();
        for (mark, number) in tally.into_iter().filter(|(_, number)| *number > 0) {
            let (sign, role) = self.sign(mark);
            if !counters.is_empty() {
                counters.push((" ".to_owned(), Role::Blank));
            }
            counters.push((format!("{sign}{number}"), role));
        }
        let unfold = signs.unfold.to_string();
        let measure = |line: &Line| -> usize { line.iter().map(|(text, _)| width(text)).sum() };
        match self.orientation {
            Orientation::TopDown => vec![vec![(format!("{} {count} more {unfold}", signs.more), Role::Rest)], counters],
            Orientation::LeftRight => {
                let long = format!("{} {count} more", signs.more);
                let short = format!("{} {count}", signs.more);
                let head = if width(&long) + measure(&counters) + 3 > room { short } else { long };
                let mut line = vec![(head, Role::Rest), (" ".to_owned(), Role::Blank)];
                line.extend(counters);
                let gap = room.saturating_sub(measure(&line) + 1).max(1);
                line.push((" ".repeat(gap), Role::Blank));
                line.push((unfold, Role::Rest));
                vec![line]
            }
        }
    }
}

/// The text without the small word that the picture says anyway, for when room is short.
fn shorter<'a>(text: &'a str, word: &str) -> &'a str {
    if text == "self-signed" { "self" } else { text.strip_prefix(word).unwrap_or(text) }
}

fn cells(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 4)
}

/// Siblings side by side. A title starts at the third cell of the border; ports keep right of it.
fn columns(title: Line, title_width: i32, texts: &[i32], rest: Option<i32>, links: &[usize], body: i32, foot: i32) -> Card {
    let free = 4 + title_width;
    let mut card = Card { depth: if texts.is_empty() { 2 + i32::from(body > 0) } else { 4 }, ..Card::default() };
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
        card.slots.push(Span { at, size });
        at += size + 1;
    }
    if let Some(text) = rest {
        card.rest = Some(Span { at, size: text + 2 });
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
    card.size = Span { at: 0, size: end };
    // Not at a corner: an arrowhead there would seem to point past the box.
    let inset = ((end - 3) / 2).clamp(1, 3);
    card.entry = (inset, end - 1 - inset);
    card.title = title;
    card
}

/// Siblings in adjacent rows; a slot with several candidate issuers takes a row for each.
fn rows(title: Line, title_width: i32, texts: &[i32], rest: Option<i32>, links: &[usize], body: i32, foot: i32) -> Card {
    let mut card = Card::default();
    let mut at = 1;
    for count in links.iter().take(texts.len()) {
        let size = cells(*count).max(1);
        card.ports.push((0..cells(*count)).map(|port| at + port).collect());
        card.slots.push(Span { at, size });
        at += size;
    }
    if rest.is_some() {
        card.rest = Some(Span { at, size: 1 });
        at += 1;
    }
    if body > 0 {
        at += 1;
    }
    let widest = texts.iter().copied().chain(rest).max().unwrap_or(0);
    card.size = Span { at: 0, size: at + 1 };
    card.depth = (widest + 2).max(title_width + 5).max(foot + 2).max(body + 2);
    card.entry = (0, 0);
    card.title = title;
    card
}
