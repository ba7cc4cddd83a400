//! Which endpoints does a path depend on, and what is known of each?

use std::collections::HashMap;

use super::reachability::depending;
use super::{Analysis, Judgement};
use crate::cert::Endpoint;
use crate::chain::{CertificateId, Path};
use crate::source::{NotTried, Reach};

/// An endpoint that paths depend on.
#[derive(Debug, Clone)]
pub struct EndpointOf {
    /// Whose endpoint it is.
    pub certificate: CertificateId,
    /// What is fetched there, and its URL.
    pub endpoint: Endpoint,
    /// What came of it.
    pub reach: Reach,
    /// The paths, as places among the target's.
    pub paths: Vec<usize>,
}

impl Analysis {
    /// The endpoints that the certificates of a path depend on, from the target upward.
    pub fn endpoints_of(&self, path: &Path) -> Vec<(CertificateId, Endpoint, Reach)> {
        depending(path).iter().flat_map(|id| self.endpoints_at(*id)).collect()
    }

    /// A certificate's own endpoints.
    pub fn endpoints_at(&self, id: CertificateId) -> Vec<(CertificateId, Endpoint, Reach)> {
        let certificate = self.pool.certificate(id);
        let reach = |endpoint: &Endpoint| {
            let not_tried = || Reach::NotTried { why: NotTried::NotAsked };
            self.reachability.of(endpoint, &certificate.sha256).cloned().unwrap_or_else(not_tried)
        };
        certificate.endpoints().into_iter().map(|endpoint| (id, endpoint.clone(), reach(&endpoint))).collect()
    }
}

impl Judgement {
    /// The endpoints that the listed paths depend on, each certificate's once.
    pub fn endpoints(&self) -> Vec<EndpointOf> {
        let mut order = Vec::new();
        let mut paths: HashMap<CertificateId, Vec<usize>> = HashMap::new();
        for (place, judged) in self.paths.iter().enumerate() {
            for id in depending(&judged.path) {
                paths.entry(*id).or_insert_with(|| {
                    order.push(*id);
                    Vec::new()
                });
                paths.entry(*id).or_default().push(place);
            }
        }
        let at = |id: CertificateId| {
            let paths = paths.get(&id).cloned().unwrap_or_default();
            self.analysis.endpoints_at(id).into_iter().map(move |(certificate, endpoint, reach)| EndpointOf {
                certificate,
                endpoint,
                reach,
                paths: paths.clone(),
            })
        };
        order.into_iter().flat_map(at).collect()
    }
}
