//! Certificates whose key is replaced by one that is short or oddly made.

use std::path::Path;

use crossroots::cert::Certificate;
use crossroots::check::{Policy, Verdict};
use crossroots::source::{ReadLimits, read_path};
use crossroots::words::{Labels, fact_words, finding_words};
use rcgen::CertificateParams;

use super::certificates::{BROKEN, LAPSE, SOUND, leaf_with, of_leaf};
use super::{AT, authority, findings, judged_as, says};

/// A DER element of this tag.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let header = match content.len() {
        0..=0x7f => vec![tag, length[1]],
        0x80..=0xff => vec![tag, 0x81, length[1]],
        _ => vec![tag, 0x82, length[0], length[1]],
    };
    [header, content.to_vec()].concat()
}

/// Puts another key in; both lengths of a certificate are written in two bytes.
fn with_key(der: &mut Vec<u8>, spki: &[u8]) {
    let span = crossroots::cert::Certificate::from_der(der).unwrap().spki;
    der.splice(span.start as usize..span.end as usize, spki.iter().copied());
    let grown = spki.len() as i64 - i64::from(span.end - span.start);
    for place in [2, 6] {
        let length = i64::from(u16::from_be_bytes([der[place], der[place + 1]])) + grown;
        der[place..place + 2].copy_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
    }
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let number = |digits: &[u8]| element(2, &[&[0], digits].concat());
    let key = element(0x30, &[number(modulus), number(exponent)].concat());
    let algorithm = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
    element(0x30, &[algorithm.to_vec(), element(3, &[vec![0], key].concat())].concat())
}

#[test]
fn a_key_that_is_short_or_oddly_made_is_told() {
    // 2^2047 + 2^k + 1 has no factor below 752 for the k that is sought here: what matters is that there is one.
    let modulus = |bytes: usize| {
        let candidates = (1_u64..).step_by(2).map(|low| {
            let mut modulus = vec![0; bytes];
            modulus[0] = 0xff;
            modulus[bytes - 8..].copy_from_slice(&low.to_be_bytes());
            modulus
        });
        let is_free = |modulus: &Vec<u8>| {
            let rest = |prime: u64| modulus.iter().fold(0, |rest, byte| (rest * 256 + u64::from(*byte)) % prime);
            (3..752).step_by(2).all(|divisor| rest(divisor) != 0)
        };
        candidates.take(1_000).find(is_free).unwrap()
    };
    let said = |spki: Vec<u8>| of_leaf("key-strength", long_leaf, |der| with_key(der, &spki));
    let usual = [1, 0, 1];
    assert_eq!(said(rsa_key(&modulus(256), &usual)), SOUND);
    assert_eq!(said(rsa_key(&modulus(128), &usual)), LAPSE);
    assert_eq!(said(rsa_key(&modulus(127), &usual)), BROKEN);
    assert_eq!(said(rsa_key(&modulus(256), &[3])), [Verdict::Caution; 2]);
    assert_eq!(said(rsa_key(&modulus(256), &[1, 0, 0, 0, 0, 1])), [Verdict::Caution; 2]);
    assert_eq!(said(rsa_key(&modulus(256), &[1])), BROKEN);
    assert_eq!(said(rsa_key(&modulus(256), &[1, 0, 0])), BROKEN);
    let mut even = modulus(256);
    even[255] ^= 1;
    assert_eq!(said(rsa_key(&even, &usual)), BROKEN);
    // All ones: 2^2048 - 1 is divisible by 3.
    assert_eq!(said(rsa_key(&[0xff; 256], &usual)), LAPSE);
    // 65537 to the power of 123 is of 1969 bits; what made by ROCA has the same residues.
    let power = (0..123).fold(vec![1_u8], |power, _| {
        let mut product = vec![0_u32; power.len() + 2];
        for (place, digit) in power.iter().enumerate() {
            product[place] += u32::from(*digit);
            product[place + 2] += u32::from(*digit);
        }
        let mut carry = 0;
        let digits: Vec<u8> = product.iter().map(|sum| (sum + carry, carry = (sum + carry) >> 8).0 as u8).collect();
        if carry > 0 { [digits, vec![u8::try_from(carry).unwrap()]].concat() } else { digits }
    });
    let big_endian: Vec<u8> = power.into_iter().rev().collect();
    let (analysis, target) = judged_by_key(&rsa_key(&big_endian, &usual));
    let weak: Vec<String> = findings(&analysis, &target)
        .into_iter()
        .filter(|finding| finding.rule.word() == "key-strength" && finding.verdict == Verdict::Caution)
        .flat_map(|finding| finding.facts.into_iter().map(|fact| fact_words(&fact.value)))
        .collect();
    assert!(weak.iter().any(|words| words.contains("ROCA")), "{weak:?}");
    // P-192, and a curve of 112 bits.
    assert_eq!(said(ec_key(P192, &point("ec-prime192v1-explicit"))), LAPSE);
    assert_eq!(said(ec_key(&[6, 5, 0x2b, 0x81, 4, 0, 6], &[4, 1, 1])), BROKEN);
    assert_eq!(said(ec_key(P256, &point("ec-prime256v1-explicit"))), SOUND);
}

