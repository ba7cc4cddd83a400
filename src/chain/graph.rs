//! Entities, and the links between certificates and the entities that may have issued them (RFC 4158 2.3).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::namesakes::Namesakes;
use super::{CertificateId, Pool};
use crate::cert::{Certificate, Fingerprint, Name};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// A link's place in its graph; links of one certificate are neighbours, likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u32);

/// The signature checks for one issuer name were used up; further links of its certificates stay unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckBudget {
    pub limit: usize,
    /// The first certificate of that issuer with a link that was not checked.
    pub at: CertificateId,
}

/// A name and a public key, and the certificates that bind them, in the order of loading.
#[derive(Debug, Clone)]
pub struct Entity {
    pub name: Name,
    pub spki_sha256: Fingerprint,
    pub certificates: Vec<CertificateId>,
}

/// What the key identifiers say of a link (RFC 5280 4.2.1.1); they order candidates and never exclude one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyIdentifierMatch {
    Match,
    Absent,
    Mismatch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureState {
    Unchecked,
    Good,
    Bad,
    Unsupported(&'static str),
}

/// `entity` has the name that `certificate` calls its issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub certificate: CertificateId,
    pub entity: EntityId,
    pub key_identifier: KeyIdentifierMatch,
    pub signature: SignatureState,
}

#[derive(Debug, Clone)]
pub struct Graph {
    entities: Vec<Entity>,
    /// By certificate.
    entity_of: Vec<EntityId>,
    links: Vec<Link>,
    /// By certificate: its links.
    links_of: Vec<Range<u32>>,
    /// Certificates of which not every candidate was kept.
    cut: Vec<CertificateId>,
}

impl Graph {
    /// Links by name only; no signature is checked.
    pub fn new(pool: &Pool) -> Self {
        let mut entities: Vec<Entity> = Vec::new();
        let mut entity_of = Vec::with_capacity(pool.len());
        let mut known: HashMap<(Arc<[u8]>, Fingerprint), EntityId> = HashMap::with_capacity(pool.len());
        let mut by_name: HashMap<Arc<[u8]>, Namesakes> = HashMap::with_capacity(pool.len());
        for id in pool.ids() {
            let certificate = pool.certificate(id);
            let key = (Arc::clone(certificate.subject.canonical()), certificate.spki_sha256);
            let entity = *known.entry(key).or_insert_with_key(|(name, spki_sha256)| {
                let entity = EntityId(u32::try_from(entities.len()).unwrap_or(u32::MAX));
                entities.push(Entity { name: certificate.subject.clone(), spki_sha256: *spki_sha256, certificates: Vec::new() });
                by_name.entry(Arc::clone(name)).or_default().add(entity);
                entity
            });
            entity_of.push(entity);
            entities[entity.index()].certificates.push(id);
        }
        for id in pool.ids() {
            if let Some(namesakes) = by_name.get_mut(pool.certificate(id).issuer.canonical()) {
                namesakes.issued += 1;
            }
        }
        by_name.values_mut().for_each(|namesakes| namesakes.settle(pool, &entities));
        let mut graph = Self { entities, entity_of, links: Vec::new(), links_of: Vec::with_capacity(pool.len()), cut: Vec::new() };
        for id in pool.ids() {
            graph.link(pool, id, by_name.get(pool.certificate(id).issuer.canonical()));
        }
        graph
    }

    fn link(&mut self, pool: &Pool, id: CertificateId, namesakes: Option<&Namesakes>) {
        let start = self.link_count();
        let (candidates, cut) = match namesakes {
            None => (Vec::new(), false),
            Some(namesakes) => match namesakes.only() {
                Some(only) => (vec![(self.key_identifier_match(pool, id, only), only)], false),
                None => namesakes.candidates(pool.certificate(id), self.entity_of(id)),
            },
        };
        if cut {
            self.cut.push(id);
        }
        self.links.extend(candidates.into_iter().map(|(key_identifier, entity)| Link {
            certificate: id,
            entity,
            key_identifier,
            signature: SignatureState::Unchecked,
        }));
        self.links_of.push(start..self.link_count());
    }

    fn link_count(&self) -> u32 {
        u32::try_from(self.links.len()).unwrap_or(u32::MAX)
    }

