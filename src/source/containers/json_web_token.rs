//! Which certificates does a compact JSON Web Token or Signature name (RFC 7515 3.1, 4.1.6 `x5c`)?

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::batch::{Batch, Inside, Otherwise, Problem, ProblemKind};
use crate::cert::Origin;

/// Parts of a signature, and of an encryption (RFC 7516 3.1).
const PARTS: [usize; 2] = [3, 5];
/// `{"` in base64url: a header is a JSON object with at least one field.
const HEADER: &[u8] = b"eyJ";

/// Reads the header of the token that is the whole of `bytes`; says whether they are one.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> bool {
    let text = bytes.trim_ascii();
    let token = text.strip_prefix(b"Bearer ").unwrap_or(text).trim_ascii();
    let parts: Vec<&[u8]> = token.splitn(PARTS[1] + 1, |byte| *byte == b'.').collect();
    let is_character = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !token.starts_with(HEADER) || !PARTS.contains(&parts.len()) || !token.iter().all(is_character) {
        return false;
    }
    let place = from.to_string();
    let Ok(header) = URL_SAFE_NO_PAD.decode(parts.first().copied().unwrap_or_default()) else {
        batch.report(Problem::new(ProblemKind::Broken, place, "JSON Web Token whose header is not base64url (RFC 7515 2)"));
        return true;
    };
    let nothing = Problem::new(ProblemKind::NotRead, place, "JSON Web Token without certificates (x5c) in its header");
    batch.inside.push(Inside { content: header, origin: from.clone(), counts_blocks: false, otherwise: Otherwise::Report(nothing) });
    true
}
