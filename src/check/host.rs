//! The host that a certificate is to stand for (RFC 9525).

use std::fmt;
use std::net::IpAddr;

/// A DNS name in lower case without a trailing dot, internationalised labels as A-labels; or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    Name(String),
    Address(IpAddr),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a host: expected a DNS name in ASCII (`xn--` for other scripts) or an IP address")]
pub struct HostError {
    pub text: String,
}

/// RFC 1035 2.3.4, in characters.
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

impl Host {
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Host::Address(address));
        }
        let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        if is_dns_name(&name) { Ok(Host::Name(name)) } else { Err(HostError { text: crate::cert::escape(text) }) }
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

/// Letters, digits, hyphens and, as seen in practice, underscores, in labels of at most 63 (RFC 1123 2.1).
pub(super) fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(allowed) && !label.starts_with('-') && !label.ends_with('-')
    };
    !name.is_empty() && name.len() <= MAX_NAME && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        assert_eq!(Host::parse("WWW.Example.org."), Ok(Host::Name("www.example.org".to_owned())));
        assert_eq!(Host::parse("192.0.2.1"), Ok(Host::Address("192.0.2.1".parse().unwrap())));
        assert_eq!(Host::parse("[2001:db8::1]"), Ok(Host::Address("2001:db8::1".parse().unwrap())));
        for text in ["", ".", "a..b", "*.example.org", "b\u{fc}cher.example", "-a.example", &"a".repeat(64)] {
            assert!(Host::parse(text).is_err(), "{text}");
        }
    }
}
