//! The CRLs and OCSP responses that were given, and which certificates' keys signed them.
//!
//! A signature is the same whatever the time, the stores or the policy, so each is checked once, when the evidence is brought
//! together with a pool. Whether a signer may speak for a CA is the rule's question (`revocation`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::cert::{Certificate, Crl, Fingerprint, Name, OcspResponse, OcspStatus, Responder, SingleResponse, Time};
use crate::chain::{CertificateId, Graph, Pool, SignatureState};
use crate::signature::Claim;

/// Keys of one name that are tried for one CRL or response; real CAs have a handful. One key makes a signature, so the first
/// that verifies ends it.
pub const MAX_SIGNER_KEYS: usize = 16;

/// One piece of evidence.
#[derive(Debug, Clone)]
pub struct Given<T> {
    pub item: T,
    /// Where it was read, escaped.
    pub place: String,
    /// What was found for the keys that were tried.
    tried: Vec<(Fingerprint, SignatureState)>,
    /// Further keys of the name were left over, and none that was tried made it.
    pub is_cut: bool,
    /// Certificates of the key that made the signature and of the name that it is claimed by.
    signers: Vec<CertificateId>,
}

impl<T> Given<T> {
    fn new((item, place): (T, String)) -> Self {
        Self { item, place, tried: Vec::new(), is_cut: false, signers: Vec::new() }
    }

    fn take(&mut self, Tried { states, is_cut, signers }: Tried) {
        (self.tried, self.is_cut, self.signers) = (states, is_cut, signers);
    }

    /// What is known of its signature and this key.
    pub fn signature(&self, spki: &Fingerprint) -> SignatureState {
        self.tried.iter().find(|(known, _)| known == spki).map_or(SignatureState::Unchecked, |(_, state)| *state)
    }

    /// What is known of its signature and all keys that were tried: good, where one of them made it.
    pub fn best_signature(&self) -> Option<SignatureState> {
        let rank = |state: SignatureState| match state {
            SignatureState::Good => 0,
            SignatureState::Unsupported(_) => 1,
            SignatureState::Unchecked => 2,
            SignatureState::Bad => 3,
        };
        self.tried.iter().map(|(_, state)| *state).min_by_key(|state| rank(*state))
    }

    /// The certificates that may have signed it, whose paths decide whether they may.
    pub fn signers(&self) -> &[CertificateId] {
        &self.signers
    }
}

/// When one piece of evidence counts (RFC 5280 5.1.2.5, RFC 6960 4.2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window<'a> {
    /// `CRL` or `OCSP`.
    pub kind: &'static str,
    pub place: &'a str,
    pub from: Time,
    pub to: Time,
}

/// CRLs and OCSP responses (RFC 5280 5, RFC 6960), found by issuer and by serial number, with what is known of their signatures.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    crls: Vec<Given<Crl>>,
    responses: Vec<Given<OcspResponse>>,
    /// CRLs by their issuer's canonical name.
    by_issuer: HashMap<Arc<[u8]>, Vec<usize>>,
    /// Responses, and what in them, by the serial number that is spoken of.
    by_serial: HashMap<Box<[u8]>, Vec<(usize, usize)>>,
}

impl Evidence {
    /// Each with the place it was read at, escaped; what was given twice counts once. The certificates that signed it are sought
    /// in `pool`, and every signature is checked here.
    pub fn new(crls: Vec<(Crl, String)>, responses: Vec<(OcspResponse, String)>, pool: &Pool, graph: &Graph) -> Self {
        let mut seen = HashSet::new();
        let crls = crls.into_iter().filter(|(crl, _)| seen.insert(crl.sha256)).map(Given::new).collect();
        let responses = responses.into_iter().filter(|(response, _)| seen.insert(response.sha256)).map(Given::new).collect();
        let mut evidence = Self { crls, responses, ..Self::default() };
        for (place, given) in evidence.crls.iter().enumerate() {
            evidence.by_issuer.entry(Arc::clone(given.item.issuer.canonical())).or_default().push(place);
        }
        for (place, given) in evidence.responses.iter().enumerate() {
            for (single, response) in given.item.responses.iter().enumerate() {
                evidence.by_serial.entry(response.serial.clone()).or_default().push((place, single));
            }
        }
        evidence.check(pool, graph);
        evidence
    }

    /// In the order that they were given in.
    pub fn crls(&self) -> &[Given<Crl>] {
        &self.crls
    }

