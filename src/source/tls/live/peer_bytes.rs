//! What has the server sent so far? Its side of the stream, counted and bounded.

use std::io::{self, Read};
use std::net::TcpStream;

use super::TlsError;
use crate::source::tls::MAX_HANDSHAKE;

/// First bytes of the answer that are kept, to say what it was if it was not TLS.
const KEPT: usize = 256;

/// RFC 8446 5.1: content types, the first byte of every record (20 change_cipher_spec to 24 heartbeat).
const RECORDS: std::ops::RangeInclusive<u8> = 20..=24;

pub(super) struct PeerBytes {
    pub stream: TcpStream,
    count: usize,
    first: Vec<u8>,
}

impl PeerBytes {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, count: 0, first: Vec::new() }
    }

    pub fn is_not_tls(&self) -> bool {
        self.first.first().is_some_and(|byte| !RECORDS.contains(byte))
    }

    /// Why nothing more is read: it ended, or `MAX_HANDSHAKE` is reached.
    pub fn ended(&self, peer: &str) -> TlsError {
        if self.is_not_tls() {
            return self.not_tls(peer);
        }
        if self.count >= MAX_HANDSHAKE {
            let reason = format!("the server sent more than {MAX_HANDSHAKE} bytes");
            return TlsError::Handshake { peer: peer.to_owned(), reason };
        }
        TlsError::Closed { peer: peer.to_owned(), received: self.count > 0 }
    }

    pub fn not_tls(&self, peer: &str) -> TlsError {
        TlsError::not_tls(peer, &self.first)
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
