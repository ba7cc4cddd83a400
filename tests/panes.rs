//! Is any diagram drawn in a pane of any size without a panic, half a character or a cell that is not its own?

use crossroots::diagram::{
    BoxId, BoxKind, Charset, EdgeState, Mark, Options, Orientation, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId, lay_out,
};
use crossroots::tui::{Colors, Theme, draw_scene};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const TITLES: [&str; 4] = ["Root", "日本認証局ルート第一号機関", "A rather long name of an issuing authority", "R3"];

/// Boxes with a link or more each to later ones; slots have the ids of a sample's certificates and more.
fn sketches() -> impl Strategy<Value = Sketch> {
    proptest::collection::vec(proptest::collection::vec((1..4_u32, 0..4_usize), 0..5), 1..12).prop_map(|boxes| {
        let mut sketch = Sketch::default();
        let mut next = 0;
        for (id, links) in (0..).zip(&boxes) {
            let mut slots = Vec::new();
            for (step, title) in links {
                sketch.edges.push(SketchEdge {
                    from: SlotId(next),
                    to: BoxId::Entity(id + step),
                    state: EdgeState::Good,
                    chosen: *title == 0,
                });
                slots.push(SketchSlot {
                    id: SlotId(next),
                    mark: Mark::Pass,
                    label: format!("by {}", TITLES[*title]),
                    note: "to 2030-01-01".to_owned(),
                    note_fails: false,
                    detail: String::new(),
                    badge: "srv 1".to_owned(),
                    self_signed: false,
                    anchor: *title == 3,
                    stores: Vec::new(),
                    chosen: *title == 0,
                    kept: false,
                });
                next += 1;
            }
            let kind = if id == 0 { BoxKind::Target } else { BoxKind::Entity };
            let title = TITLES[links.len() % TITLES.len()].to_owned();
            sketch.boxes.push(SketchBox {
                id: BoxId::Entity(id),
                kind,
                title,
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn any_diagram_fits_into_any_pane(
        sketch in sketches(),
        size in prop_oneof![(1..30_u16, 1..12_u16), (1..500_u16, 1..200_u16)],
        camera in (0..300_u16, 0..100_u16),
        down in any::<bool>(),
        ascii in any::<bool>(),
    ) {
        let charset = if ascii { Charset::Ascii } else { Charset::Unicode };
        let orientation = if down { Orientation::TopDown } else { Orientation::LeftRight };
        let scene = lay_out(&sketch, orientation, &Options { charset, ..Options::default() });
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: size.0, height: size.1 });
        draw_scene(&mut buffer, &scene, orientation, camera, &Theme { colors: Colors::None, charset });
        prop_assert_eq!((buffer.area.width, buffer.area.height), size);
        for y in 0..size.1 {
            let mut x = 0;
            while x < size.0 {
                let symbol = buffer.cell((x, y)).unwrap().symbol();
                let width = u16::try_from(symbol.width()).unwrap();
                prop_assert!(x + width <= size.0, "half of {symbol} at {x},{y}");
                prop_assert!(width > 0, "half of a character stands alone at {x},{y}");
                prop_assert!(!ascii || symbol.is_ascii(), "{symbol} in ASCII");
                x += width;
            }
        }
    }
}
