//! Does a presented name match a host (RFC 9525 6)?

use std::net::IpAddr;

use super::Host;
use crate::cert::GeneralName;

/// RFC 9525 6.3, 6.5: a DNS name label by label without regard to case, `*` only as the whole leftmost label and for one label;
/// an address byte by byte. There is no fall-back to the common name.
pub(super) fn stands_for(presented: &GeneralName, host: &Host) -> bool {
    match (presented, host) {
        (GeneralName::Dns(pattern), Host::Name(host)) => {
            let pattern = pattern.strip_suffix('.').unwrap_or(pattern);
            match (pattern.strip_prefix("*."), host.split_once('.')) {
                (Some(parent), Some((label, rest))) => !label.is_empty() && parent.contains('.') && parent.eq_ignore_ascii_case(rest),
                (Some(_), None) => false,
                (None, _) => pattern.eq_ignore_ascii_case(host),
            }
        }
        (GeneralName::Address(bytes), Host::Address(IpAddr::V4(address))) => bytes[..] == address.octets(),
        (GeneralName::Address(bytes), Host::Address(IpAddr::V6(address))) => bytes[..] == address.octets(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dns(text: &str) -> GeneralName {
        GeneralName::Dns(text.to_owned())
    }

    #[test]
    fn a_wildcard_stands_for_one_whole_label() {
        let host = |text: &str| Host::parse(text).unwrap();
        for (pattern, name, expected) in [
            ("example.org", "EXAMPLE.org", true),
            ("example.org.", "example.org", true),
            ("*.example.org", "a.example.org", true),
            ("*.example.org", "example.org", false),
            ("*.example.org", "a.b.example.org", false),
            ("a*.example.org", "ab.example.org", false),
            ("*", "org", false),
            ("*.org", "example.org", false),
            ("a.*.org", "a.b.org", false),
        ] {
            assert_eq!(stands_for(&dns(pattern), &host(name)), expected, "{pattern} for {name}");
        }
        assert!(stands_for(&GeneralName::Address(vec![192, 0, 2, 1]), &host("192.0.2.1")));
        assert!(!stands_for(&dns("192.0.2.1"), &host("192.0.2.1")));
        assert!(!stands_for(&GeneralName::Address(vec![192, 0, 2]), &host("192.0.2.1")));
    }
}
