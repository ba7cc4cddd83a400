//! What the diagram is to draw of the target: its entities, their certificates, and the links between them.

use std::collections::HashSet;

mod neighbourhood;
mod relations;
mod rest;
mod slots;

use crate::analysis::Analysis;
use crate::cert::Name;
use crate::chain::{CertificateId, EntityId, SignatureState};
use crate::check::PathVerdict;
use crate::diagram::{BoxId, BoxKind, EdgeState, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};
use crate::explorer::Explorer;
use neighbourhood::{MOST_WHOLE, Neighbourhood, Step};
use relations::{Relations, other_keys};
use slots::{has_broken_own_signature, slot};

/// A box with more slots than this is folded where there is no room for all of them.
pub(in crate::explorer) const FOLD_ABOVE: usize = 4;
/// Ids of boxes for missing issuers start here: above every entity's.
const MISSING: u32 = 1 << 31;

pub(in crate::explorer) fn sketch(explorer: &Explorer, part: &Neighbourhood) -> Sketch {
    let analysis = explorer.analysis();
    let in_view: HashSet<EntityId> = part.drawn.iter().copied().collect();
    let chosen = explorer.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
    let visible = Visible::new(explorer);
    let relations = Relations::new(analysis, &part.drawn);

    let kept = part.kept.iter().copied().chain(other_roads(explorer)).collect();

    let mut out = Sketch::default();
    let mut ghosts = Ghosts::default();
    for &entity in &part.drawn {
        let mut slots = Vec::new();
        for id in visible.certificates(entity) {
            slots.push(slot(explorer, id, chosen, &kept));
            let mut steps = analysis.graph.steps(id).peekable();
            if steps.peek().is_none() && !analysis.graph.is_self_signed(id) && !has_broken_own_signature(explorer, id) {
                let is_end = chosen.last() == Some(&id);
                out.edges.push(SketchEdge { from: SlotId(id.0), to: ghosts.of(explorer, id), state: EdgeState::Missing, chosen: is_end });
            }
            for link in other_keys(analysis, id).filter(|link| in_view.contains(&link.entity)) {
                out.edges.push(SketchEdge { from: SlotId(id.0), to: BoxId(link.entity.0), state: EdgeState::OtherKey, chosen: false });
            }
            for link in steps.filter(|link| in_view.contains(&link.entity)) {
                let is_chosen = chosen.windows(2).any(|pair| pair[0] == id && analysis.graph.entity_of(pair[1]) == link.entity);
                out.edges.push(SketchEdge {
                    from: SlotId(id.0),
                    to: BoxId(link.entity.0),
                    state: state(link.signature),
                    chosen: is_chosen,
                });
            }
        }
        slots.sort_by_key(|slot: &SketchSlot| (!slot.anchor, !slot.self_signed));
        let is_target = entity == analysis.graph.entity_of(explorer.target.target);
        out.boxes.push(SketchBox {
            id: BoxId(entity.0),
            kind: if is_target { BoxKind::Target } else { BoxKind::Entity },
            title: explorer.labels.entity(&analysis.graph, entity),
            note: relations.words(entity, &explorer.labels),
            left_out: rest::beside(part, entity),
            folded: slots.len() > FOLD_ABOVE && !explorer.is_unfolded(entity),
            kept: !part.stubbed.is_empty(),
            slots,
        });
    }
    rest::add_stubs(part, &visible, analysis, &mut out);
    out.boxes.extend(ghosts.boxes.into_iter().map(|(_, ghost)| ghost));
    out
}

/// Of each entity the first certificate on a path that holds, besides those of the chosen one: what a folded crowd must not hide.
fn other_roads(explorer: &Explorer) -> impl Iterator<Item = CertificateId> {
    let graph = &explorer.analysis().graph;
    let chosen = explorer.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
    let holding = explorer.target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid);
    let mut seen = HashSet::new();
    holding
        .flat_map(|judged| &judged.path.certificates)
        .copied()
        .filter(move |id| !chosen.contains(id) && seen.insert(graph.entity_of(*id)))
}

