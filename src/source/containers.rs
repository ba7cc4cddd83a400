//! Which signed or packed file is this, and what certificates does it carry? Told by content, never by the file's name.

mod efi;
mod json_web_token;
mod pdf;
mod portable_executable;
mod zip_archive;

use super::batch::Batch;
use crate::cert::Origin;

/// Reads what `bytes` are, where that is a container of these; says whether it is one.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> bool {
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip_archive::read(bytes, from, batch),
        [b'M', b'Z', ..] if portable_executable::is_one(bytes) => portable_executable::read(bytes, from, batch),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf::read(bytes, from, batch),
        _ if efi::is_one(bytes) => efi::read(bytes, from, batch),
        _ => return json_web_token::read(bytes, from, batch),
    }
    true
}
