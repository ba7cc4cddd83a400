//! Sketches as large as the Web PKI and larger.

use super::samples::*;
use crate::diagram::*;

/// 2,000 boxes on five layers, each slot linked to some box above.
fn large(boxes: usize) -> Sketch {
    let mut sketch = Sketch::default();
    for position in 0..boxes {
        let slots = (0..2).map(|slot| SketchSlot { id: SlotId((position * 2 + slot) as u32), ..pass("by Somebody", "to 2035-06-04").slot });
        let kind = if position == 0 { BoxKind::Target } else { BoxKind::Entity };
        let sketch_box = SketchBox {
            id: BoxId::Entity(position as u32),
            kind,
            title: format!("CA {position}"),
            note: String::new(),
            left_out: (0, 0),
            slots: slots.collect(),
            folded: false,
            kept: false,
        };
        sketch.boxes.push(sketch_box);
        for slot in 0..2 {
            let layer = boxes / 5;
            let to = position + layer / 2 + (position * 7919 + slot * 104_729) % layer;
            sketch.edges.push(SketchEdge {
                from: SlotId((position * 2 + slot) as u32),
                to: BoxId::Entity(to as u32),
                state: EdgeState::Good,
                chosen: false,
            });
        }
    }
    sketch
}

#[test]
fn large_sketches_are_drawn() {
    let sketches = [large(2_000), chain(2_000), fan(2_000), candidates(1_000), folded(10_000, true), folded(10_000, false), full_mesh(12)];
    for sketch in sketches {
        for orientation in [Orientation::TopDown, Orientation::LeftRight] {
            let scene = lay_out(&sketch, orientation, &Options::default());
            let counted = scene.boxes.len() + scene.left_out.boxes + scene.left_out.behind_folds;
            assert_eq!(counted, sketch.boxes.len());
            assert!(scene.boxes.iter().any(|(id, _)| *id == BoxId::Entity(0)), "the target is left out");
        }
    }
}

#[test]
fn of_many_candidates_the_one_that_holds_is_drawn() {
    let mut sketch = candidates(1_000);
    sketch.edges[700].state = EdgeState::Good;
    let scene = lay_out(&sketch, Orientation::TopDown, &Options::default());
    assert_eq!((scene.boxes.len(), scene.left_out.behind_folds, scene.left_out.edges), (9, 992, 992));
    assert!(scene.edges.iter().any(|edge| edge.state == EdgeState::Good));
}

fn plain(boxes: Vec<(usize, bool)>, edges: Vec<(u32, usize)>) -> Sketch {
    let mut sketch = Sketch::default();
    let mut next = 0;
    for (position, (slots, folded)) in boxes.into_iter().enumerate() {
        let slots = (next..next + slots as u32)
            .map(|id| SketchSlot { id: SlotId(id), ..pass("by Somebody", "to 2035-06-04").slot })
            .collect::<Vec<_>>();
        next += slots.len() as u32;
        let kind = if position == 0 { BoxKind::Target } else { BoxKind::Entity };
        sketch.boxes.push(SketchBox {
            id: BoxId::Entity(position as u32),
            kind,
            title: format!("CA {position}"),
            note: String::new(),
            left_out: (0, 0),
            slots,
            folded,
            kept: false,
        });
    }
    let edge = |(from, to): (u32, usize)| SketchEdge {
        from: SlotId(from),
        to: BoxId::Entity(to as u32),
        state: EdgeState::Unchecked,
        chosen: false,
    };
    sketch.edges = edges.into_iter().map(edge).collect();
    sketch
}

fn chain(count: usize) -> Sketch {
    plain(vec![(1, false); count], (0..count - 1).map(|from| (from as u32, from + 1)).collect())
}

fn fan(count: usize) -> Sketch {
    plain([(count, false)].into_iter().chain((0..count).map(|_| (1, false))).collect(), (0..count).map(|to| (to as u32, to + 1)).collect())
}

/// One slot with many possible issuers of the same name.
fn candidates(count: usize) -> Sketch {
    plain(vec![(1, false); count + 1], (1..=count).map(|to| (0, to)).collect())
}

fn folded(count: usize, folded: bool) -> Sketch {
    plain(vec![(1, false), (count, folded)], vec![(0, 1)])
}

/// CAs that all signed each other.
fn full_mesh(count: usize) -> Sketch {
    let edges = (0..count).flat_map(|from| {
        (0..count - 1).map(move |slot| (1 + (from * (count - 1) + slot) as u32, 1 + if slot < from { slot } else { slot + 1 }))
    });
    plain([(1, false)].into_iter().chain((0..count).map(|_| (count - 1, false))).collect(), [(0, 1)].into_iter().chain(edges).collect())
}
