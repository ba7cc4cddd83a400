//! What became other between two readings of the same inputs, by fingerprints: numbers of certificates are of one reading alone.

use std::collections::{HashMap, HashSet};

use super::Analysis;
use crate::cert::{Fingerprint, Origin, Time};
use crate::chain::{CertificateId, Store};

/// What is there that was not, and what was there that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Only in the later state.
    pub new: usize,
    /// Only in the earlier state.
    pub gone: usize,
}

/// A store of which something became other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreChange {
    /// As the option that chose it names it.
    pub name: String,
    /// Certificates that it trusts.
    pub anchors: Change,
    /// The moments from which on what an anchor issues does not count became others.
    pub cut_offs: bool,
}

/// All that a verdict rests on, but the judged time and what was chosen by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Those that were asked for.
    pub certificates: Change,
    /// Those that are shown where a path uses them.
    pub candidates: Change,
    /// By their bytes.
    pub crls: Change,
    /// By their bytes.
    pub responses: Change,
    /// Those of which something became other, or that came or went.
    pub stores: Vec<StoreChange>,
    /// Whether the list of transparency logs is another.
    pub ct_logs: bool,
    /// Whether other certificates or keys are distrusted.
    pub distrusted: bool,
    /// Whose client certificates a server accepts.
    pub client_authorities: bool,
    /// Whatever else of the policy.
    pub policy: bool,
    /// What could not be read.
    pub problems: Change,
}

impl Change {
    /// Whether nothing is.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Between two sets; what is there twice counts once.
    pub fn between<T: Eq + std::hash::Hash>(before: impl IntoIterator<Item = T>, after: impl IntoIterator<Item = T>) -> Self {
        let (before, after): (HashSet<T>, HashSet<T>) = (before.into_iter().collect(), after.into_iter().collect());
        Self { new: after.difference(&before).count(), gone: before.difference(&after).count() }
    }
}

impl Difference {
    /// What was trusted by hand is left aside, and so is what could not be read, of which an analysis knows nothing.
    pub fn between(before: &Analysis, after: &Analysis) -> Self {
        let (mut old, mut new) = (before.policy.clone(), after.policy.clone());
        let ct_logs = old.ct_logs != new.ct_logs;
        let distrusted = old.distrusted != new.distrusted;
        let client_authorities = old.client_authorities != new.client_authorities;
        new.client_authorities.clone_from(&old.client_authorities);
        (old.ct_logs, new.ct_logs) = (None, None);
        (old.distrusted, new.distrusted) = Default::default();
        Self {
            certificates: Change::between(given(before), given(after)),
            candidates: Change::between(candidates(before), candidates(after)),
            crls: Change::between(crls(before), crls(after)),
            responses: Change::between(responses(before), responses(after)),
            stores: stores(before, after),
            ct_logs,
            distrusted,
            client_authorities,
            policy: !old.is_same_at_another_time(&new),
            problems: Change::default(),
        }
    }

    /// Whether nothing is.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether other certificates can be found now.
    pub fn has_certificates(&self) -> bool {
        !self.certificates.is_none() || !self.candidates.is_none() || self.stores.iter().any(|store| !store.anchors.is_none())
    }
}

fn given(analysis: &Analysis) -> impl Iterator<Item = Fingerprint> {
    let pool = &analysis.pool;
    pool.ids().filter(|id| pool.entry(*id).given).map(|id| pool.certificate(id).sha256)
}

/// Those that only a store holds are the store's, and those that came along in a response are the response's.
fn candidates(analysis: &Analysis) -> impl Iterator<Item = Fingerprint> {
    let pool = &analysis.pool;
    let is_own = |origin: &Origin| !matches!(origin.outermost(), Origin::Store { .. } | Origin::Ocsp { .. });
    let is_candidate = move |id: &CertificateId| {
        let entry = pool.entry(*id);
        !entry.given && entry.origins.iter().any(is_own)
    };
    pool.ids().filter(is_candidate).map(|id| pool.certificate(id).sha256)
}

fn crls(analysis: &Analysis) -> impl Iterator<Item = Fingerprint> {
    analysis.evidence.crls().iter().map(|given| given.item.sha256)
}

fn responses(analysis: &Analysis) -> impl Iterator<Item = Fingerprint> {
    analysis.evidence.responses().iter().map(|given| given.item.sha256)
}

fn stores(before: &Analysis, after: &Analysis) -> Vec<StoreChange> {
    let (old, new) = (before.trust.loaded(), after.trust.loaded());
    let mut names: Vec<&str> = new.iter().chain(old).map(|store| store.name.as_str()).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    let change = |name: &str| {
        let (old, new) = (anchors(before, old, name), anchors(after, new, name));
        let anchors = Change::between(old.keys(), new.keys());
        let cut_offs = old.iter().any(|(anchor, cut_off)| new.get(anchor).is_some_and(|now| now != cut_off));
        StoreChange { name: name.to_owned(), anchors, cut_offs }
    };
    names.into_iter().map(change).filter(|change| !change.anchors.is_none() || change.cut_offs).collect()
}

/// Each anchor of a store with its cut-off.
fn anchors(analysis: &Analysis, stores: &[Store], name: &str) -> HashMap<Fingerprint, Option<Time>> {
    let anchors = stores.iter().filter(|store| store.name == name).flat_map(|store| &store.anchors);
    anchors.map(|id| (analysis.pool.certificate(*id).sha256, analysis.trust.cut_off(name, *id))).collect()
}
