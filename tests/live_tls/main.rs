//! Does a handshake bring home what a server sends, and come to an end whatever the server does? Loopback only.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossroots::cert::Time;
use crossroots::source::{
    self, Batch, Handshake, Input, KeyProof, ReadLimits, Resumption, ServerInput, Step, TimestampCount, Timestamps, TlsError,
};
use peers::{OCSP, OpenSsl, Pki, Presented, Until};
use rustls::version::{TLS12, TLS13};

mod facts;
mod hostile;
mod old;
#[path = "../peers/mod.rs"]
mod peers;
mod starttls;
mod together;

/// Far longer than any of this takes: a test that reaches it has hung.
const PATIENCE: Duration = Duration::from_secs(30);

/// For peers that never get on.
const SHORT: Duration = Duration::from_millis(300);

fn server(address: SocketAddr, timeout: Duration) -> ServerInput {
    ServerInput { connect: Some(address.to_string()), timeout, ..ServerInput::new("example.test", 443) }
}

fn ask(address: SocketAddr) -> Result<Batch, TlsError> {
    source::handshake(&server(address, PATIENCE), &|_| (), &AtomicBool::new(false))
}

fn asked(address: SocketAddr) -> (Batch, Handshake) {
    let batch = ask(address).unwrap_or_else(|error| panic!("{error}"));
    let handshake = batch.handshake.clone().unwrap_or_else(|| panic!("a handshake was expected"));
    (batch, handshake)
}

fn chain(batch: &Batch) -> Vec<(&[u8], String)> {
    batch.certificates.iter().map(|found| (found.certificate.der(), found.origin.to_string())).collect()
}

fn position(number: usize) -> String {
    format!("sent by example.test, position {number}")
}

/// What the peer's error says behind its name.
fn said(address: SocketAddr) -> String {
    match ask(address) {
        Ok(batch) => format!("no error, but {:?}", chain(&batch)),
        Err(error) => error.to_string().replacen(&format!("example.test:443 at {address}: "), "", 1),
    }
}

#[test]
fn both_versions_are_spoken_and_described() {
    for (version, words, suite) in
        [(&TLS12, "TLS 1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"), (&TLS13, "TLS 1.3", "TLS_AES_256_GCM_SHA384")]
    {
        let pki = Pki::new();
        let mut presented = Presented::new(&pki, &[&pki.leaf, &pki.intermediate]);
        presented.versions = vec![version];
        presented.ocsp = Some(OCSP.to_vec());
        presented.alpn = vec![b"http/1.1".to_vec(), b"h2".to_vec()];
        let (address, names) = peers::tls(presented, Until::Done);
        let (batch, handshake) = asked(address);
        assert_eq!(chain(&batch), [(pki.leaf.as_slice(), position(1)), (&pki.intermediate, position(2))]);
        let problems: Vec<String> = batch.problems.iter().map(ToString::to_string).collect();
        let stapled = "stapled by example.test: an OCSP response that says nothing but \"unauthorized\" (RFC 6960 4.2.1)";
        assert_eq!(problems, [stapled]);
        let expected = Handshake {
            host: "example.test".to_owned(),
            port: 443,
            address,
            proxy: None,
            starttls: None,
            server_name: Some("example.test".to_owned()),
            version: Some(words.to_owned()),
            cipher_suite: Some(suite.to_owned()),
            group: Some("X25519".to_owned()),
            alpn: Some("http/1.1".to_owned()),
            stapled_ocsp: Some(OCSP.to_vec()),
            asked_again: None,
            key_proof: KeyProof::Given { scheme: "ecdsa_secp256r1_sha256".to_owned() },
            resumption: Resumption::Offered,
            client_request: None,
            timestamps: Timestamps { embedded: TimestampCount::Absent, ocsp: TimestampCount::Absent, handshake: TimestampCount::NotAsked },
            completed: Ok(()),
        };
        assert_eq!(handshake, expected);
        assert_eq!(names.recv(), Ok(Some("example.test".to_owned())));
    }
}

#[test]
fn order_and_duplicates_are_the_servers() {
    let pki = Pki::new();
    let sent: [&[u8]; 5] = [&pki.leaf, &pki.root, &pki.intermediate, &pki.root, &pki.leaf];
    let (address, _names) = peers::tls(Presented::new(&pki, &sent), Until::Done);
    let (batch, handshake) = asked(address);
    let expected: Vec<_> = sent.iter().enumerate().map(|(index, der)| (*der, position(index + 1))).collect();
    assert_eq!(chain(&batch), expected);
    assert_eq!((handshake.alpn, handshake.stapled_ocsp), (None, None));
}

