//! Which certificates does an EFI signature list hold (UEFI 2.10, 32.4.1)? Secure Boot's `db`, `dbx`, `KEK`, `PK` as `.esl`, as a variable
//! from efivarfs (four bytes of attributes in front), and as a signed update (`.auth`, 8.2.2).

use super::super::batch::{Batch, Problem, ProblemKind};
use super::super::ber::element;
use super::super::found::{Found, Role};
use super::super::pkcs7;
use super::super::signed_data::SignedData;
use crate::cert::{Certificate, Origin};

/// GUIDs as they stand in the bytes.
const X509: [u8; 16] = guid(0xa5c0_59a1, 0x94e4, 0x4aa7, [0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72]);
const PKCS7: [u8; 16] = guid(0x4aaf_d29d, 0x68df, 0x49ee, [0x8a, 0xa9, 0x34, 0x7d, 0x37, 0x56, 0x65, 0xa7]);
/// What else a list may hold: what it is, and what its entries are called.
const OTHERS: [([u8; 16], &str); 4] = [
    (guid(0xc1c4_1626, 0x504c, 0x4092, [0xac, 0xa9, 0x41, 0xf9, 0x36, 0x93, 0x43, 0x28]), "SHA-256 hashes"),
    (guid(0x826c_a512, 0xcf10, 0x4ac9, [0xb1, 0x87, 0xbe, 0x01, 0x49, 0x66, 0x31, 0xbd]), "SHA-1 hashes"),
    (guid(0x3bd2_a492, 0x96c0, 0x4079, [0xb4, 0x20, 0xfc, 0xf9, 0x8e, 0xf1, 0x03, 0xed]), "SHA-256 hashes of certificates"),
    (guid(0x3c57_56e2, 0x67e8, 0x4b3e, [0xb4, 0x97, 0x99, 0x11, 0x6c, 0x6f, 0x57, 0x20]), "RSA keys"),
];

/// Of EFI_SIGNATURE_LIST: type, and three sizes. Of an entry: its owner. Of an update: a time, then length, revision and type.
const HEADER: usize = 28;
const OWNER: usize = 16;
const ATTRIBUTES: usize = 4;
const TIME: usize = 16;
const UPDATE: usize = TIME + 8 + 16;
/// WIN_CERT_TYPE_EFI_GUID, revision 2.0.
const UPDATE_MARK: [u8; 4] = [0x00, 0x02, 0xf1, 0x0e];

const fn guid(first: u32, second: u16, third: u16, rest: [u8; 8]) -> [u8; 16] {
    let ([a, b, c, d], [e, f], [g, h]) = (first.to_le_bytes(), second.to_le_bytes(), third.to_le_bytes());
    let [i, j, k, l, m, n, o, p] = rest;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

pub(super) fn is_one(bytes: &[u8]) -> bool {
    start(bytes).is_some()
}

/// Where the first list begins: behind nothing, a variable's attributes, or the head of a signed update.
fn start(bytes: &[u8]) -> Option<usize> {
    let is_list = |at: &usize| {
        let kind = bytes.get(*at..*at + OWNER);
        kind.is_some_and(|kind| *kind == X509 || OTHERS.iter().any(|(other, _)| kind == *other))
    };
    [0, ATTRIBUTES].into_iter().find(is_list).or_else(|| update(bytes).map(|_| 0))
}

/// The signature of an update, and where what it signs begins.
fn update(bytes: &[u8]) -> Option<(&[u8], usize)> {
    if bytes.get(TIME + 4..TIME + 8) != Some(&UPDATE_MARK) || bytes.get(TIME + 8..UPDATE) != Some(&PKCS7) {
        return None;
    }
    let end = TIME.checked_add(number(bytes, TIME)?)?;
    Some((bytes.get(UPDATE..end)?, end))
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(digits)).ok()
}

pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) {
    let mut at = start(bytes).unwrap_or(0);
    if let Some((signature, behind)) = update(bytes) {
        at = behind;
        let signer = from.clone().entry("signature of the update");
        // A SignedData, with a ContentInfo around it or without.
        let bare = element(signature).and_then(|(bare, _)| SignedData::within(bare.content));
        match bare {
            Some(signed) => pkcs7::read_signed(&signed, &signer, batch),
            None => {
                pkcs7::read(signature, &signer, batch);
            }
        }
    }
    let (mut list, mut entries) = (0, 0);
    while at < bytes.len() {
        list += 1;
        let Some(size) = read_list(bytes, at, from, &mut entries, batch) else {
            let reason =
                format!("EFI signature list {list}: its sizes do not fit in the {} bytes that are left; not read", bytes.len() - at);
            return batch.report(Problem::new(ProblemKind::Broken, format!("{from}, byte {at}"), reason));
        };
        at += size;
    }
}

/// Reads the list at an offset; returns its size.
fn read_list(bytes: &[u8], at: usize, from: &Origin, entries: &mut usize, batch: &mut Batch) -> Option<usize> {
    let (size, header, entry) = (number(bytes, at + 16)?, number(bytes, at + 20)?, number(bytes, at + 24)?);
    let list = bytes.get(at..at.checked_add(size)?)?;
    let kind = list.get(..OWNER)?;
    let content = list.get(HEADER.checked_add(header)?..)?;
    if entry <= OWNER {
        return None;
    }
    let held = content.chunks_exact(entry);
    if !held.remainder().is_empty() {
        return None;
    }
    if kind != X509 {
        let what = OTHERS.iter().find(|(other, _)| kind == *other).map_or("entries of a kind that is not known here", |(_, what)| *what);
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), format!("EFI signature list: {what}, not read: {}", held.len())));
        return Some(size);
    }
    for signature in held {
        *entries += 1;
        let origin = from.clone().entry(format!("entry {entries}"));
        let der = signature.get(OWNER..)?;
        match Certificate::from_der(der) {
            Ok(certificate) => batch.certificates.push(Found::new(certificate, origin, Role::Trusted)),
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, origin.to_string(), error.to_string()).with(der)),
        }
    }
    Some(size)
}
