//! Does a presented name match a host (RFC 9525 6), and does a name lie within a constraint (RFC 5280 4.2.1.10)?

use std::net::IpAddr;

use super::{Host, Term};
use crate::cert::{GeneralName, Name};

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

/// What comparing a name with a constraint of its form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Yes,
    No,
    /// The constraint or the name is none that its form allows.
    Malformed(Term),
}

impl From<bool> for Within {
    fn from(inside: bool) -> Self {
        if inside { Within::Yes } else { Within::No }
    }
}

/// Of a wildcard, whether all names that it stands for must be inside, or whether one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WildcardReach {
    All,
    Any,
}

/// Whether names of this form can be compared with constraints here.
pub(super) fn is_comparable(form: &GeneralName) -> bool {
    use GeneralName as G;
    matches!(form, G::Dns(_) | G::Email(_) | G::Uri(_) | G::Directory(_) | G::Address(_))
}

/// Both are of one form.
pub(super) fn within(name: &GeneralName, base: &GeneralName, reach: WildcardReach) -> Within {
    use GeneralName as G;
    match (name, base) {
        (G::Dns(name), G::Dns(base)) => dns_within(name, base, reach).into(),
        (G::Email(name), G::Email(base)) => email_within(name, base),
        (G::Uri(name), G::Uri(base)) => uri_within(name, base),
        (G::Directory(name), G::Directory(base)) => directory_within(name, base).into(),
        (G::Address(name), G::Address(base)) => address_within(name, base),
        _ => Within::No,
    }
}

fn directory_within(name: &Name, base: &Name) -> bool {
    name.is_within(base)
}

/// A name is within itself and within every name to which labels can be added on the left; a leading dot asks for at least one.
fn dns_within(name: &str, base: &str, reach: WildcardReach) -> bool {
    let trimmed = |text: &'_ str| text.strip_suffix('.').map_or(text.len(), str::len);
    let (name, base) = (&name[..trimmed(name)], &base[..trimmed(base)]);
    if base.is_empty() {
        return true;
    }
    if let Some(parent) = name.strip_prefix("*.").filter(|_| reach == WildcardReach::Any) {
        // One label in place of the star makes it the base, where the base is a label below the wildcard's parent.
        if base.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(parent)) {
            return true;
        }
    }
    match split_before(name, base) {
        Some("") => !base.starts_with('.'),
        Some(left) => base.starts_with('.') || left.ends_with('.'),
        None => false,
    }
}

/// What stands before `end`, where `text` ends so without regard to case.
fn split_before<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let place = text.len().checked_sub(end.len())?;
    let (left, right) = (text.get(..place)?, text.get(place..)?);
    right.eq_ignore_ascii_case(end).then_some(left)
}

/// A mailbox, all mailboxes of a host, or (leading dot) of the hosts below a domain. Local parts compare by case (4.2.1.6).
fn email_within(name: &str, base: &str) -> Within {
    let Some((local, host)) = name.rsplit_once('@').filter(|(local, host)| !local.is_empty() && !host.is_empty()) else {
        return Within::Malformed(Term::MailboxIncomplete);
    };
    if local.contains('@') && !local.starts_with('"') {
        return Within::Malformed(Term::MailboxTwoAts);
    }
    match base.rsplit_once('@') {
        Some((base_local, base_host)) => (local == base_local && host.eq_ignore_ascii_case(base_host)).into(),
        None => host_within(host, base).into(),
    }
}

/// The host of the URI's authority (RFC 3986 3.2.2); one without a DNS name cannot be judged, so it fails a constraint.
fn uri_within(name: &str, base: &str) -> Within {
    let authority = name.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let host = authority.map(|authority| authority.rsplit('@').next().unwrap_or_default());
    let host = host.map(|host| if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() });
    match host {
        None | Some("") => Within::Malformed(Term::UriWithoutHost),
        Some(host) if host.starts_with('[') || host.parse::<IpAddr>().is_ok() => Within::Malformed(Term::UriHostIsAddress),
        Some(host) => host_within(host, base).into(),
    }
}

/// The host itself, or (leading dot) those below the domain.
fn host_within(host: &str, base: &str) -> bool {
    match base.starts_with('.') {
        true => split_before(host, base).is_some_and(|left| !left.is_empty()),
        false => base.is_empty() || host.eq_ignore_ascii_case(base),
    }
}

