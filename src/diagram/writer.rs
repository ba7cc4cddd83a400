//! What is written in a box: title, slots, notes and the counted rest, in the room there is.

use super::glyphs::Signs;
use super::graph::BoxInGraph;
use super::scene::Role;
use super::sketch::{BoxKind, Charset, Density, Mark, Options, Orientation, SketchSlot};
use super::words::{LEAST_ROOM, clean, fit, note_forms, width};

/// How the stores that trust a certificate are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stores {
    Named,
    /// The first, and how many more.
    First,
    Counted,
}

/// Blank cells around a badge, so that it is taken for part of neither neighbour.
const BADGE_BLANKS: usize = 2;

/// A row of text in pieces of one role each.
pub(super) type TextRow = Vec<(String, Role)>;

/// What a slot's text needs to know beside the slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer {
    pub charset: Charset,
    pub orientation: Orientation,
    pub density: Density,
    pub room: usize,
    pub tell_origins: bool,
}

impl Writer {
    pub(super) fn new(orientation: Orientation, options: &Options) -> Writer {
        Writer {
            charset: options.charset,
            orientation,
            density: options.density,
            room: usize::from(options.max_slot_width).max(LEAST_ROOM),
            tell_origins: options.tell_origins,
        }
    }

    /// Name and count, and the cells they take; `border` are those that the box has for them whatever they are.
    pub(super) fn title(&self, drawn: &BoxInGraph, border: usize) -> (TextRow, usize) {
        let count = drawn.sketch.slots.len();
        let count = if count > 1 { format!("{}{count}", Signs::of(self.charset).times) } else { String::new() };
        let used = if count.is_empty() { 0 } else { width(&count) + 1 };
        let name = fit(&clean(&drawn.sketch.title, self.charset), self.room.max(border).saturating_sub(used).max(LEAST_ROOM), self.charset);
        let total = width(&name) + used;
        let role = match drawn.sketch.kind {
            BoxKind::Missing => Role::Unknown,
            BoxKind::More => Role::Rest,
            BoxKind::Target | BoxKind::Entity => Role::Title,
        };
        let mut line = vec![(name, role)];
        if used > 0 {
            line.push((" ".to_owned(), Role::Frame));
            line.push((count, Role::Count));
        }
        (line, total)
    }

    /// The box's note and what is left out beside it, for its lower border; empty if there is nothing to say.
    pub(super) fn foot(&self, drawn: &BoxInGraph) -> String {
        let signs = Signs::of(self.charset);
        let (issuers, issued) = drawn.sketch.left_out;
        let counts = |above: &str, below: &str| {
            let counts = [(issuers, above), (issued, below)].into_iter().filter(|(count, _)| *count > 0);
            let counts = counts.map(|(count, word)| format!("+{count}{word}")).collect::<Vec<_>>().join(" ");
            let note = [clean(&drawn.sketch.note, self.charset), counts];
            note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
        };
        let (long, short) = (counts(" issuers", " issued"), counts(&signs.up.to_string(), &signs.unfold.to_string()));
        fit(if width(&long) > self.room { &short } else { &long }, self.room, self.charset)
    }

    /// Cells of text that a slot needs to be written whole.
    pub(super) fn natural(&self, slot: &SketchSlot, loops: &[usize]) -> usize {
        let label = width(&clean(&slot.label, self.charset));
        // Drawn tight, either of the two stands there: the width must not move when the note starts to fail.
        let label = if self.density == Density::Tight { label.max(width(&clean(&slot.note, self.charset))) } else { label };
        let badge = width(&clean(&slot.badge, self.charset));
        let badge = if self.tell_origins && self.density == Density::Compact && badge > 0 { badge + BADGE_BLANKS } else { 0 };
        let note = width(&self.note(slot)) + badge;
        let suffix = if self.tell_origins { Stores::Named } else { Stores::Counted };
        let suffix = measure(&self.suffix(slot, loops, true, suffix));
        match self.orientation {
            Orientation::TopDown if self.density == Density::Roomy => {
                (2 + label + suffix).max(2 + note).max(2 + width(&clean(&slot.detail, self.charset)))
            }
            Orientation::TopDown => (2 + label + suffix).max(2 + note),
            // The cell before a note is kept for its `!`, so that a box keeps its width when the note starts to fail.
            Orientation::LeftRight => 2 + label + suffix + if note > 0 { 2 + note } else { 0 },
        }
    }

