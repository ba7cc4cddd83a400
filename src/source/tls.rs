//! Which certificates does a TLS server send? A handshake that keeps the chain whatever is wrong with it.
//!
//! The server is not authenticated and nothing but the handshake is sent. Judging the chain is the checks' work.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConnection, ProtocolVersion};

use super::address;
use super::batch::{Batch, Problem, ProblemKind};
use super::deadline::Deadline;
use super::input::ServerInput;
use crate::cert::{Certificate, Origin, escape};
use recorder::{Recorder, config};

mod connect;
mod drive;
mod error;
mod recorder;

pub use drive::MAX_HANDSHAKE;
pub use error::TlsError;

/// Long enough for a slow server on the other side of the world, short enough for a person to wait.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// To be shown wherever a handshake is.
pub const NOT_AUTHENTICATED: &str = "the handshake only collected certificates; the server was not authenticated";

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
    /// "X25519", "secp256r1".
    pub group: Option<String>,
    /// RFC 7301: "h2", "http/1.1", or none that the server chose.
    pub alpn: Option<String>,
    /// The OCSP response for the first certificate (RFC 6066 8), DER, unchecked.
    pub stapled_ocsp: Option<Vec<u8>>,
    /// Why it did not come to its end; the certificates were received before that.
    pub completed: Result<(), TlsError>,
}

impl Handshake {
    /// The server as the origins of its certificates have it: the host, and the port where it is not the usual one.
    pub fn label(&self) -> String {
        if self.port == super::input::HTTPS_PORT { self.host.clone() } else { address::display(&self.host, self.port) }
    }
}

/// What is being done, for a person who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Resolving,
    Connecting(SocketAddr),
    /// Talking to a proxy, or in a protocol that goes over to TLS.
    Asking(&'static str),
    Handshaking,
    /// Of several servers that are asked at once.
    Answered {
        done: usize,
        total: usize,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Resolving => write!(f, "resolving the name"),
            Step::Connecting(address) => write!(f, "connecting to {address}"),
            Step::Asking(whom) => write!(f, "asking {whom}"),
            Step::Answered { done, total } => write!(f, "{done} of {total} servers answered"),
            Step::Handshaking => write!(f, "waiting for the handshake"),
        }
    }
}

/// The server's certificates in its order, duplicates kept, with positions counted from 1; one that does not parse is a
/// problem and the rest is kept; `handshake` is always there. Blocks for at most `input.timeout`; ends within 0.1 s of `cancelled`
/// being set. An `Err` means that no certificate was received.
pub fn handshake(input: &ServerInput, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Result<Batch, TlsError> {
    let deadline = Deadline::new(input.timeout, cancelled);
    let peer = input.peer();
    let asked = input.servername.as_deref().unwrap_or(&input.host);
    let name = ServerName::try_from(asked.to_owned()).map_err(|_| TlsError::ServerName { name: escape(asked) })?;
    let recorder = Arc::new(Recorder::default());
    let broken = |error: rustls::Error| TlsError::Handshake { peer: peer.clone(), reason: escape(&error.to_string()) };
    let mut connection =
        config(Arc::clone(&recorder), input).and_then(|config| ClientConnection::new(Arc::new(config), name)).map_err(broken)?;

    let target = match &input.connect {
        Some(other) => address::parse(other).map(|(host, port)| (host, port.unwrap_or(input.port)))?,
        None => (input.host.clone(), input.port),
    };
    // A proxy resolves names itself.
    let (host, port) = input.proxy.as_ref().map_or(target.clone(), |proxy| (proxy.host.clone(), proxy.port));
    progress(Step::Resolving);
    let addresses = connect::resolve(&peer, &host, port, input.family, &deadline)?;
    let (stream, address) = connect::connect(&peer, &addresses, progress, &deadline)?;
    if let Some(proxy) = &input.proxy {
        progress(Step::Asking("the proxy"));
        proxy.reach(&stream, &peer, (&target.0, target.1), &deadline)?;
    }
    if let Some(protocol) = input.starttls {
        progress(Step::Asking(protocol.word));
        protocol.start(&stream, &peer, asked, &deadline)?;
    }
    progress(Step::Handshaking);
    let completed = drive::drive(&mut connection, stream, &peer, &deadline);

    let recorded = recorder.recorded();
    if recorded.chain.is_empty() {
        completed?;
        return Err(TlsError::Handshake { peer, reason: "the server sent no certificate".to_owned() });
    }
    let mut batch = Batch::default();
    for (index, der) in recorded.chain.iter().enumerate() {
        let origin = Origin::Server { host: input.label(), asked: escape(asked), position: index + 1 };
        let place = origin.to_string();
        match Certificate::from_der(der) {
            Ok(certificate) => {
                let behind = der.len() - certificate.der().len();
                if behind > 0 {
                    let reason = format!("{behind} bytes behind the certificate, not read");
                    batch.report(Problem::new(ProblemKind::Broken, place, reason));
                }
                batch.certificates.push((certificate, origin));
            }
            Err(error) => batch.report(Problem::new(ProblemKind::Broken, place, error.to_string())),
        }
    }
    if let Some(response) = &recorded.stapled_ocsp {
        super::evidence::read_response(response, &format!("stapled by {}", input.label()), &mut batch);
    }
    batch.handshake = Some(Handshake {
        host: escape(&input.host),
        port: input.port,
        address,
        proxy: input.proxy.as_ref().map(ToString::to_string),
        starttls: input.starttls.map(|protocol| protocol.word),
        server_name: asked.parse::<IpAddr>().is_err().then(|| escape(asked)),
        version: connection.protocol_version().map(version_words),
        cipher_suite: connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite()).replace("TLS13_", "TLS_")),
        group: connection.negotiated_key_exchange_group().map(|group| format!("{:?}", group.name())),
        alpn: connection.alpn_protocol().map(|protocol| escape(&String::from_utf8_lossy(protocol))),
        stapled_ocsp: recorded.stapled_ocsp,
        completed,
    });
    Ok(batch)
}

fn version_words(version: ProtocolVersion) -> String {
    match version {
        ProtocolVersion::TLSv1_2 => "TLS 1.2".to_owned(),
        ProtocolVersion::TLSv1_3 => "TLS 1.3".to_owned(),
        other => format!("{other:?}"),
    }
}
