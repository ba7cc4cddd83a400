//! A signed container, its time stamps and who made them, byte by byte, so that they can be wrong in any way.

use crossroots::cert::{Certificate, Fingerprint};
use crossroots::signature::digest_of;
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair, SigningKey as _, date_time_ymd};

pub const RFC_3161: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 14];
pub const AUTHENTICODE: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 3, 3, 1];
pub const COUNTERSIGNATURE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 6];

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const TOKEN_CONTENT: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
pub const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
/// RFC 5280 4.2.1.12.
const CODE_SIGNING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 3];
const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];
const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => vec![short],
        _ => [&[0x82][..], &u16::try_from(content.len()).unwrap().to_be_bytes()].concat(),
    };
    [&[tag][..], &length, &content].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

fn oid(content: &[u8]) -> Vec<u8> {
    tlv(6, &[content])
}

/// An attribute of one value.
pub fn attribute(kind: &[u8], value: &[u8]) -> Vec<u8> {
    sequence(&[&oid(kind), &tlv(0x31, &[value])])
}

/// RFC 3161 2.4.2 TimeStampResp: granted.
pub fn response(token: &[u8]) -> Vec<u8> {
    sequence(&[&sequence(&[&[2, 1, 0]]), token])
}

pub fn pem(certificates: &[Certificate]) -> String {
    certificates.iter().map(Certificate::pem).collect()
}

/// What is to be wrong with a token.
pub struct Token {
    /// What it stamps in place of the signature.
    pub stamps: Option<Vec<u8>>,
    pub time: &'static str,
    /// The time that is put in its place after the token was signed.
    pub altered: Option<&'static str>,
    pub digest: &'static [u8],
    pub is_forged: bool,
    pub without_certificate: bool,
    /// The signer stamps itself.
    pub by_signer: bool,
}

impl Default for Token {
    fn default() -> Self {
        Self {
            stamps: None,
            time: "20230101000000Z",
            altered: None,
            digest: SHA256,
            is_forged: false,
            without_certificate: false,
            by_signer: false,
        }
    }
}

struct Party {
    key: KeyPair,
    certificate: Certificate,
}

impl Party {
    fn new(name: &str, purpose: &[u8], end: i32, root: &CertificateParams, root_key: &KeyPair) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(name);
        // RFC 3161 2.3: critical, and nothing else.
        let mut purposes = CustomExtension::from_oid_content(&[2, 5, 29, 37], sequence(&[&oid(purpose)]));
        purposes.set_criticality(true);
        params.custom_extensions = vec![purposes];
        params.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
        (params.not_before, params.not_after) = (date_time_ymd(2022, 1, 1), date_time_ymd(end, 1, 1));
        let made = params.signed_by(&key, &Issuer::from_params(root, root_key)).unwrap();
        Self { certificate: Certificate::from_der(made.der()).unwrap(), key }
    }
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

/// A signer whose certificate ended in 2024, who stamps times, and their roots.
pub struct Signing {
    signer: Party,
    stamper: Party,
    roots: Vec<Certificate>,
}

impl Signing {
    pub fn new() -> Self {
        let root = |name: &str| {
            let (key, mut params) = (KeyPair::generate().unwrap(), params(name));
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            let certificate = Certificate::from_der(params.self_signed(&key).unwrap().der()).unwrap();
            (params, key, certificate)
        };
        let (code, code_key, code_root) = root("Code Root");
        let (time, time_key, time_root) = root("Time Root");
        Self {
            signer: Party::new("Example Software", CODE_SIGNING, 2024, &code, &code_key),
            stamper: Party::new("Example TSA", TIME_STAMPING, 2030, &time, &time_key),
            roots: vec![code_root, time_root],
        }
    }

    pub fn roots(&self) -> Vec<Certificate> {
        self.roots.clone()
    }

    pub fn signer_sha256(&self) -> Fingerprint {
        self.signer.certificate.sha256
    }

    pub fn stamper_sha256(&self) -> Fingerprint {
        self.stamper.certificate.sha256
    }

    /// The value of the signer's signature: the same each time, so that a token can be made before the container is.
    fn signature(&self) -> Vec<u8> {
        // What the signature is over nobody asks; it only has to be a value that is stamped.
        digest_of(SHA256, self.signer.certificate.der()).unwrap()
    }

