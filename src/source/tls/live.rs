//! Asking a server, to the end of the handshake: the server is not authenticated, and nothing but the handshake is sent.

use std::sync::atomic::AtomicBool;

use rustls::pki_types::ServerName;

use super::super::address;
use super::super::batch::{Batch, Problem, ProblemKind};
use super::super::deadline::Deadline;
use super::super::found::Found;
use super::super::input::{ServerInput, Version};
use super::super::step::Step;
use super::error::TlsError;
use super::facts::TimestampCount;
use crate::cert::{Certificate, Origin, dns_name, escape};
use attempt::Call;

mod answer;
mod attempt;
mod connect;
mod cursor;
mod drive;
mod hello;
mod identity;
mod peer_bytes;
mod recorder;
mod retry;
mod schemes;
mod suites;

/// The server's certificates in its order, duplicates kept, with positions counted from 1; one that does not parse is a
/// problem and the rest is kept; `handshake` is always there. The client's own chain, where there is one, follows. A server that this
/// program's TLS cannot talk to is asked once more with an old hello. Blocks for at most `input.timeout`; ends within 0.1 s of
/// `cancelled` being set. An `Err` means that no certificate was received.
pub fn handshake(input: &ServerInput, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Result<Batch, TlsError> {
    let deadline = Deadline::new(input.timeout, cancelled);
    let asked = input.servername.as_deref().unwrap_or(&input.host);
    let asked = dns_name(asked).unwrap_or_else(|_| asked.to_owned());
    let name = ServerName::try_from(asked.clone()).map_err(|_| TlsError::ServerName { name: escape(&asked) })?;
    let identity = input.client.as_deref().map(identity::read).transpose()?;
    let call = Call { input, peer: input.peer(), name, progress, deadline };
    let addresses = call.addresses()?;
    let outcome = match call.modern(&addresses, identity.as_ref()) {
        Err((first, Some(address))) if retry::may_be_old(&first) && input.version != Some(Version::Tls13) => {
            call.old(address, &first).map_err(|second| second.after(first))?
        }
        // The certificates came, and then something that rustls does not speak: the old hello may bring more.
        Ok(outcome)
            if matches!(outcome.handshake.completed, Err(TlsError::Incompatible { .. })) && input.version != Some(Version::Tls13) =>
        {
            let first = outcome.handshake.completed.clone().err();
            first.and_then(|first| call.old(outcome.handshake.address, &first).ok()).unwrap_or(outcome)
        }
        outcome => outcome.map_err(|(error, _)| error)?,
    };
    let mut batch = Batch::default();
    for (index, der) in outcome.chain.iter().enumerate() {
        let origin = Origin::Server { host: input.label(), asked: escape(&asked), position: index + 1 };
        let place = origin.to_string();
        match Certificate::from_der(der) {
            Ok(certificate) => {
                let behind = der.len() - certificate.der().len();
                if behind > 0 {
                    let reason = format!("{behind} trailing bytes after the certificate, not read");
                    batch.report(Problem::new(ProblemKind::Broken, place, reason));
                }
                batch.certificates.push(Found::plain(certificate, origin));
            }
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, place, error.to_string()).with(der)),
        }
    }
    if let Some(response) = &outcome.handshake.stapled_ocsp {
        crate::source::evidence::read_response(response, &format!("stapled by {}", input.label()), &mut batch);
    }
    let mut handshake = outcome.handshake;
    let leaf = batch.certificates.first().filter(|found| matches!(found.origin, Origin::Server { position: 1, .. }));
    handshake.timestamps.embedded = TimestampCount::of(leaf.map_or(Ok(None), |found| found.certificate.embedded_timestamps()));
    handshake.timestamps.ocsp = TimestampCount::of(batch.responses.first().map_or(Ok(None), |(response, _)| response.timestamps()));
    batch.handshake = Some(handshake);
    if let (Some(identity), Some(files)) = (identity, &input.client) {
        let path = escape(&files.certificate.to_string_lossy());
        for (index, certificate) in identity.chain.into_iter().enumerate() {
            let origin = Origin::Client { host: input.label(), path: path.clone(), position: index + 1 };
            batch.certificates.push(Found::plain(certificate, origin));
        }
    }
    Ok(batch)
}
