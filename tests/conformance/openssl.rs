//! OpenSSL's `verify` cases: a target, trusted and untrusted certificates, a purpose and options.

use std::collections::BTreeSet;
use std::path::Path;

use crossroots::cert::{Certificate, Time};
use crossroots::check::{Least, Policy, Purpose};
use crossroots::signature::Strength;
use serde_json::Value;

use crate::case::{Anchor, Asked, Case, Expected};
use crate::corpus::{corpus, json, pem_blocks};
use crate::der::element;
use crate::exceptions::hold;

/// OpenSSL's tests run at the time of the run; what they call expired was so in 2016.
const TIME: &str = "2026-06-01";

#[test]
fn openssl_verify() {
    let Some(folder) = corpus("openssl-test-certs") else { return };
    let suite = json(&folder.join("verify.json"));
    let tests = suite["tests"].as_array().unwrap();
    assert_eq!(tests.len(), 188);
    let mut ids = BTreeSet::new();
    let cases: Vec<Case> = tests.iter().map(|test| case(&folder.join("test/certs"), test, &mut ids)).collect();
    let judged: Vec<_> = cases.iter().map(Case::judge).collect();
    hold("openssl", include_str!("exceptions/openssl.toml"), &judged);
}

/// `ids` has those given so far: descriptions stand twice.
fn case(folder: &Path, test: &Value, ids: &mut BTreeSet<String>) -> Case {
    let text = |name: &str| test[name].as_str().unwrap();
    let texts = |name: &str| test[name].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let mut policy = Policy::at(Time::parse(TIME, Time(0)).unwrap());
    policy.purpose = Some(purpose(text("purpose")));
    // OpenSSL holds a trusted certificate to what it says, unless trust settings say more.
    policy.anchor_constraints = true;
    policy.least = least("1");
    let is_partial = options(&texts("opts"), &mut policy);

    let (mut anchors, mut trusted_entities, mut pool) = (Vec::new(), BTreeSet::new(), load(folder, text("cert")));
    pool.truncate(1);
    for certificate in texts("trusted").iter().flat_map(|name| load(folder, name)) {
        let read = Certificate::from_der(&certificate.der).unwrap();
        trusted_entities.insert((read.subject.to_string(), read.spki_sha256));
        match certificate.trust(policy.purpose.unwrap()) {
            Setting::Rejected => {
                policy.distrusted.insert(read.sha256);
                anchors.push(Anchor::This(certificate.der));
            }
            Setting::Trusted => {
                // Trust settings stand above the certificate's own purposes. One bit of ours frees an anchor of all that it says, so
                // that it is cleared only where those purposes would not do.
                let purposes = read.extended_key_usage().unwrap();
                let wanted = policy.purpose.unwrap().needs().any_of;
                policy.anchor_constraints &= purposes.is_none_or(|named| wanted.iter().any(|oid| named.iter().any(|named| named == oid)));
                anchors.push(Anchor::This(certificate.der));
            }
            Setting::None if is_partial => anchors.push(Anchor::This(certificate.der)),
            Setting::None if read.is_self_issued() => anchors.push(Anchor::IfSelfSigned(certificate.der)),
            Setting::None => pool.push(certificate),
        }
    }
    // What is trusted is tried first, and OpenSSL does not go back: an untrusted certificate of a trusted one's name and key is
    // never looked at.
    for certificate in texts("untrusted").iter().flat_map(|name| load(folder, name)) {
        let read = Certificate::from_der(&certificate.der).unwrap();
        if !trusted_entities.contains(&(read.subject.to_string(), read.spki_sha256)) {
            pool.push(certificate);
        }
    }
    Case {
        id: unique(text("desc"), ids),
        certificates: pool.into_iter().map(|certificate| certificate.der).collect(),
        anchors,
        policy,
        crls: Vec::new(),
        asked: Asked::AnyPath,
        expected: if text("expect") == "SUCCESS" { Expected::Valid } else { Expected::Invalid },
        failures: Vec::new(),
        policies: None,
    }
}

fn unique(described: &str, ids: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{described} [{number}]"));
    let id = std::iter::once(described.to_owned()).chain(numbered).find(|id| !ids.contains(id)).unwrap();
    ids.insert(id.clone());
    id
}

