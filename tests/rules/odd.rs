//! Certificates with a part that is not as RFC 5280 has it, signed all the same: each loads, is judged itself, and is never valid by what
//! was not read.

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::{Certificate, Origin, Part, Time, asn1, fields};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Finding, PathVerdict, Policy, Purpose, Verdict};
use crossroots::words::{Labels, finding_words};
use crossroots::worker::check_links;
use rcgen::{Issuer, KeyPair, SigningKey as _};

use super::{AT, authority, leaf_with, params, says};
use crate::certificates::leaf;

/// Places in a tbsCertificate of version 3 (RFC 5280 4.1).
const VERSION: usize = 0;
const SERIAL: usize = 1;
const ALGORITHM: usize = 2;
const ISSUER: usize = 3;
const VALIDITY: usize = 4;
const SUBJECT: usize = 5;
const KEY: usize = 6;
const EXTENSIONS: usize = 7;

const SEQUENCE: u8 = 0x30;
const UTC: u8 = 0x17;
const GENERAL: u8 = 0x18;

fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => vec![short],
        _ => [&[0x82][..], &u16::try_from(content.len()).unwrap().to_be_bytes()].concat(),
    };
    [&[tag][..], &length, &content].concat()
}

/// The elements that this one is made of.
fn children(whole: &[u8]) -> Vec<Vec<u8>> {
    let (mut rest, mut out) = (crate::der::element(whole).0, Vec::new());
    while !rest.is_empty() {
        let length = crate::der::element(rest).1;
        out.push(rest[..length].to_vec());
        rest = &rest[length..];
    }
    out
}

/// A leaf whose parts are changed before it is signed, under a trusted root.
struct Odd {
    leaf: Vec<u8>,
    root: Vec<u8>,
}

impl Odd {
    fn new(change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Self {
        Self::of(leaf(), change)
    }

    fn of(leaf: rcgen::CertificateParams, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Self {
        let keys = [0; 2].map(|_| KeyPair::generate().unwrap());
        let root = authority("Root");
        let made = leaf.signed_by(&keys[0], &Issuer::from_params(&root, &keys[1])).unwrap();
        let outer = children(made.der());
        let mut parts = children(&outer[0]);
        change(&mut parts);
        let tbs = tlv(SEQUENCE, &[&parts.concat()]);
        let signature = tlv(3, &[&[0], &keys[1].sign(&tbs).unwrap()]);
        Self { leaf: tlv(SEQUENCE, &[&tbs, &outer[1], &signature]), root: root.self_signed(&keys[1]).unwrap().der().to_vec() }
    }

    fn certificate(&self) -> Certificate {
        Certificate::from_der(&self.leaf).unwrap()
    }

    fn judged(&self, policy: Policy) -> (Analysis, Judgement) {
        let mut pool = Pool::default();
        let ids = [&self.leaf, &self.root].map(|der| pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None }));
        let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![ids[1]] }]);
        let mut analysis = Analysis::new(pool, trust, policy, None).unwrap();
        assert!(analysis.targets.contains(&ids[0]), "the leaf is what is asked about, not its issuer");
        let pool = Arc::clone(&analysis.pool);
        check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
        let target = analysis.judge(ids[0]);
        (analysis, target)
    }
}

fn found(target: &Judgement) -> Vec<Finding> {
    target.explain(0)
}

