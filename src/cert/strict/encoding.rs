//! Is it DER? Every element of the certificate, of its extensions that are DER themselves, and of an RSA or DSA key.

use x509_parser::asn1_rs::Class;

use super::super::elements::{Element, Elements};
use super::super::reader::is_oid;
use super::super::{Certificate, Time};
use super::breach::{Breach, Breaches};

/// Deepest nesting that is looked into; a certificate's own is about ten.
const MAX_DEPTH: usize = 32;

/// id-ce (RFC 5280 4.2.1) and id-pe (4.2.2): the values of these extensions are DER.
const DER_EXTENSIONS: [&[u8]; 2] = [&[0x55, 0x1d], &[0x2b, 6, 1, 5, 5, 7, 1]];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
/// Extensions whose value is a list of general names: there [1], [2] and [6] are IA5Strings (RFC 5280 4.2.1.6).
const GENERAL_NAMES: [&[u8]; 2] = [&[0x55, 0x1d, 17], &[0x55, 0x1d, 18]];
/// Keys that are DER inside their BIT STRING: rsaEncryption, RSASSA-PSS, DSA (RFC 3279 2.3, RFC 4055 1.2).
const DER_KEYS: [&[u8]; 3] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10],
    &[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1],
];

/// 2050-01-01T00:00:00Z.
const YEAR_2050: i64 = 2_524_608_000;

pub(super) fn breaches(certificate: &Certificate) -> Vec<Breach> {
    let mut out = Breaches::default();
    walk(&mut out, Elements { rest: certificate.der(), offset: 0 }, 0);
    tbs(&mut out, certificate);
    for extension in &certificate.extensions.all {
        let (oid, value) = (certificate.bytes(extension.oid), certificate.bytes(extension.value));
        if !DER_EXTENSIONS.iter().any(|arc| oid.starts_with(arc)) {
            continue;
        }
        let elements = Elements { rest: value, offset: extension.value.start as usize };
        walk(&mut out, elements, 0);
        extension_value(&mut out, oid, elements);
    }
    if DER_KEYS.contains(&certificate.bytes(certificate.key_algorithm.oid)) {
        walk(&mut out, Elements { rest: certificate.bytes(certificate.key), offset: certificate.key.start as usize }, 0);
    }
    out.into_list()
}

fn walk(out: &mut Breaches, mut elements: Elements<'_>, depth: usize) {
    if out.is_full() {
        return;
    }
    for element in elements.by_ref() {
        check(out, &element);
        if element.constructed && depth < MAX_DEPTH {
            walk(out, element.children(), depth + 1);
        }
    }
    if !elements.rest.is_empty() {
        out.lapse(elements.offset, "X.690 8.1", "bytes that are no element of DER");
    }
}

/// Header, and content as far as the type is known from the tag.
fn check(out: &mut Breaches, element: &Element<'_>) {
    let minimal = match element.content.len() {
        0..=0x7f => 2,
        length => 2 + (usize::BITS - length.leading_zeros()).div_ceil(8) as usize,
    };
    // Tags above 30 take several bytes; no field of a certificate has one.
    if element.tag < 31 && element.header != minimal {
        out.lapse(element.offset, "X.690 10.1", "length in more bytes than needed");
    }
    if element.class != Class::Universal {
        return;
    }
    let at = element.offset;
    if element.constructed != matches!(element.tag, 16 | 17) {
        out.lapse(at, "X.690 10.2", if element.constructed { "string in pieces" } else { "SEQUENCE or SET that is primitive" });
        return;
    }
    let content = element.content;
    match element.tag {
        1 if content != [0] && content != [0xff] => out.lapse(at, "X.690 11.1", "BOOLEAN that is neither 00 nor FF"),
        2 | 10 => integer(out, at, content),
        3 => bit_string(out, at, content),
        5 if !content.is_empty() => out.lapse(at, "X.690 8.8", "NULL with content"),
        6 if !is_oid(content) => out.lapse(at, "X.690 8.19", "OBJECT IDENTIFIER not in its shortest form"),
        17 => set(out, element),
        tag => {
            if let Some(what) = wrong_characters(tag, content) {
                out.lapse(at, "X.680 41", what);
            }
        }
    }
}

fn integer(out: &mut Breaches, at: usize, content: &[u8]) {
    match content {
        [] => out.lapse(at, "X.690 8.3", "INTEGER without content"),
        [0, second, ..] if *second < 0x80 => out.lapse(at, "X.690 8.3.2", "INTEGER with needless zeros"),
        [0xff, second, ..] if *second >= 0x80 => out.lapse(at, "X.690 8.3.2", "INTEGER with needless ones"),
        _ => {}
    }
}

fn bit_string(out: &mut Breaches, at: usize, content: &[u8]) {
    let what = match content {
        [] => "BIT STRING without its count of unused bits",
        [unused, ..] if *unused > 7 => "BIT STRING with more than 7 unused bits",
        [unused] if *unused > 0 => "empty BIT STRING with unused bits",
        [unused, .., last] if last.trailing_zeros() < u32::from(*unused) => "BIT STRING whose unused bits are not zero",
        _ => return,
    };
    out.lapse(at, "X.690 11.2.1", what);
}

