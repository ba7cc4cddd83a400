//! Peers that mean harm, before and behind the second asking: each ends in words, in time, and before it has filled the memory.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use crossroots::source::{self, MAX_HANDSHAKE, PROTOCOLS, Proxy, ServerInput};

use super::peers::{self, Pki, Presented, Until};
use super::starttls::{self, Turn};
use super::{PATIENCE, SHORT, ask, said, server};

const REFUSED: &str = "the server ended the handshake with alert 70 (protocol_version): it does not speak the version of TLS that was offered; \
                       asked again for TLS 1.2 and older: ";

fn vector(bytes: usize, content: &[u8]) -> Vec<u8> {
    [&content.len().to_be_bytes()[8 - bytes..], content].concat()
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind], vector(3, body).as_slice()].concat()
}

/// Records of 16 KiB.
fn records(messages: &[u8]) -> Vec<u8> {
    messages.chunks(1 << 14).flat_map(|part| [[22, 3, 1].as_slice(), &vector(2, part)].concat()).collect()
}

/// TLS 1.0 with RSA key exchange.
fn server_hello() -> Vec<u8> {
    message(2, &[[3, 1].as_slice(), &[7; 32], &[0, 0, 0x2f, 0]].concat())
}

fn certificates(chain: &[&[u8]]) -> Vec<u8> {
    message(11, &vector(3, &chain.iter().flat_map(|der| vector(3, der)).collect::<Vec<u8>>()))
}

/// Refuses the first client, then does as it is told.
fn old(serve: impl FnMut(&mut TcpStream) + Send + 'static) -> SocketAddr {
    old_after(|_| (), serve)
}

/// The same, with a talk in the clear before every handshake.
fn old_after(before: impl Fn(&mut TcpStream) + Send + 'static, mut serve: impl FnMut(&mut TcpStream) + Send + 'static) -> SocketAddr {
    let mut is_first = true;
    peers::each(move |mut stream| {
        before(&mut stream);
        let mut hello = [0; 4_096];
        let _partial = stream.read(&mut hello).ok();
        if std::mem::take(&mut is_first) {
            stream.write_all(&[21, 3, 1, 0, 2, 2, 70]).ok();
        } else {
            serve(&mut stream);
        }
        stream.shutdown(std::net::Shutdown::Write).ok();
        peers::drain(&mut stream);
    })
}

fn old_says(bytes: Vec<u8>) -> SocketAddr {
    old(move |stream| drop(stream.write_all(&bytes)))
}

/// What is said of an old server, behind the refusal.
fn said_again(address: SocketAddr) -> String {
    let said = said(address);
    said.strip_prefix(REFUSED).map_or_else(|| format!("unexpected: {said}"), str::to_owned)
}

#[test]
fn what_is_broken_behind_the_old_hello_is_named() {
    let hello = server_hello();
    for (bytes, words) in [
        (vec![], "the server closed the connection without an answer"),
        (records(&hello), "the server closed the connection in the middle of the handshake"),
        (b"HTTP/1.1 400 Bad Request\r\n".to_vec(), "no TLS is spoken there; the answer begins \"HTTP/1.1 400 Bad Request\""),
        (records(&certificates(&[b"x"])), "the handshake failed: something came before the ServerHello"),
        (records(&message(2, &[3, 1])), "the handshake failed: a ServerHello that is cut short"),
        (records(&[hello.clone(), message(11, &[0, 0, 9, 1])].concat()), "the handshake failed: a Certificate message that is cut short"),
        (records(&[hello.clone(), message(20, b"")].concat()), "the handshake failed: a message that has no place there"),
        (records(&[hello.clone(), message(14, b"")].concat()), "the handshake failed: the server sent no certificate"),
        (records(&[hello.clone(), certificates(&[]), message(14, b"")].concat()), "the handshake failed: the server sent no certificate"),
        ([23, 3, 1, 0, 1, 0].to_vec(), "the handshake failed: a record that has no place in the beginning of a handshake"),
        ([22, 3, 1, 0xff, 0xff].to_vec(), "the handshake failed: a record of 65535 bytes, where 18432 are allowed"),
        ([21, 3, 1, 0, 2, 1, 0].to_vec(), "the server ended the handshake with alert 0 (close_notify)"),
    ] {
        assert_eq!(said_again(old_says(bytes.clone())), words, "{bytes:?}");
    }
}