    /// In the order they were given, each once.
    pub fn responses(&self) -> &[Given<OcspResponse>] {
        &self.responses
    }

    fn check(&mut self, pool: &Pool, graph: &Graph) {
        if self.is_empty() {
            return;
        }
        let by_name = by_subject(pool, self.names());
        for given in &mut self.crls {
            let Some(candidates) = by_name.get(given.item.issuer.canonical()) else { continue };
            let mut candidates = candidates.clone();
            // The key that the CRL names first.
            candidates.sort_by_key(|id| !is_named(&given.item, pool.certificate(*id)));
            let tried = try_keys((pool, graph), &candidates, &claim_of_crl(&given.item));
            given.take(tried);
        }
        let mut by_key: Option<HashMap<Box<[u8]>, Vec<CertificateId>>> = None;
        for given in &mut self.responses {
            let candidates = match &given.item.responder {
                Responder::Name(name) => by_name.get(name.canonical()),
                Responder::Key(hash) => by_key.get_or_insert_with(|| by_key_hash(pool)).get(hash),
            };
            let candidates = candidates.cloned().unwrap_or_default();
            let tried = try_keys((pool, graph), &candidates, &claim_of_response(&given.item));
            given.take(tried);
        }
    }

    /// The canonical names that evidence is signed under.
    fn names(&self) -> HashSet<Arc<[u8]>> {
        let mut names: HashSet<Arc<[u8]>> = self.by_issuer.keys().cloned().collect();
        names.extend(self.responses.iter().filter_map(|given| match &given.item.responder {
            Responder::Name(name) => Some(Arc::clone(name.canonical())),
            Responder::Key(_) => None,
        }));
        names
    }

    /// Whether nothing tells of revocation.
    pub fn is_empty(&self) -> bool {
        self.crls.is_empty() && self.responses.is_empty()
    }

    /// How many CRLs and OCSP responses.
    pub fn counts(&self) -> (usize, usize) {
        (self.crls.len(), self.responses.len())
    }

    /// The certificates whose keys signed evidence, so that the links above them can be checked.
    pub fn signers(&self) -> Vec<CertificateId> {
        let mut signers: Vec<CertificateId> =
            self.crls.iter().flat_map(Given::signers).chain(self.responses.iter().flat_map(Given::signers)).copied().collect();
        signers.sort_unstable();
        signers.dedup();
        signers
    }

    /// The times at which what is said of a certificate may become another: evidence begins and ends to count, or revokes. CRLs of
    /// its own issuer only.
    pub fn boundaries(&self, certificate: &Certificate) -> Vec<Time> {
        let serial = certificate.bytes(certificate.serial);
        let dates = |this_update: Time, next_update: Option<Time>| [this_update, last_second(this_update, next_update).plus(1)];
        let mut out = Vec::new();
        for Given { item, .. } in self.crls_of(&certificate.issuer) {
            out.extend(dates(item.this_update, item.next_update));
            out.extend(item.entries(&certificate.issuer, serial).map(|entry| entry.date));
        }
        for (_, single) in self.responses_for(serial) {
            out.extend(dates(single.this_update, single.next_update));
            if let OcspStatus::Revoked { date, .. } = single.status {
                out.push(date);
            }
        }
        out
    }

    /// The CRLs of an issuer, in the order they were given.
    pub(super) fn crls_of<'a>(&'a self, issuer: &Name) -> impl Iterator<Item = &'a Given<Crl>> + use<'a> {
        self.by_issuer.get(issuer.canonical()).into_iter().flatten().filter_map(|place| self.crls.get(*place))
    }

    /// How many those are.
    pub(super) fn number_of_crls_of(&self, issuer: &Name) -> usize {
        self.by_issuer.get(issuer.canonical()).map_or(0, Vec::len)
    }

    /// When the evidence that speaks of a certificate counts, from its first to its last second: CRLs of its own issuer only.
    pub fn windows(&self, certificate: &Certificate) -> Vec<Window<'_>> {
        let serial = certificate.bytes(certificate.serial);
        let window =
            |kind, place, this_update, next_update| Window { kind, place, from: this_update, to: last_second(this_update, next_update) };
        let crls = self.crls_of(&certificate.issuer);
        let crls = crls.map(|Given { item, place, .. }| window("CRL", place.as_str(), item.this_update, item.next_update));
        let responses = self.responses_for(serial);
        let responses = responses.map(|(given, single)| window("OCSP", given.place.as_str(), single.this_update, single.next_update));
        crls.chain(responses).collect()
    }

    /// What responses say of certificates with this serial number, in the order they were given.
    pub(super) fn responses_for<'a>(
        &'a self,
        serial: &[u8],
    ) -> impl Iterator<Item = (&'a Given<OcspResponse>, &'a SingleResponse)> + use<'a> {
        let found = self.by_serial.get(serial).into_iter().flatten();
        found.filter_map(|(place, single)| {
            let given = self.responses.get(*place)?;
            Some((given, given.item.responses.get(*single)?))
        })
    }
}

