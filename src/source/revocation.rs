//! Which CRLs and OCSP responses do `--crl` and `--ocsp` name?

use std::path::Path;

use super::batch::Batch;
use super::file::{ReadLimits, display};
use super::folder::read_path;

/// What is looked for where an option names a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    Crl,
    Ocsp,
}

impl EvidenceKind {
    /// The option that names such files.
    pub fn option(self) -> &'static str {
        match self {
            EvidenceKind::Crl => "--crl",
            EvidenceKind::Ocsp => "--ocsp",
        }
    }

    fn words(self) -> &'static str {
        match self {
            EvidenceKind::Crl => "CRL: expected DER, or PEM blocks `X509 CRL`",
            EvidenceKind::Ocsp => "OCSP response: expected DER, or PEM blocks `OCSP RESPONSE`",
        }
    }
}

/// An option named a file or folder that holds nothing of what it is for; the words name the path and what was found instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {place}: {reason}", .kind.option())]
pub struct EvidenceError {
    pub kind: EvidenceKind,
    pub place: String,
    pub reason: String,
}

/// Reads a file, or a folder with everything under it. What is there besides `kind` stays in the batch; at least one of `kind`
/// must be.
pub fn read_evidence(kind: EvidenceKind, path: &Path, limits: &ReadLimits) -> Result<Batch, EvidenceError> {
    let batch = read_path(path, limits);
    let found = match kind {
        EvidenceKind::Crl => batch.crls.len(),
        EvidenceKind::Ocsp => batch.responses.len(),
    };
    if found > 0 {
        return Ok(batch);
    }
    let place = display(path);
    let reason = match batch.problems.first() {
        Some(problem) if problem.place == place => problem.reason.clone(),
        Some(problem) => problem.to_string(),
        None => format!("holds no {}", kind.words()),
    };
    Err(EvidenceError { kind, place, reason })
}
