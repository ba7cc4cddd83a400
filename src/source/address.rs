//! Which host and port does a text name? Used for inputs and for `--connect`.

use std::net::{IpAddr, Ipv6Addr};

use crate::cert::{DnsNameError, dns_name, dns_name_words, escape};

/// RFC 9110 4.2.2: the port of https, and the one that is asked where none is named.
pub(super) const HTTPS_PORT: u16 = 443;

/// Why a text is no host with or without a port; what it names is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("{host}: {reason}")]
    Host { host: String, reason: DnsNameError },
    #[error("{port}: not a port, which is a number from 1 to 65535")]
    Port { port: String },
    #[error("{text}: `]` is missing or something other than a port follows it")]
    Bracket { text: String },
}

/// A host (a DNS name in lower case, or an IP address without brackets) and the port, where one is written.
pub(super) fn parse(text: &str) -> Result<(String, Option<u16>), AddressError> {
    if let Some(bracketed) = text.strip_prefix('[') {
        let malformed = || AddressError::Bracket { text: escape(text) };
        let (host, rest) = bracketed.split_once(']').ok_or_else(malformed)?;
        let address: Ipv6Addr = host.parse().map_err(|_| AddressError::Host { host: escape(host), reason: DnsNameError::Ascii })?;
        let port = match rest.strip_prefix(':') {
            Some(text) => Some(port(text)?),
            None if rest.is_empty() => None,
            None => return Err(malformed()),
        };
        return Ok((address.to_string(), port));
    }
    // Without brackets an IPv6 address cannot carry a port.
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok((address.to_string(), None));
    }
    match text.rsplit_once(':') {
        Some((name, number)) if !name.contains(':') => {
            let host = host(name)?;
            Ok((host, Some(port(number)?)))
        }
        _ => Ok((host(text)?, None)),
    }
}

/// `host:port` for people: a name with A-labels is written both ways.
pub(super) fn words(host: &str, port: u16) -> String {
    display(&dns_name_words(host), port)
}

/// `host:port`, with brackets around an IPv6 address.
pub(super) fn display(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// The host for people, and the port where it is not the usual one.
pub(super) fn server_label(host: &str, port: u16) -> String {
    if port == HTTPS_PORT { dns_name_words(host) } else { words(host, port) }
}

fn host(text: &str) -> Result<String, AddressError> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok(address.to_string());
    }
    let failed = |reason| AddressError::Host { host: escape(text), reason };
    let name = dns_name(text).map_err(failed)?;
    // 127.1 and 1.2.3.256 are mistyped addresses; no top-level domain is a number (RFC 3696 2).
    let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) { Err(failed(DnsNameError::Ascii)) } else { Ok(name) }
}

fn port(text: &str) -> Result<u16, AddressError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(port) if digits && port > 0 => Ok(port),
        _ => Err(AddressError::Port { port: escape(text) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for (text, host, port) in [
            ("Example.TEST", "example.test", None),
            ("example.test:8443", "example.test", Some(8443)),
            ("example.test.", "example.test.", None),
            ("localhost", "localhost", None),
            ("_x.a-b.test:1", "_x.a-b.test", Some(1)),
            ("127.0.0.1", "127.0.0.1", None),
            ("127.0.0.1:65535", "127.0.0.1", Some(65535)),
            ("::1", "::1", None),
            ("::1:443", "::1:443", None),
            ("[::1]", "::1", None),
            ("[2001:DB8::1]:443", "2001:db8::1", Some(443)),
            #[cfg(feature = "idna")]
            ("Bücher.example:443", "xn--bcher-kva.example", Some(443)),
        ] {
            assert_eq!(parse(text), Ok((host.to_owned(), port)), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_said() {
        for (text, said) in [
            ("", ": not a host name or an IP address"),
            ("a b", "a b: not a host name or an IP address"),
            ("a\x1bb", r"a\u{1b}b: not a host name or an IP address"),
            ("-a.test", "-a.test: not a host name or an IP address"),
            ("example.test:", ": not a port, which is a number from 1 to 65535"),
            ("example.test:0", "0: not a port, which is a number from 1 to 65535"),
            ("example.test:+1", "+1: not a port, which is a number from 1 to 65535"),
            ("example.test:65536", "65536: not a port, which is a number from 1 to 65535"),
            ("a:b:c", "a:b:c: not a host name or an IP address"),
            ("[::1", "[::1: `]` is missing or something other than a port follows it"),
            ("[::1]x", "[::1]x: `]` is missing or something other than a port follows it"),
            ("[127.0.0.1]", "127.0.0.1: not a host name or an IP address"),
            ("127.1", "127.1: not a host name or an IP address"),
            ("bü cher.test", "bü cher.test: not a host name or an IP address"),
        ] {
            assert_eq!(parse(text).map_err(|error| error.to_string()), Err(said.to_owned()), "{text}");
        }
    }
}
