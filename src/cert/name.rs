//! A distinguished name: what it says, and which other names it equals (RFC 5280 7.1).

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use x509_parser::asn1_rs::Class;

use super::elements::{Element, Elements};
use super::oid::dotted;
use super::{escape, hex, oid_words};

/// A name as it stands in a certificate. Two names are equal when RFC 5280 7.1 calls them equal, whatever their encodings; what is not a
/// name in the place of one equals the same bytes only.
#[derive(Debug, Clone)]
pub struct Name {
    der: Arc<[u8]>,
    /// The DER where it has no string to fold, else the attributes with case and space folded.
    canonical: Arc<[u8]>,
}

/// One attribute of a name; `value` is escaped text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `CN`, `O`, or the OID in dotted form.
    pub kind: String,
    pub value: String,
}

/// What the canonical form of something begins with that is not a name: no name has so many attributes in one set.
const UNREADABLE: [u8; 4] = [0xff; 4];

/// What is shown in the place of a name that has no attribute, and of what is not a name.
const EMPTY_NAME: &str = "(empty name)";
const UNREADABLE_NAME: &str = "(unreadable name)";

impl Name {
    /// Whatever stands in the place of a name.
    pub(super) fn of(der: &[u8]) -> Self {
        let canonical = canonical(der).unwrap_or_else(|| [&UNREADABLE, der].concat());
        Self { der: der.into(), canonical: canonical.into() }
    }

    /// Reads the name that is the whole of `der`.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        Some(Self::of(der)).filter(Self::is_readable)
    }

    /// It is a name (RFC 5280 4.1.2.4), to its last byte.
    pub fn is_readable(&self) -> bool {
        !self.canonical.starts_with(&UNREADABLE)
    }

    /// The name's DER (RFC 5280 4.1.2.4 Name).
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes that equal names share; a key for maps.
    pub fn canonical(&self) -> &Arc<[u8]> {
        &self.canonical
    }

    /// Whether the name has no attribute.
    pub fn is_empty(&self) -> bool {
        self.canonical.is_empty()
    }

    /// Whether the name begins with all of `base` (RFC 5280 4.2.1.10): every name is within the empty one.
    pub fn is_within(&self, base: &Name) -> bool {
        self.canonical.starts_with(&base.canonical)
    }

    /// The attributes in the order of the certificate.
    pub fn attributes(&self) -> Vec<Attribute> {
        attributes(&self.der).iter().map(RawAttribute::in_words).collect()
    }

    /// `CN=R3, O=Let's Encrypt, C=US` as RFC 4514 writes it: last attribute first, special characters escaped.
    pub fn rfc4514(&self) -> String {
        let pairs = self.attributes();
        pairs.iter().rev().map(|pair| format!("{}={}", pair.kind, escape_rfc4514(&pair.value))).collect::<Vec<_>>().join(",")
    }

    /// The value of the attribute that people call the thing by: common name, else unit, organisation, or the last there is.
    pub fn label(&self) -> String {
        let attributes = self.attributes();
        let chosen = ["CN", "OU", "O"].iter().find_map(|kind| attributes.iter().rev().find(|attribute| attribute.kind == *kind));
        chosen.or(attributes.last()).map_or_else(|| self.without_attributes().to_owned(), |attribute| attribute.value.clone())
    }

    fn without_attributes(&self) -> &'static str {
        if self.is_readable() { EMPTY_NAME } else { UNREADABLE_NAME }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for Name {}

impl std::fmt::Display for Name {
    /// `C=US, O=Let's Encrypt, CN=R3`: the certificate's own order, for people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let attributes = self.attributes();
        if attributes.is_empty() {
            return f.write_str(self.without_attributes());
        }
        f.write_str(&attributes.iter().map(|pair| format!("{}={}", pair.kind, pair.value)).collect::<Vec<_>>().join(", "))
    }
}

/// An attribute where it stands: the content of its type, and its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawAttribute<'a> {
    pub kind: &'a [u8],
    pub value: Element<'a>,
}

impl RawAttribute<'_> {
    pub fn in_words(&self) -> Attribute {
        let oid = dotted(self.kind);
        let value = text(&self.value).map_or_else(|| format!("#{}", hex(self.value.content)), |text| escape(&text));
        Attribute { kind: oid_words(&oid).map_or(oid, |words| short_kind(words).to_owned()), value }
    }
}

/// The attributes of the name that `der` is, in its order; none where it is not a name.
pub(super) fn attributes(der: &[u8]) -> Vec<RawAttribute<'_>> {
    let mut out = Vec::new();
    let read = each_set(der, |set| {
        out.extend_from_slice(set);
    });
    if read.is_some() { out } else { Vec::new() }
}

