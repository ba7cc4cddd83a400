//! Servers that mean harm: each fetch ends in bounded time and memory, and says why it gave nothing.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crossroots::cert::{Endpoint, EndpointKind, Time};
use crossroots::source::{Allowed, Fetcher, MAX_AIA, MAX_REDIRECTS, Reach, Told, Wanted, fetch_all};
use crossroots::words::why_words;

use super::server::{Server, answer};

/// Far longer than any of this takes, far shorter than the servers would.
const PATIENCE: Duration = Duration::from_secs(20);

/// For clients that wait for a server that never ends.
const SHORT: Duration = Duration::from_millis(700);

fn client(allowed: Allowed, timeout: Duration) -> Arc<Fetcher> {
    let mut client = Fetcher::new(allowed, None, Time(1_795_305_600));
    client.timeout = timeout;
    Arc::new(client)
}

/// As if the person had named a server on the loopback address.
fn beside() -> Allowed {
    Allowed::new(false, [IpAddr::V4(Ipv4Addr::LOCALHOST)])
}

fn wanted(kind: EndpointKind, url: &str) -> Wanted {
    Wanted { endpoint: Endpoint { kind, url: url.to_owned() }, request: None, of: "leaf".to_owned() }
}

/// What is said, and the URLs that were told of before.
fn fetched(client: &Arc<Fetcher>, kind: EndpointKind, url: &str) -> (Reach, Vec<String>) {
    let (mut told, mut done) = (Vec::new(), None);
    fetch_all(client, &[wanted(kind, url)], &AtomicBool::new(false), &mut |news| match news {
        Told::Following(_, url) => told.push(url),
        Told::Done(_, fetched) => done = Some(fetched.reach),
    });
    (done.unwrap(), told)
}

fn why(reach: &Reach) -> String {
    why_words(reach).unwrap_or_else(|| panic!("{reach:?}"))
}

#[track_caller]
fn refused(url: &str, allowed: Allowed, said: &str) {
    let (reach, _) = fetched(&client(allowed, Duration::from_secs(5)), EndpointKind::Aia, url);
    assert_eq!(why(&reach), said, "{url}");
}

#[test]
fn own_addresses_are_refused_without_a_connection() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    listener.set_nonblocking(true).unwrap();
    let loopback = "a loopback address, which is not connected to without --allow-private";
    for host in ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost", "127.0.0.2"] {
        let (reach, _) = fetched(&client(Allowed::default(), Duration::from_secs(5)), EndpointKind::Aia, &format!("http://{host}:{port}/"));
        assert_eq!(why(&reach), format!("{host} is {loopback}"));
        assert!(matches!(reach, Reach::NotTried { .. }));
    }
    for (host, said) in [
        ("[::1]", "::1 is a loopback address, which is not connected to without --allow-private"),
        ("10.0.0.1", "10.0.0.1 is a private address, which is not connected to without --allow-private"),
        ("169.254.169.254", "169.254.169.254 is a link-local address, which is not connected to without --allow-private"),
        ("100.64.0.1", "100.64.0.1 is a carrier-grade NAT address, which is not connected to without --allow-private"),
        ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1 is an IPv4-mapped address, which is not connected to"),
        ("0.0.0.0", "0.0.0.0 is an unspecified address, which is not connected to"),
        ("224.0.0.1", "224.0.0.1 is a multicast address, which is not connected to"),
    ] {
        refused(&format!("http://{host}:{port}/"), Allowed::default(), said);
    }
    assert!(listener.accept().is_err(), "somebody connected");
}

