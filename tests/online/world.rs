//! Root, which is trusted, Mid, Sub and a leaf; each but Root says where its issuer, its CRL and its responder are to be found. The CRLs
//! are made by rcgen, bundles and OCSP responses by OpenSSL.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint, CustomExtension, DnType, IsCa,
    Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams, SerialNumber, date_time_ymd,
};

use super::server::{Request, Server, answer};

/// Serial numbers.
pub const MID: u64 = 2;
pub const SUB: u64 = 3;
pub const LEAF: u64 = 4;

struct Authority {
    key: KeyPair,
    params: CertificateParams,
    certificate: Certificate,
}

impl Authority {
    fn issuer(&self) -> Issuer<'_, &KeyPair> {
        Issuer::from_params(&self.params, &self.key)
    }
}

/// What is made, and the server that gives it out.
pub struct World {
    pub folder: tempfile::TempDir,
    pub server: Server,
}

/// What the leaf's CRL and responder say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Says {
    pub crl_revokes: bool,
    pub responder_revokes: bool,
    /// The responder is asked by GET in vain.
    pub only_post: bool,
}

pub const GOOD: Says = Says { crl_revokes: false, responder_revokes: false, only_post: false };

impl World {
    pub fn new(says: Says) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let root = authority("Root", 1, None, "", &[]);
        let mid = authority("Mid", MID, Some(&root), &base, &["aia/root.der", "crl/root", ""]);
        let sub = authority("Sub", SUB, Some(&mid), &base, &["aia/mid.p7c", "crl/mid", ""]);
        let leaf = authority("leaf.test", LEAF, Some(&sub), &base, &["aia/sub.pem", "crl/sub", "ocsp"]);
        let path = folder.path();
        fs::write(path.join("root.pem"), root.certificate.pem()).unwrap();
        fs::write(path.join("leaf.pem"), leaf.certificate.pem()).unwrap();
        fs::write(path.join("leaf.key"), leaf.key.serialize_der()).unwrap();
        fs::write(path.join("mid.pem"), mid.certificate.pem()).unwrap();
        fs::write(path.join("sub.pem"), sub.certificate.pem()).unwrap();
        fs::write(path.join("sub.key"), sub.key.serialize_pem()).unwrap();
        let status = if says.responder_revokes { "R\t491231235959Z\t260101000000Z,keyCompromise" } else { "V\t491231235959Z\t" };
        fs::write(path.join("index.txt"), format!("{status}\t{LEAF:02X}\tunknown\t/CN=leaf.test\n")).unwrap();
        openssl(path, &["crl2pkcs7", "-nocrl", "-certfile", "mid.pem", "-outform", "DER", "-out", "mid.p7c"]);
        let files = [
            ("/aia/root.der", root.certificate.der().to_vec()),
            ("/aia/mid.p7c", fs::read(path.join("mid.p7c")).unwrap()),
            ("/aia/sub.pem", sub.certificate.pem().into_bytes()),
            ("/crl/root", crl(&root, &[])),
            ("/crl/mid", crl(&mid, &[])),
            ("/crl/sub", crl(&sub, if says.crl_revokes { &[LEAF] } else { &[] })),
        ];
        let asked = path.to_owned();
        let server = Server::on(listener, move |request, stream| match files.iter().find(|(path, _)| *path == request.path) {
            Some((_, body)) => answer(stream, "200 OK", &["Cache-Control: max-age=3600"], body),
            None if request.path.starts_with("/ocsp") => respond(&asked, request, stream, says.only_post),
            None => answer(stream, "404 Not Found", &[], b""),
        });
        Self { folder, server }
    }

    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }
}

/// A file with a leaf of Sub whose endpoints are all at `address`.
pub fn moved_to(world: &World, address: SocketAddr) -> String {
    let base = format!("http://{address}");
    let root = authority("Sub", SUB, None, "", &[]);
    let leaf = authority("leaf.test", LEAF, Some(&root), &base, &["aia/sub.pem", "crl/sub", "ocsp"]);
    let path = world.file("moved.pem");
    fs::write(&path, leaf.certificate.pem()).unwrap();
    path
}

