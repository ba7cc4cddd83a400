//! A certificate decoded whole, for reading: every field and every extension, the unknown ones as the elements that they are made of.

mod extension;
mod key;
mod names;
mod rare;

use x509_parser::asn1_rs::Any;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::field::Field;
use super::key::dotted;
use super::oid::describe;
use super::{AlgorithmIdentifier, Certificate, asn1, hex, hex_colons};

pub use extension::LOG;

/// The certificate's fields in the order people look for them; all text is escaped. The first two are subject and issuer.
pub fn fields(certificate: &Certificate) -> Vec<Field> {
    let der = certificate.der();
    let parsed = X509Certificate::from_der(der).ok().map(|(_, parsed)| parsed);
    let raw = parsed.as_ref().map(|parsed| (&parsed.tbs_certificate.subject, &parsed.tbs_certificate.issuer)).unzip();
    let mut out = vec![
        names::field("Subject", &certificate.subject, raw.0, der),
        names::field("Issuer", &certificate.issuer, raw.1, der),
        validity(certificate),
        key::field(certificate),
        signature(certificate),
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

/// DER of NULL, the parameters that say nothing (RFC 3279 2.2.1).
const NULL: &[u8] = &[5, 0];

/// `ecdsa-with-SHA384 (1.2.840.10045.4.3.3)`, and its parameters where it has some.
fn algorithm(certificate: &Certificate, name: &str, algorithm: AlgorithmIdentifier) -> Vec<Field> {
    let mut out = vec![Field::leaf(name, describe(&dotted(certificate.bytes(algorithm.oid)))).at(algorithm.oid)];
    let parameters = certificate.bytes(algorithm.parameters);
    if !parameters.is_empty() && parameters != NULL {
        let (value, children) = rare::outline(parameters);
        out.push(Field::branch("Parameters", value, children).at(algorithm.parameters));
    }
    out
}

fn signature(certificate: &Certificate) -> Field {
    let outer = describe(&dotted(certificate.bytes(certificate.signature_algorithm.oid)));
    let mut children = algorithm(certificate, "Algorithm", certificate.signature_algorithm);
    let signed = describe(&dotted(certificate.bytes(certificate.signed_algorithm.oid)));
    children.push(Field::leaf("Signed algorithm", signed).at(certificate.signed_algorithm.oid));
    let value = certificate.bytes(certificate.signature);
    children.push(Field::leaf("Length", format!("{} bytes", value.len())));
    // ECDSA and DSA write two numbers (RFC 3279 2.2.2, 2.2.3).
    let parts = asn1(value);
    if let [outer, r, s] = parts.as_slice()
        && outer.name == "SEQUENCE"
        && [r, s].iter().all(|part| part.name == "INTEGER")
    {
        for (name, part) in [("r", r), ("s", s)] {
            let content = value.get(part.offset + part.header..part.end()).unwrap_or_default();
            children.push(Field::leaf(name, hex_colons(content)).within(certificate.der(), content));
        }
    }
    children.push(Field::leaf("Value", hex_colons(value)).at(certificate.signature));
    Field::branch("Signature", outer, children)
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

/// The longest INTEGER that is written in decimal, in bytes: the work grows with the square. RFC 5280 4.1.2.2 allows a serial
/// number 20, and an RSA exponent is far below.
const MAX_DECIMAL: usize = 64;

/// An INTEGER's content in decimal, in two's complement.
pub fn decimal(content: &[u8]) -> String {
    if content.len() > MAX_DECIMAL {
        return format!("{} bytes: too long to be written in decimal", content.len());
    }
    let is_negative = content.first().is_some_and(|first| first & 0x80 != 0);
    // The magnitude: all bits turned, and one more.
    let mut magnitude: Vec<u8> = content.iter().map(|byte| if is_negative { !byte } else { *byte }).collect();
    if is_negative {
        for byte in magnitude.iter_mut().rev() {
            let (sum, carries) = byte.overflowing_add(1);
            *byte = sum;
            if !carries {
                break;
            }
        }
        if magnitude.iter().all(|byte| *byte == 0) {
            magnitude.insert(0, 1);
        }
    }
    let mut digits = vec![0_u8];
    for byte in magnitude {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = u8::try_from(carry % 10).unwrap_or(0);
            carry /= 10;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 10).unwrap_or(0));
            carry /= 10;
        }
    }
    let sign = if is_negative { "-" } else { "" };
    digits.iter().rev().fold(sign.to_owned(), |out, digit| format!("{out}{digit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_in_decimal() {
        for (content, expected) in [
            (&[][..], "0"),
            (&[0], "0"),
            (&[0x7f], "127"),
            (&[0xff], "-1"),
            (&[0x80, 0], "-32768"),
            (&[0xff, 0x7f], "-129"),
            (&[1, 0, 1], "65537"),
            (&[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "18446744073709551615"),
        ] {
            assert_eq!(decimal(content), expected, "{content:x?}");
        }
        assert_eq!(decimal(&[1; 65]), "65 bytes: too long to be written in decimal");
    }
}