#[test]
fn what_is_said_before_a_handshake_is_said_before_the_second_too() {
    let pki = Pki::new();
    let answer = records(&[server_hello(), certificates(&[&pki.leaf]), message(14, b"")].concat());
    let asked = |input: &ServerInput| {
        let batch = source::handshake(input, &|_| (), &AtomicBool::new(false)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(batch.certificates[0].certificate.der(), pki.leaf);
        batch.handshake.unwrap()
    };
    for protocol in &PROTOCOLS {
        let answer = answer.clone();
        let before = |stream: &mut TcpStream| starttls::talk(stream, starttls::turns(protocol.word));
        let address = old_after(before, move |stream| drop(stream.write_all(&answer)));
        let handshake = asked(&starttls::server(address, protocol, PATIENCE));
        assert_eq!((handshake.starttls, handshake.version.as_deref()), (Some(protocol.word), Some("TLS 1.0")));
        assert!(handshake.asked_again.is_some());
    }
    let connect = |stream: &mut TcpStream| {
        starttls::talk(stream, vec![Turn::Hear(b"\r\n\r\n"), Turn::Say(b"HTTP/1.1 200 go\r\n\r\n")]);
    };
    let address = old_after(connect, move |stream| drop(stream.write_all(&answer)));
    let proxy = Some(Box::new(Proxy::parse(&format!("http://{address}")).unwrap()));
    let handshake = asked(&ServerInput { proxy, timeout: PATIENCE, ..ServerInput::new("example.test", 443) });
    assert!(handshake.proxy.is_some() && handshake.asked_again.is_some());
}

#[test]
fn a_warning_is_no_end_and_what_came_is_kept() {
    let pki = Pki::new();
    let warned = [[21, 3, 1, 0, 2, 1, 112].to_vec(), records(&[server_hello(), certificates(&[&pki.leaf])].concat())].concat();
    let batch = ask(old_says(warned)).unwrap();
    assert_eq!(batch.certificates[0].certificate.der(), pki.leaf);
    let ended = batch.handshake.unwrap().completed.unwrap_err().to_string();
    assert!(ended.ends_with("the server closed the connection in the middle of the handshake"), "{ended}");
}

#[test]
fn two_thousand_certificates_are_kept_and_ten_thousand_are_not_waited_for() {
    let pki = Pki::new();
    let chain = |count| certificates(&vec![pki.leaf.as_slice(); count]);
    let fits = MAX_HANDSHAKE / (pki.leaf.len() + 3) - 10;
    let batch = ask(old_says(records(&[server_hello(), chain(fits), message(14, b"")].concat()))).unwrap();
    assert_eq!(batch.certificates.len(), fits);
    assert!(fits > 2_000, "{fits}");
    let many = chain(10_000);
    let words = format!("the handshake failed: a message of {} bytes, where {MAX_HANDSHAKE} are read", many.len() - 4);
    assert_eq!(said_again(old_says(records(&[server_hello(), many].concat()))), words);

    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let presented = Presented { versions: vec![version], ..Presented::new(&pki, &vec![pki.leaf.as_slice(); 10_000]) };
        let (address, _names) = peers::tls(presented, Until::Done);
        let words = said(address);
        assert!(words.starts_with("the handshake failed: ") && words.contains("TooLarge") || words.contains("too large"), "{words}");
    }
}

