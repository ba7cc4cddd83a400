//! Which entities issue one another in a circle: strongly connected components (Tarjan 1972) of what a target can reach.

use rustc_hash::FxHashMap as HashMap;

use super::{CertificateId, EntityId, Graph};

/// The entities above a target, in components; a component comes after all those that it leads to, roots first.
#[derive(Debug)]
pub(super) struct Components {
    /// Members in the order they were met.
    pub members: Vec<Vec<EntityId>>,
    /// Component and place in it.
    pub place_of: HashMap<EntityId, (usize, usize)>,
}

impl Components {
    pub fn component_of(&self, entity: EntityId) -> Option<usize> {
        self.place_of.get(&entity).map(|place| place.0)
    }
}

struct Visit {
    entity: EntityId,
    successors: Vec<EntityId>,
    next: usize,
}

/// Everything that `target` leads to, itself included. Iterative, since a hostile chain may be thousands long.
pub(super) fn components(graph: &Graph, target: CertificateId) -> Components {
    let mut out = Components { members: Vec::new(), place_of: HashMap::default() };
    let mut index: HashMap<EntityId, usize> = HashMap::default();
    let mut low: HashMap<EntityId, usize> = HashMap::default();
    let mut open: Vec<EntityId> = Vec::new();
    let start = graph.entity_of(target);
    // The target's siblings are not on its paths: only its own links count.
    let mut visits = vec![Visit { entity: start, successors: distinct(graph.steps(target).map(|link| link.entity).collect()), next: 0 }];
    index.insert(start, 0);
    low.insert(start, 0);
    open.push(start);
    while let Some(visit) = visits.last_mut() {
        let entity = visit.entity;
        if let Some(&next) = visit.successors.get(visit.next) {
            visit.next += 1;
            if let Some(&met) = index.get(&next) {
                if !out.place_of.contains_key(&next) {
                    lower(&mut low, entity, met);
                }
            } else {
                let order = index.len();
                index.insert(next, order);
                low.insert(next, order);
                open.push(next);
                visits.push(Visit { entity: next, successors: successors(graph, next), next: 0 });
            }
            continue;
        }
        visits.pop();
        let reached = low.get(&entity).copied().unwrap_or_default();
        if let Some(parent) = visits.last() {
            lower(&mut low, parent.entity, reached);
        }
        if index.get(&entity) == Some(&reached) {
            let first = open.iter().rposition(|member| *member == entity).unwrap_or_default();
            let members = open.split_off(first);
            for (place, member) in members.iter().enumerate() {
                out.place_of.insert(*member, (out.members.len(), place));
            }
            out.members.push(members);
        }
    }
    out
}

fn lower(low: &mut HashMap<EntityId, usize>, entity: EntityId, reached: usize) {
    if let Some(value) = low.get_mut(&entity) {
        *value = (*value).min(reached);
    }
}

fn successors(graph: &Graph, entity: EntityId) -> Vec<EntityId> {
    let certificates = graph.entity(entity).certificates.iter();
    distinct(certificates.flat_map(|certificate| graph.steps(*certificate).map(|link| link.entity)).collect())
}

fn distinct(mut entities: Vec<EntityId>) -> Vec<EntityId> {
    entities.sort_unstable();
    entities.dedup();
    entities
}
