//! One document: from the cache where it still counts, else over HTTP.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::batch::{Problem, ProblemKind};
use super::cache::Cache;
use super::exchange::{self, Bounds, Connections, HttpReply, Question};
use super::url::Url;
use super::wanted::{Brought, FETCH_TIMEOUT, FetchError, Fetched, MAX_FETCHED, NotTried, Reach, Wanted};
use super::zone::Allowed;
use super::{answer, freshness};
use crate::cert::{EndpointKind, Time, escape};

/// RFC 5019 5: a request of up to this many characters, encoded, is asked for by GET, so that it may come from a cache.
const MAX_GET: usize = 255;

/// How things are fetched in one run.
#[derive(Debug)]
pub struct Fetcher {
    pub allowed: Allowed,
    pub cache: Option<Cache>,
    /// The present, which is not the judged time.
    pub now: Time,
    pub timeout: Duration,
    fetched: AtomicUsize,
    /// The first thing that kept the cache from being written.
    cache_problem: Mutex<Option<Problem>>,
    connections: Connections,
}

impl Fetcher {
    /// With the default timeout; `now` is the present, by which what is kept has expired.
    pub fn new(allowed: Allowed, cache: Option<Cache>, now: Time) -> Self {
        let (fetched, cache_problem, connections) = (AtomicUsize::new(0), Mutex::default(), Connections::default());
        Self { allowed, cache, now, timeout: FETCH_TIMEOUT, fetched, cache_problem, connections }
    }

    /// Ends whatever is being fetched, its connections too, and the whole run.
    pub fn give_up(&self) {
        self.connections.shut();
    }

    /// What kept the cache from being written.
    pub fn cache_problem(&self) -> Option<Problem> {
        self.cache_problem.lock().ok()?.clone()
    }

    /// Fetches one document, or takes it from the cache. `told` hears each URL, escaped, before it is followed. The system's resolver
    /// may take longer than `timeout`: `fetch_all` gives it up.
    pub fn fetch(&self, wanted: &Wanted, told: &dyn Fn(String)) -> Fetched {
        let kind = wanted.endpoint.kind;
        let not_tried = |error: FetchError| Fetched { reach: Reach::NotTried { why: NotTried::Refused(error) }, brought: None };
        let url = match Url::parse(&wanted.endpoint.url) {
            Ok(url) => url,
            Err(error) => return not_tried(error),
        };
        let place = wanted.endpoint.place();
        let limit = answer::limit(kind);
        if let Some(kept) = self.cache.as_ref().and_then(|cache| cache.load(wanted, limit, self.now))
            && let Ok(brought) = answer::read(kind, &kept.body, &place, &wanted.of)
            && answer::next_update(&brought).is_none_or(|end| self.now <= end)
        {
            return Fetched { reach: Reach::Kept { fetched: kept.fetched, bytes: kept.body.len() }, brought: Some(brought) };
        }
        if self.fetched.load(Ordering::Relaxed) >= MAX_FETCHED {
            return not_tried(FetchError::RunTooLarge);
        }
        let start = Instant::now();
        let ends = start.checked_add(self.timeout).unwrap_or(start);
        let bounds =
            Bounds { allowed: &self.allowed, limit, fetched: &self.fetched, timeout: self.timeout, ends, connections: &self.connections };
        let outcome = self.ask(&url, wanted, bounds, told).and_then(|reply| {
            let brought = answer::read(kind, &reply.body, &place, &wanted.of)?;
            Ok((reply, brought))
        });
        let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok((reply, brought)) => {
                self.keep(wanted, &reply, &brought);
                Fetched { reach: Reach::Reachable { ms, bytes: reply.body.len() }, brought: Some(brought) }
            }
            Err(error @ FetchError::Refused { .. }) => not_tried(error),
            Err(why) => Fetched { reach: Reach::Unreachable { why, ms }, brought: None },
        }
    }

    /// RFC 6960 A.1: by GET where that is short; a responder that gives nothing for it is asked once more by POST.
    fn ask(&self, url: &Url, wanted: &Wanted, bounds: Bounds<'_>, told: &dyn Fn(String)) -> Result<HttpReply, FetchError> {
        let Some(request) = &wanted.request else { return exchange::exchange(url, Question::Get, bounds, told) };
        let encoded = STANDARD.encode(request).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        if encoded.len() <= MAX_GET && !url.has_query() {
            match exchange::exchange(&url.below(&encoded)?, Question::Get, bounds, told) {
                Ok(reply) if answer::read(EndpointKind::Ocsp, &reply.body, "", "").is_ok() => return Ok(reply),
                Ok(_) | Err(FetchError::Status(_)) => {}
                Err(error) => return Err(error),
            }
        }
        exchange::exchange(url, Question::Post(request), bounds, told)
    }

    fn keep(&self, wanted: &Wanted, reply: &HttpReply, brought: &Brought) {
        let Some(cache) = &self.cache else { return };
        let Some(until) = freshness::fresh_until(&reply.dates, answer::next_update(brought), self.now) else { return };
        if let Err(error) = cache.store(wanted, &reply.body, self.now, until)
            && let Ok(mut problem) = self.cache_problem.lock()
        {
            let reason = format!("nothing that is fetched can be kept there: {}", escape(&error.to_string()));
            problem.get_or_insert_with(|| Problem::new(ProblemKind::Limit, escape(&cache.folder().to_string_lossy()), reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;
    use crate::cert::Endpoint;

    #[test]
    fn one_run_fetches_no_more_bytes_than_its_limit() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").unwrap();
            stream.write_all(&[0x30; 100]).unwrap();
        });
        let client = Fetcher::new(Allowed::new(true, []), None, Time(0));
        client.fetched.store(MAX_FETCHED - 99, Ordering::Relaxed);
        let endpoint = Endpoint { kind: EndpointKind::Crl, url };
        let wanted = Wanted { endpoint, request: None, of: String::new() };
        let first = client.fetch(&wanted, &|_| ()).reach;
        assert!(matches!(first, Reach::Unreachable { why: FetchError::RunTooLarge, .. }), "{first:?}");
        assert_eq!(client.fetch(&wanted, &|_| ()).reach, Reach::NotTried { why: NotTried::Refused(FetchError::RunTooLarge) });
    }
}
