//! Which certificates sign a Windows program or an EFI one (Authenticode)? The attribute certificate table of the PE format.

use super::super::batch::{Batch, Problem, ProblemKind};
use super::super::pkcs7;
use super::super::signed_data::MAX_SIGNATURES;
use crate::cert::Origin;

/// Where the DOS header says where the PE header is.
const PE_OFFSET: usize = 0x3c;
const PE_MARK: &[u8] = b"PE\0\0";
/// Behind the mark, the COFF header.
const COFF: usize = 4 + 20;
/// Magic of the optional header, and where its data directories begin: 32 and 64 bits.
const FORMS: [(u16, usize); 2] = [(0x10b, 96), (0x20b, 112)];
/// IMAGE_DIRECTORY_ENTRY_SECURITY; a directory is an offset and a size.
const SECURITY: usize = 4;
const DIRECTORY: usize = 8;
/// WIN_CERTIFICATE: length, revision, type; entries begin at multiples of eight.
const HEADER: usize = 8;
const PKCS_SIGNED_DATA: u16 = 2;

pub(super) fn is_one(bytes: &[u8]) -> bool {
    header(bytes).is_some()
}

fn header(bytes: &[u8]) -> Option<usize> {
    let at = number(bytes, PE_OFFSET)?;
    (bytes.get(at..at.checked_add(PE_MARK.len())?)? == PE_MARK).then_some(at)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Where the table is, and how long; both 0 where nobody signed.
fn table(bytes: &[u8]) -> Option<(usize, usize)> {
    let optional = header(bytes)? + COFF;
    let magic = short(bytes, optional)?;
    let (_, directories) = FORMS.iter().find(|(form, _)| *form == magic)?;
    // The number of directories stands in front of them.
    let count = number(bytes, optional + directories - 4)?;
    let at = optional + directories + SECURITY * DIRECTORY;
    if count <= SECURITY { Some((0, 0)) } else { Some((number(bytes, at)?, number(bytes, at + 4)?)) }
}

pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) {
    let broken = |reason: &str| Problem::new(ProblemKind::Broken, from.to_string(), format!("a Windows or EFI program (PE): {reason}"));
    let entries = match table(bytes) {
        None => return batch.report(broken("its headers are cut short or of no known form")),
        Some((_, 0)) => {
            let words = "a Windows or EFI program (PE) without a signature";
            return batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), words));
        }
        Some((start, size)) => start.checked_add(size).and_then(|end| bytes.get(start..end)),
    };
    let Some(mut rest) = entries else { return batch.report(broken("its certificate table lies outside of the file")) };
    let mut entry = 0;
    while rest.len() >= HEADER {
        let (length, kind) = (number(rest, 0).unwrap_or(0), short(rest, 6).unwrap_or(0));
        let Some(content) = rest.get(HEADER..length) else {
            return batch.report(broken("an entry of its certificate table is longer than the table"));
        };
        entry += 1;
        if entry > MAX_SIGNATURES {
            let reason = format!("this and later signatures are not read; {MAX_SIGNATURES} are");
            return batch.report(Problem::new(ProblemKind::Limit, from.to_string(), reason));
        }
        let origin = from.clone().entry(format!("signature {entry}"));
        if kind == PKCS_SIGNED_DATA {
            pkcs7::read(content, &origin, batch);
        } else {
            batch.report(Problem::new(ProblemKind::NotRead, origin.to_string(), format!("a signature of type {kind}, not read")));
        }
        rest = rest.get(length.next_multiple_of(8)..).unwrap_or_default();
    }
}
