//! Which PEM blocks are a certificate and nothing else? Nearly all blocks of a large file, so several threads find that out.

use std::thread::{Builder, available_parallelism, scope};

use super::pem_block::{BlockEnd, PemBlock, decode};
use super::pkcs7;
use crate::cert::Certificate;

/// Labels of blocks that are a certificate: RFC 7468 5.1, and what older programs wrote (RFC 7468 section 5.1, note on labels).
pub(super) const CERTIFICATE_LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE"];

/// Blocks that are read at once: what they hold is in memory twice until it is taken over.
pub(super) const BLOCKS_AT_ONCE: usize = 2_048;
/// Fewer blocks are read before a thread has begun.
const FEWEST: usize = 64;

/// For each block the certificate, where it is sound and there is nothing else to say of the block.
pub(super) fn certificates(blocks: &[PemBlock<'_>]) -> Vec<Option<Certificate>> {
    let threads = if blocks.len() < FEWEST { 1 } else { available_parallelism().map_or(1, usize::from) };
    let read = |part: &[PemBlock<'_>]| part.iter().map(certificate).collect::<Vec<_>>();
    let mut parts = blocks.chunks(blocks.len().div_ceil(threads).max(1));
    let Some(own) = parts.next() else { return Vec::new() };
    scope(|scope| {
        let begin = |part| (part, Builder::new().name("read".to_owned()).spawn_scoped(scope, move || read(part)).ok());
        let others: Vec<_> = parts.map(begin).collect();
        let mut out = read(own);
        for (part, thread) in others {
            // Where the system refuses a thread, this one does its work.
            out.extend(thread.and_then(|thread| thread.join().ok()).unwrap_or_else(|| read(part)));
        }
        out
    })
}

fn certificate(block: &PemBlock<'_>) -> Option<Certificate> {
    let BlockEnd::Found { body } = block.end else { return None };
    let der = CERTIFICATE_LABELS.contains(&block.label).then(|| decode(body, block.line).ok()).flatten()?;
    let certificate = (!pkcs7::is_signed_data(&der)).then(|| Certificate::from_der(&der).ok()).flatten()?;
    (certificate.der().len() == der.len()).then_some(certificate)
}
