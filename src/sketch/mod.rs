//! Boxes, slots, labels and links of a judgement, for the diagram on a screen or in a file; pure.

#![warn(missing_docs)]

mod neighbourhood;
mod relations;
mod rest;
mod slots;
mod whole;

use std::collections::HashSet;

use crate::cert::Name;
use crate::chain::{CertificateId, EntityId};
use crate::check::PathVerdict;
use crate::diagram::{BoxId, BoxKind, EdgeState, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};
use crate::words::key_identifier_words;
pub use neighbourhood::Neighbourhood;
use relations::{Relations, other_keys, state};
pub use slots::Look;
use slots::{has_broken_own_signature, slot};
pub use whole::{Gaze, Visible, Whole, part_of};

/// A box with more slots than this is folded where there is no room for all of them.
pub const FOLD_ABOVE: usize = 4;

/// The picture of a part of what the target's paths lead over.
pub fn sketch(look: &Look<'_>, part: &Neighbourhood) -> Sketch {
    let analysis = look.judgement.analysis.as_ref();
    let in_view: HashSet<EntityId> = part.drawn.iter().copied().collect();
    let chosen = look.chosen.map(|path| path.certificates.as_slice()).unwrap_or_default();
    let visible = Visible::new(look.judgement);
    let relations = Relations::new(analysis, &part.drawn);

    let kept = part.kept.iter().copied().chain(other_roads(look)).collect();

    let mut out = Sketch::default();
    let mut ghosts = Ghosts::default();
    for &entity in &part.drawn {
        let mut slots = Vec::new();
        for id in visible.certificates(entity) {
            slots.push(slot(look, id, chosen, &kept));
            let mut steps = analysis.graph.steps(id).peekable();
            if steps.peek().is_none() && !analysis.graph.is_self_signed(id) && !has_broken_own_signature(look, id) {
                let is_end = chosen.last() == Some(&id);
                out.edges.push(SketchEdge { from: SlotId(id.0), to: ghosts.of(look, id), state: EdgeState::Missing, chosen: is_end });
            }
            for link in other_keys(analysis, id).filter(|link| in_view.contains(&link.entity)) {
                out.edges.push(SketchEdge {
                    from: SlotId(id.0),
                    to: BoxId::Entity(link.entity.0),
                    state: EdgeState::OtherKey,
                    chosen: false,
                });
            }
            for link in steps.filter(|link| in_view.contains(&link.entity)) {
                let is_chosen = chosen.windows(2).any(|pair| pair[0] == id && analysis.graph.entity_of(pair[1]) == link.entity);
                out.edges.push(SketchEdge {
                    from: SlotId(id.0),
                    to: BoxId::Entity(link.entity.0),
                    state: state(link.signature),
                    chosen: is_chosen,
                });
            }
        }
        slots.sort_by_key(|slot: &SketchSlot| (!slot.anchor, !slot.self_signed));
        let is_target = entity == analysis.graph.entity_of(look.judgement.target);
        out.boxes.push(SketchBox {
            id: BoxId::Entity(entity.0),
            kind: if is_target { BoxKind::Target } else { BoxKind::Entity },
            title: look.labels.entity(&analysis.graph, entity),
            note: relations.words(entity, look.labels),
            left_out: rest::beside(part, entity),
            folded: slots.len() > FOLD_ABOVE && !look.is_unfolded(entity),
            kept: !part.stubbed.is_empty(),
            slots,
        });
    }
    rest::add_stubs(part, &visible, analysis, &mut out);
    out.boxes.extend(ghosts.boxes.into_iter().map(|(.., ghost)| ghost));
    out
}

/// Of each entity the first certificate on a path that holds, besides those of the chosen one: what a folded crowd must not hide.
fn other_roads(look: &Look<'_>) -> impl Iterator<Item = CertificateId> {
    let graph = &look.judgement.analysis.graph;
    let chosen = look.chosen.map(|path| path.certificates.as_slice()).unwrap_or_default();
    let holding = look.judgement.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid);
    let mut seen = HashSet::new();
    holding
        .flat_map(|judged| &judged.path.certificates)
        .copied()
        .filter(move |id| !chosen.contains(id) && seen.insert(graph.entity_of(*id)))
}

/// Ghosts for issuers that are not loaded: one for each name; where CAs of that name are loaded, one for each key identifier.
#[derive(Default)]
struct Ghosts {
    boxes: Vec<(Name, Option<Vec<u8>>, SketchBox)>,
}

impl Ghosts {
    /// The box for the issuer of a certificate.
    fn of(&mut self, look: &Look<'_>, id: CertificateId) -> BoxId {
        let analysis = &look.judgement.analysis;
        let certificate = analysis.pool.certificate(id);
        let key = certificate.authority_key().filter(|_| analysis.graph.namesakes_of_issuer(id).next().is_some());
        let is_same = |(name, known, _): &&(Name, Option<Vec<u8>>, SketchBox)| *name == certificate.issuer && known.as_deref() == key;
        if let Some((.., known)) = self.boxes.iter().find(is_same) {
            return known.id;
        }
        let label = match key {
            Some(key) => format!("{} (key identifier {})", certificate.issuer.label(), key_identifier_words(key)),
            None => certificate.issuer.label(),
        };
        // Another missing issuer may bear the same common name; then the whole name tells them apart.
        let is_taken = self.boxes.iter().any(|(.., known)| known.title == label);
        let ghost = SketchBox {
            id: BoxId::Missing(id.0),
            kind: BoxKind::Missing,
            title: if is_taken { certificate.issuer.to_string() } else { label },
            note: if certificate.extensions.has_ca_issuers { "not loaded, see AIA" } else { "not loaded" }.to_owned(),
            left_out: (0, 0),
            slots: Vec::new(),
            folded: false,
            kept: false,
        };
        self.boxes.push((certificate.issuer.clone(), key.map(<[u8]>::to_vec), ghost));
        BoxId::Missing(id.0)
    }
}
