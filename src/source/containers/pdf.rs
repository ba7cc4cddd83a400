//! Which certificates sign a PDF (ISO 32000-1 12.8.1: `/Contents` of a signature dictionary, in hexadecimal)? A scan; nothing else of the
//! document is looked at.

use super::super::batch::{Batch, Problem, ProblemKind};
use super::super::pkcs7;
use super::super::signed_data::MAX_SIGNATURES;
use crate::cert::Origin;

const CONTENTS: &[u8] = b"/Contents";

pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) {
    let (mut at, mut signatures) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(CONTENTS.len()).position(|window| window == CONTENTS)) {
        at += found + CONTENTS.len();
        let Some((signature, used)) = bytes.get(at..).and_then(hexadecimal) else { continue };
        at += used;
        if !pkcs7::is_signed_data(&signature) {
            continue;
        }
        signatures += 1;
        if signatures > MAX_SIGNATURES {
            let reason = format!("this and later signatures are not read; {MAX_SIGNATURES} are");
            return batch.report(Problem::new(ProblemKind::Limit, from.to_string(), reason));
        }
        pkcs7::read(&signature, &from.clone().entry(format!("signature {signatures}")), batch);
    }
    if signatures == 0 {
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "a PDF document without a signature that is in CMS"));
    }
}

/// The bytes of a string `<0a1b…>` that `text` begins with, but for white space; and the characters used.
fn hexadecimal(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let open = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let digits = text.get(open..)?.strip_prefix(b"<")?;
    let length = digits.iter().position(|byte| !byte.is_ascii_hexdigit() && !byte.is_ascii_whitespace())?;
    let values: Vec<u8> = digits.get(..length)?.iter().filter_map(|digit| char::from(*digit).to_digit(16)?.try_into().ok()).collect();
    let bytes = values.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (digits.get(length) == Some(&b'>')).then_some((bytes, open + 1 + length))
}
