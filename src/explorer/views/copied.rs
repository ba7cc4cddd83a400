//! What can be copied, in the order of the menu.

/// Something that can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    Value,
    NameAndValue,
    Subject,
    Issuer,
    Sha256,
    SpkiPin,
    Serial,
    SerialDecimal,
    Pem,
    DerHex,
    Element,
    Document,
    PathPem,
    PathText,
    OpensslCommand,
    Pane,
}

/// The key, the choice and its name, in the order of the menu.
pub const COPIES: &[(char, Copy, &str)] = &[
    ('y', Copy::Value, "value under the cursor"),
    ('n', Copy::NameAndValue, "name and value under the cursor"),
    ('u', Copy::Subject, "subject (RFC 4514)"),
    ('i', Copy::Issuer, "issuer (RFC 4514)"),
    ('s', Copy::Sha256, "SHA-256 fingerprint"),
    ('k', Copy::SpkiPin, "SPKI pin (SHA-256, base64)"),
    ('r', Copy::Serial, "serial number, hexadecimal"),
    ('d', Copy::SerialDecimal, "serial number, decimal"),
    ('m', Copy::Pem, "certificate as PEM"),
    ('x', Copy::DerHex, "certificate as hexadecimal DER"),
    ('e', Copy::Element, "ASN.1 element as hexadecimal"),
    ('j', Copy::Document, "certificate as JSON"),
    ('c', Copy::PathPem, "chosen path as PEM"),
    ('p', Copy::PathText, "chosen path as text"),
    ('o', Copy::OpensslCommand, "chosen path for `openssl verify`"),
    ('v', Copy::Pane, "this pane as text"),
];

impl Copy {
    /// What it is called in the menu.
    pub fn label(self) -> &'static str {
        COPIES.iter().find(|(_, copy, _)| *copy == self).map_or("", |(_, _, label)| label)
    }
}
