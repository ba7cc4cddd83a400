//! Which elements does this DER hold? For the structures that no other crate reads strictly enough: CRLs and OCSP responses.

use jiff::civil::DateTime;
use x509_parser::prelude::FromDer as _;

use super::field::{AlgorithmIdentifier, span_within};
use super::{GeneralName, Name, Time};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;

/// `[number]`, primitive and constructed (X.690 8.1.2).
pub(super) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

pub(super) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// Extensions of one CRL, entry or response; real ones have below ten. Each is compared with all, so their number is bounded.
const MAX_EXTENSIONS: usize = 100;
/// Names in one list of general names; a distribution point has one or two. CRLs' names are compared with certificates' one by one.
const MAX_GENERAL_NAMES: usize = 100;

/// One element; `whole` includes its header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

/// RFC 5280 4.1: an extension as a CRL, an entry or a response carries it; the content of its OID, and of its OCTET STRING.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawExtension<'a> {
    pub oid: &'a [u8],
    pub critical: bool,
    pub value: &'a [u8],
}

/// Elements one behind the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn next_tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element: a tag of one byte, a definite length in as few bytes as it takes (X.690 10.1).
    pub fn read(&mut self, what: &str) -> Result<Element<'a>, String> {
        let [tag, first, after @ ..] = self.rest else { return Err(format!("{what} is missing or ends too early")) };
        if tag & 0x1f == 0x1f {
            return Err(format!("{what} has a tag of more than one byte"));
        }
        let octets = match first {
            0..=0x7f => 0,
            0x81..=0x84 => usize::from(first & 0x7f),
            _ => return Err(format!("{what} has a length that DER does not allow")),
        };
        let digits = after.get(..octets).ok_or_else(|| format!("{what} ends too early"))?;
        let length = match digits {
            [] => usize::from(*first),
            [0, ..] | [0..=0x7f] => return Err(format!("{what} has a length that is not in DER")),
            _ => digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
        };
        let header = 2 + octets;
        let end = header.checked_add(length).filter(|end| *end <= self.rest.len());
        let end = end.ok_or_else(|| format!("{what} says {length} bytes, {} are there", self.rest.len() - header))?;
        let (whole, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(Element { tag: *tag, content: &whole[header..], whole })
    }

    pub fn expect(&mut self, tag: u8, what: &str) -> Result<Element<'a>, String> {
        let element = self.read(what)?;
        if element.tag == tag { Ok(element) } else { Err(format!("{what} has the tag {:#04x}, not {tag:#04x}", element.tag)) }
    }

    /// The next element, where it has this tag.
    pub fn optional(&mut self, tag: u8, what: &str) -> Result<Option<Element<'a>>, String> {
        if self.next_tag() == Some(tag) { self.read(what).map(Some) } else { Ok(None) }
    }

    /// A SEQUENCE, to read what is in it.
    pub fn sequence(&mut self, what: &str) -> Result<Reader<'a>, String> {
        Ok(Reader::new(self.expect(SEQUENCE, what)?.content))
    }

    /// Nothing may be left.
    pub fn finish(&self, what: &str) -> Result<(), String> {
        if self.rest.is_empty() { Ok(()) } else { Err(format!("{} trailing bytes after {what}", self.rest.len())) }
    }

    /// An AlgorithmIdentifier (RFC 5280 4.1.1.2), as parts of `whole`.
    pub fn algorithm(&mut self, whole: &[u8], what: &str) -> Result<AlgorithmIdentifier, String> {
        let mut parts = self.sequence(what)?;
        let oid = parts.expect(OID, what)?;
        let parameters = if parts.is_empty() { &[][..] } else { parts.read(what)?.whole };
        parts.finish(what)?;
        Ok(AlgorithmIdentifier { oid: span_within(whole, oid.content), parameters: span_within(whole, parameters) })
    }

    /// A BIT STRING's content without the count of unused bits.
    pub fn bits(&mut self, what: &str) -> Result<&'a [u8], String> {
        match self.expect(BIT_STRING, what)?.content {
            [0..=7, bits @ ..] if !bits.is_empty() => Ok(bits),
            _ => Err(format!("{what} is not a BIT STRING")),
        }
    }

    /// RFC 5280 4.1.2.4.
    pub fn name(&mut self, what: &str) -> Result<Name, String> {
        let element = self.expect(SEQUENCE, what)?;
        Name::from_der(element.whole).ok_or_else(|| format!("{what} is not a name"))
    }

    /// RFC 5280 4.1.2.5: UTCTime or GeneralizedTime, to the second, in UTC.
    pub fn time(&mut self, what: &str) -> Result<Time, String> {
        let element = self.read(what)?;
        time(element).ok_or_else(|| format!("{what} is not a time as RFC 5280 4.1.2.5 has it"))
    }
}

/// The elements of GeneralNames' content (RFC 5280 4.2.1.6); at least one.
pub(super) fn general_names(content: &[u8], what: &str) -> Result<Vec<GeneralName>, String> {
    let mut reader = Reader::new(content);
    let mut out = Vec::new();
    while !reader.is_empty() {
        if out.len() >= MAX_GENERAL_NAMES {
            return Err(format!("{what}: more than {MAX_GENERAL_NAMES} names"));
        }
        let element = reader.read(what)?;
        match x509_parser::extensions::GeneralName::from_der(element.whole) {
            Ok(([], name)) => out.push(GeneralName::new(&name)),
            _ => return Err(format!("{what} is not a general name")),
        }
    }
    if out.is_empty() { Err(format!("{what} names nothing")) } else { Ok(out) }
}

