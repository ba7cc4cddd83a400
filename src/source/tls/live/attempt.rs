//! How is one server asked? By rustls, to the end of the handshake; and where that cannot be, by an old hello whose answer is read.

use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConnection, ProtocolVersion};

use super::super::facts::{ClientRequest, Handshake, KeyProof, Resumption, TimestampCount, Timestamps};
use super::identity::Identity;
use super::recorder::{Recorder, application_protocols, config};
use super::{TlsError, address, connect, drive, retry};
use crate::cert::{escape, sent_timestamps};
use crate::source::deadline::Deadline;
use crate::source::input::{ServerInput, Version};
use crate::source::step::Step;

const WANTS_A_CLIENT: &str = ": it asked for a certificate of the client, and got none";

/// Who is asked, by which name, and until when: what both attempts have in common.
pub(super) struct Call<'a> {
    pub input: &'a ServerInput,
    /// As `input.peer()` has it.
    pub peer: String,
    pub name: ServerName<'static>,
    pub progress: &'a dyn Fn(Step),
    pub deadline: Deadline<'a>,
}

/// The certificates in DER, as they were sent, and how it went.
pub(super) struct AttemptOutcome {
    pub chain: Vec<Vec<u8>>,
    pub handshake: Handshake,
}

impl Call<'_> {
    /// Where to connect.
    pub fn addresses(&self) -> Result<Vec<SocketAddr>, TlsError> {
        // A proxy resolves names itself.
        let (host, port) = match &self.input.proxy {
            Some(proxy) => (proxy.host.clone(), proxy.port),
            None => self.server()?,
        };
        (self.progress)(Step::Resolving);
        connect::resolve(&self.peer, &host, port, self.input.family, &self.deadline)
    }

    /// The server itself, by name or address, and its port.
    fn server(&self) -> Result<(String, u16), TlsError> {
        match &self.input.connect {
            Some(other) => Ok(address::parse(other).map(|(host, port)| (host, port.unwrap_or(self.input.port)))?),
            None => Ok((self.input.host.clone(), self.input.port)),
        }
    }

    /// A stream on which the handshake may begin, for either attempt: what has to be said before it is said here.
    fn open(&self, addresses: &[SocketAddr]) -> Result<(TcpStream, SocketAddr), TlsError> {
        let (stream, address) = connect::connect(&self.peer, addresses, self.progress, &self.deadline)?;
        if let Some(proxy) = &self.input.proxy {
            (self.progress)(Step::Asking("the proxy"));
            let (host, port) = self.server()?;
            proxy.reach(&stream, &self.peer, (&host, port), &self.deadline)?;
        }
        if let Some(protocol) = self.input.starttls {
            (self.progress)(Step::Asking(protocol.word));
            let asked = self.input.servername.as_deref().unwrap_or(&self.input.host);
            protocol.start(&stream, &self.peer, asked, &self.deadline)?;
        }
        Ok((stream, address))
    }

    /// An `Err` means that no certificate was received; with the address that took the connection, if one did.
    pub fn modern(&self, addresses: &[SocketAddr], identity: Option<&Identity>) -> Result<AttemptOutcome, (TlsError, Option<SocketAddr>)> {
        let recorder = Arc::new(Recorder::new(identity.map(|identity| Arc::clone(&identity.certified))));
        let broken = |error: rustls::Error| (TlsError::Handshake { peer: self.peer.clone(), reason: escape(&error.to_string()) }, None);
        let config = config(&recorder, self.input).map_err(broken)?;
        let mut connection = ClientConnection::new(Arc::new(config), self.name.clone()).map_err(broken)?;
        let (stream, address) = self.open(addresses).map_err(|error| (error, None))?;
        (self.progress)(Step::Handshaking);
        let completed = drive::drive(&mut connection, stream, &|| recorder.has_all(), &self.peer, &self.deadline);
        let recorded = recorder.recorded();
        if recorded.chain.is_empty() {
            return Err((completed.err().unwrap_or_else(|| self.no_certificate()), Some(address)));
        }
        let completed = match completed {
            // Before TLS 1.3 there is no alert of its own for it (RFC 5246 7.4.6).
            Err(TlsError::Alert { peer, code: 40, name, .. }) if recorded.authorities.is_some() && !recorded.client_sent => {
                Err(TlsError::Alert { peer, code: 40, name, meaning: WANTS_A_CLIENT })
            }
            completed => completed,
        };
        let (version, is_over) = (connection.protocol_version(), !connection.is_handshaking());
        let handshake = Handshake {
            version: version.map(version_words),
            cipher_suite: connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite()).replace("TLS13_", "TLS_")),
            group: connection.negotiated_key_exchange_group().map(|group| format!("{:?}", group.name())),
            alpn: connection.alpn_protocol().map(|protocol| escape(&String::from_utf8_lossy(protocol))),
            stapled_ocsp: recorded.stapled_ocsp,
            key_proof: recorded.key_proof.unwrap_or(KeyProof::NotSeen { reason: "the handshake ended before the server signed it" }),
            resumption: match recorded.resumable {
                true => Resumption::Offered,
                false if is_over && version == Some(ProtocolVersion::TLSv1_2) => Resumption::NotOffered,
                false => Resumption::NotSeen,
            },
            client_request: recorded.authorities.map(|names| ClientRequest::new(&names, recorded.client_sent)),
            completed,
            ..self.blank(address)
        };
        Ok(AttemptOutcome { chain: recorded.chain.iter().map(|der| der.to_vec()).collect(), handshake })
    }

    /// Asks again after `first`, with the old hello.
    pub fn old(&self, address: SocketAddr, first: &TlsError) -> Result<AttemptOutcome, TlsError> {
        let (stream, address) = self.open(&[address])?;
        (self.progress)(Step::AskingAgain);
        let retry::OldHelloOutcome { answer, random, ended } =
            retry::ask(stream, self.sent_name().as_deref(), application_protocols(self.input), &self.peer, &self.deadline);
        if answer.chain.is_empty() {
            return Err(ended.err().unwrap_or_else(|| self.no_certificate()));
        }
        if self.input.version == Some(Version::Tls12) && answer.version != Some(0x0303) {
            let chosen = answer.version_words().unwrap_or_default();
            let reason = format!("the server chose {chosen}, and only TLS 1.2 is wanted");
            return Err(TlsError::Handshake { peer: self.peer.clone(), reason });
        }
        let handshake = Handshake {
            version: answer.version_words(),
            cipher_suite: answer.suite_words(),
            group: answer.group_words(),
            alpn: answer.alpn.as_deref().map(|protocol| escape(&String::from_utf8_lossy(protocol))),
            key_proof: answer.key_proof(&random),
            resumption: if answer.resumable { Resumption::Offered } else { Resumption::NotOffered },
            client_request: answer.authorities.as_deref().map(|names| ClientRequest::new(names, false)),
            timestamps: Timestamps {
                handshake: TimestampCount::of(answer.timestamps.as_deref().map(sent_timestamps).transpose()),
                ..self.blank(address).timestamps
            },
            stapled_ocsp: answer.stapled_ocsp,
            asked_again: Some(first.clone()),
            completed: ended,
            ..self.blank(address)
        };
        Ok(AttemptOutcome { chain: answer.chain, handshake })
    }

    /// What is known before the server has said anything.
    fn blank(&self, address: SocketAddr) -> Handshake {
        Handshake {
            host: escape(&self.input.host),
            port: self.input.port,
            address,
            proxy: self.input.proxy.as_ref().map(ToString::to_string),
            starttls: self.input.starttls.map(|protocol| protocol.word),
            server_name: self.sent_name().map(|name| escape(&name)),
            version: None,
            cipher_suite: None,
            group: None,
            alpn: None,
            stapled_ocsp: None,
            asked_again: None,
            key_proof: KeyProof::NotSeen { reason: "nothing was signed" },
            resumption: Resumption::NotSeen,
            client_request: None,
            timestamps: Timestamps { embedded: TimestampCount::Absent, ocsp: TimestampCount::Absent, handshake: TimestampCount::NotAsked },
            completed: Ok(()),
        }
    }

    /// RFC 6066 3: a DNS name, without the dot of the root; an address is not sent.
    fn sent_name(&self) -> Option<String> {
        let asked = self.input.servername.as_deref().unwrap_or(&self.input.host);
        asked.parse::<IpAddr>().is_err().then(|| asked.trim_end_matches('.').to_owned())
    }

    fn no_certificate(&self) -> TlsError {
        TlsError::Handshake { peer: self.peer.clone(), reason: "the server sent no certificate".to_owned() }
    }
}

fn version_words(version: ProtocolVersion) -> String {
    match version {
        ProtocolVersion::TLSv1_2 => "TLS 1.2".to_owned(),
        ProtocolVersion::TLSv1_3 => "TLS 1.3".to_owned(),
        other => format!("{other:?}"),
    }
}
