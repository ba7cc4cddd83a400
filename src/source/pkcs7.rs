//! Which certificates and CRLs does a PKCS#7 (CMS) container carry, and when does it say that it was signed? RFC 5652 5.1, RFC 2315 9.1.

use super::batch::{Batch, Inside, Otherwise, Problem, ProblemKind};
use super::ber::{OBJECT_IDENTIFIER, SEQUENCE, element, take};
use super::evidence;
use super::found::{Found, Role};
use super::signed_data::{SIGNED_DATA, SignedData, Signer, elements};
use super::time_stamp::{
    COUNTERSIGNATURE, MAX_STAMPS, Stamped, TOKEN_ATTRIBUTES, TOKEN_CONTENT, TimeStamp, of_countersignature, of_token, token_of_response,
};
use crate::cert::{Certificate, Origin};

/// 1.3.6.1.4.1.311.2.4.1: another signature of the same file, whole (Authenticode's second digest).
const NESTED_SIGNATURE: [u8; 10] = [0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x04, 0x01];
/// 2.23.136.1.1.2, ICAO's list of the authorities that sign passports (Doc 9303 part 12, 9).
const MASTER_LIST: [u8; 6] = [0x67, 0x81, 0x08, 0x01, 0x01, 0x02];
const INTEGER: u8 = 0x02;
const SET: u8 = 0x31;
/// Signatures within signatures; Authenticode has one.
const MAX_NESTED: usize = 4;

/// Whether `bytes` begin as a SignedData does.
pub(super) fn is_signed_data(bytes: &[u8]) -> bool {
    // The header only: the rest may be cut short, which is to be said, not to be missed.
    let start = match bytes {
        [SEQUENCE, 0..=0x80, ..] => 2,
        [SEQUENCE, octets @ 0x81..=0x84, ..] => 2 + usize::from(octets & 0x7f),
        _ => return false,
    };
    bytes.get(start..).is_some_and(|content| matches!(content, [OBJECT_IDENTIFIER, 9, oid @ ..] if oid.starts_with(&SIGNED_DATA)))
}

/// Reads the container that `bytes` begin with; returns how many bytes it has. What it signs is read where it holds certificates.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> Option<usize> {
    let place = from.to_string();
    let Some((container, _)) = element(bytes) else {
        batch.report(Problem::new(ProblemKind::Broken, place, "PKCS#7 that is cut short or not BER, not read"));
        return None;
    };
    let before = batch.certificates.len() + batch.crls.len();
    match SignedData::read(container.content) {
        None => batch.report(Problem::new(ProblemKind::Broken, place, "PKCS#7 that is not a SignedData of RFC 5652 5.1, not read")),
        Some(signed) => {
            read_signed(&signed, from, batch);
            read_payload(&signed, from, batch);
            if batch.certificates.len() + batch.crls.len() == before {
                batch.report(Problem::new(ProblemKind::NotRead, place, "PKCS#7 without a certificate or a CRL"));
            }
        }
    }
    Some(container.whole.len())
}

/// Reads the certificates, CRLs and time stamps of a SignedData. Where somebody signed with it, its certificates are the signer's.
pub(super) fn read_signed(signed: &SignedData<'_>, from: &Origin, batch: &mut Batch) {
    parts(signed, from, MAX_NESTED, batch);
}

fn is_signed(signed: &SignedData<'_>) -> bool {
    signed.signers().next().is_some()
}

/// Reads the token of the time stamp response (RFC 3161 2.4.2) that `bytes` begin with; returns how many bytes that has, `None` where it is
/// none.
pub(super) fn read_response(bytes: &[u8], from: &Origin, batch: &mut Batch) -> Option<usize> {
    let (token, length) = token_of_response(bytes).filter(|(token, _)| is_signed_data(token))?;
    read(token, from, batch);
    Some(length)
}

/// The sets, what its signers say, and for a token its own time.
fn parts(signed: &SignedData<'_>, from: &Origin, nested: usize, batch: &mut Batch) {
    let first = batch.certificates.len();
    let is_token = signed.content_type == TOKEN_CONTENT;
    certificates(signed, from, if is_signed(signed) { Role::Signer } else { Role::Plain }, batch);
    for crl in elements(signed.crls) {
        evidence::read_block(evidence::CRL_LABEL, crl.whole, &from.to_string(), batch);
    }
    if is_token {
        let stamp = of_token(signed, Stamped::Elsewhere, since(batch, first), from.to_string());
        add(stamp, from, batch);
        return;
    }
    for signer in signed.signers().take(MAX_STAMPS) {
        match signer {
            Some(signer) => stamps(&signer, first, from, nested, batch),
            None => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), "a signer that is not one of RFC 5652 5.3, not read")),
        }
    }
}

