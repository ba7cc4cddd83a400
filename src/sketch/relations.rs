//! How the drawn entities are related besides issuing one another: the same name with another key, the same key under another name.

use std::collections::{HashMap, HashSet};

use crate::analysis::Analysis;
use crate::chain::{CertificateId, EntityId, Link, MAX_NAMESAKES, SignatureState};
use crate::diagram::EdgeState;
use crate::words::Labels;

/// The given entities that a drawn certificate may mean by its issuer's name, and that did not sign it; and those that are all that is
/// loaded under that name.
pub(super) fn namesakes(analysis: &Analysis, drawn: &[EntityId]) -> Vec<EntityId> {
    let graph = &analysis.graph;
    let mut known: HashSet<EntityId> = drawn.iter().copied().collect();
    let mut of_name: HashMap<&[u8], usize> = HashMap::new();
    let mut found = Vec::new();
    for certificate in drawn.iter().flat_map(|entity| &graph.entity(*entity).certificates) {
        let is_missing = graph.namesakes_of_issuer(*certificate).next().is_some();
        for link in other_keys(analysis, *certificate) {
            let other = graph.entity(link.entity);
            let count = of_name.entry(other.name.canonical()).or_default();
            let is_given = other.certificates.iter().any(|id| analysis.pool.entry(*id).given);
            if (is_given || is_missing) && *count < MAX_NAMESAKES && known.insert(link.entity) {
                *count += 1;
                found.push(link.entity);
            }
        }
    }
    found
}

/// What is said of the drawn entities in their boxes.
pub(super) struct Relations<'a> {
    analysis: &'a Analysis,
    by_name: HashMap<&'a [u8], usize>,
    by_key: HashMap<[u8; 32], Vec<EntityId>>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(analysis: &'a Analysis, drawn: &[EntityId]) -> Self {
        let mut relations = Self { analysis, by_name: HashMap::new(), by_key: HashMap::new() };
        for &id in drawn {
            let entity = analysis.graph.entity(id);
            *relations.by_name.entry(entity.name.canonical()).or_default() += 1;
            relations.by_key.entry(entity.spki_sha256.0).or_default().push(id);
        }
        // Of several that are drawn there may be more that are not.
        relations.by_name.retain(|_, count| *count > 1);
        if !relations.by_name.is_empty() {
            relations.by_name.values_mut().for_each(|count| *count = 0);
            for (place, entity) in (0..).zip(analysis.graph.entities()) {
                let Some(count) = relations.by_name.get_mut(entity.name.canonical().as_ref()) else { continue };
                let is_given = entity.certificates.iter().any(|id| analysis.pool.entry(*id).given);
                *count += usize::from(is_given || drawn.contains(&EntityId(place)));
            }
        }
        relations
    }

    /// `same name, other key`, `5 others of this name`, `same key as Old CA`, both, or nothing.
    pub(super) fn words(&self, id: EntityId, labels: &Labels) -> String {
        let entity = self.analysis.graph.entity(id);
        let namesakes = self.by_name.get(entity.name.canonical().as_ref()).map_or(0, |count| count.saturating_sub(1));
        let name = match namesakes {
            0 => String::new(),
            1 => "same name, other key".to_owned(),
            count => format!("{count} others of this name"),
        };
        let others = self.by_key.get(&entity.spki_sha256.0).into_iter().flatten().filter(|other| **other != id);
        let others: Vec<String> = others.map(|other| labels.entity(&self.analysis.graph, *other)).collect();
        let key = match others.as_slice() {
            [] => String::new(),
            [other] => format!("same key as {other}"),
            [first, rest @ ..] => format!("same key as {first} and {} more", rest.len()),
        };
        [name, key].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// Links to entities that a certificate's issuer name fits and that are known not to have signed it, because another did, or because it
/// names another key.
pub(super) fn other_keys(analysis: &Analysis, certificate: CertificateId) -> impl Iterator<Item = Link> {
    let own = analysis.graph.entity_of(certificate);
    let signer = analysis.graph.known_signer(certificate).filter(|signer| *signer != own);
    let links = analysis.graph.links_of(certificate);
    let by_others = links.filter(move |link| link.entity != own && signer.is_some_and(|signer| signer != link.entity));
    by_others.chain(analysis.graph.namesakes_of_issuer(certificate).filter(move |link| link.entity != own))
}

/// How a link's signature is drawn.
pub(super) fn state(signature: SignatureState) -> EdgeState {
    match signature {
        SignatureState::Good => EdgeState::Good,
        SignatureState::Bad => EdgeState::Bad,
        SignatureState::Unchecked => EdgeState::Unchecked,
        SignatureState::Unsupported(_) => EdgeState::Unsupported,
    }
}

/// Of several links that one line stands for the one that holds is drawn.
pub(super) fn doubt(state: EdgeState) -> u8 {
    match state {
        EdgeState::Good => 0,
        EdgeState::Unchecked => 1,
        EdgeState::Unsupported => 2,
        EdgeState::Bad | EdgeState::OtherKey | EdgeState::Missing => 3,
    }
}
