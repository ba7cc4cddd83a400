//! URIs under a constraint: the host of the authority (RFC 3986 3.2.2), of a URI that has the form of one to its last character.

use std::net::IpAddr;

use super::super::Term;
use super::dns::are_labels;

/// The host. RFC 5280 4.2.1.10: one that is missing, or is an address, is within no constraint and must not escape one.
///
/// Who reads leniently takes `\` for `/` and drops spaces and line ends, and so comes to another host: what RFC 3986 does not allow is no URI.
pub(super) fn host(text: &str) -> Result<&str, Term> {
    if !has_uri_characters(text) {
        return Err(Term::UriForm);
    }
    let (_, rest) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)).ok_or(Term::UriForm)?;
    let authority = rest.strip_prefix("//").ok_or(Term::UriWithoutHost)?;
    let end = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let (authority, behind) = authority.split_at(end);
    // Brackets stand around an address alone, `#` once.
    if behind.contains(['[', ']']) || behind.matches('#').count() > 1 {
        return Err(Term::UriForm);
    }
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains(['@', '[', ']']) {
        return Err(Term::UriForm);
    }
    if host.starts_with('[') {
        return Err(Term::UriHostIsAddress);
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Term::UriForm);
    }
    match host {
        "" => Err(Term::UriWithoutHost),
        host if is_address(host) => Err(Term::UriHostIsAddress),
        host if are_labels(host) => Ok(host),
        _ => Err(Term::UriForm),
    }
}

/// RFC 5280 4.2.1.10: a host, or a domain behind a dot, fully qualified; an empty one is every host.
pub(super) fn is_base(text: &str) -> bool {
    text.is_empty() || (are_labels(text.strip_prefix('.').unwrap_or(text)) && !is_address(text))
}

/// RFC 3986 3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// RFC 3986 2: unreserved, reserved, and `%` before two hexadecimal digits.
fn has_uri_characters(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(place, byte)| match byte {
        b'%' => bytes.get(place + 1..place + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
    })
}

/// An IPv4 address as anybody writes it: where the last label is a number, browsers read one (WHATWG URL 3.5), as in `0x7f.1`.
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    let is_hexadecimal =
        || last.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x")) && last.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit());
    host.parse::<IpAddr>().is_ok() || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())) || is_hexadecimal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_that_of_the_authority() {
        for (text, expected) in [
            ("https://example.org", "example.org"),
            ("https://u:p@a.Example.org:1/x?y=@evil.test#z", "a.Example.org"),
            ("spiffe://trust.example/ns/a%20b", "trust.example"),
            ("ldap://x_y.example:/", "x_y.example"),
            ("https://good.test#@evil.test", "good.test"),
            ("https://evil.test@good.test/", "good.test"),
        ] {
            assert_eq!(host(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_read_in_two_ways_is_no_uri() {
        for (text, term) in [
            (r"https://evil.test\@good.test/x", Term::UriForm),
            (r"https:\\evil.test", Term::UriForm),
            (r"https://good.test/\evil", Term::UriForm),
            ("https://evil.test%2f.good.test/", Term::UriForm),
            ("https://%65vil.test/", Term::UriForm),
            ("https://a@evil.test@good.test/", Term::UriForm),
            ("https://ev il.test/", Term::UriForm),
            (" https://evil.test/", Term::UriForm),
            ("https://evil.test\n/", Term::UriForm),
            ("https://evil.test\0.good.test/", Term::UriForm),
            ("https://evil.test./", Term::UriForm),
            ("https://*.good.test/", Term::UriForm),
            ("https://b\u{fc}cher.test/", Term::UriForm),
            ("https://good.test:8x/", Term::UriForm),
            ("https://good.test:1:2/", Term::UriForm),
            ("https://evil.test,good.test/", Term::UriForm),
            ("https://good.test/%zz", Term::UriForm),
            ("https://good.test/#a#b", Term::UriForm),
            ("//evil.test/", Term::UriForm),
            ("evil.test", Term::UriForm),
            ("1http://evil.test", Term::UriForm),
            ("https:evil.test", Term::UriWithoutHost),
            ("https:/evil.test", Term::UriWithoutHost),
            ("https:///evil.test", Term::UriWithoutHost),
            ("https://:80/", Term::UriWithoutHost),
            ("https://u@/", Term::UriWithoutHost),
            ("urn:x", Term::UriWithoutHost),
            ("https://192.0.2.1/", Term::UriHostIsAddress),
            ("https://[2001:db8::1]:1/", Term::UriHostIsAddress),
            ("https://2130706433/", Term::UriHostIsAddress),
            ("https://0x7f.1/", Term::UriHostIsAddress),
            ("https://a.0X7f/", Term::UriHostIsAddress),
        ] {
            assert_eq!(host(text), Err(term), "{text:?}");
        }
    }

    #[test]
    fn a_constraint_is_a_host_or_a_domain() {
        for (base, sound) in [
            ("", true),
            ("a.test", true),
            (".a.test", true),
            ("https://a.test", false),
            ("a.test/", false),
            ("192.0.2.1", false),
            ("*.a.test", false),
            ("a.test.", false),
            ("a.test:1", false),
            (".", false),
            ("u@a.test", false),
            ("[2001:db8::1]", false),
        ] {
            assert_eq!(is_base(base), sound, "{base:?}");
        }
    }
}
