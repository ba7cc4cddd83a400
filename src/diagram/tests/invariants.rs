//! What holds for every picture, however odd the sketch.

use super::samples::*;
use crate::diagram::*;
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

const TITLES: [&str; 6] = ["Root", "日本認証局", "A rather long name of an issuing authority", "", "R3", "a\u{7}b\u{301}c"];
const STATES: [EdgeState; 6] =
    [EdgeState::Good, EdgeState::Unchecked, EdgeState::Unsupported, EdgeState::Bad, EdgeState::Missing, EdgeState::OtherKey];
const MARKS: [Mark; 5] = [Mark::Pass, Mark::Caution, Mark::Fail, Mark::Unknown, Mark::Nothing];

/// Any sketch, with unknown ids, duplicates and cycles of any shape.
fn sketches() -> impl Strategy<Value = Sketch> {
    let slot = (0..40_u32, 0..5_usize, 0..6_usize, any::<[bool; 4]>()).prop_map(|(id, mark, label, flags)| SketchSlot {
        id: SlotId(id),
        mark: MARKS[mark],
        label: format!("by {}", TITLES[label]),
        note: "to 2035-06-04".into(),
        detail: "a.pem · 0A1B".to_owned(),
        badge: if flags[3] { "=2 files".to_owned() } else { String::new() },
        note_fails: flags[0],
        self_signed: flags[1],
        anchor: flags[2],
        stores: vec!["日本".to_owned(); label.min(3)],
        chosen: flags[3],
        kept: flags[0] && flags[3],
    });
    let sketch_box = (0..14_u32, 0..4_usize, 0..6_usize, proptest::collection::vec(slot, 0..7), any::<bool>()).prop_map(
        |(id, kind, title, slots, folded)| SketchBox {
            id: BoxId::Entity(id),
            kind: [BoxKind::Target, BoxKind::Entity, BoxKind::Missing, BoxKind::More][kind],
            title: TITLES[title].into(),
            note: if folded { "note".into() } else { String::new() },
            left_out: (kind * 7, id as usize % 3),
            slots,
            folded,
            kept: id % 2 == 0,
        },
    );
    let edge = (0..42_u32, 0..15_u32, 0..6_usize, any::<bool>()).prop_map(|(from, to, state, chosen)| SketchEdge {
        from: SlotId(from),
        to: BoxId::Entity(to),
        state: STATES[state],
        chosen,
    });
    (proptest::collection::vec(sketch_box, 0..12), proptest::collection::vec(edge, 0..30))
        .prop_map(|(boxes, edges)| Sketch { boxes, edges })
}

/// Sketches without contradictions: every slot its own id, layers with links upward and a few back.
fn orderly() -> impl Strategy<Value = Sketch> {
    let links = proptest::collection::vec((any::<prop::sample::Index>(), 0..6_usize, any::<bool>()), 1..4);
    proptest::collection::vec(links, 2..14).prop_map(|boxes| {
        let mut sketch = Sketch::default();
        let count = boxes.len();
        let mut next = 0;
        for (position, links) in boxes.into_iter().enumerate() {
            let mut slots = Vec::new();
            for (to, state, back) in links {
                next += 1;
                slots.push(SketchSlot { id: SlotId(next), ..pass("by Somebody", "to 2035-06-04").slot });
                let to = if back && state == 0 { to.index(count) } else { position + 1 + to.index(3) };
                sketch.edges.push(SketchEdge {
                    from: SlotId(next),
                    to: BoxId::Entity(to as u32),
                    state: STATES[state],
                    chosen: next % 5 == 0,
                });
            }
            let kind = if position == 0 { BoxKind::Target } else { BoxKind::Entity };
            sketch.boxes.push(SketchBox {
                id: BoxId::Entity(position as u32),
                kind,
                title: format!("CA {position}"),
                note: String::new(),
                left_out: (0, 0),
                slots,
                folded: false,
                kept: false,
            });
        }
        sketch
    })
}

type How = (Orientation, Options);

fn ways() -> impl Strategy<Value = How> {
    let densities = prop::sample::select(vec![Density::Tight, Density::Compact, Density::Roomy]);
    (any::<bool>(), any::<bool>(), densities).prop_map(|(down, ascii, density)| {
        let charset = if ascii { Charset::Ascii } else { Charset::Unicode };
        (if down { Orientation::TopDown } else { Orientation::LeftRight }, Options { charset, density, ..Options::default() })
    })
}

fn draw(sketch: &Sketch, (orientation, options): How) -> Scene {
    lay_out(sketch, orientation, &options)
}

