//! Why was no chain received? In words for a person: which step, for whom, why.

use std::fmt;
use std::time::Duration;

use crate::source::deadline::{Deadline, WaitEnd};
use crate::source::step::Step;

/// Characters of a plain-text answer that are shown; a status line or a greeting is shorter.
const MAX_ANSWER: usize = 80;

/// Text in it is escaped; `peer` is `host:port`, with where it was looked for instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsError {
    ServerName {
        name: String,
    },
    /// That of `--connect`.
    Address(crate::source::AddressError),
    Resolve {
        peer: String,
        name: String,
        reason: String,
    },
    /// Each address with why it failed.
    Connect {
        peer: String,
        attempts: String,
    },
    /// In the talk before the handshake.
    Starttls {
        peer: String,
        protocol: &'static str,
        reason: String,
    },
    Proxy {
        peer: String,
        proxy: String,
        reason: String,
    },
    TimedOut {
        peer: String,
        step: Step,
        after: Duration,
    },
    Cancelled {
        peer: String,
        step: Step,
    },
    /// RFC 8446 6: number, name, and what it means here.
    Alert {
        peer: String,
        code: u8,
        name: &'static str,
        meaning: &'static str,
    },
    NotTls {
        peer: String,
        answer: String,
    },
    Closed {
        peer: String,
        received: bool,
    },
    /// What the server sent breaks the protocol, or a limit.
    Handshake {
        peer: String,
        reason: String,
    },
    /// The server chose what this program's TLS does not speak.
    Incompatible {
        peer: String,
        reason: String,
    },
    /// Refused, asked again with an old hello, and refused again.
    AskedAgain {
        first: Box<TlsError>,
        second: Box<TlsError>,
    },
    Identity {
        option: &'static str,
        path: String,
        reason: String,
    },
    Offline {
        peer: String,
    },
    /// The system refused a thread, or a socket's setting.
    System {
        peer: String,
        reason: String,
    },
}

impl std::error::Error for TlsError {}

impl From<crate::source::AddressError> for TlsError {
    fn from(error: crate::source::AddressError) -> Self {
        Self::Address(error)
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.peer() {
            Some(peer) => write!(f, "{peer}: {}", self.reason()),
            None => f.write_str(&self.reason()),
        }
    }
}

impl TlsError {
    pub(in crate::source) fn stopped(stopped: WaitEnd, peer: &str, step: Step, deadline: &Deadline<'_>) -> Self {
        let peer = peer.to_owned();
        match stopped {
            WaitEnd::TimedOut => Self::TimedOut { peer, step, after: deadline.timeout() },
            WaitEnd::Cancelled => Self::Cancelled { peer, step },
            WaitEnd::NoThread => Self::System { peer, reason: "the system gave no thread to wait in".to_owned() },
        }
    }

