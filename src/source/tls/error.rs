//! Why was no chain received? In words for a person: which step, for whom, why.

use std::time::Duration;

use rustls::AlertDescription;

use super::Step;
use super::deadline::{Deadline, Stopped};

/// Characters of a plain-text answer that are shown; a status line or a greeting is shorter.
const MAX_ANSWER: usize = 80;

/// Text in it is escaped; `peer` is `host:port`, with where it was looked for instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    #[error("{name}: cannot be sent as a server name")]
    ServerName { name: String },
    #[error("--connect: {0}")]
    Address(#[from] crate::source::AddressError),
    #[error("{peer}: the name {name} was not resolved: {reason}")]
    Resolve { peer: String, name: String, reason: String },
    /// Each address with why it failed.
    #[error("{peer}: no connection: {attempts}")]
    Connect { peer: String, attempts: String },
    #[error("{peer}: timed out after {} s while {step}", after.as_secs_f32())]
    TimedOut { peer: String, step: Step, after: Duration },
    #[error("{peer}: stopped while {step}")]
    Cancelled { peer: String, step: Step },
    /// RFC 8446 6: number, name, and what it means here.
    #[error("{peer}: the server ended the handshake with alert {code} ({name}){meaning}")]
    Alert { peer: String, code: u8, name: String, meaning: &'static str },
    #[error("{peer}: no TLS is spoken there; the answer begins \"{answer}\"")]
    NotTls { peer: String, answer: String },
    #[error("{peer}: the server closed the connection {}", if *received { "in the middle of the handshake" } else { "without an answer" })]
    Closed { peer: String, received: bool },
    /// What the server sent breaks the protocol, or a limit.
    #[error("{peer}: the handshake failed: {reason}")]
    Handshake { peer: String, reason: String },
    /// The server chose what this program's TLS does not speak.
    #[error("{peer}: the server speaks another TLS: {reason}")]
    Incompatible { peer: String, reason: String },
    /// Refused, asked again with an old hello, and refused again.
    #[error("{first}; asked again for TLS 1.2 and older: {second}")]
    AskedAgain { first: Box<TlsError>, second: String },
    #[error("{option} {path}: {reason}")]
    Identity { option: &'static str, path: String, reason: String },
    /// The system refused a thread, or a socket's setting.
    #[error("{peer}: {reason}")]
    System { peer: String, reason: String },
}

impl TlsError {
    pub(super) fn stopped(stopped: Stopped, peer: &str, step: Step, deadline: &Deadline<'_>) -> Self {
        let peer = peer.to_owned();
        match stopped {
            Stopped::TimedOut => Self::TimedOut { peer, step, after: deadline.timeout() },
            Stopped::Cancelled => Self::Cancelled { peer, step },
            Stopped::NoThread => Self::System { peer, reason: "the system gave no thread to wait in".to_owned() },
        }
    }

    /// The server is not to blame: what was asked for cannot be done.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::ServerName { .. } | Self::Address(_) | Self::Identity { .. })
    }

    /// Both refusals; the peer is named once.
    pub(super) fn after(self, first: TlsError, peer: &str) -> Self {
        let words = self.to_string();
        let second = words.strip_prefix(&format!("{peer}: ")).unwrap_or(&words).to_owned();
        Self::AskedAgain { first: Box::new(first), second }
    }

    pub(super) fn alert(peer: &str, alert: AlertDescription) -> Self {
        let (name, meaning) = alert_words(alert);
        let name = match format!("{alert:?}") {
            _ if !name.is_empty() => name.to_owned(),
            unnamed if unnamed.contains('(') => "a number without a name".to_owned(),
            known => known,
        };
        Self::Alert { peer: peer.to_owned(), code: u8::from(alert), name, meaning }
    }

    /// `answer` is what the server sent first.
    pub(super) fn not_tls(peer: &str, answer: &[u8]) -> Self {
        let text = String::from_utf8_lossy(answer);
        let line = text.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(MAX_ANSWER).collect();
        Self::NotTls { peer: peer.to_owned(), answer: crate::cert::escape(&shown) }
    }
}

/// Names of RFC 8446 6.2, and what each says about this program's offer. Others keep the name that rustls gives them.
fn alert_words(alert: AlertDescription) -> (&'static str, &'static str) {
    use AlertDescription as A;
    match alert {
        A::HandshakeFailure => {
            ("handshake_failure", ": it accepts none of the versions, cipher suites, groups or signatures that were offered")
        }
        A::ProtocolVersion => ("protocol_version", ": it does not speak the version of TLS that was offered"),
        A::UnrecognisedName => ("unrecognized_name", ": it does not know the name it was asked for"),
        A::InternalError => ("internal_error", ": something failed inside it, or it does not know the name it was asked for"),
        A::AccessDenied => ("access_denied", ""),
        A::InsufficientSecurity => ("insufficient_security", ": it wants stronger cipher suites or groups than were offered"),
        A::IllegalParameter => ("illegal_parameter", ""),
        A::DecodeError => ("decode_error", ""),
        A::UnexpectedMessage => ("unexpected_message", ""),
        A::CertificateRequired => ("certificate_required", ": it wants a certificate of the client"),
        A::BadCertificate => ("bad_certificate", ""),
        A::NoApplicationProtocol => ("no_application_protocol", ": it speaks neither h2 nor http/1.1"),
        A::CloseNotify => ("close_notify", ""),
        _ => ("", ""),
    }
}
