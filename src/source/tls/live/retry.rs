//! When is a server asked again with an old hello, and what does it answer? Nothing is agreed on: the answer is read up to the point
//! where a client would have to send something secret, and the connection is closed.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;

use ring::rand::{SecureRandom as _, SystemRandom};
use rustls::AlertDescription;

use super::TlsError;
use super::answer::Answer;
use super::cursor::Cursor;
use super::hello::client_hello;
use super::peer_bytes::PeerBytes;
use crate::cert::escape;
use crate::source::deadline::{Deadline, is_only_a_wait};
use crate::source::step::Step;
use crate::source::tls::MAX_HANDSHAKE;

/// RFC 5246 6.2.3: the longest record, with what encryption may add.
const MAX_RECORD: usize = (1 << 14) + 2_048;

/// Bytes read at once.
const PART: usize = 1 << 14;

/// Who refuses like this may only speak what rustls does not: TLS 1.0 and 1.1, RSA key exchange, DHE, CBC, other curves. Some old
/// servers say so by closing, without a word.
pub(super) fn may_be_old(error: &TlsError) -> bool {
    use AlertDescription as A;
    match error {
        TlsError::Alert { code, .. } => {
            [A::HandshakeFailure, A::ProtocolVersion, A::InsufficientSecurity].iter().any(|alert| u8::from(*alert) == *code)
        }
        TlsError::Incompatible { .. } | TlsError::Closed { received: false, .. } => true,
        _ => false,
    }
}

/// What came, and the client's random number. An `Err` is why it ended too soon; what was received before is in the answer.
pub(super) struct OldHelloOutcome {
    pub answer: Answer,
    pub random: [u8; 32],
    pub ended: Result<(), TlsError>,
}

/// Sends the old hello and listens.
pub(super) fn ask(stream: TcpStream, name: Option<&str>, protocols: &[&[u8]], peer: &str, deadline: &Deadline<'_>) -> OldHelloOutcome {
    let mut answer = Answer::default();
    let mut random = [0; 32];
    let mut peer_bytes = PeerBytes::new(stream);
    let ended = SystemRandom::new()
        .fill(&mut random)
        .map_err(|_| TlsError::System { peer: peer.to_owned(), reason: "the system gave no random numbers".to_owned() })
        .and_then(|()| send(&mut peer_bytes, &client_hello(name, protocols, &random), peer, deadline))
        .and_then(|()| listen(&mut peer_bytes, &mut answer, peer, deadline));
    // RFC 5246 7.2.1: close_notify. Who has sent all of this does not hang on the answer.
    let _ = peer_bytes.stream.write(&[21, 3, 3, 0, 2, 1, 0]);
    OldHelloOutcome { answer, random, ended }
}

fn send(peer_bytes: &mut PeerBytes, mut bytes: &[u8], peer: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
    while !bytes.is_empty() {
        let slice = deadline.slice().map_err(|stopped| TlsError::stopped(stopped, peer, Step::AskingAgain, deadline))?;
        peer_bytes.stream.set_write_timeout(Some(slice)).map_err(|error| system(peer, &error))?;
        match peer_bytes.stream.write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if is_only_a_wait(&error) => {}
            Err(_) => return Err(peer_bytes.ended(peer)),
        }
    }
    Ok(())
}

fn listen(peer_bytes: &mut PeerBytes, answer: &mut Answer, peer: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
    let mut heard = Heard::default();
    let mut part = vec![0; PART];
    while !answer.is_done {
        let slice = deadline.slice().map_err(|stopped| TlsError::stopped(stopped, peer, Step::AskingAgain, deadline))?;
        peer_bytes.stream.set_read_timeout(Some(slice)).map_err(|error| system(peer, &error))?;
        match peer_bytes.read(&mut part) {
            Err(error) if is_only_a_wait(&error) => {}
            Ok(0) | Err(_) => return Err(peer_bytes.ended(peer)),
            Ok(_) if peer_bytes.is_not_tls() => return Err(peer_bytes.not_tls(peer)),
            Ok(read) => heard.take(part.get(..read).unwrap_or_default(), answer).map_err(|broken| broken.error(peer))?,
        }
    }
    Ok(())
}

fn system(peer: &str, error: &io::Error) -> TlsError {
    TlsError::System { peer: peer.to_owned(), reason: escape(&error.to_string()) }
}

