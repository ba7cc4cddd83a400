//! Which entities the picture as a whole has, and which part of it is drawn.

use std::collections::HashSet;

use super::Neighbourhood;
use super::neighbourhood::{Hop, MOST_WHOLE, Ways};
use super::relations::{self, other_keys};
use crate::analysis::{Analysis, Judgement, Limit};
use crate::chain::{CertificateId, End, EntityId, MAX_NAMESAKES, Path};

/// Which certificates are drawn of an entity that is.
#[derive(Debug)]
pub struct Visible<'a> {
    analysis: &'a Analysis,
    on_paths: HashSet<CertificateId>,
}

impl<'a> Visible<'a> {
    /// Those of the target's paths, and what was asked for.
    pub fn new(judgement: &'a Judgement) -> Self {
        let mut on_paths: HashSet<CertificateId> = judgement.paths.iter().flat_map(|judged| &judged.path.certificates).copied().collect();
        let graph = &judgement.analysis.graph;
        // What a store has under the name of an issuer that is not loaded is what people take for that.
        let last = judgement.paths.iter().filter(|judged| judged.path.end == End::MissingIssuer);
        for id in last.filter_map(|judged| judged.path.certificates.last()) {
            let namesakes = graph.namesakes_of_issuer(*id).take(MAX_NAMESAKES);
            on_paths.extend(namesakes.flat_map(|link| &graph.entity(link.entity).certificates));
        }
        Self { analysis: &judgement.analysis, on_paths }
    }

    /// A store's certificate that no path uses would only be in the way.
    pub fn certificates(&self, entity: EntityId) -> impl Iterator<Item = CertificateId> {
        let all = self.analysis.graph.entity(entity).certificates.iter().copied();
        all.filter(|id| self.on_paths.contains(id) || self.analysis.pool.entry(*id).given)
    }

    /// The links between entities that a picture of these would have, but for namesakes'.
    fn steps(&self, entities: &[EntityId]) -> Vec<Hop> {
        let known: HashSet<EntityId> = entities.iter().copied().collect();
        let mut steps = Vec::new();
        for &from in entities {
            for certificate in self.certificates(from) {
                let graph = &self.analysis.graph;
                let links =
                    graph.steps(certificate).chain(other_keys(self.analysis, certificate)).filter(|link| known.contains(&link.entity));
                steps.extend(links.map(|link| Hop { from, certificate, to: link.entity }));
            }
        }
        steps
    }
}

/// The picture as a whole, drawn or not: the same until what is shown is judged anew.
#[derive(Debug, Default, Clone)]
pub struct Whole {
    entities: Vec<EntityId>,
    /// Where it has to be drawn in part.
    ways: Ways,
}

impl Whole {
    /// While signatures are checked only what listed paths lead over.
    pub fn new(judgement: &Judgement, is_checking: bool) -> Self {
        let entities = whole(judgement, is_checking);
        let steps = if entities.len() > MOST_WHOLE { Visible::new(judgement).steps(&entities) } else { Vec::new() };
        Self { entities, ways: Ways::new(steps) }
    }

    /// Its entities.
    pub fn entities(&self) -> &[EntityId] {
        &self.entities
    }
}

/// The entities of the picture as a whole: those of all paths, and those that bear the name of one of them. Where not every path
/// is listed, all that the target leads to; while signatures are checked only the first paths are known, and most of what is beyond may
/// not belong to any.
fn whole(judgement: &Judgement, is_checking: bool) -> Vec<EntityId> {
    let (analysis, mut entities) = (judgement.analysis.as_ref(), judgement.entities.clone());
    if judgement.spent.iter().any(|spent| spent.limit <= Limit::Depth) && !is_checking {
        let visible = Visible::new(judgement);
        let mut known: HashSet<EntityId> = entities.iter().copied().collect();
        let mut next = 0;
        while let Some(&here) = entities.get(next) {
            next += 1;
            for certificate in visible.certificates(here) {
                let steps = analysis.graph.steps(certificate).map(|link| link.entity);
                entities.extend(steps.filter(|entity| visible.certificates(*entity).next().is_some() && known.insert(*entity)));
            }
        }
    }
    entities.extend(relations::namesakes(analysis, &entities));
    entities
}

/// What is looked at of the whole.
#[derive(Debug, Clone, Copy)]
pub struct Gaze<'a> {
    /// The path that is drawn heavy.
    pub chosen: Option<&'a Path>,
    /// Entities that are not on the chosen path are left out.
    pub only_chosen: bool,
    /// What the part before was drawn around.
    pub centre: Option<CertificateId>,
    /// The certificate that the cursor is on.
    pub focus: CertificateId,
}

/// What is drawn of the whole: all of it, the chosen path, or the part around what is looked at; and what that is drawn around. It stays
/// where it is until something is looked at that is not in the picture.
pub fn part_of(judgement: &Judgement, whole: &Whole, gaze: Gaze<'_>) -> (Neighbourhood, Option<CertificateId>) {
    let (graph, Whole { entities, ways }) = (&judgement.analysis.graph, whole);
    let path: Vec<EntityId> = gaze.chosen.map_or_else(Vec::new, |path| path.certificates.iter().map(|id| graph.entity_of(*id)).collect());
    let mut around = gaze.centre;
    if gaze.only_chosen && !path.is_empty() {
        let own: HashSet<EntityId> = path.into_iter().collect();
        return (Neighbourhood::whole(entities.iter().copied().filter(|entity| own.contains(entity)).collect()), around);
    }
    if entities.len() <= MOST_WHOLE {
        let kept = around.into_iter().collect();
        return (Neighbourhood { kept, ..Neighbourhood::whole(entities.clone()) }, around);
    }
    let target = graph.entity_of(judgement.target);
    let path = if path.is_empty() { vec![target] } else { path };
    let at = |certificate: CertificateId| Some(graph.entity_of(certificate)).filter(|entity| entities.contains(entity));
    let (centre, focus) = (around.and_then(at).unwrap_or(target), at(gaze.focus));
    let mut part = Neighbourhood::around(entities, ways, &path, centre);
    if let Some(focus) = focus.filter(|focus| !part.drawn.contains(focus)) {
        part = Neighbourhood::around(entities, ways, &path, focus);
        around = Some(gaze.focus);
    }
    part.kept.extend(around);
    (part, around)
}