/// Which certificates are drawn of an entity that is.
struct Visible<'a> {
    analysis: &'a Analysis,
    on_paths: HashSet<CertificateId>,
}

impl<'a> Visible<'a> {
    fn new(explorer: &'a Explorer) -> Self {
        let on_paths = explorer.target.paths.iter().flat_map(|judged| &judged.path.certificates).copied().collect();
        Self { analysis: explorer.analysis(), on_paths }
    }

    /// A store's certificate that no path uses would only be in the way.
    fn certificates(&self, entity: EntityId) -> impl Iterator<Item = CertificateId> {
        let all = self.analysis.graph.entity(entity).certificates.iter().copied();
        all.filter(|id| self.on_paths.contains(id) || self.analysis.pool.entry(*id).given)
    }

    /// The links between entities that a picture of these would have, but for namesakes'.
    fn steps(&self, entities: &[EntityId]) -> Vec<Step> {
        let known: HashSet<EntityId> = entities.iter().copied().collect();
        let mut steps = Vec::new();
        for &from in entities {
            for certificate in self.certificates(from) {
                let graph = &self.analysis.graph;
                let links =
                    graph.steps(certificate).chain(other_keys(self.analysis, certificate)).filter(|link| known.contains(&link.entity));
                steps.extend(links.map(|link| Step { from, certificate, to: link.entity }));
            }
        }
        steps
    }
}

impl Explorer {
    /// The entities of the picture as a whole: those of all paths, and those that bear the name of one of them. Where not every path
    /// is listed, all that the target leads to.
    pub(in crate::explorer) fn entities_in_view(&self) -> Vec<EntityId> {
        let mut entities = self.target.entities.clone();
        // While signatures are checked only the first paths are known, and most of what is beyond may not belong to any.
        if !self.target.spent.is_empty() && !self.checking {
            let visible = Visible::new(self);
            let mut known: HashSet<EntityId> = entities.iter().copied().collect();
            let mut next = 0;
            while let Some(&here) = entities.get(next) {
                next += 1;
                for certificate in visible.certificates(here) {
                    let steps = self.analysis().graph.steps(certificate).map(|link| link.entity);
                    entities.extend(steps.filter(|entity| visible.certificates(*entity).next().is_some() && known.insert(*entity)));
                }
            }
        }
        entities.extend(relations::namesakes(self.analysis(), &entities));
        entities
    }

    /// What is drawn of the whole: all of it, the chosen path, or the part around what is looked at. That stays where it is until
    /// something is looked at that is not in the picture.
    pub(in crate::explorer) fn part_of(&mut self, whole: Vec<EntityId>) -> Neighbourhood {
        let graph = &self.analysis().graph;
        let path: Vec<EntityId> =
            self.chosen_path().map_or_else(Vec::new, |path| path.certificates.iter().map(|id| graph.entity_of(*id)).collect());
        if self.only_chosen && !path.is_empty() {
            let own: HashSet<EntityId> = path.into_iter().collect();
            return Neighbourhood::whole(whole.into_iter().filter(|entity| own.contains(entity)).collect());
        }
        if whole.len() <= MOST_WHOLE {
            let kept = self.centre.into_iter().collect();
            return Neighbourhood { kept, ..Neighbourhood::whole(whole) };
        }
        let target = graph.entity_of(self.target.target);
        let path = if path.is_empty() { vec![target] } else { path };
        let steps = Visible::new(self).steps(&whole);
        let at = |certificate: CertificateId| Some(graph.entity_of(certificate)).filter(|entity| whole.contains(entity));
        let (centre, focus) = (self.centre.and_then(at).unwrap_or(target), at(self.focus));
        let mut part = Neighbourhood::around(&whole, &steps, &path, centre);
        if let Some(focus) = focus.filter(|focus| !part.drawn.contains(focus)) {
            part = Neighbourhood::around(&whole, &steps, &path, focus);
            self.centre = Some(self.focus);
        }
        part.kept.extend(self.centre);
        part
    }