#[test]
fn a_part_that_cannot_be_read_costs_no_other_and_fails() {
    type Change = fn(&mut Vec<Vec<u8>>);
    let cases: [(&str, Part, Change); 16] = [
        ("a version that is an OCTET STRING", Part::Version, |parts| parts[VERSION] = tlv(0xa0, &[&[4, 1, 2]])),
        ("a negative version", Part::Version, |parts| parts[VERSION] = tlv(0xa0, &[&[2, 1, 0xff]])),
        ("a serial number that is an OCTET STRING", Part::SerialNumber, |parts| parts[SERIAL][0] = 4),
        ("an algorithm without an OID", Part::SignedAlgorithm, |parts| parts[ALGORITHM] = vec![SEQUENCE, 2, 5, 0]),
        ("an issuer with a byte left over", Part::Issuer, |parts| {
            parts[ISSUER] = tlv(SEQUENCE, &[&children(&parts[ISSUER]).concat(), &[0]])
        }),
        ("a validity that is one time", Part::Validity, |parts| parts[VALIDITY] = tlv(4, &[&children(&parts[VALIDITY]).concat()])),
        ("a validity without its end", Part::NotAfter, |parts| parts[VALIDITY] = tlv(SEQUENCE, &[&children(&parts[VALIDITY])[0]])),
        ("a date in an IA5String", Part::NotAfter, |parts| {
            parts[VALIDITY] = tlv(SEQUENCE, &[&children(&parts[VALIDITY])[0], &tlv(22, &[b"491231235959Z"])])
        }),
        ("a date in a SEQUENCE", Part::NotBefore, |parts| {
            parts[VALIDITY] = tlv(SEQUENCE, &[&[SEQUENCE, 0], &children(&parts[VALIDITY])[1]])
        }),
        ("a subject whose second set is none", Part::Subject, |parts| {
            parts[SUBJECT] = tlv(SEQUENCE, &[&children(&parts[SUBJECT]).concat(), &[0x30, 0]])
        }),
        ("a key without bits", Part::PublicKey, |parts| parts[KEY] = tlv(SEQUENCE, &[&children(&parts[KEY])[0]])),
        ("a key that is an OCTET STRING", Part::PublicKey, |parts| parts[KEY][0] = 4),
        ("an extension without an identifier", Part::Extension, |parts| {
            let list = children(&parts[EXTENSIONS])[0].clone();
            parts[EXTENSIONS] = tlv(0xa3, &[&tlv(SEQUENCE, &[&children(&list).concat(), &[SEQUENCE, 3, 4, 1, 5]])]);
        }),
        ("extensions that are no list", Part::Extensions, |parts| parts[EXTENSIONS] = vec![0xa3, 2, 5, 0]),
        ("extensions twice", Part::Surplus, |parts| parts.push(parts[EXTENSIONS].clone())),
        ("a part behind the last", Part::Surplus, |parts| parts.push(vec![5, 0])),
    ];
    for (what, part, change) in cases {
        let odd = Odd::of(leaf_with(&[2, 5, 29, 14], &[4, 1, 7], false), change);
        let certificate = odd.certificate();
        assert!(certificate.lacks(part), "{what}: {:?}", certificate.unreadable);
        let shown = fields(&certificate);
        assert!(shown.len() >= 9 && shown.iter().any(|field| field.name == "Unreadable" && field.value.contains(part.word())), "{what}");
        assert!(asn1(certificate.der()).len() > 20, "{what}");
        for purpose in [Purpose::Any, Purpose::Server] {
            let (_, target) = odd.judged(Policy { purpose: Some(purpose), ..Policy::at(AT) });
            assert_eq!(target.verdict, PathVerdict::Invalid, "{what}");
            assert_eq!(says(&found(&target), "structure", Verdict::Fail), 1, "{what}");
        }
    }
}

#[test]
fn what_stands_behind_the_signed_part_may_be_missing_or_odd() {
    let odd = Odd::new(|_| {});
    let outer = children(&odd.leaf);
    for (what, part, rest) in [
        ("no signature", Part::Signature, outer[1].clone()),
        ("neither", Part::SignatureAlgorithm, Vec::new()),
        ("an OCTET STRING", Part::Signature, [outer[1].clone(), tlv(4, &[&[0, 1]])].concat()),
        ("an empty BIT STRING", Part::Signature, [outer[1].clone(), vec![3, 0]].concat()),
        ("an algorithm that is none", Part::SignatureAlgorithm, [vec![5, 0], outer[2].clone()].concat()),
    ] {
        let odd = Odd { leaf: tlv(SEQUENCE, &[&outer[0], &rest]), root: odd.root.clone() };
        assert!(odd.certificate().lacks(part), "{what}");
        let (_, target) = odd.judged(Policy::at(AT));
        assert_eq!(target.verdict, PathVerdict::Invalid, "{what}");
    }
}