    /// Who issued it; where it is drawn tight, what fails of it in its place: the line up says the rest.
    fn label(&self, slot: &SketchSlot) -> String {
        let is_note = self.density == Density::Tight && slot.note_fails;
        clean(if is_note { &slot.note } else { &slot.label }, self.charset)
    }

    fn note(&self, slot: &SketchSlot) -> String {
        if self.density == Density::Tight { String::new() } else { clean(&slot.note, self.charset) }
    }

    /// Lines that the text of a slot takes in `TopDown`.
    pub(super) fn lines(&self) -> i32 {
        match self.density {
            Density::Tight => 1,
            Density::Compact => 2,
            Density::Roomy => 3,
        }
    }

    /// What follows the label, in the longest form that leaves `left` cells to it; as short as it goes where none does.
    fn suffix_in(&self, slot: &SketchSlot, loops: &[usize], left: usize) -> TextRow {
        let forms = [(true, Stores::Named), (true, Stores::First), (true, Stores::Counted)];
        let lines = forms.into_iter().map(|(long, stores)| self.suffix(slot, loops, long, stores));
        lines.into_iter().find(|line| measure(line) <= left).unwrap_or_else(|| self.suffix(slot, loops, false, Stores::Counted))
    }

    fn suffix(&self, slot: &SketchSlot, loops: &[usize], long: bool, form: Stores) -> TextRow {
        let signs = Signs::of(self.charset);
        let mut line = TextRow::new();
        // In ASCII the sign is a word, which would stand there twice.
        if slot.self_signed && !(self.charset == Charset::Ascii && slot.label.starts_with("self")) {
            line.push((format!(" {}", signs.own), Role::Label));
        }
        if !loops.is_empty() {
            let numbers: Vec<String> = loops.iter().map(|number| (number + 1).to_string()).collect();
            line.push((format!(" {}{}", signs.back, numbers.join(",")), Role::EdgeLoop));
        }
        if slot.anchor {
            let word = match slot.stores.as_slice() {
                [] if long && self.orientation == Orientation::TopDown => " anchor".to_owned(),
                [] => String::new(),
                stores if form == Stores::Named => format!(" {}", clean(&stores.join(" "), self.charset)),
                [first, rest @ ..] if form == Stores::First && !rest.is_empty() => {
                    format!(" {} +{}", clean(first, self.charset), rest.len())
                }
                stores => stores.len().to_string(),
            };
            line.push((format!(" {}{word}", signs.anchor), Role::Anchor));
        }
        line
    }

    /// The lines of a slot in `room` cells: as many as `lines` says in `TopDown`, one in `LeftRight`.
    pub(super) fn slot(&self, slot: &SketchSlot, loops: &[usize], room: usize) -> Vec<TextRow> {
        let label = self.label(slot);
        let note = self.note(slot);
        let (before, role) = if slot.note_fails { ("!", Role::Fail) } else { (" ", Role::Note) };
        match self.orientation {
            Orientation::TopDown => {
                let suffix = self.suffix_in(slot, loops, room.saturating_sub(2 + width(&label)));
                let left = room.saturating_sub(2);
                let forms = note_forms(&note);
                let note = forms.iter().find(|form| width(form) <= left).or(forms.last()).map_or("", |form| *form);
                let first = self.first(slot, &label, suffix, room);
                let mut second = vec![(format!("{before} "), role), (fit(note, left, self.charset), role)];
                let gap = room.saturating_sub(measure(&second));
                let badge = self.badge(slot, gap);
                if !badge.is_empty() {
                    second.push((" ".repeat(gap - width(&badge)), Role::Blank));
                    second.push((badge, Role::Rest));
                }
                let detail = fit(&clean(&slot.detail, self.charset), left, self.charset);
                let third = vec![("  ".to_owned(), Role::Blank), (detail, Role::Note)];
                [first, second, third].into_iter().take(usize::try_from(self.lines()).unwrap_or(2)).collect()
            }
            Orientation::LeftRight => {
                // The whole date goes before the names of stores.
                let noted = if note.is_empty() { 0 } else { 2 + width(&note) };
                let suffix = self.suffix_in(slot, loops, room.saturating_sub(2 + width(&label) + noted));
                if note.is_empty() {
                    return vec![self.first(slot, &label, suffix, room)];
                }
                let left = room.saturating_sub(2 + measure(&suffix) + 2);
                // The name is cut last: it is the only thing that a row says and the rest of the picture does not.
                let forms = note_forms(&note);
                let fits = |label: &str, note: &str| width(label) + width(note) <= left;
                let whole = forms.first().filter(|form| fits(&label, form));
                let chosen = whole.or_else(|| forms.iter().find(|form| fits(shorter(&label, "by "), form))).or(forms.last());
                let note = fit(chosen.map_or("", |form| *form), left, self.charset);
                let mut line = self.first(slot, &label, suffix, room.saturating_sub(2 + width(&note)));
                let gap = room.saturating_sub(measure(&line) + 1 + width(&note));
                let badge = self.badge(slot, gap);
                line.push((" ".repeat(gap - width(&badge)), Role::Blank));
                if !badge.is_empty() {
                    line.push((badge, Role::Rest));
                }
                line.push((format!("{before}{note}"), role));
                vec![line]
            }
        }
    }

