//! One document over HTTP: every redirect is looked at before it is followed, and only an address that was looked at is connected to.

use std::io::Read as _;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::{Response, header};
use ureq::tls::TlsConfig;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

use super::url::Url;
use super::wanted::{FetchError, MAX_FETCHED, MAX_REDIRECTS};
use super::zone::{Allowed, Zone};
use crate::cert::escape;

/// Bytes of an answer's header; Apache and nginx take 8 KB of a request's.
const MAX_HEADER: usize = 16 * 1024;
/// Addresses of one name that are connected to: what ureq has room for.
const MAX_ADDRESSES: usize = 16;
const READ_AT_ONCE: usize = 16 * 1024;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    Get,
    /// An OCSP request (RFC 6960 A.1).
    Post(&'a [u8]),
}

/// What came back with status 200.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HttpReply {
    pub body: Vec<u8>,
    pub dates: Dates,
}

/// What the header says of how long the body holds (RFC 9111 5), as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dates {
    pub cache_control: String,
    pub expires: Option<String>,
    pub date: Option<String>,
    pub age: Option<String>,
}

/// How far an exchange may go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub allowed: &'a Allowed,
    /// Bytes of the body.
    pub limit: usize,
    /// Bytes of all bodies of the run, so far.
    pub fetched: &'a AtomicUsize,
    pub timeout: Duration,
    pub ends: Instant,
    pub connections: &'a Connections,
}

/// The connections of a run, so that they can be shut from another thread; `None` once they were.
#[derive(Debug)]
pub(super) struct Connections(Mutex<Option<Vec<Agent>>>);

impl Default for Connections {
    fn default() -> Self {
        Self(Mutex::new(Some(Vec::new())))
    }
}

impl Connections {
    /// Shuts what is open, so that whoever waits for it waits no longer, and lets nothing be opened any more.
    pub fn shut(&self) {
        let agents = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        agents.into_iter().flatten().for_each(|agent| agent.shutdown());
    }

    fn add(&self, agent: &Agent) -> Result<(), FetchError> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(agents) => agents.push(agent.clone()),
            None => return Err(FetchError::Exchange { reason: "it was given up".to_owned() }),
        }
        Ok(())
    }
}

impl Bounds<'_> {
    fn left(&self) -> Result<Duration, FetchError> {
        let left = self.ends.checked_duration_since(Instant::now()).filter(|left| !left.is_zero());
        left.ok_or(FetchError::TimedOut(self.timeout))
    }
}

/// Asks at `url` and wherever that leads; `told` hears every URL, escaped, before it is connected to.
pub(super) fn exchange(url: &Url, question: Question<'_>, bounds: Bounds<'_>, told: &dyn Fn(String)) -> Result<HttpReply, FetchError> {
    let mut here = url.clone();
    let mut redirects = 0;
    let moved = |here: &Url, error: FetchError| match here == url {
        true => error,
        false => FetchError::Redirected { place: here.place(), reason: Box::new(error) },
    };
    loop {
        told(here.place());
        let mut response = once(&here, question, bounds).map_err(|error| moved(&here, error))?;
        let status = response.status().as_u16();
        let is_redirect = match question {
            Question::Get => matches!(status, 301 | 302 | 303 | 307 | 308),
            // The others would have the question dropped.
            Question::Post(_) => matches!(status, 307 | 308),
        };
        if !is_redirect {
            return read(&mut response, bounds).map_err(|error| moved(&here, error));
        }
        redirects += 1;
        if redirects > MAX_REDIRECTS {
            return Err(FetchError::TooManyRedirects);
        }
        let location = text(&response, header::LOCATION).ok_or(FetchError::NoLocation { status })?;
        here = here.join(&location).map_err(|error| FetchError::Redirected { place: escape(&location), reason: Box::new(error) })?;
    }
}

fn once(url: &Url, question: Question<'_>, bounds: Bounds<'_>) -> Result<Response<Body>, FetchError> {
    let addresses = addresses(url, bounds.allowed)?;
    let config = Agent::config_builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_response_header_size(MAX_HEADER)
        .max_idle_connections(0)
        .timeout_global(Some(bounds.left()?))
        .user_agent(concat!("crossroots/", env!("CARGO_PKG_VERSION")))
        .accept_encoding("identity")
        .tls_config(TlsConfig::builder().build())
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), CheckedAddresses(addresses));
    bounds.connections.add(&agent)?;
    let response = match question {
        Question::Get => agent.get(url.uri().clone()).call(),
        Question::Post(request) => agent.post(url.uri().clone()).header(header::CONTENT_TYPE, "application/ocsp-request").send(request),
    };
    response.map_err(|error| error_words(&error, bounds))
}

