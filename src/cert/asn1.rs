//! The elements of any DER, as a tree: where each stands, how long it is, what it is called and what it says. Works on bytes that are no
//! certificate; what is malformed is shown as such, and what stands before it is shown whole.

use super::{escape, hex, oid_name};

/// Elements inside one another; a certificate's extensions are at ten.
pub const MAX_DEPTH: usize = 48;
/// Elements of one tree: a CRL of ten thousand entries has four times as many.
pub const MAX_NODES: usize = 50_000;
/// Bytes of a value that are shown in hexadecimal.
const MAX_HEX: usize = 64;

/// One element, in the order of the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asn1 {
    /// How many elements it stands in.
    pub depth: usize,
    /// Of its first byte.
    pub offset: usize,
    /// Bytes of identifier and length, and of the contents.
    pub header: usize,
    pub length: usize,
    /// `SEQUENCE`, `[3]`, `OBJECT IDENTIFIER`.
    pub name: String,
    /// What it says, escaped; empty for what only holds others.
    pub value: String,
    /// It holds others: as its contents, or within its string.
    pub holds: bool,
    /// It is not an element: why not; the length is that of the rest.
    pub malformed: bool,
    /// It can be read, but DER writes it otherwise (X.690 10.1).
    pub flaw: Option<&'static str>,
}

impl Asn1 {
    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.offset + self.header + self.length
    }
}

/// The elements of `bytes`, those that hold others before these. A limit ends the list with a malformed element that says so.
pub fn asn1(bytes: &[u8]) -> Vec<Asn1> {
    let mut out = Vec::new();
    walk(bytes, 0, 0, &mut out);
    out
}

struct Header {
    class: u8,
    constructed: bool,
    number: u32,
    header: usize,
    length: usize,
    flaw: Option<&'static str>,
}

fn walk(bytes: &[u8], base: usize, depth: usize, out: &mut Vec<Asn1>) {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let broken = |why: &str| Asn1 {
            depth,
            offset: base + at,
            header: 0,
            length: rest.len(),
            name: "not DER".to_owned(),
            value: format!("{why}: {}", shortened(rest)),
            holds: false,
            malformed: true,
            flaw: None,
        };
        if out.len() >= MAX_NODES {
            out.push(broken("limit: more elements are not shown"));
            return;
        }
        let header = match header(rest) {
            Ok(header) => header,
            Err(why) => {
                out.push(broken(why));
                return;
            }
        };
        let content = rest.get(header.header..header.header + header.length).unwrap_or_default();
        let inside = inside(&header, content, depth);
        out.push(Asn1 {
            depth,
            offset: base + at,
            header: header.header,
            length: header.length,
            name: name(&header),
            value: if header.constructed { String::new() } else { value(&header, content, inside.is_some()) },
            holds: inside.is_some(),
            malformed: false,
            flaw: header.flaw,
        });
        if let Some(skipped) = inside {
            let start = base + at + header.header + skipped;
            let held = content.get(skipped..).unwrap_or_default();
            if depth + 1 < MAX_DEPTH {
                walk(held, start, depth + 1, out);
            } else if !held.is_empty() {
                let broken = broken("limit: what stands deeper is not taken apart");
                out.push(Asn1 { depth: depth + 1, offset: start, length: held.len(), ..broken });
            }
        }
        at += header.header + header.length;
    }
}

/// X.690 8.1.2, 8.1.3.
fn header(bytes: &[u8]) -> Result<Header, &'static str> {
    let (first, mut rest) = bytes.split_first().ok_or("cut short")?;
    let mut number = u32::from(first & 0x1f);
    if number == 0x1f {
        number = 0;
        loop {
            let (octet, behind) = rest.split_first().ok_or("cut short in its identifier")?;
            rest = behind;
            number =
                number.checked_mul(128).and_then(|number| number.checked_add(u32::from(octet & 0x7f))).ok_or("a tag beyond 32 bits")?;
            if octet & 0x80 == 0 {
                break;
            }
        }
    }
    let (first_length, mut rest) = rest.split_first().ok_or("cut short in its length")?;
    let mut length = usize::from(*first_length);
    if *first_length == 0x80 {
        return Err("indefinite length, which DER does not have");
    }
    if *first_length > 0x80 {
        length = 0;
        for _ in 0..first_length & 0x7f {
            let (octet, behind) = rest.split_first().ok_or("cut short in its length")?;
            rest = behind;
            length =
                length.checked_mul(256).and_then(|length| length.checked_add(usize::from(*octet))).ok_or("a length beyond all memory")?;
        }
    }
    if length > rest.len() {
        return Err("longer than what holds it");
    }
    let header = bytes.len() - rest.len();
    let identifier = if first & 0x1f == 0x1f && number < 0x1f { Some("a tag in more bytes than it takes") } else { None };
    let octets = usize::from(first_length.saturating_sub(0x80));
    let top = u32::try_from(octets.saturating_sub(1) * 8).ok().and_then(|bits| length.checked_shr(bits)).unwrap_or(0);
    let is_longer = *first_length > 0x80 && (length < 0x80 || top == 0);
    let flaw = identifier.or(is_longer.then_some("a length in more bytes than it takes"));
    Ok(Header { class: first >> 6, constructed: first & 0x20 != 0, number, header, length, flaw })
}

