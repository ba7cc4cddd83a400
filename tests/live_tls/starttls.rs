//! Does every protocol go over to TLS as its server expects, and end in words with a server that misbehaves? Loopback only; servers of
//! others are asked by `tests/servers/run.sh`.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::peers::{self, Pki, Presented, Until};
use crossroots::source::{self, Batch, PROTOCOLS, Protocol, Proxy, ServerInput, TlsError};

/// Far longer than any of this takes: a test that reaches it has hung.
const PATIENCE: Duration = Duration::from_secs(30);
/// For peers that never get on.
const SHORT: Duration = Duration::from_millis(300);

/// What a server says, and what it has to hear before it goes on.
pub enum Turn {
    Say(&'static [u8]),
    Hear(&'static [u8]),
}
use Turn::{Hear, Say};

pub fn talk(stream: &mut TcpStream, turns: Vec<Turn>) {
    for turn in turns {
        match turn {
            Say(bytes) => drop(stream.write_all(bytes)),
            Hear(wanted) => {
                let mut heard = Vec::new();
                let mut byte = [0];
                while !heard.windows(wanted.len()).any(|window| window == wanted) && stream.read(&mut byte).is_ok_and(|count| count == 1) {
                    heard.push(byte[0]);
                }
            }
        }
    }
}

/// What a server of each protocol says and hears when all is well.
pub fn turns(protocol: &str) -> Vec<Turn> {
    match protocol {
        "smtp" | "submission" => vec![
            Say(b"220-a\r\n220 b\r\n"),
            Hear(b"EHLO crossroots.invalid\r\n"),
            Say(b"250-a\r\n250-SIZE 1\r\n250 STARTTLS\r\n"),
            Hear(b"STARTTLS\r\n"),
            Say(b"220 go\r\n"),
        ],
        "lmtp" => vec![
            Say(b"220 a\r\n"),
            Hear(b"LHLO"),
            Hear(b"\r\n"),
            Say(b"250-a\r\n250 starttls\r\n"),
            Hear(b"STARTTLS\r\n"),
            Say(b"220 go\r\n"),
        ],
        "imap" => vec![Say(b"* OK [CAPABILITY IMAP4] a\r\n"), Hear(b"a1 STARTTLS\r\n"), Say(b"* X\r\na1 OK go\r\n")],
        "pop3" => vec![Say(b"+OK a\r\n"), Hear(b"STLS\r\n"), Say(b"+OK go\r\n")],
        "ftp" => vec![Say(b"220-a\r\nwithout a code\r\n220 b\r\n"), Hear(b"AUTH TLS\r\n"), Say(b"234 go\r\n")],
        "nntp" => vec![Say(b"201 a\r\n"), Hear(b"STARTTLS\r\n"), Say(b"382 go\r\n")],
        "sieve" => vec![Say(b"\"IMPLEMENTATION\" \"a\"\r\n\"STARTTLS\"\r\nOK \"b\"\r\n"), Hear(b"STARTTLS\r\n"), Say(b"OK\r\n")],
        "ldap" => vec![Hear(b"1.3.6.1.4.1.1466.20037"), Say(b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00")],
        "xmpp" | "xmpp-server" => vec![
            Hear(b"to='example.test'"),
            Hear(b"version='1.0'>"),
            Say(b"<?xml version='1.0'?><stream:stream id='a'><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"),
            Say(b"<required/></starttls></stream:features>"),
            Hear(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
            Say(b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
        ],
        "postgres" => vec![Hear(&[0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]), Say(b"S")],
        "mysql" => vec![
            Say(&[23, 0, 0, 0, 10, b'8', 0, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0xff, 0xff, 45, 2, 0, 0xff, 0xff]),
            Hear(&[32, 0, 0, 1, 0, 0x8a]),
            Hear(&[0; 23]),
        ],
        other => panic!("no server of {other}"),
    }
}

pub fn server(address: SocketAddr, protocol: &'static Protocol, timeout: Duration) -> ServerInput {
    let mut server = ServerInput { connect: Some(address.to_string()), timeout, ..ServerInput::new("example.test", 443) };
    server.go_over(protocol);
    server
}

fn ask(server: &ServerInput) -> Result<Batch, TlsError> {
    source::handshake(server, &|_| (), &AtomicBool::new(false))
}

#[test]
fn every_protocol_goes_over_to_tls() {
    for protocol in &PROTOCOLS {
        let pki = Pki::new();
        let (address, names) =
            peers::tls_after(Presented::new(&pki, &[&pki.leaf]), Until::Done, |stream| talk(stream, turns(protocol.word)));
        let batch = ask(&server(address, protocol, PATIENCE)).unwrap_or_else(|error| panic!("{}: {error}", protocol.word));
        assert_eq!(batch.certificates.len(), 1);
        let handshake = batch.handshake.unwrap_or_else(|| panic!("a handshake was expected"));
        assert_eq!((handshake.starttls, handshake.alpn), (Some(protocol.word), None));
        assert_eq!(names.recv(), Ok(Some("example.test".to_owned())));
    }
}

/// What is said of a server that begins like this and then closes.
fn said(word: &'static str, turns: Vec<Turn>) -> String {
    let protocol = Protocol::named(word).unwrap_or_else(|| panic!("{word}"));
    let address = peers::raw(move |mut stream| {
        talk(&mut stream, turns);
        stream.shutdown(std::net::Shutdown::Write).ok();
        peers::drain(&mut stream);
    });
    let server = server(address, protocol, PATIENCE);
    match ask(&server) {
        Ok(_) => "no error".to_owned(),
        Err(error) => error.to_string().split_once(&format!(": {word}: ")).map_or_else(|| error.to_string(), |(_, said)| said.to_owned()),
    }
}

#[test]
fn who_refuses_or_speaks_otherwise_is_quoted() {
    let endless: &'static [u8] = Box::leak(b"220-again\r\n".repeat(200).into_boxed_slice());
    let long: &'static [u8] = Box::leak(vec![b'x'; 20_000].into_boxed_slice());
    let features: &'static [u8] = Box::leak([b"<stream:stream>".to_vec(), b"<a/>".repeat(30_000)].concat().into_boxed_slice());
    for (word, turns, expected) in [
        ("smtp", vec![Say(b"554 no \x1b[1mservice\r\n")], r#"no greeting: the server said "554 no \u{1b}[1mservice""#),
        ("smtp", vec![Say(endless)], "the server answered 100 lines without an end"),
        ("smtp", vec![Say(long)], "the server sent 8192 bytes without an end"),
        ("smtp", vec![Say(b"220 a\r\n"), Hear(b"\r\n"), Say(b"250 a\r\n")], "the server does not offer STARTTLS"),
        (
            "smtp",
            vec![Say(b"220 a\r\n"), Hear(b"\r\n"), Say(b"250 STARTTLS\r\n"), Hear(b"STARTTLS"), Say(b"454 later\r\n")],
            r#"STARTTLS was refused: the server said "454 later""#,
        ),
        (
            "smtp",
            vec![Say(b"220 a\r\n"), Hear(b"\r\n"), Say(b"250 STARTTLS\r\n"), Hear(b"STARTTLS"), Say(b"220 go\r\n250 injected\r\n")],
            r#"more in the clear after it agreed to TLS: the server said "250 injected""#,
        ),
        ("imap", vec![Say(b"* BYE\r\n")], r#"no greeting: the server said "* BYE""#),
        (
            "imap",
            vec![Say(b"* OK a\r\n"), Hear(b"STARTTLS"), Say(b"a1 NO tls\r\n")],
            r#"STARTTLS was refused: the server said "a1 NO tls""#,
        ),
        ("pop3", vec![Say(b"-ERR\r\n")], r#"no greeting: the server said "-ERR""#),
        ("ftp", vec![Say(b"220 a\r\n"), Hear(b"AUTH"), Say(b"500 what\r\n")], r#"AUTH TLS was refused: the server said "500 what""#),
        ("nntp", vec![Say(b"400 busy\r\n")], r#"no greeting: the server said "400 busy""#),
        ("sieve", vec![Say(b"OK\r\n")], "the server does not offer STARTTLS"),
        ("ldap", vec![Say(b"HTTP/1.1 400\r\n")], r#"no LDAP is spoken there: the server said "HT""#),
        ("ldap", vec![Say(b"\x30\x84\x7f\xff\xff\xff")], "the server announces 2147483647 bytes, more than 8192"),
        ("ldap", vec![Say(b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x34\x04\x00\x04\x00")], "StartTLS was refused with result code 52"),
        ("xmpp", vec![Say(b"HTTP/1.1 400>")], r#"no XMPP is spoken there: the server said "HTTP/1.1 400>""#),
        ("xmpp", vec![Say(b"<stream:stream><stream:features></stream:features>")], "the server does not offer STARTTLS"),
        ("xmpp", vec![Say(features)], "the server sent more than 65536 bytes"),
        ("postgres", vec![Say(b"N")], "the server does not offer TLS"),
        ("postgres", vec![Say(b"Sinjected")], r#"more in the clear after it agreed to TLS: the server said "injected""#),
        (
            "mysql",
            vec![Say(&[9, 0, 0, 0, 0xff, 0x69, 4, b'd', b'e', b'n', b'i', b'e', b'd'])],
            r#"the server refused the connection: the server said "denied""#,
        ),
        ("mysql", vec![Say(&[3, 0, 0, 0, 10, b'8', 0])], "the server does not offer TLS"),
        ("mysql", vec![Say(&[0xff, 0xff, 0xff, 0])], "the server announces 16777215 bytes, more than 8192"),
        ("pop3", vec![], "the server closed the connection"),
    ] {
        assert_eq!(said(word, turns), expected, "{word}");
    }
}

#[test]
fn who_trickles_is_left_at_the_deadline() {
    for protocol in &PROTOCOLS {
        let address = peers::raw(|mut stream| {
            peers::drain(&mut stream);
        });
        let error = ask(&server(address, protocol, SHORT)).map(|_| ()).map_err(|error| matches!(error, TlsError::TimedOut { .. }));
        assert_eq!(error, Err(true), "{}", protocol.word);
    }
}

fn through(proxy: &str, turns: Vec<Turn>) -> Result<Batch, String> {
    let pki = Pki::new();
    let (address, _names) = peers::tls_after(Presented::new(&pki, &[&pki.leaf]), Until::Done, |stream| talk(stream, turns));
    let proxy = Proxy::parse(&proxy.replace("PLACE", &address.to_string())).map_err(|error| error.to_string())?;
    // A name that nothing here resolves: the proxy would.
    let server = ServerInput { proxy: Some(Box::new(proxy)), timeout: PATIENCE, ..ServerInput::new("example.invalid", 443) };
    ask(&server)
        .map_err(|error| error.to_string().rsplit_once(&format!("{address}: ")).map_or_else(String::new, |(_, said)| said.to_owned()))
}

#[test]
fn proxies_carry_the_handshake_or_say_why_not() {
    let batch = through(
        "http://me:secret@PLACE",
        vec![
            Hear(b"CONNECT example.invalid:443 HTTP/1.1\r\n"),
            Hear(b"Proxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n"),
            Say(b"HTTP/1.0 200 fine\r\nVia: a\r\n\r\n"),
        ],
    );
    assert_eq!(batch.map(|batch| batch.certificates.len()), Ok(1));
    let socks = vec![
        Hear(&[5, 2, 0, 2]),
        Say(&[5, 2]),
        Hear(b"\x01\x02me\x06secret"),
        Say(&[1, 0]),
        Hear(b"\x05\x01\x00\x03\x0fexample.invalid\x01\xbb"),
        Say(&[5, 0, 0, 3, 1, b'a', 0, 0]),
    ];
    let batch = through("socks5://me:secret@PLACE", socks);
    let handshake = batch.unwrap_or_else(|said| panic!("{said}")).handshake;
    assert!(handshake.is_some_and(|handshake| handshake.proxy.is_some_and(|proxy| !proxy.contains("secret"))));
    for (proxy, turns, expected) in [
        (
            "http://PLACE",
            vec![Hear(b"\r\n\r\n"), Say(b"HTTP/1.1 407 login\r\n\r\n")],
            r#"CONNECT was refused: the server said "HTTP/1.1 407 login""#,
        ),
        ("http://PLACE", vec![Say(b"\x05\x00\r\n")], r#"no HTTP is spoken there: the server said "\u{5}\u{0}""#),
        ("socks5://PLACE", vec![Hear(&[5, 1, 0]), Say(&[5, 255])], "the proxy wants a login of another kind"),
        (
            "socks5://PLACE",
            vec![Hear(&[5, 1, 0]), Say(&[5, 0]), Hear(b"invalid"), Say(&[5, 5, 0, 1])],
            "the proxy refused: the server refused the connection",
        ),
        ("socks5://PLACE", vec![Say(b"HT")], r#"no SOCKS5 is spoken there: the server said "HT""#),
    ] {
        assert_eq!(through(proxy, turns).map(|batch| batch.certificates.len()), Err(expected.to_owned()));
    }
}
