//! Which certificates are anchors, and of which stores.

use std::collections::HashMap;

use super::CertificateId;
use crate::cert::{Time, TrustSettings};

/// How many stores can be chosen at once: one bit of a `StoreSet` each.
pub const MAX_STORES: usize = 16;

/// A named set of anchors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// As people name it: `mozilla`.
    pub name: String,
    /// Certificates of the pool that is judged.
    pub anchors: Vec<CertificateId>,
}

/// A set of the chosen stores, bit n for the nth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct StoreSet(pub u16);

impl StoreSet {
    /// Whether no store is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the store at this place among the chosen ones is in it.
    pub fn contains(self, store: usize) -> bool {
        self.0.checked_shr(u32::try_from(store).unwrap_or(u32::MAX)).is_some_and(|bits| bits & 1 == 1)
    }

    /// The stores of either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The stores that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// The chosen stores, and what was changed in them by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    stores: Vec<Store>,
    /// The stores as they were at first.
    loaded: Vec<Store>,
    members: HashMap<CertificateId, StoreSet>,
    /// By anchor, the names of stores: what it issues for servers later than this does not count there.
    cut_offs: HashMap<CertificateId, Vec<(String, Time)>>,
    /// By anchor, the names of stores, and the uses for which it is an anchor there.
    settings: HashMap<CertificateId, Vec<(String, TrustSettings)>>,
}

impl Trust {
    /// Stores beyond `MAX_STORES` are left out; the caller refuses them with words.
    pub fn new(stores: Vec<Store>) -> Self {
        let mut members: HashMap<CertificateId, StoreSet> = HashMap::new();
        for (place, store) in stores.iter().enumerate().take(MAX_STORES) {
            for &anchor in &store.anchors {
                members.entry(anchor).or_default().0 |= 1 << place;
            }
        }
        Self { loaded: stores.clone(), stores, members, cut_offs: HashMap::new(), settings: HashMap::new() }
    }

    /// With the moments from which on what an anchor of a store issues for servers does not count there.
    pub fn with_cut_offs(self, cut_offs: HashMap<CertificateId, Vec<(String, Time)>>) -> Self {
        Self { cut_offs, ..self }
    }

    /// With the uses for which an anchor of a store is one.
    pub fn with_settings(self, settings: HashMap<CertificateId, Vec<(String, TrustSettings)>>) -> Self {
        Self { settings, ..self }
    }

    /// Whether any anchor is one for some uses only.
    pub fn has_settings(&self) -> bool {
        !self.settings.is_empty()
    }

    /// For which uses this anchor is one in the store of this name; `None`: for all.
    pub fn settings(&self, store: &str, anchor: CertificateId) -> Option<&TrustSettings> {
        self.settings.get(&anchor)?.iter().find(|(name, _)| name == store).map(|(_, settings)| settings)
    }

    /// Whether any anchor has such a moment.
    pub fn has_cut_offs(&self) -> bool {
        !self.cut_offs.is_empty()
    }

    /// The last moment at which what this anchor issues for servers counts in the store of this name; `None`: it always does.
    pub fn cut_off(&self, store: &str, anchor: CertificateId) -> Option<Time> {
        self.cut_offs.get(&anchor)?.iter().find(|(name, _)| name == store).map(|(_, cut_off)| *cut_off)
    }

    /// The chosen stores, and what was trusted by hand, in the order of their bits.
    pub fn stores(&self) -> &[Store] {
        &self.stores
    }

    /// The stores as they were before anything was changed by hand.
    pub fn loaded(&self) -> &[Store] {
        &self.loaded
    }

    /// The stores that this certificate is an anchor of.
    pub fn anchor_of(&self, certificate: CertificateId) -> StoreSet {
        self.members.get(&certificate).copied().unwrap_or_default()
    }

    /// All chosen stores that have an anchor.
    pub fn all(&self) -> StoreSet {
        let used = self.stores.iter().enumerate().take(MAX_STORES).filter(|(_, store)| !store.anchors.is_empty());
        StoreSet(used.fold(0, |bits, (place, _)| bits | 1 << place))
    }

