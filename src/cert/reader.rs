//! Which elements does this DER hold? For the structures that no other crate reads strictly enough: extensions that decide, CRLs and OCSP
//! responses. DER only; every field in its order, at most once, none left over.

use jiff::civil::DateTime;

use super::field::{AlgorithmIdentifier, span_within};
use super::misread::{Fault, Misread};
use super::{Name, Time};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const UTF8_STRING: u8 = 0x0c;
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

    /// What is in the SEQUENCE that is the whole of `value`.
    pub fn of_sequence(value: &'a [u8], field: &'static str) -> Result<Self, Misread> {
        only(value, SEQUENCE, field).map(Self::new)
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn next_tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element: a tag of one byte, a definite length in as few bytes as it takes (X.690 10.1).
    pub fn read(&mut self, field: &'static str) -> Result<Element<'a>, Misread> {
        let wrong = |fault| Err(Misread::new(field, fault));
        let [tag, first, after @ ..] = self.rest else {
            return wrong(if self.rest.is_empty() { Fault::Missing } else { Fault::EndsEarly });
        };
        if tag & 0x1f == 0x1f {
            return wrong(Fault::LongTag);
        }
        let octets = match first {
            0..=0x7f => 0,
            0x81..=0x84 => usize::from(first & 0x7f),
            _ => return wrong(Fault::Length),
        };
        let Some(digits) = after.get(..octets) else { return wrong(Fault::EndsEarly) };
        let length = match digits {
            [] => usize::from(*first),
            [0, ..] | [0..=0x7f] => return wrong(Fault::Length),
            _ => digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
        };
        let header = 2 + octets;
        let Some(end) = header.checked_add(length).filter(|end| *end <= self.rest.len()) else {
            return wrong(Fault::Overrun { announced: length, present: self.rest.len() - header });
        };
        let (whole, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(Element { tag: *tag, content: &whole[header..], whole })
    }

    pub fn expect(&mut self, tag: u8, field: &'static str) -> Result<Element<'a>, Misread> {
        let element = self.read(field)?;
        if element.tag == tag { Ok(element) } else { Err(Misread::new(field, Fault::Tag { found: element.tag, expected: tag })) }
    }

    /// The next element, where it has this tag.
    pub fn optional(&mut self, tag: u8, field: &'static str) -> Result<Option<Element<'a>>, Misread> {
        if self.next_tag() == Some(tag) { self.read(field).map(Some) } else { Ok(None) }
    }

    /// A SEQUENCE, to read what is in it.
    pub fn sequence(&mut self, field: &'static str) -> Result<Reader<'a>, Misread> {
        Ok(Reader::new(self.expect(SEQUENCE, field)?.content))
    }

    /// Nothing may be left.
    pub fn finish(&self, field: &'static str) -> Result<(), Misread> {
        if self.rest.is_empty() { Ok(()) } else { Err(Misread::new(field, Fault::Trailing { bytes: self.rest.len() })) }
    }

    /// Nothing may be left of a structure of optional fields: a field of `known` is repeated or out of order, another one unknown.
    pub fn finish_fields(&self, known: &[u8], field: &'static str) -> Result<(), Misread> {
        match self.next_tag() {
            None => Ok(()),
            Some(tag) if known.contains(&tag) => Err(Misread::new(field, Fault::Misplaced { tag })),
            Some(tag) => Err(Misread::new(field, Fault::Unknown { tag })),
        }
    }

    /// An OBJECT IDENTIFIER's content, in its shortest form (X.690 8.19).
    pub fn oid(&mut self, field: &'static str) -> Result<&'a [u8], Misread> {
        let content = self.expect(OID, field)?.content;
        if is_oid(content) { Ok(content) } else { Err(Misread::new(field, Fault::Identifier)) }
    }

    /// An AlgorithmIdentifier (RFC 5280 4.1.1.2), as parts of `whole`.
    pub fn algorithm(&mut self, whole: &[u8], field: &'static str) -> Result<AlgorithmIdentifier, Misread> {
        let mut parts = self.sequence(field)?;
        let oid = parts.expect(OID, field)?;
        let parameters = if parts.is_empty() { &[][..] } else { parts.read(field)?.whole };
        parts.finish(field)?;
        Ok(AlgorithmIdentifier { oid: span_within(whole, oid.content), parameters: span_within(whole, parameters) })
    }

    /// A BIT STRING's content without the count of unused bits.
    pub fn bits(&mut self, field: &'static str) -> Result<&'a [u8], Misread> {
        match self.expect(BIT_STRING, field)?.content {
            [0..=7, bits @ ..] if !bits.is_empty() => Ok(bits),
            _ => Err(Misread::new(field, Fault::BitString)),
        }
    }

    /// RFC 5280 4.1.2.4.
    pub fn name(&mut self, field: &'static str) -> Result<Name, Misread> {
        let element = self.expect(SEQUENCE, field)?;
        Name::from_der(element.whole).ok_or(Misread::new(field, Fault::Name))
    }

    /// RFC 5280 4.1.2.5: UTCTime or GeneralizedTime, to the second, in UTC.
    pub fn time(&mut self, field: &'static str) -> Result<Time, Misread> {
        let element = self.read(field)?;
        time(element).ok_or(Misread::new(field, Fault::Time))
    }
}

/// The extensions in the SEQUENCE that `content` is; at least one, none twice (RFC 5280 4.2).
pub(super) fn extensions<'a>(content: &'a [u8], field: &'static str) -> Result<Vec<RawExtension<'a>>, Misread> {
    let wrong = |fault| Err(Misread::new(field, fault));
    let mut list = Reader::of_sequence(content, field)?;
    let mut out: Vec<RawExtension<'_>> = Vec::new();
    while !list.is_empty() {
        let mut parts = list.sequence(field)?;
        let oid = parts.expect(OID, field)?.content;
        let critical = parts.optional(BOOLEAN, field)?.map_or(Ok(false), |element| flag(element.content, field))?;
        let value = parts.expect(OCTET_STRING, field)?.content;
        parts.finish(field)?;
        if out.len() >= MAX_EXTENSIONS {
            return wrong(Fault::TooMany { limit: MAX_EXTENSIONS });
        }
        if out.iter().any(|known| known.oid == oid) {
            return wrong(Fault::Duplicate);
        }
        out.push(RawExtension { oid, critical, value });
    }
    if out.is_empty() { wrong(Fault::Empty) } else { Ok(out) }
}

/// The one element that `bytes` is.
pub(super) fn only<'a>(bytes: &'a [u8], tag: u8, field: &'static str) -> Result<&'a [u8], Misread> {
    let mut reader = Reader::new(bytes);
    let element = reader.expect(tag, field)?;
    reader.finish(field)?;
    Ok(element.content)
}

/// A DER BOOLEAN that is true by standing there; `FALSE` is the default and must be absent, and is let pass: it has one meaning.
pub(super) fn flag(content: &[u8], field: &'static str) -> Result<bool, Misread> {
    match content {
        [0] => Ok(false),
        [0xff] => Ok(true),
        _ => Err(Misread::new(field, Fault::Boolean)),
    }
}

/// An INTEGER's content, in as few bytes as it takes (X.690 8.3.2).
pub(super) fn integer<'a>(content: &'a [u8], field: &'static str) -> Result<&'a [u8], Misread> {
    match content {
        [] => Err(Misread::new(field, Fault::Integer)),
        [0, next, ..] if next & 0x80 == 0 => Err(Misread::new(field, Fault::Integer)),
        [0xff, next, ..] if next & 0x80 != 0 => Err(Misread::new(field, Fault::Integer)),
        content => Ok(content),
    }
}

/// An INTEGER's content as a number of at least 0; `None` where it is above 32 bits.
pub(super) fn number(content: &[u8], field: &'static str) -> Result<Option<u32>, Misread> {
    match integer(content, field)? {
        [first, ..] if first & 0x80 != 0 => Err(Misread::new(field, Fault::Negative)),
        digits => Ok(digits.iter().try_fold(0_u32, |value, byte| value.checked_mul(256)?.checked_add(u32::from(*byte)))),
    }
}

/// A BIT STRING's named bits, at most `count` of them: bit 0 is the highest of the first byte. Unused bits are zero, and no other bit is
/// set (X.690 11.2).
pub(super) fn named_bits(content: &[u8], count: usize, field: &'static str) -> Result<u16, Misread> {
    let wrong = |fault| Err(Misread::new(field, fault));
    let [unused @ 0..=7, bytes @ ..] = content else { return wrong(Fault::BitString) };
    match bytes.last() {
        None if *unused > 0 => return wrong(Fault::BitString),
        Some(last) if last.trailing_zeros() < u32::from(*unused) => return wrong(Fault::UnusedBits),
        _ => {}
    }
    let is_set = |bit: usize| bytes.get(bit / 8).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0);
    if (count..bytes.len() * 8).any(is_set) {
        return wrong(Fault::UndefinedBit);
    }
    Ok((0..count.min(16)).filter(|bit| is_set(*bit)).fold(0, |bits, bit| bits | 1 << bit))
}

/// The content of an OBJECT IDENTIFIER: whole, and no arc with needless bytes (X.690 8.19).
pub(super) fn is_oid(content: &[u8]) -> bool {
    let ends = content.last().is_some_and(|last| last & 0x80 == 0);
    let mut starts_arc = true;
    let shortest = content.iter().all(|byte| {
        let padded = starts_arc && *byte == 0x80;
        starts_arc = byte & 0x80 == 0;
        !padded
    });
    ends && shortest
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

    #[test]
    fn fields_stand_once_and_in_order() {
        let known = [primitive(0), primitive(1)];
        let fault = |bytes: &[u8]| {
            let mut reader = Reader::new(bytes);
            for tag in known {
                reader.optional(tag, "it").unwrap();
            }
            reader.finish_fields(&known, "it").err().map(|misread| misread.fault)
        };
        assert_eq!((fault(&[0x80, 0, 0x81, 0]), fault(&[0x81, 0])), (None, None));
        assert_eq!(fault(&[0x81, 0, 0x80, 0]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!(fault(&[0x80, 0, 0x80, 0]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!(fault(&[0x80, 0, 0x82, 0]), Some(Fault::Unknown { tag: 0x82 }));
    }

    #[test]
    fn named_bits_have_one_meaning() {
        let bits = |content: &[u8]| named_bits(content, 9, "it").map_err(|misread| misread.fault);
        assert_eq!((bits(&[0]), bits(&[1, 6]), bits(&[7, 0, 0x80]), bits(&[0, 6, 0])), (Ok(0), Ok(0b110_0000), Ok(0x100), Ok(0b110_0000)));
        assert_eq!((bits(&[]), bits(&[8, 0]), bits(&[1])), (Err(Fault::BitString), Err(Fault::BitString), Err(Fault::BitString)));
        assert_eq!((bits(&[2, 6]), bits(&[6, 0, 0x40])), (Err(Fault::UnusedBits), Err(Fault::UndefinedBit)));
    }

    #[test]
    fn numbers_are_not_negative_and_short() {
        let read = |content: &[u8]| number(content, "it").map_err(|misread| misread.fault);
        assert_eq!((read(&[0]), read(&[0, 0x80]), read(&[1, 0, 0, 0, 0])), (Ok(Some(0)), Ok(Some(128)), Ok(None)));
        assert_eq!((read(&[0xff]), read(&[0, 1]), read(&[])), (Err(Fault::Negative), Err(Fault::Integer), Err(Fault::Integer)));
    }
}
