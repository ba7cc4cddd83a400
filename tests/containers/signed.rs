//! Is every signed file opened by what is in it, whatever its name, and is what is no container called by what it is? The files are made
//! here, around signatures that OpenSSL made.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use crossroots::cert::Origin;
use crossroots::source::{Batch, Role, load_store, read_bytes};

use super::folder;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

/// A signature in CMS with two certificates, and one of these.
fn signature() -> Vec<u8> {
    pem::parse(file("signed-cms.pem")).unwrap().into_contents()
}

fn opened(bytes: &[u8]) -> Batch {
    read_bytes(bytes, &|block| Origin::File { path: "f".to_owned(), block })
}

fn origins(batch: &Batch) -> Vec<(String, Role)> {
    batch.certificates.iter().map(|found| (found.origin.to_string(), found.role)).collect()
}

fn said(bytes: &[u8]) -> String {
    opened(bytes).problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn signers(place: &str) -> Vec<(String, Role)> {
    vec![(place.to_owned(), Role::Signer), (place.to_owned(), Role::Signer)]
}

fn token() -> Vec<u8> {
    let leaf = STANDARD.encode(file("leaf.der"));
    let header = format!("{{\"alg\":\"ES256\",\"x5c\":[\"{leaf}\",\"{leaf}\"]}}");
    format!("{}.e30.c2ln\n", URL_SAFE_NO_PAD.encode(header)).into_bytes()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn counted(parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&u32::try_from(content.len()).unwrap().to_le_bytes()[..], &content].concat()
}

/// An archive with a signing block of scheme v2 in front of its central directory.
fn apk() -> Vec<u8> {
    let archive = zip(&[("classes.dex", b"x")]);
    let end = archive.len() - 22;
    let directory = usize::try_from(u32::from_le_bytes(archive[end + 16..end + 20].try_into().unwrap())).unwrap();
    let certificates = counted(&[&counted(&[&file("leaf.der")])]);
    let signed = counted(&[&counted(&[]), &certificates, &counted(&[])]);
    let signers = counted(&[&counted(&[&signed, &counted(&[]), &counted(&[])])]);
    let pair = [&0x7109_871a_u32.to_le_bytes()[..], &signers].concat();
    let pairs = [&u64::try_from(pair.len()).unwrap().to_le_bytes()[..], &pair].concat();
    let size = u64::try_from(pairs.len() + 24).unwrap().to_le_bytes();
    let block = [&size[..], &pairs, &size, b"APK Sig Block 42"].concat();
    let mut out = [&archive[..directory], &block, &archive[directory..]].concat();
    let (end, start) = (out.len() - 22, u32::try_from(directory + block.len()).unwrap());
    out[end + 16..end + 20].copy_from_slice(&start.to_le_bytes());
    out
}

/// The headers of a 64-bit program, and its certificate table.
fn program() -> Vec<u8> {
    let mut out = vec![0; 0x200];
    out[..2].copy_from_slice(b"MZ");
    out[0x3c] = 0x40;
    out[0x40..0x44].copy_from_slice(b"PE\0\0");
    let optional = 0x40 + 24;
    out[optional..optional + 2].copy_from_slice(&0x20b_u16.to_le_bytes());
    out[optional + 108] = 16;
    let signature = signature();
    let length = u32::try_from(signature.len() + 8).unwrap();
    let entry = [&length.to_le_bytes()[..], &[0, 2, 2, 0], &signature].concat();
    out[optional + 144..optional + 148].copy_from_slice(&0x200_u32.to_le_bytes());
    out[optional + 148..optional + 152].copy_from_slice(&length.to_le_bytes());
    [out, entry].concat()
}

fn document() -> Vec<u8> {
    let signature: String = signature().iter().map(|byte| format!("{byte:02x}")).collect();
    let annotation = "/Type /Annot /Contents (hello) /Contents <48656c6c6f>";
    format!("%PDF-1.7\n<< {annotation} >>\n<< /Type /Sig /ByteRange [0 1 2 3] /Contents <{signature}00000000>\n>>\n%%EOF\n").into_bytes()
}

/// A Secure Boot variable: attributes, a list of one hash, a list of one certificate.
fn variable() -> Vec<u8> {
    let list = |kind: [u8; 16], data: &[u8]| {
        let entry = u32::try_from(16 + data.len()).unwrap();
        [&kind[..], &(28 + entry).to_le_bytes(), &[0; 4], &entry.to_le_bytes(), &[9; 16], data].concat()
    };
    let x509 = [0xa1, 0x59, 0xc0, 0xa5, 0xe4, 0x94, 0xa7, 0x4a, 0x87, 0xb5, 0xab, 0x15, 0x5c, 0x2b, 0xf0, 0x72];
    let sha256 = [0x26, 0x16, 0xc4, 0xc1, 0x4c, 0x50, 0x92, 0x40, 0xac, 0xa9, 0x41, 0xf9, 0x36, 0x93, 0x43, 0x28];
    [&[0x27, 0, 0, 0][..], &list(sha256, &[7; 32]), &list(x509, &file("leaf.der"))].concat()
}

#[test]
fn every_signed_file_is_opened_by_its_content() {
    let signature = signature();
    let jar = zip(&[("META-INF/MANIFEST.MF", b"x"), ("META-INF/CERT.RSA", &signature), ("META-INF/services/a.RSA", b"no")]);
    let package = zip(&[(".signature.p7s", &signature), ("lib/a.dll", b"x")]);
    for (bytes, expected) in [
        (token(), vec![("f, x5c[0]".to_owned(), Role::Signer), ("f, x5c[1]".to_owned(), Role::Signer)]),
        (jar, signers("f, META-INF/CERT.RSA")),
        (package, signers("f, .signature.p7s")),
        (apk(), vec![("f, APK Signing Block v2, certificate 1".to_owned(), Role::Signer)]),
        (program(), signers("f, signature 1")),
        (document(), signers("f, signature 1")),
        (variable(), vec![("f, entry 1".to_owned(), Role::Trusted)]),
    ] {
        let batch = opened(&bytes);
        assert_eq!(origins(&batch), expected, "{:?}", batch.problems);
    }
    assert_eq!(said(&variable()), "f: EFI signature list: SHA-256 hashes, not read: 1");
}

#[test]
fn what_is_in_no_order_says_what_is_wrong() {
    let mut lost = program();
    lost[0x40 + 24 + 144] = 0xff;
    let mut list = variable();
    let end = list.len() - 1;
    list.truncate(end);
    let bomb = vec![0; 2 << 20];
    let mut block = apk();
    let at = block.windows(16).position(|window| window == b"APK Sig Block 42").unwrap();
    block[at - 8] ^= 0xff;
    for (bytes, reason) in [
        (zip(&[("a.txt", b"x")]), "a ZIP archive without a signature"),
        (zip(&[("META-INF/A.RSA", &bomb)]), "f, META-INF/A.RSA: more than 1048576 bytes, the limit for one signature; not read"),
        (zip(&[("a.txt", b"x")])[..30].to_vec(), "a ZIP archive that cannot be read"),
        (block, "the APK Signing Block is malformed"),
        (lost, "its certificate table lies outside of the file"),
        (b"%PDF-1.7\n%%EOF".to_vec(), "a PDF document without a signature that is in CMS"),
        (list, "its sizes do not fit"),
        (b"eyJhbGciOiJub25lIn0.e30.".to_vec(), "JSON Web Token without certificates"),
    ] {
        assert!(said(&bytes).contains(reason), "{} should say {reason}", said(&bytes));
    }
}

#[test]
fn a_file_of_no_known_kind_is_called_by_what_it_is() {
    let tar = [&[b'a'; 257][..], b"ustar", &[0; 300]].concat();
    for (bytes, kind) in [
        (b"\x7fELF\x02\x01".to_vec(), "an ELF program or library"),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "a PNG picture"),
        (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me".to_vec(), "an OpenSSH public key"),
        (b"\x1f\x8b\x08....".to_vec(), "a file compressed by gzip"),
        (b"{\"a\": 1}".to_vec(), "JSON"),
        (b"<!DOCTYPE html><html></html>".to_vec(), "an HTML page"),
        (tar, "a tar archive"),
        (vec![0xff; 100], "binary data of no kind"),
        (Vec::new(), "an empty file"),
    ] {
        let said = said(&bytes);
        assert!(said.starts_with(&format!("f: {kind}")) && said.contains("; expected "), "{said}");
    }
}

/// A profile signed by someone: what it carries is for its reader to trust, who signed it is not.
#[test]
fn a_store_takes_what_is_trusted_and_names_what_it_leaves_out() {
    let folder_of_stores = tempfile::tempdir().unwrap();
    let store = |bytes: &[u8]| {
        let path = folder_of_stores.path().join("f");
        std::fs::write(&path, bytes).unwrap();
        load_store(&format!("s={}", path.display()), &|batch| batch)
    };
    let kubeconfig = store(&file("kubeconfig.yaml")).unwrap();
    assert_eq!(kubeconfig.certificates.len(), 1);
    let left_out = "left out of the store: 1 certificate that belongs to a private key (users[0].user.client-certificate-data)";
    assert!(kubeconfig.problems.iter().any(|problem| problem.reason == left_out), "{:?}", kubeconfig.problems);
    for (bytes, words) in [
        (signature(), "left out of the store: 2 signers' certificates"),
        (token(), "left out of the store: 2 signers' certificates (x5c[0], x5c[1])"),
        (program(), "left out of the store: 2 signers' certificates"),
        (file("key.jks"), "belongs to a private key (alias 1, certificate 1), 1 certificate of a chain (alias 1, certificate 2)"),
    ] {
        let error = store(&bytes).map(|store| store.name).unwrap_err().to_string();
        assert!(error.starts_with("store s has no certificate: ") && error.contains(words), "{error}");
    }
    let settings = store(&file("trusted.pem")).unwrap();
    assert_eq!((settings.certificates.len(), settings.trust_settings.len(), settings.problems.len()), (1, 1, 0));
}

fn made() -> Vec<Vec<u8>> {
    let jar = zip(&[("META-INF/CERT.RSA", &signature()), ("_xmlsignatures/sig1.xml", &file("saml.xml"))]);
    let texts = ["kubeconfig.yaml", "secret.yaml", "secret.json", "jwks.json", "saml.xml", "trusted.pem", "key.jks", "signed-cms.pem"];
    let own = [token(), jar, apk(), program(), document(), variable()];
    own.into_iter().chain(texts.map(file)).chain(["chain.p7b"].map(file)).collect()
}

/// Mutants of every file, so many of each.
fn read_mutants(of_each: usize) -> usize {
    let mut state = 0x9E37_79B9_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let mut certificates = 0;
    for whole in made() {
        for round in 0..of_each {
            let mut bytes = whole.clone();
            for _ in 0..=random(4) {
                let (place, other) = (random(bytes.len()), random(bytes.len()));
                match random(4) {
                    0 => bytes.swap(place, other),
                    1 => {
                        let (start, end) = (place.min(other), (place.min(other) + 8).min(bytes.len()));
                        bytes.copy_within(start..end, 0);
                    }
                    _ => bytes[place] = u8::try_from(random(256)).unwrap(),
                }
            }
            if round % 5 == 0 {
                bytes.truncate(random(bytes.len()));
            }
            let batch = opened(&bytes);
            assert!(batch.problems.iter().all(|problem| !problem.to_string().chars().any(char::is_control)));
            certificates += batch.certificates.len();
        }
    }
    certificates
}

#[test]
fn no_mutated_container_panics() {
    assert!(read_mutants(40) > 0);
}

/// `cargo test --test containers -- --ignored --nocapture`: a hundred thousand.
#[test]
#[ignore = "takes minutes"]
fn no_mutated_container_of_a_hundred_thousand_panics() {
    println!("{} certificates were read", read_mutants(100_000 / made().len() + 1));
}