/// Seconds that a CRL or response without nextUpdate counts: RFC 6960 4.2.2.1 means that newer information is always there, RFC
/// 5280 5.1.2.5 forbids its absence. A week is what the CA/Browser Forum allows for a CRL or response (BR 4.9.7, 4.9.10).
const MAX_AGE_WITHOUT_NEXT_UPDATE: i64 = 7 * 86_400;

/// The last second at which a CRL or response of these dates counts.
pub(super) fn last_second(this_update: Time, next_update: Option<Time>) -> Time {
    next_update.unwrap_or_else(|| this_update.plus(MAX_AGE_WITHOUT_NEXT_UPDATE))
}

/// The certificates of the pool with one of these subjects.
fn by_subject(pool: &Pool, names: HashSet<Arc<[u8]>>) -> HashMap<Arc<[u8]>, Vec<CertificateId>> {
    let mut out: HashMap<Arc<[u8]>, Vec<CertificateId>> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for id in pool.ids() {
        if let Some(found) = out.get_mut(pool.certificate(id).subject.canonical()) {
            found.push(id);
        }
    }
    out
}

/// The certificates of the pool by the hash that a responder names its key by.
fn by_key_hash(pool: &Pool) -> HashMap<Box<[u8]>, Vec<CertificateId>> {
    let mut out: HashMap<Box<[u8]>, Vec<CertificateId>> = HashMap::new();
    for id in pool.ids() {
        out.entry(Responder::key_hash(pool.certificate(id))).or_default().push(id);
    }
    out
}

/// RFC 5280 5.2.1: the CRL's authority key identifier is the certificate's subject key identifier.
fn is_named(crl: &Crl, certificate: &Certificate) -> bool {
    let own = certificate.extensions.subject_key_identifier.map(|identifier| certificate.bytes(identifier));
    crl.key_identifier.is_some_and(|named| Some(crl.bytes(named)) == own)
}

fn claim_of_crl(crl: &Crl) -> Claim<'_> {
    Claim {
        algorithm: crl.bytes(crl.signature_algorithm.oid),
        parameters: crl.bytes(crl.signature_algorithm.parameters),
        message: crl.bytes(crl.tbs),
        signature: crl.bytes(crl.signature),
    }
}

fn claim_of_response(response: &OcspResponse) -> Claim<'_> {
    Claim {
        algorithm: response.bytes(response.signature_algorithm.oid),
        parameters: response.bytes(response.signature_algorithm.parameters),
        message: response.bytes(response.tbs),
        signature: response.bytes(response.signature),
    }
}

/// What was found for the candidates' keys, whether some were left over, and the candidates with the key that made the signature.
struct Tried {
    states: Vec<(Fingerprint, SignatureState)>,
    is_cut: bool,
    signers: Vec<CertificateId>,
}

fn try_keys((pool, graph): (&Pool, &Graph), candidates: &[CertificateId], claim: &Claim<'_>) -> Tried {
    let mut states: Vec<(Fingerprint, SignatureState)> = Vec::new();
    let (mut made_by, mut is_cut) = (None, false);
    for &id in candidates {
        let spki = pool.certificate(id).spki_sha256;
        if made_by.is_some() || states.iter().any(|(known, _)| *known == spki) {
            continue;
        }
        if states.len() >= MAX_SIGNER_KEYS {
            is_cut = true;
            break;
        }
        let state = graph.check_claim(pool, graph.entity_of(id), claim);
        states.push((spki, state));
        made_by = (state == SignatureState::Good).then_some(spki);
    }
    let is_signer = |id: &CertificateId| Some(pool.certificate(*id).spki_sha256) == made_by;
    Tried { states, is_cut, signers: candidates.iter().copied().filter(is_signer).collect() }
}
