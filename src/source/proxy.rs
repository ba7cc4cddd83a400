//! How is a server reached through a proxy: HTTP CONNECT (RFC 9110 9.3.6) or SOCKS5 (RFC 1928)? The proxy resolves the name.

use std::net::{IpAddr, TcpStream};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::address::{self, AddressError};
use super::deadline::Deadline;
use super::starttls::{Talk, said};
use super::tls::TlsError;
use crate::cert::escape;

/// Lines of a proxy's answer; real ones have a handful.
const MAX_HEADERS: usize = 100;

/// A proxy, and how to be let through.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    kind: ProxyKind,
    pub(super) host: String,
    pub(super) port: u16,
    /// User and password, overwritten when they are dropped.
    login: Option<(Zeroizing<String>, Zeroizing<String>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProxyKind {
    Http,
    Socks5,
}

/// The password is not shown.
impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({self})")
    }
}

impl std::fmt::Display for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = match self.kind {
            ProxyKind::Http => "http",
            ProxyKind::Socks5 => "socks5",
        };
        write!(f, "{scheme}://{}", escape(&address::display(&self.host, self.port)))
    }
}

/// Why a text names no proxy; it is escaped, and holds no password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    #[error("{scheme}:// is no proxy that is known; http://, socks5:// and socks5h:// are")]
    Scheme { scheme: String },
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error("the user or the password has more than 255 bytes, which SOCKS5 cannot say")]
    Login,
}

impl Proxy {
    /// `http://[user:password@]host[:port]`, `socks5://...`, `socks5h://...`; without a scheme, HTTP.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (kind, usual) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (ProxyKind::Http, 3128),
            "socks5" | "socks5h" | "socks" => (ProxyKind::Socks5, 1080),
            _ => return Err(ProxyError::Scheme { scheme: escape(scheme) }),
        };
        let authority = rest.split('/').next().unwrap_or_default();
        let (login, place) = authority.rsplit_once('@').map_or((None, authority), |(login, place)| (Some(login), place));
        let login = login.map(|login| {
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            (Zeroizing::new(decoded(user)), Zeroizing::new(decoded(password)))
        });
        if login.as_ref().is_some_and(|(user, password)| user.len() > 255 || password.len() > 255) {
            return Err(ProxyError::Login);
        }
        let (host, port) = address::parse(place)?;
        Ok(Self { kind, host, port: port.unwrap_or(usual), login })
    }

    /// The proxy that the environment names for a server, unless it excepts the server: `https_proxy` for HTTPS, else `all_proxy`, in
    /// either case; `no_proxy` is a list of names, with what ends in them, and addresses. `variable` reads the environment.
    pub fn of_environment(host: &str, port: u16, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Self>, ProxyError> {
        let read = |name: &str| {
            let upper = name.to_ascii_uppercase();
            variable(name).or_else(|| variable(&upper)).filter(|value| !value.is_empty())
        };
        let is_excepted = read("no_proxy").is_some_and(|list| {
            list.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).any(|name| {
                let name = name.trim_start_matches('.').to_ascii_lowercase();
                name == "*" || host == name || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.'))
            })
        });
        // A loopback address is never the proxy's to reach.
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if is_excepted || is_here {
            return Ok(None);
        }
        let https = if port == 443 { read("https_proxy") } else { None };
        https.or_else(|| read("all_proxy")).map(|text| Self::parse(&text)).transpose()
    }

    /// Has the proxy connect to `host`.
    pub(super) fn reach(&self, stream: &TcpStream, peer: &str, (host, port): (&str, u16), deadline: &Deadline<'_>) -> Result<(), TlsError> {
        let mut talk = Talk::new(stream, deadline);
        let spoken = match self.kind {
            ProxyKind::Http => self.connect(&mut talk, host, port),
            ProxyKind::Socks5 => self.socks(&mut talk, host, port),
        };
        spoken.map_err(|reason| match talk.stopped {
            Some(stopped) => TlsError::stopped(stopped, peer, super::step::Step::Asking("the proxy"), deadline),
            None => TlsError::Proxy { peer: peer.to_owned(), proxy: self.to_string(), reason },
        })
    }

    fn connect(&self, talk: &mut Talk<'_>, host: &str, port: u16) -> Result<(), String> {
        let place = address::display(host, port);
        let login = self.login.as_ref().map_or_else(Zeroizing::default, |(user, password)| {
            let said = Zeroizing::new(format!("{}:{}", **user, **password));
            let encoded = Zeroizing::new(STANDARD.encode(&*said));
            Zeroizing::new(format!("Proxy-Authorization: Basic {}\r\n", *encoded))
        });
        let asked = Zeroizing::new(format!("CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{}\r\n", *login));
        talk.send(asked.as_bytes())?;
        let status = talk.line()?;
        let code =
            status.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5)).ok_or_else(|| said("no HTTP is spoken there", &status))?;
        let agreed = code.starts_with(b"2");
        if !agreed {
            return Err(said("CONNECT was refused", &status));
        }
        for _ in 0..MAX_HEADERS {
            if talk.line()?.is_empty() {
                return talk.finish();
            }
        }
        Err(format!("the proxy answered {MAX_HEADERS} lines without an end"))
    }

    fn socks(&self, talk: &mut Talk<'_>, host: &str, port: u16) -> Result<(), String> {
        const NO_LOGIN: u8 = 0;
        /// RFC 1929.
        const LOGIN: u8 = 2;
        let methods: &[u8] = if self.login.is_some() { &[5, 2, NO_LOGIN, LOGIN] } else { &[5, 1, NO_LOGIN] };
        talk.send(methods)?;
        match (&talk.exactly(2)?[..], &self.login) {
            ([5, NO_LOGIN], _) => {}
            ([5, LOGIN], Some((user, password))) => {
                let length = |text: &str| u8::try_from(text.len()).unwrap_or(u8::MAX);
                let login = Zeroizing::new([&[1, length(user)], user.as_bytes(), &[length(password)], password.as_bytes()].concat());
                talk.send(&login)?;
                if talk.exactly(2)?.get(1) != Some(&0) {
                    return Err("the proxy refused the user and password".to_owned());
                }
            }
            ([5, _], _) => return Err("the proxy wants a login of another kind".to_owned()),
            (other, _) => return Err(said("no SOCKS5 is spoken there", other)),
        }
        let target = match host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => [&[1][..], &address.octets()].concat(),
            Ok(IpAddr::V6(address)) => [&[4][..], &address.octets()].concat(),
            Err(_) => {
                [&[3, u8::try_from(host.len()).map_err(|_| "the name is too long for SOCKS5".to_owned())?][..], host.as_bytes()].concat()
            }
        };
        talk.send(&[&[5, 1, 0][..], &target, &port.to_be_bytes()].concat())?;
        let head = talk.exactly(4)?;
        let code = head.get(1).copied().unwrap_or(u8::MAX);
        if code != 0 {
            return Err(format!("the proxy refused: {}", socks_words(code)));
        }
        let bound = match head.get(3) {
            Some(1) => 4,
            Some(4) => 16,
            Some(3) => usize::from(talk.exactly(1)?.first().copied().unwrap_or(0)),
            _ => return Err(said("no answer of SOCKS5", &head)),
        };
        talk.exactly(bound + 2)?;
        talk.finish()
    }
}

