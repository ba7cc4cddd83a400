//! Which certificates, CRLs and OCSP responses does binary data hold? One in DER, or several, one behind the other.

use super::batch::{Batch, Beside, Problem, ProblemKind};
use super::found::Found;
use super::held_key::{HeldKey, held_key_of_der};
use super::{evidence, pkcs7, pkcs12};
use crate::cert::{Certificate, CertificateRequest, Origin};

const SEQUENCE: u8 = 0x30;
const ENUMERATED: u8 = 0x0a;
const OBJECT_IDENTIFIER: u8 = 0x06;
/// `[0]`, constructed: what a version 2 or 3 certificate's signed part begins with (RFC 5280 4.1).
const VERSION: u8 = 0xa0;

/// A SEQUENCE with a length of more than 127 bytes; no text begins like this, and no certificate is shorter. An OCSP response that
/// says nothing but its status is (RFC 6960 4.2.1), and a CRL signed on a small curve may be.
pub(super) fn is_der(bytes: &[u8]) -> bool {
    matches!(bytes, [SEQUENCE, 0x80..=0x84, ..] | [SEQUENCE, 3, ENUMERATED, 1, _])
        || is_short_private_key(bytes)
        || (bytes.len() < 0x82 && is_shaped_like_a_crl(bytes))
}

pub(super) fn read(bytes: &[u8], origin: &dyn Fn(Option<usize>) -> Origin) -> Batch {
    let at = |offset: usize| match offset {
        0 => origin(None),
        _ => origin(None).entry(format!("byte {offset}")),
    };
    let place = |offset: usize| at(offset).to_string();
    let mut batch = Batch::default();
    let mut offset = 0;
    while let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) {
        let container = if pkcs7::is_signed_data(rest) {
            Some(pkcs7::read(rest, &at(offset), &mut batch))
        } else if offset == 0 && pkcs12::is_pkcs12(rest) {
            // Only the first: each costs a derivation of keys, as long as whoever made it pleased.
            Some(pkcs12::read(rest, &origin(None), &mut batch))
        } else {
            pkcs7::read_response(rest, &at(offset), &mut batch).map(Some)
        };
        match container {
            Some(Some(length)) => {
                offset += length;
                continue;
            }
            Some(None) => break,
            None => {}
        }
        if !is_der(rest) {
            let reason = format!("{} bytes that are not a certificate, not read", rest.len());
            batch.report(Problem::new(ProblemKind::Broken, place(offset), reason));
            break;
        }
        let whole = length(rest).and_then(|length| rest.get(..length));
        if let Some(whole) = whole.filter(|whole| is_shaped_like_a_crl(whole) || is_shaped_like_ocsp(whole)) {
            let label = if is_shaped_like_ocsp(whole) { evidence::OCSP_LABEL } else { evidence::CRL_LABEL };
            evidence::read_block(label, whole, &place(offset), &mut batch);
            offset += whole.len();
            continue;
        }
        if let Some(request) = whole.and_then(CertificateRequest::from_der) {
            batch.requests.push(Beside { place: place(offset), line: None, found: request });
            offset += whole.map_or(rest.len(), <[u8]>::len);
            continue;
        }
        if is_private_key(rest)
            && let HeldKey::Known(found) = held_key_of_der(rest)
        {
            batch.keys.push(Beside { place: place(offset), line: None, found });
        }
        let reason = match read_one(rest) {
            Ok(certificate) => {
                offset += certificate.der().len();
                batch.certificates.push(Found::plain(certificate, at(offset)));
                continue;
            }
            Err(reason) => reason,
        };
        let kind = if is_private_key(rest) {
            ProblemKind::PrivateKey
        } else if offset > 0 || is_shaped_like_a_certificate(rest) {
            ProblemKind::Broken
        } else {
            ProblemKind::NotRead
        };
        let problem = Problem::new(kind, place(offset), reason);
        // What is cut short has elements too, as far as it goes.
        let shown = whole.or(Some(rest).filter(|_| kind == ProblemKind::Broken)).filter(|_| !is_private_key(rest));
        batch.report(match shown {
            Some(shown) => problem.with(shown),
            None => problem,
        });
        // What stands behind an object that is whole may still be a certificate.
        match length(rest) {
            Some(length) if length <= rest.len() && !batch.is_full() => offset += length,
            _ => break,
        }
    }
    batch
}

fn read_one(bytes: &[u8]) -> Result<Certificate, String> {
    if is_private_key(bytes) {
        return Err("private key, not read".to_owned());
    }
    match length(bytes) {
        None => Err("not a certificate: not a SEQUENCE in DER".to_owned()),
        Some(length) => match bytes.get(..length) {
            None => Err(format!("not a certificate, or not the whole of one: its DER says {length} bytes, {} are there", bytes.len())),
            Some(whole) => Certificate::from_der(whole).map_err(|error| error.to_string()),
        },
    }
}

/// Length in bytes, with header, of the SEQUENCE that `bytes` begins with, as far as it says (X.690 8.1.3.5).
fn length(bytes: &[u8]) -> Option<usize> {
    let (header, content) = header(bytes)?;
    header.checked_add(content)
}

fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let [SEQUENCE, first, rest @ ..] = bytes else { return None };
    let octets = match first {
        0..=0x7f => return Some((2, usize::from(*first))),
        0x81..=0x84 => usize::from(first & 0x7f),
        _ => return None,
    };
    let content =
        rest.get(..octets)?.iter().try_fold(0_usize, |length, &octet| length.checked_mul(256)?.checked_add(usize::from(octet)))?;
    Some((2 + octets, content))
}

/// RFC 5958 2, RFC 8017 A.1.2, RFC 5915 3; encrypted ones (RFC 5958 3) name a method of PKCS#5 or PKCS#12 first.
pub(super) fn is_private_key(bytes: &[u8]) -> bool {
    let Some(content) = header(bytes).and_then(|(start, _)| bytes.get(start..)) else { return false };
    let method = header(content).and_then(|(start, _)| content.get(start..)).unwrap_or_default();
    // Behind the version: an OCTET STRING, an INTEGER, or an algorithm. Requests for time stamps and lists have versions, too.
    let is_key = |rest: &[u8]| match rest {
        [0x02 | 0x04, ..] => true,
        [SEQUENCE, ..] => header(rest).and_then(|(start, _)| rest.get(start)) == Some(&OBJECT_IDENTIFIER),
        _ => false,
    };
    matches!(content, [0x02, 0x01, 0x00 | 0x01, rest @ ..] if is_key(rest))
        || ENCRYPTIONS.iter().any(|oid| method.get(2..).is_some_and(|rest| rest.starts_with(oid)))
}

/// Of an elliptic curve: shorter than any certificate.
fn is_short_private_key(bytes: &[u8]) -> bool {
    matches!(bytes, [SEQUENCE, length @ 0x26..=0x7f, 0x02, 0x01, 0x00 | 0x01, ..] if bytes.len() == usize::from(*length) + 2)
}

/// 1.2.840.113549.1.5 (PKCS#5), 1.2.840.113549.1.12.1 (PKCS#12).
const ENCRYPTIONS: [&[u8]; 2] =
    [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05], &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01]];

/// RFC 6960 4.2.1: begins with responseStatus.
fn is_shaped_like_ocsp(bytes: &[u8]) -> bool {
    header(bytes).and_then(|(start, _)| bytes.get(start..)).is_some_and(|content| matches!(content, [ENUMERATED, 1, ..]))
}

/// RFC 5280 5.1: in the signed part a time stands where a certificate of version 1 has the SEQUENCE of two.
fn is_shaped_like_a_crl(bytes: &[u8]) -> bool {
    let signed_part = header(bytes).and_then(|(start, _)| bytes.get(start..));
    let mut rest = signed_part.and_then(|part| part.get(header(part)?.0..));
    if let Some([0x02, 1, 1, after @ ..]) = rest {
        rest = Some(after);
    }
    for _ in ["signature", "issuer"] {
        rest = rest.and_then(|part| part.get(length(part)?..));
    }
    matches!(rest, Some([0x17 | 0x18, ..]))
}

fn is_shaped_like_a_certificate(bytes: &[u8]) -> bool {
    let signed_part = header(bytes).and_then(|(start, _)| bytes.get(start..));
    let version = signed_part.and_then(|part| part.get(header(part)?.0));
    version == Some(&VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (Vec<u8>, rcgen::KeyPair) {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap().self_signed(&key).unwrap();
        (certificate.der().to_vec(), key)
    }

    fn read_file(parts: &[&[u8]]) -> (usize, Vec<String>, bool) {
        let batch = read(&parts.concat(), &|block| Origin::File { path: "a.der".to_owned(), block });
        let problems = batch.problems.iter().map(Problem::to_string).collect();
        (batch.certificates.len(), problems, batch.is_something_else())
    }

    #[test]
    fn one_or_several_certificates_load() {
        let (der, _) = made();
        assert_eq!(read_file(&[&der]), (1, vec![], false));
        assert_eq!(read_file(&[&der, &der, &der]), (3, vec![], false));
    }

    #[test]
    fn what_stands_behind_is_said_with_its_offset() {
        let (der, _) = made();
        let at = der.len();
        assert_eq!(read_file(&[&der, b"abc"]), (1, vec![format!("a.der, byte {at}: 3 bytes that are not a certificate, not read")], false));
        let cut = &der[..der.len() - 2];
        let said = format!("not a certificate, or not the whole of one: its DER says {at} bytes, {} are there", at - 2);
        assert_eq!(read_file(&[&der, cut]), (1, vec![format!("a.der, byte {at}: {said}")], false));
        assert_eq!(read_file(&[cut]), (0, vec![format!("a.der: {said}")], false));
    }

    #[test]
    fn a_bad_certificate_between_two_good_ones_is_named() {
        let (der, _) = made();
        let mut bad = der.clone();
        bad[4] = 0x31;
        let (count, problems, _) = read_file(&[&der, &bad, &der]);
        assert_eq!(count, 2);
        assert!(problems[0].starts_with(&format!("a.der, byte {}: not a certificate: ", der.len())), "{problems:?}");
    }

    #[test]
    fn other_formats_are_named_and_keys_are_not_read() {
        let (_, key) = made();
        assert_eq!(read_file(&[&key.serialize_der()]), (0, vec!["a.der: private key, not read".to_owned()], true));
    }
}
