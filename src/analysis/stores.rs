//! The stores that were read become the anchors of a pool, each judged on its own.

use std::collections::{HashMap, HashSet};

use crate::chain::{MAX_STORES, Pool, Store, Trust};
use crate::source;

/// Stores that cannot be judged beside each other. The words follow those of the option that names stores.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Two stores of one name could not be told apart.
    #[error("names the store {name} twice")]
    Twice {
        /// As the option has it.
        name: String,
    },
    /// More than `MAX_STORES`.
    #[error("is given {count} times; {MAX_STORES} stores can be judged at once")]
    TooMany {
        /// Of stores that were named.
        count: usize,
    },
}

/// Adds the certificates of `stores` to `pool` as candidates, and trusts them, with the moments from which on what they issue for
/// servers does not count in a store.
pub fn trust_stores(pool: &mut Pool, stores: Vec<source::LoadedStore>) -> Result<Trust, TrustError> {
    if stores.len() > MAX_STORES {
        return Err(TrustError::TooMany { count: stores.len() });
    }
    let mut chosen: Vec<Store> = Vec::with_capacity(stores.len());
    let (mut cut_offs, mut settings) = (HashMap::new(), HashMap::new());
    for store in stores {
        if chosen.iter().any(|known| known.name == store.name) {
            return Err(TrustError::Twice { name: store.name });
        }
        let origin = store.origin();
        let mut anchors = Vec::with_capacity(store.certificates.len());
        let mut known = HashSet::new();
        for certificate in store.certificates {
            let cut_off = store.cut_offs.get(&certificate.sha256).copied();
            let uses = store.trust_settings.get(&certificate.sha256).cloned();
            let id = pool.add_candidate(certificate, origin.clone());
            if known.insert(id) {
                anchors.push(id);
                if let Some(uses) = uses {
                    settings.entry(id).or_insert_with(Vec::new).push((store.name.clone(), uses));
                }
                if let Some(cut_off) = cut_off {
                    cut_offs.entry(id).or_insert_with(Vec::new).push((store.name.clone(), cut_off));
                }
            }
        }
        chosen.push(Store { name: store.name, anchors });
    }
    Ok(Trust::new(chosen).with_cut_offs(cut_offs).with_settings(settings))
}
