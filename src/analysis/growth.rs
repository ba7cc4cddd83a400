//! What does an analysis become when more is known? Certificates join its pool, CRLs and responses its evidence; what was found out
//! about signatures stays known.

use std::collections::HashSet;
use std::sync::Arc;

use super::Analysis;
use crate::cert::{Certificate, Crl, Fingerprint, OcspResponse, Origin};
use crate::chain::Graph;
use crate::check::Evidence;

/// What is to be added; CRLs and responses with the place they came from, escaped.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// Candidates: shown where a path uses them.
    pub certificates: Vec<(Certificate, Origin)>,
    /// Each with the place it was read at.
    pub crls: Vec<(Crl, String)>,
    /// Each with the place it was read at.
    pub responses: Vec<(OcspResponse, String)>,
}

impl More {
    /// Whether nothing is to be added.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.responses.is_empty()
    }
}

impl Analysis {
    /// The same, with CRLs and OCSP responses, each with the place it was read at, escaped. Their signatures are checked here, against
    /// the certificates that came along with them too.
    pub fn with_evidence(mut self, crls: Vec<(Crl, String)>, responses: Vec<(OcspResponse, String)>) -> Self {
        self.grow(More { crls, responses, ..More::default() });
        self
    }

    /// Takes in what was fetched for `before`, an analysis of the same inputs, and is not here: to read files anew does not bring it.
    pub fn keep_fetched(&mut self, before: &Self) {
        let is_here = |certificate: &Certificate, origin: &Origin| {
            self.pool.find(&certificate.sha256).is_some_and(|id| self.pool.entry(id).origins.contains(origin))
        };
        let mut more = More::default();
        for entry in before.pool.ids().map(|id| before.pool.entry(id)) {
            let fetched = entry.origins.iter().filter(|origin| match origin.outermost() {
                Origin::Aia { .. } => true,
                Origin::Ocsp { place } => is_url(place),
                _ => false,
            });
            let missing = fetched.filter(|origin| !is_here(&entry.certificate, origin));
            more.certificates.extend(missing.map(|origin| (entry.certificate.clone(), origin.clone())));
        }
        let crls: HashSet<Fingerprint> = self.evidence.crls().iter().map(|given| given.item.sha256).collect();
        let responses: HashSet<Fingerprint> = self.evidence.responses().iter().map(|given| given.item.sha256).collect();
        let missing = before.evidence.crls().iter().filter(|given| is_url(&given.place) && !crls.contains(&given.item.sha256));
        more.crls.extend(missing.map(|given| (given.item.clone(), given.place.clone())));
        let missing = before.evidence.responses().iter().filter(|given| is_url(&given.place) && !responses.contains(&given.item.sha256));
        more.responses.extend(missing.map(|given| (given.item.clone(), given.place.clone())));
        self.grow(more);
    }

    /// Takes `more` in: every certificate keeps its number, targets, stores and policy stay. New links are unchecked.
    pub fn grow(&mut self, more: More) {
        if more.is_empty() {
            return;
        }
        let count = self.pool.len();
        let pool = Arc::make_mut(&mut self.pool);
        for (certificate, origin) in more.certificates {
            pool.add_candidate(certificate, origin);
        }
        for (response, place) in &more.responses {
            for certificate in &response.certificates {
                pool.add_candidate(certificate.clone(), Origin::Ocsp { place: place.clone() });
            }
        }
        if self.pool.len() > count {
            let mut graph = Graph::new(&self.pool);
            graph.remember(&self.graph);
            self.graph = graph;
        }
        // A certificate that is new may be the one that signed evidence which was there before.
        let mut crls: Vec<_> = self.evidence.crls().iter().map(|given| (given.item.clone(), given.place.clone())).collect();
        let mut responses: Vec<_> = self.evidence.responses().iter().map(|given| (given.item.clone(), given.place.clone())).collect();
        crls.extend(more.crls);
        responses.extend(more.responses);
        self.evidence = Arc::new(Evidence::new(crls, responses, &self.pool, &self.graph));
    }
}

/// Whether what was read there was fetched.
fn is_url(place: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| place.starts_with(scheme))
}
