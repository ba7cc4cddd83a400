//! Which entities are drawn where there are too many for one picture: those of the chosen path, the way to the one that is looked at, and
//! what is around it. Whatever is left out is counted where it would stand.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use rustc_hash::FxHashMap;

use crate::chain::{CertificateId, EntityId};

/// A whole of more entities than this is drawn in part.
pub(super) const MOST_WHOLE: usize = 40;
/// Entities that a picture of a part is filled up to; the chosen path and the way to what is looked at are drawn however long they are.
const MOST_AROUND: usize = 16;
/// Steps around what is looked at.
const STEPS: usize = 2;

/// A link of the whole: a certificate, the entity that it is of, and one that issued it or may have.
#[derive(Debug, Clone, Copy)]
pub struct Hop {
    pub from: EntityId,
    pub certificate: CertificateId,
    pub to: EntityId,
}

/// The steps of a whole by where they lead from and to: a hostile one has a million, of which a picture shows some tens.
#[derive(Debug, Default, Clone)]
pub(super) struct Ways {
    up: FxHashMap<EntityId, Vec<Hop>>,
    down: FxHashMap<EntityId, Vec<Hop>>,
}

impl Ways {
    pub(super) fn new(steps: impl IntoIterator<Item = Hop>) -> Self {
        let mut ways = Self::default();
        for step in steps {
            ways.up.entry(step.from).or_default().push(step);
            ways.down.entry(step.to).or_default().push(step);
        }
        ways
    }

    fn up(&self, from: EntityId) -> &[Hop] {
        self.up.get(&from).map_or(&[], Vec::as_slice)
    }

    fn down(&self, to: EntityId) -> &[Hop] {
        self.down.get(&to).map_or(&[], Vec::as_slice)
    }
}

/// What is left out beside a drawn entity.
#[derive(Debug, Default, Clone)]
pub struct Hidden {
    /// Exactly so many entities, each once.
    pub entities: BTreeSet<EntityId>,
    /// The steps that lead there.
    pub steps: Vec<Hop>,
}

/// The part that is drawn, and what is left out beside it.
#[derive(Debug, Default, Clone)]
pub struct Neighbourhood {
    /// In the order of the whole.
    pub drawn: Vec<EntityId>,
    /// Certificates that must be seen, or it would not be seen how what is looked at belongs to the rest.
    pub kept: HashSet<CertificateId>,
    /// Those beside which what is left out has a stub of its own.
    pub stubbed: HashSet<EntityId>,
    /// Issuers that are left out.
    pub above: BTreeMap<EntityId, Hidden>,
    /// Entities that are left out and that the drawn one issued certificates to.
    pub below: BTreeMap<EntityId, Hidden>,
}

impl Neighbourhood {
    /// All of it.
    pub(super) fn whole(entities: Vec<EntityId>) -> Self {
        Self { drawn: entities, ..Self::default() }
    }

    /// What is drawn of `entities` where `path` is chosen, from the target on, and `centre` is looked at.
    pub(super) fn around(entities: &[EntityId], ways: &Ways, path: &[EntityId], centre: EntityId) -> Self {
        let mut kept = HashSet::new();
        let mut drawn: HashSet<EntityId> = path.iter().copied().collect();
        for step in way(path, ways, centre) {
            kept.insert(step.certificate);
            drawn.extend([step.from, step.to]);
        }
        drawn.insert(centre);

        let (mut ring, mut seen) = (vec![centre], HashSet::from([centre]));
        for _ in 0..STEPS {
            let above = ring.iter().flat_map(|entity| ways.up(*entity).iter().map(|step| (step.to, *step)));
            let below = ring.iter().flat_map(|entity| ways.down(*entity).iter().map(|step| (step.from, *step)));
            let next: Vec<(EntityId, Hop)> = above.chain(below).collect();
            ring.clear();
            for (entity, step) in next {
                if !seen.insert(entity) || (!drawn.contains(&entity) && drawn.len() >= MOST_AROUND) {
                    continue;
                }
                if drawn.insert(entity) {
                    kept.insert(step.certificate);
                }
                ring.push(entity);
            }
        }

        let stubbed = path.iter().copied().chain([centre]).collect();
        let mut out =
            Self { drawn: entities.iter().copied().filter(|entity| drawn.contains(entity)).collect(), kept, stubbed, ..Self::default() };
        for &entity in &out.drawn {
            for step in ways.up(entity).iter().filter(|step| !drawn.contains(&step.to)) {
                out.above.entry(entity).or_default().add(step.to, *step);
            }
            for step in ways.down(entity).iter().filter(|step| !drawn.contains(&step.from)) {
                out.below.entry(entity).or_default().add(step.from, *step);
            }
        }
        // One slot with a line to the rest is seen, however many are folded.
        let first = out.stubbed.iter().filter_map(|entity| out.above.get(entity)?.steps.first());
        out.kept.extend(first.map(|step| step.certificate).collect::<Vec<_>>());
        out
    }
}