#[test]
fn a_redirect_is_looked_at_again() {
    let inner = Server::start(|_, stream| answer(stream, "200 OK", &[], b"secret"));
    let place = inner.url("/secret");
    // The far server is in a zone that is open (127.0.0.1 stands for it), the inner one in another.
    let to = |location: String| Server::start(move |_, stream| answer(stream, "302 Found", &[&format!("Location: {location}")], b""));
    let port = inner.address.port();
    for (location, said) in [
        ("file:///etc/passwd".to_owned(), "redirected to file:///etc/passwd: unsupported scheme; only http and https URLs are fetched".to_owned()),
        ("ldap://d/cn=x".to_owned(), "redirected to ldap://d/cn=x: unsupported scheme; only http and https URLs are fetched".to_owned()),
        (
            "http://169.254.169.254/latest/".to_owned(),
            "redirected to http://169.254.169.254/latest/: 169.254.169.254 is a link-local address, which is not connected to without --allow-private".to_owned(),
        ),
        (
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("redirected to http://[::ffff:127.0.0.1]:{port}/: ::ffff:127.0.0.1 is an IPv4-mapped address, which is not connected to"),
        ),
        ("http://u:p@127.0.0.1/".to_owned(), "redirected to http://u:p@127.0.0.1/: a user name in a URL".to_owned()),
        ("\u{1}".to_owned(), String::new()),
    ] {
        let (reach, _) = fetched(&client(beside(), Duration::from_secs(5)), EndpointKind::Aia, &to(location).url("/"));
        match said.as_str() {
            "" => assert!(!why(&reach).is_empty()),
            said => assert_eq!(why(&reach), said),
        }
    }
    // And one to where it may go is followed, and told of.
    let outer = to(place.clone());
    let (reach, told) = fetched(&client(beside(), Duration::from_secs(5)), EndpointKind::Aia, &outer.url("/x"));
    assert_eq!(told, [outer.url("/x"), place]);
    assert!(why(&reach).starts_with("answered with something else: "), "{reach:?}");
    assert_eq!(inner.asked(), ["GET /secret"]);
}

#[test]
fn a_redirect_from_outside_to_loopback_is_refused() {
    // Nobody outside can be asked in a test; the zone of the first server is open by name, the second one's is not.
    let loopback = Server::start(|_, stream| answer(stream, "200 OK", &[], b"secret"));
    let Ok(listener) = TcpListener::bind((own_address(), 0)) else {
        println!("skipped: this computer has no address but loopback");
        return;
    };
    let location = format!("Location: {}", loopback.url("/secret"));
    let outside = Server::on(listener, move |_, stream| answer(stream, "301 Moved Permanently", &[&location], b""));
    let allowed = Allowed::new(false, [outside.address.ip()]);
    if allowed == beside() {
        println!("skipped: this computer has no address but loopback");
        return;
    }
    let (reach, _) = fetched(&client(allowed, Duration::from_secs(5)), EndpointKind::Crl, &outside.url("/"));
    let said = "127.0.0.1 is a loopback address, which is not connected to without --allow-private";
    assert_eq!(why(&reach), format!("redirected to {}: {said}", loopback.url("/secret")));
    assert_eq!((outside.asked().len(), loopback.asked().len()), (1, 0));
}

/// An address of this computer that is not loopback, where it has one; nothing is sent.
fn own_address() -> IpAddr {
    let socket = std::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let found = socket.connect((Ipv4Addr::new(10, 255, 255, 255), 9)).and_then(|()| socket.local_addr());
    found.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

#[test]
fn a_redirect_to_itself_ends() {
    let server = Server::start(|request, stream| answer(stream, "302 Found", &[&format!("Location: {}", request.path)], b""));
    let (reach, _) = fetched(&client(beside(), Duration::from_secs(5)), EndpointKind::Aia, &server.url("/x"));
    assert_eq!(why(&reach), format!("more than {MAX_REDIRECTS} redirects"));
    assert_eq!(server.asked().len(), MAX_REDIRECTS + 1);
}

#[test]
fn what_is_too_large_is_not_read_whole() {
    let says = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n0");
    });
    refused(&says.url("/"), beside(), &format!("more than the {MAX_AIA} bytes that it may have"));
    // How much is sent until the client hangs up, at most twice the limit with what the system buffers.
    let (sender, sent) = mpsc::channel();
    let endless = Server::start(move |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let mut count = 0_usize;
        while stream.write_all(&[0x30; 65_536]).is_ok() {
            count += 65_536;
        }
        let _ = sender.send(count);
    });
    refused(&endless.url("/"), beside(), &format!("more than the {MAX_AIA} bytes that it may have"));
    let count = sent.recv_timeout(PATIENCE).unwrap();
    assert!(count < MAX_AIA + (16 << 20), "{count} bytes were taken");
}

#[test]
fn nothing_is_decompressed() {
    let bomb = Server::start(|_, stream| answer(stream, "200 OK", &["Content-Encoding: gzip"], &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]));
    refused(&bomb.url("/"), beside(), "compressed (gzip), which was not asked for");
}

#[test]
fn one_byte_at_a_time_ends_with_the_time() {
    for start in ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 "] {
        let slow = Server::start(move |_, stream| {
            let mut alive = stream.write_all(start.as_bytes()).is_ok();
            while alive {
                thread::sleep(Duration::from_millis(100));
                alive = stream.write_all(b"0").is_ok();
            }
        });
        let begin = Instant::now();
        let (reach, _) = fetched(&client(beside(), SHORT), EndpointKind::Aia, &slow.url("/"));
        assert_eq!(why(&reach), "not done after 0.7 s", "{start:?}");
        assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
    }
}

