//! Who may have issued whom, by name, and what is known of the signatures (RFC 4158 2.3).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::checked::{CheckBudget, Checked};
use super::link::{Entity, EntityId, KeyIdentifierMatch, Link, LinkId, SignatureState, computed, key_identifier_match};
use super::namesakes::Namesakes;
use super::{CertificateId, Pool};
use crate::cert::Fingerprint;

/// Cheap to clone: what never changes is shared, and so is what is known of signatures until more is recorded.
#[derive(Debug, Clone)]
pub struct Graph {
    shape: Arc<Shape>,
    checked: Arc<Checked>,
}

/// Who may have issued whom, by name.
#[derive(Debug, Default)]
struct Shape {
    entities: Vec<Entity>,
    /// By certificate.
    entity_of: Vec<EntityId>,
    links: Vec<Candidate>,
    /// By certificate: its links.
    links_of: Vec<Range<u32>>,
    /// Certificates of which not every candidate was kept.
    cut: Vec<CertificateId>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    certificate: CertificateId,
    entity: EntityId,
    key_identifier: KeyIdentifierMatch,
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
                let alternative = certificate.alternative_label().map(String::into_boxed_str);
                entities.push(Entity {
                    name: certificate.subject.clone(),
                    alternative,
                    spki_sha256: *spki_sha256,
                    certificates: Vec::new(),
                });
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
        let mut shape = Shape { entities, entity_of, links: Vec::new(), links_of: Vec::with_capacity(pool.len()), cut: Vec::new() };
        for id in pool.ids() {
            shape.link(pool, id, by_name.get(pool.certificate(id).issuer.canonical()));
        }
        let checked = Checked::new(shape.links.len(), pool.len());
        Self { shape: Arc::new(shape), checked: Arc::new(checked) }
    }

    /// All entities, in the order in which their first certificates were loaded.
    pub fn entities(&self) -> &[Entity] {
        &self.shape.entities
    }

    /// The entity of an id that this graph gave out.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.shape.entities[id.index()]
    }

    /// The entity that a certificate of the graph's pool binds.
    pub fn entity_of(&self, certificate: CertificateId) -> EntityId {
        self.shape.entity_of[certificate.index()]
    }

    /// Nothing is known of this graph that is not known of the other.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shape, &other.shape) && Arc::ptr_eq(&self.checked, &other.checked)
    }

    /// All links, those of one certificate beside each other.
    pub fn links(&self) -> impl DoubleEndedIterator<Item = Link> + ExactSizeIterator + Clone + use<'_> {
        (0..self.shape.link_count()).map(|place| self.known_link(place))
    }

    /// The ids of all links, in the same order.
    pub fn link_ids(&self) -> impl Iterator<Item = LinkId> + Clone + use<> {
        (0..self.shape.link_count()).map(LinkId)
    }

    /// The links of one certificate, likeliest issuer first.
    pub fn links_of(&self, certificate: CertificateId) -> impl DoubleEndedIterator<Item = Link> + ExactSizeIterator + Clone + use<'_> {
        self.link_range(certificate).map(|place| self.known_link(place))
    }

    /// The ids of the links of one certificate.
    pub fn link_range(&self, certificate: CertificateId) -> Range<u32> {
        self.shape.links_of[certificate.index()].clone()
    }

    /// The link with an id; `None` where the id is of another graph.
    pub fn link(&self, id: LinkId) -> Option<Link> {
        let Candidate { certificate, entity, key_identifier } = self.shape.links.get(id.index()).copied()?;
        Some(Link { certificate, entity, key_identifier, signature: self.checked.of(id) })
    }

    fn known_link(&self, place: u32) -> Link {
        let (id, Candidate { certificate, entity, key_identifier }) = (LinkId(place), self.shape.links[place as usize]);
        Link { certificate, entity, key_identifier, signature: self.checked.of(id) }
    }

    /// Whether some link of a certificate is known not to hold.
    pub fn has_refuted(&self, certificate: CertificateId) -> bool {
        self.checked.has_refuted(self.link_range(certificate))
    }

    /// Whether some link of a certificate has not been checked.
    pub fn has_unchecked(&self, certificate: CertificateId) -> bool {
        self.checked.has_unchecked(self.link_range(certificate))
    }

    /// The link from a certificate to an entity that may have issued it.
    pub fn link_between(&self, certificate: CertificateId, entity: EntityId) -> Option<Link> {
        self.links_of(certificate).find(|link| link.entity == entity)
    }

    /// Remembers for which issuer names the checks were used up, so that whoever judges can say so. Of names that were noted before,
    /// those stay of which some certificate is still left in the midst of its checks: another run may have been about other targets.
    pub fn note_cut_checks(&mut self, budgets: &[CheckBudget]) {
        let name = |budget: &CheckBudget| self.issuer_name(budget.at);
        let mut cut = budgets.to_vec();
        for known in &self.checked.cut {
            if !budgets.iter().any(|new| name(new) == name(known)) {
                let ids = (0..).map(CertificateId).take(self.shape.entity_of.len());
                let mut left = ids.filter(|id| self.issuer_name(*id) == name(known) && self.is_partly_checked(*id));
                cut.extend(left.next().map(|at| CheckBudget { at, ..*known }));
            }
        }
        if cut != self.checked.cut {
            Arc::make_mut(&mut self.checked).cut = cut;
        }
    }

    /// The canonical name of a certificate's issuer; `None` where no entity has that name.
    fn issuer_name(&self, certificate: CertificateId) -> Option<&Arc<[u8]>> {
        self.links_of(certificate).next().map(|link| self.entity(link.entity).name.canonical())
    }

    /// Some key was tried for a certificate's signature, none is known to have made it, and some are left to be tried.
    pub fn is_partly_checked(&self, certificate: CertificateId) -> bool {
        let is_checked = |link: Link| link.signature != SignatureState::Unchecked;
        self.known_signer(certificate).is_none() && self.has_unchecked(certificate) && self.links_of(certificate).any(is_checked)
    }

    /// The issuer names whose checks were used up, of which some certificate may be left unchecked.
    pub fn cut_checks(&self) -> &[CheckBudget] {
        &self.checked.cut
    }

    /// Certificates for which not every candidate of their issuer's name was kept.
    pub fn cut(&self) -> &[CertificateId] {
        &self.shape.cut
    }

    /// The certificate's own key signed it, or may have: that link is not refuted, and no other key is known to have signed it.
    pub fn is_self_signed(&self, certificate: CertificateId) -> bool {
        let signed = self.known_signer(certificate);
        let own = self.link_between(certificate, self.entity_of(certificate));
        own.is_some_and(|own| signed.map_or(own.signature != SignatureState::Bad, |signer| signer == own.entity))
    }

    /// The links that lead on from a certificate to another entity: the one that holds, since one key made the signature; where
    /// none is known to hold, those not refuted; where every one is refuted, those to keys that the certificate may mean, so that the
    /// failure can be seen. None for what its own key is known to have signed.
    pub fn steps(&self, certificate: CertificateId) -> impl Iterator<Item = Link> + Clone + use<'_> {
        let own = self.entity_of(certificate);
        let signer = self.known_signer(certificate);
        let all_refuted = signer.is_none() && self.checked.all_refuted(self.link_range(certificate));
        self.links_of(certificate).filter(move |link| {
            let may_have_signed = match signer {
                Some(signer) => signer == link.entity,
                None if all_refuted => !link.is_contradicted(),
                None => link.signature != SignatureState::Bad,
            };
            link.entity != own && may_have_signed
        })
    }

    /// Of a certificate that none of the loaded keys signed: the links to entities that share no more than the issuer's name (RFC 5280
    /// 4.2.1.1). The true issuer is not loaded.
    pub fn namesakes_of_issuer(&self, certificate: CertificateId) -> impl Iterator<Item = Link> + use<'_> {
        let is_open = self.known_signer(certificate).is_some() || !self.checked.all_refuted(self.link_range(certificate));
        self.links_of(certificate).filter(move |link| !is_open && link.is_contradicted())
    }

    /// The entity whose key is known to have made the certificate's signature.
    pub fn known_signer(&self, certificate: CertificateId) -> Option<EntityId> {
        let link = self.checked.holding(certificate)?;
        self.shape.links.get(link.index()).map(|link| link.entity)
    }

    /// The `place`th link of a certificate, counted from 0.
    pub(super) fn link_at(&self, certificate: CertificateId, place: usize) -> Option<LinkId> {
        let range = self.link_range(certificate);
        range.start.checked_add(u32::try_from(place).ok()?).filter(|link| range.contains(link)).map(LinkId)
    }

    /// Which of a certificate's links is known to hold, counted from 0.
    pub(super) fn place_of_signer(&self, certificate: CertificateId) -> Option<usize> {
        let link = self.checked.holding(certificate)?;
        link.index().checked_sub(self.link_range(certificate).start as usize)
    }

    /// Takes over what is known of signatures from the graph of the same pool when it was smaller: certificates and entities keep
    /// their numbers when a pool grows, links do not. Only what holds is taken: what did not may have lacked something that came since
    /// (RFC 3279 2.3.2: parameters that a DSA key inherits).
    pub fn remember(&mut self, known: &Self) {
        let shape = Arc::clone(&self.shape);
        let checked = Arc::make_mut(&mut self.checked);
        for (certificate, range) in (0..).map(CertificateId).zip(&shape.links_of) {
            let Some(signer) = known.known_signer(certificate) else { continue };
            let same = range.clone().map(LinkId).find(|id| shape.links[id.index()].entity == signer);
            if let Some(link) = same.filter(|link| checked.of(*link) == SignatureState::Unchecked) {
                checked.record(link, certificate, SignatureState::Good);
            }
        }
    }

    /// Notes what became of checking a link's signature.
    pub fn record(&mut self, link: LinkId, signature: SignatureState) {
        if let Some(Candidate { certificate, .. }) = self.shape.links.get(link.index()).copied() {
            Arc::make_mut(&mut self.checked).record(link, certificate, signature);
        }
    }
}

