//! Which CRLs and OCSP responses came along? What tells of revocation is read with the certificates.

use super::batch::{Batch, Problem, ProblemKind};
use crate::cert::{Crl, CrlError, OcspError, OcspResponse};

/// RFC 7468 6.
pub(super) const CRL_LABEL: &str = "X509 CRL";
/// As OpenSSL and BoringSSL write it; RFC 7468 has none for it.
pub(super) const OCSP_LABEL: &str = "OCSP RESPONSE";

/// Reads what a PEM block of one of the labels holds.
pub(super) fn read_block(label: &str, der: &[u8], place: &str, batch: &mut Batch) {
    if label == OCSP_LABEL {
        return read_response(der, place, batch);
    }
    match Crl::from_der(der) {
        Ok(crl) => {
            let behind = der.len() - crl.der().len();
            if behind > 0 {
                let reason = format!("{behind} trailing bytes after the CRL, not read");
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
