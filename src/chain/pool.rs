//! Every certificate that is known, each once, with all the places it came from.

use std::collections::HashMap;

use crate::cert::{Certificate, Fingerprint, Origin};

/// Origins that are kept for one certificate; a file of copies would list thousands.
const MAX_ORIGINS: usize = 100;

/// A certificate's place in its pool, in the order of loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateId(pub u32);

/// A certificate, and where it was found.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Seen once, however often it was loaded.
    pub certificate: Certificate,
    /// In the order of loading.
    pub origins: Vec<Origin>,
    /// Was asked for by the person, rather than brought along by a store or as a candidate.
    pub given: bool,
}

/// Every certificate once, by its SHA-256.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    entries: Vec<Entry>,
    by_sha256: HashMap<Fingerprint, CertificateId>,
}

impl Pool {
    /// Adds a certificate that is to be shown; one that is known gains an origin.
    pub fn add(&mut self, certificate: Certificate, origin: Origin) -> CertificateId {
        let id = self.add_candidate(certificate, origin);
        if let Some(entry) = self.entries.get_mut(id.index()) {
            entry.given = true;
        }
        id
    }

    /// Adds a certificate that is to be shown only where a path uses it.
    pub fn add_candidate(&mut self, certificate: Certificate, origin: Origin) -> CertificateId {
        if let Some(&known) = self.by_sha256.get(&certificate.sha256) {
            if let Some(entry) = self.entries.get_mut(known.index())
                // Copies come one after another, so comparing with the last finds them; a list of all would be quadratic.
                && entry.origins.last() != Some(&origin)
                && entry.origins.len() < MAX_ORIGINS
            {
                entry.origins.push(origin);
            }
            return known;
        }
        let id = CertificateId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.by_sha256.insert(certificate.sha256, id);
        self.entries.push(Entry { certificate, origins: vec![origin], given: false });
        id
    }

    /// The number of certificates.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every id, in the order of loading.
    pub fn ids(&self) -> impl Iterator<Item = CertificateId> + use<> {
        (0..self.entries.len()).map(|index| CertificateId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// The certificate with this SHA-256 of its DER.
    pub fn find(&self, sha256: &Fingerprint) -> Option<CertificateId> {
        self.by_sha256.get(sha256).copied()
    }

    /// The entry of an id that this pool gave out.
    pub fn entry(&self, id: CertificateId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The certificate of an id that this pool gave out.
    pub fn certificate(&self, id: CertificateId) -> &Certificate {
        &self.entry(id).certificate
    }
}

impl CertificateId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}