impl Shape {
    fn link(&mut self, pool: &Pool, id: CertificateId, namesakes: Option<&Namesakes>) {
        let start = self.link_count();
        let (candidates, cut) = match namesakes {
            None => (Vec::new(), false),
            Some(namesakes) => match namesakes.only() {
                Some(only) => (vec![(self.key_identifier_match(pool, id, only), only)], false),
                None => namesakes.candidates(pool.certificate(id), self.entity_of[id.index()]),
            },
        };
        if cut {
            self.cut.push(id);
        }
        self.links.extend(candidates.into_iter().map(|(key_identifier, entity)| Candidate { certificate: id, entity, key_identifier }));
        self.links_of.push(start..self.link_count());
    }

    fn link_count(&self) -> u32 {
        u32::try_from(self.links.len()).unwrap_or(u32::MAX)
    }

    /// Siblings may carry different identifiers for their one key; any that matches counts.
    fn key_identifier_match(&self, pool: &Pool, id: CertificateId, entity: EntityId) -> KeyIdentifierMatch {
        let certificate = pool.certificate(id);
        let siblings = self.entities[entity.index()].certificates.iter();
        let found = siblings.map(|sibling| key_identifier_match(certificate, pool.certificate(*sibling))).min();
        let is_computed =
            || certificate.authority_key().is_some_and(|named| computed(pool, &self.entities[entity.index()]).any(|own| own == named));
        match found {
            Some(KeyIdentifierMatch::Mismatch) if is_computed() => KeyIdentifierMatch::Match,
            found => found.unwrap_or(KeyIdentifierMatch::Absent),
        }
    }
}
