//! What is noted of a file that other programs refuse or misuse: its layout, its order, the key in it, a request.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::path::{Path, PathBuf};

use crossroots::cert::Origin;
use crossroots::source::{
    Batch, Effect, MarkerFlaw, NoteKind, Program, ReadLimits, RequestedCertificate, TextEncoding, beside_notes, read_bytes, read_path,
};
use crossroots::words::note_words;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// Root, issuing CA and leaf in PEM, and their keys; and a certificate that has nothing to do with them.
struct Chain {
    root: String,
    issuing: String,
    leaf: String,
    stranger: String,
    key: String,
    issuing_key: String,
    other_key: String,
}

fn params(name: &str, is_ca: IsCa) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = is_ca;
    params
}

fn chain() -> Chain {
    let [root_key, issuing_key, key, other_key] = [0; 4].map(|_| KeyPair::generate().unwrap());
    let authority = |name: &str| params(name, IsCa::Ca(BasicConstraints::Unconstrained));
    let (root, issuing) = (authority("Root"), authority("Issuing"));
    let leaf = params("app.example.test", IsCa::ExplicitNoCa);
    Chain {
        root: root.self_signed(&root_key).unwrap().pem(),
        issuing: issuing.signed_by(&issuing_key, &Issuer::from_params(&root, &root_key)).unwrap().pem(),
        leaf: leaf.signed_by(&key, &Issuer::from_params(&issuing, &issuing_key)).unwrap().pem(),
        stranger: authority("Stranger").self_signed(&other_key).unwrap().pem(),
        key: key.serialize_pem(),
        issuing_key: issuing_key.serialize_pem(),
        other_key: other_key.serialize_pem(),
    }
}

fn read(text: impl AsRef<[u8]>) -> Batch {
    read_bytes(text.as_ref(), &|block| Origin::File { path: "f.pem".to_owned(), block })
}

