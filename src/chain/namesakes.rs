//! The entities of one name, in the order in which they are tried as issuers, without looking at each of them every time.

use std::collections::{HashMap, HashSet};

use super::link::computed;
use super::{CertificateId, Entity, EntityId, KeyIdentifierMatch, Pool};
use crate::cert::Certificate;

/// How many entities of the issuer's name are kept as candidates for one certificate. Real names have at most a handful of
/// keys; a hostile set of n keys under one name would make n² links.
pub const MAX_CANDIDATES: usize = 1_000;
/// Loaded CAs of a missing issuer's name that are told or drawn beside it; hostile sets have a thousand.
pub const MAX_NAMESAKES: usize = 3;
/// Candidates that all certificates of one issuer name may have together, about 32 MiB of links.
const MAX_CANDIDATES_PER_NAME: usize = 1_000_000;
/// Candidates that each certificate keeps however many there are of its kind.
const FEWEST_CANDIDATES: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Namesakes {
    /// By key, so that the order never depends on the order of loading. Those of which some certificate has no subject key
    /// identifier come first.
    entities: Vec<(EntityId, bool)>,
    by_identifier: HashMap<Vec<u8>, Vec<EntityId>>,
    /// Certificates that name an issuer of this name.
    pub issued: usize,
}

impl Namesakes {
    pub fn add(&mut self, entity: EntityId) {
        self.entities.push((entity, false));
    }

    /// Sorts and indexes, once every entity is known whole.
    pub fn settle(&mut self, pool: &Pool, entities: &[Entity]) {
        if self.entities.len() < 2 {
            return;
        }
        for (entity, has_identifiers) in &mut self.entities {
            let certificates = &entities[entity.index()].certificates;
            *has_identifiers = certificates.iter().all(|id| subject_key_identifier(pool, *id).is_some());
            let own = certificates.iter().filter_map(|id| subject_key_identifier(pool, *id)).map(<[u8]>::to_vec);
            for identifier in own.chain(computed(pool, &entities[entity.index()]).map(|identifier| identifier.to_vec())) {
                let known = self.by_identifier.entry(identifier).or_default();
                if known.last() != Some(entity) {
                    known.push(*entity);
                }
            }
        }
        let key = |entity: &EntityId| entities[entity.index()].spki_sha256;
        self.entities.sort_by_cached_key(|(entity, has_identifiers)| (*has_identifiers, key(entity)));
        self.by_identifier.values_mut().for_each(|entities| entities.sort_by_key(key));
    }

    /// Candidates for `certificate`, likeliest first: those that its authority key identifier names, then its own entity, then
    /// those that no identifier speaks against, then the rest. The flag says whether some were left out.
    pub fn candidates(&self, certificate: &Certificate, own: EntityId) -> (Vec<(KeyIdentifierMatch, EntityId)>, bool) {
        use KeyIdentifierMatch::{Absent, Match, Mismatch};
        let named = certificate.authority_key();
        let matching = named.and_then(|identifier| self.by_identifier.get(identifier)).map(Vec::as_slice).unwrap_or_default();
        let known: HashSet<EntityId> = matching.iter().copied().collect();
        let is_other = |entity: &EntityId| !known.contains(entity) && *entity != own;
        let of = |has_identifiers: bool| if has_identifiers && named.is_some() { Mismatch } else { Absent };

        let mut out: Vec<(KeyIdentifierMatch, EntityId)> = matching.iter().map(|entity| (Match, *entity)).collect();
        out.sort_by_key(|(_, entity)| *entity != own);
        let own_state = self.entities.iter().find(|(entity, _)| *entity == own).filter(|_| !known.contains(&own));
        let mut own_left = own_state.map(|(_, has_identifiers)| (of(*has_identifiers), own));
        let most = MAX_CANDIDATES.min((MAX_CANDIDATES_PER_NAME / self.issued.max(1)).max(FEWEST_CANDIDATES));
        for (entity, has_identifiers) in &self.entities {
            if out.len() >= most {
                break;
            }
            let state = of(*has_identifiers);
            if let Some(own) = own_left.take_if(|own| own.0 <= state) {
                out.push(own);
            }
            if is_other(entity) {
                out.push((state, *entity));
            }
        }
        out.extend(own_left);
        out.truncate(most);
        let cut = out.len() < self.entities.len();
        (out, cut)
    }

    /// The only entity of the name, where there is but one.
    pub fn only(&self) -> Option<EntityId> {
        match self.entities.as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        }
    }
}

fn subject_key_identifier(pool: &Pool, id: CertificateId) -> Option<&[u8]> {
    pool.certificate(id).subject_key()
}
