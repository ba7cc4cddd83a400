//! Fetched on request: what the certificates of some paths name, and what that names in turn, round by round, up to named limits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::check::{check_until, threads};
use super::judge::judge_all;
use crate::analysis::{Analysis, JudgedPath, More, depending};
use crate::cert::{Endpoint, EndpointKind, Fingerprint, Time, ocsp_request};
use crate::chain::CertificateId;
use crate::explorer::Message;
use crate::source::{Allowed, Brought, Cache, Fetched, Fetcher, MAX_FETCHES, NotTried, Reach, Told, Wanted, fetch_all};

/// Rounds of following what was brought: issuers of issuers. Paths of the Web PKI have three or four certificates, bridges some more.
pub const MAX_ROUNDS: usize = 8;
/// Certificates that one run brings; beyond them issuers are no longer sought.
pub const MAX_NEW_CERTIFICATES: usize = 1_000;

/// How often the explorer hears of what was brought.
const GATHERED: Duration = Duration::from_millis(100);

/// For which certificates things are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Those on the listed paths of these targets, as paths are found.
    Targets(Vec<CertificateId>),
    /// Those on this path to the target, and what they bring.
    Path(CertificateId, Vec<CertificateId>),
}

/// What is to be told while it goes on.
#[derive(Debug)]
pub enum News<'a> {
    /// A URL is about to be followed; escaped.
    Following(String),
    /// More is known than before.
    Grown(&'a Analysis),
}

/// How often `News::Grown` is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// After every round: what is brought is then in the order in which it was wanted.
    Rounds,
    /// As things come, at most once in this time.
    AsTheyCome(Duration),
}

/// Fetches what `scope` depends on and was not reached before, and hands back the analysis with all that was brought and what is known of
/// every endpoint. Signatures above the targets are checked on `threads` threads.
pub fn fetch_evidence(
    analysis: Analysis,
    scope: &Scope,
    client: &Arc<Fetcher>,
    (pace, threads): (Pace, usize),
    cancelled: &AtomicBool,
    tell: &mut dyn FnMut(News<'_>),
) -> Analysis {
    let first = analysis.pool.len();
    let mut run = Run { analysis, scope, first, tried: HashSet::new(), brought: Vec::new(), cancelled };
    let mut fetched = 0;
    for round in 0..=MAX_ROUNDS {
        run.check(threads);
        let mut wanted = run.wanted();
        let limit = match round {
            MAX_ROUNDS => Some((0, NotTried::Rounds(MAX_ROUNDS))),
            _ if run.analysis.pool.len() - first > MAX_NEW_CERTIFICATES => Some((0, NotTried::Certificates(MAX_NEW_CERTIFICATES))),
            _ if wanted.len() > MAX_FETCHES - fetched => Some((MAX_FETCHES - fetched, NotTried::Documents(MAX_FETCHES))),
            _ => None,
        };
        if let Some((most, why)) = limit {
            for (id, wanted) in wanted.split_off(most.min(wanted.len())) {
                run.record(id, &wanted.endpoint, Reach::NotTried { why: why.clone() });
            }
        }
        if wanted.is_empty() || cancelled.load(Ordering::Relaxed) {
            break;
        }
        fetched += wanted.len();
        run.round(&wanted, client, pace, tell);
        tell(News::Grown(&run.analysis));
    }
    run.say_what_was_not_asked();
    run.analysis
}

/// A client with the user's cache.
pub fn client(allowed: Allowed, now: Time) -> Arc<Fetcher> {
    Arc::new(Fetcher::new(allowed, Cache::of_user(), now))
}

/// Fetches for every target, and tells of each URL before it is followed.
pub fn fetch_for_report(analysis: Analysis, client: &Arc<Fetcher>, threads: usize, tell: &mut dyn FnMut(String)) -> Analysis {
    let scope = Scope::Targets(analysis.targets.clone());
    fetch_evidence(analysis, &scope, client, (Pace::Rounds, threads), &AtomicBool::new(false), &mut |news| match news {
        News::Following(line) => tell(line),
        News::Grown(_) => {}
    })
}

/// Fetches for the explorer; says nothing more once it is cancelled.
pub(super) fn fetch(sender: &Sender<Message>, ticket: u64, analysis: Analysis, scope: &Scope, allowed: Allowed, cancelled: &AtomicBool) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let client = client(allowed, Time(i64::try_from(seconds).unwrap_or(i64::MAX)));
    let mut base = Arc::clone(&analysis.pool);
    let say = |message: Message| {
        // Nobody listens any more when the program ends.
        if !cancelled.load(Ordering::Relaxed) {
            drop(sender.send(message));
        }
    };
    let mut tell = |news: News<'_>| match news {
        News::Following(line) => say(Message::Following { ticket, line }),
        News::Grown(known) => {
            let base = std::mem::replace(&mut base, Arc::clone(&known.pool));
            say(Message::Fetched { ticket, base, analysis: Box::new(known.clone()) });
        }
    };
    let pace = (Pace::AsTheyCome(GATHERED), threads());
    let known = fetch_evidence(analysis, scope, &client, pace, cancelled, &mut tell);
    tell(News::Grown(&known));
    let problem = client.cache_problem();
    say(Message::FetchedAll { ticket, problem });
}

struct Run<'a> {
    analysis: Analysis,
    scope: &'a Scope,
    /// Certificates from here on were brought.
    first: usize,
    tried: HashSet<(Endpoint, Option<Fingerprint>)>,
    /// Not yet part of the analysis, by its place in the round.
    brought: Vec<(usize, Brought)>,
    cancelled: &'a AtomicBool,
}

