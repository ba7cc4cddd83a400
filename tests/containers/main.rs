//! Does every container that other tools make open? The files are made by `make.sh`, each by the tool that people make such with.

mod notes;
#[cfg(feature = "containers")]
mod signed;

use std::path::{Path, PathBuf};

use crossroots::source::{Batch, LoadedStore, ReadLimits, Role, StoreError, load_store, read_path};

const PASSWORD: &str = "harbour";

/// A file, the certificates and CRLs in it, what is said besides, and whether it needs the password.
const FILES: &[(&str, usize, usize, &[&str], bool)] = &[
    ("aes.p12", 2, 0, &["private keys, not read: 1"], true),
    ("bare.txt", 1, 0, &[], false),
    ("ccadb.csv", 1, 0, &[], false),
    ("certificates-only.p12", 2, 0, &[], true),
    ("chain.p7b", 2, 1, &[], false),
    ("chain.p7c", 2, 0, &[], false),
    ("crlf.pem", 2, 0, &[], false),
    ("empty-password.p12", 2, 0, &["private keys, not read: 1"], false),
    ("escaped.json", 2, 0, &[], false),
    ("indefinite.p7m", 2, 0, &[], false),
    ("jwks.json", 2, 0, &[], false),
    ("key.jceks", 2, 0, &["private keys, not read: 1"], false),
    ("key.jks", 2, 0, &["private keys, not read: 1"], false),
    ("keytool.p12", 1, 0, &[], true),
    ("kubeconfig.yaml", 2, 0, &["private key, not read"], false),
    ("leaf.der", 1, 0, &[], false),
    ("legacy-3des.p12", 2, 0, &["private keys, not read: 1"], true),
    ("legacy-rc2.p12", 2, 0, &["private keys, not read: 1"], true),
    ("mixed.pem", 1, 1, &["private key, not read"], false),
    ("no-mac.p12", 2, 0, &["private keys, not read: 1"], false),
    ("nss.p12", 2, 0, &["private keys, not read: 1"], true),
    ("root.crl", 0, 1, &[], false),
    ("root.pem", 1, 0, &[], false),
    ("s_client.txt", 2, 0, &[], false),
    ("saml.xml", 1, 0, &[], false),
    ("secret.json", 2, 0, &["private key, not read"], false),
    ("secret.yaml", 3, 0, &["private key, not read"], false),
    ("signed-cms.pem", 2, 0, &[], false),
    ("truncated.der", 0, 0, &["not the whole of one: its DER says 414 bytes, 300 are there"], false),
    ("truncated.jks", 0, 0, &["Java key store: cut short"], false),
    ("truncated.p12", 0, 0, &["PKCS#12 that is cut short"], false),
    ("trust.jks", 1, 0, &[], false),
    ("trusted.pem", 1, 0, &["trusted for serverAuth; rejected for emailProtection; called pier"], false),
    ("utf16.pem", 2, 0, &[], false),
    ("with-text.pem", 1, 0, &[], false),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/containers/files")
}

fn unlocked(mut batch: Batch, passwords: &[&str]) -> Batch {
    let mut left = passwords.iter();
    batch.unlock(&mut |_| left.next().map(|password| (*password).to_owned().into()));
    batch
}

#[test]
fn every_container_opens_and_says_what_it_leaves_alone() {
    let mut wrong = Vec::new();
    for (name, certificates, crls, said, needs_password) in FILES {
        let closed = read_path(&folder().join(name), &ReadLimits::default());
        let was_locked = closed.problems.iter().any(|problem| problem.reason.contains("needs a password"));
        let opened = unlocked(closed, &["wrong", PASSWORD]);
        let found = (opened.certificates.len(), opened.crls.len(), was_locked);
        let problems: Vec<String> = opened.problems.iter().map(ToString::to_string).collect();
        let is_said = problems.len() == said.len() && said.iter().zip(&problems).all(|(words, problem)| problem.contains(words));
        if found != (*certificates, *crls, *needs_password) || !is_said {
            wrong.push(format!("{name}: {found:?} {problems:?}"));
        }
        // Whatever dress it wore: the certificates are these two.
        let names: Vec<String> = opened.certificates.iter().map(|found| found.certificate.subject.to_string()).collect();
        assert!(names.iter().all(|name| name == "CN=pier.test" || name == "O=Harbour, CN=Harbour Root"), "{names:?}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let listed = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(listed, FILES.len(), "a file that no line tells of");
}

#[test]
fn a_wrong_password_is_said_as_such() {
    let closed = read_path(&folder().join("aes.p12"), &ReadLimits::default());
    let opened = unlocked(closed, &["wrong", "Harbour"]);
    let said: Vec<&str> = opened.problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert_eq!((opened.certificates.len(), said), (0, vec!["PKCS#12: the password is wrong"]));
}

#[test]
fn a_store_may_be_any_of_them() {
    for (name, anchors) in [("trust.jks", 1), ("keytool.p12", 1), ("chain.p7b", 2)] {
        assert_eq!(store(name).unwrap().certificates.len(), anchors, "{name}");
    }
}

fn store(name: &str) -> Result<LoadedStore, StoreError> {
    let spec = format!("ours={}", folder().join(name).display());
    load_store(&spec, &|batch| unlocked(batch, &[PASSWORD]))
}

#[test]
fn a_store_takes_no_key_entry_and_says_so() {
    for name in ["key.jks", "key.jceks", "aes.p12", "no-mac.p12"] {
        let said = store(name).map(|store| store.name).unwrap_err().to_string();
        assert!(said.contains("1 certificate of a chain ("), "{name}: {said}");
    }
}

#[test]
fn an_entry_is_called_by_its_alias() {
    let origins = |name: &str| -> Vec<(String, Role)> {
        let opened = unlocked(read_path(&folder().join(name), &ReadLimits::default()), &[PASSWORD]);
        opened
            .certificates
            .iter()
            .map(|found| (found.origin.to_string().replace(&format!("{}/", folder().display()), ""), found.role))
            .collect()
    };
    assert_eq!(origins("trust.jks"), [("trust.jks, alias root".to_owned(), Role::Trusted)]);
    let key = [("key.jks, alias 1, certificate 1".to_owned(), Role::Own), ("key.jks, alias 1, certificate 2".to_owned(), Role::Chain)];
    assert_eq!(origins("key.jks"), key);
    assert_eq!(origins("keytool.p12"), [("keytool.p12, alias root".to_owned(), Role::Trusted)]);
}

#[test]
fn no_container_with_a_byte_changed_or_cut_off_panics() {
    let mut state = 0x9E37_79B9_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for (name, ..) in FILES {
        let whole = std::fs::read(folder().join(name)).unwrap();
        // Every attempt on a PKCS#12 derives keys, NSS's with 600,000 rounds.
        let rounds = if *name == "nss.p12" { 1 } else { 100 };
        for round in 0..rounds {
            let mut bytes = whole.clone();
            for _ in 0..=random(3) {
                let place = random(bytes.len());
                bytes[place] = u8::try_from(random(256)).unwrap();
            }
            if round % 4 == 0 {
                bytes.truncate(random(bytes.len()));
            }
            let batch = crossroots::source::read_bytes(&bytes, &|block| crossroots::cert::Origin::Stdin { block });
            assert!(batch.problems.iter().all(|problem| !problem.to_string().chars().any(char::is_control)), "{name}");
        }
    }
}