    /// Siblings may carry different identifiers for their one key; any that matches counts.
    fn key_identifier_match(&self, pool: &Pool, id: CertificateId, entity: EntityId) -> KeyIdentifierMatch {
        let certificate = pool.certificate(id);
        let siblings = self.entities[entity.index()].certificates.iter();
        siblings.map(|sibling| key_identifier_match(certificate, pool.certificate(*sibling))).min().unwrap_or(KeyIdentifierMatch::Absent)
    }

    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    pub fn entity_of(&self, certificate: CertificateId) -> EntityId {
        self.entity_of[certificate.index()]
    }

    pub fn links(&self) -> &[Link] {
        &self.links
    }

    pub fn link_ids(&self) -> impl Iterator<Item = LinkId> + use<> {
        (0..self.link_count()).map(LinkId)
    }

    /// The links of one certificate, likeliest issuer first.
    pub fn links_of(&self, certificate: CertificateId) -> &[Link] {
        let range = self.link_range(certificate);
        &self.links[range.start as usize..range.end as usize]
    }

    /// The ids of the links of one certificate.
    pub fn link_range(&self, certificate: CertificateId) -> Range<u32> {
        self.links_of[certificate.index()].clone()
    }

    pub fn link_between(&self, certificate: CertificateId, entity: EntityId) -> Option<&Link> {
        self.links_of(certificate).iter().find(|link| link.entity == entity)
    }

    /// Certificates for which not every candidate of their issuer's name was kept.
    pub fn cut(&self) -> &[CertificateId] {
        &self.cut
    }

    /// The certificate's own key signed it, or may have: that link is not refuted, and no other key is known to have signed it.
    pub fn is_self_signed(&self, certificate: CertificateId) -> bool {
        let signed = self.known_signer(certificate);
        let own = self.link_between(certificate, self.entity_of(certificate));
        own.is_some_and(|own| signed.map_or(own.signature != SignatureState::Bad, |signer| signer == own.entity))
    }

    /// The links that lead on from a certificate to another entity: the one that holds, since one key made the signature; where
    /// none is known to hold, those not refuted; where every one is refuted, all of them, so that the failure can be seen.
    /// None for what its own key is known to have signed.
    pub fn steps(&self, certificate: CertificateId) -> impl Iterator<Item = &Link> {
        let own = self.entity_of(certificate);
        let signer = self.known_signer(certificate);
        let links = self.links_of(certificate);
        let all_refuted = links.iter().all(|link| link.signature == SignatureState::Bad);
        links.iter().filter(move |link| {
            let may_have_signed = signer.map_or(all_refuted || link.signature != SignatureState::Bad, |signer| signer == link.entity);
            link.entity != own && may_have_signed
        })
    }

    /// The entity whose key is known to have made the certificate's signature.
    pub fn known_signer(&self, certificate: CertificateId) -> Option<EntityId> {
        self.links_of(certificate).iter().find(|link| link.signature == SignatureState::Good).map(|link| link.entity)
    }

    /// Takes over what is known of signatures from the graph of the same pool when it was smaller: certificates and entities keep
    /// their numbers when a pool grows, links do not.
    pub fn remember(&mut self, known: &Self) {
        for link in self.links.iter_mut().filter(|link| link.signature == SignatureState::Unchecked) {
            let range = known.links_of.get(link.certificate.index()).cloned().unwrap_or_default();
            let links = known.links.get(range.start as usize..range.end as usize).unwrap_or_default();
            if let Some(found) = links.iter().find(|found| found.entity == link.entity) {
                link.signature = found.signature;
            }
        }
    }

    pub fn record(&mut self, link: LinkId, signature: SignatureState) {
        if let Some(link) = self.links.get_mut(link.0 as usize) {
            link.signature = signature;
        }
    }
}

impl EntityId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// RFC 5280 4.2.1.1: authorityKeyIdentifier against subjectKeyIdentifier.
pub fn key_identifier_match(certificate: &Certificate, issuer: &Certificate) -> KeyIdentifierMatch {
    let named = certificate.extensions.authority_key_identifier.and_then(|found| found.key_identifier);
    match (named, issuer.extensions.subject_key_identifier) {
        (Some(named), Some(own)) if certificate.bytes(named) == issuer.bytes(own) => KeyIdentifierMatch::Match,
        (Some(_), Some(_)) => KeyIdentifierMatch::Mismatch,
        _ => KeyIdentifierMatch::Absent,
    }
}