/// A Certificate message of 16 MB, all of which is sent: hardly more than the limit is taken of it.
#[test]
fn sixteen_megabytes_are_not_taken() {
    const WHOLE: usize = (1 << 24) - 1;
    let taken = Arc::new(AtomicUsize::new(0));
    let pour = |taken: Arc<AtomicUsize>, stream: &mut TcpStream, beginning: &[u8]| {
        let mut body = beginning.to_vec();
        body.resize(WHOLE + 4, 0);
        for part in records(&body).chunks(4_096) {
            if stream.write_all(part).is_err() {
                return;
            }
            taken.fetch_add(part.len(), Ordering::Relaxed);
        }
    };
    let announced = [11, 0xff, 0xff, 0xff];
    let counted = Arc::clone(&taken);
    let address = old(move |stream| {
        stream.write_all(&records(&server_hello())).ok();
        pour(Arc::clone(&counted), stream, &announced);
    });
    assert_eq!(said_again(address), format!("the handshake failed: a message of {WHOLE} bytes, where {MAX_HANDSHAKE} are read"));
    let counted = Arc::clone(&taken);
    let address = peers::raw(move |mut stream| pour(counted, &mut stream, &announced));
    assert!(said(address).starts_with("the handshake failed: "));
    // As many messages of a harmless length as one likes: HelloRequests, which are to be ignored.
    let counted = Arc::clone(&taken);
    let address = old(move |stream| {
        stream.write_all(&records(&server_hello())).ok();
        pour(Arc::clone(&counted), stream, &[]);
    });
    assert_eq!(said_again(address), format!("the handshake failed: the server sent more than {MAX_HANDSHAKE} bytes"));
    // The system's own buffers take some more; nobody reads those.
    assert!(taken.load(Ordering::Relaxed) < 2 * WHOLE, "{taken:?}");
}

#[test]
fn who_trickles_or_falls_silent_behind_the_old_hello_is_left_at_the_deadline() {
    let trickling = old(|stream| {
        let bytes = records(&[server_hello(), message(11, &[0; 10_000])].concat());
        bytes.iter().all(|byte| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            stream.write_all(&[*byte]).is_ok()
        });
    });
    let silent = old(peers::drain);
    for address in [trickling, silent] {
        let start = Instant::now();
        let error = source::handshake(&server(address, SHORT), &|_| (), &AtomicBool::new(false)).map(|_| ()).unwrap_err().to_string();
        assert!(error.ends_with("timed out after 0.3 s while asking again for TLS 1.2 and older"), "{error}");
        assert!(start.elapsed() >= SHORT && start.elapsed() < PATIENCE);
    }
}

#[test]
fn a_reset_in_the_middle_is_said() {
    // Closing a stream on which something was not read resets it.
    let reset = |mut stream: TcpStream| {
        let mut first = [0; 5];
        stream.read_exact(&mut first).ok();
        stream.write_all(&[22, 3, 3, 0, 100]).ok();
    };
    let words = said(peers::each(reset));
    let end = ["the server closed the connection in the middle of the handshake", "the server closed the connection without an answer"];
    // A reset may overtake what was sent before it; then there was no answer, and the second asking ends the same.
    assert!(end.iter().any(|end| words.ends_with(end)), "{words}");
}

#[test]
fn every_alert_ends_it_with_its_number() {
    for code in 0..=u8::MAX {
        for level in [1, 2] {
            let words = said(peers::answers([21, 3, 3, 0, 2, level, code]));
            let number = format!("alert {code} (");
            // rustls goes on after a warning before TLS 1.3, and then the server closes.
            let is_named = words.contains(&number) || level == 1 && words.contains("closed the connection");
            assert!(is_named && !words.contains("AlertDescription"), "{level} {code}: {words}");
        }
    }
}

#[test]
fn cancelling_ends_the_second_asking_too() {
    let (sender, asked_again) = mpsc::channel();
    let address = old(move |stream| {
        sender.send(()).ok();
        peers::drain(stream);
    });
    let cancelled = AtomicBool::new(false);
    let start = Instant::now();
    let error = std::thread::scope(|scope| {
        let asking = scope.spawn(|| source::handshake(&server(address, PATIENCE), &|_| (), &cancelled).map(|_| ()));
        asked_again.recv().unwrap();
        cancelled.store(true, Ordering::Relaxed);
        asking.join().unwrap().unwrap_err().to_string()
    });
    assert!(error.ends_with("stopped while asking again for TLS 1.2 and older"), "{error}");
    assert!(start.elapsed() < PATIENCE / 2);
}