/// Every cell of a route, with the way it runs there: level, upright.
fn cells(route: &[(u16, u16)]) -> Vec<((u16, u16), bool, bool)> {
    let mut cells = Vec::new();
    for pair in route.windows(2) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        assert!(ax == bx || ay == by, "a slanted line: {route:?}");
        for x in ax.min(bx)..=ax.max(bx) {
            for y in ay.min(by)..=ay.max(by) {
                cells.push(((x, y), ay == by, ax == bx));
            }
        }
    }
    cells
}

fn inside(rect: &Rect, (x, y): (u16, u16)) -> bool {
    x > rect.x && y > rect.y && x + 1 < rect.right() && y + 1 < rect.bottom()
}

/// A cell of a route, whether it runs level and upright there, and the issuer and loop it belongs to.
type Run = ((u16, u16), bool, bool, (BoxId, Option<usize>));

fn check(scene: &Scene) -> Result<(), TestCaseError> {
    let text = scene.to_text();
    let frame = |id: BoxId| scene.boxes.iter().find(|(other, _)| *other == id).map(|(_, rect)| *rect);
    for (position, (_, rect)) in scene.boxes.iter().enumerate() {
        prop_assert!(rect.right() <= scene.width && rect.bottom() <= scene.height);
        for (_, other) in &scene.boxes[..position] {
            let apart = rect.right() <= other.x || other.right() <= rect.x || rect.bottom() <= other.y || other.bottom() <= rect.y;
            prop_assert!(apart, "boxes overlap\n{text}");
        }
    }
    let mut runs: Vec<Run> = Vec::new();
    for edge in &scene.edges {
        let (Some(first), Some(last)) = (edge.route.first(), edge.route.last()) else {
            prop_assert!(false, "an edge without a line\n{text}");
            continue;
        };
        let to = frame(edge.to).unwrap();
        // It starts on a frame and ends beside the frame of its box.
        prop_assert!(
            scene.boxes.iter().any(|(_, rect)| rect.contains(first.0, first.1) && !inside(rect, *first)),
            "starts nowhere\n{text}"
        );
        let beside = to.contains(last.0 + 1, last.1) || (last.1 > 0 && to.contains(last.0, last.1 - 1));
        prop_assert!(beside, "{:?} ends at {last:?} away from its box {to:?}\n{text}", edge.from);
        prop_assert!("▴►^>".contains(scene.cell(last.0, last.1).text), "no arrowhead at {last:?}\n{text}");
        for (cell, level, upright) in cells(&edge.route) {
            prop_assert!(
                scene.cell(cell.0, cell.1).text != ' ' || edge.mark.is_some() || edge.in_loop.is_some(),
                "a hole at {cell:?} in {:?}\n{text}",
                edge.route
            );
            if cell != *first {
                prop_assert!(!scene.boxes.iter().any(|(_, rect)| rect.contains(cell.0, cell.1)), "a line in a box at {cell:?}\n{text}");
            }
            runs.push((cell, level, upright, (edge.to, edge.in_loop)));
        }
        if edge.state != EdgeState::Good {
            let (x, y) = edge.mark.unwrap();
            prop_assert!("?✗x".contains(scene.cell(x, y).text), "no sign at {:?}\n{text}", edge.mark);
        }
    }
    runs.sort_by_key(|(cell, ..)| *cell);
    for here in runs.chunk_by(|a, b| a.0 == b.0) {
        let ((x, y), ..) = here[0];
        let levels: Vec<_> = here.iter().filter(|(_, level, ..)| *level).map(|(.., to)| *to).collect();
        let uprights: Vec<_> = here.iter().filter(|(_, _, upright, _)| *upright).map(|(.., to)| *to).collect();
        prop_assert!(levels.windows(2).all(|pair| pair[0].0 == pair[1].0), "two issuers share a track at {x},{y}\n{text}");
        prop_assert!(uprights.windows(2).all(|pair| pair[0].0 == pair[1].0), "two issuers share a stem at {x},{y}\n{text}");
        let crossing = "┼┿╂╋╪╫┽┾╀╁╃╄╅╆╇╈╉╊".contains(scene.cell(x, y).text);
        let differ = levels.iter().any(|level| uprights.iter().any(|upright| level.0 != upright.0));
        // Two loops into one box run apart until they join it: they may cross.
        let loops = levels.iter().any(|level| uprights.iter().any(|upright| level.1 != upright.1));
        prop_assert!(!crossing || differ || loops, "a crossing of one issuer's lines at {x},{y}\n{text}");
        // In ASCII a crossing is a bridge: one of the two lines goes through.
        prop_assert!(!differ || crossing || "|#=".contains(scene.cell(x, y).text), "different issuers joined at {x},{y}\n{text}");
    }
    for y in 0..scene.height {
        for x in 0..scene.width {
            let here = scene.cell(x, y).text;
            let wide = here.width() == Some(2);
            prop_assert_eq!(
                wide,
                x + 1 < scene.width && scene.cell(x + 1, y).text == '\0',
                "half a wide character at {},{}\n{}",
                x,
                y,
                &text
            );
            prop_assert!(here == '\0' || here.width().is_some_and(|width| width > 0));
        }
    }
    Ok(())
}

