//! DNS names and hosts under a constraint, label by label.

use super::super::Term;
use super::within::{WildcardReach, Within};

/// RFC 1035 2.3.4, in characters.
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// Labels of letters, digits, hyphens and, as seen in practice, underscores, without a dot at the end. Hyphens may stand anywhere: that
/// changes nothing about which labels are the same.
pub(super) fn are_labels(text: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(allowed)
    };
    text.len() <= MAX_NAME && text.split('.').all(is_label)
}

/// A name, or a wildcard whose star is its whole first label. A star elsewhere stands for what nobody agrees on, and what is not ASCII is
/// no A-label (RFC 9549 2).
pub(super) fn name(text: &str) -> Result<&str, Term> {
    if are_labels(text.strip_prefix("*.").unwrap_or(text)) { Ok(text) } else { Err(Term::DnsNameForm) }
}

/// RFC 5280 4.2.1.10, and a leading dot as verifiers in use take it; an empty one is every name.
pub(super) fn is_base(text: &str) -> bool {
    text.is_empty() || are_labels(text.strip_prefix('.').unwrap_or(text))
}

/// A name is within itself and within every name to which labels can be added on the left; a leading dot asks for at least one.
pub(super) fn within(name: &str, base: &str, reach: WildcardReach) -> Within {
    if base.is_empty() {
        return Within::Yes;
    }
    let is_inside = match split_before(name, base) {
        Some("") => !base.starts_with('.'),
        Some(left) => base.starts_with('.') || left.ends_with('.'),
        None => false,
    };
    // One label in place of the star makes it the base, where the base is a label below the wildcard's parent.
    let covers = || {
        let parent = name.strip_prefix("*.").filter(|_| reach == WildcardReach::Any);
        parent.zip(base.split_once('.')).is_some_and(|(parent, (label, rest))| !label.is_empty() && rest.eq_ignore_ascii_case(parent))
    };
    match is_inside {
        true => Within::Yes,
        false if covers() => Within::Covers,
        false => Within::No,
    }
}

/// The host itself, or (leading dot) those below the domain; an empty base is every host.
pub(super) fn host_within(host: &str, base: &str) -> bool {
    match base.starts_with('.') {
        true => split_before(host, base).is_some_and(|left| !left.is_empty()),
        false => base.is_empty() || host.eq_ignore_ascii_case(base),
    }
}

/// What stands before `end`, where `text` ends so without regard to case.
fn split_before<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let place = text.len().checked_sub(end.len())?;
    let (left, right) = (text.get(..place)?, text.get(place..)?);
    right.eq_ignore_ascii_case(end).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_take_labels_on_the_left() {
        use WildcardReach::{All, Any};
        for (name, base, reach, expected) in [
            ("a.example.org", "example.org", All, Within::Yes),
            ("EXAMPLE.org", "example.ORG", All, Within::Yes),
            ("badexample.org", "example.org", All, Within::No),
            ("example.org", ".example.org", All, Within::No),
            ("a.example.org", ".example.org", All, Within::Yes),
            ("anything", "", All, Within::Yes),
            ("*.example.org", "example.org", All, Within::Yes),
            ("*.example.org", "a.example.org", All, Within::No),
            ("*.example.org", "a.example.org", Any, Within::Covers),
            ("*.a.example.org", "a.example.org", Any, Within::Yes),
            ("*.example.org", "a.b.example.org", Any, Within::No),
            ("*.example.org", ".a.example.org", Any, Within::No),
            ("xn--bcher-kva.example", "XN--BCHER-KVA.example", Any, Within::Yes),
        ] {
            assert_eq!(within(name, base, reach), expected, "{name} in {base}");
        }
    }

    #[test]
    fn what_is_no_name_is_told() {
        for sound in ["a", "a.b", "*.a.b", "_x.a-b.c-", "192.0.2.1", &["a"; 127].join(".")] {
            assert_eq!(name(sound), Ok(sound));
        }
        let long = "a".repeat(64);
        for wrong in
            ["", ".", "a.", ".a", "a..b", "*", "*.", "a*.b", "a.*.b", "**.b", "a b", " ", "a\0.b", "b\u{fc}cher.b", "a@b", "a/b", &long]
        {
            assert_eq!(name(wrong), Err(Term::DnsNameForm), "{wrong:?}");
        }
        for (base, sound) in [
            ("", true),
            (".a.b", true),
            ("a", true),
            (".", false),
            ("..a", false),
            ("*.a", false),
            ("a.", false),
            ("@a", false),
            ("\u{fc}", false),
        ] {
            assert_eq!(is_base(base), sound, "{base:?}");
        }
    }
}
