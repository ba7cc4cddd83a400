//! What did the server present? A verifier that writes down the certificates and objects to none, and what else rustls tells of.
//!
//! It must never leave `tls`: a connection made with it is not authenticated, and nothing is sent over it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ClientSessionStore, Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, DigitallySignedStruct, Error, NamedGroup, SignatureScheme, crypto};

use super::super::facts::KeyProof;
use super::schemes;
use crate::source::input::{ServerInput, Version};

/// What a person's browser offers, so that the server answers as it answers browsers.
const APPLICATION_PROTOCOLS: &[&[u8]] = &[b"h2", b"http/1.1"];

/// As it was sent: the order is the server's, duplicates are kept, nothing is parsed.
#[derive(Debug, Clone, Default)]
pub(super) struct Recorded {
    pub chain: Vec<CertificateDer<'static>>,
    pub stapled_ocsp: Option<Vec<u8>>,
    pub key_proof: Option<KeyProof>,
    /// A ticket, or before TLS 1.3 a session id.
    pub resumable: bool,
    /// The names, DER, of authorities whose client certificates it takes, where it asks for one.
    pub authorities: Option<Vec<Vec<u8>>>,
    /// The client's certificate was sent.
    pub client_sent: bool,
}

#[derive(Debug, Default)]
pub(super) struct Recorder {
    recorded: Mutex<Recorded>,
    identity: Option<Arc<CertifiedKey>>,
}

impl Recorder {
    pub fn new(identity: Option<Arc<CertifiedKey>>) -> Self {
        Self { recorded: Mutex::default(), identity }
    }

    pub fn recorded(&self) -> Recorded {
        self.lock().clone()
    }

    /// Nothing more is awaited behind a handshake: a ticket is made of the client's last word (RFC 8446 7.1), so that whoever sends one
    /// has taken it.
    pub fn has_all(&self) -> bool {
        self.lock().resumable
    }

    fn lock(&self) -> MutexGuard<'_, Recorded> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn judge(&self, message: &[u8], certificate: &CertificateDer<'_>, signed: &DigitallySignedStruct) {
        let proof = schemes::check(certificate, u16::from(signed.scheme), message, signed.signature());
        self.lock().key_proof = Some(proof);
    }
}

/// The protocols that are offered (RFC 7301): where another than HTTP is spoken, none.
pub(super) fn application_protocols(input: &ServerInput) -> &'static [&'static [u8]] {
    if input.http { APPLICATION_PROTOCOLS } else { &[] }
}

pub(super) fn config(recorder: &Arc<Recorder>, input: &ServerInput) -> Result<ClientConfig, Error> {
    let versions = match input.version {
        None => vec![&TLS13, &TLS12],
        Some(Version::Tls12) => vec![&TLS12],
        Some(Version::Tls13) => vec![&TLS13],
    };
    let mut config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_protocol_versions(&versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::<Recorder>::clone(recorder))
        .with_client_cert_resolver(Arc::<Recorder>::clone(recorder));
    config.alpn_protocols = application_protocols(input).iter().map(|protocol| protocol.to_vec()).collect();
    // What is offered is noted, and never used: a resumed session would show no certificates.
    config.resumption = Resumption::store(Arc::<Recorder>::clone(recorder));
    Ok(config)
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp_response: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut recorded = self.lock();
        recorded.chain = std::iter::once(end_entity).chain(intermediates).map(|der| der.clone().into_owned()).collect();
        recorded.stapled_ocsp = (!ocsp_response.is_empty()).then(|| ocsp_response.to_vec());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.judge(message, certificate, signed);
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.judge(message, certificate, signed);
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        schemes::offered()
    }
}

impl rustls::client::ResolvesClientCert for Recorder {
    fn resolve(&self, authorities: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let mut recorded = self.lock();
        recorded.authorities = Some(authorities.iter().map(|name| name.to_vec()).collect());
        let identity = self.identity.clone().filter(|identity| identity.key.choose_scheme(schemes).is_some());
        recorded.client_sent = identity.is_some();
        identity
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

impl ClientSessionStore for Recorder {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {
        self.lock().resumable = true;
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, _: Tls13ClientSessionValue) {
        self.lock().resumable = true;
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}
