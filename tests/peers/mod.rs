//! Servers on the loopback interface for tests: well-behaved ones in this process or of openssl, and hostile ones.
//!
//! All bind port 0.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its peer has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair};
use rustls::crypto::ring::{default_provider, sign::any_supported_type};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, ServerConnection, SupportedProtocolVersion};

/// Shortest OCSP response: responseStatus unauthorized (RFC 6960 4.2.1).
pub const OCSP: [u8; 5] = [0x30, 0x03, 0x0a, 0x01, 0x06];

/// A root, an intermediate and a leaf for example.test, in DER; and the leaf's key.
pub struct Pki {
    pub root: Vec<u8>,
    pub intermediate: Vec<u8>,
    pub leaf: Vec<u8>,
    pub key: Vec<u8>,
}

impl Pki {
    pub fn new() -> Self {
        Self::with_leaf(|_| ())
    }

    /// With authorities called `name`, which others are not.
    pub fn named(name: &str) -> Self {
        Self::made(&format!("{name} "), |params| params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth])
    }

    pub fn with_leaf(change: impl Fn(&mut CertificateParams)) -> Self {
        Self::made("", change)
    }

    fn made(prefix: &str, change: impl Fn(&mut CertificateParams)) -> Self {
        let authority = |name: &str| {
            let mut params = CertificateParams::new(vec![]).unwrap();
            params.distinguished_name = DistinguishedName::new();
            params.distinguished_name.push(DnType::CommonName, format!("{prefix}{name}"));
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params
        };
        let root = CertifiedIssuer::self_signed(authority("Root"), KeyPair::generate().unwrap()).unwrap();
        let intermediate = CertifiedIssuer::signed_by(authority("Intermediate"), KeyPair::generate().unwrap(), &root).unwrap();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["example.test".to_owned()]).unwrap();
        change(&mut params);
        let leaf = params.signed_by(&key, &intermediate).unwrap();
        Self { root: root.der().to_vec(), intermediate: intermediate.der().to_vec(), leaf: leaf.der().to_vec(), key: key.serialize_der() }
    }
}

/// What a TLS server in this process sends.
pub struct Presented {
    pub chain: Vec<Vec<u8>>,
    pub key: Vec<u8>,
    pub ocsp: Option<Vec<u8>>,
    pub alpn: Vec<Vec<u8>>,
    pub versions: Vec<&'static SupportedProtocolVersion>,
}

impl Presented {
    /// Nothing yet.
    pub fn empty() -> Self {
        Self { chain: vec![], key: vec![], ocsp: None, alpn: vec![], versions: rustls::ALL_VERSIONS.to_vec() }
    }

    pub fn new(pki: &Pki, chain: &[&[u8]]) -> Self {
        let chain = chain.iter().map(|der| der.to_vec()).collect();
        Self { chain, key: pki.key.clone(), ocsp: None, alpn: vec![], versions: rustls::ALL_VERSIONS.to_vec() }
    }
}

/// How far the server goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Until {
    Done,
    /// Leaves when its own certificates are sent.
    ChainSent,
}

/// The address, and the name each client asked for.
pub fn tls(presented: Presented, until: Until) -> (SocketAddr, Receiver<Option<String>>) {
    tls_after(presented, until, |_| ())
}

/// The same, once `before` has had its talk in the clear.
pub fn tls_after(
    presented: Presented,
    until: Until,
    before: impl FnOnce(&mut TcpStream) + Send + 'static,
) -> (SocketAddr, Receiver<Option<String>>) {
    let (sender, names) = channel();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(presented.key));
    let chain = presented.chain.into_iter().map(CertificateDer::from).collect();
    let mut certified = CertifiedKey::new(chain, any_supported_type(&key).unwrap());
    certified.ocsp = presented.ocsp;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&presented.versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Resolver { certified: Arc::new(certified), names: Mutex::new(sender) }));
    config.alpn_protocols = presented.alpn;
    let config = Arc::new(config);
    let address = raw(move |mut stream| {
        before(&mut stream);
        let mut connection = ServerConnection::new(config).unwrap();
        while connection.is_handshaking() {
            if connection.wants_write() {
                if connection.write_tls(&mut stream).is_err() {
                    return;
                }
                if until == Until::ChainSent && !connection.wants_write() {
                    // What the client says is read, or closing would be a reset that may overtake the chain.
                    stream.shutdown(std::net::Shutdown::Write).ok();
                    drain(&mut stream);
                    return;
                }
                continue;
            }
            match connection.read_tls(&mut stream) {
                Ok(1..) if connection.process_new_packets().is_ok() => {}
                _ => return,
            }
        }
        while connection.wants_write() && connection.write_tls(&mut stream).is_ok() {}
        drain(&mut stream);
    });
    (address, names)
}

#[derive(Debug)]
struct Resolver {
    certified: Arc<CertifiedKey>,
    names: Mutex<Sender<Option<String>>>,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.names.lock().unwrap().send(hello.server_name().map(str::to_owned)).ok();
        Some(Arc::clone(&self.certified))
    }
}

/// Serves one connection with `serve`.
pub fn raw(serve: impl FnOnce(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || serve(listener.accept().unwrap().0));
    address
}

/// Serves every connection with `serve`, one after the other: who is refused may be asked again.
pub fn each(mut serve: impl FnMut(TcpStream) + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(&mut serve));
    address
}

/// Reads the first bytes the client sends, answers with `bytes`, and closes.
pub fn answers(bytes: impl AsRef<[u8]> + Send + 'static) -> SocketAddr {
    each(move |mut stream| {
        let mut hello = [0; 4_096];
        let _partial = stream.read(&mut hello).ok();
        stream.write_all(bytes.as_ref()).ok();
        stream.shutdown(std::net::Shutdown::Write).ok();
        drain(&mut stream);
    })
}

/// A port that nothing listens on, nor can while the stream, which has taken it, lives.
pub fn refuses() -> (SocketAddr, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (stream.local_addr().unwrap(), stream)
}

/// Reads until the client closes.
pub fn drain(stream: &mut TcpStream) {
    std::io::copy(stream, &mut std::io::sink()).ok();
}

/// `openssl s_server`, ended when dropped.
pub struct OpenSsl {
    pub address: SocketAddr,
    child: Child,
}

impl OpenSsl {
    /// `None` where there is no openssl on the PATH. `folder` keeps the files the server reads.
    pub fn start(folder: &Path, presented: &Presented, arguments: &[&str]) -> Option<Self> {
        let armor = |label: &str, der: &[u8]| pem::encode(&pem::Pem::new(label, der));
        let file = |name: &str, content: &[u8]| {
            std::fs::write(folder.join(name), content).unwrap();
            folder.join(name)
        };
        let (leaf, rest) = presented.chain.split_first().unwrap();
        let rest: String = rest.iter().map(|der| armor("CERTIFICATE", der)).collect();
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0", "-cert"]);
        command.arg(file("leaf.pem", armor("CERTIFICATE", leaf).as_bytes()));
        command.arg("-key").arg(file("key.pem", armor("PRIVATE KEY", &presented.key).as_bytes()));
        if !rest.is_empty() {
            command.arg("-cert_chain").arg(file("chain.pem", rest.as_bytes()));
        }
        if let Some(ocsp) = &presented.ocsp {
            command.arg("-status_file").arg(file("ocsp.der", ocsp));
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let output = BufReader::new(child.stdout.take().unwrap());
        let accepts = output.lines().map_while(Result::ok).find_map(|line| line.strip_prefix("ACCEPT ")?.parse().ok());
        Some(Self { address: accepts.unwrap(), child })
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