/// Whether other elements are inside, and behind how many bytes: constructed ones have them; strings may hold DER of their own.
fn inside(header: &Header, content: &[u8], depth: usize) -> Option<usize> {
    if header.constructed {
        return Some(0);
    }
    let skipped = match (header.class, header.number) {
        (0, 4) => 0,
        (0, 3) if content.first() == Some(&0) => 1,
        _ => return None,
    };
    let held = content.get(skipped..).filter(|held| held.len() > 1)?;
    is_whole(held, depth).then_some(skipped)
}

/// Whether bytes are elements to their end, as far as is looked: random bytes hardly ever are.
fn is_whole(bytes: &[u8], depth: usize) -> bool {
    // What is primitive and no string of DER is no proof: keys' own bytes often begin like one short element.
    let mut rest = bytes;
    let mut first = true;
    while !rest.is_empty() {
        let Ok(found) = header(rest) else { return false };
        let known = found.class != 0 || matches!(found.number, 1..=6 | 10 | 12 | 16..=30);
        if !known || found.flaw.is_some() || (first && found.class == 1) {
            return false;
        }
        let content = rest.get(found.header..found.header + found.length).unwrap_or_default();
        if found.constructed && (depth >= MAX_DEPTH || !is_whole(content, depth + 1)) {
            return false;
        }
        first = false;
        rest = rest.get(found.header + found.length..).unwrap_or_default();
    }
    true
}

fn name(header: &Header) -> String {
    let number = header.number;
    match header.class {
        0 => universal(number),
        1 => format!("APPLICATION {number}"),
        2 => format!("[{number}]"),
        _ => format!("PRIVATE {number}"),
    }
}

/// The name of a universal type.
pub(super) fn universal(number: u32) -> String {
    UNIVERSAL.iter().find(|(known, _)| *known == number).map_or_else(|| format!("UNIVERSAL {number}"), |(_, name)| (*name).to_owned())
}

/// X.680 8.4.
const UNIVERSAL: [(u32, &str); 22] = [
    (1, "BOOLEAN"),
    (2, "INTEGER"),
    (3, "BIT STRING"),
    (4, "OCTET STRING"),
    (5, "NULL"),
    (6, "OBJECT IDENTIFIER"),
    (10, "ENUMERATED"),
    (12, "UTF8String"),
    (13, "RELATIVE-OID"),
    (16, "SEQUENCE"),
    (17, "SET"),
    (18, "NumericString"),
    (19, "PrintableString"),
    (20, "TeletexString"),
    (21, "VideotexString"),
    (22, "IA5String"),
    (23, "UTCTime"),
    (24, "GeneralizedTime"),
    (26, "VisibleString"),
    (27, "GeneralString"),
    (28, "UniversalString"),
    (30, "BMPString"),
];

