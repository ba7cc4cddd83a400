//! Which certificates sign a ZIP archive: a JAR or an APK (META-INF, the APK Signing Block v2 and v3), a NuGet package, an Office document?

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::super::batch::{Batch, Inside, Otherwise, Problem, ProblemKind};
use super::super::found::{Found, Role};
use super::super::pkcs7;
use super::super::signed_data::MAX_SIGNATURES;
use crate::cert::{Certificate, Origin, escape};

/// Bytes of one signature when it is inflated; real ones have some thousand, documents' some ten thousand. A file that says so little and
/// inflates to more is a bomb.
const MAX_SIGNATURE: u64 = 1 << 20;

/// Behind the block, which ends where the central directory begins (source.android.com, "APK Signature Scheme v2").
const BLOCK_MARK: &[u8] = b"APK Sig Block 42";
/// IDs of the schemes, and what they are called.
const SCHEMES: [(u32, &str); 3] = [(0x7109_871a, "v2"), (0xf053_68c0, "v3"), (0x1b93_ad61, "v3.1")];

pub(super) fn read(archive: &[u8], from: &Origin, batch: &mut Batch) {
    let mut opened = match ZipArchive::new(Cursor::new(archive)) {
        Ok(opened) => opened,
        Err(error) => {
            let reason = format!("a ZIP archive that cannot be read: {}", escape(&error.to_string()));
            return batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason));
        }
    };
    let mut names: Vec<String> =
        opened.file_names().filter_map(|name| name.ok()).map(Cow::into_owned).filter(|name| is_signature(name)).collect();
    names.sort();
    let (before, problems) = (batch.certificates.len(), batch.problems.len());
    if names.len() > MAX_SIGNATURES {
        let reason = format!("{} signatures; {MAX_SIGNATURES} are read", names.len());
        batch.report(Problem::new(ProblemKind::Limit, from.to_string(), reason));
    }
    for name in names.iter().take(MAX_SIGNATURES) {
        let origin = from.clone().entry(escape(name));
        match inflated(&mut opened, name) {
            Err((kind, reason)) => batch.report(Problem::new(kind, origin.to_string(), reason)),
            Ok(content) if pkcs7::is_signed_data(&content) => {
                pkcs7::read(&content, &origin, batch);
            }
            Ok(content) => batch.inside.push(Inside { content, origin, counts_blocks: true, otherwise: Otherwise::Append }),
        }
    }
    let directory = usize::try_from(opened.central_directory_start()).unwrap_or(usize::MAX);
    if read_blocks(archive.get(..directory).unwrap_or_default(), from, batch).is_none() {
        let reason = "the APK Signing Block is malformed; what follows in it is not read";
        batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason));
    }
    if batch.certificates.len() == before && batch.problems.len() == problems && batch.inside.is_empty() {
        let reason = "a ZIP archive without a signature (META-INF/*.RSA, *.DSA, *.EC, APK Signing Block, .signature.p7s)";
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), reason));
    }
}

/// JAR File Specification, "Digital Signatures"; NuGet's; Office Open XML's and OpenDocument's.
fn is_signature(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let in_folder = |folder: &str| lower.strip_prefix(folder).filter(|rest| !rest.contains('/'));
    let is_jar = in_folder("meta-inf/").is_some_and(|file| [".rsa", ".dsa", ".ec"].iter().any(|end| file.ends_with(end)));
    let is_document = in_folder("_xmlsignatures/").is_some_and(|file| file.ends_with(".xml")) || lower == "meta-inf/documentsignatures.xml";
    is_jar || is_document || lower == ".signature.p7s"
}

fn inflated(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, (ProblemKind, String)> {
    let broken = |error: String| (ProblemKind::Broken, format!("cannot be inflated: {}", escape(&error)));
    let file = archive.by_name(name).map_err(|error| broken(error.to_string()))?;
    let mut content = Vec::new();
    file.take(MAX_SIGNATURE + 1).read_to_end(&mut content).map_err(|error| broken(error.to_string()))?;
    if content.len() as u64 > MAX_SIGNATURE {
        return Err((ProblemKind::Limit, format!("more than {MAX_SIGNATURE} bytes, the limit for one signature; not read")));
    }
    Ok(content)
}

/// Reads the block that `before` the central directory ends with, where one is there; `None` where it is malformed.
fn read_blocks(before: &[u8], from: &Origin, batch: &mut Batch) -> Option<()> {
    let Some(block) = before.strip_suffix(BLOCK_MARK) else { return Some(()) };
    // The size stands in front of the block and behind it, and counts what follows the first.
    let (rest, size) = block.split_last_chunk::<8>()?;
    let pairs = usize::try_from(u64::from_le_bytes(*size)).ok()?.checked_sub(8 + BLOCK_MARK.len())?;
    let mut pairs = rest.get(rest.len().checked_sub(pairs)?..)?;
    while !pairs.is_empty() {
        let (length, behind) = pairs.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (pair, behind) = behind.split_at_checked(length)?;
        pairs = behind;
        let (id, value) = pair.split_first_chunk::<4>()?;
        if let Some((_, scheme)) = SCHEMES.iter().find(|(known, _)| *known == u32::from_le_bytes(*id)) {
            read_scheme(value, &from.clone().entry(format!("APK Signing Block {scheme}")), batch)?;
        }
    }
    Some(())
}

/// A list of signers: each begins with its signed data, and that with digests, then certificates.
fn read_scheme(value: &[u8], from: &Origin, batch: &mut Batch) -> Option<()> {
    let (mut signers, _) = counted(value)?;
    let mut read = 0;
    while !signers.is_empty() {
        let (signer, behind) = counted(signers)?;
        signers = behind;
        let (signed, _) = counted(signer)?;
        let (_, after_digests) = counted(signed)?;
        let (mut certificates, _) = counted(after_digests)?;
        while !certificates.is_empty() && read < MAX_SIGNATURES {
            let (der, behind) = counted(certificates)?;
            certificates = behind;
            read += 1;
            let origin = from.clone().entry(format!("certificate {read}"));
            match Certificate::from_der(der) {
                Ok(certificate) => batch.certificates.push(Found::new(certificate, origin, Role::Signer)),
                Err(error) => batch.report(Problem::new(ProblemKind::Broken, origin.to_string(), error.to_string()).with(der)),
            }
        }
        if !certificates.is_empty() {
            let reason = format!("more certificates; {MAX_SIGNATURES} are read");
            batch.report(Problem::new(ProblemKind::Limit, from.to_string(), reason));
            return Some(());
        }
    }
    Some(())
}

/// What four bytes of length, the lowest first, stand in front of; and what follows.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}
