//! Whether a search that goes on from a certificate can still find an end, without entering again what is on its path.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::components::Components;
use super::{CertificateId, EntityId, Graph, StoreSet, Trust};

/// What is known of each entity, and of each component as a whole, for every set of stores that a search has come by anchors of: what
/// ends a path depends on that.
pub(super) struct Outlooks<'a> {
    graph: &'a Graph,
    trust: &'a Trust,
    components: &'a Components,
    entities: HashMap<(EntityId, StoreSet), Outlook>,
    /// By component: whether a path that enters it can end.
    ends: HashMap<StoreSet, Vec<bool>>,
}

/// What is to be known of an entity.
#[derive(Debug, Clone)]
struct Outlook {
    /// Some certificate of it ends a path, or leads to a component where one ends.
    exits: bool,
    /// Entities of the same component that it leads to.
    inside: Vec<EntityId>,
}

impl<'a> Outlooks<'a> {
    pub fn new(graph: &'a Graph, trust: &'a Trust, components: &'a Components) -> Self {
        Self { graph, trust, components, entities: HashMap::default(), ends: HashMap::default() }
    }

    /// Whether some end can be reached from `certificate` without entering an entity of `on_path`, where anchors of the stores in `reached`
    /// are on the path already. Each entity that is looked at is a step; `None` where there are no more.
    pub fn leads_to_an_end(
        &mut self,
        certificate: CertificateId,
        reached: StoreSet,
        on_path: &HashSet<EntityId>,
        mut step: impl FnMut() -> bool,
    ) -> Option<bool> {
        let entity = self.graph.entity_of(certificate);
        let Some(component) = self.components.component_of(entity) else { return Some(true) };
        self.settle(reached);
        if !self.can_end(component, reached) {
            return Some(false);
        }
        let outlook = self.outlook_of(component, std::slice::from_ref(&certificate), reached);
        if outlook.exits {
            return Some(true);
        }
        let mut seen: HashSet<EntityId> = HashSet::from_iter([entity]);
        let mut open = outlook.inside;
        while let Some(entity) = open.pop() {
            if !step() {
                return None;
            }
            if on_path.contains(&entity) || !seen.insert(entity) {
                continue;
            }
            if !self.entities.contains_key(&(entity, reached)) {
                let outlook = self.outlook_of(component, &self.graph.entity(entity).certificates, reached);
                self.entities.insert((entity, reached), outlook);
            }
            if let Some(outlook) = self.entities.get(&(entity, reached)) {
                if outlook.exits {
                    return Some(true);
                }
                open.extend(&outlook.inside);
            }
        }
        Some(false)
    }

    fn can_end(&self, component: usize, reached: StoreSet) -> bool {
        self.ends.get(&reached).and_then(|ends| ends.get(component)).copied().unwrap_or_default()
    }

    /// Finds out of every component whether a path that enters it can end: a component comes after all those that it leads to.
    /// Once over every link for each set of stores that paths reached; the person's own stores bound those.
    fn settle(&mut self, reached: StoreSet) {
        if self.ends.contains_key(&reached) {
            return;
        }
        self.ends.insert(reached, Vec::with_capacity(self.components.members.len()));
        for (component, members) in self.components.members.iter().enumerate() {
            let exits = members.iter().any(|entity| self.outlook_of(component, &self.graph.entity(*entity).certificates, reached).exits);
            self.ends.entry(reached).or_default().push(exits);
        }
    }

    fn outlook_of(&self, component: usize, certificates: &[CertificateId], reached: StoreSet) -> Outlook {
        let mut outlook = Outlook { exits: false, inside: Vec::new() };
        for &certificate in certificates {
            let mut steps = self.graph.steps(certificate).peekable();
            // Where an anchor is on the path already, only one of another store ends it once more.
            outlook.exits |= !self.trust.anchor_of(certificate).without(reached).is_empty()
                || (reached.is_empty() && (self.graph.is_self_signed(certificate) || steps.peek().is_none()));
            for link in steps {
                match self.components.component_of(link.entity) {
                    Some(same) if same == component => outlook.inside.push(link.entity),
                    Some(other) => outlook.exits |= self.can_end(other, reached),
                    None => outlook.exits = true,
                }
            }
        }
        outlook.inside.sort_unstable();
        outlook.inside.dedup();
        outlook
    }
}
