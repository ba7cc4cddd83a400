//! What the diagram is to draw of the target: its entities, their certificates, and the links between them.

use std::collections::{HashMap, HashSet};

mod relations;
mod slots;

use super::Explorer;
use crate::cert::Name;
use crate::chain::{CertificateId, EntityId, Link, SignatureState};
use crate::check::{Finding, Place, Verdict};
use crate::diagram::{BoxId, BoxKind, EdgeState, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};
use relations::{Relations, is_other_key};
use slots::{has_broken_own_signature, slot};

/// Paths whose findings mark the slots; beyond these only what rules say of a certificate alone is shown.
const MARKED_PATHS: usize = 16;
/// A box with more slots than this is folded until the person unfolds it.
const FOLD_ABOVE: usize = 4;
/// Entities that are drawn; more would be a wall, not a picture.
const MAX_ENTITIES: usize = 400;
/// Ids of boxes for missing issuers start here: above every entity's.
const MISSING: u32 = 1 << 31;

pub(super) fn sketch(explorer: &Explorer) -> Sketch {
    let analysis = explorer.analysis();
    let entities = explorer.drawn_entities();
    let in_view: HashSet<EntityId> = entities.iter().copied().collect();
    let on_paths: HashSet<CertificateId> = explorer.target.paths.iter().flat_map(|judged| &judged.path.certificates).copied().collect();
    let chosen = explorer.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
    let findings = findings(explorer);

    let relations = Relations::new(analysis, &entities);

    let mut out = Sketch::default();
    let mut ghosts = Ghosts::default();
    for &entity in &entities {
        let mut slots = Vec::new();
        for &id in &analysis.graph.entity(entity).certificates {
            // A store's certificate that no path uses would only be in the way.
            if !on_paths.contains(&id) && !analysis.pool.entry(id).given {
                continue;
            }
            slots.push(slot(explorer, id, chosen, &findings));
            let mut steps = analysis.graph.steps(id).peekable();
            if steps.peek().is_none() && !analysis.graph.is_self_signed(id) && !has_broken_own_signature(explorer, id) {
                let is_end = chosen.last() == Some(&id);
                out.edges.push(SketchEdge { from: SlotId(id.0), to: ghosts.of(explorer, id), state: EdgeState::Missing, chosen: is_end });
            }
            let is_namesake = |link: &&Link| in_view.contains(&link.entity) && is_other_key(analysis, link);
            for link in analysis.graph.links_of(id).iter().filter(is_namesake) {
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
        let is_target = entity == analysis.graph.entity_of(explorer.target.certificate);
        out.boxes.push(SketchBox {
            id: BoxId(entity.0),
            kind: if is_target { BoxKind::Target } else { BoxKind::Entity },
            title: explorer.labels.entity(&analysis.graph, entity),
            note: relations.words(entity, &explorer.labels),
            folded: slots.len() > FOLD_ABOVE && !explorer.unfolded.contains(&entity),
            slots,
        });
    }
    out.boxes.extend(ghosts.boxes.into_iter().map(|(_, ghost)| ghost));
    out
}

impl Explorer {
    /// The entities of the picture as a whole: those of all paths, and those that bear the name of one of them.
    pub(super) fn entities_in_view(&self) -> Vec<EntityId> {
        let mut entities = self.target.entities.clone();
        entities.extend(relations::namesakes(self.analysis(), &self.target.entities));
        entities
    }

    /// The entities that are drawn: those of the chosen path, or of all.
    fn drawn_entities(&self) -> Vec<EntityId> {
        let graph = &self.analysis().graph;
        let chosen = self.chosen_path().filter(|_| self.only_chosen);
        match chosen {
            Some(path) => {
                let own: HashSet<EntityId> = path.certificates.iter().map(|id| graph.entity_of(*id)).collect();
                self.target.entities.iter().copied().filter(|entity| own.contains(entity)).collect()
            }
            None => self.entities_in_view().into_iter().take(MAX_ENTITIES).collect(),
        }
    }

    /// How many entities the picture leaves out.
    pub(super) fn left_out(&self) -> usize {
        self.entities_in_view().len().saturating_sub(self.drawn_entities().len())
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

/// What the rules say on the paths that are looked at for marks, the chosen one first, signatures left out: those stand on
/// the edges.
fn findings(explorer: &Explorer) -> HashMap<CertificateId, Vec<Finding>> {
    let chosen = explorer.chosen_path();
    let others = explorer.target.paths.iter().map(|judged| &judged.path).filter(|path| Some(*path) != chosen);
    let mut out: HashMap<CertificateId, Vec<Finding>> = HashMap::new();
    for path in chosen.into_iter().chain(others).take(MARKED_PATHS) {
        for finding in explorer.analysis().findings(path) {
            if finding.verdict <= Verdict::Caution
                && !finding.is_for_want_of_data()
                && finding.rule != "signature"
                && finding.rule != "trust"
            {
                out.entry(blamed(&finding)).or_default().push(finding);
            }
        }
    }
    out
}

/// Rules about what an issuer may do speak of a link and blame the issuer.
fn blamed(finding: &Finding) -> CertificateId {
    match finding.place {
        Place::Link { issuer, .. } if matches!(finding.rule, "basic-constraints" | "key-usage") => issuer,
        place => place.certificate(),
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
            slots: Vec::new(),
            folded: false,
        };
        self.boxes.push((certificate.issuer.clone(), ghost));
        BoxId(MISSING + id.0)
    }
}
