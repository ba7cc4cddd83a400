//! Servers that rustls cannot talk to: their certificates are read all the same, and it is said how.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its peer has failed")]
use crossroots::source::{self, Batch, Handshake, KeyProof, Resumption, ServerInput, TimestampCount, Version};
use std::sync::atomic::AtomicBool;

use super::peers::{self, OCSP, OpenSsl, Presented};
use super::{PATIENCE, said, server};

/// A chain and key that openssl made: kinds of keys that rcgen does not make.
struct Made {
    folder: tempfile::TempDir,
    presented: Presented,
}

/// `None` where there is no openssl, or it cannot make such a key.
fn made(key: &[&str]) -> Option<Made> {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let done = std::process::Command::new("openssl").current_dir(folder.path()).args(arguments).output().ok()?;
        done.status.success().then_some(())
    };
    run(&[&["genpkey", "-outform", "DER", "-out", "key.der"], key].concat())?;
    let subject = ["req", "-x509", "-key", "key.der", "-subj", "/CN=example.test", "-outform", "DER", "-out", "leaf.der"];
    run(&subject)?;
    let read = |name: &str| std::fs::read(folder.path().join(name)).ok();
    let presented = Presented { chain: vec![read("leaf.der")?], key: read("key.der")?, ocsp: Some(OCSP.to_vec()), ..Presented::empty() };
    Some(Made { folder, presented })
}

const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];

fn curve(name: &str) -> [String; 4] {
    ["-algorithm".to_owned(), "EC".to_owned(), "-pkeyopt".to_owned(), format!("ec_paramgen_curve:{name}")]
}

fn asked(input: &ServerInput) -> (Batch, Handshake) {
    let batch = source::handshake(input, &|_| (), &AtomicBool::new(false)).unwrap_or_else(|error| panic!("{error}"));
    let handshake = batch.handshake.clone().unwrap();
    (batch, handshake)
}

struct Case {
    key: Vec<String>,
    arguments: &'static [&'static str],
    version: &'static str,
    suite: &'static str,
    group: Option<&'static str>,
    /// What the first refusal says.
    refusal: u8,
    proof: KeyProof,
}

