//! A certificate decoded whole, for reading: every field and every extension, the unknown ones as the elements that they are made of.

mod decimal;
mod extension;
mod key;
mod rare;

use super::asn1::universal;
use super::field::Field;
use super::name::{RawAttribute, attributes};
use super::oid::{describe, dotted};
use super::parts::each_extension;
use super::{Certificate, Name, hex, hex_colons, window_words};

pub use decimal::decimal;
pub use extension::{LOG, TIMESTAMP};

/// The certificate's fields in the order people look for them; all text is escaped. The first two are subject and issuer.
pub fn fields(certificate: &Certificate) -> Vec<Field> {
    let der = certificate.der();
    let part = |place| certificate.tbs_part(place).map(|part| part.whole(der)).unwrap_or_default();
    let mut out = vec![
        name("Subject", &certificate.subject, part(SUBJECT), der),
        name("Issuer", &certificate.issuer, part(ISSUER), der),
        validity(certificate),
        key::field(certificate),
        key::signature(certificate),
        serial(certificate),
        version(certificate),
    ];
    out.extend(unreadable(certificate));
    let identifier = certificate.extensions.subject_key_identifier.map(|span| certificate.bytes(span));
    for found in each_extension(der, certificate.tbs).into_iter().flatten() {
        let mut field = extension::field(&found, der);
        if identifier.is_some_and(|identifier| found.value.ends_with(identifier)) && field.name == "Subject Key Identifier" {
            field.children.insert(0, Field::leaf("Made by", key::method(certificate).unwrap_or("no method of RFC 5280 or RFC 7093")));
        }
        out.push(field);
    }
    out.push(key::fingerprints(certificate));
    out.push(key::identifiers(certificate));
    out
}

/// Places of parts behind the version (RFC 5280 4.1).
const ISSUER: usize = 2;
const VALIDITY: usize = 3;
const SUBJECT: usize = 4;

fn version(certificate: &Certificate) -> Field {
    let words = if certificate.version == 0 { "cannot be read".to_owned() } else { certificate.version.to_string() };
    Field::leaf("Version", words)
}

/// The parts that are not what RFC 5280 has there, each with its bytes.
fn unreadable(certificate: &Certificate) -> Option<Field> {
    let children: Vec<Field> = certificate
        .unreadable
        .iter()
        .map(|unreadable| Field::leaf(unreadable.part.word(), hex(certificate.bytes(unreadable.span))).at(unreadable.span))
        .collect();
    let names: Vec<&str> = certificate.unreadable.iter().map(|unreadable| unreadable.part.word()).collect();
    (!children.is_empty()).then(|| Field::branch("Unreadable", names.join(", "), children))
}

/// RFC 5280 4.1.2.5: both seconds are within.
fn validity(certificate: &Certificate) -> Field {
    let (from, to) = (certificate.not_before, certificate.not_after);
    let element = certificate.tbs_part(VALIDITY);
    let mut times = element.map(|validity| validity.children());
    let mut moment = |title: &str, time: Option<super::Time>| {
        let written = times.as_mut().and_then(Iterator::next);
        let field = match (time, &written) {
            (Some(time), _) => Field::moment(title, time),
            (None, Some(written)) => Field::leaf(title, format!("unknown: {}", written.shown())),
            (None, None) => Field::leaf(title, "missing"),
        };
        written.map_or(field.clone(), |written| field.at(written.content_span()))
    };
    let mut children = vec![moment("Not before", from), moment("Not after", to)];
    if let Some((from, to)) = from.zip(to) {
        children.push(Field::leaf("Length", length(to.0.saturating_sub(from.0).saturating_add(1))));
    }
    let field = Field::branch("Validity", window_words(from, to), children);
    element.map_or(field.clone(), |validity| field.at(validity.span()))
}

fn length(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (hours, minutes, left) = (rest / 3_600, rest / 60 % 60, rest % 60);
    match (seconds, rest) {
        (..=0, _) => "none: it ends before it begins".to_owned(),
        (_, 0) => format!("{days} days"),
        _ => format!("{days} days, {hours} h {minutes} min {left} s"),
    }
}

/// RFC 5280 4.1.2.2.
fn serial(certificate: &Certificate) -> Field {
    let bytes = certificate.bytes(certificate.serial);
    let notations = vec![
        Field::leaf("Decimal", decimal(bytes)).at(certificate.serial),
        Field::leaf("Hexadecimal", hex(bytes)).at(certificate.serial),
        Field::leaf("Length", format!("{} bytes, {} bits", bytes.len(), super::bit_length(bytes))),
    ];
    Field::noted("Serial number", hex_colons(bytes), notations).at(certificate.serial)
}

/// Whole as RFC 4514 writes it, then each attribute with its OID and string type. `whole` is the name where it stands in `der`.
fn name(title: &str, value: &Name, whole: &[u8], der: &[u8]) -> Field {
    let mut children = Vec::new();
    if !value.is_empty() && value.is_readable() {
        children.push(Field::leaf("RFC 4514", value.rfc4514()));
    }
    children.extend(attributes(whole).iter().map(|found: &RawAttribute<'_>| {
        let (attribute, content) = (found.in_words(), found.value.content);
        let notations = vec![
            Field::leaf("OID", describe(&dotted(found.kind))),
            Field::leaf("String type", universal(found.value.tag)),
            Field::leaf("Raw value", hex(content)).within(der, content),
        ];
        Field::noted(attribute.kind, attribute.value, notations).within(der, content)
    }));
    Field::branch(title, value.to_string(), children).within(der, whole)
}
