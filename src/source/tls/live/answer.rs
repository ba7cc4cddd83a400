//! What does a server say to an old hello, in the clear: its choice, its certificates, what came along (RFC 5246 7.4)?

use super::super::facts::KeyProof;
use super::cursor::Cursor;
use super::schemes;
use super::suites::{GROUPS, SUITES, name};

/// As it was sent, nothing of it believed.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub version: Option<u16>,
    pub suite: Option<u16>,
    /// In its order, duplicates kept, unparsed.
    pub chain: Vec<Vec<u8>>,
    pub stapled_ocsp: Option<Vec<u8>>,
    pub alpn: Option<Vec<u8>>,
    /// RFC 6962 3.3: a list of timestamps, as the extension carries it.
    pub timestamps: Option<Vec<u8>>,
    /// A session id, or the promise of a ticket.
    pub resumable: bool,
    /// The names of authorities whose client certificates it takes, DER; `None` where it asks for none.
    pub authorities: Option<Vec<Vec<u8>>>,
    random: Vec<u8>,
    key_exchange: Option<Vec<u8>>,
    pub is_done: bool,
}

impl Answer {
    /// Takes in a message of the handshake, by its type (RFC 5246 7.4); the error says what is wrong with it.
    pub fn take(&mut self, kind: u8, body: &[u8]) -> Result<(), &'static str> {
        let mut body = Cursor(body);
        match kind {
            2 => self.server_hello(&mut body).ok_or("a ServerHello that is cut short"),
            _ if self.version.is_none() => Err("something came before the ServerHello"),
            11 if self.chain.is_empty() => self.certificates(&mut body).ok_or("a Certificate message that is cut short"),
            22 => self.certificate_status(&mut body).ok_or("a CertificateStatus message that is cut short"),
            12 => {
                self.key_exchange = Some(body.0.to_vec());
                Ok(())
            }
            13 => self.certificate_request(&mut body).ok_or("a CertificateRequest that is cut short"),
            14 => {
                self.is_done = true;
                Ok(())
            }
            // HelloRequest, which is to be ignored, and NewSessionTicket.
            0 | 4 => Ok(()),
            _ => Err("a message that has no place there"),
        }
    }

    fn server_hello(&mut self, body: &mut Cursor<'_>) -> Option<()> {
        self.version = Some(body.short()?);
        self.random = body.take(32)?.to_vec();
        self.resumable = !body.vector(1)?.is_empty();
        self.suite = Some(body.short()?);
        body.number(1)?;
        if body.is_empty() {
            return Some(());
        }
        let mut extensions = Cursor(body.vector(2)?);
        while !extensions.is_empty() {
            let (number, content) = (extensions.short()?, extensions.vector(2)?);
            match number {
                16 => self.alpn = Cursor(Cursor(content).vector(2)?).vector(1).map(<[u8]>::to_vec),
                18 => self.timestamps = Some(content.to_vec()),
                35 => self.resumable = true,
                _ => {}
            }
        }
        Some(())
    }

    fn certificates(&mut self, body: &mut Cursor<'_>) -> Option<()> {
        let mut list = Cursor(body.vector(3)?);
        while !list.is_empty() {
            self.chain.push(list.vector(3)?.to_vec());
        }
        Some(())
    }

    /// RFC 6066 8: type 1 is one OCSP response.
    fn certificate_status(&mut self, body: &mut Cursor<'_>) -> Option<()> {
        if body.number(1)? == 1 {
            self.stapled_ocsp = Some(body.vector(3)?.to_vec()).filter(|response| !response.is_empty());
        }
        Some(())
    }

    fn certificate_request(&mut self, body: &mut Cursor<'_>) -> Option<()> {
        body.vector(1)?;
        if self.version? >= 0x0303 {
            body.vector(2)?;
        }
        let mut list = Cursor(body.vector(2)?);
        let mut names = Vec::new();
        while !list.is_empty() {
            names.push(list.vector(2)?.to_vec());
        }
        self.authorities = Some(names);
        Some(())
    }

    /// "TLS 1.0".
    pub fn version_words(&self) -> Option<String> {
        self.version.map(|version| match version {
            0x0300 => "SSL 3.0".to_owned(),
            0x0301 => "TLS 1.0".to_owned(),
            0x0302 => "TLS 1.1".to_owned(),
            0x0303 => "TLS 1.2".to_owned(),
            other => format!("0x{other:04x}"),
        })
    }

    pub fn suite_words(&self) -> Option<String> {
        self.suite.map(|suite| name(SUITES, suite))
    }

    /// The group of the key exchange, where the server has said it.
    pub fn group_words(&self) -> Option<String> {
        match self.exchange()?.parameters {
            KeyExchangeParameters::Curve(group) => Some(name(GROUPS, group)),
            KeyExchangeParameters::Finite { bits } => Some(format!("DHE {bits} bits")),
        }
    }

    /// RFC 5246 7.4.3, RFC 8422 5.4: what the server signed for the key exchange tells whether it holds its certificate's key.
    pub fn key_proof(&self, client_random: &[u8; 32]) -> KeyProof {
        let Some(leaf) = self.chain.first() else { return KeyProof::NotSeen { reason: "no certificate was sent" } };
        let Some(exchange) = self.exchange() else {
            let reason = match self.key_exchange {
                None if self.is_done => "the key exchange would show it only at the end of the handshake, which was not carried on",
                None => "the server signed nothing up to where the handshake ended",
                Some(_) => "the server's part of the key exchange cannot be read",
            };
            return KeyProof::NotSeen { reason };
        };
        let mut rest = Cursor(exchange.signed.1);
        let scheme = if self.version >= Some(0x0303) {
            rest.short()
        } else if exchange.kind == "ECDSA" {
            Some(0x0203)
        } else if exchange.kind == "DSS" {
            Some(0x0202)
        } else {
            let reason = "before TLS 1.2 RSA signs MD5 and SHA-1 together, which is not checked".to_owned();
            return KeyProof::NotJudged { reason };
        };
        match (scheme, rest.vector(2)) {
            (Some(scheme), Some(signature)) => {
                let message = [client_random.as_slice(), &self.random, exchange.signed.0].concat();
                schemes::check(leaf, scheme, &message, signature)
            }
            _ => KeyProof::NotSeen { reason: "the server's part of the key exchange cannot be read" },
        }
    }

    fn exchange(&self) -> Option<Exchange<'_>> {
        let message = self.key_exchange.as_deref()?;
        let suite = self.suite_words()?;
        let (exchange, kind) = suite.strip_prefix("TLS_")?.split_once("_WITH_")?.0.split_once('_')?;
        let mut rest = Cursor(message);
        let parameters = match exchange {
            "ECDHE" => {
                // RFC 8422 5.4: 3 is a curve by its name.
                let group = (rest.number(1)? == 3).then(|| rest.short())??;
                rest.vector(1)?;
                KeyExchangeParameters::Curve(group)
            }
            "DHE" => {
                let prime = rest.vector(2)?;
                rest.vector(2)?;
                rest.vector(2)?;
                KeyExchangeParameters::Finite { bits: crate::cert::bit_length(prime) }
            }
            _ => return None,
        };
        let signed = message.split_at_checked(message.len() - rest.0.len())?;
        Some(Exchange { parameters, kind: kind.to_owned(), signed })
    }
}

/// The server's part of the key exchange: what is agreed on, the kind of key that signs, and what is signed before the signature.
struct Exchange<'a> {
    parameters: KeyExchangeParameters,
    kind: String,
    signed: (&'a [u8], &'a [u8]),
}

enum KeyExchangeParameters {
    Curve(u16),
    Finite { bits: usize },
}