#[test]
fn an_expired_leaf_is_no_obstacle() {
    let pki = Pki::with_leaf(|params| params.not_after = rcgen::date_time_ymd(2001, 1, 1));
    let (address, _names) = peers::tls(Presented::new(&pki, &[&pki.leaf]), Until::Done);
    let (batch, handshake) = asked(address);
    assert_eq!(batch.certificates[0].certificate.not_after, Some(Time(978_307_200)));
    assert_eq!(handshake.completed, Ok(()));
}

#[test]
fn what_does_not_parse_is_named_and_the_rest_kept() {
    let pki = Pki::new();
    let longer = [pki.intermediate.as_slice(), b"abc"].concat();
    let (address, _names) = peers::tls(Presented::new(&pki, &[&pki.leaf, b"junk", &longer]), Until::Done);
    let (batch, _) = asked(address);
    assert_eq!(chain(&batch), [(pki.leaf.as_slice(), position(1)), (&pki.intermediate, position(3))]);
    let problems: Vec<_> = batch.problems.iter().map(ToString::to_string).collect();
    assert!(problems[0].starts_with(&format!("{}: not a certificate: ", position(2))), "{problems:?}");
    assert_eq!(problems[1], format!("{}: 3 trailing bytes after the certificate, not read", position(3)));
}

#[test]
fn the_chain_is_kept_when_the_handshake_fails_behind_it() {
    let pki = Pki::new();
    let mut presented = Presented::new(&pki, &[&pki.leaf, &pki.intermediate]);
    presented.versions = vec![&TLS12];
    let (address, _names) = peers::tls(presented, Until::ChainSent);
    let (batch, handshake) = asked(address);
    assert_eq!(batch.certificates.len(), 2);
    assert_eq!(handshake.version.as_deref(), Some("TLS 1.2"));
    let reason = handshake.completed.map_err(|error| error.to_string());
    assert_eq!(reason, Err(format!("example.test:443 at {address}: the server closed the connection in the middle of the handshake")));
}

#[test]
fn the_name_asked_for_can_be_another_and_an_address_is_not_sent() {
    let pki = Pki::new();
    let (address, names) = peers::tls(Presented::new(&pki, &[&pki.leaf]), Until::Done);
    let input = ServerInput { servername: Some("other.test".to_owned()), ..server(address, PATIENCE) };
    let batch = source::handshake(&input, &|_| (), &AtomicBool::new(false)).unwrap();
    assert_eq!(names.recv(), Ok(Some("other.test".to_owned())));
    assert_eq!(batch.handshake.unwrap().server_name.as_deref(), Some("other.test"));

    let (address, names) = peers::tls(Presented::new(&pki, &[&pki.leaf]), Until::Done);
    let input = Input::parse(address.to_string()).unwrap();
    let steps = std::cell::RefCell::new(Vec::new());
    let progress = |step| steps.borrow_mut().push(step);
    let batch = source::read(&input, &ReadLimits::default(), &progress, &AtomicBool::new(false)).unwrap();
    assert_eq!(names.recv(), Ok(None));
    assert_eq!(batch.handshake.unwrap().server_name, None);
    assert_eq!(batch.certificates[0].origin.to_string(), format!("sent by {address}, position 1"));
    assert_eq!(*steps.borrow(), [Step::Resolving, Step::Connecting(address), Step::Handshaking]);
}

#[test]
fn the_openssl_server_is_read_the_same() {
    for (version, words) in [("-tls1_2", "TLS 1.2"), ("-tls1_3", "TLS 1.3")] {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::new();
        let sent: [&[u8]; 4] = [&pki.leaf, &pki.root, &pki.intermediate, &pki.root];
        let mut presented = Presented::new(&pki, &sent);
        presented.ocsp = Some(OCSP.to_vec());
        let Some(peer) = OpenSsl::start(folder.path(), &presented, &[version, "-alpn", "h2"]) else {
            eprintln!("no openssl on the PATH: the servers of this process must do");
            return;
        };
        let (batch, handshake) = asked(peer.address);
        assert_eq!(batch.certificates.iter().map(|found| found.certificate.der()).collect::<Vec<_>>(), sent);
        assert_eq!(handshake.version.as_deref(), Some(words));
        assert_eq!((handshake.alpn.as_deref(), handshake.stapled_ocsp), (Some("h2"), Some(OCSP.to_vec())));
        assert_eq!(handshake.completed, Ok(()));
    }
}

