//! What has a text: a certificate's fields, searched; and what was found so far.

use crate::cert::{Certificate, Field, Time, decimal, fields, hex, hex_colons};
use crate::chain::{CertificateId, Entry};
use crate::explorer::jobs::renumbering::Renumbering;
use crate::explorer::jobs::state::Job;
use crate::words::validity_words;

/// A certificate with the text, and the first field that has it; escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub certificate: CertificateId,
    pub field: String,
    pub value: String,
}

/// What is sought, and what was found so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    /// In lower case.
    pub(super) wanted: String,
    pub(super) job: Job,
    /// Those that are drawn come first.
    pub(super) hits: Vec<Hit>,
    /// Where the focus was when typing began.
    pub(super) before: Option<CertificateId>,
    /// Enter was pressed before all was looked through.
    pub(super) is_awaited: bool,
}

impl Search {
    pub(super) fn renumber(&mut self, numbers: &Renumbering) {
        self.before = self.before.and_then(|id| numbers.certificate(id));
        self.hits.retain_mut(|hit| match numbers.certificate(hit.certificate) {
            Some(certificate) => {
                hit.certificate = certificate;
                true
            }
            None => false,
        });
    }
}

/// What a certificate is found by: whether it is valid at a time, where it was read, and its fields.
pub fn find_entry(entry: &Entry, at: Time, wanted: &str) -> Option<(String, String)> {
    let validity = validity_words(&entry.certificate, at);
    // `to` of its end is in its fields.
    let is_out = entry.certificate.not_after.is_some_and(|to| to < at) || entry.certificate.not_before.is_some_and(|from| at < from);
    if is_out && validity.to_lowercase().contains(wanted) {
        return Some(("Validity".to_owned(), validity));
    }
    let mut origins = entry.origins.iter().map(ToString::to_string);
    let origin = || origins.find(|origin| origin.to_lowercase().contains(wanted)).map(|origin| ("Found in".to_owned(), origin));
    find(&entry.certificate, wanted).or_else(origin)
}

/// The first field with the text, which is in lower case. Names, numbers and fingerprints first: to decode every field is the slow part.
pub fn find(certificate: &Certificate, wanted: &str) -> Option<(String, String)> {
    let contains = |text: &str| text.to_lowercase().contains(wanted);
    let serial = certificate.bytes(certificate.serial);
    let mut named = [("Subject", certificate.subject.to_string()), ("Issuer", certificate.issuer.to_string())].into_iter();
    if let Some((name, value)) = named.find(|(_, value)| contains(value)) {
        return Some((name.to_owned(), value));
    }
    // People write the octets of numbers and fingerprints with colons, with spaces, or with nothing between.
    let digits: String = wanted.chars().filter(|letter| !matches!(letter, ':' | ' ')).collect();
    if !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        if certificate.sha256.to_string().contains(&digits) {
            return Some(("SHA-256".to_owned(), certificate.sha256.to_string()));
        }
        if hex(serial).contains(&digits) || decimal(serial) == digits {
            return Some(("Serial number".to_owned(), hex_colons(serial)));
        }
    }
    fields(certificate).iter().find_map(|field| found_in(field, &contains))
}

fn found_in(field: &Field, contains: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    // A search for the name of a field would find every certificate, and hexadecimal every second one.
    let is_text = field.name != "Raw value" && field.name != "Value";
    if let Some(inner) = field.children.iter().find_map(|child| found_in(child, contains)) {
        return Some((if inner.0 == field.name { inner.0 } else { format!("{}, {}", field.name, inner.0) }, inner.1));
    }
    (is_text && contains(&field.value)).then(|| (field.name.clone(), field.value.clone()))
}
