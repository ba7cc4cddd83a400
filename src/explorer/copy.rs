//! What can be copied, and as what text. All of it is escaped already.

use super::{Explorer, Pane};
use crate::cert::{hex_colons, spki_pin};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    Value,
    NameAndValue,
    Subject,
    Sha256,
    SpkiPin,
    Serial,
    Pem,
    PathPem,
}

/// The key, the choice and its name, in the order of the menu.
pub const COPIES: &[(char, Copy, &str)] = &[
    ('y', Copy::Value, "value under the cursor"),
    ('n', Copy::NameAndValue, "name and value under the cursor"),
    ('u', Copy::Subject, "subject"),
    ('s', Copy::Sha256, "SHA-256 fingerprint"),
    ('k', Copy::SpkiPin, "SPKI pin (SHA-256, base64)"),
    ('r', Copy::Serial, "serial number"),
    ('m', Copy::Pem, "certificate as PEM"),
    ('c', Copy::PathPem, "chosen path as PEM"),
];

/// The text to copy; `None` where there is nothing of that kind.
pub fn copy_text(explorer: &Explorer, copy: Copy) -> Option<String> {
    let analysis = explorer.analysis();
    let certificate = analysis.pool.certificate(explorer.focus);
    Some(match copy {
        Copy::Value => row_under_cursor(explorer)?.1,
        Copy::NameAndValue => {
            let (name, value) = row_under_cursor(explorer)?;
            format!("{name}: {value}")
        }
        Copy::Subject => certificate.subject.to_string(),
        Copy::Sha256 => certificate.sha256.to_string(),
        Copy::SpkiPin => spki_pin(certificate),
        Copy::Serial => hex_colons(certificate.bytes(certificate.serial)),
        Copy::Pem => certificate.pem(),
        Copy::PathPem => explorer.chosen_path()?.certificates.iter().map(|id| analysis.pool.certificate(*id).pem()).collect(),
    })
}

/// In the diagram the cursor is on a certificate: its name, and its whole subject.
fn row_under_cursor(explorer: &Explorer) -> Option<(String, String)> {
    let analysis = explorer.analysis();
    if explorer.pane == Pane::Diagram {
        let name = explorer.labels.certificate(&analysis.pool, &analysis.graph, explorer.focus);
        return Some((name, analysis.pool.certificate(explorer.focus).subject.to_string()));
    }
    let (rows, list) = match explorer.pane {
        Pane::Checks => (super::checks_rows(explorer), &explorer.checks),
        _ => (super::fields_rows(explorer), &explorer.fields),
    };
    super::detail::whole_value(&rows, list.place(&rows))
}