const P192: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 1];
const P256: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];

fn ec_key(parameters: &[u8], point: &[u8]) -> Vec<u8> {
    let algorithm = [&[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], parameters].concat();
    element(0x30, &[element(0x30, &algorithm), element(3, &[&[0], point].concat())].concat())
}

/// A certificate whose key spells out its curve, as OpenSSL wrote it.
fn spelt_out(name: &str) -> Certificate {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/signatures/{name}.pem"));
    read_path(&file, &ReadLimits::default()).certificates.remove(0).certificate
}

fn point(name: &str) -> Vec<u8> {
    let certificate = spelt_out(name);
    certificate.bytes(certificate.key).to_vec()
}

fn parameters(name: &str) -> Vec<u8> {
    let certificate = spelt_out(name);
    certificate.bytes(certificate.key_algorithm.parameters).to_vec()
}

#[test]
fn what_is_no_public_key_is_not_a_strong_one() {
    let said = |spki: Vec<u8>| of_leaf("key-strength", long_leaf, |der| with_key(der, &spki));
    let own = point("ec-prime256v1-explicit");
    // SEC 1 2.3.4: off the curve, cut short, too long, infinity, a form that is none; and compressed, which is one.
    let mut off = own.clone();
    off[64] ^= 1;
    let compressed = [&[2 | own[64] & 1], &own[1..33]].concat();
    for (bits, verdicts) in [
        (off, BROKEN),
        (own[..64].to_vec(), BROKEN),
        ([&own[..], &[0]].concat(), BROKEN),
        (vec![0], BROKEN),
        ([&[5], &own[1..]].concat(), BROKEN),
        (compressed, SOUND),
    ] {
        assert_eq!(said(ec_key(P256, &bits)), verdicts, "{bits:?}");
    }
    // RFC 8017 A.1.1: both numbers are positive.
    let number = |content: &[u8]| element(2, content);
    let rsa = |modulus: &[u8], exponent: &[u8]| {
        let key = element(0x30, &[number(modulus), number(exponent)].concat());
        let algorithm = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
        element(0x30, &[algorithm.to_vec(), element(3, &[vec![0], key].concat())].concat())
    };
    assert_eq!(said(rsa(&[0xff; 256], &[1, 0, 1])), BROKEN);
    assert_eq!(said(rsa(&[[0].as_slice(), &[0xff; 256]].concat(), &[0xff])), BROKEN);
    assert_eq!(said(rsa(&[0], &[1, 0, 1])), BROKEN);
    // RFC 8410 3: Ed25519 has 32 bytes.
    let ed25519 = |length: usize| element(0x30, &[element(0x30, &[6, 3, 0x2b, 0x65, 0x70]), element(3, &vec![0; length + 1])].concat());
    assert_eq!((said(ed25519(32)), said(ed25519(31)), said(ed25519(33))), (SOUND, BROKEN, BROKEN));
}

