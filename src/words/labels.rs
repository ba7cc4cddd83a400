//! What entities are called in one view: the shortest part of each name that is unique there.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use crate::cert::Attribute;
use crate::chain::{CertificateId, EntityId, Graph, Pool};

/// Labels of entities, as escaped text.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    by_entity: FxHashMap<EntityId, String>,
}

impl Labels {
    /// Labels for these entities: the common name; where several share it, the attribute that differs as well; where all of
    /// the name is shared, the key's fingerprint.
    pub fn new(graph: &Graph, entities: &[EntityId]) -> Self {
        let mut labelled: Vec<(String, EntityId)> = entities.iter().map(|&entity| (graph.entity(entity).label(), entity)).collect();
        labelled.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut by_entity = FxHashMap::with_capacity_and_hasher(entities.len(), Default::default());
        for group in labelled.chunk_by_mut(|(one, _), (other, _)| one == other) {
            match group {
                [(label, only)] => {
                    by_entity.insert(*only, std::mem::take(label));
                }
                several => by_entity.extend(distinct(graph, several)),
            }
        }
        Self { by_entity }
    }

    /// `ISRG Root X1`: as it is called in this view, else by its name.
    pub fn entity(&self, graph: &Graph, entity: EntityId) -> String {
        self.by_entity.get(&entity).cloned().unwrap_or_else(|| graph.entity(entity).label())
    }

    /// `ISRG Root X1`.
    pub fn subject(&self, graph: &Graph, certificate: CertificateId) -> String {
        self.entity(graph, graph.entity_of(certificate))
    }

    /// `by ISRG Root X1`, or `self-signed`.
    pub fn issuer(&self, pool: &Pool, graph: &Graph, certificate: CertificateId) -> String {
        if graph.is_self_signed(certificate) && graph.steps(certificate).next().is_none() {
            return "self-signed".to_owned();
        }
        match graph.steps(certificate).next() {
            Some(link) => format!("by {}", self.entity(graph, link.entity)),
            None => format!("by {}", pool.certificate(certificate).issuer.label()),
        }
    }

    /// `E6 by ISRG Root X1`; the subject alone where its entity has one certificate.
    pub fn certificate(&self, pool: &Pool, graph: &Graph, certificate: CertificateId) -> String {
        let entity = graph.entity_of(certificate);
        let subject = self.entity(graph, entity);
        if graph.entity(entity).certificates.len() == 1 {
            return subject;
        }
        let twin = twin_mark(pool, graph, certificate);
        format!("{subject} {}{twin}", self.issuer(pool, graph, certificate))
    }
}

/// ` (8b05b68c)`, the fingerprint's beginning, where a sibling has the same issuer; otherwise nothing.
pub fn twin_mark(pool: &Pool, graph: &Graph, certificate: CertificateId) -> String {
    let own = pool.certificate(certificate);
    let siblings = &graph.entity(graph.entity_of(certificate)).certificates;
    let has_twin = siblings.iter().any(|id| *id != certificate && pool.certificate(*id).issuer == own.issuer);
    if has_twin { format!(" ({})", own.sha256.short()) } else { String::new() }
}

/// Labels for entities that share one: by the attribute whose value no other of them has, else by their keys.
fn distinct(graph: &Graph, group: &[(String, EntityId)]) -> Vec<(EntityId, String)> {
    let names: Vec<Vec<Attribute>> = group.iter().map(|(_, entity)| graph.entity(*entity).name.attributes()).collect();
    let mut bearers: HashMap<(&str, &str), usize> = HashMap::new();
    for name in &names {
        let own: HashSet<(&str, &str)> = name.iter().map(pair).collect();
        own.into_iter().for_each(|pair| *bearers.entry(pair).or_default() += 1);
    }
    let named = |name: &[Attribute], label: &str, entity: EntityId| {
        let of_kind = |kind: &&str| name.iter().find(|attribute| attribute.kind == **kind);
        let is_own = |attribute: &&Attribute| bearers.get(&pair(attribute)) == Some(&1) && attribute.value != label;
        match ["OU", "O", "L", "C", "serialNumber"].iter().filter_map(of_kind).find(is_own) {
            Some(attribute) => format!("{label} ({})", attribute.value),
            None => format!("{label} (key {})", &graph.entity(entity).spki_sha256.short()[..6]),
        }
    };
    group.iter().zip(&names).map(|((label, entity), name)| (*entity, named(name, label, *entity))).collect()
}

fn pair(attribute: &Attribute) -> (&str, &str) {
    (&attribute.kind, &attribute.value)
}
