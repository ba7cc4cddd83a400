//! Is a host in another script taken wherever one is named, asked for and matched by its A-label, and shown both ways?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::process::Command;

const BOTH: &str = "bücher.example (xn--bcher-kva.example)";

fn report(arguments: &[&str]) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_crossroots")).arg("report").args(arguments).env("CROSSROOTS_CONFIG", "").output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn a_host_is_matched_by_its_a_label_and_said_both_ways() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leaf.pem");
    let key = rcgen::KeyPair::generate().unwrap();
    let made = rcgen::CertificateParams::new(vec!["xn--bcher-kva.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    fs::write(&path, made.pem()).unwrap();
    let (path, store) = (path.to_string_lossy().into_owned(), format!("ours={}", path.display()));
    let (code, said) = report(&[&path, "--trust", &store, "--host", "Bücher.Example", "--format", "json"]);
    assert!(said.contains(r#""host":"xn--bcher-kva.example""#), "{said}");
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = report(&[&path, "--trust", &store, "--host", "bücher.test"]);
    assert!(code == Some(1) && said.contains("bücher.test (xn--bcher-kva.test)"), "{said}");
    let (code, said) = report(&[&path, "--host", "\u{301}a.test"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("is not a host: not a valid internationalized host name (UTS 46, RFC 5891)"), "{said}");
}

/// Nothing listens there, so that what is said of the server is all that there is to see.
#[test]
fn a_server_is_named_both_ways() {
    for server in ["bücher.example:1", "https://BÜCHER.example:1/", "xn--bcher-kva.example:1"] {
        let (code, said) = report(&[server, "--connect", "127.0.0.1:1", "--timeout", "5"]);
        assert_eq!(code, Some(3), "{said}");
        let named = format!("{BOTH}:1 at 127.0.0.1:1: no connection");
        assert!(said.contains(&named), "{server}: {said}");
    }
}