/// RFC 1928 6.
fn socks_words(code: u8) -> String {
    match code {
        1 => "it failed".to_owned(),
        2 => "its rules do not allow it".to_owned(),
        3 => "the network cannot be reached".to_owned(),
        4 => "the host cannot be reached".to_owned(),
        5 => "the server refused the connection".to_owned(),
        6 => "the connection took too long".to_owned(),
        other => format!("code {other}"),
    }
}

/// Percent-encoding undone (RFC 3986 2.1), as far as it is one.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read_and_their_passwords_not_shown() {
        let proxy = Proxy::parse("http://me:p%40ss@proxy.test:8080/").unwrap();
        let login = proxy.login.as_ref().map(|(user, password)| [user.as_str(), password.as_str()]);
        assert_eq!(login, Some(["me", "p@ss"]));
        assert_eq!(format!("{proxy} {proxy:?}"), "http://proxy.test:8080 Proxy(http://proxy.test:8080)");
        assert_eq!(Proxy::parse("socks5h://[::1]").unwrap().to_string(), "socks5://[::1]:1080");
        assert_eq!(Proxy::parse("10.0.0.1").unwrap().to_string(), "http://10.0.0.1:3128");
        assert!(Proxy::parse("ftp://x").unwrap_err().to_string().starts_with("ftp:// is no proxy"));
    }

    #[test]
    fn the_environment_names_a_proxy_and_exceptions() {
        let set = [("HTTPS_PROXY", "http://a.test"), ("all_proxy", "socks5://b.test"), ("no_proxy", ".inner.test, c.test")];
        let variable = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let found = |host: &str, port: u16| Proxy::of_environment(host, port, &variable).unwrap().map(|proxy| proxy.host);
        assert_eq!(found("d.test", 443), Some("a.test".to_owned()));
        assert_eq!(found("d.test", 25), Some("b.test".to_owned()));
        for host in ["c.test", "x.c.test", "inner.test", "y.inner.test", "localhost", "127.0.0.1", "::1"] {
            assert_eq!(found(host, 443), None, "{host}");
        }
        assert_eq!(found("notc.test", 443), Some("a.test".to_owned()));
    }
}