/// X.690 11.6: the encodings of a SET OF's elements stand in ascending order.
fn set(out: &mut Breaches, element: &Element<'_>) {
    let start = element.offset + element.header;
    let mut last: Option<&[u8]> = None;
    for child in element.children() {
        let from = child.offset - start;
        let whole = element.content.get(from..from + child.header + child.content.len());
        if last.zip(whole).is_some_and(|(before, now)| before > now) {
            out.lapse(element.offset, "X.690 11.6", "SET OF out of order");
        }
        last = whole;
    }
}

/// What is wrong with the characters of a string of this universal tag.
pub(super) fn wrong_characters(tag: u32, content: &[u8]) -> Option<String> {
    let (name, allowed): (&str, fn(u8) -> bool) = match tag {
        12 if std::str::from_utf8(content).is_err() => return Some("UTF8String that is not UTF-8".to_owned()),
        18 => ("NumericString", |byte| byte.is_ascii_digit() || byte == b' '),
        19 => ("PrintableString", |byte| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)),
        22 => ("IA5String", |byte| byte.is_ascii()),
        26 => ("VisibleString", |byte| (0x20..0x7f).contains(&byte)),
        28 if !content.len().is_multiple_of(4) => return Some("UniversalString of a part of a character".to_owned()),
        30 if !content.len().is_multiple_of(2) => return Some("BMPString of a part of a character".to_owned()),
        _ => return None,
    };
    let wrong = content.iter().find(|byte| !allowed(**byte))?;
    let shown = if wrong.is_ascii_graphic() { format!("`{}`", char::from(*wrong)) } else { format!("byte {wrong:02x}") };
    Some(format!("{name} with {shown}"))
}

/// Fields whose default is written out, and the two times.
fn tbs(out: &mut Breaches, certificate: &Certificate) {
    let whole = Elements { rest: certificate.bytes(certificate.tbs), offset: certificate.tbs.start as usize }.next();
    let Some(tbs) = whole else { return };
    let mut fields = tbs.children();
    let mut first = fields.next();
    if let Some(version) = first.filter(|element| element.is_context(0)) {
        if version.children().next().is_some_and(|number| number.content == [0]) {
            out.lapse(version.offset, "X.690 11.5, RFC 5280 4.1.2.1", "version 1 written out");
        }
        first = fields.next();
    }
    // serialNumber, signature, issuer, then validity.
    if let Some(validity) = first.and_then(|_| fields.nth(2)) {
        let mut times = validity.children();
        for (name, seconds) in [("notBefore", certificate.not_before), ("notAfter", certificate.not_after)] {
            if let Some(element) = times.next() {
                time(out, name, seconds, &element);
            }
        }
    }
    for list in fields.filter(|element| element.is_context(3)).filter_map(|wrapper| wrapper.children().next()) {
        for extension in list.children() {
            if extension.children().any(|part| part.is(1) && part.content == [0]) {
                out.lapse(extension.offset, "X.690 11.5, RFC 5280 4.1", "critical FALSE written out");
            }
        }
    }
}

/// RFC 5280 4.1.2.5: `YYMMDDHHMMSSZ` through 2049, `YYYYMMDDHHMMSSZ` from 2050 on.
fn time(out: &mut Breaches, name: &str, seconds: Option<Time>, element: &Element<'_>) {
    let section = "RFC 5280 4.1.2.5";
    let digits = match element.tag {
        23 => 12,
        24 => 14,
        _ => return,
    };
    let is_plain = element.content.strip_suffix(b"Z").is_some_and(|rest| rest.len() == digits && rest.iter().all(u8::is_ascii_digit));
    if !is_plain {
        out.lapse(element.offset, section, format!("{name} {} not written as digits to the second and Z", element.shown()));
    }
    if element.is(24) && seconds.is_some_and(|seconds| seconds.0 < YEAR_2050) {
        out.lapse(element.offset, section, "GeneralizedTime before 2050");
    }
}

/// What only the type of an extension tells.
fn extension_value(out: &mut Breaches, oid: &[u8], mut elements: Elements<'_>) {
    let Some(value) = elements.next() else { return };
    if !elements.rest.is_empty() {
        out.lapse(elements.offset, "RFC 5280 4.1", "trailing bytes after the extension's value");
    }
    if oid == KEY_USAGE && value.content.len() > 1 && value.content.last() == Some(&0) {
        out.lapse(value.offset, "X.690 11.2.2", "keyUsage with trailing zero bytes");
    } else if oid == KEY_USAGE
        && let [unused, .., last] = value.content
        && *last != 0
        && last.trailing_zeros() != u32::from(*unused)
    {
        out.lapse(value.offset, "X.690 11.2.2", "keyUsage with trailing zero bits");
    }
    if oid == BASIC_CONSTRAINTS && value.children().any(|part| part.is(1) && part.content == [0]) {
        out.lapse(value.offset, "X.690 11.5, RFC 5280 4.2.1.9", "cA FALSE written out");
    }
    if GENERAL_NAMES.contains(&oid) {
        let texts = value.children().filter(|name| [1, 2, 6].iter().any(|tag| name.is_context(*tag)));
        for name in texts.filter(|name| !name.content.is_ascii()) {
            out.lapse(name.offset, "RFC 5280 4.2.1.6", "name that is not ASCII");
        }
    }
}
