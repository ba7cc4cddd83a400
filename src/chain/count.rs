//! How many paths a target has, without walking them: exact by dynamic programming.
//!
//! Between components nothing can repeat, so counts multiply and add. Inside one, the entities already on the path are a bit
//! mask, and the count from an entity depends on nothing else (subset dynamic programming, as for Hamiltonian paths).

use rustc_hash::FxHashMap as HashMap;

use super::components::Components;
use super::{CertificateId, EntityId, Graph, StoreSet, Trust};

/// States kept for one component: entities x subsets x stores reached, 48 bytes each, 24 MiB in all. Enough for 15 entities
/// that all issue one another under one store; real components have two or three.
const MAX_STATES: usize = 1 << 19;
/// Subsets of stores that are told apart: 2^4 less the full one.
const MAX_COUNTED_STORES: u32 = 4;

/// A number of paths: exactly that, or at least that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number, or the least that it can be.
    pub value: u128,
    /// `value` is the number.
    pub exact: bool,
}

/// Paths that end at an anchor, and paths that end self-signed in no store or at a missing issuer (RFC 4158 2.2).
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    anchored: u128,
    other: u128,
}

impl Pair {
    fn add(&mut self, more: Pair) {
        self.anchored = self.anchored.saturating_add(more.anchored);
        self.other = self.other.saturating_add(more.other);
    }
}

/// What a certificate adds to its entity's count, for one set of stores already reached.
#[derive(Debug, Default)]
struct Contribution {
    exit: Pair,
    /// Entities of the same component, with the stores reached on the way there.
    inside: Vec<(usize, usize)>,
}

struct Counter<'a> {
    graph: &'a Graph,
    trust: &'a Trust,
    components: &'a Components,
    /// Members of a component that is counted.
    most: usize,
    all: StoreSet,
    /// Proper subsets of `all` that can be reached, the empty one first.
    reached: Vec<StoreSet>,
    /// For entities of finished components, by index into `reached`.
    finished: HashMap<(EntityId, usize), Pair>,
    /// Some component was too large to count.
    gave_up: bool,
}

/// Paths to anchors and other paths. Where a component is too large the counts are lower bounds.
pub(super) fn count(graph: &Graph, trust: &Trust, components: &Components, target: CertificateId, most: usize) -> (Count, Count) {
    let all = trust.all();
    let mut counter = Counter { graph, trust, components, most, all, reached: subsets(all), finished: HashMap::default(), gave_up: false };
    if all.0.count_ones() > MAX_COUNTED_STORES {
        return (Count { value: 0, exact: false }, Count { value: 0, exact: false });
    }
    let target_component = components.component_of(graph.entity_of(target));
    let mut total = Pair::default();
    for component in 0..components.members.len() {
        if Some(component) == target_component {
            total = counter.of_target(component, target);
        } else {
            counter.finish(component);
        }
    }
    let exact = !counter.gave_up && total.anchored < u128::MAX && total.other < u128::MAX;
    (Count { value: total.anchored, exact }, Count { value: total.other, exact })
}

/// The length of the longest path that the components allow, in certificates.
pub(super) fn longest(graph: &Graph, components: &Components) -> usize {
    let mut heights: Vec<usize> = Vec::with_capacity(components.members.len());
    for (component, members) in components.members.iter().enumerate() {
        let certificates = members.iter().flat_map(|member| &graph.entity(*member).certificates);
        let above = certificates.flat_map(|certificate| graph.steps(*certificate)).filter_map(|link| components.component_of(link.entity));
        let highest = above.filter(|other| *other != component).filter_map(|other| heights.get(other).copied()).max().unwrap_or(0);
        heights.push(members.len().saturating_add(highest));
    }
    heights.last().copied().unwrap_or(0)
}

fn subsets(all: StoreSet) -> Vec<StoreSet> {
    if all.0.count_ones() > MAX_COUNTED_STORES {
        return Vec::new();
    }
    let mut out: Vec<StoreSet> = (0..all.0).filter(|bits| bits & !all.0 == 0).map(StoreSet).collect();
    if out.is_empty() {
        out.push(StoreSet::default());
    }
    out
}