/// What stands beside a signature, unsigned: its time stamps, and another signature.
fn stamps(signer: &Signer<'_>, first: usize, from: &Origin, nested: usize, batch: &mut Batch) {
    let own = since(batch, first).find(|certificate| signer.is(certificate)).map(|found| found.sha256);
    for (kind, value) in signer.unsigned().take(MAX_STAMPS) {
        if batch.stamps.len() >= MAX_STAMPS {
            let reason = format!("time stamps beyond the {MAX_STAMPS} that are looked at");
            return batch.report(Problem::new(ProblemKind::Limit, from.to_string(), reason));
        }
        if TOKEN_ATTRIBUTES.contains(&kind) {
            let place = from.clone().entry("time stamp token");
            let stamp = SignedData::read(value.content).and_then(|token| {
                certificates(&token, &place, Role::Signer, batch);
                of_token(&token, Stamped::Signature(signer.signature, own), since(batch, first), place.to_string())
            });
            add(stamp, &place, batch);
        } else if kind == COUNTERSIGNATURE {
            let place = from.clone().entry("countersignature");
            let stamp = of_countersignature(value.content, (signer.signature, own), since(batch, first), place.to_string());
            add(stamp, &place, batch);
        } else if kind == NESTED_SIGNATURE
            && let Some((signed, nested)) = SignedData::read(value.content).zip(nested.checked_sub(1))
        {
            parts(&signed, &from.clone().entry("nested signature"), nested, batch);
        }
    }
}

fn add(stamp: Option<TimeStamp>, from: &Origin, batch: &mut Batch) {
    match stamp {
        Some(stamp) => batch.add_stamp(stamp),
        None => {
            let reason = "a time stamp that is not a token of RFC 3161 2.4.2, not read";
            batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason));
        }
    }
}

/// The certificates that were read since there were `first`.
fn since(batch: &Batch, first: usize) -> impl Iterator<Item = &Certificate> + Clone {
    batch.certificates.get(first..).unwrap_or_default().iter().map(|found| &found.certificate)
}

fn certificates(signed: &SignedData<'_>, from: &Origin, role: Role, batch: &mut Batch) {
    for choice in elements(signed.certificates) {
        match choice.tag {
            SEQUENCE => match Certificate::from_der(choice.whole) {
                Ok(certificate) => batch.certificates.push(Found::new(certificate, from.clone(), role)),
                Err(error) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), error.to_string()).with(choice.whole)),
            },
            // RFC 5652 10.2.2: attribute certificates and other formats.
            _ => batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "an attribute certificate, not read")),
        }
    }
}

/// Reads what is signed, where that holds certificates itself: a configuration profile, a list of authorities. Other content is nobody's
/// question here.
fn read_payload(signed: &SignedData<'_>, from: &Origin, batch: &mut Batch) {
    let Some(payload) = signed.content.as_deref().filter(|_| is_signed(signed)) else { return };
    let (content, origin) = (payload.to_vec(), from.clone().entry("payload"));
    if signed.content_type == MASTER_LIST {
        return read_master_list(payload, &origin, batch);
    }
    batch.inside.push(Inside { content, origin, counts_blocks: true, otherwise: Otherwise::Nothing });
}

/// A version, and a SET of certificates.
fn read_master_list(list: &[u8], from: &Origin, batch: &mut Batch) {
    let parts = element(list).and_then(|(list, _)| {
        let mut rest = list.content;
        take(&mut rest, INTEGER)?;
        take(&mut rest, SET)
    });
    let Some(parts) = parts else {
        let reason = "not the list of certificates that it says it is";
        return batch.report(Problem::new(ProblemKind::Broken, from.to_string(), reason));
    };
    let (mut rest, mut number) = (parts.content, 0);
    while let Some((found, behind)) = element(rest) {
        (rest, number) = (behind, number + 1);
        let origin = from.clone().entry(format!("certificate {number}"));
        match Certificate::from_der(found.whole) {
            Ok(certificate) => batch.certificates.push(Found::new(certificate, origin, Role::Trusted)),
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, origin.to_string(), error.to_string()).with(found.whole)),
        }
    }
}
