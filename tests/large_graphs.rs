//! Is a graph that is too large for one picture drawn in part: with exact counts of the rest, and every key at work?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/frame.rs"]
mod frame;
#[expect(dead_code, reason = "other tests use the rest")]
mod made;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use crossroots::analysis::Analysis;
use crossroots::chain::{CertificateId, EntityId, Trust};
use crossroots::check::Policy;
use crossroots::diagram::{BoxId, Charset, SlotId};
use crossroots::explorer::{Explorer, Key, Message, Settings};
use crossroots::tui::{Colors, Theme};
use frame::frame;
use made::{Made, stores};
use support::send;

/// Whether the box stands for the rest.
fn is_stub(id: BoxId) -> bool {
    matches!(id, BoxId::IssuersOf(_) | BoxId::IssuedBy(_))
}

/// `layers` layers of `width` CAs above a leaf; each CA has a certificate of `issuers` CAs of the next layer, the last are roots.
fn layered(layers: usize, width: usize, issuers: usize) -> (Made, Trust) {
    let mut made = Made::default();
    let ca = |layer: usize, place: usize| layer * width + place % width;
    made.issue(layers * width, ca(0, 0));
    let mut roots = Vec::new();
    for layer in 0..layers {
        for place in 0..width {
            if layer + 1 == layers {
                roots.push(made.issue(ca(layer, place), ca(layer, place)));
            } else {
                for step in 0..issuers {
                    made.issue(ca(layer, place), ca(layer + 1, place + step * 7));
                }
            }
        }
    }
    (made, stores(&[&roots]))
}

/// Every signature is taken for good: what is looked at here is the picture.
fn explore(made: Made, trust: Trust, size: (u16, u16)) -> Explorer {
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    let graph = made.trusting();
    opened.analysis = Analysis::new(made.pool, trust, Policy::at(support::NOW), None).unwrap().into();
    std::sync::Arc::make_mut(&mut opened.analysis).graph = graph;
    support::start(opened, Settings::default(), size).0
}

fn press(explorer: &mut Explorer, keys: &str) {
    for key in keys.chars() {
        let key = if key == '\n' { Key::Enter } else { Key::Char(key) };
        let effects = send(explorer, Message::Key(key));
        support::carry_out(explorer, effects);
    }
}

fn subject(explorer: &Explorer, certificate: CertificateId) -> String {
    explorer.analysis().pool.certificate(certificate).subject.label()
}

/// Searches, and goes on to the first hit that is of the name and not by it.
fn find(explorer: &mut Explorer, name: &str) {
    press(explorer, &format!("/CN={name}\n"));
    for _ in 0..explorer.hits().len() {
        if subject(explorer, explorer.focus()) == name {
            return;
        }
        press(explorer, "n");
    }
    panic!("{name} is not found");
}

fn entity(explorer: &Explorer, certificate: CertificateId) -> EntityId {
    explorer.analysis().graph.entity_of(certificate)
}

/// Every stub's count, and the notes', against the graph.
fn check(explorer: &Explorer) {
    let graph = &explorer.analysis().graph;
    let text = explorer.scene().to_text();
    let drawn: BTreeSet<EntityId> = explorer.scene().boxes.iter().filter_map(|(id, _)| id.entity().map(EntityId)).collect();
    let focus = explorer.scene().slot_rect(SlotId(explorer.focus().0));
    assert!(focus.is_some(), "the focus is not in the picture:\n{text}");
    assert!(drawn.contains(&entity(explorer, explorer.focus())), "the focus is on what stands for others:\n{text}");
    for certificate in &explorer.chosen_path().unwrap().certificates {
        assert!(drawn.contains(&entity(explorer, *certificate)), "the chosen path is not whole:\n{text}");
    }
    // Entities that are left out, by the drawn one that they are beside.
    let mut above: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    let mut below: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    let mut whole = vec![entity(explorer, explorer.judgement().target)];
    let mut known: BTreeSet<EntityId> = whole.iter().copied().collect();
    while let Some(here) = whole.pop() {
        let steps = graph.entity(here).certificates.iter().flat_map(|id| graph.steps(*id));
        whole.extend(steps.map(|link| link.entity).filter(|entity| known.insert(*entity)));
    }
    for link in
        explorer.analysis().pool.ids().flat_map(|id| graph.steps(id)).filter(|link| known.contains(&graph.entity_of(link.certificate)))
    {
        let from = graph.entity_of(link.certificate);
        if drawn.contains(&from) && !drawn.contains(&link.entity) {
            above.entry(from).or_default().insert(link.entity);
        } else if drawn.contains(&link.entity) && !drawn.contains(&from) {
            below.entry(link.entity).or_default().insert(from);
        }
    }
    let mut stubs = 0;
    for (id, rect) in explorer.scene().boxes.iter().filter(|(id, _)| is_stub(*id)) {
        let (of, expected) = match id {
            BoxId::IssuersOf(of) => (EntityId(*of), &above[&EntityId(*of)]),
            BoxId::IssuedBy(of) => (EntityId(*of), &below[&EntityId(*of)]),
            other => panic!("{other:?}"),
        };
        let row: String = (rect.x..rect.right()).map(|x| explorer.scene().cell(x, rect.y).text).collect();
        assert!(row.contains(&format!("… {} more", expected.len())), "{row} instead of {} beside {of:?}\n{text}", expected.len());
        stubs += 1;
    }
    assert!(stubs > 0, "nothing is said of the rest:\n{text}");
    assert!(explorer.scene().boxes.len() <= 16 + 2 * 12, "{} boxes", explorer.scene().boxes.len());
}

