//! CRLs and OCSP responses made for a test, byte by byte, so that they can be wrong in any way; and what is said with them.

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::{Certificate, Crl, OcspResponse, Origin, Time};
use crossroots::chain::{CertificateId, Pool, Store, Trust};
use crossroots::check::{Finding, PathVerdict, Policy, Verdict};
use crossroots::words::fact_words;
use crossroots::worker::check_links;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, SigningKey};

/// The last certificate is the target, the first its anchor; certificates of the responses are candidates. No link is checked.
pub fn unchecked(certificates: &[Vec<u8>], crls: Vec<Crl>, responses: Vec<OcspResponse>, policy: Policy) -> Analysis {
    let mut pool = Pool::default();
    let add = |der: &Vec<u8>| pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None });
    let ids: Vec<CertificateId> = certificates.iter().map(add).collect();
    for certificate in responses.iter().flat_map(|response| &response.certificates) {
        pool.add_candidate(certificate.clone(), Origin::Ocsp { place: "test".to_owned() });
    }
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![ids[0]] }]);
    fn placed<T>(items: Vec<T>) -> Vec<(T, String)> {
        items.into_iter().map(|item| (item, "test".to_owned())).collect()
    }
    let which = pool.certificate(*ids.last().unwrap()).sha256.to_string();
    Analysis::new(pool, trust, policy, Some(&which)).unwrap().with_evidence(placed(crls), placed(responses))
}

/// The same, with links checked as the program checks them, and the target judged.
pub fn judged(certificates: &[Vec<u8>], crls: Vec<Crl>, responses: Vec<OcspResponse>, policy: Policy) -> (Analysis, Judgement) {
    let mut analysis = unchecked(certificates, crls, responses, policy);
    let targets: Vec<CertificateId> = analysis.targets.iter().copied().chain(analysis.evidence.signers()).collect();
    check_links(&Arc::clone(&analysis.pool), &mut analysis.graph, &targets, 2, &mut |_| ControlFlow::Continue(()));
    let target = analysis.judge(analysis.targets[0]);
    (analysis, target)
}

/// What the rule says of the target on its first path.
pub fn says(_: &Analysis, target: &Judgement) -> Finding {
    let findings = target.explain(0);
    let of_target = |finding: &&Finding| finding.rule.word() == "revocation" && finding.place.certificate() == target.target;
    findings.iter().find(of_target).unwrap().clone()
}

pub fn time(text: &str) -> Time {
    Time::parse(text, Time(0)).unwrap()
}

/// A name and a key that can sign anything.
pub struct Authority {
    key: KeyPair,
    params: CertificateParams,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        Self::changed(name, |_| {})
    }

    pub fn changed(name: &str, change: impl Fn(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.use_authority_key_identifier_extension = true;
        change(&mut params);
        Self { key: KeyPair::generate().unwrap(), params }
    }

    /// The same name and key, with other certificates.
    pub fn renewed(&self, change: impl Fn(&mut CertificateParams)) -> Self {
        let mut params = self.params.clone();
        change(&mut params);
        Self { key: KeyPair::try_from(self.key.serialize_der()).unwrap(), params }
    }

    /// Its certificate by `issuer`, of this serial number.
    pub fn by(&self, issuer: &Authority, serial: u64) -> Vec<u8> {
        let mut params = self.params.clone();
        params.serial_number = Some(serial.into());
        params.signed_by(&self.key, &Issuer::from_params(&issuer.params, &issuer.key)).unwrap().der().to_vec()
    }

    /// The DER of its name.
    pub fn name_der(&self) -> Vec<u8> {
        Certificate::from_der(&self.by(self, 1)).unwrap().subject.der().to_vec()
    }

    /// `tbs`, the algorithm and the signature: what certificates, CRLs and OCSP responses have in common.
    pub fn sign(&self, tbs: &[u8]) -> Vec<u8> {
        let signature = self.key.sign(tbs).unwrap();
        [tbs, ECDSA_WITH_SHA256, &tlv(3, &[&[0], &signature])].concat()
    }
}

const ECDSA_WITH_SHA256: &[u8] = &[0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

/// One element.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let octets: Vec<u8> = content.len().to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
    let length = if content.len() < 0x80 { vec![content.len() as u8] } else { [vec![0x80 | octets.len() as u8], octets].concat() };
    [vec![tag], length, content].concat()
}

/// An INTEGER of 0 to 127, or of as many bytes as it takes.
pub fn integer(value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(7);
    let start = if bytes[start] & 0x80 == 0 { start } else { start - 1 };
    tlv(2, &[&bytes[start..]])
}

pub fn generalized(text: &str) -> Vec<u8> {
    let digits: String = time(text).rfc3339().chars().filter(char::is_ascii_digit).collect();
    tlv(0x18, &[digits.as_bytes(), b"Z"])
}

