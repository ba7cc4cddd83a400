//! Which endpoints does a path depend on, and do they give what they are there for? What two domains need to know before they
//! cross-sign: a path whose CRL only one of them can reach does not hold for the other.

use std::collections::{BTreeMap, HashMap};

use super::{Analysis, Judgement};
use crate::cert::{Endpoint, EndpointKind, Fingerprint};
use crate::chain::{CertificateId, End, Path};
use crate::source::{NotTried, Reach};

/// What is known of endpoints. Empty where nothing was fetched.
#[derive(Debug, Clone, Default)]
pub struct Reachability {
    /// A responder is asked about one certificate, so its answers are told apart by it.
    known: BTreeMap<(Endpoint, Option<Fingerprint>), Reach>,
}

/// An endpoint that paths depend on.
#[derive(Debug, Clone)]
pub struct EndpointOf {
    /// Whose endpoint it is.
    pub certificate: CertificateId,
    pub endpoint: Endpoint,
    pub reach: Reach,
    /// The paths, as places among the target's.
    pub paths: Vec<usize>,
}

impl Reachability {
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub fn of(&self, endpoint: &Endpoint, certificate: &Fingerprint) -> Option<&Reach> {
        self.known.get(&key(endpoint, certificate))
    }

    pub fn record(&mut self, endpoint: &Endpoint, certificate: &Fingerprint, reach: Reach) {
        self.known.insert(key(endpoint, certificate), reach);
    }

    /// How many endpoints gave what they are there for, and how many were tried.
    pub fn counts(&self) -> (usize, usize) {
        let tried = self.known.values().filter(|reach| !matches!(reach, Reach::NotTried { .. }));
        tried.fold((0, 0), |(given, tried), reach| (given + usize::from(!matches!(reach, Reach::Unreachable { .. })), tried + 1))
    }
}

fn key(endpoint: &Endpoint, certificate: &Fingerprint) -> (Endpoint, Option<Fingerprint>) {
    (endpoint.clone(), (endpoint.kind == EndpointKind::Ocsp).then_some(*certificate))
}

/// The certificates of a path whose issuer and revocation matter: not an anchor, nor what only itself has signed (RFC 5280 6.1).
pub fn depending(path: &Path) -> &[CertificateId] {
    let all = path.certificates.as_slice();
    match path.end {
        End::Anchor | End::SelfSigned => all.split_last().map_or(&[], |(_, below)| below),
        End::MissingIssuer | End::Loop | End::Limit => all,
    }
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