    /// The server is not to blame: what was asked for cannot be done.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::ServerName { .. } | Self::Address(_) | Self::Identity { .. } | Self::Offline { .. })
    }

    /// Who was asked, as the error's words name them; `None` where it is not about a server.
    pub fn peer(&self) -> Option<&str> {
        match self {
            Self::Address(_) | Self::Identity { .. } => None,
            Self::AskedAgain { first, .. } => first.peer(),
            Self::ServerName { name: peer }
            | Self::Resolve { peer, .. }
            | Self::Connect { peer, .. }
            | Self::Starttls { peer, .. }
            | Self::Proxy { peer, .. }
            | Self::TimedOut { peer, .. }
            | Self::Cancelled { peer, .. }
            | Self::Alert { peer, .. }
            | Self::NotTls { peer, .. }
            | Self::Closed { peer, .. }
            | Self::Handshake { peer, .. }
            | Self::Incompatible { peer, .. }
            | Self::Offline { peer }
            | Self::System { peer, .. } => Some(peer),
        }
    }

    /// The error without who was asked.
    pub fn reason(&self) -> String {
        match self {
            Self::ServerName { .. } => "cannot be sent as a server name".to_owned(),
            Self::Address(error) => format!("--connect: {error}"),
            Self::Resolve { name, reason, .. } => format!("the name {name} was not resolved: {reason}"),
            Self::Connect { attempts, .. } => format!("no connection: {attempts}"),
            Self::Starttls { protocol, reason, .. } => format!("{protocol}: {reason}"),
            Self::Proxy { proxy, reason, .. } => format!("by way of {proxy}: {reason}"),
            Self::TimedOut { step, after, .. } => format!("timed out after {} s while {step}", after.as_secs_f32()),
            Self::Cancelled { step, .. } => format!("stopped while {step}"),
            Self::Alert { code, name, meaning, .. } => format!("the server ended the handshake with alert {code} ({name}){meaning}"),
            Self::NotTls { answer, .. } => format!("no TLS is spoken there; the answer begins \"{answer}\""),
            Self::Closed { received: true, .. } => "the server closed the connection in the middle of the handshake".to_owned(),
            Self::Closed { received: false, .. } => "the server closed the connection without an answer".to_owned(),
            Self::Handshake { reason, .. } => format!("the handshake failed: {reason}"),
            Self::Incompatible { reason, .. } => format!("the server speaks another TLS: {reason}"),
            Self::AskedAgain { first, second } => format!("{}; asked again for TLS 1.2 and older: {}", first.reason(), second.reason()),
            Self::Identity { option, path, reason } => format!("{option} {path}: {reason}"),
            Self::Offline { .. } => "not asked; this build has no network (feature `online`)".to_owned(),
            Self::System { reason, .. } => reason.clone(),
        }
    }

    /// Both refusals; the peer is named once.
    pub(super) fn after(self, first: TlsError) -> Self {
        Self::AskedAgain { first: Box::new(first), second: Box::new(self) }
    }

    pub(super) fn alert(peer: &str, code: u8) -> Self {
        let known = ALERTS.iter().find(|(number, ..)| *number == code);
        let (name, meaning) = known.map_or(("a number without a name", ""), |(_, name, meaning)| (*name, *meaning));
        Self::Alert { peer: peer.to_owned(), code, name, meaning }
    }

    /// `answer` is what the server sent first.
    pub(super) fn not_tls(peer: &str, answer: &[u8]) -> Self {
        let text = String::from_utf8_lossy(answer);
        let line = text.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(MAX_ANSWER).collect();
        Self::NotTls { peer: peer.to_owned(), answer: crate::cert::escape(&shown) }
    }
}

/// The IANA names, and what each says about this program's offer.
const ALERTS: &[(u8, &str, &str)] = &[
    (0, "close_notify", ""),
    (10, "unexpected_message", ""),
    (20, "bad_record_mac", ""),
    (21, "decryption_failed", ""),
    (22, "record_overflow", ""),
    (30, "decompression_failure", ""),
    (40, "handshake_failure", ": it accepts none of the versions, cipher suites, groups or signatures that were offered"),
    (41, "no_certificate", ""),
    (42, "bad_certificate", ": it does not take the client's certificate"),
    (43, "unsupported_certificate", ": it does not take a client's certificate of that kind"),
    (44, "certificate_revoked", ": it holds the client's certificate to be revoked"),
    (45, "certificate_expired", ": it holds the client's certificate to be expired"),
    (46, "certificate_unknown", ": it does not take the client's certificate"),
    (47, "illegal_parameter", ""),
    (48, "unknown_ca", ": it does not know the issuer of the client's certificate"),
    (49, "access_denied", ": it knows who the client is, and does not let it in"),
    (50, "decode_error", ""),
    (51, "decrypt_error", ""),
    (52, "too_many_cids_requested", ""),
    (60, "export_restriction", ""),
    (70, "protocol_version", ": it does not speak the version of TLS that was offered"),
    (71, "insufficient_security", ": it wants stronger cipher suites or groups than were offered"),
    (80, "internal_error", ": something failed inside it, or it does not know the name it was asked for"),
    (86, "inappropriate_fallback", ""),
    (90, "user_canceled", ""),
    (100, "no_renegotiation", ""),
    (109, "missing_extension", ""),
    (110, "unsupported_extension", ""),
    (111, "certificate_unobtainable", ""),
    (112, "unrecognized_name", ": it does not know the name it was asked for"),
    (113, "bad_certificate_status_response", ""),
    (114, "bad_certificate_hash_value", ""),
    (115, "unknown_psk_identity", ""),
    (116, "certificate_required", ": it wants a certificate of the client"),
    (117, "general_error", ""),
    (120, "no_application_protocol", ": it speaks neither h2 nor http/1.1"),
    (121, "ech_required", ""),
];
