//! Which CRLs and OCSP responses were named, or came along? What tells of revocation is read with the certificates.

use std::path::Path;

use super::batch::{Batch, Problem, ProblemKind};
use super::file::{Limits, read_path};
use crate::cert::{Crl, CrlError, OcspError, OcspResponse};

/// RFC 7468 6.
pub(super) const CRL_LABEL: &str = "X509 CRL";
/// As OpenSSL and BoringSSL write it; RFC 7468 has none for it.
pub(super) const OCSP_LABEL: &str = "OCSP RESPONSE";

/// What is looked for where an option names a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Crl,
    Ocsp,
}

impl Kind {
    /// The option that names such files.
    pub fn option(self) -> &'static str {
        match self {
            Kind::Crl => "--crl",
            Kind::Ocsp => "--ocsp",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Kind::Crl => "CRL: expected DER, or PEM blocks `X509 CRL`",
            Kind::Ocsp => "OCSP response: expected DER, or PEM blocks `OCSP RESPONSE`",
        }
    }
}

/// An option named a file or folder that holds nothing of what it is for; the words name the path and what was found instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {place}: {reason}", .kind.option())]
pub struct EvidenceError {
    pub kind: Kind,
    pub place: String,
    pub reason: String,
}

/// Reads a file, or a folder with everything under it. What is there besides `kind` stays in the batch; at least one of `kind`
/// must be.
pub fn read_evidence(kind: Kind, path: &Path, limits: &Limits) -> Result<Batch, EvidenceError> {
    let batch = read_path(path, limits);
    let found = match kind {
        Kind::Crl => batch.crls.len(),
        Kind::Ocsp => batch.responses.len(),
    };
    if found > 0 {
        return Ok(batch);
    }
    let place = super::file::display(path);
    let reason = match batch.problems.first() {
        Some(problem) if problem.place == place => problem.reason.clone(),
        Some(problem) => problem.to_string(),
        None => format!("holds no {}", kind.words()),
    };
    Err(EvidenceError { kind, place, reason })
}

/// Reads what a PEM block of one of the labels holds.
pub(super) fn read_block(label: &str, der: &[u8], place: &str, batch: &mut Batch) {
    if label == OCSP_LABEL {
        return read_response(der, place, batch);
    }
    match Crl::from_der(der) {
        Ok(crl) => {
            let behind = der.len() - crl.der().len();
            if behind > 0 {
                let reason = format!("{behind} bytes behind the CRL, not read");
                batch.report(Problem::new(ProblemKind::Broken, place, reason));
            }
            batch.crls.push((crl, place.to_owned()));
        }
        Err(error) => batch.report(Problem::new(kind_of(&error), place, error.to_string()).with(der)),
    }
}

fn kind_of(error: &CrlError) -> ProblemKind {
    match error {
        CrlError::Malformed { .. } => ProblemKind::Broken,
        CrlError::TooLarge { .. } => ProblemKind::Limit,
    }
}

/// Reads one OCSP response, from a file or as a TLS server stapled it.
pub(super) fn read_response(der: &[u8], place: &str, batch: &mut Batch) {
    match OcspResponse::from_der(der) {
        Ok(response) => batch.responses.push((response, place.to_owned())),
        Err(error) => {
            let kind = match error {
                OcspError::Malformed { .. } | OcspError::NotSuccessful { .. } => ProblemKind::Broken,
                OcspError::TooLarge { .. } => ProblemKind::Limit,
            };
            batch.report(Problem::new(kind, place, error.to_string()).with(der));
        }
    }
}