/// A leaf of such dates.
fn dated(from: (u8, &str), to: (u8, &str)) -> Odd {
    Odd::new(|parts| parts[VALIDITY] = tlv(SEQUENCE, &[&tlv(from.0, &[from.1.as_bytes()]), &tlv(to.0, &[to.1.as_bytes()])]))
}

#[test]
fn dates_of_one_meaning_are_known_and_others_are_unknown_and_shown() {
    use PathVerdict::{Invalid, Unknown, Valid};
    let sound = (UTC, "260101000000Z");
    let end = (GENERAL, "20500101000000Z");
    for (from, to, expected) in [
        (sound, end, Valid),
        ((UTC, "260101000000+1000"), (UTC, "271016000000+1000"), Valid),
        ((UTC, "2601010000Z"), (UTC, "2710160000+1000"), Valid),
        ((GENERAL, "20260101000000.5Z"), (GENERAL, "20500101000000+01"), Valid),
        ((GENERAL, "20260101000000Z"), (UTC, "491231235959Z"), Valid),
        (sound, (GENERAL, "99991231235959Z"), Valid),
        ((GENERAL, "00000101000000Z"), end, Valid),
        // What is not known is not passed.
        ((UTC, "260101000000"), end, Unknown),
        (sound, (UTC, "271301000000Z"), Unknown),
        (sound, (UTC, "271231240000Z"), Unknown),
        (sound, (UTC, "271231235960Z"), Unknown),
        (sound, (UTC, "271231235959.5Z"), Unknown),
        (sound, (GENERAL, "20500101000000"), Unknown),
        (sound, (GENERAL, "2050-01-01T00:00Z"), Unknown),
        (sound, (UTC, ""), Unknown),
        (sound, (UTC, "27\u{1b}[31m"), Unknown),
        // The other end decides alone.
        ((UTC, "260101000000"), (UTC, "260201000000Z"), Invalid),
        ((UTC, "280101000000Z"), (UTC, "nonsense"), Invalid),
        // A window that ends before it begins holds no time.
        ((UTC, "280101000000Z"), (UTC, "250101000000Z"), Invalid),
        ((UTC, "260101000000Z"), (UTC, "240101000000Z"), Invalid),
    ] {
        let what = format!("{} to {}", from.1, to.1);
        let odd = dated(from, to);
        let (analysis, target) = odd.judged(Policy::at(AT));
        assert_eq!(target.verdict, expected, "{what}");
        let findings = found(&target);
        let is_plain = |(tag, text): (u8, &str)| text.ends_with('Z') && text.len() == if tag == UTC { 13 } else { 15 };
        let is_other_form = !(is_plain(from) && is_plain(to));
        if is_other_form {
            assert_eq!(says(&findings, "encoding", Verdict::Caution), 1, "{what}");
        }
        let labels = Labels::new(&analysis.graph, &target.entities);
        let words: Vec<String> = findings.iter().map(|finding| finding_words(&analysis, &labels, finding)).collect();
        assert!(words.iter().all(|words| !words.contains('\u{1b}')));
        if expected == Unknown {
            assert_eq!(says(&findings, "validity", Verdict::Unknown), 1, "{what}");
            let (unreadable, _) = if odd.certificate().not_before.is_none() { (from.1, to) } else { (to.1, from) };
            let shown = if unreadable.contains('\u{1b}') { "32371b5b33316d" } else { unreadable };
            assert!(words.iter().any(|words| words.starts_with("validity of") && words.contains(shown)), "{words:?}");
        }
    }
}

