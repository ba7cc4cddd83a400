//! Which base64 in a text without PEM markers is a certificate, or a PEM file? Kubernetes' `*-data` and Secrets, `x5c` of JSON Web
//! Keys, SAML metadata, and what is left when someone copies a PEM block without its first and last line.
//!
//! Found by what it decodes to, not by the names around it, so that YAML, JSON, XML and plain text need no reader of their own.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{GeneralPurposeConfig, STANDARD_NO_PAD};

/// `-----BEGIN `, less the last bits that depend on what follows.
pub(super) const PEM: &[u8] = b"LS0tLS1CRUdJTi";
/// A SEQUENCE with a length of two bytes: 30 82, and of the next byte nothing.
const DER: &[u8] = b"MI";
/// Shortest base64 that is tried: no certificate, CRL or key is below 96 bytes.
const LEAST: usize = 128;

/// With or without padding: JSON Web Keys and hasty copies have none.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
);

/// Characters of what begins like a certificate and does not go on like one, from which on it was meant to be one: prose has no such words.
const MEANT: usize = 40;

/// Base64 that begins like a certificate or a PEM file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Of its first character.
    pub offset: usize,
    pub decoded: Result<Vec<u8>, Wrong>,
}

/// Why it does not decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The offset of the first character that does not belong.
    Character(usize),
    /// Bytes that its DER says, and that are there.
    Short { says: usize, there: usize },
}

/// Every such piece of `text`, in its order.
pub(super) fn pieces(text: &[u8]) -> impl Iterator<Item = Piece> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = text.get(offset..).filter(|rest| rest.len() >= LEAST) {
            let start = offset + rest.iter().position(|byte| is_base64(*byte))?;
            let here = text.get(start..)?;
            let run = here.iter().take_while(|byte| is_base64(**byte)).count();
            let (found, used) = if here.starts_with(PEM) {
                let (characters, used) = lines(here);
                let is_ended = here.get(used).is_none_or(|byte| ends_a_value(*byte));
                let wrong = Wrong::Character(used);
                (Some(if is_ended { LENIENT.decode(characters).map_err(|_| wrong) } else { Err(wrong) }), used)
            } else if here.starts_with(DER) {
                der(here).map_or((None, run), |(der, used)| (Some(der), used.max(run)))
            } else {
                (None, run)
            };
            offset = start + used;
            let is_meant = |found: &Result<Vec<u8>, Wrong>| match found {
                Ok(decoded) => decoded.len() >= LEAST / 4 * 3,
                Err(_) => run >= MEANT,
            };
            if let Some(decoded) = found.filter(is_meant) {
                let decoded = decoded.map_err(|wrong| match wrong {
                    Wrong::Character(at) => Wrong::Character(start + at),
                    short @ Wrong::Short { .. } => short,
                });
                return Some(Piece { offset: start, decoded });
            }
        }
        None
    })
}

/// Padding ends a run; it is decoded as it comes.
fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// What may stand behind a value without a word on what is in it.
fn ends_a_value(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b'<' | b'}' | b']' | b')' | b';' | b'\\' | b'|' | b'-' | b'`' | 0)
}

