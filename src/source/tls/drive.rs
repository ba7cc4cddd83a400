//! How is the handshake carried to its end, whatever the peer does: says nothing, trickles, floods, talks something else?

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::Duration;

use rustls::{ClientConnection, Error};

use super::{Step, TlsError};
use crate::cert::escape;
use crate::source::deadline::{Deadline, is_only_a_wait};

/// Bytes that are read of one server. rustls takes a certificate message of 64 KiB; the rest of a handshake is small.
pub const MAX_HANDSHAKE: usize = 1 << 20;

/// First bytes of the answer that are kept, to say what it was if it was not TLS.
const KEPT: usize = 256;

/// RFC 8446 5.1: content types, the first byte of every record (20 change_cipher_spec to 24 heartbeat).
const RECORDS: std::ops::RangeInclusive<u8> = 20..=24;

/// For words of parting, which no one waits for.
const FAREWELL: Duration = Duration::from_millis(50);

/// Runs the handshake to its end. The connection keeps what was agreed on, also where it is an `Err`.
pub(super) fn drive(connection: &mut ClientConnection, stream: TcpStream, peer: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
    let mut peer_bytes = PeerBytes { stream, count: 0, first: Vec::new() };
    let outcome = shake_hands(connection, &mut peer_bytes, peer, deadline);
    // An alert, where rustls has one to send, or that this is all that was wanted. The deadline may be over; this is short.
    connection.send_close_notify();
    let parting = peer_bytes.stream.set_write_timeout(Some(FAREWELL));
    if parting.is_ok() && connection.wants_write() {
        let _ = connection.write_tls(&mut peer_bytes.stream);
    }
    outcome
}

fn shake_hands(connection: &mut ClientConnection, peer_bytes: &mut PeerBytes, peer: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
    let stopped = |stopped| TlsError::stopped(stopped, peer, Step::Handshaking, deadline);
    let system = |error: io::Error| TlsError::System { peer: peer.to_owned(), reason: escape(&error.to_string()) };
    loop {
        let slice = deadline.slice().map_err(stopped)?;
        if connection.wants_write() {
            peer_bytes.stream.set_write_timeout(Some(slice)).map_err(system)?;
            match connection.write_tls(&mut peer_bytes.stream) {
                Ok(_) => {}
                Err(error) if is_only_a_wait(&error) => {}
                Err(_) => return Err(closed(peer, peer_bytes)),
            }
            continue;
        }
        if !connection.is_handshaking() {
            return Ok(());
        }
        peer_bytes.stream.set_read_timeout(Some(slice)).map_err(system)?;
        match connection.read_tls(peer_bytes) {
            Ok(0) => return Err(closed(peer, peer_bytes)),
            Ok(_) => connection.process_new_packets().map(drop).map_err(|error| failed(peer, peer_bytes, &error))?,
            Err(error) if is_only_a_wait(&error) => {}
            Err(_) if peer_bytes.count >= MAX_HANDSHAKE => {
                let reason = format!("the server sent more than {MAX_HANDSHAKE} bytes");
                return Err(TlsError::Handshake { peer: peer.to_owned(), reason });
            }
            Err(_) => return Err(closed(peer, peer_bytes)),
        }
    }
}

fn closed(peer: &str, peer_bytes: &PeerBytes) -> TlsError {
    if peer_bytes.is_not_tls() {
        return TlsError::not_tls(peer, &peer_bytes.first);
    }
    TlsError::Closed { peer: peer.to_owned(), received: peer_bytes.count > 0 }
}

fn failed(peer: &str, peer_bytes: &PeerBytes, error: &Error) -> TlsError {
    match error {
        Error::AlertReceived(alert) => TlsError::alert(peer, *alert),
        _ if peer_bytes.is_not_tls() => TlsError::not_tls(peer, &peer_bytes.first),
        _ => TlsError::Handshake { peer: peer.to_owned(), reason: escape(&error.to_string()) },
    }
}

/// The server's side of the stream, counted and bounded.
struct PeerBytes {
    stream: TcpStream,
    count: usize,
    first: Vec<u8>,
}

impl PeerBytes {
    fn is_not_tls(&self) -> bool {
        self.first.first().is_some_and(|byte| !RECORDS.contains(byte))
    }
}

impl Read for PeerBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(MAX_HANDSHAKE.saturating_sub(self.count));
        if room == 0 && !buffer.is_empty() {
            return Err(io::Error::other("too many bytes"));
        }
        let read = self.stream.read(&mut buffer[..room])?;
        self.count += read;
        let kept = read.min(KEPT - self.first.len());
        self.first.extend_from_slice(&buffer[..kept]);
        Ok(read)
    }
}
