//! What a picture of a part says of the rest: how many issuers, and how many that were issued certificates, are left out beside each box.

use std::collections::HashSet;

use super::Visible;
use super::neighbourhood::{Hidden, Neighbourhood};
use super::relations::{doubt, state};
use crate::analysis::Analysis;
use crate::chain::{CertificateId, EntityId};
use crate::diagram::{BoxId, BoxKind, Mark, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};

/// For a box without stubs of its own: how many issuers are left out, and how many that it issued certificates to.
pub(super) fn beside(part: &Neighbourhood, entity: EntityId) -> (usize, usize) {
    let count = |hidden: Option<&Hidden>| hidden.map_or(0, |hidden| hidden.entities.len());
    if part.stubbed.contains(&entity) { (0, 0) } else { (count(part.above.get(&entity)), count(part.below.get(&entity))) }
}

/// A box `… 7 more` above and below each entity of the chosen path and the one that is looked at, where there are more. To walk onto it
/// is to look at the first that it stands for.
pub(super) fn add_stubs(part: &Neighbourhood, visible: &Visible<'_>, analysis: &Analysis, sketch: &mut Sketch) {
    let mut used: HashSet<CertificateId> = HashSet::new();
    for &entity in part.drawn.iter().filter(|entity| part.stubbed.contains(entity)) {
        let (above, below) = (BoxId::IssuersOf(entity.0), BoxId::IssuedBy(entity.0));
        let sides = [(part.above.get(&entity), above, "issuers"), (part.below.get(&entity), below, "issued by it")];
        for (hidden, id, word) in sides.into_iter().filter_map(|(hidden, id, word)| Some((hidden?, id, word))) {
            let mut first = hidden.entities.iter().flat_map(|entity| visible.certificates(*entity));
            let Some(first) = first.find(|certificate| used.insert(*certificate)) else { continue };
            let slot = SlotId(first.0);
            let steps = hidden.steps.iter().filter_map(|step| analysis.graph.link_between(step.certificate, step.to));
            if id == above {
                let mut linked = HashSet::new();
                let edge = |link: crate::chain::Link| SketchEdge {
                    from: SlotId(link.certificate.0),
                    to: id,
                    state: state(link.signature),
                    chosen: false,
                };
                sketch.edges.extend(steps.filter(|link| linked.insert(link.certificate)).map(edge));
            } else {
                let state = steps.map(|link| state(link.signature)).min_by_key(|state| doubt(*state));
                sketch.edges.extend(state.map(|state| SketchEdge { from: slot, to: BoxId::Entity(entity.0), state, chosen: false }));
            }
            let slot = SketchSlot {
                id: slot,
                mark: Mark::Nothing,
                label: word.to_owned(),
                note: String::new(),
                note_fails: false,
                detail: String::new(),
                badge: String::new(),
                self_signed: false,
                anchor: false,
                stores: Vec::new(),
                chosen: false,
                kept: false,
            };
            let (kind, title) = (BoxKind::More, format!("… {} more", hidden.entities.len()));
            sketch.boxes.push(SketchBox {
                id,
                kind,
                title,
                note: String::new(),
                left_out: (0, 0),
                slots: vec![slot],
                folded: false,
                kept: true,
            });
        }
    }
}
