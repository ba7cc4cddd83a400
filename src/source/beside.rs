//! Which of all that was loaded has the key of a private key in a file of its own, or of a certificate request?

use super::arrangement::label;
use super::batch::Beside;
use super::held_key::PublicHalf;
use super::note::{MAX_NOTES, Note, NoteKind, RequestedCertificate};
use crate::cert::{Certificate, CertificateRequest};
use crate::signature::{Answer, Claim, Key, verify};

/// Certificates that are named where they share a key.
const NAMED: usize = 4;

/// A note for each key and each request.
pub fn beside_notes(keys: &[Beside<PublicHalf>], requests: &[Beside<CertificateRequest>], certificates: &[&Certificate]) -> Vec<Note> {
    let of_key = |key: &PublicHalf| -> Vec<String> {
        certificates.iter().filter(|certificate| key.is_of(certificate)).map(|certificate| label(certificate)).take(NAMED).collect()
    };
    let keys = keys.iter().map(|Beside { place, line, found }| {
        let subjects = of_key(found);
        let kind = if subjects.is_empty() { NoteKind::KeyOfNone } else { NoteKind::KeyOf { subjects } };
        Note { place: place.clone(), line: *line, others: 0, kind }
    });
    let requests = requests.iter().map(|Beside { place, line, found }| {
        let certificates = of_key(&PublicHalf::of(&found.key));
        let kind = NoteKind::Request(Box::new(RequestedCertificate { certificates, ..told(found) }));
        Note { place: place.clone(), line: *line, others: 0, kind }
    });
    keys.chain(requests).take(MAX_NOTES).collect()
}

fn told(request: &CertificateRequest) -> RequestedCertificate {
    let key = Key { algorithm: &request.key.algorithm, parameters: &request.key.parameters, bits: &request.key.bits };
    let CertificateRequest { algorithm, parameters, signed, signature, .. } = request;
    // RFC 2986 4.2: by the key that it is for.
    let is_signed = match verify(&key, &Claim { algorithm, parameters, message: signed, signature }) {
        Answer::Good => Some(true),
        Answer::Bad => Some(false),
        Answer::Unsupported(_) => None,
    };
    let names = request.names.iter().map(|name| format!("{} {name}", name.form())).collect();
    RequestedCertificate { subject: request.subject.to_string(), names, key: request.key.words(), is_signed, certificates: Vec::new() }
}
