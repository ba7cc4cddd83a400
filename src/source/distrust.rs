//! What does `--distrust` name? A SHA-256 of a certificate or a key, or the certificates of a file.

use std::path::Path;

use super::batch::Problem;
use super::file::ReadLimits;
use super::folder::read_path;
use crate::cert::{Fingerprint, escape};

/// Why nothing can be distrusted by a word; it is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DistrustError {
    #[error("`{spec}` is neither a file nor a SHA-256: expected 64 hexadecimal digits, with or without colons")]
    Neither { spec: String },
    #[error("{spec} has no certificate: {reason}")]
    Empty { spec: String, reason: String },
}

/// The fingerprints that `spec` names. An existing file takes precedence: then those of its certificates, not of their keys.
pub fn read_distrust(spec: &str) -> Result<Vec<Fingerprint>, DistrustError> {
    let path = Path::new(spec);
    if !path.exists() {
        let fingerprint = Fingerprint::parse(spec).ok_or_else(|| DistrustError::Neither { spec: escape(spec) })?;
        return Ok(vec![fingerprint]);
    }
    let batch = read_path(path, &ReadLimits::default());
    let found: Vec<Fingerprint> = batch.certificates.iter().map(|found| found.certificate.sha256).collect();
    if found.is_empty() {
        let reason = batch.problems.first().map_or_else(|| "nothing was found".to_owned(), Problem::to_string);
        return Err(DistrustError::Empty { spec: escape(spec), reason });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_colons_and_files_are_read() {
        let digits = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let colons: Vec<&str> = (0..32).map(|place| &digits[2 * place..2 * place + 2]).collect();
        assert_eq!(read_distrust(digits), Ok(vec![Fingerprint::of(b"")]));
        assert_eq!(read_distrust(&colons.join(":").to_uppercase()), Ok(vec![Fingerprint::of(b"")]));
        for wrong in ["", "e3b0", "no such file", &format!("{digits}00"), &digits.replace('e', "é")] {
            assert!(matches!(read_distrust(wrong), Err(DistrustError::Neither { .. })), "{wrong}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pem");
        let key = rcgen::KeyPair::generate().unwrap();
        let made = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&key).unwrap();
        std::fs::write(&path, made.pem()).unwrap();
        assert_eq!(read_distrust(&path.to_string_lossy()), Ok(vec![Fingerprint::of(made.der())]));
        std::fs::write(&path, "nothing").unwrap();
        assert!(matches!(read_distrust(&path.to_string_lossy()), Err(DistrustError::Empty { .. })));
    }
}
