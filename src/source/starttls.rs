//! How is a server asked to go over to TLS (STARTTLS), in its own protocol? Up to the moment where the handshake begins.

use std::net::TcpStream;

use super::deadline::Deadline;
use super::tls::TlsError;
pub(in crate::source) use talk::{Talk, said};

mod binary;
mod lines;
mod talk;
mod xmpp;

/// A protocol that goes over to TLS when it is asked to.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    /// What `--starttls` takes and what is shown.
    pub word: &'static str,
    /// IANA's port for it.
    port: u16,
    speak: fn(&mut Talk<'_>, host: &str) -> Result<(), String>,
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Protocol {}

/// In the order of the help.
pub static PROTOCOLS: [Protocol; 13] = [
    Protocol { word: "smtp", port: 25, speak: lines::smtp },
    Protocol { word: "submission", port: 587, speak: lines::smtp },
    Protocol { word: "lmtp", port: 24, speak: lines::lmtp },
    Protocol { word: "imap", port: 143, speak: lines::imap },
    Protocol { word: "pop3", port: 110, speak: lines::pop3 },
    Protocol { word: "ftp", port: 21, speak: lines::ftp },
    Protocol { word: "nntp", port: 119, speak: lines::nntp },
    Protocol { word: "sieve", port: 4190, speak: lines::sieve },
    Protocol { word: "ldap", port: 389, speak: binary::ldap },
    Protocol { word: "xmpp", port: 5222, speak: xmpp::client },
    Protocol { word: "xmpp-server", port: 5269, speak: xmpp::server },
    Protocol { word: "postgres", port: 5432, speak: binary::postgres },
    Protocol { word: "mysql", port: 3306, speak: binary::mysql },
];

/// Schemes of URLs beside the protocols' own words: what they mean, or the port where TLS begins at once.
const SCHEMES: [(&str, Result<&str, u16>); 14] = [
    ("https", Err(443)),
    ("tls", Err(443)),
    ("smtps", Err(465)),
    ("submissions", Err(465)),
    ("imaps", Err(993)),
    ("pop3s", Err(995)),
    ("ftps", Err(990)),
    ("nntps", Err(563)),
    ("ldaps", Err(636)),
    ("xmpps", Err(5223)),
    ("postgresql", Ok("postgres")),
    ("mariadb", Ok("mysql")),
    ("xmpp-client", Ok("xmpp")),
    ("managesieve", Ok("sieve")),
];

impl Protocol {
    /// The protocol of that word, as `--starttls` takes it.
    pub fn named(word: &str) -> Option<&'static Protocol> {
        PROTOCOLS.iter().find(|protocol| protocol.word == word)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// What a URL's scheme stands for: the protocol, if it has to be asked for TLS, and the usual port.
    pub(super) fn of_scheme(scheme: &str) -> Option<(Option<&'static Protocol>, u16)> {
        let scheme = scheme.to_ascii_lowercase();
        let known = SCHEMES.iter().find(|(known, _)| *known == scheme).map(|(_, meaning)| *meaning);
        match known {
            Some(Err(port)) => Some((None, port)),
            Some(Ok(word)) => Self::named(word).map(|protocol| (Some(protocol), protocol.port)),
            None => Self::named(&scheme).map(|protocol| (Some(protocol), protocol.port)),
        }
    }

    /// Asks for TLS. `host` is whom the server is asked for, which XMPP wants to know.
    pub(super) fn start(&self, stream: &TcpStream, peer: &str, host: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
        let mut talk = Talk::new(stream, deadline);
        let spoken = (self.speak)(&mut talk, host).and_then(|()| talk.finish());
        spoken.map_err(|reason| match talk.stopped {
            Some(stopped) => TlsError::stopped(stopped, peer, super::step::Step::Asking(self.word), deadline),
            None => TlsError::Starttls { peer: peer.to_owned(), protocol: self.word, reason },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_lead_to_protocols_and_ports() {
        let found = |scheme: &str| Protocol::of_scheme(scheme).map(|(protocol, port)| (protocol.map(|protocol| protocol.word), port));
        assert_eq!(found("SMTP"), Some((Some("smtp"), 25)));
        assert_eq!(found("postgresql"), Some((Some("postgres"), 5432)));
        assert_eq!(found("imaps"), Some((None, 993)));
        assert_eq!(found("gopher"), None);
        assert!(SCHEMES.iter().all(|(scheme, _)| Protocol::named(scheme).is_none() && Protocol::of_scheme(scheme).is_some()));
    }
}