#[test]
fn what_speaks_no_tls_is_quoted() {
    let http = "no TLS is spoken there; the answer begins \"HTTP/1.1 400 Bad Request\"";
    assert_eq!(said(peers::answers(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")), http);
    assert_eq!(said(peers::answers(b"220 \x1b[2J")), "no TLS is spoken there; the answer begins \"220 \\u{1b}[2J\"");
    assert_eq!(said(peers::answers(b"hi")), "no TLS is spoken there; the answer begins \"hi\"");
}

#[test]
fn alerts_are_put_in_words() {
    let words = "the server ended the handshake with alert 112 (unrecognized_name): it does not know the name it was asked for";
    assert_eq!(said(peers::answers([21, 3, 3, 0, 2, 2, 112])), words);
    assert_eq!(said(peers::answers([21, 3, 3, 0, 2, 2, 200])), "the server ended the handshake with alert 200 (a number without a name)");
}

#[test]
fn broken_protocol_ends_at_once() {
    let too_long = said(peers::answers([22, 3, 3, 0, 4, 2, 0xff, 0xff, 0xff]));
    assert!(too_long.starts_with("the handshake failed: "), "{too_long}");
    let flood = peers::raw(|mut stream| while stream.write_all(&[22, 3, 3, 0, 1, 2]).is_ok() {});
    let flooded = said(flood);
    assert!(flooded.starts_with("the handshake failed: "), "{flooded}");
}

#[test]
fn who_closes_or_refuses_is_named() {
    let twice = "the server closed the connection without an answer; asked again for TLS 1.2 and older: the server closed the connection \
                 without an answer";
    assert_eq!(said(peers::each(drop)), twice);
    assert_eq!(said(peers::answers(b"")), twice);
    assert_eq!(said(peers::answers([22, 3, 3])), "the server closed the connection in the middle of the handshake");
    let (address, _taken) = peers::refuses();
    assert_eq!(said(address), format!("no connection: {address} refused the connection"));
}

#[test]
fn who_says_nothing_or_trickles_is_left_at_the_deadline() {
    let silent = peers::raw(|mut stream| peers::drain(&mut stream));
    let trickling = peers::raw(|mut stream| {
        // A record of 16 KiB that would take minutes.
        let mut bytes = [22, 3, 3, 0x40, 0].into_iter().chain(std::iter::repeat(0));
        while bytes.next().is_some_and(|byte| stream.write_all(&[byte]).is_ok()) {
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    for address in [silent, trickling] {
        let start = Instant::now();
        let error = source::handshake(&server(address, SHORT), &|_| (), &AtomicBool::new(false)).map(|_| ()).unwrap_err();
        let words = format!("example.test:443 at {address}: timed out after 0.3 s while waiting for the handshake");
        assert_eq!(error.to_string(), words);
        assert!(start.elapsed() >= SHORT && start.elapsed() < PATIENCE);
    }
}

#[test]
fn cancelling_ends_it_long_before_the_deadline() {
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancelled);
    let silent = peers::raw(move |mut stream| {
        flag.store(true, Ordering::Relaxed);
        peers::drain(&mut stream);
    });
    let start = Instant::now();
    let error = source::handshake(&server(silent, PATIENCE), &|_| (), &cancelled).map(|_| ()).unwrap_err();
    assert!(matches!(error, TlsError::Cancelled { .. }), "{error}");
    assert!(start.elapsed() < PATIENCE / 2);
}

#[test]
fn a_name_that_cannot_be_asked_for_opens_no_connection() {
    let (unasked, _taken) = peers::refuses();
    let input = ServerInput { servername: Some("a b\n".to_owned()), ..server(unasked, PATIENCE) };
    let error = source::handshake(&input, &|_| (), &AtomicBool::new(false)).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), r"a b\u{a}: cannot be sent as a server name");
    let input = ServerInput { connect: Some("[::1".to_owned()), ..server(unasked, PATIENCE) };
    let error = source::handshake(&input, &|_| (), &AtomicBool::new(false)).map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "--connect: [::1: `]` is missing or something other than a port follows it");
}
