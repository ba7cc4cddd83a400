//! Which checks will most likely be asked for? Whoever has several threads can carry them out ahead, all at once, and the dearest first.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{CertificateId, EntityId, Graph, LinkId, Pool, SignatureState};

impl Graph {
    /// What is found by following, from `targets` upward, only the first link of each certificate: those of these links that are not
    /// checked, the dearest checks first. Those whose outcome may depend on what else is checked (`Key::inherits_parameters`) are left out.
    pub fn likely_links(&self, pool: &Pool, targets: impl IntoIterator<Item = CertificateId>) -> Vec<LinkId> {
        let mut entered: HashSet<EntityId> = HashSet::new();
        let mut known: HashSet<CertificateId> = HashSet::new();
        let mut open: Vec<CertificateId> = targets.into_iter().filter(|target| known.insert(*target)).collect();
        let mut out = Vec::with_capacity(open.len());
        while let Some(id) = open.pop() {
            let Some((place, link)) = self.link_at(id, 0).and_then(|place| Some((place, self.link(place)?))) else { continue };
            let key = self.key_of(pool, link.entity).filter(|key| !key.inherits_parameters());
            if let Some(key) = key.filter(|_| link.signature == SignatureState::Unchecked) {
                out.push((Reverse(key.cost()), place));
            }
            if entered.insert(link.entity) {
                open.extend(self.entity(link.entity).certificates.iter().filter(|above| known.insert(**above)));
            }
        }
        out.sort_unstable();
        out.into_iter().map(|(_, place)| place).collect()
    }
}