/// An extension of id-ce (2.5.29) with this number.
pub fn extension(number: u8, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    tlv(0x30, &[&[6, 3, 0x55, 0x1d, number], critical, &tlv(4, &[value])])
}

/// What a CRL is made of; extensions and entries are DER.
pub struct MadeCrl {
    pub this_update: &'static str,
    pub next_update: Option<&'static str>,
    pub entries: Vec<Vec<u8>>,
    pub extensions: Vec<Vec<u8>>,
}

impl MadeCrl {
    /// Number 5, of 2026-11-20 to 2026-11-30.
    pub fn new(entries: Vec<Vec<u8>>) -> Self {
        Self { this_update: "2026-11-20", next_update: Some("2026-11-30"), entries, extensions: vec![extension(20, false, &integer(5))] }
    }

    pub fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub fn dated(mut self, this_update: &'static str, next_update: Option<&'static str>) -> Self {
        (self.this_update, self.next_update) = (this_update, next_update);
        self
    }

    /// Another number than 5.
    pub fn numbered(mut self, number: u64) -> Self {
        self.extensions[0] = extension(20, false, &integer(number));
        self
    }

    pub fn der(&self, signer: &Authority) -> Vec<u8> {
        let next = self.next_update.map(generalized).unwrap_or_default();
        let entries = if self.entries.is_empty() { Vec::new() } else { tlv(0x30, &[&self.entries.concat()]) };
        let extensions = tlv(0xa0, &[&tlv(0x30, &[&self.extensions.concat()])]);
        let parts: [&[u8]; 7] =
            [&[2, 1, 1], ECDSA_WITH_SHA256, &signer.name_der(), &generalized(self.this_update), &next, &entries, &extensions];
        tlv(0x30, &[&signer.sign(&tlv(0x30, &parts))])
    }

    pub fn by(&self, signer: &Authority) -> Crl {
        Crl::from_der(&self.der(signer)).unwrap()
    }
}

/// An entry; the extensions are DER.
pub fn entry(serial: u64, date: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0x30, &[&extensions.concat()]) };
    tlv(0x30, &[&integer(serial), &generalized(date), &extensions])
}

/// RFC 5280 5.3.1.
pub fn reason(code: u8) -> Vec<u8> {
    extension(21, false, &[10, 1, code])
}

/// Root, which is trusted; Sub and Other below it; and a leaf of Sub with the serial number 500.
pub struct World {
    pub root: Authority,
    pub sub: Authority,
    pub other: Authority,
    leaf: Authority,
}

pub const LEAF: u64 = 500;
pub const NOW: &str = "2026-11-22";

impl World {
    pub fn new() -> Self {
        Self::with_leaf(|_| {})
    }

    pub fn with_leaf(change: impl Fn(&mut CertificateParams)) -> Self {
        let leaf = Authority::changed("leaf", |params| {
            params.is_ca = IsCa::NoCa;
            params.key_usages.clear();
            change(params);
        });
        Self { root: Authority::new("Root"), sub: Authority::new("Sub"), other: Authority::new("Other"), leaf }
    }

    /// The leaf's certificate is the last.
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        vec![self.root.by(&self.root, 1), self.sub.by(&self.root, 2), self.other.by(&self.root, 3), self.leaf.by(&self.sub, LEAF)]
    }

    /// What is said of the leaf at a time.
    pub fn at(&self, text: &str, crls: &[&Crl], responses: &[&OcspResponse]) -> Finding {
        self.judged(&self.certificates(), text, crls, responses).0
    }

    pub fn now(&self, crls: &[&Crl]) -> Finding {
        self.at(NOW, crls, &[])
    }

    pub fn judged(&self, certificates: &[Vec<u8>], text: &str, crls: &[&Crl], responses: &[&OcspResponse]) -> (Finding, PathVerdict) {
        let (crls, responses) = (crls.iter().map(|crl| (*crl).clone()).collect(), responses.iter().map(|one| (*one).clone()).collect());
        let (analysis, target) = judged(certificates, crls, responses, Policy::at(time(text)));
        (says(&analysis, &target), target.verdict)
    }
}

/// The facts as a person reads them.
pub fn facts(finding: &Finding, name: &str) -> Vec<String> {
    finding.facts.iter().filter(|fact| fact.name.word() == name).map(|fact| fact_words(&fact.value)).collect()
}

pub fn unusable(finding: &Finding) -> String {
    assert_eq!(finding.verdict, Verdict::Unknown, "{finding:?}");
    facts(finding, "unusable").join("; ")
}

/// issuingDistributionPoint, critical, of this content.
pub fn scope(content: &[u8]) -> Vec<u8> {
    extension(28, true, &tlv(0x30, &[content]))
}
