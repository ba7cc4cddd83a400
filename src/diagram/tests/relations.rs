//! Pictures of what is related otherwise than as siblings, and of where a certificate came from: to change one is to say that the new one
//! is better.

use super::assert_picture;
use crate::diagram::tests::samples::{Draft, SlotDraft, pass};
use crate::diagram::{EdgeState, Options, Orientation, Sketch};

const COUNTED: Options = Options {
    charset: crate::diagram::Charset::Unicode,
    density: crate::diagram::Density::Compact,
    max_slot_width: 30,
    tell_origins: false,
};

fn noted(mut sketch: Sketch, notes: &[(usize, &str)]) -> Sketch {
    for (position, note) in notes {
        (*note).clone_into(&mut sketch.boxes[*position].note);
    }
    sketch
}

fn badged(mut draft: SlotDraft, badge: &str) -> SlotDraft {
    badge.clone_into(&mut draft.slot.badge);
    draft
}

fn trusted(mut draft: SlotDraft, stores: &[&str]) -> SlotDraft {
    draft.slot.stores = stores.iter().map(|store| (*store).to_owned()).collect();
    draft.anchor()
}

/// Two CAs of one name, of which one signed the leaf.
fn same_name() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("twin.test", vec![pass("by Twin (key 5f5b25)", "to 2026-02-01").chosen()])
        .add("Twin (key 5f5b25)", vec![pass("by Root", "to 2030-01-01").chosen()])
        .add("Twin (key 4f7a50)", vec![pass("by Root", "to 2028-02-01")])
        .add("Root", vec![pass("self-signed", "to 2040-01-01").own().anchor().chosen()])
        .good(("twin.test", 0), "Twin (key 5f5b25)")
        .link(("twin.test", 0), "Twin (key 4f7a50)", EdgeState::OtherKey)
        .good(("Twin (key 5f5b25)", 0), "Root")
        .good(("Twin (key 4f7a50)", 0), "Root");
    draft.sketch.edges[1].chosen = false;
    noted(draft.sketch, &[(1, "same name, other key"), (2, "same name, other key")])
}

/// A CA that was renamed and kept its key.
fn same_key() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("shop.test", vec![pass("by New CA", "to 2026-02-01").chosen()])
        .add("New CA", vec![pass("by Root", "to 2030-01-01").chosen()])
        .add("Root", vec![pass("self-signed", "to 2040-01-01").own().anchor().chosen(), pass("by Old CA", "to 2030-01-01")])
        .add("Old CA", vec![pass("self-signed", "to 2031-01-01").own()])
        .good(("shop.test", 0), "New CA")
        .good(("New CA", 0), "Root")
        .good(("Root", 1), "Old CA");
    noted(draft.sketch, &[(1, "same key as Old CA"), (3, "same key as New CA")])
}

/// What a server sent, what was found in two files, what was fetched, and roots of one store, of two and of four.
fn origins() -> Sketch {
    let mut draft = Draft::default();
    draft
        .add("shop.test", vec![badged(pass("by Issuing CA", "to 2026-02-01").chosen(), "srv 1")])
        .add(
            "Issuing CA",
            vec![
                badged(pass("by First Root Authority", "to 2030-01-01").chosen(), "srv 2 =2 places"),
                badged(pass("by Second Root Authority", "to 2030-01-01"), "aia"),
                badged(pass("by Third", "to 2030-01-01"), "=2 files"),
            ],
        )
        .add("First Root Authority", vec![trusted(pass("self-signed", "to 2040-01-01").own().chosen(), &["mozilla", "apple"])])
        .add("Second Root Authority", vec![trusted(pass("self-signed", "to 2040-01-01").own(), &["apple"])])
        .add("Third", vec![trusted(pass("self-signed", "to 2040-01-01").own(), &["mozilla", "apple", "chrome", "microsoft"])])
        .good(("shop.test", 0), "Issuing CA")
        .good(("Issuing CA", 0), "First Root Authority")
        .good(("Issuing CA", 1), "Second Root Authority")
        .good(("Issuing CA", 2), "Third");
    draft.sketch
}

#[test]
fn same_name_other_key_top_down() {
    assert_picture(
        &same_name(),
        Orientation::TopDown,
        &Options::default(),
        "
                  ┌─ Root ───────────────────┐
                  ┃ ✓ self-signed ↺ ◉ anchor ┃
                  ┃   to 2040-01-01          ┃
                  └──────────────────────────┘
                     ▴
                     ┠───────────────────────────┐
┌─ Twin (key 5f5b25) ┸───┐  ┌─ Twin (key 4f7a50) ┴───┐
┃ ✓ by Root              ┃  │ ✓ by Root              │
┃   to 2030-01-01        ┃  │   to 2028-02-01        │
└─ same name, other key ─┘  └─ same name, other key ─┘
                      ▴         ▴
                      ┃ ┌╌╌╌╌╌╌╌┘
                      ┃ ╎
                      ┃ ✗ other key
        ┌─ twin.test ─┸─┴────────┐
        ┃ ✓ by Twin (key 5f5b25) ┃
        ┃   to 2026-02-01        ┃
        └────────────────────────┘
",
    );
}