#[test]
fn a_window_is_read_to_the_second_whatever_its_zone() {
    let known = |from, to| {
        let certificate = dated(from, to).certificate();
        [certificate.not_before, certificate.not_after].map(|time| time.map(Time::rfc3339))
    };
    let both = |from: &str, to: &str| [Some(from.to_owned()), Some(to.to_owned())];
    assert_eq!(
        known((UTC, "260930000000+1000"), (UTC, "271015235900+1000")),
        both("2026-09-29T14:00:00Z", "2027-10-15T13:59:00Z"),
        "corpora/reports/46"
    );
    // Half a second after the first, half a second after the last.
    assert_eq!(known((GENERAL, "20260101000000.5Z"), (GENERAL, "20270101000000.5Z")), both("2026-01-01T00:00:01Z", "2027-01-01T00:00:00Z"));
}

#[test]
fn a_server_certificate_of_unknown_dates_has_an_unknown_lifetime() {
    let odd = dated((UTC, "260101000000"), (UTC, "260201000000"));
    let (_, target) = odd.judged(Policy { purpose: Some(Purpose::Server), ..Policy::at(AT) });
    assert_eq!((target.verdict, says(&found(&target), "lifetime", Verdict::Unknown)), (PathVerdict::Unknown, 1));
}

#[test]
fn an_issuer_whose_key_cannot_be_read_verifies_nothing() {
    let keys = [0; 2].map(|_| KeyPair::generate().unwrap());
    let root = authority("Root");
    let leaf = params("leaf", rcgen::IsCa::NoCa).signed_by(&keys[0], &Issuer::from_params(&root, &keys[1])).unwrap().der().to_vec();
    let outer = children(root.self_signed(&keys[1]).unwrap().der());
    let mut parts = children(&outer[0]);
    parts[KEY] = tlv(SEQUENCE, &[&[5, 0]]);
    let odd = Odd { leaf, root: tlv(SEQUENCE, &[&tlv(SEQUENCE, &[&parts.concat()]), &outer[1], &outer[2]]) };
    let (_, target) = odd.judged(Policy::at(AT));
    assert_eq!(says(&found(&target), "signature", Verdict::Unknown), 1);
    assert_ne!(target.verdict, PathVerdict::Valid);
}

#[test]
fn an_anchor_hides_no_restriction_in_what_cannot_be_read() {
    let keys = [0; 2].map(|_| KeyPair::generate().unwrap());
    let root = authority("Root");
    let leaf = params("leaf", rcgen::IsCa::NoCa).signed_by(&keys[0], &Issuer::from_params(&root, &keys[1])).unwrap().der().to_vec();
    let outer = children(root.self_signed(&keys[1]).unwrap().der());
    let mut parts = children(&outer[0]);
    parts.push(parts[EXTENSIONS].clone());
    let odd = Odd { leaf, root: tlv(SEQUENCE, &[&tlv(SEQUENCE, &[&parts.concat()]), &outer[1], &outer[2]]) };
    // An anchor is a name and a key (RFC 5280 6.1.1 (d)), unless its certificate is to bind as well (RFC 5937).
    let verdict = |anchor_constraints| odd.judged(Policy { anchor_constraints, ..Policy::at(AT) }).1.verdict;
    assert_eq!((verdict(false), verdict(true)), (PathVerdict::Valid, PathVerdict::Invalid));
}

#[test]
fn what_is_no_certificate_stays_none() {
    let key = KeyPair::generate().unwrap();
    let request = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap().serialize_request(&key).unwrap().der().to_vec();
    let crl = rcgen::CertificateRevocationListParams {
        this_update: rcgen::date_time_ymd(2026, 1, 1),
        next_update: rcgen::date_time_ymd(2027, 1, 1),
        crl_number: 1.into(),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: rcgen::KeyIdMethod::Sha256,
    };
    let crl = crl.signed_by(&Issuer::from_params(&authority("Root"), &key)).unwrap().der().to_vec();
    for (what, der) in
        [("a request", request), ("a CRL", crl), ("a key", key.serialize_der()), ("a list", tlv(SEQUENCE, &[&[SEQUENCE, 0]]))]
    {
        assert!(Certificate::from_der(&der).is_err(), "{what}");
    }
}
