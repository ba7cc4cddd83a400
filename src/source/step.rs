//! What is being done, for a person who waits?

use std::fmt;
use std::net::SocketAddr;

/// One thing that is done while something is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A folder, so far.
    Reading {
        files: usize,
        certificates: usize,
    },
    Resolving,
    Connecting(SocketAddr),
    /// Talking to a proxy, or in a protocol that goes over to TLS.
    Asking(&'static str),
    Handshaking,
    /// With an old hello, after a refusal.
    AskingAgain,
    /// Of several servers.
    Together {
        done: usize,
        of: usize,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Reading { files, certificates } => {
                let plural = if *certificates == 1 { "" } else { "s" };
                write!(f, "{files} files, {certificates} certificate{plural} so far")
            }
            Step::Resolving => write!(f, "resolving the name"),
            Step::Connecting(address) => write!(f, "connecting to {address}"),
            Step::Asking(whom) => write!(f, "asking {whom}"),
            Step::Handshaking => write!(f, "waiting for the handshake"),
            Step::Together { done, of } => write!(f, "{done} of {of} servers have answered"),
            Step::AskingAgain => write!(f, "asking again for TLS 1.2 and older"),
        }
    }
}
