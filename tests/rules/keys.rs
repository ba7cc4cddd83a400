//! Certificates whose key is replaced by one that is short or oddly made.

use crossroots::check::{Policy, Verdict};
use crossroots::words::fact_words;
use rcgen::CertificateParams;

use super::certificates::{BROKEN, LAPSE, SOUND, leaf_with, of_leaf};
use super::{AT, authority, findings, judged_as};

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
    let curve = |oid: &[u8]| {
        let algorithm = [&[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1], element(6, oid).as_slice()].concat();
        element(0x30, &[element(0x30, &algorithm), element(3, &[0, 4, 1, 1])].concat())
    };
    assert_eq!(said(curve(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 1])), LAPSE);
    assert_eq!(said(curve(&[0x2b, 0x81, 4, 0, 6])), BROKEN);
    assert_eq!(said(curve(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7])), SOUND);
}

/// Of more than 255 bytes, so that its lengths are of two bytes.
fn long_leaf() -> CertificateParams {
    leaf_with(&[1, 3, 9999, 1], &element(4, &[0; 300]), false)
}

fn judged_by_key(spki: &[u8]) -> (crossroots::analysis::Analysis, crossroots::analysis::Judgement) {
    let chain = [long_leaf(), authority("Middle"), authority("Root")];
    judged_as(Policy::at(AT), chain, true, |ders| with_key(&mut ders[0], spki))
}
