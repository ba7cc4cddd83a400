//! What is in the bytes that were fetched, or kept? They are as untrusted as any: read as what was asked for, and as nothing else.

use super::super::found::Found;
use super::super::{bytes, pkcs12};
use super::wanted::{Brought, FetchError, MAX_AIA, MAX_BROUGHT};
use crate::cert::{Certificate, Crl, EndpointKind, MAX_CRL, MAX_OCSP, OcspResponse, Origin, Time};

const SEQUENCE: u8 = 0x30;

/// Bytes that an answer may have.
pub(super) fn limit(kind: EndpointKind) -> usize {
    match kind {
        EndpointKind::Aia => MAX_AIA,
        EndpointKind::Ocsp => MAX_OCSP,
        EndpointKind::Crl => MAX_CRL,
    }
}

/// `place` is the URL, and `of` the subject of the certificate that named it; both escaped.
pub(super) fn read(kind: EndpointKind, bytes: &[u8], place: &str, of: &str) -> Result<Brought, FetchError> {
    if let Some(error) = something_else(bytes) {
        return Err(error);
    }
    match kind {
        EndpointKind::Aia => {
            let certificates = certificates(bytes, place, of)?;
            Ok(Brought::Certificates(certificates))
        }
        EndpointKind::Ocsp => match OcspResponse::from_der(bytes) {
            Ok(response) => Ok(Brought::Ocsp(Box::new(response))),
            Err(error) => Err(FetchError::Content(error.to_string())),
        },
        EndpointKind::Crl if bytes.first() == Some(&SEQUENCE) => match Crl::from_der(bytes) {
            Ok(crl) => Ok(Brought::Crl(Box::new(crl))),
            Err(error) => Err(FetchError::Content(error.to_string())),
        },
        EndpointKind::Crl => {
            let batch = bytes::read(bytes, &|block| Origin::Stdin { block });
            let problem = || FetchError::Content(batch.problems.first().map_or("no CRL".to_owned(), |problem| problem.reason.clone()));
            batch.crls.first().map(|(crl, _)| Brought::Crl(Box::new(crl.clone()))).ok_or_else(problem)
        }
    }
}

/// Bytes in which a page says that it is one.
const BEGINNING: usize = 1_024;

/// An answer that is nothing of what is asked for, whichever that is.
fn something_else(bytes: &[u8]) -> Option<FetchError> {
    if bytes.is_empty() {
        return Some(FetchError::Empty);
    }
    let page = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = page.get(..BEGINNING).unwrap_or(page).to_ascii_lowercase();
    let has = |text: &[u8], wanted: &[u8]| text.windows(wanted.len()).any(|window| window == wanted);
    if !begins.starts_with(b"<") || !has(&begins, b"<html") && !begins.starts_with(b"<!doctype html") {
        return None;
    }
    let page = page.to_ascii_lowercase();
    let is_login = [b"type=\"password\"".as_slice(), b"type='password'", b"type=password"].iter().any(|field| has(&page, field));
    Some(if is_login { FetchError::LoginPage } else { FetchError::Html })
}

/// DER, PEM, or PKCS#7 with certificates alone (RFC 5280 4.2.2.1).
fn certificates(bytes: &[u8], place: &str, of: &str) -> Result<Vec<(Certificate, Origin)>, FetchError> {
    let origin = || Origin::Aia { url: place.to_owned(), of: of.to_owned() };
    // Opening it would cost what its sender pleases.
    if pkcs12::is_pkcs12(bytes) {
        return Err(FetchError::Content("PKCS#12".to_owned()));
    }
    let batch = bytes::read(bytes, &|_| origin());
    match batch.certificates.len() {
        0 => {
            let reason = batch.problems.first().map_or("no certificate", |problem| problem.reason.as_str());
            Err(FetchError::Content(reason.to_owned()))
        }
        count if count > MAX_BROUGHT => Err(FetchError::Content(format!("more than {MAX_BROUGHT} certificates"))),
        _ => Ok(batch.certificates.into_iter().map(Found::into_parts).collect()),
    }
}