/// The addresses of the host that may be connected to; it is an error where there is none. The system's resolver has no timeout: who
/// waits for this must be able to give it up.
fn addresses(url: &Url, allowed: &Allowed) -> Result<Vec<SocketAddr>, FetchError> {
    let failed = |reason: String| FetchError::Resolve { name: escape(url.host()), reason };
    let found = (url.host(), url.port()).to_socket_addrs().map_err(|error| failed(escape(&error.to_string())))?;
    let (mut out, mut refused) = (Vec::new(), None);
    for address in found {
        let zone = Zone::of(address.ip());
        if !allowed.holds(zone) {
            refused = refused.or(Some(zone));
        } else if out.len() < MAX_ADDRESSES && !out.contains(&address) {
            out.push(address);
        }
    }
    match (out.is_empty(), refused) {
        (false, _) => Ok(out),
        (true, Some(zone)) => Err(FetchError::Refused { host: escape(url.host()), zone }),
        (true, None) => Err(failed("the name has no address".to_owned())),
    }
}

/// Gives ureq the addresses that were looked at, whatever a second look-up would say.
#[derive(Debug)]
struct CheckedAddresses(Vec<SocketAddr>);

impl Resolver for CheckedAddresses {
    fn resolve(&self, _: &ureq::http::Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut out = self.empty();
        self.0.iter().take(MAX_ADDRESSES).for_each(|address| out.push(*address));
        if out.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(out) }
    }
}

fn read(response: &mut Response<Body>, bounds: Bounds<'_>) -> Result<HttpReply, FetchError> {
    let status = response.status().as_u16();
    if status != 200 {
        return Err(FetchError::Status(status));
    }
    if let Some(encoding) = text(response, header::CONTENT_ENCODING).filter(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(FetchError::Encoded(escape(&encoding)));
    }
    let dates = Dates {
        cache_control: text(response, header::CACHE_CONTROL).unwrap_or_default(),
        expires: text(response, header::EXPIRES),
        date: text(response, header::DATE),
        age: text(response, header::AGE),
    };
    let says = response.body().content_length();
    if says.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > bounds.limit) || usize::try_from(length).is_err()) {
        return Err(FetchError::TooLarge(bounds.limit));
    }
    let mut reader = response.body_mut().as_reader();
    let mut body = Vec::new();
    let mut part = vec![0; READ_AT_ONCE];
    loop {
        // Between two bytes ureq's own clock counts; this one ends a body that comes in drops.
        bounds.left()?;
        let length = match reader.read(&mut part) {
            Ok(length) => length,
            Err(error) => return Err(io_words(&error, bounds)),
        };
        if bounds.fetched.fetch_add(length, Ordering::Relaxed).saturating_add(length) > MAX_FETCHED {
            return Err(FetchError::RunTooLarge);
        }
        body.extend_from_slice(part.get(..length).unwrap_or_default());
        if body.len() > bounds.limit {
            return Err(FetchError::TooLarge(bounds.limit));
        }
        if length == 0 {
            return Ok(HttpReply { body, dates });
        }
    }
}

fn text(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn error_words(error: &ureq::Error, bounds: Bounds<'_>) -> FetchError {
    match error {
        ureq::Error::Timeout(_) => FetchError::TimedOut(bounds.timeout),
        ureq::Error::Io(error) => io_words(error, bounds),
        other => FetchError::Exchange { reason: escape(&other.to_string()) },
    }
}

fn io_words(error: &std::io::Error, bounds: Bounds<'_>) -> FetchError {
    use std::io::ErrorKind;
    // While a body is read, ureq's errors come inside of these.
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return error_words(inner, bounds);
    }
    let reason = match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => return FetchError::TimedOut(bounds.timeout),
        ErrorKind::ConnectionRefused => "refused the connection".to_owned(),
        ErrorKind::NetworkUnreachable => "no route to its network".to_owned(),
        ErrorKind::HostUnreachable => "no route to it".to_owned(),
        ErrorKind::ConnectionReset => "reset the connection".to_owned(),
        ErrorKind::UnexpectedEof => "closed the connection before the answer was whole".to_owned(),
        _ => escape(&error.to_string()),
    };
    FetchError::Exchange { reason }
}
