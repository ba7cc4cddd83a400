//! A certificate decoded whole, for reading: every field and every extension, the unknown ones as OID and hexadecimal.

mod extension;

use x509_parser::prelude::{FromDer, X509Certificate};

use super::certificate::span_within;
use super::field::Field;
use super::key::dotted;
use super::name::Name;
use super::oid::describe;
use super::{Certificate, Span, hex, hex_colons, key_words, spki_pin};

/// The certificate's fields in the order people look for them; all text is escaped.
pub fn fields(certificate: &Certificate) -> Vec<Field> {
    let mut out = vec![
        name("Subject", &certificate.subject),
        name("Issuer", &certificate.issuer),
        Field::branch(
            "Validity",
            format!("{} to {}", certificate.not_before.date(), certificate.not_after.date()),
            vec![
                Field::leaf("Not before", certificate.not_before.to_string()),
                Field::leaf("Not after", certificate.not_after.to_string()),
            ],
        ),
        key(certificate),
        signature(certificate),
        Field::leaf("Serial number", serial(certificate)).at(certificate.serial),
        Field::leaf("Version", certificate.version.to_string()),
    ];
    if let Ok((_, parsed)) = X509Certificate::from_der(certificate.der()) {
        let span = |part: &[u8]| span_within(certificate.der(), part);
        for (field, name) in out.iter_mut().zip([parsed.subject(), parsed.issuer()]) {
            field.span = Some(span(name.as_raw()));
        }
        for found in parsed.extensions() {
            out.push(extension::field(found).at(span(found.value)));
        }
    }
    out.push(Field::branch(
        "Fingerprints",
        format!("SHA-256 {}", certificate.sha256.short()),
        vec![
            Field::leaf("SHA-256", hex_colons(&certificate.sha256.0)),
            Field::leaf("SHA-1", hex_colons(ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, certificate.der()).as_ref())),
            Field::leaf("SPKI SHA-256", hex_colons(&certificate.spki_sha256.0)),
            Field::leaf("SPKI pin", spki_pin(certificate)),
        ],
    ));
    out
}

fn name(title: &str, name: &Name) -> Field {
    let children = name.attributes().into_iter().map(|attribute| Field::leaf(attribute.kind, attribute.value)).collect();
    Field::branch(title, name.to_string(), children)
}

fn key(certificate: &Certificate) -> Field {
    let algorithm = certificate.key_algorithm;
    let mut children = vec![Field::leaf("Algorithm", describe(&dotted(certificate.bytes(algorithm.oid))))];
    let parameters = certificate.bytes(algorithm.parameters);
    if !parameters.is_empty() && parameters != NULL {
        children.push(Field::leaf("Parameters", hex(parameters)).at(algorithm.parameters));
    }
    children.push(Field::leaf("Public key", hex_colons(certificate.bytes(certificate.key))).at(certificate.key));
    Field::branch("Public key", key_words(certificate), children).at(certificate.spki)
}

/// DER of NULL, the parameters that say nothing (RFC 3279 2.2.1).
const NULL: &[u8] = &[5, 0];

fn signature(certificate: &Certificate) -> Field {
    let words = |span: Span| {
        let oid = dotted(certificate.bytes(span));
        describe(&oid)
    };
    let outer = words(certificate.signature_algorithm.oid);
    let children = vec![
        Field::leaf("Algorithm", outer.clone()),
        Field::leaf("Signed algorithm", words(certificate.signed_algorithm.oid)),
        Field::leaf("Value", hex_colons(certificate.bytes(certificate.signature))).at(certificate.signature),
    ];
    Field::branch("Signature", outer, children)
}

fn serial(certificate: &Certificate) -> String {
    hex_colons(certificate.bytes(certificate.serial))
}