    /// The stores of a set, by name.
    pub fn names(&self, set: StoreSet) -> impl Iterator<Item = &str> {
        self.stores.iter().enumerate().filter(move |(place, _)| set.contains(*place)).map(|(_, store)| store.name.as_str())
    }

    /// Takes an anchor out of every store; or gives a certificate back to the stores that it was loaded from, or, where none
    /// held it, to a store of its own kind: what a person trusts by hand. Whether it could: beside `MAX_STORES` there is no room for that.
    pub fn toggle(&mut self, certificate: CertificateId) -> bool {
        if !self.can_toggle(certificate) {
            return false;
        }
        let mut stores = std::mem::take(&mut self.stores);
        let loaded = std::mem::take(&mut self.loaded);
        let (cut_offs, settings) = (std::mem::take(&mut self.cut_offs), std::mem::take(&mut self.settings));
        if self.members.contains_key(&certificate) {
            stores.iter_mut().for_each(|store| store.anchors.retain(|anchor| *anchor != certificate));
        } else {
            let holds = |store: &Store| loaded.iter().any(|known| known.name == store.name && known.anchors.contains(&certificate));
            let back: Vec<&mut Store> = stores.iter_mut().filter(|store| holds(store)).collect();
            if back.is_empty() {
                match stores.iter_mut().find(|store| store.name == BY_HAND) {
                    Some(store) => store.anchors.push(certificate),
                    None => stores.push(Store { name: BY_HAND.to_owned(), anchors: vec![certificate] }),
                }
            } else {
                back.into_iter().for_each(|store| store.anchors.push(certificate));
            }
        }
        stores.retain(|store| store.name != BY_HAND || !store.anchors.is_empty());
        *self = Self { loaded, cut_offs, settings, ..Self::new(stores) };
        true
    }

    fn can_toggle(&self, certificate: CertificateId) -> bool {
        let has_store = |store: &Store| {
            let held = |known: &Store| known.name == store.name && known.anchors.contains(&certificate);
            store.name == BY_HAND || self.loaded.iter().any(held)
        };
        self.stores.len() < MAX_STORES || self.members.contains_key(&certificate) || self.stores.iter().any(has_store)
    }
}

/// The store of the anchors that a person chose while exploring.
const BY_HAND: &str = "by hand";

#[cfg(test)]
mod tests {
    use super::*;

    fn names(trust: &Trust, certificate: u32) -> Vec<String> {
        trust.names(trust.anchor_of(CertificateId(certificate))).map(str::to_owned).collect()
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let store =
            |name: &str, anchors: &[u32]| Store { name: name.to_owned(), anchors: anchors.iter().map(|id| CertificateId(*id)).collect() };
        let before = Trust::new(vec![store("a", &[1, 2]), store("b", &[2])]);
        let mut trust = before.clone();
        for certificate in [1, 2, 3] {
            let own = names(&before, certificate);
            assert!(trust.toggle(CertificateId(certificate)));
            assert_ne!(names(&trust, certificate), own);
            assert!(trust.toggle(CertificateId(certificate)));
            assert_eq!(names(&trust, certificate), own);
        }
        assert!(trust.toggle(CertificateId(3)));
        assert_eq!(names(&trust, 3), ["by hand"]);
    }

    #[test]
    fn beside_as_many_stores_as_there_can_be_nothing_is_trusted_by_hand() {
        let store = |number: u32| Store { name: number.to_string(), anchors: vec![CertificateId(number)] };
        let before = Trust::new((0..16).map(store).collect());
        let mut trust = before.clone();
        assert!(!trust.toggle(CertificateId(99)));
        assert_eq!(trust, before);
        // What a store held can be taken out and given back.
        assert!(trust.toggle(CertificateId(15)) && trust.anchor_of(CertificateId(15)).is_empty());
        assert!(trust.toggle(CertificateId(15)));
        assert_eq!(trust, before);
    }
}
