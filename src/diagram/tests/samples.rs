//! Sketches that the tests draw.

use crate::diagram::*;

/// A sketch in few words: boxes with slots, then links between them.
#[derive(Default)]
pub struct Draft {
    pub sketch: Sketch,
    next: u32,
}

pub struct SlotDraft {
    pub slot: SketchSlot,
}

pub fn slot(mark: Mark, label: &str, note: &str) -> SlotDraft {
    let slot = SketchSlot {
        id: SlotId(0),
        mark,
        label: label.into(),
        note: note.into(),
        detail: String::new(),
        badge: String::new(),
        note_fails: false,
        self_signed: false,
        anchor: false,
        stores: Vec::new(),
        chosen: false,
        kept: false,
    };
    SlotDraft { slot }
}

pub fn pass(label: &str, note: &str) -> SlotDraft {
    slot(Mark::Pass, label, note)
}

pub fn fail(label: &str, note: &str) -> SlotDraft {
    slot(Mark::Fail, label, note)
}

impl SlotDraft {
    pub fn own(mut self) -> SlotDraft {
        self.slot.self_signed = true;
        self
    }
    pub fn anchor(mut self) -> SlotDraft {
        self.slot.anchor = true;
        self
    }
    pub fn chosen(mut self) -> SlotDraft {
        self.slot.chosen = true;
        self
    }
    pub fn note_fails(mut self) -> SlotDraft {
        self.slot.note_fails = true;
        self
    }
}

impl Draft {
    /// Adds a box; the first is the target, one without slots is missing.
    pub fn add(&mut self, title: &str, slots: Vec<SlotDraft>) -> &mut Draft {
        let kind = match (self.sketch.boxes.len(), slots.len()) {
            (0, _) => BoxKind::Target,
            (_, 0) => BoxKind::Missing,
            _ => BoxKind::Entity,
        };
        let note = if kind == BoxKind::Missing { "not loaded, see AIA" } else { "" };
        let slots = slots
            .into_iter()
            .map(|draft| {
                self.next += 1;
                SketchSlot { id: SlotId(self.next), ..draft.slot }
            })
            .collect();
        let id = BoxId::Entity(self.sketch.boxes.len() as u32);
        self.sketch.boxes.push(SketchBox {
            id,
            kind,
            title: title.into(),
            note: note.into(),
            left_out: (0, 0),
            slots,
            folded: false,
            kept: false,
        });
        self
    }

    /// Links a slot, by box title and position, to a box.
    pub fn link(&mut self, from: (&str, usize), to: &str, state: EdgeState) -> &mut Draft {
        let find = |title: &str| self.sketch.boxes.iter().find(|other| other.title == title).unwrap();
        let slot = &find(from.0).slots[from.1];
        let edge = SketchEdge { from: slot.id, to: find(to).id, state, chosen: slot.chosen };
        self.sketch.edges.push(edge);
        self
    }

    pub fn good(&mut self, from: (&str, usize), to: &str) -> &mut Draft {
        self.link(from, to, EdgeState::Good)
    }
}

pub fn lets_encrypt_2024() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("letsencrypt.org", vec![pass("by E6", "to 2024-10-12").chosen()])
        .add("E6", vec![pass("by ISRG Root X1", "to 2027-03-12").chosen(), pass("by ISRG Root X2", "to 2027-03-12")])
        .add("ISRG Root X2", vec![pass("self-signed", "to 2040-09-17").own().anchor(), pass("by ISRG Root X1", "to 2025-09-15")])
        .add("ISRG Root X1", vec![pass("self-signed", "to 2035-06-04").own().anchor().chosen()])
        .good(("letsencrypt.org", 0), "E6")
        .good(("E6", 0), "ISRG Root X1")
        .good(("E6", 1), "ISRG Root X2")
        .good(("ISRG Root X2", 1), "ISRG Root X1");
    draft.sketch
}

pub fn lets_encrypt_2021() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("example.org", vec![pass("by R3", "to 2021-12-02").chosen()])
        .add("R3", vec![fail("by DST Root CA X3", "EXPIRED 2021-09-29").note_fails(), pass("by ISRG Root X1", "to 2025-09-15").chosen()])
        .add("ISRG Root X1", vec![pass("self-signed", "to 2035-06-04").own().anchor().chosen(), pass("by DST Root CA X3", "to 2024-09-30")])
        .add("DST Root CA X3", vec![fail("self-signed", "EXPIRED 2021-09-30").own().anchor().note_fails()])
        .good(("example.org", 0), "R3")
        .good(("R3", 0), "DST Root CA X3")
        .good(("R3", 1), "ISRG Root X1")
        .good(("ISRG Root X1", 1), "DST Root CA X3");
    draft.sketch
}

/// UX.md (a).
pub fn simple() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("shop.test", vec![pass("by Int CA", "to 2026-02-01").chosen()])
        .add("Int CA", vec![pass("by Root CA", "to 2030-01-01").chosen()])
        .add("Root CA", vec![pass("self-signed", "to 2040-01-01").own().anchor().chosen()])
        .good(("shop.test", 0), "Int CA")
        .good(("Int CA", 0), "Root CA");
    draft.sketch
}

/// UX.md (c): two partitions that signed each other.
pub fn cross_signed_partitions() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("leaf", vec![pass("by Agency A", "to 2026-02-01").chosen()])
        .add("Agency A", vec![pass("self-signed", "to 2040-01-01").own().anchor().chosen(), pass("by Bridge B", "to 2028-06-01")])
        .add("Bridge B", vec![pass("self-signed", "to 2040-01-01").own(), pass("by Agency A", "to 2028-06-01")])
        .good(("leaf", 0), "Agency A")
        .good(("Agency A", 1), "Bridge B")
        .good(("Bridge B", 1), "Agency A");
    draft.sketch
}