/// The extensions in the SEQUENCE that `content` is; at least one, none twice (RFC 5280 4.2).
pub(super) fn extensions<'a>(content: &'a [u8], what: &str) -> Result<Vec<RawExtension<'a>>, String> {
    let mut outer = Reader::new(content);
    let mut list = outer.sequence(what)?;
    outer.finish(what)?;
    let mut out: Vec<RawExtension<'_>> = Vec::new();
    while !list.is_empty() {
        let mut parts = list.sequence(what)?;
        let oid = parts.expect(OID, what)?.content;
        let critical = match parts.optional(BOOLEAN, what)?.map(|element| element.content) {
            None | Some([0]) => false,
            Some([0xff]) => true,
            Some(_) => return Err(format!("{what}: a BOOLEAN that is not in DER")),
        };
        let value = parts.expect(OCTET_STRING, what)?.content;
        parts.finish(what)?;
        if out.len() >= MAX_EXTENSIONS {
            return Err(format!("{what}: more than {MAX_EXTENSIONS}"));
        }
        if out.iter().any(|known| known.oid == oid) {
            return Err(format!("{what}: a duplicate, which RFC 5280 4.2 forbids"));
        }
        out.push(RawExtension { oid, critical, value });
    }
    if out.is_empty() { Err(format!("{what}: an empty list")) } else { Ok(out) }
}

/// The one element that `bytes` is.
pub(super) fn only<'a>(bytes: &'a [u8], tag: u8, what: &str) -> Result<&'a [u8], String> {
    let mut reader = Reader::new(bytes);
    let element = reader.expect(tag, what)?;
    reader.finish(what)?;
    Ok(element.content)
}

/// A DER BOOLEAN that is true by standing there; `FALSE` is the default and must be absent, and is let pass.
pub(super) fn flag(content: &[u8], what: &str) -> Result<bool, String> {
    match content {
        [0] => Ok(false),
        [0xff] => Ok(true),
        _ => Err(format!("{what} is not a BOOLEAN in DER")),
    }
}

/// The INTEGER's content, in as few bytes as it takes (X.690 8.3.2).
pub(super) fn integer<'a>(element: Element<'a>, what: &str) -> Result<&'a [u8], String> {
    match element.content {
        [] => Err(format!("{what} is an empty INTEGER")),
        [0, next, ..] if next & 0x80 == 0 => Err(format!("{what} is an INTEGER with a needless first byte")),
        [0xff, next, ..] if next & 0x80 != 0 => Err(format!("{what} is an INTEGER with a needless first byte")),
        content => Ok(content),
    }
}

pub(super) fn time(element: Element<'_>) -> Option<Time> {
    let digits = element.content.strip_suffix(b"Z")?;
    let pair = |place: usize| {
        let (tens, ones) = (digits.get(place)?, digits.get(place + 1)?);
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let (year, rest) = match (element.tag, digits.len()) {
        (UTC_TIME, 12) => {
            let year = pair(0)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, 2)
        }
        (GENERALIZED_TIME, 14) => (pair(0)? * 100 + pair(2)?, 4),
        _ => return None,
    };
    let byte = |place: usize| i8::try_from(pair(rest + place)?).ok();
    let moment = DateTime::new(i16::try_from(year).ok()?, byte(0)?, byte(2)?, byte(4)?, byte(6)?, byte(8)?, 0);
    moment.ok().map(Time::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_der_lengths_are_read() {
        for bytes in
            [&[0x30, 0x80][..], &[0x30, 0x81, 0x01, 0], &[0x30, 0x82, 0, 0x80], &[0x30, 0x85, 0, 0, 0, 0, 1], &[0x30, 2, 0], &[0x1f, 0]]
        {
            assert!(Reader::new(bytes).read("it").is_err(), "{bytes:x?}");
        }
        assert_eq!(Reader::new(&[4, 1, 7, 9]).read("it").map(|element| element.content), Ok(&[7][..]));
    }

    #[test]
    fn times_are_utc_to_the_second() {
        let read = |tag, text: &[u8]| time(Element { tag, content: text, whole: text }).map(Time::rfc3339);
        assert_eq!(read(UTC_TIME, b"170302001122Z").as_deref(), Some("2017-03-02T00:11:22Z"));
        assert_eq!(read(UTC_TIME, b"500101000000Z").as_deref(), Some("1950-01-01T00:00:00Z"));
        assert_eq!(read(GENERALIZED_TIME, b"20500101000000Z").as_deref(), Some("2050-01-01T00:00:00Z"));
        for (tag, text) in [
            (UTC_TIME, &b"1703020011Z"[..]),
            (UTC_TIME, b"170302001122+0100"),
            (UTC_TIME, b"171302001122Z"),
            (GENERALIZED_TIME, b"20170302001122.5Z"),
            (GENERALIZED_TIME, b"20170302001160Z"),
            (INTEGER, b"170302001122Z"),
        ] {
            assert_eq!(read(tag, text), None);
        }
    }
}
