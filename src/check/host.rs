//! The host that a certificate must match (RFC 9525).

use std::fmt;
use std::net::IpAddr;

use crate::cert::{DnsNameError, dns_name, dns_name_words, escape};

/// A DNS name in lower case without a trailing dot, internationalised labels as A-labels; or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    Name(String),
    Address(IpAddr),
}

/// Text that is neither a DNS name nor an IP address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a host: {reason}{instead}", instead = .instead.as_ref().map_or_else(String::new, |host| format!("; write {host}")))]
pub struct HostError {
    /// Escaped.
    pub text: String,
    /// What is wrong with it as a DNS name.
    pub reason: DnsNameError,
    /// The host in it, where it is a URL or has a port.
    pub instead: Option<String>,
}

impl Host {
    /// A DNS name, in any script and with or without a dot at its end, or an IP address, with or without brackets.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Host::Address(address));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        dns_name(name).map(Host::Name).map_err(|reason| {
            let instead = Self::within(text).map(|host| host.to_string());
            HostError { text: escape(text), reason, instead }
        })
    }

    /// The host of a URL (RFC 3986 3.2.2), or before a port.
    fn within(text: &str) -> Option<Self> {
        let authority = text.split_once("://").map_or(text, |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let port = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let host = port.map_or(authority, |(host, _)| host);
        if host.len() < text.len() { Self::parse(host).ok() } else { None }
    }

    /// For people: a name with A-labels is `bücher.example (xn--bcher-kva.example)`.
    pub fn words(&self) -> String {
        match self {
            Host::Name(name) => dns_name_words(name),
            Host::Address(address) => address.to_string(),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::Address(address) => write!(f, "{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        assert_eq!(Host::parse("WWW.Example.org."), Ok(Host::Name("www.example.org".to_owned())));
        assert_eq!(Host::parse("192.0.2.1"), Ok(Host::Address("192.0.2.1".parse().unwrap())));
        assert_eq!(Host::parse("[2001:db8::1]"), Ok(Host::Address("2001:db8::1".parse().unwrap())));
        for text in ["", ".", "a..b", "*.example.org", "-a.example", &"a".repeat(64)] {
            assert!(Host::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_host_of_a_url_or_before_a_port_is_offered() {
        let offered = |text: &str| Host::parse(text).unwrap_err().instead;
        for text in ["example.test:443", "https://example.test/x?y", "https://example.test:8443", "ldap://EXAMPLE.test./"] {
            assert_eq!(offered(text).as_deref(), Some("example.test"), "{text}");
        }
        assert_eq!(offered("https://192.0.2.1:443/").as_deref(), Some("192.0.2.1"));
        assert_eq!(offered("[2001:db8::1]:443").as_deref(), Some("2001:db8::1"));
        for text in ["a b", "https:///x", ":443", "a..b:443"] {
            assert_eq!(offered(text), None, "{text}");
        }
        let said = "`example.test:443` is not a host: not a host name or an IP address; write example.test";
        assert_eq!(Host::parse("example.test:443").unwrap_err().to_string(), said);
    }

    #[cfg(feature = "idna")]
    #[test]
    fn a_name_in_another_script_is_matched_by_its_a_label() {
        let host = Host::parse("Bücher.example").unwrap();
        assert_eq!((host.to_string().as_str(), host.words().as_str()), ("xn--bcher-kva.example", "bücher.example (xn--bcher-kva.example)"));
        let said = Host::parse("a\u{202e}b.example").unwrap_err().to_string();
        assert_eq!(said, r"`a\u{202e}b.example` is not a host: not a valid internationalized host name (UTS 46, RFC 5891)");
    }
}