    /// The certificate is not drawn, but would be if it were looked at.
    pub(in crate::explorer) fn is_left_out(&self, certificate: CertificateId) -> bool {
        self.first_left_out(std::iter::once(certificate)).is_some()
    }

    /// Draws a certificate that belongs to the picture and is left out of it, or is folded away; false for any other.
    pub(in crate::explorer) fn draw_also(&mut self, certificate: CertificateId) -> bool {
        if self.scene.slot_rect(SlotId(certificate.0)).is_some() || self.is_left_out(certificate) {
            return true;
        }
        let entity = self.analysis().graph.entity_of(certificate);
        let is_folded = self.scene.rests.iter().any(|(id, ..)| *id == BoxId(entity.0))
            && Visible::new(self).certificates(entity).any(|other| other == certificate);
        if is_folded {
            self.centre = Some(certificate);
        }
        is_folded
    }

    /// The first of these that is not drawn, but would be if it were looked at.
    pub(in crate::explorer) fn first_left_out(&self, mut certificates: impl Iterator<Item = CertificateId>) -> Option<CertificateId> {
        if self.undrawn == 0 || self.only_chosen {
            return None;
        }
        let graph = &self.analysis().graph;
        let drawn: HashSet<BoxId> = self.scene.boxes.iter().map(|(id, _)| *id).collect();
        let mut candidates = certificates.by_ref().filter(|id| !drawn.contains(&BoxId(graph.entity_of(*id).0))).peekable();
        candidates.peek()?;
        let whole: HashSet<EntityId> = self.entities_in_view().into_iter().collect();
        let visible = Visible::new(self);
        candidates.find(|id| {
            let entity = graph.entity_of(*id);
            whole.contains(&entity) && visible.certificates(entity).any(|other| other == *id)
        })
    }
}

fn state(signature: SignatureState) -> EdgeState {
    match signature {
        SignatureState::Good => EdgeState::Good,
        SignatureState::Bad => EdgeState::Bad,
        SignatureState::Unchecked => EdgeState::Unchecked,
        SignatureState::Unsupported(_) => EdgeState::Unsupported,
    }
}

/// Of several links that one line stands for the one that holds is drawn.
fn doubt(state: EdgeState) -> u8 {
    match state {
        EdgeState::Good => 0,
        EdgeState::Unchecked => 1,
        EdgeState::Unsupported => 2,
        EdgeState::Bad | EdgeState::OtherKey | EdgeState::Missing => 3,
    }
}

/// Ghosts for issuers that are not loaded: one for each name.
#[derive(Default)]
struct Ghosts {
    boxes: Vec<(Name, SketchBox)>,
}

impl Ghosts {
    /// The box for the issuer of a certificate.
    fn of(&mut self, explorer: &Explorer, id: CertificateId) -> BoxId {
        let certificate = explorer.analysis().pool.certificate(id);
        if let Some((_, known)) = self.boxes.iter().find(|(name, _)| *name == certificate.issuer) {
            return known.id;
        }
        let label = certificate.issuer.label();
        // Another missing issuer may bear the same common name; then the whole name tells them apart.
        let is_taken = self.boxes.iter().any(|(_, known)| known.title == label);
        let ghost = SketchBox {
            id: BoxId(MISSING + id.0),
            kind: BoxKind::Missing,
            title: if is_taken { certificate.issuer.to_string() } else { label },
            note: if certificate.extensions.has_ca_issuers { "not loaded, see AIA" } else { "not loaded" }.to_owned(),
            left_out: (0, 0),
            slots: Vec::new(),
            folded: false,
            kept: false,
        };
        self.boxes.push((certificate.issuer.clone(), ghost));
        BoxId(MISSING + id.0)
    }
}
