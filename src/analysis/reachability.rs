//! Do endpoints give what they are there for? What two domains need to know before they cross-sign: a path whose CRL only one of them
//! can reach does not hold for the other.

use std::collections::BTreeMap;

use crate::cert::{Endpoint, EndpointKind, Fingerprint};
use crate::chain::{CertificateId, End, Path};
use crate::source::Reach;

/// What is known of endpoints. Empty where nothing was fetched.
#[derive(Debug, Clone, Default)]
pub struct Reachability {
    /// A responder is asked about one certificate, so its answers are told apart by it.
    known: BTreeMap<(Endpoint, Option<Fingerprint>), Reach>,
}

impl Reachability {
    /// Whether nothing was fetched, nor refused.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What an endpoint gave that `certificate` names; `None` where it was not asked for.
    pub fn of(&self, endpoint: &Endpoint, certificate: &Fingerprint) -> Option<&Reach> {
        self.known.get(&key(endpoint, certificate))
    }

    /// Keeps what an endpoint gave that `certificate` names, in place of what was known of it.
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
