//! What entities are called in one view: the shortest part of each name that is unique there.

use std::collections::HashMap;

use crate::cert::Attribute;
use crate::chain::{CertificateId, EntityId, Graph, Pool};

/// Labels of entities, as escaped text.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    by_entity: HashMap<EntityId, String>,
}

impl Labels {
    /// Labels for these entities: the common name; where several share it, the attribute that differs as well; where all of
    /// the name is shared, the key's fingerprint.
    pub fn new(graph: &Graph, entities: &[EntityId]) -> Self {
        let mut groups: HashMap<String, Vec<EntityId>> = HashMap::new();
        for &entity in entities {
            groups.entry(graph.entity(entity).name.label()).or_default().push(entity);
        }
        let mut by_entity = HashMap::with_capacity(entities.len());
        for (label, group) in groups {
            match group.as_slice() {
                [only] => {
                    by_entity.insert(*only, label);
                }
                several => by_entity.extend(several.iter().map(|entity| (*entity, distinct(graph, &label, *entity, several)))),
            }
        }
        Self { by_entity }
    }

    pub fn entity(&self, graph: &Graph, entity: EntityId) -> String {
        self.by_entity.get(&entity).cloned().unwrap_or_else(|| graph.entity(entity).name.label())
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

fn distinct(graph: &Graph, label: &str, entity: EntityId, group: &[EntityId]) -> String {
    let own = graph.entity(entity).name.attributes();
    let others: Vec<Vec<Attribute>> =
        group.iter().filter(|other| **other != entity).map(|other| graph.entity(*other).name.attributes()).collect();
    let differing = ["OU", "O", "L", "C", "serialNumber"].iter().find_map(|kind| {
        let attribute = own.iter().find(|attribute| attribute.kind == *kind)?;
        others.iter().all(|other| !other.contains(attribute)).then(|| attribute.value.clone())
    });
    match differing {
        Some(value) if value != label => format!("{label} ({value})"),
        _ => format!("{label} (key {})", &graph.entity(entity).spki_sha256.short()[..6]),
    }
}