fn purpose(word: &str) -> Purpose {
    match word {
        "" => Purpose::Any,
        "sslserver" => Purpose::Server,
        "sslclient" => Purpose::Client,
        "codesign" => Purpose::CodeSigning,
        "timestampsign" => Purpose::TimeStamping,
        _ => panic!("purpose {word}"),
    }
}

/// OpenSSL's security levels (SSL_CTX_set_security_level): 80, 112 and 128 bits; below the first, anything goes.
fn least(level: &str) -> Least {
    match level {
        "0" => Least { rsa_bits: 0, ec_bits: 0, digest: Strength::Broken },
        "1" => Least { rsa_bits: 1024, ec_bits: 160, digest: Strength::Sound },
        "2" => Least { rsa_bits: 2048, ec_bits: 224, digest: Strength::Sound },
        "3" => Least { rsa_bits: 3072, ec_bits: 256, digest: Strength::Sound },
        _ => panic!("level {level}"),
    }
}

/// Puts the options into the policy; true for `-partial_chain`, with which any trusted certificate is an anchor.
fn options(options: &[String], policy: &mut Policy) -> bool {
    let mut is_partial = false;
    let mut rest = options.iter();
    let value = |rest: &mut std::slice::Iter<'_, String>| rest.next().unwrap().clone();
    while let Some(option) = rest.next() {
        match option.as_str() {
            "-partial_chain" => is_partial = true,
            "-x509_strict" => policy.strict = true,
            "-attime" => policy.at = Time(value(&mut rest).parse().unwrap()),
            // Counts the intermediates.
            "-verify_depth" => policy.limits.depth = value(&mut rest).parse::<usize>().unwrap() + 2,
            "-policy" => policy.policies.initial = BTreeSet::from([value(&mut rest)]),
            "-explicit_policy" => policy.policies.require_explicit = true,
            "-auth_level" => policy.least = least(&value(&mut rest)),
            // Policies are checked always; an anchor's signature never matters; proxy certificates are not modelled.
            "-policy_check" | "-check_ss_sig" | "-allow_proxy_certs" => {}
            _ => panic!("option {option}"),
        }
    }
    is_partial
}

/// A certificate, and OpenSSL's trust settings behind it (X509_CERT_AUX): purposes for which it is trusted, and for which not.
struct Trusted {
    der: Vec<u8>,
    trusted: Vec<Vec<u8>>,
    rejected: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    None,
    Trusted,
    Rejected,
}

impl Trusted {
    /// What the settings say of a purpose. That some purposes are trusted means that the others are not.
    fn trust(&self, purpose: Purpose) -> Setting {
        let wanted: Option<&[u8]> = match purpose {
            Purpose::Server => Some(&[0x2b, 6, 1, 5, 5, 7, 3, 1]),
            Purpose::Client => Some(&[0x2b, 6, 1, 5, 5, 7, 3, 2]),
            _ => None,
        };
        const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0];
        let names = |list: &[Vec<u8>]| list.iter().any(|oid| oid == ANY || Some(oid.as_slice()) == wanted);
        if names(&self.rejected) {
            Setting::Rejected
        } else if self.trusted.is_empty() {
            Setting::None
        } else if names(&self.trusted) {
            Setting::Trusted
        } else {
            Setting::Rejected
        }
    }
}

fn load(folder: &Path, name: &str) -> Vec<Trusted> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.pem"))).unwrap_or_else(|error| panic!("{name}: {error}"));
    let blocks = pem_blocks(&text).into_iter().filter(|(label, _)| label.ends_with("CERTIFICATE"));
    blocks.map(|(_, bytes)| split(&bytes)).collect()
}

fn split(bytes: &[u8]) -> Trusted {
    let (_, der_length) = element(bytes);
    let (der, settings) = bytes.split_at(der_length);
    let mut out = Trusted { der: der.to_vec(), trusted: Vec::new(), rejected: Vec::new() };
    if settings.is_empty() {
        return out;
    }
    // SEQUENCE { trust SEQUENCE OF OID OPTIONAL, reject [0] SEQUENCE OF OID OPTIONAL, .. }
    let mut rest = element(settings).0;
    while !rest.is_empty() {
        let (content, length) = element(rest);
        match rest[0] {
            0x30 => out.trusted = oids(content),
            0xa0 => out.rejected = oids(content),
            _ => {}
        }
        rest = &rest[length..];
    }
    out
}

fn oids(mut content: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    while !content.is_empty() {
        let (oid, length) = element(content);
        out.push(oid.to_vec());
        content = &content[length..];
    }
    out
}