impl Hidden {
    fn add(&mut self, entity: EntityId, step: Hop) {
        self.entities.insert(entity);
        self.steps.push(step);
    }
}

/// The steps of a shortest way from the path up to `centre`.
fn way(path: &[EntityId], ways: &Ways, centre: EntityId) -> Vec<Hop> {
    let mut came_by: HashMap<EntityId, Option<Hop>> = path.iter().map(|entity| (*entity, None)).collect();
    let mut waiting: VecDeque<EntityId> = path.iter().copied().collect();
    while let Some(here) = waiting.pop_front() {
        if here == centre {
            break;
        }
        for step in ways.up(here) {
            if let Entry::Vacant(unknown) = came_by.entry(step.to) {
                unknown.insert(Some(*step));
                waiting.push_back(step.to);
            }
        }
    }
    let mut steps = Vec::new();
    let mut here = centre;
    while let Some(Some(step)) = came_by.get(&here) {
        steps.push(*step);
        here = step.from;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps(pairs: &[(u32, u32)]) -> Vec<Hop> {
        let step = |(certificate, (from, to)): (u32, &(u32, u32))| Hop {
            from: EntityId(*from),
            certificate: CertificateId(certificate),
            to: EntityId(*to),
        };
        (0..).zip(pairs).map(step).collect()
    }

    proptest! {
        #[test]
        fn every_step_is_drawn_or_counted_once(pairs in proptest::collection::vec((0..90_u32, 0..90_u32), 1..300), centre in 0..90_u32) {
            let steps = steps(&pairs);
            let entities: Vec<EntityId> = (0..90).map(EntityId).collect();
            let found = Neighbourhood::around(&entities, &Ways::new(steps.iter().copied()), &[EntityId(0)], EntityId(centre));
            let drawn: HashSet<EntityId> = found.drawn.iter().copied().collect();
            prop_assert!(drawn.contains(&EntityId(0)) && drawn.contains(&EntityId(centre)));
            for entity in &found.drawn {
                let above: BTreeSet<EntityId> =
                    steps.iter().filter(|step| step.from == *entity && !drawn.contains(&step.to)).map(|step| step.to).collect();
                let below: BTreeSet<EntityId> =
                    steps.iter().filter(|step| step.to == *entity && !drawn.contains(&step.from)).map(|step| step.from).collect();
                prop_assert_eq!(&above, &found.above.get(entity).cloned().unwrap_or_default().entities);
                prop_assert_eq!(&below, &found.below.get(entity).cloned().unwrap_or_default().entities);
            }
            prop_assert!(found.above.keys().chain(found.below.keys()).all(|entity| drawn.contains(entity)));
        }
    }

    #[test]
    fn the_way_from_the_path_to_what_is_looked_at_is_drawn_and_kept() {
        let pairs: Vec<(u32, u32)> = (0..80).map(|from| (from, from + 1)).collect();
        let steps = steps(&pairs);
        let entities: Vec<EntityId> = (0..=80).map(EntityId).collect();
        let found = Neighbourhood::around(&entities, &Ways::new(steps), &[EntityId(0), EntityId(1)], EntityId(30));
        assert!((1..30).all(|step| found.kept.contains(&CertificateId(step))));
        assert!((0..=30).all(|entity| found.drawn.contains(&EntityId(entity))));
        assert_eq!(found.above.values().map(|hidden| hidden.entities.len()).sum::<usize>(), 1);
    }
}
