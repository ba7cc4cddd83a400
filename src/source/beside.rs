//! What stands beside certificates: whose are the private keys of a file, and of all that was loaded, which certificates have the key of one
//! in a file of its own, or of a certificate request?

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::arrangement::{self, Listed, label};
use super::batch::{Batch, Beside};
use super::held_key::{HeldKey, PublicHalf, held_key};
use super::note::{MAX_NOTES, Note, NoteKind, Noted, RequestedCertificate};
use super::pem_block::{BlockEnd, PemBlock};
use crate::cert::{Certificate, CertificateRequest};
use crate::signature::{Answer, Claim, Key, verify};

/// Certificates that are named where they share a key.
const NAMED: usize = 4;

const PEM_ENCRYPTED: &[u8] = b"Proc-Type: 4,ENCRYPTED";

/// What is known of the private key in a block; its bytes are overwritten.
pub(super) fn held(block: &PemBlock<'_>) -> Option<HeldKey> {
    let BlockEnd::Found { body } = block.end else { return None };
    // RFC 1421 4.6.1.1, as OpenSSL still writes it.
    if body.windows(PEM_ENCRYPTED.len()).any(|window| window == PEM_ENCRYPTED) {
        return Some(HeldKey::Encrypted);
    }
    // With room for all of it from the start: a vector that grows leaves copies behind.
    let mut characters = Zeroizing::new(Vec::with_capacity(body.len()));
    characters.extend(body.iter().filter(|byte| !byte.is_ascii_whitespace()));
    let mut der = Zeroizing::new(vec![0; characters.len()]);
    let length = STANDARD.decode_slice(&*characters, &mut der).ok()?;
    Some(held_key(block.label, der.get(..length)?))
}

/// The private keys of the file, and how its certificates stand.
pub(super) fn look(lines: &[Option<usize>], noted: &mut Noted, batch: &mut Batch) {
    let mut keys = Vec::new();
    for Beside { place, line, found } in std::mem::take(&mut batch.held) {
        match found {
            HeldKey::Known(public) => keys.push(Beside { place, line, found: public }),
            HeldKey::Encrypted => noted.add(line, NoteKind::KeyEncrypted),
            HeldKey::NotCompared => noted.add(line, NoteKind::KeyNotCompared),
        }
    }
    if batch.certificates.is_empty() {
        batch.keys.extend(keys);
        return;
    }
    // What stands in base64 is in the fields of something else: a file of Kubernetes' is in no order.
    if batch.certificates.len() == lines.len() {
        let listed: Vec<Listed<'_>> =
            batch.certificates.iter().zip(lines).map(|(found, line)| Listed { certificate: &found.certificate, line: *line }).collect();
        let keys: Vec<_> = keys.into_iter().map(|key| (key.line, key.found)).collect();
        arrangement::look(&listed, &keys, noted);
    }
}

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