/// As many bytes as the DER that `text` begins with says it has, over line ends and indents, or why there are not so many; and the
/// characters used. `None`: it begins with no DER.
fn der(text: &[u8]) -> Option<(Result<Vec<u8>, Wrong>, usize)> {
    let head = STANDARD_NO_PAD.decode(text.get(..8)?).ok()?;
    let [0x30, first, rest @ ..] = head.as_slice() else { return None };
    let length = match first {
        0x81 => 3 + usize::from(*rest.first()?),
        0x82 => 4 + rest.get(..2)?.iter().fold(0, |length, octet| length << 8 | usize::from(*octet)),
        0x83 => 5 + rest.get(..3)?.iter().fold(0, |length, octet| length << 8 | usize::from(*octet)),
        _ => return None,
    };
    let wanted = (length * 4).div_ceil(3);
    let mut characters = Vec::with_capacity(wanted.min(text.len()));
    let mut place = 0;
    while characters.len() < wanted {
        match text.get(place..).unwrap_or_default() {
            // Between the lines of one value; and as JSON writes them.
            [b'\\', b'n' | b'r', ..] => place += 1,
            [byte, ..] if is_base64(*byte) && *byte != b'=' => characters.push(*byte),
            [byte, ..] if byte.is_ascii_whitespace() => {}
            [byte, ..] if !ends_a_value(*byte) => return Some((Err(Wrong::Character(place)), place)),
            _ => return Some((Err(Wrong::Short { says: length, there: characters.len() / 4 * 3 }), place)),
        }
        place += 1;
    }
    Some((LENIENT.decode(&characters).map_err(|_| Wrong::Character(place)), place))
}

/// A value of one line, and the lines behind it that hold nothing but base64; and the characters used.
fn lines(text: &[u8]) -> (Vec<u8>, usize) {
    let run = |text: &[u8]| text.iter().take_while(|byte| is_base64(**byte)).count();
    let mut used = run(text);
    let mut characters = text[..used].to_vec();
    while let Some(rest) = text.get(used..) {
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let length = run(&rest[blank..]);
        let ends = rest.get(blank + length).is_none_or(|byte| byte.is_ascii_whitespace());
        if blank == 0 || length == 0 || !ends {
            break;
        }
        characters.extend_from_slice(&rest[blank..blank + length]);
        used += blank + length;
    }
    (characters, used)
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    fn der_of(length: u16) -> Vec<u8> {
        let [high, low] = length.to_be_bytes();
        [&[0x30, 0x82, high, low][..], &vec![7; usize::from(length)]].concat()
    }

    fn wrapped(text: &str, width: usize, between: &str) -> String {
        text.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect::<Vec<_>>().join(between)
    }

    fn found(text: &str) -> Vec<Vec<u8>> {
        pieces(text.as_bytes()).filter_map(|piece| piece.decoded.ok()).collect()
    }

    #[test]
    fn der_is_found_in_any_dress() {
        let (a, b) = (der_of(300), der_of(301));
        let (first, second) = (STANDARD.encode(&a), STANDARD.encode(&b));
        for text in [
            format!("{{\"x5c\": [\"{first}\", \"{second}\"]}}"),
            format!("<X509Certificate>{}</X509Certificate><X509Certificate>{second}</X509Certificate>", wrapped(&first, 64, "\n   ")),
            format!("{first}\r\n\r\n{}", wrapped(&second, 76, "\r\n")),
            format!("\"{}\", \"{}\"", wrapped(&first, 64, "\\n"), second.trim_end_matches('=')),
        ] {
            assert_eq!(found(&text), [a.clone(), b.clone()], "{text}");
        }
    }

    #[test]
    fn a_pem_file_in_base64_is_found() {
        let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(der_of(200)));
        let encoded = STANDARD.encode(&pem);
        let yaml = format!("clusters:\n- certificate-authority-data: {encoded}\n  server: https://a\n");
        assert_eq!(found(&yaml), [pem.clone().into_bytes()]);
        let block = format!("data:\n  tls.crt: |\n    {}\n  type: x\n", wrapped(&encoded, 76, "\n    "));
        assert_eq!(found(&block), [pem.into_bytes()]);
    }

    #[test]
    fn other_text_holds_nothing() {
        assert!(found(&"MIx ".repeat(100)).is_empty());
        assert!(found(&"MILLIONS of words and no certificate ".repeat(10)).is_empty());
        assert!(found(&STANDARD.encode(der_of(300))[..200]).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((MI|MII|LS0tLS1CRUdJTi|A|=|/|[ \n]|\\\\n){0,200})") {
            let _ = found(&text);
        }
    }
}