fn given(scheme: &str) -> KeyProof {
    KeyProof::Given { scheme: scheme.to_owned() }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn cases() -> Vec<Case> {
    let unfinished =
        || KeyProof::NotSeen { reason: "the key exchange would show it only at the end of the handshake, which was not carried on" };
    let old_rsa = || KeyProof::NotJudged { reason: "before TLS 1.2 RSA signs MD5 and SHA-1 together, which is not checked".to_owned() };
    let case =
        |arguments, version, suite, group, refusal, proof| Case { key: strings(RSA), arguments, version, suite, group, refusal, proof };
    let of_curve = |name: &str, group, suite, proof| Case {
        key: curve(name).to_vec(),
        arguments: &["-tls1_2", "-cipher", "DEFAULT@SECLEVEL=0"],
        version: "TLS 1.2",
        suite,
        group: Some(group),
        refusal: 40,
        proof,
    };
    const OLD: &str = "DEFAULT@SECLEVEL=0";
    vec![
        case(&["-tls1", "-cipher", OLD], "TLS 1.0", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", Some("X25519"), 70, old_rsa()),
        case(&["-tls1_1", "-cipher", OLD], "TLS 1.1", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", Some("X25519"), 70, old_rsa()),
        case(&["-tls1", "-cipher", "kRSA:@SECLEVEL=0"], "TLS 1.0", "TLS_RSA_WITH_AES_128_CBC_SHA", None, 70, unfinished()),
        case(&["-tls1_2", "-cipher", "kRSA"], "TLS 1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", None, 40, unfinished()),
        case(
            &["-tls1_2", "-cipher", "kDHE"],
            "TLS 1.2",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            Some("DHE 2048 bits"),
            40,
            given("rsa_pss_rsae_sha256"),
        ),
        case(
            &["-tls1_2", "-cipher", "ECDHE-RSA-AES256-SHA"],
            "TLS 1.2",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            Some("X25519"),
            40,
            given("rsa_pss_rsae_sha256"),
        ),
        of_curve("brainpoolP256r1", "X25519", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", given("ecdsa_secp256r1_sha256")),
        of_curve("brainpoolP384r1", "X25519", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", given("ecdsa_secp256r1_sha256")),
        of_curve("secp256k1", "X25519", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", given("ecdsa_secp256r1_sha256")),
    ]
}

#[test]
fn what_rustls_cannot_do_is_read_from_the_answer_to_an_old_hello() {
    let mut tried = 0;
    for case in cases() {
        let key: Vec<&str> = case.key.iter().map(String::as_str).collect();
        let Some(made) = made(&key) else {
            eprintln!("no openssl that makes {key:?}: not tried");
            continue;
        };
        let arguments = [case.arguments, &["-alpn", "http/1.1"]].concat();
        let Some(peer) = OpenSsl::start(made.folder.path(), &made.presented, &arguments) else { continue };
        let (batch, handshake) = asked(&server(peer.address, PATIENCE));
        let of = format!("{key:?} {arguments:?}");
        assert_eq!(
            batch.certificates.iter().map(|found| found.certificate.der().to_vec()).collect::<Vec<_>>(),
            made.presented.chain,
            "{of}"
        );
        assert_eq!(handshake.version.as_deref(), Some(case.version), "{of}");
        assert_eq!(handshake.cipher_suite.as_deref(), Some(case.suite), "{of}");
        assert_eq!(handshake.group.as_deref(), case.group, "{of}");
        assert_eq!(handshake.alpn.as_deref(), Some("http/1.1"), "{of}");
        assert_eq!(handshake.server_name.as_deref(), Some("example.test"), "{of}");
        assert_eq!(handshake.stapled_ocsp.as_deref(), Some(OCSP.as_slice()), "{of}");
        assert_eq!(handshake.key_proof, case.proof, "{of}");
        assert_eq!(handshake.resumption, Resumption::Offered, "{of}");
        assert_eq!(handshake.timestamps.handshake, TimestampCount::Absent, "{of}");
        assert_eq!(handshake.completed, Ok(()), "{of}");
        let first = handshake.asked_again.map(|error| error.to_string()).unwrap_or_default();
        assert!(first.contains(&format!("ended the handshake with alert {} ", case.refusal)), "{of}: {first}");
        tried += 1;
    }
    // An openssl may lack curves.
    assert!(tried >= 6 || made(RSA).is_none(), "{tried}");
}

#[test]
fn keys_that_rustls_has_no_eye_for_need_no_second_asking() {
    for (key, scheme) in [
        (strings(&["-algorithm", "ED448"]), "ed448"),
        (curve("P-521").to_vec(), "ecdsa_secp521r1_sha512"),
        (strings(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]), "rsa_pss_rsae_sha256"),
        (strings(&["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]), "rsa_pss_pss_sha256"),
    ] {
        let key: Vec<&str> = key.iter().map(String::as_str).collect();
        let Some(made) = made(&key) else { continue };
        let arguments = ["-tls1_3", "-cipher", "DEFAULT@SECLEVEL=0"];
        let Some(peer) = OpenSsl::start(made.folder.path(), &made.presented, &arguments) else { continue };
        let (batch, handshake) = asked(&server(peer.address, PATIENCE));
        assert_eq!(batch.certificates.len(), 1, "{key:?}");
        assert_eq!((handshake.asked_again, handshake.key_proof), (None, given(scheme)), "{key:?}");
        assert_eq!(handshake.completed, Ok(()), "{key:?}");
    }
}

#[test]
fn ways_to_sign_that_rustls_has_not_in_tls_1_2_are_read_by_the_old_hello() {
    for (key, scheme) in [
        (strings(&["-algorithm", "ED448"]), "ed448"),
        (strings(&["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]), "rsa_pss_pss_sha256"),
    ] {
        let key: Vec<&str> = key.iter().map(String::as_str).collect();
        let Some(made) = made(&key) else { continue };
        let Some(peer) = OpenSsl::start(made.folder.path(), &made.presented, &["-tls1_2"]) else { continue };
        let (batch, handshake) = asked(&server(peer.address, PATIENCE));
        assert_eq!((batch.certificates.len(), handshake.key_proof, handshake.completed), (1, given(scheme), Ok(())), "{key:?}");
        assert!(handshake.asked_again.unwrap().to_string().contains("the server speaks another TLS: "), "{key:?}");
    }
}

#[test]
fn a_version_that_is_asked_for_alone_is_held_to() {
    let Some(made) = made(RSA) else { return };
    let only = |version, address| ServerInput { version: Some(version), ..server(address, PATIENCE) };
    let start = |arguments: &[&str]| OpenSsl::start(made.folder.path(), &made.presented, arguments).unwrap();
    let peer = start(&[]);
    for (version, words) in [(Version::Tls12, "TLS 1.2"), (Version::Tls13, "TLS 1.3")] {
        assert_eq!(asked(&only(version, peer.address)).1.version.as_deref(), Some(words));
    }
    let refusal = |version, address: std::net::SocketAddr| {
        let error = source::handshake(&only(version, address), &|_| (), &AtomicBool::new(false)).map(|_| ()).unwrap_err();
        error.to_string().replacen(&format!("example.test:443 at {address}: "), "", 1)
    };
    let alert = "the server ended the handshake with alert 70 (protocol_version): it does not speak the version of TLS that was offered";
    let peer = start(&["-tls1_2"]);
    assert_eq!(refusal(Version::Tls13, peer.address), alert, "asked once");
    let peer = start(&["-tls1_3"]);
    let twice = "asked again for TLS 1.2 and older: the server ended the handshake with alert 70 (protocol_version)";
    let said = refusal(Version::Tls12, peer.address);
    assert!(said.starts_with(alert) && said.contains(twice), "{said}");
    let peer = start(&["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"]);
    let said = refusal(Version::Tls12, peer.address);
    assert!(said.ends_with("the server chose TLS 1.0, and only TLS 1.2 is wanted"), "{said}");
}

#[test]
fn a_second_refusal_says_both() {
    let words = "the server ended the handshake with alert 40 (handshake_failure): it accepts none of the versions, cipher suites, groups or \
                 signatures that were offered; asked again for TLS 1.2 and older: the server ended the handshake with alert 40 \
                 (handshake_failure): it accepts none of the versions, cipher suites, groups or signatures that were offered";
    assert_eq!(said(peers::answers([21, 3, 3, 0, 2, 2, 40])), words);
}