/// Bytes that are no whole record yet, and those of records that are no whole message.
#[derive(Debug, Default)]
struct Heard {
    records: Vec<u8>,
    messages: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
enum Broken {
    Alert(u8),
    Protocol(String),
}

impl Broken {
    fn error(self, peer: &str) -> TlsError {
        match self {
            Broken::Alert(code) => TlsError::alert(peer, code),
            Broken::Protocol(reason) => TlsError::Handshake { peer: peer.to_owned(), reason },
        }
    }
}

impl Heard {
    fn take(&mut self, bytes: &[u8], answer: &mut Answer) -> Result<(), Broken> {
        self.records.extend_from_slice(bytes);
        let mut rest = Cursor(&self.records);
        loop {
            let mut record = rest;
            let (Some(kind), Some(_version), Some(length)) = (record.number(1), record.short(), record.number(2)) else { break };
            if length > MAX_RECORD {
                return Err(Broken::Protocol(format!("a record of {length} bytes, where {MAX_RECORD} are allowed")));
            }
            let Some(content) = record.take(length) else { break };
            rest = record;
            match (kind, content) {
                (22, content) => self.messages.extend_from_slice(content),
                // RFC 5246 7.2: 1 warns, and unrecognized_name may only warn.
                (21, [1, code]) if *code != 0 => {}
                (21, [_, code]) => return Err(Broken::Alert(*code)),
                _ => return Err(Broken::Protocol("a record that has no place in the beginning of a handshake".to_owned())),
            }
        }
        let taken = self.records.len() - rest.0.len();
        self.records.drain(..taken);
        let mut rest = Cursor(&self.messages);
        while !answer.is_done {
            let mut message = rest;
            let (Some(kind), Some(length)) = (message.number(1), message.number(3)) else { break };
            if length > MAX_HANDSHAKE {
                return Err(Broken::Protocol(format!("a message of {length} bytes, where {MAX_HANDSHAKE} are read")));
            }
            let Some(body) = message.take(length) else { break };
            rest = message;
            let kind = u8::try_from(kind).unwrap_or(u8::MAX);
            answer.take(kind, body).map_err(|reason| Broken::Protocol(reason.to_owned()))?;
        }
        let taken = self.messages.len() - rest.0.len();
        self.messages.drain(..taken);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::facts::KeyProof;
    use super::*;

    /// An answer with every message: TLS 1.2, ECDHE, a stapled response, a client that is asked for; in records of 50 bytes.
    fn recorded() -> Vec<u8> {
        let vector = |bytes: usize, content: &[u8]| [&content.len().to_be_bytes()[8 - bytes..], content].concat();
        let message = |kind: u8, body: &[u8]| [&[kind], vector(3, body).as_slice()].concat();
        let extension = |number: u8, content: &[u8]| [&[0, number], vector(2, content).as_slice()].concat();
        let extensions = [
            extension(16, &vector(2, &vector(1, b"h2"))),
            extension(18, &vector(2, &vector(2, &[0; 50]))),
            extension(35, &[]),
            extension(99, b"?"),
        ];
        let hello = [[3, 3].as_slice(), &[7; 32], &[2, 1, 2, 0xc0, 0x2b, 0], &vector(2, &extensions.concat())].concat();
        let chain = vector(3, &[vector(3, b"leaf"), vector(3, b"issuer"), vector(3, b"")].concat());
        let exchange = [[3, 0, 23].as_slice(), &vector(1, &[4; 65]), &[4, 3], &vector(2, &[9; 70])].concat();
        let request = [vector(1, &[1, 64]), vector(2, &[4, 3]), vector(2, &[vector(2, &[0x30, 0]), vector(2, b"junk")].concat())].concat();
        let status = [[1].as_slice(), &vector(3, b"response")].concat();
        let messages = [
            message(2, &hello),
            message(11, &chain),
            message(22, &status),
            message(12, &exchange),
            message(13, &request),
            message(14, &[]),
        ];
        messages.concat().chunks(50).flat_map(|part| [[22, 3, 3].as_slice(), &vector(2, part)].concat()).collect()
    }

    fn heard(parts: &[&[u8]]) -> (Answer, Result<(), Broken>) {
        let (mut heard, mut answer) = (Heard::default(), Answer::default());
        let outcome = parts.iter().try_for_each(|part| heard.take(part, &mut answer));
        (answer, outcome)
    }

    #[test]
    fn an_answer_is_the_same_wherever_it_is_cut() {
        let bytes = recorded();
        let (whole, outcome) = heard(&[&bytes]);
        assert_eq!((outcome, whole.is_done), (Ok(()), true));
        assert_eq!(whole.chain, [b"leaf".as_slice(), b"issuer", b""]);
        assert_eq!(whole.version_words().as_deref(), Some("TLS 1.2"));
        assert_eq!(whole.suite_words().as_deref(), Some("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        assert_eq!(whole.group_words().as_deref(), Some("secp256r1"));
        assert_eq!((whole.alpn.as_deref(), whole.stapled_ocsp.as_deref()), (Some(b"h2".as_slice()), Some(b"response".as_slice())));
        assert_eq!(whole.authorities.as_deref(), Some([vec![0x30, 0], b"junk".to_vec()].as_slice()));
        assert_eq!((whole.timestamps.as_ref().map(Vec::len), whole.resumable), (Some(54), true));
        assert_eq!(whole.key_proof(&[1; 32]), KeyProof::NotJudged { reason: "the certificate cannot be read".to_owned() });
        for cut in 0..bytes.len() {
            let (start, rest) = bytes.split_at(cut);
            let (answer, outcome) = heard(&[start, rest]);
            assert_eq!((outcome, format!("{answer:?}")), (Ok(()), format!("{whole:?}")), "cut at {cut}");
            assert!(!heard(&[start]).0.is_done);
        }
    }

    #[test]
    fn no_changed_byte_panics() {
        let bytes = recorded();
        for place in 0..bytes.len() {
            for value in [0, 1, 3, 22, 0x7f, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[place] = value;
                let (answer, _) = heard(&[&changed]);
                let _ = (answer.key_proof(&[1; 32]), answer.group_words(), answer.version_words(), answer.suite_words());
            }
        }
    }
}