fn value(header: &Header, content: &[u8], holds: bool) -> String {
    if holds {
        return format!("{} bytes, which hold", content.len());
    }
    match (header.class, header.number) {
        (0, 1) => match content {
            [0] => "FALSE".to_owned(),
            [0xff] => "TRUE".to_owned(),
            other => format!("{} (DER writes ff for TRUE)", hex(other)),
        },
        (0, 2 | 10) if content.len() <= 8 => number(content).map_or_else(|| shortened(content), |number| number.to_string()),
        (0, 5) => String::new(),
        (0, 6) => oid_name(content),
        (0, 3) => match content.split_first() {
            Some((unused, bits)) if *unused > 0 => format!("{} ({unused} bits unused)", shortened(bits)),
            Some((_, bits)) => shortened(bits),
            None => "empty, without its count of unused bits".to_owned(),
        },
        (0, 12 | 18..=24 | 26 | 27) => escape(&String::from_utf8_lossy(content)),
        (0, 30) => {
            let units: Vec<u16> = content.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            escape(&String::from_utf16_lossy(&units))
        }
        // RFC 5280 4.2.1.6: names and URLs by an implicit tag.
        (2, 1 | 2 | 6) if !content.is_empty() && content.iter().all(|byte| (0x20..0x7f).contains(byte)) => {
            escape(&String::from_utf8_lossy(content))
        }
        _ => shortened(content),
    }
}

/// Two's complement of up to eight bytes.
fn number(content: &[u8]) -> Option<i64> {
    let first = *content.first()?;
    let start = if first & 0x80 == 0 { 0 } else { -1 };
    Some(content.iter().fold(start, |number: i64, byte| number << 8 | i64::from(*byte)))
}

fn shortened(bytes: &[u8]) -> String {
    let shown = hex(bytes.get(..MAX_HEX).unwrap_or(bytes));
    if bytes.len() > MAX_HEX { format!("{shown}… ({} bytes)", bytes.len()) } else { shown }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        asn1(bytes)
            .iter()
            .map(|one| format!("{}{}@{} {}", " ".repeat(one.depth), one.name, one.offset, one.value).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn strings_that_hold_der_are_opened() {
        let key_usage = [0x30, 14, 6, 3, 0x55, 0x1d, 0x0f, 1, 1, 0xff, 4, 4, 3, 2, 1, 6];
        assert_eq!(
            lines(&key_usage),
            [
                "SEQUENCE@0",
                " OBJECT IDENTIFIER@2 Key Usage",
                " BOOLEAN@7 TRUE",
                " OCTET STRING@10 4 bytes, which hold",
                "  BIT STRING@12 06 (1 bits unused)"
            ]
        );
        assert_eq!(lines(&[4, 3, 1, 2, 3]), ["OCTET STRING@0 010203"]);
        assert_eq!(lines(&[2, 2, 0xff, 0x7f]), ["INTEGER@0 -129"]);
    }

    #[test]
    fn what_is_no_der_is_shown_as_such() {
        assert_eq!(
            lines(&[0x30, 2, 5, 0, 0xff]),
            ["SEQUENCE@0", " NULL@2", "not DER@4 cut short in its identifier: ff"].map(str::to_owned)
        );
        assert_eq!(lines(&[0x30, 9, 5, 0]), ["not DER@0 longer than what holds it: 30090500"]);
        assert_eq!(lines(&[0x30, 0x80, 0, 0]), ["not DER@0 indefinite length, which DER does not have: 30800000"]);
        assert_eq!(lines(&[]), [""; 0]);
        let deep = (0..200).fold(vec![5, 0], |inside: Vec<u8>, _| {
            [&[0x30, 0x82], &u16::try_from(inside.len()).unwrap().to_be_bytes()[..], &inside].concat()
        });
        assert_eq!(asn1(&deep).len(), MAX_DEPTH + 1);
        assert!(asn1(&deep).last().unwrap().value.starts_with("limit: what stands deeper"));
    }

    #[test]
    fn what_der_writes_otherwise_is_read_and_said() {
        let flaw = |bytes: &[u8]| asn1(bytes)[0].flaw;
        assert_eq!(flaw(&[0x30, 0x81, 2, 5, 0]), Some("a length in more bytes than it takes"));
        assert_eq!(flaw(&[[4, 0x82, 0, 0x80].as_slice(), &[0; 128]].concat()), Some("a length in more bytes than it takes"));
        assert_eq!(flaw(&[[4, 0x81, 0x80].as_slice(), &[0; 128]].concat()), None);
        assert_eq!(flaw(&[0x1f, 0x05, 0]), Some("a tag in more bytes than it takes"));
        assert_eq!(flaw(&[4, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7]), Some("a length in more bytes than it takes"));
    }

    proptest! {
        #[test]
        fn no_bytes_panic_and_every_element_lies_within_them(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for one in asn1(&bytes) {
                prop_assert!(one.end() <= bytes.len());
                prop_assert!(!one.value.chars().any(char::is_control));
            }
        }
    }
}