fn notes(text: impl AsRef<[u8]>) -> Vec<(Option<usize>, NoteKind)> {
    let batch = read(text);
    assert!(batch.notes.iter().all(|note| note.place == "f.pem"));
    batch.notes.into_iter().map(|note| (note.line, note.kind)).collect()
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

#[test]
fn a_file_that_every_program_reads_has_no_note() {
    let Chain { root, issuing, leaf, stranger, key, .. } = chain();
    for text in [
        leaf.clone(),
        format!("{leaf}{issuing}"),
        format!("{leaf}{issuing}{key}"),
        format!("{key}{leaf}{issuing}"),
        format!("{root}{stranger}{issuing}"),
        format!("# roots\n{root}\n\n{stranger}"),
        format!("{leaf}{issuing}").replace('\n', "\r\n"),
        format!("{{\"certificate\": \"{}\"}}", format!("{leaf}{issuing}").replace('\n', "\\n")),
    ] {
        assert_eq!(notes(&text), [], "{text}");
    }
}

/// Each loads whole, and says what strict readers do with it, in which line.
#[test]
fn what_programs_refuse_is_read_and_noted_with_its_line() {
    let Chain { issuing, leaf, .. } = chain();
    let (plain, last) = (format!("{leaf}{issuing}"), lines(&leaf));
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marker = |is_begin, flaw| NoteKind::Marker { is_begin, flaw };
    let invented = |label: &str| NoteKind::InventedLabel { label: label.to_owned() };
    let dashes = "\u{2014}\u{2013}END CERTIFICATE\u{2014}\u{2013}";
    for (text, line, kind) in [
        (format!("{}{issuing}", leaf.trim_end()).into_bytes(), Some(last), NoteKind::MarkersOnOneLine),
        (format!("\u{feff}{plain}").into_bytes(), None, NoteKind::Encoding(TextEncoding::Utf8WithMark)),
        (utf16, None, NoteKind::Encoding(TextEncoding::Utf16)),
        (plain.replace("\r\n", "\n").replace('\n', "\r").into_bytes(), None, NoteKind::CarriageReturns),
        (plain.replacen("CERTIFICATE", "MY CERTIFICATE", 2).into_bytes(), Some(1), invented("MY CERTIFICATE")),
        (
            format!("{leaf}{}", issuing.replace("CERTIFICATE", "INTERMEDIATE CERTIFICATE")).into_bytes(),
            Some(last + 1),
            invented("INTERMEDIATE CERTIFICATE"),
        ),
        (plain.replacen("-----END CERTIFICATE-----", dashes, 1).into_bytes(), Some(last), marker(false, MarkerFlaw::Dashes)),
        (plain.replacen("-----B", "----B", 1).into_bytes(), Some(1), marker(true, MarkerFlaw::DashCount)),
        (plain.replacen("BEGIN CERTIFICATE", "begin certificate", 1).into_bytes(), Some(1), marker(true, MarkerFlaw::LowerCase)),
        (plain.replacen("BEGIN CERTIFICATE", "BEGIN\u{a0}CERTIFICATE", 1).into_bytes(), Some(1), marker(true, MarkerFlaw::Space)),
        (
            plain.replacen("END CERTIFICATE", "END X509 CERTIFICATE", 1).into_bytes(),
            Some(1),
            NoteKind::EndOfAnotherLabel { begin: "CERTIFICATE".to_owned(), end: "X509 CERTIFICATE".to_owned() },
        ),
        (
            format!("{leaf}{}", issuing.replace("-----END CERTIFICATE-----", "")).into_bytes(),
            Some(last + 1),
            NoteKind::EndMissing { label: "CERTIFICATE".to_owned() },
        ),
    ] {
        let batch = read(&text);
        assert_eq!((batch.certificates.len(), batch.problems.len()), (2, 0), "{kind:?}: {:?}", batch.problems);
        assert_eq!(batch.notes.iter().map(|note| (note.line, note.kind.clone())).collect::<Vec<_>>(), [(line, kind)]);
        assert!(!batch.notes[0].kind.effects().is_empty());
    }
}

#[test]
fn a_whole_file_of_such_blocks_names_them_in_order() {
    let Chain { root, issuing, leaf, .. } = chain();
    let own = leaf.replace("CERTIFICATE", "MY CERTIFICATE");
    let middle = issuing.replace("CERTIFICATE", "INTERMEDIATE CERTIFICATE").replace("-----END", "\u{2014}\u{2013}END");
    let batch = read(format!("{own}{middle}{}", root.replace("CERTIFICATE", "ROOT CERTIFICATE")));
    assert_eq!((batch.certificates.len(), batch.problems.len()), (3, 0));
    let words: Vec<String> = batch.notes.iter().map(note_words).collect();
    let (second, end) = (lines(&own) + 1, lines(&own) + lines(&middle));
    let programs = "; OpenSSL, nginx and HAProxy skip a block without a word";
    assert!(words.contains(&format!("line 1: MY CERTIFICATE is not a PEM label; it must be CERTIFICATE{programs}")), "{words:?}");
    assert!(words.contains(&format!("line {second}: INTERMEDIATE CERTIFICATE is not a PEM label; it must be CERTIFICATE{programs}")));
    let dashes = format!("line {end}: the END line has typographic dashes; expected five hyphens on each side");
    assert!(words.iter().any(|words| words.starts_with(&dashes)), "{words:?}");
}

#[test]
fn the_order_of_a_servers_file_is_looked_at() {
    let Chain { root, issuing, leaf, stranger, key, issuing_key, other_key } = chain();
    let own = |position, has_key| NoteKind::OwnNotFirst { own: "app.example.test".to_owned(), position, has_key };
    let of = |subject: &str| subject.to_owned();
    let (one, two) = (Some(lines(&issuing) + 1), Some(lines(&leaf) + 1));
    for (text, expected) in [
        (format!("{issuing}{leaf}"), vec![(one, own(2, false))]),
        (
            format!("{issuing}{leaf}{key}"),
            vec![
                (one, own(2, true)),
                (Some(lines(&issuing) + lines(&leaf) + 1), NoteKind::KeyOfAnother { subject: of("app.example.test"), position: 2 }),
            ],
        ),
        (format!("{leaf}{leaf}{issuing}"), vec![(two, NoteKind::Repeated { subject: of("app.example.test"), earlier: 1 })]),
        (format!("{leaf}{stranger}"), vec![(two, NoteKind::NotInChain { subject: of("Stranger") })]),
        (format!("{leaf}{root}{issuing}"), vec![(two, NoteKind::RootIncluded { subject: of("Root") })]),
        (format!("{leaf}{issuing}{other_key}"), vec![(Some(lines(&leaf) + lines(&issuing) + 1), NoteKind::KeyOfNone)]),
        // A CA's own file: its key, its certificate, what is above.
        (format!("{issuing}{root}{issuing_key}"), vec![(one, NoteKind::RootIncluded { subject: of("Root") })]),
    ] {
        assert_eq!(notes(&text), expected, "{text}");
    }
}

#[test]
fn a_chain_out_of_order_names_the_one_that_stands_wrong() {
    let keys = [0; 4].map(|_| KeyPair::generate().unwrap());
    let named = ["Leaf", "One", "Two", "Three"]
        .map(|name| params(name, if name == "Leaf" { IsCa::ExplicitNoCa } else { IsCa::Ca(BasicConstraints::Unconstrained) }));
    let above = params("Elsewhere", IsCa::Ca(BasicConstraints::Unconstrained));
    let issue = |place: usize| {
        let issuer = named.get(place + 1).unwrap_or(&above);
        let key = keys.get(place + 1).unwrap_or(&keys[0]);
        named[place].clone().signed_by(&keys[place], &Issuer::from_params(issuer, key)).unwrap().pem()
    };
    let [leaf, one, two, three] = [0, 1, 2, 3].map(issue);
    assert_eq!(notes(format!("{leaf}{one}{two}{three}")), []);
    let line = Some(lines(&leaf) + 1);
    assert_eq!(notes(format!("{leaf}{two}{one}{three}")), [(line, NoteKind::OutOfOrder { subject: "Two".to_owned() })]);
}

fn keys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/containers/keys")
}