    /// The slot's badge where it fits into a gap of so many cells with blanks around it. `Roomy` says as much in its own line.
    fn badge(&self, slot: &SketchSlot, gap: usize) -> String {
        let badge = clean(&slot.badge, self.charset);
        let first = badge.split_once(" =").map_or("", |(first, _)| first);
        let fitting = [&badge, first].into_iter().find(|form| !form.is_empty() && width(form) + BADGE_BLANKS <= gap);
        match fitting.filter(|_| self.density == Density::Compact) {
            Some(badge) if self.orientation == Orientation::LeftRight => format!("{badge} "),
            Some(badge) => badge.to_owned(),
            None => String::new(),
        }
    }

    /// Sign, label and suffix in `room` cells.
    fn first(&self, slot: &SketchSlot, label: &str, suffix: TextRow, room: usize) -> TextRow {
        let left = room.saturating_sub(2 + measure(&suffix));
        let label = if width(label) > left { fit(shorter(label, "by "), left, self.charset) } else { label.to_owned() };
        let mut line = vec![
            self.sign(slot.mark),
            (" ".to_owned(), Role::Blank),
            (label, if slot.mark == Mark::Nothing { Role::Rest } else { Role::Label }),
        ];
        line.extend(suffix);
        line
    }

    pub(super) fn sign(&self, mark: Mark) -> (String, Role) {
        let role = match mark {
            Mark::Pass => Role::Pass,
            Mark::Caution => Role::Caution,
            Mark::Fail => Role::Fail,
            Mark::Unknown => Role::Unknown,
            Mark::Nothing => Role::Rest,
        };
        (Signs::of(self.charset).mark(mark).to_string(), role)
    }

    /// Room for three counters of any split of the rest: the width must not move while verdicts come in.
    pub(super) fn rest_width(&self, drawn: &BoxInGraph) -> usize {
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
    pub(super) fn rest(&self, drawn: &BoxInGraph, room: usize) -> Vec<TextRow> {
        let signs = Signs::of(self.charset);
        let count = drawn.rest();
        let mut tally = [Mark::Pass, Mark::Fail, Mark::Caution, Mark::Unknown, Mark::Nothing].map(|mark| (mark, 0_usize));
        for (position, slot) in drawn.sketch.slots.iter().enumerate() {
            if !drawn.shown.contains(&position) {
                tally.iter_mut().filter(|(mark, _)| *mark == slot.mark).for_each(|(_, number)| *number += 1);
            }
        }
        let mut counters = TextRow::new();
        for (mark, number) in tally.into_iter().filter(|(_, number)| *number > 0) {
            let (sign, role) = self.sign(mark);
            if !counters.is_empty() {
                counters.push((" ".to_owned(), Role::Blank));
            }
            counters.push((format!("{sign}{number}"), role));
        }
        let unfold = signs.unfold.to_string();
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

/// Cells that a line takes.
pub(super) fn measure(line: &TextRow) -> usize {
    line.iter().map(|(text, _)| width(text)).sum()
}
