//! Evidence on the command line: what is read of which file, what the reports say, which exit code.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::making::{LEAF, MadeCrl, NOW, World, entry, reason};
use super::responses::{GOOD, MadeResponse, responder, revoked};

fn pem(label: &str, der: &[u8]) -> String {
    ::pem::encode(&::pem::Pem::new(label, der))
}

/// A folder with `root.pem`, and `chain.pem` of the leaf and its issuer.
fn folder(world: &World) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let certificates = world.certificates();
    fs::write(folder.path().join("root.pem"), pem("CERTIFICATE", &certificates[0])).unwrap();
    let chain = [&certificates[3], &certificates[1]].map(|der| pem("CERTIFICATE", der));
    fs::write(folder.path().join("chain.pem"), chain.concat()).unwrap();
    folder
}

/// Exit code, standard output and standard error of a report on `chain.pem`.
fn report(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroots"));
    command.current_dir(folder).args(["report", "chain.pem", "--trust", "own=root.pem", "--at", NOW]).args(arguments);
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_revoked_leaf_is_in_both_reports() {
    let world = World::new();
    let folder = folder(&world);
    let crl = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(1)])]).der(&world.sub);
    fs::write(folder.path().join("sub.crl"), &crl).unwrap();
    fs::write(folder.path().join("sub.crl.pem"), pem("X509 CRL", &crl)).unwrap();
    fs::write(folder.path().join("ok.der"), MadeResponse::new(GOOD, &world.sub).by(&world.sub).der()).unwrap();
    let (code, text, _) = report(folder.path(), &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(!text.contains("revo") && !text.contains("evidence"), "{text}");
    for file in ["sub.crl", "sub.crl.pem"] {
        let (code, text, _) = report(folder.path(), &["--crl", file, "--ocsp", "ok.der"]);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("leaf was revoked on 2026-11-10 (keyCompromise) according to the CRL of 2026-11-20"), "{text}");
        assert!(text.contains("evidence 1 CRL, 1 OCSP response\n"), "{text}");
    }
    let (_, json, _) = report(folder.path(), &["--crl", "sub.crl", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["policy"]["crls"], &json["policy"]["ocsp_responses"]), (&1.into(), &0.into()));
    let of_certificates = json["certificates"].as_array().unwrap().iter().flat_map(|one| one["findings"].as_array().unwrap());
    let of_rule: Vec<&Value> = of_certificates.filter(|finding| finding["rule"] == "revocation").collect();
    // The intermediate, of which nothing is known, is not listed.
    assert_eq!((of_rule.len(), of_rule[0]["verdict"].as_str()), (1, Some("fail")));
    assert_eq!(of_rule[0]["facts"]["revoked_at"], "2026-11-10T00:00:00Z");
    assert_eq!(of_rule[0]["facts"]["crl_number"], "5");
}

#[test]
fn what_is_found_beside_the_certificates_counts_and_folders_are_read() {
    let world = World::new();
    let folder = folder(&world);
    let crl = MadeCrl::new(vec![entry(2, "2026-11-10", &[])]).der(&world.root);
    fs::create_dir(folder.path().join("crls")).unwrap();
    fs::write(folder.path().join("crls/root.crl"), &crl).unwrap();
    fs::write(folder.path().join("crls/sub.crl"), MadeCrl::new(Vec::new()).der(&world.sub)).unwrap();
    let (code, text, _) = report(folder.path(), &["--crl", "crls"]);
    assert!(code == Some(1) && text.contains("Sub was revoked on 2026-11-10") && text.contains("evidence 2 CRLs, "), "{text}");
    // In the input itself, and between broken blocks.
    let delegate = responder(|_| {});
    let response = MadeResponse { with: Some(delegate.by(&world.sub, 30)), ..MadeResponse::new(&revoked("2026-11-10", 4), &world.sub) };
    let chain = fs::read_to_string(folder.path().join("chain.pem")).unwrap();
    let broken = pem("X509 CRL", &crl[..crl.len() - 9]);
    let whole = pem("OCSP RESPONSE", response.by(&delegate).der());
    fs::write(folder.path().join("chain.pem"), [chain, broken, whole].concat()).unwrap();
    let (code, text, _) = report(folder.path(), &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("leaf was revoked on 2026-11-10 (superseded) according to the OCSP response of 2026-11-20"), "{text}");
    assert!(text.contains("chain.pem, block 3: not a CRL: "), "{text}");
    assert!(text.contains("chain.pem: 2 certificates, 1 OCSP response\n"), "{text}");
}

#[test]
fn evidence_that_cannot_be_used_is_shown_and_decides_nothing() {
    let world = World::new();
    let folder = folder(&world);
    let crl = MadeCrl::new(Vec::new()).dated("2026-10-01", Some("2026-10-08")).der(&world.sub);
    fs::write(folder.path().join("old.crl"), crl).unwrap();
    let (code, text, _) = report(folder.path(), &["--crl", "old.crl"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("? leaf: revocation status is unknown: CRL 5 of Sub (old.crl): stale since 2026-10-08"), "{text}");
    let (code, text, _) = report(folder.path(), &["--crl", "old.crl", "--require-revocation"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("INVALID: leaf is not proven unrevoked"), "{text}");
    let (code, text, _) = report(folder.path(), &["--require-revocation"]);
    assert!(code == Some(1) && text.contains("no CRL or OCSP response covers it"), "{text}");
}

#[test]
fn an_option_that_names_no_evidence_is_refused() {
    let world = World::new();
    let folder = folder(&world);
    fs::write(folder.path().join("later.der"), [0x30, 3, 10, 1, 3]).unwrap();
    fs::write(folder.path().join("empty.crl"), "").unwrap();
    fs::write(folder.path().join("words.txt"), "nothing of that").unwrap();
    fs::write(folder.path().join("cut.crl"), &MadeCrl::new(Vec::new()).der(&world.sub)[..150]).unwrap();
    for (arguments, said) in [
        (["--crl", "absent.crl"], "--crl absent.crl: no such file or folder"),
        (["--crl", "chain.pem"], "--crl chain.pem: holds no CRL: expected DER, or PEM blocks `X509 CRL`"),
        (
            ["--crl", "empty.crl"],
            "--crl empty.crl: an empty file; expected certificates, CRLs or OCSP responses in PEM or DER, PKCS#7, PKCS#12, a Java key store or a signed file",
        ),
        (
            ["--ocsp", "words.txt"],
            "--ocsp words.txt: no certificate, CRL or OCSP response: neither a PEM block, nor base64 of one, nor DER is in it",
        ),
        (["--ocsp", "later.der"], "--ocsp later.der: an OCSP response that says nothing but \"tryLater\" (RFC 6960 4.2.1)"),
        (["--ocsp", "root.pem"], "--ocsp root.pem: holds no OCSP response: expected DER, or PEM blocks `OCSP RESPONSE`"),
    ] {
        let (code, _, error) = report(folder.path(), &arguments);
        assert_eq!((code, error.trim_end()), (Some(2), format!("crossroots: {said}").as_str()));
    }
    let (code, _, error) = report(folder.path(), &["--crl", "cut.crl"]);
    assert!(code == Some(2) && error.contains("cut.crl: ") && error.contains("bytes"), "{error}");
}
