//! A distinguished name: what it says, and which other names it equals (RFC 5280 7.1).

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

use super::{escape, hex, oid_words};

/// A name as it stands in a certificate. Two names are equal when RFC 5280 7.1 calls them equal, whatever their encodings.
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

impl Name {
    pub(super) fn new(name: &X509Name<'_>) -> Self {
        Self { der: name.as_raw().into(), canonical: canonical(name).into() }
    }

    /// Reads the name that is the whole of `der`.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        match X509Name::from_der(der) {
            Ok(([], name)) => Some(Self::new(&name)),
            _ => None,
        }
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
        let Ok((_, name)) = X509Name::from_der(&self.der) else { return Vec::new() };
        attributes(&name)
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
        chosen.or(attributes.last()).map_or_else(|| "(empty name)".to_owned(), |attribute| attribute.value.clone())
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
        f.write_str(&display(&self.attributes()))
    }
}

fn display(attributes: &[Attribute]) -> String {
    if attributes.is_empty() {
        return "(empty name)".to_owned();
    }
    attributes.iter().map(|pair| format!("{}={}", pair.kind, pair.value)).collect::<Vec<_>>().join(", ")
}

fn attributes(name: &X509Name<'_>) -> Vec<Attribute> {
    name.iter_attributes().map(attribute).collect()
}

/// An attribute in words.
pub(super) fn attribute(attribute: &AttributeTypeAndValue<'_>) -> Attribute {
    let oid = attribute.attr_type().to_id_string();
    let value = attribute.attr_value();
    let value = text(value).map_or_else(|| format!("#{}", hex(value.data)), |text| escape(&text));
    Attribute { kind: oid_words(&oid).map_or(oid, |words| short_kind(words).to_owned()), value }
}

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
fn text(value: &Any<'_>) -> Option<String> {
    match value.tag() {
        Tag::PrintableString | Tag::Utf8String | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            std::str::from_utf8(value.data).ok().map(str::to_owned)
        }
        // T.61 in certificates is Latin-1 in practice.
        Tag::TeletexString => Some(value.data.iter().map(|byte| char::from(*byte)).collect()),
        Tag::BmpString => {
            let units = value.data.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            value.data.len().is_multiple_of(2).then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok()).flatten()
        }
        Tag::UniversalString => {
            let units = value.data.chunks_exact(4).map(|unit| u32::from_be_bytes([unit[0], unit[1], unit[2], unit[3]]));
            value.data.len().is_multiple_of(4).then(|| units.map(char::from_u32).collect::<Option<String>>()).flatten()
        }
        _ => None,
    }
}

/// RFC 5280 7.1: attributes compare by type and by value; character strings ignoring case and runs of white space, whatever
/// their string type; anything else byte by byte. The attributes of one RDN are a set, so they are sorted.
fn canonical(name: &X509Name<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.as_raw().len());
    for rdn in name.iter_rdn() {
        let mut set: Vec<Vec<u8>> =
            rdn.iter().map(|attribute| canonical_attribute(attribute.attr_type().as_bytes(), attribute.attr_value())).collect();
        set.sort_unstable();
        out.extend(length(set.len()));
        for attribute in set {
            out.extend(length(attribute.len()));
            out.extend(attribute);
        }
    }
    out
}

fn canonical_attribute(oid: &[u8], value: &Any<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(oid.len() + value.data.len() + 6);
    out.extend(length(oid.len()));
    out.extend(oid);
    // A Teletex string has no agreed characters (RFC 5280 4.1.2.4), so it equals only the same bytes.
    match (value.tag() != Tag::TeletexString).then(|| text(value)).flatten() {
        Some(text) => {
            out.push(0);
            fold(&text, &mut out);
        }
        None => {
            out.push(1);
            out.extend(value.tag().0.to_be_bytes());
            out.extend(value.data);
        }
    }
    out
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
        let (_, parsed) = X509Name::from_der(&der).unwrap();
        Name::new(&parsed)
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
