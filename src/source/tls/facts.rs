//! How did a connection go? What every output says of it.

use std::net::SocketAddr;

use super::TlsError;
use crate::cert::{Decoded, Name, SignedTimestamp};
use crate::source::address::server_label;

/// Bytes that are read of one server. rustls takes a certificate message of 64 KiB; the rest of a handshake is small.
pub const MAX_HANDSHAKE: usize = 1 << 20;

/// How the connection went. Text is escaped. What was not agreed on before the handshake ended is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    pub host: String,
    pub port: u16,
    /// Whom the connection reached.
    pub address: SocketAddr,
    /// Through which proxy.
    pub proxy: Option<String>,
    /// The protocol that went over to TLS.
    pub starttls: Option<&'static str>,
    /// The name that was asked for (SNI, RFC 6066 3); `None` for an IP address, which is not sent.
    pub server_name: Option<String>,
    /// "TLS 1.3".
    pub version: Option<String>,
    /// By its IANA name: "TLS_AES_128_GCM_SHA256".
    pub cipher_suite: Option<String>,
    /// "X25519", "secp256r1", "DHE 2048 bits".
    pub group: Option<String>,
    /// RFC 7301: "h2", "http/1.1", or none that the server chose.
    pub alpn: Option<String>,
    /// The OCSP response for the first certificate (RFC 6066 8), DER; it is judged with the others.
    pub stapled_ocsp: Option<Vec<u8>>,
    /// Why the server was asked again with an old hello. Then nothing was agreed on: its answer was read, and the connection closed.
    pub asked_again: Option<TlsError>,
    pub key_proof: KeyProof,
    pub resumption: Resumption,
    /// `None` where the server asked for no certificate of the client.
    pub client_request: Option<ClientRequest>,
    pub timestamps: Timestamps,
    /// Why it did not come to its end; the certificates were received before that.
    pub completed: Result<(), TlsError>,
}

/// Whether the server proved to hold the key of the certificate it sent, by its signature over this very handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProof {
    /// The signature over the handshake holds; how it was made ("ecdsa_secp256r1_sha256").
    Given { scheme: String },
    /// The key in the certificate did not make it.
    Wrong { scheme: String },
    /// There is a signature, and why it was not judged.
    NotJudged { reason: String },
    /// No signature was seen, and why.
    NotSeen { reason: &'static str },
}

/// Whether the server lets this session be resumed (RFC 8446 2.2, RFC 5246 F.1.4). It never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumption {
    /// By a ticket, or before TLS 1.3 by a session id.
    Offered,
    NotOffered,
    /// The handshake ended before it could be, or a TLS 1.3 server said nothing within the time that is listened behind it.
    NotSeen,
}

/// The server wants to know who the client is (RFC 8446 4.3.2, RFC 5246 7.4.4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientRequest {
    /// Whose certificates it says it takes; where it names none, it does not say.
    pub authorities: Vec<Name>,
    /// Names among them that cannot be read.
    pub unreadable: usize,
    /// It was answered with a certificate, `--cert`.
    pub answered: bool,
}

/// The timestamps of transparency logs that came along, for the server's own certificate (RFC 6962 3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamps {
    pub embedded: TimestampCount,
    pub ocsp: TimestampCount,
    /// In the handshake's own extension (18), for which only the old hello can ask.
    pub handshake: TimestampCount,
}

/// How many timestamps came by one of the three ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimestampCount {
    NotAsked,
    Absent,
    Found(usize),
    Unreadable(String),
}

impl Handshake {
    /// The server as the origins of what it sent name it.
    pub fn label(&self) -> String {
        server_label(&self.host, self.port)
    }
}

impl TimestampCount {
    pub(super) fn of(found: Decoded<Vec<SignedTimestamp>>) -> Self {
        match found {
            Ok(None) => Self::Absent,
            Ok(Some(list)) => Self::Found(list.len()),
            Err(reason) => Self::Unreadable(reason.to_string()),
        }
    }
}

impl ClientRequest {
    pub(super) fn new(names: &[Vec<u8>], answered: bool) -> Self {
        let authorities: Vec<Name> = names.iter().filter_map(|name| Name::from_der(name)).collect();
        Self { unreadable: names.len() - authorities.len(), authorities, answered }
    }
}