impl Counter<'_> {
    fn index_of(&self, reached: StoreSet) -> usize {
        self.reached.iter().position(|set| *set == reached).unwrap_or_default()
    }

    fn contribution(&self, component: usize, certificate: CertificateId, reached: usize) -> Contribution {
        let mut out = Contribution::default();
        let before = self.reached.get(reached).copied().unwrap_or_default();
        let new = self.trust.anchor_of(certificate).without(before);
        let after = before.union(new);
        if !new.is_empty() {
            out.exit.anchored = 1;
            if after == self.all {
                return out;
            }
        }
        let mut steps = self.graph.steps(certificate).peekable();
        if after.is_empty() && (self.graph.is_self_signed(certificate) || steps.peek().is_none()) {
            out.exit.other = 1;
        }
        let after = self.index_of(after);
        for link in steps {
            match self.components.place_of.get(&link.entity) {
                Some(&(same, place)) if same == component => out.inside.push((place, after)),
                Some(_) => out.exit.add(self.finished.get(&(link.entity, after)).copied().unwrap_or_default()),
                None => {}
            }
        }
        out
    }

    fn of_target(&mut self, component: usize, target: CertificateId) -> Pair {
        let own = self.components.place_of.get(&self.graph.entity_of(target)).map_or(0, |place| place.1);
        let contribution = self.contribution(component, target, 0);
        let mut total = contribution.exit;
        if !contribution.inside.is_empty()
            && let Some(mut walk) = self.walk(component)
        {
            for (place, reached) in contribution.inside {
                if place != own {
                    total.add(walk.count(place, 1 << own | 1 << place, reached));
                }
            }
        }
        total
    }

    fn finish(&mut self, component: usize) {
        let Some(members) = self.components.members.get(component) else { return };
        let pairs: Vec<((EntityId, usize), Pair)> = match self.walk(component) {
            None => Vec::new(),
            Some(mut walk) => {
                let entities = members.iter().enumerate();
                entities.flat_map(|(place, entity)| (0..walk.reached).map(move |reached| (place, *entity, reached))).collect::<Vec<_>>()
            }
            .into_iter()
            .map(|(place, entity, reached)| ((entity, reached), walk.count(place, 1 << place, reached)))
            .collect(),
        };
        self.finished.extend(pairs);
    }

    /// The tables for one component; `None`, and a note that the counts are lower bounds, where it is too large.
    fn walk(&mut self, component: usize) -> Option<Walk> {
        let members = self.components.members.get(component)?;
        let size = members.len();
        let states = 1_usize.checked_shl(u32::try_from(size).ok()?).and_then(|subsets| subsets.checked_mul(size * self.reached.len()));
        let Some(states) = states.filter(|states| size <= self.most && size < usize::BITS as usize && *states <= MAX_STATES) else {
            self.gave_up = true;
            return None;
        };
        let mut exits = Vec::with_capacity(size * self.reached.len());
        let mut inside = Vec::with_capacity(size * self.reached.len());
        for member in members {
            for reached in 0..self.reached.len() {
                let mut exit = Pair::default();
                let mut steps: HashMap<(usize, usize), u32> = HashMap::default();
                for certificate in &self.graph.entity(*member).certificates {
                    let contribution = self.contribution(component, *certificate, reached);
                    exit.add(contribution.exit);
                    for step in contribution.inside {
                        *steps.entry(step).or_default() += 1;
                    }
                }
                exits.push(exit);
                inside.push(steps.into_iter().map(|((place, reached), times)| (place, reached, u128::from(times))).collect());
            }
        }
        Some(Walk { size, reached: self.reached.len(), exits, inside, known: if size > 1 { vec![None; states] } else { Vec::new() } })
    }
}

/// Counts inside one component.
struct Walk {
    size: usize,
    reached: usize,
    /// By place and stores reached.
    exits: Vec<Pair>,
    inside: Vec<Vec<(usize, usize, u128)>>,
    /// By mask, place and stores reached.
    known: Vec<Option<Pair>>,
}

impl Walk {
    /// Paths from the entity at `place`, when the entities of `mask` (its own among them) are on the path already.
    fn count(&mut self, place: usize, mask: usize, reached: usize) -> Pair {
        let row = place * self.reached + reached;
        let state = mask * self.size * self.reached + row;
        if let Some(Some(known)) = self.known.get(state) {
            return *known;
        }
        let mut total = self.exits.get(row).copied().unwrap_or_default();
        for step in 0..self.inside.get(row).map_or(0, Vec::len) {
            let Some(&(next, after, times)) = self.inside.get(row).and_then(|steps| steps.get(step)) else { continue };
            if mask >> next & 1 == 0 {
                let more = self.count(next, mask | 1 << next, after);
                total.add(Pair { anchored: more.anchored.saturating_mul(times), other: more.other.saturating_mul(times) });
            }
        }
        if let Some(slot) = self.known.get_mut(state) {
            *slot = Some(total);
        }
        total
    }
}
