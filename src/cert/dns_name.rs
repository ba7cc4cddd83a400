//! What is a DNS name: as the network has it, in ASCII (RFC 1123 2.1), and as people write it (RFC 5890)?

use super::escape;

/// RFC 1035 2.3.4, in characters.
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// In words that follow the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DnsNameError {
    #[error("not a host name or an IP address")]
    Ascii,
    #[cfg(feature = "idna")]
    #[error("not a valid internationalized host name (UTS 46, RFC 5891)")]
    International,
    #[cfg(not(feature = "idna"))]
    #[error("write the name in its xn-- form; this build does not convert it (feature `idna`)")]
    NotConverted,
}

/// The name in lower case and ASCII, each internationalized label as its A-label (`xn--`); a dot at its end stays.
pub fn dns_name(text: &str) -> Result<String, DnsNameError> {
    let ascii = if text.is_ascii() { text.to_ascii_lowercase() } else { converted(text)? };
    if is_dns_name(ascii.strip_suffix('.').unwrap_or(&ascii)) { Ok(ascii) } else { Err(DnsNameError::Ascii) }
}

/// Letters, digits, hyphens and, as seen in practice, underscores, in labels of at most 63 (RFC 1123 2.1).
pub fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(allowed) && !label.starts_with('-') && !label.ends_with('-')
    };
    !name.is_empty() && name.len() <= MAX_NAME && name.split('.').all(is_label)
}

/// `bücher.example (xn--bcher-kva.example)`, escaped; a name without an A-label, or with one that no label may have, as it is.
pub fn dns_name_words(ascii: &str) -> String {
    match written(ascii) {
        Some(text) => format!("{} ({})", escape(&text), escape(ascii)),
        None => escape(ascii),
    }
}

#[cfg(feature = "idna")]
fn converted(text: &str) -> Result<String, DnsNameError> {
    use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
    // Spaces and the like are no part of any host name, in whichever script the rest is.
    if text.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return Err(DnsNameError::Ascii);
    }
    let converted = Uts46::new().to_ascii(text.as_bytes(), AsciiDenyList::URL, Hyphens::Check, DnsLength::VerifyAllowRootDot);
    converted.map(std::borrow::Cow::into_owned).map_err(|_| DnsNameError::International)
}

#[cfg(not(feature = "idna"))]
fn converted(text: &str) -> Result<String, DnsNameError> {
    Err(if text.contains(char::is_whitespace) { DnsNameError::Ascii } else { DnsNameError::NotConverted })
}

#[cfg(feature = "idna")]
fn written(ascii: &str) -> Option<String> {
    use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
    let has_label = |label: &str| label.len() > 4 && label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    if !ascii.split('.').any(has_label) {
        return None;
    }
    let (text, valid) = Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::URL, Hyphens::Check);
    (valid.is_ok() && text != ascii).then(|| text.into_owned())
}

#[cfg(not(feature = "idna"))]
fn written(_: &str) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_names_are_lowered_and_checked() {
        assert_eq!(dns_name("WWW.Example.org."), Ok("www.example.org.".to_owned()));
        assert_eq!(dns_name("_a.r3---sn.test"), Ok("_a.r3---sn.test".to_owned()));
        for text in ["", ".", "a..b", "*.example.org", "-a.example", "a b", &"a".repeat(64)] {
            assert_eq!(dns_name(text), Err(DnsNameError::Ascii), "{text}");
        }
        assert_eq!(dns_name_words("a.test"), "a.test");
    }

    #[cfg(feature = "idna")]
    #[test]
    fn other_scripts_become_a_labels_and_are_shown_both_ways() {
        for (text, ascii) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example.", "xn--bcher-kva.example."),
            ("faß.de", "xn--fa-hia.de"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ] {
            assert_eq!(dns_name(text).as_deref(), Ok(ascii));
        }
        assert_eq!(dns_name_words("xn--bcher-kva.example"), "bücher.example (xn--bcher-kva.example)");
        // No label decodes to ASCII, or from this.
        for wrong in ["xn--a-.test", "xn--abc-.test", "xn--\u{7f}.test"] {
            assert_eq!(dns_name_words(wrong), escape(wrong));
        }
        for wrong in ["bü\u{301}\u{200d}.test", "a.\u{202e}b.test", &"ü".repeat(80), "ab--ü.test", "\u{301}a.test"] {
            assert_eq!(dns_name(wrong), Err(DnsNameError::International), "{wrong:?}");
        }
        assert_eq!(dns_name("ü b"), Err(DnsNameError::Ascii));
    }

    #[cfg(not(feature = "idna"))]
    #[test]
    fn other_scripts_are_refused_with_the_reason() {
        assert_eq!(dns_name("bücher.example"), Err(DnsNameError::NotConverted));
    }
}
