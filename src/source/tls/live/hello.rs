//! What does a client say that understands everything before TLS 1.3? A hello that asks for as many certificates as there are ways to
//! hold one; it is only good for listening to the answer.

use super::schemes::SCHEMES;
use super::suites::{GROUPS, SUITES};

/// TLS 1.2, the newest whose certificates are sent in the clear.
const NEWEST: [u8; 2] = [3, 3];
/// RFC 5246 E.1: old servers want the record that holds the hello to be of an old version.
const RECORD_VERSION: [u8; 2] = [3, 1];
/// RFC 5746 3.3.
const RENEGOTIATION_INFO: u16 = 0x00ff;

/// The record with the hello. `name` is what is sent as SNI; `random` need not be secret, only ever new.
pub(super) fn client_hello(name: Option<&str>, protocols: &[&[u8]], random: &[u8; 32]) -> Vec<u8> {
    let suites: Vec<u8> = SUITES.iter().map(|(number, _)| *number).chain([RENEGOTIATION_INFO]).flat_map(u16::to_be_bytes).collect();
    let body = [
        NEWEST.as_slice(),
        random,
        // No session to resume.
        &[0],
        &vector(2, &suites),
        // No compression (RFC 3749 is dead), which every server knows.
        &[1, 0],
        &vector(2, &extensions(name, protocols)),
    ]
    .concat();
    let message = [&[1], vector(3, &body).as_slice()].concat();
    [[22].as_slice(), &RECORD_VERSION, &vector(2, &message)].concat()
}

fn extensions(name: Option<&str>, protocols: &[&[u8]]) -> Vec<u8> {
    let groups: Vec<u8> = GROUPS.iter().flat_map(|(number, _)| number.to_be_bytes()).collect();
    let schemes: Vec<u8> = SCHEMES.iter().flat_map(|scheme| scheme.number.to_be_bytes()).collect();
    let protocols: Vec<u8> = protocols.iter().flat_map(|protocol| vector(1, protocol)).collect();
    let mut out = Vec::new();
    if let Some(name) = name {
        // RFC 6066 3: one name, of the only kind there is.
        out.extend(extension(0, &vector(2, &[&[0], vector(2, name.as_bytes()).as_slice()].concat())));
    }
    // RFC 6066 8: an OCSP response, of whatever responder.
    out.extend(extension(5, &[1, 0, 0, 0, 0]));
    out.extend(extension(10, &vector(2, &groups)));
    // RFC 8422 5.1.2: points uncompressed.
    out.extend(extension(11, &[1, 0]));
    out.extend(extension(13, &vector(2, &schemes)));
    if !protocols.is_empty() {
        out.extend(extension(16, &vector(2, &protocols)));
    }
    // RFC 6962 3.3.1: timestamps of transparency logs.
    out.extend(extension(18, &[]));
    // RFC 5077 3.2: a ticket would be welcome.
    out.extend(extension(35, &[]));
    out
}

fn extension(number: u16, content: &[u8]) -> Vec<u8> {
    [&number.to_be_bytes(), vector(2, content).as_slice()].concat()
}

/// `content` behind its length in `bytes`. All that stands here is far shorter than a length can say: names have 255 bytes at most.
fn vector(bytes: usize, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    [length.get(length.len() - bytes..).unwrap_or_default(), content].concat()
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Cursor;
    use super::*;

    #[test]
    fn every_length_says_what_follows() {
        for name in [None, Some("example.test")] {
            let hello = client_hello(name, &[b"h2"], &[7; 32]);
            let mut record = Cursor(hello.as_slice());
            assert_eq!(record.take(3), Some([22, 3, 1].as_slice()));
            let mut message = Cursor(record.vector(2).unwrap());
            assert!(record.is_empty());
            assert_eq!(message.number(1), Some(1));
            let mut body = Cursor(message.vector(3).unwrap());
            assert_eq!((body.short(), body.take(32), body.vector(1)), (Some(0x0303), Some([7; 32].as_slice()), Some([].as_slice())));
            assert_eq!(body.vector(2).map(<[u8]>::len), Some(2 * (SUITES.len() + 1)));
            assert_eq!(body.vector(1), Some([0].as_slice()));
            let mut extensions = Cursor(body.vector(2).unwrap());
            let mut numbers = Vec::new();
            while !extensions.is_empty() {
                numbers.push(extensions.short().unwrap());
                extensions.vector(2).unwrap();
            }
            let all = [0, 5, 10, 11, 13, 16, 18, 35];
            assert_eq!(numbers, if name.is_some() { &all[..] } else { &all[1..] });
        }
    }
}