fn file(name: &str) -> String {
    std::fs::read_to_string(keys().join(name)).unwrap()
}

/// For each key the certificates that have it; none where it is not compared.
#[test]
fn a_private_key_is_compared_in_whatever_form_it_is_written() {
    for (key, certificates) in [
        ("rsa.pkcs8.key", &["rsa", "pss"][..]),
        ("rsa.pkcs1.key", &["rsa", "pss"]),
        ("prime256v1.sec1.key", &["prime256v1", "compressed"]),
        ("prime256v1.bare.key", &["prime256v1", "compressed"]),
        ("prime256v1.pkcs8.key", &["prime256v1", "compressed"]),
        ("compressed.sec1.key", &["prime256v1", "compressed"]),
        ("secp384r1.sec1.key", &["secp384r1"]),
        ("secp384r1.bare.key", &["secp384r1"]),
        ("secp384r1.pkcs8.key", &["secp384r1"]),
        ("secp521r1.sec1.key", &["secp521r1"]),
        ("secp521r1.bare.key", &["secp521r1"]),
        ("secp521r1.pkcs8.key", &["secp521r1"]),
        ("secp256k1.sec1.key", &["secp256k1"]),
        ("secp256k1.bare.key", &["secp256k1"]),
        ("secp256k1.pkcs8.key", &["secp256k1"]),
        ("ed25519.pkcs8.key", &["ed25519"]),
    ] {
        for name in ["rsa", "pss", "prime256v1", "compressed", "secp384r1", "secp521r1", "secp256k1", "ed25519", "ed448"] {
            let said = notes(file(&format!("{name}.crt")) + &file(key));
            let is_same = certificates.contains(&name);
            assert_eq!(said.iter().any(|(_, kind)| *kind == NoteKind::KeyOfNone), !is_same, "{key} and {name}: {said:?}");
            assert_eq!(said.len(), usize::from(!is_same));
        }
    }
    for (key, kind) in [
        ("rsa.pkcs1-encrypted.key", NoteKind::KeyEncrypted),
        ("rsa.pkcs8-encrypted.key", NoteKind::KeyEncrypted),
        ("ed448.pkcs8.key", NoteKind::KeyNotCompared),
    ] {
        assert_eq!(notes(file("rsa.crt") + &file(key)), [(Some(lines(&file("rsa.crt")) + 1), kind)]);
    }
}

