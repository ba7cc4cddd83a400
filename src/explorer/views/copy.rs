//! As what text is something copied? All of it is escaped already.

use super::copied::Copy;
use crate::cert::{decimal, document, hex, hex_colons, spki_pin};
use crate::chain::CertificateId;
use crate::explorer::panes::list::{Row, whole_value};
use crate::explorer::state::Explorer;
use crate::words::{dates, end_words, place_words};

/// The text to copy; `None` where there is nothing of that kind.
pub fn copy_text(explorer: &Explorer, copy: Copy) -> Option<String> {
    let analysis = explorer.analysis();
    let certificate = analysis.pool.certificate(explorer.focus());
    Some(match copy {
        Copy::Value => row_under_cursor(explorer)?.1,
        Copy::NameAndValue => {
            let (name, value) = row_under_cursor(explorer)?;
            format!("{name}: {value}")
        }
        Copy::Subject => certificate.subject.rfc4514(),
        Copy::Issuer => certificate.issuer.rfc4514(),
        Copy::Sha256 => certificate.sha256.to_string(),
        Copy::SpkiPin => spki_pin(certificate),
        Copy::Serial => hex_colons(certificate.bytes(certificate.serial)),
        Copy::SerialDecimal => decimal(certificate.bytes(certificate.serial)),
        Copy::Pem => certificate.pem(),
        Copy::DerHex => hex(certificate.der()),
        Copy::Element => hex(&explorer.element_bytes()?),
        Copy::Document => format!("{:#}\n", document(certificate)),
        Copy::PathPem => explorer.chosen_path()?.certificates.iter().map(|id| analysis.pool.certificate(*id).pem()).collect(),
        Copy::PathText => path_text(explorer)?,
        Copy::OpensslCommand => openssl_command(explorer)?,
        Copy::Pane => pane_text(explorer),
    })
}

/// Bytes of a certificate that a preview has room for.
const PREVIEWED: usize = 64;

/// The first line of the text to copy, without making all of it: a menu shows every one in every frame.
pub fn copy_preview(explorer: &Explorer, copy: Copy) -> Option<String> {
    let certificate = explorer.analysis().pool.certificate(explorer.focus());
    match copy {
        Copy::Pem => Some(PEM_BEGINS.to_owned()),
        Copy::PathPem => explorer.chosen_path().map(|_| PEM_BEGINS.to_owned()),
        Copy::OpensslCommand => explorer.chosen_path().map(|_| "openssl verify -show_chain …".to_owned()),
        Copy::Document => Some("{".to_owned()),
        Copy::DerHex => Some(hex(certificate.der().get(..PREVIEWED).unwrap_or(certificate.der()))),
        Copy::PathText => path_heading(explorer),
        copy => copy_text(explorer, copy).map(|text| text.lines().next().unwrap_or_default().to_owned()),
    }
}

/// What PEM begins with (RFC 7468 3).
const PEM_BEGINS: &str = "-----BEGIN CERTIFICATE-----";

fn path_heading(explorer: &Explorer) -> Option<String> {
    let (judgement, chosen) = (explorer.judgement(), explorer.chosen());
    let judged = judgement.paths.get(chosen)?;
    Some(format!("path {}: {}", place_words(judgement, chosen), judged.verdict.word()))
}

/// The chosen path, a certificate a line from the target up, and how it ends.
fn path_text(explorer: &Explorer) -> Option<String> {
    let analysis = explorer.analysis();
    let judged = explorer.judgement.paths.get(explorer.chosen())?;
    let mut out = format!("{}\n", path_heading(explorer)?);
    for (place, id) in judged.path.certificates.iter().enumerate() {
        let certificate = analysis.pool.certificate(*id);
        let window = dates(certificate.not_before, certificate.not_after);
        let name = certificate.subject.rfc4514();
        out.push_str(&format!("{}. {name}  {window}  sha256 {}\n", place + 1, certificate.sha256));
    }
    out.push_str(&format!("ends {}\n", end_words(analysis, explorer.labels(), &judged.path)));
    Some(out)
}

/// A line for bash that has OpenSSL judge just this path at the judged time: its last certificate is the anchor, nothing else is.
fn openssl_command(explorer: &Explorer) -> Option<String> {
    let analysis = explorer.analysis();
    let path = &explorer.chosen_path()?.certificates;
    let (target, above) = path.split_first()?;
    let (anchor, between) = above.split_last().unwrap_or((target, &[]));
    let pem = |ids: &[CertificateId]| -> String { ids.iter().map(|id| analysis.pool.certificate(*id).pem()).collect() };
    let file = |ids: &[CertificateId]| format!("<(printf %s '{}')", pem(ids));
    let untrusted = if between.is_empty() { String::new() } else { format!(" -untrusted {}", file(between)) };
    let at = analysis.policy.at.0;
    let (anchor, target) = (file(&[*anchor]), file(&[*target]));
    Some(format!("openssl verify -show_chain -attime {at} -no-CApath -no-CAstore -partial_chain -CAfile {anchor}{untrusted} {target}\n"))
}

/// What the pane shows, or would if it were tall enough.
pub(super) fn pane_text(explorer: &Explorer) -> String {
    match explorer.pane().lower() {
        None => explorer.scene().to_text(),
        Some(list) => explorer.rows(list).iter().map(row_text).collect(),
    }
}

/// Its verdict as a word, its name, and its value where that says more.
fn row_text(row: &Row) -> String {
    let verdict = row.mark.map_or_else(String::new, |verdict| format!("{}: ", verdict.word()));
    let value = if row.value == row.name { "" } else { row.value.as_str() };
    let kind = if row.kind.is_empty() { String::new() } else { format!(" {}", row.kind) };
    let line = format!("{:indent$}{verdict}{}{kind}  {value}", "", row.name, indent = row.depth * 2);
    format!("{}\n", line.trim_end())
}

/// In the diagram the cursor is on a certificate: its name, and its whole subject.
fn row_under_cursor(explorer: &Explorer) -> Option<(String, String)> {
    let Some(list) = explorer.pane().lower() else {
        let analysis = explorer.analysis();
        let name = explorer.labels().certificate(&analysis.pool, &analysis.graph, explorer.focus());
        return Some((name, analysis.pool.certificate(explorer.focus()).subject.to_string()));
    };
    let rows = explorer.rows(list);
    whole_value(&rows, explorer.list(list).place(&rows))
}