impl Run<'_> {
    fn check(&mut self, threads: usize) {
        let mut all = self.targets();
        all.extend(self.analysis.evidence.signers());
        let analysis = &mut self.analysis;
        check_until(self.cancelled, &analysis.pool, &mut analysis.graph, &all, threads, &mut |_| std::ops::ControlFlow::Continue(()));
    }

    fn targets(&self) -> Vec<CertificateId> {
        match self.scope {
            Scope::Targets(targets) => targets.clone(),
            Scope::Path(target, _) => vec![*target],
        }
    }

    /// The certificates in scope, each with its issuer on the first path that has one.
    fn certificates(&self) -> Vec<(CertificateId, Option<CertificateId>)> {
        let (mut order, mut issuers) = (Vec::new(), HashMap::new());
        let mut walk = |paths: &[JudgedPath]| {
            for judged in paths {
                for (place, &id) in depending(&judged.path).iter().enumerate().filter(|(_, id)| self.is_in_scope(**id)) {
                    let issuer = issuers.entry(id).or_insert_with(|| {
                        order.push(id);
                        None
                    });
                    *issuer = issuer.or(judged.path.certificates.get(place + 1).copied());
                }
            }
        };
        match self.scope {
            Scope::Targets(targets) if *targets == self.analysis.targets => {
                judge_all(&Arc::new(self.analysis.clone()), threads()).iter().for_each(|target| walk(&target.paths))
            }
            _ => self.targets().into_iter().for_each(|target| walk(&self.analysis.judge(target).paths)),
        }
        order.into_iter().map(|id| (id, issuers.get(&id).copied().flatten())).collect()
    }

    fn is_in_scope(&self, id: CertificateId) -> bool {
        match self.scope {
            Scope::Targets(_) => true,
            Scope::Path(_, certificates) => certificates.contains(&id) || id.0 as usize >= self.first,
        }
    }

    /// What was neither reached nor tried in this run.
    fn wanted(&mut self) -> Vec<(CertificateId, Wanted)> {
        let mut out = Vec::new();
        for (id, issuer) in self.certificates() {
            let certificate = self.analysis.pool.certificate(id);
            for endpoint in certificate.endpoints() {
                let is_ocsp = endpoint.kind == EndpointKind::Ocsp;
                let known = self.analysis.reachability.of(&endpoint, &certificate.sha256);
                if matches!(known, Some(Reach::Reachable { .. } | Reach::Kept { .. })) {
                    continue;
                }
                let request =
                    issuer.filter(|_| is_ocsp).and_then(|issuer| ocsp_request(certificate, self.analysis.pool.certificate(issuer)));
                // Its issuer may still come.
                if is_ocsp && request.is_none() || !self.tried.insert((endpoint.clone(), is_ocsp.then_some(certificate.sha256))) {
                    continue;
                }
                out.push((id, Wanted { endpoint, request, of: certificate.label() }));
            }
        }
        out
    }

    fn record(&mut self, id: CertificateId, endpoint: &Endpoint, reach: Reach) {
        let certificate = self.analysis.pool.certificate(id).sha256;
        self.analysis.reachability.record(endpoint, &certificate, reach);
    }

    fn round(&mut self, wanted: &[(CertificateId, Wanted)], client: &Arc<Fetcher>, pace: Pace, tell: &mut dyn FnMut(News<'_>)) {
        let errands: Vec<Wanted> = wanted.iter().map(|(_, wanted)| wanted.clone()).collect();
        let mut since = Instant::now();
        fetch_all(client, &errands, self.cancelled, &mut |told| match told {
            Told::Following(place, url) => {
                let what = errands.get(place).map_or_else(String::new, |one| format!(" ({} of {})", one.endpoint.kind.label(), one.of));
                tell(News::Following(format!("{url}{what}")));
            }
            Told::Done(place, fetched) => {
                let Some((id, one)) = wanted.get(place) else { return };
                let Fetched { reach, brought } = *fetched;
                self.record(*id, &one.endpoint, reach);
                self.brought.extend(brought.map(|brought| (place, brought)));
                if matches!(pace, Pace::AsTheyCome(most) if since.elapsed() >= most) {
                    since = Instant::now();
                    self.grow(&errands);
                    tell(News::Grown(&self.analysis));
                }
            }
        });
        self.grow(&errands);
    }

    /// Takes what was brought into the analysis.
    fn grow(&mut self, errands: &[Wanted]) {
        let mut more = More::default();
        self.brought.sort_by_key(|(place, _)| *place);
        for (place, brought) in self.brought.drain(..) {
            let url = || errands.get(place).map_or_else(String::new, |one| one.endpoint.place());
            match brought {
                Brought::Certificates(certificates) => more.certificates.extend(certificates),
                Brought::Crl(crl) => more.crls.push((*crl, url())),
                Brought::Ocsp(response) => more.responses.push((*response, url())),
            }
        }
        if !more.is_empty() {
            self.analysis.grow(more);
        }
    }

    /// A responder is asked about a certificate and its issuer's key.
    fn say_what_was_not_asked(&mut self) {
        for (id, issuer) in self.certificates() {
            let certificate = self.analysis.pool.certificate(id);
            let why = if issuer.is_none() { NotTried::IssuerUnknown } else { NotTried::GivenUp };
            let unasked = |endpoint: &Endpoint| self.analysis.reachability.of(endpoint, &certificate.sha256).is_none();
            for endpoint in certificate.endpoints().into_iter().filter(unasked).collect::<Vec<_>>() {
                self.record(id, &endpoint, Reach::NotTried { why: why.clone() });
            }
        }
    }
}