#[test]
fn a_cut_or_changed_key_never_panics() {
    for name in ["rsa.pkcs1.key", "rsa.pkcs8.key", "prime256v1.bare.key", "ed25519.pkcs8.key"] {
        let block = pem::parse(file(name)).unwrap();
        for place in 0..block.contents().len() {
            for der in [&block.contents()[..place], &[&block.contents()[..place], &[0xff], &block.contents()[place + 1..]].concat()] {
                let text = pem::encode(&pem::Pem::new(block.tag(), der));
                assert!(read(text).certificates.is_empty());
            }
        }
    }
}

#[test]
fn a_key_and_a_request_in_files_of_their_own_are_matched_with_what_is_loaded() {
    let batch = read_path(&keys(), &ReadLimits::default());
    let certificates: Vec<_> = batch.certificates.iter().map(|found| &found.certificate).collect();
    let said: Vec<(String, NoteKind)> = beside_notes(&batch.keys, &batch.requests, &certificates)
        .into_iter()
        .map(|note| (note.place.rsplit('/').next().unwrap().to_owned(), note.kind))
        .collect();
    let of = |subjects: &[&str]| NoteKind::KeyOf { subjects: subjects.iter().map(|name| (*name).to_owned()).collect() };
    for (name, kind) in [
        ("rsa.pkcs8.der.key", of(&["pss.test", "rsa.test"])),
        ("secp384r1.bare.key", of(&["secp384r1.test"])),
        ("ed25519.pkcs8.key", of(&["ed25519.test"])),
    ] {
        assert!(said.contains(&(name.to_owned(), kind)), "{name}: {said:?}");
    }
    let request = |name: &str| said.iter().find(|(found, _)| found == name).map(|(_, kind)| kind.clone());
    let expected = RequestedCertificate {
        subject: "O=Harbour, CN=rsa.test".to_owned(),
        names: vec!["DNS rsa.test".to_owned(), "IP 192.0.2.1".to_owned()],
        key: "RSA 2048".to_owned(),
        is_signed: Some(true),
        certificates: vec!["pss.test".to_owned(), "rsa.test".to_owned()],
    };
    assert_eq!(request("rsa.csr"), Some(NoteKind::Request(Box::new(expected))));
    let Some(NoteKind::Request(second)) = request("ed25519.der.csr") else { panic!("{said:?}") };
    assert_eq!((second.is_signed, second.certificates.as_slice()), (Some(true), &["ed25519.test".to_owned()][..]));
}

#[test]
fn a_request_that_its_key_did_not_sign_is_said_to_be_so() {
    let mut block = pem::parse(file("rsa.csr")).unwrap().into_contents();
    *block.last_mut().unwrap() ^= 1;
    let batch = read(pem::encode(&pem::Pem::new("NEW CERTIFICATE REQUEST", block)));
    let notes = beside_notes(&batch.keys, &batch.requests, &[]);
    assert!(note_words(&notes[0]).contains("its signature does not verify with its own key; no loaded certificate has its key"));
    let broken = read("-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQA=\n-----END CERTIFICATE REQUEST-----\n");
    assert_eq!(broken.problems[0].reason, "not a certificate request (PKCS#10)");
}

#[test]
fn what_programs_do_is_what_was_measured() {
    let effect = |kind: NoteKind, program| kind.effects().iter().find(|(found, _)| *found == program).map(|(_, effect)| *effect);
    for program in [Program::OpenSsl, Program::Nginx, Program::HaProxy] {
        assert_eq!(effect(NoteKind::MarkersOnOneLine, program), Some(Effect::Refuses));
        assert_eq!(effect(NoteKind::BlankLine, program), Some(Effect::Refuses));
        assert_eq!(effect(NoteKind::InventedLabel { label: String::new() }, program), Some(Effect::PassesOver));
        assert_eq!(effect(NoteKind::Encoding(TextEncoding::Utf8WithMark), program), None);
    }
    assert_eq!(effect(NoteKind::CarriageReturns, Program::Keytool), None);
}