    /// A PKCS#7 with these unsigned attributes beside its signature.
    pub fn container(&self, unsigned: &[u8]) -> Vec<u8> {
        let unsigned = if unsigned.is_empty() { Vec::new() } else { tlv(0xa1, &[unsigned]) };
        let info = signer_info(&self.signer.certificate, None, &self.signature(), &unsigned);
        // Who countersigns has no place of its own for a certificate.
        let certificates = [&self.signer.certificate, &self.stamper.certificate];
        let is_countersigned =
            unsigned.windows(COUNTERSIGNATURE.len() + 1).any(|window| window[1..] == *COUNTERSIGNATURE && window[0] == 9);
        container(DATA, None, &certificates[..if is_countersigned { 2 } else { 1 }], &info)
    }

    pub fn token(&self, token: &Token) -> Vec<u8> {
        let party = if token.by_signer { &self.signer } else { &self.stamper };
        let stamped = token.stamps.clone().unwrap_or_else(|| self.signature());
        let imprint = digest_of(token.digest, &stamped).unwrap_or_else(|| vec![0; 32]);
        let info = |time: &str| {
            let imprint = sequence(&[&sequence(&[&oid(token.digest), &[5, 0]]), &tlv(4, &[&imprint])]);
            sequence(&[&[2, 1, 1], &oid(&[0x2a, 3, 4]), &imprint, &[2, 1, 7], &tlv(0x18, &[time.as_bytes()])])
        };
        let content = info(token.time);
        let signed = signed_attributes(&[(CONTENT_TYPE, oid(TOKEN_CONTENT))], &content);
        let key = if token.is_forged { &self.signer.key } else { &party.key };
        let signature = key.sign(&tlv(0x31, &[&signed])).unwrap();
        let signer = signer_info(&party.certificate, Some(&signed), &signature, &[]);
        let certificates = if token.without_certificate { Vec::new() } else { vec![&party.certificate] };
        container(TOKEN_CONTENT, Some(&info(token.altered.unwrap_or(token.time))), &certificates, &signer)
    }

    /// A countersignature (RFC 5652 11.4).
    pub fn countersignature(&self) -> Vec<u8> {
        let time = tlv(0x17, &[b"230101000000Z"]);
        let signed = signed_attributes(&[(SIGNING_TIME, time)], &self.signature());
        let signature = self.stamper.key.sign(&tlv(0x31, &[&signed])).unwrap();
        signer_info(&self.stamper.certificate, Some(&signed), &signature, &[])
    }
}

fn signed_attributes(more: &[(&[u8], Vec<u8>)], content: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = more.iter().flat_map(|(kind, value)| attribute(kind, value)).collect();
    out.extend(attribute(MESSAGE_DIGEST, &tlv(4, &[&digest_of(SHA256, content).unwrap()])));
    out
}

fn signer_info(certificate: &Certificate, signed: Option<&[u8]>, signature: &[u8], unsigned: &[u8]) -> Vec<u8> {
    let serial = tlv(2, &[certificate.bytes(certificate.serial)]);
    let identifier = sequence(&[certificate.issuer.der(), &serial]);
    let signed = signed.map(|signed| tlv(0xa0, &[signed])).unwrap_or_default();
    let (digest, algorithm) = (sequence(&[&oid(SHA256)]), sequence(&[&oid(ECDSA_WITH_SHA256)]));
    sequence(&[&[2, 1, 1], &identifier, &digest, &signed, &algorithm, &tlv(4, &[signature]), unsigned])
}

fn container(kind: &[u8], content: Option<&[u8]>, certificates: &[&Certificate], signer: &[u8]) -> Vec<u8> {
    let content = content.map(|content| tlv(0xa0, &[&tlv(4, &[content])])).unwrap_or_default();
    let certificates: Vec<u8> = certificates.iter().flat_map(|certificate| certificate.der().to_vec()).collect();
    let digests = tlv(0x31, &[&sequence(&[&oid(SHA256)])]);
    let signed = sequence(&[&[2, 1, 1], &digests, &sequence(&[&oid(kind), &content]), &tlv(0xa0, &[&certificates]), &tlv(0x31, &[signer])]);
    sequence(&[&oid(SIGNED_DATA), &tlv(0xa0, &[&signed])])
}