#[test]
fn same_name_other_key_left_right() {
    assert_picture(
        &same_name(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ twin.test ──────────────────┐
┃✓ Twin (key 5f5b25)   26-02-01┝━━━━━━►┌─ Twin (key 5f5b25) ────┐
┃                              ├╌✗key┐ ┃✓ by Root  to 2030-01-01┝┯►┌─ Root ───────────────────────┐
└──────────────────────────────┘     ╎ └─ same name, other key ─┘│ ┃✓ self ↺ ◉       to 2040-01-01│
                                     └►┌─ Twin (key 4f7a50) ────┐│ └──────────────────────────────┘
                                       │✓ by Root  to 2028-02-01├┘
                                       └─ same name, other key ─┘
",
    );
}

#[test]
fn same_key_other_name_top_down() {
    assert_picture(
        &same_key(),
        Orientation::TopDown,
        &Options::default(),
        "
                        ┌─ Old CA ─────────────┐
                        │ ✓ self-signed ↺      │
                        │   to 2031-01-01      │
                        └─ same key as New CA ─┘
                                    ▴
┌─ Root ×2 ────────────────┬────────┴────────┐
┃ ✓ self-signed ↺ ◉ anchor ┃ ✓ by Old CA     │
┃   to 2040-01-01          ┃   to 2030-01-01 │
└──────────────────────────┴─────────────────┘
                      ▴
           ┌─ New CA ─┸───────────┐
           ┃ ✓ by Root            ┃
           ┃   to 2030-01-01      ┃
           └─ same key as Old CA ─┘
                            ▴
              ┌─ shop.test ─┸───┐
              ┃ ✓ by New CA     ┃
              ┃   to 2026-02-01 ┃
              └─────────────────┘
",
    );
}

#[test]
fn same_key_other_name_left_right() {
    assert_picture(
        &same_key(),
        Orientation::LeftRight,
        &Options::default(),
        "
┌─ shop.test ──────────────┐
┃✓ by New CA  to 2026-02-01┝━►┌─ New CA ───────────────┐
└──────────────────────────┘  ┃✓ by Root  to 2030-01-01┝━►┌─ Root ×2 ────────────────────┐
                              └─ same key as Old CA ───┘  ┃✓ self ↺ ◉       to 2040-01-01│
                                                          │✓ by Old CA      to 2030-01-01├─►┌─ Old CA ─────────────────────┐
                                                          └──────────────────────────────┘  │✓ self-signed ↺  to 2031-01-01│
                                                                                            └─ same key as New CA ─────────┘
",
    );
}

#[test]
fn origins_and_stores_top_down() {
    assert_picture(
        &origins(),
        Orientation::TopDown,
        &Options::default(),
        "
┌─ First Root Authority ─────────┐  ┌─ Second Root Authority ─┐  ┌─ Third ────────────────────────┐
┃ ✓ self-signed ↺ ◉ mozilla +1   ┃  │ ✓ self-signed ↺ ◉ apple │  │ ✓ self-signed ↺ ◉ mozilla +3   │
┃   to 2040-01-01                ┃  │   to 2040-01-01         │  │   to 2040-01-01                │
└────────────────────────────────┘  └─────────────────────────┘  └────────────────────────────────┘
                  ▴                            ▴                            ▴
┌─ Issuing CA ×3 ─┸──────────────┬─────────────┴──────────────┬─────────────┴─────────────┐
┃ ✓ by First Root Authority      ┃ ✓ by Second Root Authority │ ✓ by Third                │
┃   to 2030-01-01          srv 2 ┃   to 2030-01-01        aia │   to 2030-01-01  =2 files │
└────────────────────────────────┴────────────────────────────┴───────────────────────────┘
                                              ▴
                                ┌─ shop.test ─┸──────────┐
                                ┃ ✓ by Issuing CA        ┃
                                ┃   to 2026-02-01  srv 1 ┃
                                └────────────────────────┘
",
    );
}

#[test]
fn origins_and_stores_left_right() {
    assert_picture(
        &origins(),
        Orientation::LeftRight,
        &COUNTED,
        "
┌─ shop.test ──────────────────┐
┃✓ by Issuing CA  to 2026-02-01┝━►┌─ Issuing CA ×3 ──────────────┐
└──────────────────────────────┘  ┃✓ First Root Authority   30-01┝━━━►┌─ First Root Authority ───────┐
                                  │✓ Second Root Authority  30-01├──┐ ┃✓ self ↺ ◉2      to 2040-01-01│
                                  │✓ by Third       to 2030-01-01├┐ │ └──────────────────────────────┘
                                  └──────────────────────────────┘│ └►┌─ Second Root Authority ──────┐
                                                                  │   │✓ self ↺ ◉1      to 2040-01-01│
                                                                  │   └──────────────────────────────┘
                                                                  └──►┌─ Third ──────────────────────┐
                                                                      │✓ self ↺ ◉4      to 2040-01-01│
                                                                      └──────────────────────────────┘
",
    );
}

#[test]
fn neither_badge_nor_store_makes_a_box_wider() {
    for orientation in [Orientation::TopDown, Orientation::LeftRight] {
        let bare = |mut sketch: Sketch| {
            for slot in sketch.boxes.iter_mut().flat_map(|sketch_box| &mut sketch_box.slots) {
                slot.badge.clear();
                slot.stores.truncate(1);
            }
            crate::diagram::lay_out(&sketch, orientation, &COUNTED).width
        };
        let widest = crate::diagram::lay_out(&origins(), orientation, &COUNTED).width;
        assert_eq!(widest, bare(origins()));
    }
}