fn geometry(scene: &Scene) -> impl PartialEq + std::fmt::Debug + use<> {
    let routes: Vec<_> = scene.edges.iter().map(|edge| (edge.from, edge.to, edge.route.clone())).collect();
    (scene.width, scene.height, scene.boxes.clone(), scene.slots.clone(), routes)
}

proptest! {
    #[test]
    fn any_sketch_can_be_drawn(sketch in sketches(), how in ways()) {
        check(&draw(&sketch, how))?;
    }

    #[test]
    fn an_orderly_sketch_is_drawn_whole(sketch in orderly(), how in ways()) {
        let scene = draw(&sketch, how);
        check(&scene)?;
        prop_assert_eq!(scene.boxes.len(), sketch.boxes.len());
        if how.1.charset == Charset::Ascii {
            prop_assert!(scene.to_text().is_ascii());
        }
    }

    #[test]
    fn nothing_moves_when_the_path_or_a_verdict_changes(sketch in orderly(), how in ways(), chosen in any::<[bool; 8]>()) {
        let before = draw(&sketch, how);
        let mut changed = sketch;
        for (edge, chosen) in changed.edges.iter_mut().zip(chosen.into_iter().cycle()) {
            edge.chosen = chosen;
            edge.state = match edge.state {
                EdgeState::Unchecked => EdgeState::Good,
                EdgeState::Good => EdgeState::Unchecked,
                other => other,
            };
        }
        for (slot, chosen) in changed.boxes.iter_mut().flat_map(|other| &mut other.slots).zip(chosen.into_iter().cycle()) {
            slot.chosen = chosen;
        }
        prop_assert_eq!(geometry(&before), geometry(&draw(&changed, how)));
    }
}

#[test]
fn a_picture_without_boxes_is_empty() {
    let scene = lay_out(&Sketch::default(), Orientation::TopDown, &Options::default());
    assert_eq!((scene.width, scene.height), (0, 0));
}

#[test]
fn walking_follows_the_picture() {
    let scene = lay_out(&lets_encrypt_2021(), Orientation::TopDown, &Options::default());
    assert_eq!(scene.neighbour(SlotId(1), Direction::Up), Some(SlotId(2)));
    assert_eq!(scene.neighbour(SlotId(3), Direction::Right), Some(SlotId(2)));
    assert_eq!(scene.neighbour(SlotId(3), Direction::Down), Some(SlotId(1)));
    assert_eq!(scene.neighbour(SlotId(1), Direction::Down), None);
    assert_eq!(scene.neighbour(SlotId(99), Direction::Up), None);
}

#[test]
fn a_folded_box_always_shows_the_chosen_slot_and_keeps_its_size() {
    for orientation in [Orientation::TopDown, Orientation::LeftRight] {
        let before = lay_out(&folded_bridge(), orientation, &Options::default());
        let mut sketch = folded_bridge();
        sketch.boxes[1].slots.iter_mut().for_each(|slot| slot.chosen = false);
        sketch.boxes[1].slots[6].chosen = true;
        let chosen = sketch.boxes[1].slots[6].id;
        let after = lay_out(&sketch, orientation, &Options::default());
        assert!(before.slot_rect(chosen).is_none() && after.slot_rect(chosen).is_some());
        let size = |scene: &Scene| scene.boxes.iter().find(|(id, _)| *id == BoxId::Entity(1)).map(|(_, rect)| (rect.width, rect.height));
        assert_eq!(size(&before), size(&after));
        assert_eq!(before.rests.first().map(|(.., count)| *count), Some(11));
        assert_eq!(before.left_out.behind_folds, 2);
    }
}

#[test]
fn what_contradicts_itself_is_left_out_and_counted() {
    let mut sketch = simple();
    sketch.boxes.push(sketch.boxes[1].clone());
    sketch.edges.push(SketchEdge { from: SlotId(99), to: BoxId::Entity(0), state: EdgeState::Good, chosen: false });
    let scene = lay_out(&sketch, Orientation::TopDown, &Options::default());
    assert_eq!(scene.left_out, LeftOut { boxes: 1, behind_folds: 0, edges: 1 });
    assert_eq!(scene.to_text(), lay_out(&simple(), Orientation::TopDown, &Options::default()).to_text());
}
