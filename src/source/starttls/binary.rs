//! Protocols of packets: LDAP, PostgreSQL, MySQL.

use super::super::ber::{SEQUENCE, element, take};
use super::talk::{Talk, said};

/// RFC 4511 4.12, 4.14: message 1, an extended request of 1.3.6.1.4.1.1466.20037.
const LDAP_START_TLS: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
const INTEGER: u8 = 0x02;
const ENUMERATED: u8 = 0x0a;
const EXTENDED_RESPONSE: u8 = 0x78;

/// RFC 4511 4.14.
pub(super) fn ldap(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    talk.send(LDAP_START_TLS)?;
    let mut answer = talk.exactly(2)?;
    let octets = match answer[..] {
        [SEQUENCE, 0..=0x7f] => 0,
        [SEQUENCE, octets @ 0x81..=0x84] => usize::from(octets & 0x7f),
        _ => return Err(said("no LDAP is spoken there", &answer)),
    };
    let length = talk.exactly(octets)?;
    let content = match octets {
        0 => usize::from(answer[1]),
        _ => length.iter().fold(0_usize, |sum, octet| sum << 8 | usize::from(*octet)),
    };
    answer.extend(length);
    answer.extend(talk.exactly(content)?);
    let code = element(&answer).and_then(|(message, _)| {
        let mut rest = message.content;
        take(&mut rest, INTEGER)?;
        let mut response = take(&mut rest, EXTENDED_RESPONSE)?.content;
        take(&mut response, ENUMERATED)?.content.first().copied()
    });
    match code {
        Some(0) => Ok(()),
        Some(code) => Err(format!("StartTLS was refused with result code {code}")),
        None => Err(said("no answer to StartTLS", &answer)),
    }
}

/// PostgreSQL's message flow, SSLRequest: a length of 8 and 80877103; the answer is one byte.
pub(super) fn postgres(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    talk.send(&[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])?;
    match talk.exactly(1)?[..] {
        [b'S'] => Ok(()),
        [b'N'] => Err("the server does not offer TLS".to_owned()),
        [b'E'] => Err("the server answered the request for TLS with an error".to_owned()),
        ref other => Err(said("no PostgreSQL is spoken there", other)),
    }
}

/// MySQL's protocol, HandshakeV10 and SSLRequest.
pub(super) fn mysql(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    const CLIENT_SSL: u16 = 0x0800;
    let header = talk.exactly(4)?;
    let length = usize::from(header[0]) | usize::from(header[1]) << 8 | usize::from(header[2]) << 16;
    let greeting = talk.exactly(length)?;
    match greeting.first() {
        Some(10) => {}
        Some(0xff) => return Err(said("the server refused the connection", greeting.get(3..).unwrap_or_default())),
        _ => return Err(said("no MySQL is spoken there", &greeting)),
    }
    // Behind the version: thread (4), first part of the challenge (8), a zero, then the lower half of what the server can.
    let behind_version = greeting.iter().position(|byte| *byte == 0).unwrap_or(greeting.len());
    let can = greeting.get(behind_version + 14..behind_version + 16).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    if can & CLIENT_SSL == 0 {
        return Err("the server does not offer TLS".to_owned());
    }
    // Protocol 4.1, TLS, secure connection; 16 MiB packets; utf8mb4; 23 zeros.
    let mut request = vec![32, 0, 0, header[3].wrapping_add(1), 0x00, 0x8a, 0x00, 0x00, 0, 0, 0, 1, 45];
    request.resize(4 + 32, 0);
    talk.send(&request)
}
