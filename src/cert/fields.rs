//! A certificate decoded whole, for reading: every field and every extension, the unknown ones as the elements that they are made of.

mod decimal;
mod extension;
mod key;
mod rare;

use x509_parser::asn1_rs::Any;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::X509Name;

use super::asn1::universal;
use super::field::Field;
use super::name::attribute;
use super::oid::describe;
use super::{Certificate, Name, hex, hex_colons};

pub use decimal::decimal;
pub use extension::LOG;

/// The certificate's fields in the order people look for them; all text is escaped. The first two are subject and issuer.
pub fn fields(certificate: &Certificate) -> Vec<Field> {
    let der = certificate.der();
    let parsed = X509Certificate::from_der(der).ok().map(|(_, parsed)| parsed);
    let raw = parsed.as_ref().map(|parsed| (&parsed.tbs_certificate.subject, &parsed.tbs_certificate.issuer)).unzip();
    let mut out = vec![
        name("Subject", &certificate.subject, raw.0, der),
        name("Issuer", &certificate.issuer, raw.1, der),
        validity(certificate),
        key::field(certificate),
        key::signature(certificate),
        serial(certificate),
        Field::leaf("Version", certificate.version.to_string()),
    ];
    if let Some(parsed) = &parsed {
        let identifier = certificate.extensions.subject_key_identifier.map(|span| certificate.bytes(span));
        for found in parsed.extensions() {
            let mut field = extension::field(found, der);
            if identifier.is_some_and(|identifier| found.value.ends_with(identifier)) && field.name == "Subject Key Identifier" {
                field.children.insert(0, Field::leaf("Made by", key::method(certificate).unwrap_or("no method of RFC 5280 or RFC 7093")));
            }
            out.push(field);
        }
    }
    out.push(key::fingerprints(certificate));
    out.push(key::identifiers(certificate));
    out
}

/// RFC 5280 4.1.2.5: both seconds are within.
fn validity(certificate: &Certificate) -> Field {
    let (from, to) = (certificate.not_before, certificate.not_after);
    let element = tbs_element(certificate, 3);
    let times = element.map(|(_, content)| content).and_then(|content| {
        let (rest, first) = Any::from_der(content).ok()?;
        Some((first.data, Any::from_der(rest).ok()?.1.data))
    });
    let (first, last) = times.unwrap_or_default();
    let seconds = to.0.saturating_sub(from.0).saturating_add(1);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (hours, minutes, left) = (rest / 3_600, rest / 60 % 60, rest % 60);
    let length = if rest == 0 { format!("{days} days") } else { format!("{days} days, {hours} h {minutes} min {left} s") };
    let der = certificate.der();
    let children = vec![
        Field::moment("Not before", from).within(der, first),
        Field::moment("Not after", to).within(der, last),
        Field::leaf("Length", if seconds > 0 { length } else { "none: it ends before it begins".to_owned() }),
    ];
    let field = Field::branch("Validity", format!("{} to {}", from.date(), to.date()), children);
    field.within(der, element.map(|(whole, _)| whole).unwrap_or_default())
}

/// The element of the signed part that comes this many behind the version, or first where there is none: with its header, and its
/// content (RFC 5280 4.1).
fn tbs_element(certificate: &Certificate, place: usize) -> Option<(&[u8], &[u8])> {
    let (_, tbs) = Any::from_der(certificate.bytes(certificate.tbs)).ok()?;
    let mut rest = tbs.data;
    if rest.first() == Some(&0xa0) {
        rest = Any::from_der(rest).ok()?.0;
    }
    for _ in 0..place {
        rest = Any::from_der(rest).ok()?.0;
    }
    let (behind, element) = Any::from_der(rest).ok()?;
    Some((rest.get(..rest.len() - behind.len())?, element.data))
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

/// Whole as RFC 4514 writes it, then each attribute with its OID and string type. `parsed` is the name where it stands in `der`.
fn name(title: &str, value: &Name, parsed: Option<&X509Name<'_>>, der: &[u8]) -> Field {
    let mut children = Vec::new();
    if !value.is_empty() {
        children.push(Field::leaf("RFC 4514", value.rfc4514()));
    }
    let attributes = parsed.into_iter().flat_map(X509Name::iter_attributes);
    children.extend(attributes.map(|found| {
        let (kind, value) = (attribute(found), found.attr_value());
        let notations = vec![
            Field::leaf("OID", describe(&found.attr_type().to_id_string())),
            Field::leaf("String type", universal(value.tag().0)),
            Field::leaf("Raw value", hex(value.data)).within(der, value.data),
        ];
        Field::noted(kind.kind, kind.value, notations).within(der, value.data)
    }));
    let whole = parsed.map(X509Name::as_raw).unwrap_or_default();
    Field::branch(title, value.to_string(), children).within(der, whole)
}
