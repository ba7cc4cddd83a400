//! Which certificate of what was read anew is which of before: by its fingerprint, whatever its number.

use std::collections::HashMap;

use crate::analysis::Analysis;
use crate::cert::Fingerprint;
use crate::chain::{CertificateId, EntityId, LinkId, SignatureState};
use crate::check::Place;

/// From the numbers of before to those of what was read.
#[derive(Debug)]
pub(in crate::explorer) struct Renumbering {
    certificates: HashMap<CertificateId, CertificateId>,
    entities: HashMap<EntityId, EntityId>,
}

impl Renumbering {
    pub(super) fn new(before: &Analysis, after: &Analysis) -> Self {
        let known: HashMap<Fingerprint, CertificateId> = after.pool.ids().map(|id| (after.pool.certificate(id).sha256, id)).collect();
        let same = |id: CertificateId| Some((id, *known.get(&before.pool.certificate(id).sha256)?));
        let certificates: HashMap<_, _> = before.pool.ids().filter_map(same).collect();
        let entities = certificates.iter().map(|(old, new)| (before.graph.entity_of(*old), after.graph.entity_of(*new))).collect();
        Self { certificates, entities }
    }

    /// `None` where it is gone.
    pub(in crate::explorer) fn certificate(&self, before: CertificateId) -> Option<CertificateId> {
        self.certificates.get(&before).copied()
    }

    /// `None` where it is gone.
    pub(in crate::explorer) fn entity(&self, before: EntityId) -> Option<EntityId> {
        self.entities.get(&before).copied()
    }

    /// All certificates; `None` where one is gone.
    pub(in crate::explorer) fn path(&self, before: &[CertificateId]) -> Option<Vec<CertificateId>> {
        before.iter().map(|id| self.certificate(*id)).collect()
    }

    /// `None` where it is gone.
    pub(in crate::explorer) fn place(&self, before: Place) -> Option<Place> {
        Some(match before {
            Place::Certificate(id) => Place::Certificate(self.certificate(id)?),
            Place::Link { certificate, issuer } => {
                Place::Link { certificate: self.certificate(certificate)?, issuer: self.certificate(issuer)? }
            }
            Place::Path(id) => Place::Path(self.certificate(id)?),
        })
    }

    /// What is known of signatures. Neither a certificate nor a key has changed, so what holds still holds; what does not may hold by
    /// what else was read, and is found out anew, unless nothing else was.
    pub(super) fn signatures(&self, before: &Analysis, after: &mut Analysis) {
        let is_same = self.certificates.len() == before.pool.len() && before.pool.len() == after.pool.len();
        let is_known = |state: SignatureState| state == SignatureState::Good || (is_same && state != SignatureState::Unchecked);
        let mut found: Vec<(LinkId, SignatureState)> = Vec::new();
        for (&old, &new) in &self.certificates {
            let states: HashMap<EntityId, SignatureState> =
                before.graph.links_of(old).filter_map(|link| Some((self.entity(link.entity)?, link.signature))).collect();
            let links = after.graph.link_range(new).zip(after.graph.links_of(new));
            let known = links.filter_map(|(place, link)| Some((LinkId(place), *states.get(&link.entity)?)));
            found.extend(known.filter(|(_, state)| is_known(*state)));
        }
        found.into_iter().for_each(|(link, state)| after.graph.record(link, state));
    }
}