/// UX.md (d): a bridge with 14 cross-signs, folded.
pub fn folded_bridge() -> Sketch {
    let mut draft = Draft::default();
    let mut slots = vec![
        pass("by Common Policy", "to 2029-08-01").chosen(),
        pass("by Agency B", "to 2028-01-01"),
        fail("by Agency C", "EXPIRED 2024-02-01").note_fails(),
    ];
    for number in 0..11 {
        let mark = [Mark::Pass, Mark::Fail, Mark::Unknown][usize::from(number > 6) + usize::from(number > 9)];
        slots.push(slot(mark, &format!("by Agency {number}"), "to 2028-01-01"));
    }
    slots[0].slot.anchor = false;
    draft
        .add("leaf", vec![pass("by Bridge CA", "to 2027-01-01").chosen()])
        .add("Bridge CA", slots)
        .add("Common Policy", vec![pass("self-signed", "to 2030-12-01").own().anchor().chosen()])
        .add("Agency B", vec![pass("self-signed", "to 2033-01-01").own()])
        .add("Agency C", vec![pass("self-signed", "to 2033-01-01").own()])
        .add("Agency 3", vec![pass("self-signed", "to 2033-01-01").own()])
        .good(("leaf", 0), "Bridge CA")
        .good(("Bridge CA", 0), "Common Policy")
        .good(("Bridge CA", 1), "Agency B")
        .good(("Bridge CA", 2), "Agency C")
        .good(("Bridge CA", 6), "Agency 3");
    draft.sketch.boxes[1].folded = true;
    draft.sketch
}

/// UX.md (e): a bad signature on an edge, an expired root in its slot, an issuer that is not loaded.
pub fn bad_signature() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("shop.test", vec![fail("by Int CA", "to 2026-02-01").chosen()])
        .add(
            "Int CA",
            vec![fail("by Root A", "EXPIRED 2021-09-01").note_fails().chosen(), slot(Mark::Unknown, "by Root B", "to 2029-01-01")],
        )
        .add("Root A", vec![fail("self-signed", "EXPIRED 2021-09-30").own().anchor().note_fails().chosen()])
        .add("Root B", vec![])
        .link(("shop.test", 0), "Int CA", EdgeState::Bad)
        .good(("Int CA", 0), "Root A")
        .link(("Int CA", 1), "Root B", EdgeState::Missing);
    draft.sketch
}

/// The sketch before any signature is checked.
pub fn unchecked(mut sketch: Sketch) -> Sketch {
    sketch.edges.iter_mut().for_each(|edge| edge.state = EdgeState::Unchecked);
    sketch
}

/// Three CAs that all signed each other, and a root over two of them.
pub fn mesh() -> Sketch {
    let mut draft = Draft::default();
    let by = |others: &[&str]| others.iter().map(|other| pass(&format!("by {other}"), "to 2030-01-01")).collect::<Vec<_>>();
    draft
        .add("leaf", by(&["CA one"]))
        .add("CA one", by(&["CA two", "CA three", "Root"]))
        .add("CA two", by(&["CA one", "CA three"]))
        .add("CA three", by(&["CA one", "CA two", "Root"]))
        .add("Root", vec![pass("self-signed", "to 2040-01-01").own().anchor()])
        .good(("leaf", 0), "CA one")
        .good(("CA one", 0), "CA two")
        .good(("CA one", 1), "CA three")
        .good(("CA one", 2), "Root")
        .good(("CA two", 0), "CA one")
        .good(("CA two", 1), "CA three")
        .good(("CA three", 0), "CA one")
        .good(("CA three", 1), "CA two")
        .good(("CA three", 2), "Root");
    draft.sketch
}

/// Two issuing CAs under two roots each, in opposite order: lines must cross.
pub fn crossing() -> Sketch {
    let mut draft = Draft::default();
    let by = |others: &[&str]| others.iter().map(|other| pass(&format!("by {other}"), "to 2030-01-01")).collect::<Vec<_>>();
    let root = || vec![pass("self-signed", "to 2040-01-01").own().anchor()];
    draft.add("shop.test", by(&["Left", "Right", "Middle"]));
    draft.add("Left", by(&["Root A", "Root B"])).add("Right", by(&["Root B", "Root A"])).add("Middle", by(&["Root B", "Root C"]));
    draft.add("Root A", root()).add("Root B", root()).add("Root C", root());
    draft.sketch.boxes[1].slots[1].chosen = true;
    draft.sketch.boxes[0].slots[0].chosen = true;
    draft.sketch.boxes[5].slots[0].chosen = true;
    for (position, to) in ["Left", "Right", "Middle"].into_iter().enumerate() {
        draft.good(("shop.test", position), to);
    }
    draft.good(("Left", 0), "Root A").good(("Left", 1), "Root B").link(("Right", 0), "Root B", EdgeState::Bad).link(
        ("Right", 1),
        "Root A",
        EdgeState::Bad,
    );
    draft.good(("Middle", 0), "Root B").good(("Middle", 1), "Root C");
    draft.sketch
}

/// Names of characters two cells wide, longer than their room.
pub fn wide() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("例え.jp", vec![pass("by 日本認証局ルート第一号機関", "to 2026-02-01").chosen()])
        .add("日本認証局ルート第一号機関", vec![pass("self-signed", "to 2040-01-01").own().anchor().chosen()])
        .good(("例え.jp", 0), "日本認証局ルート第一号機関");
    draft.sketch
}