fn address_within(name: &[u8], base: &[u8]) -> Within {
    if name.len() != 4 && name.len() != 16 {
        return Within::Malformed(Term::AddressLength);
    }
    if base.len() != 2 * name.len() {
        return Within::No;
    }
    let (network, mask) = base.split_at(name.len());
    name.iter().zip(network).zip(mask).all(|((name, network), mask)| name & mask == network & mask).into()
}

/// Why a constraint is none that RFC 5280 4.2.1.10 allows; RFC 4632 3.1 wants the mask's ones in one piece.
pub(super) fn fault_of_constraint(base: &GeneralName) -> Option<Term> {
    match base {
        GeneralName::Address(bytes) => {
            let mask = match bytes.len() {
                8 | 32 => &bytes[bytes.len() / 2..],
                _ => return Some(Term::AddressConstraintLength),
            };
            let ones: u32 = mask.iter().map(|byte| byte.leading_ones()).sum();
            let all: u32 = mask.iter().map(|byte| byte.count_ones()).sum();
            let first_gap = mask.iter().position(|byte| *byte != 0xff).unwrap_or(mask.len());
            let rest_is_empty = mask.iter().skip(first_gap + 1).all(|byte| *byte == 0);
            (ones != all || !rest_is_empty).then_some(Term::AddressMask)
        }
        GeneralName::Dns(name) if name.starts_with("..") || name.contains('*') => Some(Term::DnsConstraint),
        GeneralName::Malformed { .. } => Some(Term::ConstraintUnreadable),
        _ => None,
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

    #[test]
    fn dns_constraints_take_labels_on_the_left() {
        for (name, base, reach, expected) in [
            ("a.example.org", "example.org", WildcardReach::All, true),
            ("example.org", "example.org", WildcardReach::All, true),
            ("badexample.org", "example.org", WildcardReach::All, false),
            ("example.org", ".example.org", WildcardReach::All, false),
            ("a.example.org", ".example.org", WildcardReach::All, true),
            ("anything", "", WildcardReach::All, true),
            ("*.example.org", "example.org", WildcardReach::All, true),
            ("*.example.org", "a.example.org", WildcardReach::All, false),
            ("*.example.org", "a.example.org", WildcardReach::Any, true),
            ("*.example.org", "a.b.example.org", WildcardReach::Any, false),
        ] {
            assert_eq!(within(&dns(name), &dns(base), reach), expected.into(), "{name} in {base}");
        }
    }

    #[test]
    fn mailboxes_hosts_and_addresses() {
        let email = |text: &str| GeneralName::Email(text.to_owned());
        let uri = |text: &str| GeneralName::Uri(text.to_owned());
        let all = |name: &GeneralName, base: &GeneralName| within(name, base, WildcardReach::All);
        assert_eq!(all(&email("a@Example.org"), &email("a@example.ORG")), Within::Yes);
        assert_eq!(all(&email("A@example.org"), &email("a@example.org")), Within::No);
        assert_eq!(all(&email("a@example.org"), &email("example.org")), Within::Yes);
        assert_eq!(all(&email("a@b.example.org"), &email("example.org")), Within::No);
        assert_eq!(all(&email("a@b.example.org"), &email(".example.org")), Within::Yes);
        assert!(matches!(all(&email("example.org"), &email("example.org")), Within::Malformed(_)));
        assert_eq!(all(&uri("https://u@a.example.org:1/x"), &uri(".example.org")), Within::Yes);
        assert_eq!(all(&uri("https://example.org/x"), &uri(".example.org")), Within::No);
        assert!(matches!(all(&uri("https://192.0.2.1/"), &uri("example.org")), Within::Malformed(_)));
        assert!(matches!(all(&uri("urn:x"), &uri("example.org")), Within::Malformed(_)));
        let net = GeneralName::Address(vec![192, 0, 2, 0, 255, 255, 255, 0]);
        assert_eq!(all(&GeneralName::Address(vec![192, 0, 2, 9]), &net), Within::Yes);
        assert_eq!(all(&GeneralName::Address(vec![192, 0, 3, 9]), &net), Within::No);
        assert_eq!(all(&GeneralName::Address(vec![0; 16]), &net), Within::No);
        assert_eq!(fault_of_constraint(&net), None);
        assert!(fault_of_constraint(&GeneralName::Address(vec![192, 0, 2, 0, 255, 0, 255, 0])).is_some());
        assert!(fault_of_constraint(&GeneralName::Address(vec![192, 0, 2, 0, 255, 255, 253, 0])).is_some());
        assert!(fault_of_constraint(&GeneralName::Address(vec![192, 0, 2, 0])).is_some());
    }
}