/// Hands over the attributes of each RelativeDistinguishedName; `None` where something is left over, or is not what RFC 5280 4.1.2.4 has.
fn each_set<'a>(der: &'a [u8], mut take: impl FnMut(&[RawAttribute<'a>])) -> Option<()> {
    let mut whole = Elements { rest: der, offset: 0 };
    let name = whole.next().filter(|name| name.is(SEQUENCE))?;
    let (mut sets, mut attributes) = (name.children(), Vec::new());
    for set in sets.by_ref() {
        attributes.clear();
        let mut pairs = set.is(SET).then(|| set.children())?;
        for pair in pairs.by_ref() {
            let mut parts = pair.is(SEQUENCE).then(|| pair.children())?;
            let (kind, value) = (parts.next().filter(|kind| kind.is(OBJECT_IDENTIFIER))?, parts.next()?);
            attributes.push(RawAttribute { kind: kind.content, value });
            if !parts.rest.is_empty() {
                return None;
            }
        }
        if !pairs.rest.is_empty() {
            return None;
        }
        take(&attributes);
    }
    (sets.rest.is_empty() && whole.rest.is_empty()).then_some(())
}

const OBJECT_IDENTIFIER: u32 = 6;
const UTF8_STRING: u32 = 12;
const SEQUENCE: u32 = 16;
const SET: u32 = 17;
const NUMERIC_STRING: u32 = 18;
const PRINTABLE_STRING: u32 = 19;
const TELETEX_STRING: u32 = 20;
const IA5_STRING: u32 = 22;
const VISIBLE_STRING: u32 = 26;
const UNIVERSAL_STRING: u32 = 28;
const BMP_STRING: u32 = 30;

/// RFC 4514 3: the short names that every reader knows; other attributes keep the name of their OID.
fn short_kind(words: &str) -> &str {
    match words {
        "commonName" => "CN",
        "countryName" => "C",
        "organizationName" => "O",
        "organizationalUnitName" => "OU",
        "localityName" => "L",
        "stateOrProvinceName" => "ST",
        "streetAddress" => "STREET",
        "domainComponent" => "DC",
        "userId" => "UID",
        other => other,
    }
}

fn escape_rfc4514(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (place, character) in value.chars().enumerate() {
        let edge_space = character == ' ' && (place == 0 || place == last);
        if edge_space || matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';') || (character == '#' && place == 0) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// The characters of a directory string; `None` where the type or the bytes are no text.
fn text(value: &Element<'_>) -> Option<String> {
    let data = value.content;
    if value.class != Class::Universal || value.constructed {
        return None;
    }
    match value.tag {
        PRINTABLE_STRING | UTF8_STRING | IA5_STRING | NUMERIC_STRING | VISIBLE_STRING => std::str::from_utf8(data).ok().map(str::to_owned),
        // T.61 in certificates is Latin-1 in practice.
        TELETEX_STRING => Some(data.iter().map(|byte| char::from(*byte)).collect()),
        BMP_STRING => {
            let units = data.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            data.len().is_multiple_of(2).then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok()).flatten()
        }
        UNIVERSAL_STRING => {
            let units = data.chunks_exact(4).map(|unit| u32::from_be_bytes([unit[0], unit[1], unit[2], unit[3]]));
            data.len().is_multiple_of(4).then(|| units.map(char::from_u32).collect::<Option<String>>()).flatten()
        }
        _ => None,
    }
}

/// RFC 5280 7.1: attributes compare by type and by value; character strings ignoring case and runs of white space, whatever
/// their string type; anything else byte by byte. The attributes of one RDN are a set, so they are sorted; one without any says nothing.
fn canonical(der: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(der.len() + 32);
    each_set(der, |set| match set {
        [] => {}
        [only] => {
            out.extend(length(1));
            let start = out.len();
            out.extend(length(0));
            canonical_attribute(only, &mut out);
            let end = length(out.len() - start - 4);
            out[start..start + 4].copy_from_slice(&end);
        }
        several => {
            let mut set: Vec<Vec<u8>> = several
                .iter()
                .map(|attribute| {
                    let mut one = Vec::new();
                    canonical_attribute(attribute, &mut one);
                    one
                })
                .collect();
            set.sort_unstable();
            out.extend(length(set.len()));
            for attribute in set {
                out.extend(length(attribute.len()));
                out.extend(attribute);
            }
        }
    })?;
    Some(out)
}

fn canonical_attribute(attribute: &RawAttribute<'_>, out: &mut Vec<u8>) {
    let value = &attribute.value;
    out.extend(length(attribute.kind.len()));
    out.extend(attribute.kind);
    // A Teletex string has no agreed characters (RFC 5280 4.1.2.4), so it equals only the same bytes.
    match (value.tag != TELETEX_STRING).then(|| text(value)).flatten() {
        Some(text) => {
            out.push(0);
            fold(&text, out);
        }
        None => {
            out.extend([1, value.class as u8, u8::from(value.constructed)]);
            out.extend(value.tag.to_be_bytes());
            out.extend(value.content);
        }
    }
}

fn fold(text: &str, out: &mut Vec<u8>) {
    for (place, word) in text.split_whitespace().enumerate() {
        if place > 0 {
            out.push(b' ');
        }
        if word.is_ascii() {
            out.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            // RFC 4518 2.3: compatibility forms are one; folded again, since a compatibility form may be a capital.
            let folded: String = word.to_lowercase().nfkc().collect();
            out.extend(folded.to_lowercase().bytes());
        }
    }
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of one RDN for each (type, tag, value).
    fn name(attributes: &[(u8, u8, &[u8])]) -> Name {
        let mut rdns = Vec::new();
        for (kind, tag, value) in attributes {
            let mut pair = vec![6, 3, 0x55, 4, *kind, *tag, value.len() as u8];
            pair.extend_from_slice(value);
            let mut sequence = vec![0x30, pair.len() as u8];
            sequence.extend(pair);
            rdns.extend([0x31, sequence.len() as u8]);
            rdns.extend(sequence);
        }
        let mut der = vec![0x30, rdns.len() as u8];
        der.extend(rdns);
        Name::from_der(&der).unwrap()
    }

    #[test]
    fn what_is_not_a_name_equals_its_own_bytes_only() {
        let pair = [0x30, 7, 6, 3, 0x55, 4, 3, 0x0c, 0];
        let set = [&[0x31, 9][..], &pair].concat();
        let sound = [&[0x30, 11][..], &set].concat();
        assert!(Name::from_der(&sound).is_some());
        for (what, der) in [
            ("not a SEQUENCE", [&[0x31, 11][..], &set].concat()),
            ("a byte left over", [&[0x30, 12][..], &set, &[0]].concat()),
            ("an attribute without a set", [&[0x30, 9][..], &pair].concat()),
            ("no value", [0x30, 9, 0x31, 7, 0x30, 5, 6, 3, 0x55, 4, 3].to_vec()),
            ("two values", [0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, 0x0c, 0, 0x0c, 0].to_vec()),
            ("no type", [0x30, 8, 0x31, 6, 0x30, 4, 0x0c, 0, 0x0c, 0].to_vec()),
            ("two names", sound.repeat(2)),
            ("nothing", Vec::new()),
        ] {
            let name = Name::of(&der);
            assert!(!name.is_readable() && Name::from_der(&der).is_none(), "{what}");
            assert_eq!((name.to_string(), name.label(), name.is_empty()), (UNREADABLE_NAME.to_owned(), UNREADABLE_NAME.to_owned(), false));
            assert_eq!(name, Name::of(&der));
            assert!(name != Name::of(&sound) && name != Name::of(&[0x30, 0]), "{what}");
        }
    }

    #[test]
    fn a_set_without_an_attribute_says_nothing_and_hides_nothing() {
        let empty = Name::from_der(&[0x30, 2, 0x31, 0]).unwrap();
        assert!(empty.is_empty() && empty == Name::of(&[0x30, 0]));
        let behind = Name::from_der(&[0x30, 13, 0x31, 0, 0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 3, 0x0c, 0]).unwrap();
        assert!(!behind.is_empty() && behind.attributes().len() == 1);
    }

    #[test]
    fn case_space_and_string_type_do_not_matter() {
        let printable = name(&[(10, 0x13, b"Let's  Encrypt "), (3, 0x13, b"R3")]);
        let utf8 = name(&[(10, 0x0c, b"let's encrypt"), (3, 0x0c, b"r3")]);
        assert_eq!(printable, utf8);
        assert_eq!(name(&[(3, 0x1e, &[0, b'R', 0, b'3'])]), name(&[(3, 0x13, b"r3")]));
    }

    #[test]
    fn compatibility_forms_of_unicode_do_not_matter() {
        let utf8 = |text: &str| name(&[(3, 0x0c, text.as_bytes())]);
        assert_eq!(utf8("T\u{dc}B\u{130}TAK"), utf8("t\u{75}\u{308}b\u{130}tak"));
        assert_eq!(utf8("\u{ff23}\u{ff21} \u{fb01}ne"), utf8("ca fine"));
        assert_ne!(utf8("T\u{dc}"), utf8("TU"));
    }

    #[test]
    fn order_type_and_value_matter() {
        let base = name(&[(10, 0x13, b"A"), (3, 0x13, b"B")]);
        assert_ne!(base, name(&[(3, 0x13, b"B"), (10, 0x13, b"A")]));
        assert_ne!(base, name(&[(11, 0x13, b"A"), (3, 0x13, b"B")]));
        assert_ne!(base, name(&[(10, 0x13, b"AB"), (3, 0x13, b"")]));
    }

    #[test]
    fn a_name_reads_both_ways() {
        let name = name(&[(6, 0x13, b"US"), (10, 0x0c, b"Let's, Encrypt"), (3, 0x0c, b"R3\x1b")]);
        assert_eq!(name.to_string(), r"C=US, O=Let's, Encrypt, CN=R3\u{1b}");
        assert_eq!(name.rfc4514(), r"CN=R3\\u{1b},O=Let's\, Encrypt,C=US");
        assert_eq!(name.label(), r"R3\u{1b}");
    }
}
