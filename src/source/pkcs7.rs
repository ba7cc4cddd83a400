//! Which certificates and CRLs does a PKCS#7 (CMS) container carry? RFC 5652 5.1, RFC 2315 9.1.

use super::batch::{Batch, Problem, ProblemKind};
use super::ber::{OBJECT_IDENTIFIER, SEQUENCE, element, take};
use super::evidence;
use super::found::Found;
use crate::cert::{Certificate, Origin};

/// 1.2.840.113549.1.7.2, signedData (RFC 5652 5.1).
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const INTEGER: u8 = 0x02;
const SET: u8 = 0x31;
/// `[0]`, constructed: the content of a ContentInfo; in SignedData, the certificates.
const CONTENT: u8 = 0xa0;
const CERTIFICATES: u8 = 0xa0;
/// `[1]`, constructed: the CRLs.
const CRLS: u8 = 0xa1;

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

/// Reads the container that `bytes` begin with; returns how many bytes it has. What it signs, and by whom, is left alone.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) -> Option<usize> {
    let place = from.to_string();
    let Some((container, _)) = element(bytes) else {
        batch.report(Problem::new(ProblemKind::Broken, place, "PKCS#7 that is cut short or not BER, not read"));
        return None;
    };
    let before = batch.certificates.len() + batch.crls.len();
    if sets(container.content, from, batch).is_none() {
        batch.report(Problem::new(ProblemKind::Broken, place, "PKCS#7 that is not a SignedData of RFC 5652 5.1, not read"));
    } else if batch.certificates.len() + batch.crls.len() == before {
        batch.report(Problem::new(ProblemKind::NotRead, place, "PKCS#7 without a certificate or a CRL"));
    }
    Some(container.whole.len())
}

fn sets(mut info: &[u8], from: &Origin, batch: &mut Batch) -> Option<()> {
    take(&mut info, OBJECT_IDENTIFIER)?;
    let mut content = take(&mut info, CONTENT)?.content;
    let mut signed = take(&mut content, SEQUENCE)?.content;
    take(&mut signed, INTEGER)?;
    take(&mut signed, SET)?;
    take(&mut signed, SEQUENCE)?;
    let certificates = take(&mut signed, CERTIFICATES);
    let crls = take(&mut signed, CRLS);
    let mut rest = certificates.map_or(&[][..], |set| set.content);
    while let Some((choice, behind)) = element(rest) {
        rest = behind;
        match choice.tag {
            SEQUENCE => match Certificate::from_der(choice.whole) {
                Ok(certificate) => batch.certificates.push(Found::plain(certificate, from.clone())),
                Err(error) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), error.to_string()).with(choice.whole)),
            },
            // RFC 5652 10.2.2: attribute certificates and other formats.
            _ => batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "an attribute certificate, not read")),
        }
    }
    let mut rest = crls.map_or(&[][..], |set| set.content);
    while let Some((crl, behind)) = element(rest) {
        rest = behind;
        evidence::read_block(evidence::CRL_LABEL, crl.whole, &from.to_string(), batch);
    }
    Some(())
}