/// Until when it holds by its own word.
pub(super) fn next_update(brought: &Brought) -> Option<Time> {
    match brought {
        Brought::Certificates(_) => None,
        Brought::Crl(crl) => crl.next_update,
        Brought::Ocsp(response) => response.responses.iter().filter_map(|single| single.next_update).min(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::ber::OBJECT_IDENTIFIER as OID;
    use super::*;

    const CONTEXT_0: u8 = 0xa0;
    /// id-signedData (RFC 5652 5.1), the content of its OID.
    const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], &content].concat()
    }

    /// A SignedData with certificates alone (RFC 5652 5.1).
    fn bundle(certificates: &[&[u8]]) -> Vec<u8> {
        let data = element(SEQUENCE, &[&[OID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1]]);
        let signed = element(SEQUENCE, &[&[2, 1, 1], &[0x31, 0], &data, &element(CONTEXT_0, certificates), &[0x31, 0]]);
        element(SEQUENCE, &[&[OID, 9], &SIGNED_DATA, &element(CONTEXT_0, &[&signed])])
    }

    fn made() -> Vec<u8> {
        let key = rcgen::KeyPair::generate().unwrap();
        rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap().self_signed(&key).unwrap().der().to_vec()
    }

    fn count(bytes: &[u8]) -> Result<usize, String> {
        match read(EndpointKind::Aia, bytes, "http://a.test/", "leaf").map_err(|error| error.to_string())? {
            Brought::Certificates(certificates) => Ok(certificates.len()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn certificates_come_alone_in_pem_and_bundled() {
        let der = made();
        assert_eq!(count(&der), Ok(1));
        assert_eq!(count(::pem::encode(&::pem::Pem::new("CERTIFICATE", der.clone())).as_bytes()), Ok(1));
        assert_eq!(count(&bundle(&[&der, &der])), Ok(2));
        // An attribute certificate among them is left alone.
        assert_eq!(count(&bundle(&[&element(0xa1, &[&[5, 0]]), &der])), Ok(1));
        assert_eq!(count(&bundle(&[])), Err("answered with something else: PKCS#7 without a certificate or a CRL".to_owned()));
    }

    #[test]
    fn pages_are_told_from_what_was_asked_for() {
        for (page, words) in [
            ("<!DOCTYPE html><title>Not here</title>", "answered with a web page (HTML)"),
            ("\u{feff}\n <!-- x --><HTML><body>moved", "answered with a web page (HTML)"),
            (
                "<?xml version='1.0'?><html xmlns='x'><input TYPE='Password'>",
                "answered with a login page (HTML with a field for a password)",
            ),
            ("<html><form><input name=p type=password>", "answered with a login page (HTML with a field for a password)"),
            ("", "answered with nothing (0 bytes)"),
        ] {
            for kind in [EndpointKind::Aia, EndpointKind::Ocsp, EndpointKind::Crl] {
                assert_eq!(read(kind, page.as_bytes(), "", "").unwrap_err().to_string(), words);
            }
        }
        assert!(count(b"<X509Certificate>MII</X509Certificate>").unwrap_err().starts_with("answered with something else: "));
    }

    #[test]
    fn what_was_answered_was_reached() {
        let moved = |reason| FetchError::Redirected { place: "http://a.test/login".to_owned(), reason: Box::new(reason) };
        let word = |why| super::super::wanted::Reach::Unreachable { why, ms: 1 }.word();
        assert_eq!([FetchError::Html, FetchError::Status(404), moved(FetchError::LoginPage)].map(word), ["unusable"; 3]);
        assert_eq!([FetchError::Offline, moved(FetchError::Scheme)].map(word), ["unreachable"; 2]);
        assert_eq!(FetchError::Status(404).to_string(), "HTTP status 404 (not found)");
    }

    #[test]
    fn a_flood_of_certificates_is_refused() {
        let der = made();
        let pem = ::pem::encode(&::pem::Pem::new("CERTIFICATE", der)).repeat(MAX_BROUGHT + 1);
        assert_eq!(count(pem.as_bytes()), Err(format!("answered with something else: more than {MAX_BROUGHT} certificates")));
    }

    #[test]
    fn no_cut_and_no_changed_byte_brings_more_than_there_was() {
        let (der, whole) = (made(), bundle(&[&made()]));
        for bytes in [der, whole] {
            for place in 0..bytes.len() {
                assert!(count(&bytes[..place]).unwrap_or(0) <= 1);
                for bit in [1, 0x80] {
                    let mut changed = bytes.clone();
                    changed[place] ^= bit;
                    assert!(count(&changed).unwrap_or(0) <= 1, "byte {place}");
                }
            }
        }
    }
}
