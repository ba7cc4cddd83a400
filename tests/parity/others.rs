//! Go's and OpenSSL's verifiers, run as programs of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crossroots::cert::{Certificate, Fingerprint, Time};

/// What Go said, by target.
#[derive(Default)]
pub struct Go {
    pub chains: BTreeMap<Fingerprint, BTreeSet<Vec<Fingerprint>>>,
    /// Certificates that it cannot read, and why.
    pub unread: BTreeMap<Fingerprint, String>,
}

/// Builds and runs `verify.go`; `None` where there is no Go.
pub fn go(roots: &Path, intermediates: &Path, at: Time) -> Option<Go> {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("verify");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/verify.go");
    let Ok(built) = Command::new("go").arg("build").arg("-o").arg(&program).arg(source).status() else {
        eprintln!("skipped: there is no Go");
        return None;
    };
    assert!(built.success());
    let output = Command::new(program).arg(roots).arg(intermediates).arg(at.0.to_string()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut go = Go::default();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let (target, rest) = line.split_once(' ').unwrap();
        let target = fingerprint(target);
        match rest.split_once(' ').unwrap() {
            ("parse", reason) => drop(go.unread.insert(target, reason.to_owned())),
            ("chain", chain) => drop(go.chains.entry(target).or_default().insert(chain.split(' ').map(fingerprint).collect())),
            ("none", _) => {}
            (word, _) => panic!("{word}"),
        }
    }
    Some(go)
}

fn fingerprint(text: &str) -> Fingerprint {
    let bytes: Vec<u8> = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
    Fingerprint(bytes.try_into().unwrap())
}

/// What `openssl verify` says of a path whose last certificate is trusted; `None` where there is no OpenSSL.
pub fn openssl(path: &[&Certificate], at: Time) -> Option<Result<(), String>> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, certificates: &[&Certificate]| {
        let file = folder.path().join(name);
        std::fs::write(&file, certificates.iter().map(|certificate| certificate.pem()).collect::<String>()).unwrap();
        file
    };
    let (target, anchor) = (path.first().unwrap(), path.last().unwrap());
    let between = if path.len() > 2 { &path[1..path.len() - 1] } else { &[] };
    let mut command = Command::new("openssl");
    // An anchor need not be self-signed; and neither system store nor its folder may help.
    command.args(["verify", "-no-CApath", "-no-CAstore", "-partial_chain", "-attime", &at.0.to_string()]);
    command.arg("-CAfile").arg(write("anchor.pem", &[anchor]));
    if !between.is_empty() {
        command.arg("-untrusted").arg(write("between.pem", between));
    }
    let Ok(output) = command.arg(write("target.pem", &[target])).output() else {
        eprintln!("skipped: there is no OpenSSL");
        return None;
    };
    if output.status.success() {
        return Some(Ok(()));
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let error = said.lines().find(|line| line.starts_with("error ")).unwrap_or(&said).to_owned();
    Some(Err(error.split(" lookup: ").last().unwrap_or_default().to_owned()))
}