fn authority(name: &str, serial: u64, issuer: Option<&Authority>, base: &str, places: &[&str]) -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.serial_number = Some(serial.into());
    params.use_authority_key_identifier_extension = issuer.is_some();
    params.key_identifier_method = KeyIdMethod::Sha256;
    if serial == LEAF {
        params.subject_alt_names = vec![rcgen::SanType::DnsName(name.try_into().unwrap())];
    } else {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    }
    if let [aia, crl, ocsp] = places {
        params.crl_distribution_points =
            vec![CrlDistributionPoint { uris: vec![format!("{base}/{crl}"), "ldap://d.test/cn=x".to_owned()] }];
        let mut described = vec![described(2, &format!("{base}/{aia}"))];
        if !ocsp.is_empty() {
            described.push(self::described(1, &format!("{base}/{ocsp}")));
        }
        let value = sequence(&described.concat());
        params.custom_extensions = vec![CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], value)];
    }
    let key = KeyPair::generate().unwrap();
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, &issuer.issuer()).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    Authority { key, params, certificate }
}

/// A leaf with this many CRL distribution points.
pub fn crowded(base: &str, count: usize) -> Vec<u8> {
    let issuer = authority("Sub", SUB, None, "", &[]);
    let mut params = CertificateParams::default();
    let point = |number: usize| CrlDistributionPoint { uris: vec![format!("{base}/{number}")] };
    params.crl_distribution_points = (0..count).map(point).collect();
    params.signed_by(&KeyPair::generate().unwrap(), &issuer.issuer()).unwrap().pem().into_bytes()
}

/// A leaf whose issuers are each to be fetched at the one below, `length` of them and no end; and what the server gives, by path.
pub fn tower(base: &str, length: u64) -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let mut above = authority("Top", 100, None, "", &[]);
    let mut files = Vec::new();
    for floor in (1..=length).rev() {
        let place = format!("aia/{}", floor + 1);
        files.push((format!("/{place}"), above.certificate.der().to_vec()));
        above = authority(&format!("Floor {floor}"), 100 + floor, Some(&above), base, &[&place, "none", ""]);
    }
    files.push(("/aia/1".to_owned(), above.certificate.der().to_vec()));
    let leaf = authority("leaf.test", LEAF, Some(&above), base, &["aia/1", "none", ""]);
    (leaf.certificate.pem().into_bytes(), files)
}

/// An AccessDescription (RFC 5280 4.2.2.1).
fn described(method: u8, url: &str) -> Vec<u8> {
    let location = [&[0x86, u8::try_from(url.len()).unwrap()][..], url.as_bytes()].concat();
    sequence(&[&[6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, method][..], &location].concat())
}

fn sequence(content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap();
    [if length < 128 { vec![0x30, length] } else { vec![0x30, 0x81, length] }, content.to_vec()].concat()
}

fn crl(by: &Authority, revoked: &[u64]) -> Vec<u8> {
    let entry = |serial: &u64| RevokedCertParams {
        serial_number: SerialNumber::from(*serial),
        revocation_time: date_time_ymd(2026, 1, 1),
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: date_time_ymd(2020, 1, 1),
        next_update: date_time_ymd(2049, 1, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: revoked.iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(&by.issuer()).unwrap().der().to_vec()
}

/// Has OpenSSL answer, so that the request is read by another program than the one that made it.
fn respond(folder: &Path, request: &Request, stream: &mut TcpStream, only_post: bool) {
    let der = match request.method.as_str() {
        "POST" => request.body.clone(),
        _ if only_post => return answer(stream, "405 Method Not Allowed", &[], b""),
        _ => {
            let encoded = request.path.rsplit('/').next().unwrap().replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
            base64::engine::general_purpose::STANDARD.decode(encoded).unwrap()
        }
    };
    fs::write(folder.join("request"), der).unwrap();
    let signer = ["-index", "index.txt", "-CA", "sub.pem", "-rsigner", "sub.pem", "-rkey", "sub.key"];
    openssl(folder, &[&["ocsp", "-ndays", "2", "-reqin", "request", "-respout", "response"][..], &signer].concat());
    answer(stream, "200 OK", &[], &fs::read(folder.join("response")).unwrap());
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl, which the tests need");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
