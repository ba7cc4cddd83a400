//! What is known of a connection: the proof of the key, what is wanted of the client and what it shows, and how that is judged.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its peer has failed")]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crossroots::cert::Origin;
use crossroots::source::{self, Batch, ClientFiles, Handshake, KeyProof, Resumption, ServerInput, TlsError};
use rustls::version::{TLS12, TLS13};

use super::peers::{self, OpenSsl, Pki, Presented, Until};
use super::{PATIENCE, asked, server};

fn written(folder: &Path, name: &str, blocks: &[(&str, &[u8])]) -> PathBuf {
    let text: String = blocks.iter().map(|(label, der)| pem::encode(&pem::Pem::new(*label, *der))).collect();
    std::fs::write(folder.join(name), text).unwrap();
    folder.join(name)
}

fn files(folder: &Path, pki: &Pki) -> ClientFiles {
    let certificate = written(folder, "client.pem", &[("CERTIFICATE", &pki.leaf), ("CERTIFICATE", &pki.intermediate)]);
    ClientFiles { certificate, key: written(folder, "client.key", &[("PRIVATE KEY", &pki.key)]) }
}

fn handshake(input: &ServerInput) -> Result<(Batch, Handshake), TlsError> {
    let batch = source::handshake(input, &|_| (), &AtomicBool::new(false))?;
    let handshake = batch.handshake.clone().unwrap();
    Ok((batch, handshake))
}

#[test]
fn a_server_that_holds_another_key_is_found_out() {
    for version in [&TLS12, &TLS13] {
        let (pki, other) = (Pki::new(), Pki::new());
        let presented = Presented { key: other.key.clone(), versions: vec![version], ..Presented::new(&pki, &[&pki.leaf]) };
        let (address, _names) = peers::tls(presented, Until::Done);
        let (batch, handshake) = asked(address);
        assert_eq!(batch.certificates[0].certificate.der(), pki.leaf);
        assert_eq!(handshake.key_proof, KeyProof::Wrong { scheme: "ecdsa_secp256r1_sha256".to_owned() });
    }
}

#[test]
fn a_certificate_that_cannot_be_read_proves_nothing() {
    let pki = Pki::new();
    let (address, _names) = peers::tls(Presented::new(&pki, &[b"junk", &pki.intermediate]), Until::Done);
    let reason = "the certificate cannot be read".to_owned();
    assert_eq!(asked(address).1.key_proof, KeyProof::NotJudged { reason });
}

#[test]
fn resumption_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let pki = Pki::new();
    for (arguments, expected) in [
        (["-tls1_3", "-num_tickets", "1"].as_slice(), Resumption::Offered),
        (&["-tls1_3", "-num_tickets", "0"], Resumption::NotSeen),
        (&["-tls1_2"], Resumption::Offered),
        (&["-tls1_2", "-no_ticket", "-no_cache"], Resumption::NotOffered),
    ] {
        let Some(peer) = OpenSsl::start(folder.path(), &Presented::new(&pki, &[&pki.leaf]), arguments) else { return };
        let handshake = asked(peer.address).1;
        assert_eq!((handshake.resumption, handshake.completed), (expected, Ok(())), "{arguments:?}");
    }
}

#[test]
fn who_asks_for_the_client_is_told_and_says_whom_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    let (pki, clients, strangers) = (Pki::new(), Pki::named("Clients"), Pki::named("Strangers"));
    let authorities = written(folder.path(), "authorities.pem", &[("CERTIFICATE", &clients.root)]);
    let authorities = authorities.to_str().unwrap();
    for version in ["-tls1_2", "-tls1_3"] {
        let arguments = [version, "-Verify", "3", "-verify_return_error", "-CAfile", authorities];
        let start = || OpenSsl::start(folder.path(), &Presented::new(&pki, &[&pki.leaf]), &arguments);
        let Some(peer) = start() else { return };
        // Without a certificate it is refused, but not before the chain was sent.
        let (batch, refused) = asked(peer.address);
        assert_eq!(batch.certificates.len(), 1, "{version}");
        let request = refused.client_request.unwrap();
        assert_eq!(request.authorities.iter().map(ToString::to_string).collect::<Vec<_>>(), ["CN=Clients Root"], "{version}");
        assert!(!request.answered);
        let error = refused.completed.unwrap_err().to_string();
        let alert = if version == "-tls1_2" {
            "alert 40 (handshake_failure): it asked for a certificate of the client, and got none"
        } else {
            "alert 116 (certificate_required)"
        };
        assert!(error.contains(alert), "{version}: {error}");

        let client = Some(files(folder.path(), &clients));
        let (batch, taken) = handshake(&ServerInput { client: client.map(Box::new), ..server(peer.address, PATIENCE) }).unwrap();
        assert_eq!((taken.completed, taken.client_request.map(|request| request.answered)), (Ok(()), Some(true)), "{version}");
        let own: Vec<_> = batch.certificates[1..].iter().map(|found| (found.certificate.der(), found.origin.clone())).collect();
        let path = folder.path().join("client.pem").display().to_string();
        let origin = |position| Origin::Client { host: "example.test".to_owned(), path: path.clone(), position };
        assert_eq!(own, [(clients.leaf.as_slice(), origin(1)), (&clients.intermediate, origin(2))]);

        let client = Some(files(folder.path(), &strangers));
        let (_, refused) = handshake(&ServerInput { client: client.map(Box::new), ..server(peer.address, PATIENCE) }).unwrap();
        let error = refused.completed.unwrap_err().to_string();
        assert!(error.contains("alert 48 (unknown_ca)"), "{version}: {error}");
    }
}

#[test]
fn a_client_that_cannot_be_shown_opens_no_connection() {
    let folder = tempfile::tempdir().unwrap();
    let (pki, other) = (Pki::new(), Pki::new());
    let (unasked, _taken) = peers::refuses();
    let refusal = |client: ClientFiles| {
        let error = handshake(&ServerInput { client: Some(Box::new(client)), ..server(unasked, PATIENCE) }).map(|_| ()).unwrap_err();
        assert!(error.is_usage());
        error.to_string().replace(folder.path().to_str().unwrap(), "")
    };
    let sound = files(folder.path(), &pki);
    let key = |label: &str, der: &[u8]| ClientFiles { key: written(folder.path(), "key.pem", &[(label, der)]), ..sound.clone() };
    assert_eq!(refusal(key("PRIVATE KEY", &other.key)), "--key /key.pem: not the key of the first certificate in /client.pem");
    assert_eq!(refusal(key("ENCRYPTED PRIVATE KEY", &pki.key)), "--key /key.pem: the key is encrypted; `openssl pkey` writes it without");
    assert_eq!(
        refusal(key("PRIVATE KEY", b"junk")),
        "--key /key.pem: a key that cannot sign here: RSA of 2048 to 4096 bits, P-256, P-384, P-521 and Ed25519 can"
    );
    let none = "--key /client.pem: holds no private key in PEM (PRIVATE KEY, RSA PRIVATE KEY, EC PRIVATE KEY)";
    assert_eq!(refusal(ClientFiles { key: sound.certificate.clone(), ..sound.clone() }), none);
    let swapped = ClientFiles { certificate: sound.key.clone(), ..sound.clone() };
    assert_eq!(refusal(swapped), "--cert /client.key: holds no certificate");
    let endless = ClientFiles { key: PathBuf::from("/dev/zero"), ..sound.clone() };
    assert_eq!(refusal(endless), "--key /dev/zero: a device, not read; expected a file or a pipe");
    let absent = ClientFiles { key: folder.path().join("absent"), ..sound };
    assert!(refusal(absent).starts_with("--key /absent: "));
}
