//! What is said of a connection to a person: one sentence for each fact, the same on screen and in the report.

use std::fmt;

use super::facts::{ClientRequest, Listed, Resumption, Timestamps};
use super::possession::KeyProof;

/// Authorities that are written out; the JSON report has every one.
const SHOWN_AUTHORITIES: usize = 10;

impl fmt::Display for KeyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyProof::Given { scheme } => write!(f, "the server proved to hold the certificate's key ({scheme})"),
            KeyProof::Wrong { scheme } => write!(f, "the server does NOT hold the certificate's key: its signature is bad ({scheme})"),
            KeyProof::NotJudged { reason } => write!(f, "not known whether the server holds the certificate's key: {reason}"),
            KeyProof::NotSeen { reason } => write!(f, "the server did not prove to hold the certificate's key: {reason}"),
        }
    }
}

impl fmt::Display for Resumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Resumption::Offered => "session resumption offered",
            Resumption::NotOffered => "session resumption not offered",
            Resumption::NotSeen => "session resumption not seen",
        })
    }
}

impl fmt::Display for ClientRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "asks for a certificate of the client, ")?;
        match self.authorities.len() + self.unreadable {
            0 => write!(f, "of any issuer")?,
            1 => write!(f, "of 1 issuer")?,
            count => write!(f, "of {count} issuers")?,
        }
        for (place, name) in self.authorities.iter().take(SHOWN_AUTHORITIES).enumerate() {
            write!(f, "{} {name}", if place == 0 { ":" } else { " /" })?;
        }
        match self.authorities.len().saturating_sub(SHOWN_AUTHORITIES) {
            0 => {}
            more => write!(f, " and {more} more, which the JSON report names")?,
        }
        if self.unreadable > 0 {
            write!(f, "; {} names cannot be read", self.unreadable)?;
        }
        write!(f, "; {}", if self.answered { "one was sent" } else { "none was sent" })
    }
}

impl fmt::Display for Timestamps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (embedded, ocsp, handshake) = (&self.embedded, &self.ocsp, &self.handshake);
        write!(f, "signed timestamps: {embedded} in the certificate, {ocsp} in the OCSP response, {handshake} in the handshake")
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listed::NotAsked => write!(f, "not asked for"),
            Listed::Absent => write!(f, "none"),
            Listed::Found(count) => write!(f, "{count}"),
            Listed::Unreadable(reason) => write!(f, "unreadable ({reason})"),
        }
    }
}
