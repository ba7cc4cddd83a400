//! Are issuer and subject names as RFC 5280 4.1.2.4 has them: not empty where that matters, each attribute of its own string
//! type and length (appendix A)?

use super::super::elements::{Element, Elements};
use super::super::oid::dotted;
use super::super::{Certificate, Name, oid_words};
use super::breach::{Breach, Breaches};

const SECTION: &str = "RFC 5280 4.1.2.4, appendix A.1";

const UTF8: u32 = 12;
const PRINTABLE: u32 = 19;
const IA5: u32 = 22;
const UNIVERSAL: u32 = 28;
const BMP: u32 = 30;
/// RFC 5280 4.1.2.4 DirectoryString, 20 being TeletexString; it, Universal and BMP are for names that were in use before.
const DIRECTORY_STRING: &[u32] = &[PRINTABLE, UTF8, 20, BMP, UNIVERSAL];

/// RFC 5280 appendix A.1: the content of the attribute's OID, its string types by tag, its fewest and most characters.
type Attribute = (&'static [u8], &'static [u32], usize, usize);
const ATTRIBUTES: &[Attribute] = &[
    (&[0x55, 4, 3], DIRECTORY_STRING, 1, 64),
    (&[0x55, 4, 4], DIRECTORY_STRING, 1, 32_768),
    (&[0x55, 4, 5], &[PRINTABLE], 1, 64),
    (&[0x55, 4, 6], &[PRINTABLE], 2, 2),
    (&[0x55, 4, 7], DIRECTORY_STRING, 1, 128),
    (&[0x55, 4, 8], DIRECTORY_STRING, 1, 128),
    (&[0x55, 4, 10], DIRECTORY_STRING, 1, 64),
    (&[0x55, 4, 11], DIRECTORY_STRING, 1, 64),
    (&[0x55, 4, 12], DIRECTORY_STRING, 1, 64),
    (&[0x55, 4, 42], DIRECTORY_STRING, 1, 32_768),
    (&[0x55, 4, 46], &[PRINTABLE], 1, usize::MAX),
    (&[0x55, 4, 65], DIRECTORY_STRING, 1, 128),
    // domainComponent and emailAddress
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], &[IA5], 1, usize::MAX),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], &[IA5], 1, 255),
];

pub(super) fn breaches(certificate: &Certificate) -> Vec<Breach> {
    let mut out = Breaches::default();
    let whole = Elements { rest: certificate.bytes(certificate.tbs), offset: certificate.tbs.start as usize }.next();
    let Some(tbs) = whole else { return out.into_list() };
    // RFC 5280 4.1: [0] version, serialNumber, signature, issuer, validity, subject.
    let mut fields = tbs.children().filter(|field| !field.is_context(0)).skip(2);
    let (Some(issuer), Some(_), Some(subject)) = (fields.next(), fields.next(), fields.next()) else { return out.into_list() };
    if certificate.issuer.is_empty() {
        out.refused(issuer.offset, "RFC 5280 4.1.2.4", "issuer without an attribute");
    }
    if certificate.subject.is_empty() && certificate.extensions.basic_constraints.is_some_and(|found| found.ca) {
        out.lapse(subject.offset, "RFC 5280 4.1.2.6", "CA whose subject has no attribute");
    }
    name(&mut out, &issuer, "issuer", &certificate.issuer);
    if subject.content != issuer.content {
        name(&mut out, &subject, "subject", &certificate.subject);
    }
    out.into_list()
}

fn name(out: &mut Breaches, element: &Element<'_>, whose: &str, parsed: &Name) {
    if element.content.is_empty() != parsed.is_empty() {
        out.lapse(element.offset, SECTION, format!("{whose} with an empty set of attributes"));
    }
    for pair in element.children().flat_map(|set| set.children()) {
        let mut parts = pair.children();
        if let (Some(oid), Some(value)) = (parts.next(), parts.next()) {
            attribute(out, whose, oid.content, &value);
        }
    }
}

fn attribute(out: &mut Breaches, whose: &str, oid: &[u8], value: &Element<'_>) {
    let Some((_, types, fewest, most)) = ATTRIBUTES.iter().find(|(known, ..)| *known == oid) else { return };
    let words = || {
        let dotted = dotted(oid);
        oid_words(&dotted).map_or(dotted, str::to_owned)
    };
    if !types.iter().any(|tag| value.is(*tag)) {
        out.lapse(value.offset, SECTION, format!("{whose}: {} as {}", words(), type_words(value.tag)));
    }
    let length = match value.tag {
        UTF8 => std::str::from_utf8(value.content).map_or(value.content.len(), |text| text.chars().count()),
        BMP => value.content.len() / 2,
        UNIVERSAL => value.content.len() / 4,
        _ => value.content.len(),
    };
    if !(*fewest..=*most).contains(&length) {
        let bounds = if fewest == most { format!("{most}") } else { format!("{fewest} to {most}") };
        out.lapse(value.offset, SECTION, format!("{whose}: {} of {length} characters, not {bounds}", words()));
    }
}

fn type_words(tag: u32) -> String {
    let known = match tag {
        UTF8 => "UTF8String",
        18 => "NumericString",
        PRINTABLE => "PrintableString",
        20 => "TeletexString",
        IA5 => "IA5String",
        BMP => "BMPString",
        _ => return format!("a value of tag {tag}"),
    };
    known.to_owned()
}