#[test]
fn a_curve_that_is_spelt_out_is_named_and_fails_where_nobody_allows_it() {
    let name = "ec-prime256v1-explicit";
    let key_of = |der: &[u8]| {
        let certificate = Certificate::from_der(der).unwrap();
        ec_key(&parameters(name), certificate.bytes(certificate.key))
    };
    let strength = |allow: bool, place: usize| {
        let policy = Policy { allow_explicit_curves: allow, ..Policy::at(AT) };
        let chain = [long_leaf(), authority("Middle"), authority("Root")];
        let (analysis, target) = judged_as(policy, chain, true, |ders| {
            let key = key_of(&ders[place]);
            with_key(&mut ders[place], &key);
        });
        let id = target.paths[0].path.certificates[place];
        let all = findings(&analysis, &target);
        let of = |rule: &str, at: usize| {
            let at = target.paths[0].path.certificates[at];
            all.iter().find(|finding| finding.rule.word() == rule && finding.place.certificate() == at).unwrap().clone()
        };
        if place > 0 {
            assert_eq!(of("signature", place - 1).verdict, Verdict::Pass, "the key is the same");
        }
        let found = all.iter().find(|finding| finding.rule.word() == "key-strength" && finding.place.certificate() == id).unwrap();
        (found.verdict, finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), found))
    };
    for place in [0, 1] {
        let (verdict, words) = strength(false, place);
        assert_eq!(verdict, Verdict::Fail);
        assert!(words.contains("in a form that RFC 5480 forbids: P-256 given by its parameters"), "{words}");
        assert_eq!(strength(true, place).0, Verdict::Caution);
    }
    // An anchor was chosen as it is.
    assert_eq!(strength(false, 2).0, Verdict::Caution);
    // One number of the curve is another: CVE-2020-0601. Allowed are known curves only.
    let mut other = parameters(name);
    let last = other.len() - 8;
    other[last] ^= 1;
    let spki = ec_key(&other, &point(name));
    let policy = Policy { allow_explicit_curves: true, ..Policy::at(AT) };
    let chain = [long_leaf(), authority("Middle"), authority("Root")];
    let (analysis, target) = judged_as(policy, chain, true, |ders| with_key(&mut ders[0], &spki));
    assert_eq!(says(&findings(&analysis, &target), "key-strength", Verdict::Fail), 1);
}

#[test]
fn a_signature_that_the_key_cannot_make_says_why() {
    // The leaf says ecdsa-with-SHA256; its issuer has an RSA key.
    let modulus = [0xff; 256];
    let chain = [long_leaf(), authority("Middle"), authority("Root")];
    let (analysis, target) = judged_as(Policy::at(AT), chain, true, |ders| with_key(&mut ders[2], &rsa_key(&modulus, &[1, 0, 1])));
    let all = findings(&analysis, &target);
    let bad = all.iter().find(|finding| finding.rule.word() == "signature" && finding.verdict == Verdict::Fail).unwrap();
    let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), bad);
    assert!(words.contains("signature of Middle (ecdsa-with-SHA256) cannot be made with the key of Root (RSA 2048)"), "{words}");
}

/// Of more than 255 bytes, so that its lengths are of two bytes.
fn long_leaf() -> CertificateParams {
    leaf_with(&[1, 3, 9999, 1], &element(4, &[0; 300]), false)
}

fn judged_by_key(spki: &[u8]) -> (crossroots::analysis::Analysis, crossroots::analysis::Judgement) {
    let chain = [long_leaf(), authority("Middle"), authority("Root")];
    judged_as(Policy::at(AT), chain, true, |ders| with_key(&mut ders[0], spki))
}

#[test]
fn a_signature_algorithm_that_is_not_supported_is_named_by_its_number() {
    // ecdsa-with-SHA256, whose identifier has as many bytes.
    const ECDSA: [u8; 8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    for (last, words) in [
        (45, "1.3.6.1.5.5.7.6.45 (MLDSA65-ECDSA-P256-SHA512)"),
        (54, "1.3.6.1.5.5.7.6.54 (MLDSA87-ECDSA-P521-SHA512)"),
        (99, "1.3.6.1.5.5.7.6.99"),
    ] {
        let leaf = super::params("leaf", rcgen::IsCa::NoCa);
        let (analysis, target) = judged_as(Policy::at(AT), [leaf, authority("Middle"), authority("Root")], true, |[leaf, _, _]| {
            for place in 0..leaf.len() - ECDSA.len() {
                if leaf[place..].starts_with(&ECDSA) {
                    leaf[place..place + ECDSA.len()].copy_from_slice(&[0x2b, 6, 1, 5, 5, 7, 6, last]);
                }
            }
        });
        let said = findings(&analysis, &target);
        let finding = said.iter().find(|finding| finding.rule.word() == "signature" && finding.verdict == Verdict::Unknown).unwrap();
        let sentence = finding_words(&analysis, &Labels::default(), finding);
        assert_eq!(sentence, format!("signature of leaf cannot be checked: signature algorithm {words} is not supported"));
    }
}
