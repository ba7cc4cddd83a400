//! Which certificates are anchors, and of which stores.

use std::collections::HashMap;

use super::CertificateId;

/// How many stores can be chosen at once: one bit of a `StoreSet` each.
pub const MAX_STORES: usize = 16;

/// A named set of anchors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    pub name: String,
    pub anchors: Vec<CertificateId>,
}

/// A set of the chosen stores, bit n for the nth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct StoreSet(pub u16);

impl StoreSet {
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn contains(self, store: usize) -> bool {
        self.0.checked_shr(u32::try_from(store).unwrap_or(u32::MAX)).is_some_and(|bits| bits & 1 == 1)
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// The chosen stores, and what was changed in them by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    stores: Vec<Store>,
    members: HashMap<CertificateId, StoreSet>,
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
        Self { stores, members }
    }

    pub fn stores(&self) -> &[Store] {
        &self.stores
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

    /// Makes `certificate` an anchor of every chosen store, or of none where it was one of any.
    pub fn toggle(&mut self, certificate: CertificateId) {
        let was_anchor = !self.anchor_of(certificate).is_empty();
        let mut stores = std::mem::take(&mut self.stores);
        if stores.is_empty() {
            stores.push(Store { name: "by hand".to_owned(), anchors: Vec::new() });
        }
        for store in &mut stores {
            store.anchors.retain(|anchor| *anchor != certificate);
            if !was_anchor {
                store.anchors.push(certificate);
            }
        }
        *self = Self::new(stores);
    }
}