#[test]
fn what_is_left_out_is_counted_and_walked_onto() {
    let (made, trust) = layered(6, 12, 4);
    let mut explorer = explore(made, trust, (160, 50));
    check(&explorer);
    // Onto the nearest stub, from the certificate that it stands beside: it is what is looked at now, and is drawn.
    let mut seen = BTreeSet::new();
    for _ in 0..12 {
        let (stub, _) = *explorer.scene().boxes.iter().find(|(id, _)| is_stub(*id)).unwrap();
        let (_, rect) = *explorer.scene().boxes.iter().find(|(id, _)| *id == stub).unwrap();
        let (slot, _) = *explorer.scene().slots.iter().find(|(_, slot)| rect.contains(slot.x, slot.y)).unwrap();
        let before = explorer.focus();
        for _ in 0..40 {
            if explorer.focus().0 == slot.0 {
                break;
            }
            press(&mut explorer, "l");
        }
        if explorer.focus() == before {
            press(&mut explorer, "k");
        }
        check(&explorer);
        seen.insert(explorer.focus());
    }
    assert!(seen.len() > 1, "never left the first picture");
}

#[test]
fn all_keys_work_on_eight_thousand_certificates() {
    let (made, trust) = layered(9, 50, 20);
    assert!(made.pool.len() >= 8_000, "{}", made.pool.len());
    let mut explorer = explore(made, trust, (120, 40));
    check(&explorer);
    assert!(explorer.scene().width < 2_000 && explorer.scene().height < 400, "{}x{}", explorer.scene().width, explorer.scene().height);
    // N312 is on layer 6, far from the chosen path.
    find(&mut explorer, "N312");
    assert_eq!(explorer.judgement().target, CertificateId(0), "it is drawn, not made the target");
    check(&explorer);
    for keys in ["k", "j", "h", "l", "p", "P", "s", "S", "o", "+", "-", "G", "g", "f", "e", "n", "N", "o"] {
        press(&mut explorer, keys);
        check(&explorer);
    }
    find(&mut explorer, "N312");
    press(&mut explorer, "x");
    assert_eq!(subject(&explorer, explorer.judgement().target), "N312");
    press(&mut explorer, "u");
    check(&explorer);
    press(&mut explorer, "C");
    assert!(explorer.scene().boxes.len() < 12 && explorer.scene().boxes.iter().all(|(id, _)| !is_stub(*id)));
}

/// The screen as text, and which of its cells the diagram's boxes in view take.
fn screen(explorer: &Explorer) -> (Vec<String>, usize) {
    let theme = Theme { colors: Colors::None, charset: explorer.opened().charset };
    let buffer = frame(explorer, &theme);
    let row = |y: u16| (0..buffer.area.width).filter_map(|x| Some(buffer.cell((x, y))?.symbol().to_owned())).collect::<String>();
    let signs = |sign: &str| buffer.content.iter().filter(|cell| cell.symbol() == sign).count();
    ((0..buffer.area.height).map(row).collect(), ["▮", "▪", "▯", "▫"].into_iter().map(signs).sum())
}

#[test]
fn a_map_shows_the_whole_where_there_is_room_and_no_box_under_it() {
    let (made, trust) = layered(6, 12, 4);
    let mut explorer = explore(made, trust, (200, 60));
    press(&mut explorer, "oo");
    let (wide, boxes) = (screen(&explorer), explorer.scene().boxes.len());
    let pane = (200 * 3 / 5, 56);
    assert!(explorer.scene().width > pane.0 || explorer.scene().height > pane.1, "{}x{}", explorer.scene().width, explorer.scene().height);
    assert_eq!(wide.1, boxes, "one cell for each box:\n{}", wide.0.join("\n"));
    send(&mut explorer, Message::Resize(150, 60));
    assert_eq!(screen(&explorer).1, 0, "too narrow for a map");
    send(&mut explorer, Message::Resize(200, 60));
    assert_eq!(screen(&explorer).0, wide.0);
}