#[test]
fn silence_ends_with_the_time() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (reach, _) = fetched(&client(beside(), SHORT), EndpointKind::Aia, &format!("http://{}/", silent.local_addr().unwrap()));
    assert_eq!(why(&reach), "not done after 0.7 s");
}

#[test]
fn endless_headers_end() {
    for line in ["X: y\r\n", "HTTP/1.1 100 Continue\r\n\r\n"] {
        let endless = Server::start(move |_, stream| {
            let _ = stream.write_all(if line.starts_with('X') { b"HTTP/1.1 200 OK\r\n".as_slice() } else { b"" });
            while stream.write_all(line.repeat(100).as_bytes()).is_ok() {}
        });
        let begin = Instant::now();
        let (reach, _) = fetched(&client(beside(), SHORT), EndpointKind::Aia, &endless.url("/"));
        println!("{line:?}: {reach:?}");
        assert!(matches!(reach, Reach::Unreachable { .. }), "{reach:?}");
        assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
    }
}

#[test]
fn what_is_something_else_is_said() {
    for (kind, body, said) in [
        (EndpointKind::Aia, b"<html>not found</html>".as_slice(), "answered with a web page (HTML)"),
        (EndpointKind::Crl, b"<html>", "answered with a web page (HTML)"),
        (EndpointKind::Crl, b"\x30\x00", "answered with something else: "),
        (
            EndpointKind::Ocsp,
            b"\x30\x03\x0a\x01\x06",
            "answered with something else: an OCSP response that says nothing but \"unauthorized\"",
        ),
        (EndpointKind::Ocsp, b"", "answered with nothing (0 bytes)"),
        (EndpointKind::Aia, b"", "answered with nothing (0 bytes)"),
    ] {
        let server = Server::start(move |_, stream| answer(stream, "200 OK", &[], body));
        let (reach, _) = fetched(&client(beside(), Duration::from_secs(5)), kind, &server.url("/"));
        assert!(why(&reach).starts_with(said), "{kind:?} {reach:?}");
    }
}

#[test]
fn statuses_resets_and_noise_are_said() {
    let gone = Server::start(|_, stream| answer(stream, "404 Not Found", &[], b"x"));
    refused(&gone.url("/"), beside(), "HTTP status 404 (not found)");
    let nowhere = Server::start(|_, stream| answer(stream, "302 Found", &[], b""));
    refused(&nowhere.url("/"), beside(), "a redirect (302) without a place to go to");
    let cut = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort");
    });
    let (reach, _) = fetched(&client(beside(), Duration::from_secs(5)), EndpointKind::Aia, &cut.url("/"));
    println!("cut: {reach:?}");
    assert!(matches!(reach, Reach::Unreachable { .. }), "{reach:?}");
    let noise = Server::start(|_, stream| {
        let _ = stream.write_all(b"\x1b[2J220 mail.test ESMTP\r\n");
    });
    let (reach, _) = fetched(&client(beside(), Duration::from_secs(5)), EndpointKind::Aia, &noise.url("/"));
    println!("noise: {reach:?}");
    assert!(matches!(&reach, Reach::Unreachable { why, .. } if !why.to_string().contains('\u{1b}')), "{reach:?}");
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    refused(&format!("http://{closed}/"), beside(), "refused the connection");
    refused("ldap://d.test/cn=x", beside(), "unsupported scheme; only http and https URLs are fetched");
}

/// The connection that is open then too: the server sees its end.
#[test]
fn what_is_cancelled_ends_at_once() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let cancelled = Arc::new(AtomicBool::new(false));
    let begin = Instant::now();
    let flag = Arc::clone(&cancelled);
    let server = thread::spawn(move || {
        let (mut stream, _) = silent.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        flag.store(true, std::sync::atomic::Ordering::Relaxed);
        stream.read(&mut [0; 4096])
    });
    fetch_all(&client(beside(), Duration::from_secs(60)), &[wanted(EndpointKind::Crl, &url)], &cancelled, &mut |told| {
        if let Told::Done(_, fetched) = told {
            panic!("{:?}", fetched.reach);
        }
    });
    assert!(begin.elapsed() < PATIENCE);
    assert_eq!(server.join().unwrap().unwrap(), 0);
}
