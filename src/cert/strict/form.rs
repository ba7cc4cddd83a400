//! Has it the parts that RFC 5280 4.1 names, each once, and are its extensions what their identifiers promise?

use std::collections::HashSet;

use super::super::elements::{Element, Elements};
use super::super::oid::describe;
use super::super::oid::dotted;
use super::super::{AlgorithmIdentifier, Certificate, GeneralName};
use super::breach::{Breach, Breaches};

const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const NAME_CONSTRAINTS: &str = "2.5.29.30";
const KEY_USAGE: &str = "2.5.29.15";

/// Extensions that OpenSSL and Go, and but for the last BoringSSL, decode whether critical or not, and refuse where that fails:
/// key identifiers, key usage, alternative names, basic constraints, name constraints, extended key usage, CRL distribution points.
const DECODED_BY_ALL: [&str; 8] =
    ["2.5.29.14", KEY_USAGE, SUBJECT_ALTERNATIVE_NAME, "2.5.29.19", NAME_CONSTRAINTS, "2.5.29.31", "2.5.29.35", EXTENDED_KEY_USAGE];

pub(super) fn breaches(certificate: &Certificate) -> Vec<Breach> {
    let mut out = Breaches::default();
    for unreadable in &certificate.unreadable {
        let what = format!("{} is not what belongs there", unreadable.part.word());
        out.refused(unreadable.span.start as usize, unreadable.part.section(), what);
    }
    if let Some(whole) = (Elements { rest: certificate.der(), offset: 0 }).next() {
        parts(&mut out, &whole, 3, "RFC 5280 4.1", "certificate");
    }
    if let Some(tbs) = (Elements { rest: certificate.bytes(certificate.tbs), offset: certificate.tbs.start as usize }).next() {
        version(&mut out, certificate, &tbs);
    }
    if let Some(spki) = (Elements { rest: certificate.bytes(certificate.spki), offset: certificate.spki.start as usize }).next() {
        parts(&mut out, &spki, 2, "RFC 5280 4.1.2.7", "subjectPublicKeyInfo");
    }
    for AlgorithmIdentifier { parameters, .. } in [certificate.signature_algorithm, certificate.signed_algorithm, certificate.key_algorithm]
    {
        let mut rest = Elements { rest: certificate.bytes(parameters), offset: parameters.start as usize };
        if rest.next().is_some() && !rest.rest.is_empty() {
            out.refused(rest.offset, "RFC 5280 4.1.1.2", "algorithm identifier of more than two parts");
        }
    }
    extensions(&mut out, certificate);
    out.into_list()
}

fn parts(out: &mut Breaches, element: &Element<'_>, most: usize, section: &'static str, what: &str) {
    let count = element.children().count();
    if count > most {
        out.refused(element.offset, section, format!("{what} of {count} parts, {most} are defined"));
    }
}

/// RFC 5280 4.1.2.1, 4.1.2.8, 4.1.2.9: what the version allows.
fn version(out: &mut Breaches, certificate: &Certificate, tbs: &Element<'_>) {
    let number = certificate.version;
    if number > 3 {
        out.refused(tbs.offset, "RFC 5280 4.1.2.1", format!("version {number}"));
    }
    for field in tbs.children() {
        if number == 1 && (field.is_context(1) || field.is_context(2)) {
            out.refused(field.offset, "RFC 5280 4.1.2.8", "unique identifier in version 1");
        }
        if field.is_context(3) && (1..3).contains(&number) {
            out.refused(field.offset, "RFC 5280 4.1.2.9", format!("extensions in version {number}"));
        }
        if field.is_context(3) && field.children().next().is_some_and(|list| list.content.is_empty()) {
            out.refused(field.offset, "RFC 5280 4.1.2.9", "empty list of extensions");
        }
    }
}

fn extensions(out: &mut Breaches, certificate: &Certificate) {
    let place = |oid: &str| {
        let same = certificate.extensions.all.iter().find(|extension| dotted(certificate.bytes(extension.oid)) == oid);
        same.map_or(0, |extension| extension.value.start as usize)
    };
    let mut seen = HashSet::new();
    for extension in &certificate.extensions.all {
        if !seen.insert(certificate.bytes(extension.oid)) {
            let what = format!("duplicate extension {}", describe(&dotted(certificate.bytes(extension.oid))));
            out.refused(extension.oid.start as usize, "RFC 5280 4.2", what);
        }
    }
    for malformed in &certificate.extensions.malformed {
        let what = format!("{}: {}", describe(&malformed.oid), malformed.reason);
        if malformed.critical || DECODED_BY_ALL.contains(&malformed.oid.as_str()) {
            out.refused(place(&malformed.oid), "RFC 5280 4.2", what);
        } else {
            out.lapse(place(&malformed.oid), "RFC 5280 4.2", what);
        }
    }
    if let Some(what) = certificate.subject_alternative_names().ok().flatten().and_then(wrong_names) {
        let what = format!("{}: {what}", describe(SUBJECT_ALTERNATIVE_NAME));
        out.refused(place(SUBJECT_ALTERNATIVE_NAME), "RFC 5280 4.2.1", what);
    }
    // BoringSSL refuses an empty list, OpenSSL and Go read it as one.
    for (content, oid, what) in [(17, SUBJECT_ALTERNATIVE_NAME, "no name"), (37, EXTENDED_KEY_USAGE, "no purpose")] {
        if certificate.extension(&[0x55, 0x1d, content]) == Some(&[0x30, 0]) {
            out.lapse(place(oid), "RFC 5280 4.2.1", format!("{}: {what}", describe(oid)));
        }
    }
    if certificate.extensions.key_usage.is_some_and(|usage| usage.bits == 0) {
        out.lapse(place(KEY_USAGE), "RFC 5280 4.2.1.3", "keyUsage without a bit");
    }
}

/// RFC 5280 4.2.1.6: addresses are of 4 or 16 bytes.
fn wrong_names(names: Vec<GeneralName>) -> Option<String> {
    names.iter().find_map(|name| match name {
        GeneralName::Address(bytes) if ![4, 16].contains(&bytes.len()) => Some(format!("an address of {} bytes", bytes.len())),
        GeneralName::Malformed { tag, .. } => Some(format!("a name of form [{tag}] that cannot be read")),
        _ => None,
    })
}
