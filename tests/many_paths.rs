//! Is a failure found however many paths come before it, and is the issuer that is to blame drawn as failing?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Policy, Verdict};
use crossroots::diagram::Charset;
use crossroots::explorer::{Explorer, Key, Message, Settings};
use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use support::{carry_out, send};

/// Paths that hold, before the one that does not; more than any private limit was.
const VALID: u64 = 70;

fn named(name: &str, serial: u64, last_year: i32) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.serial_number = Some(serial.into());
    params.not_after = date_time_ymd(last_year, 1, 1);
    params
}

/// A leaf below a CA with many certificates, of which the last one has expired.
fn explorer() -> Explorer {
    let [root, ca, leaf] = [(); 3].map(|()| KeyPair::generate().unwrap());
    let mut pool = Pool::default();
    let mut add = |params: &CertificateParams, key: &KeyPair, issuer: (&CertificateParams, &KeyPair)| {
        let der = params.signed_by(key, &Issuer::from_params(issuer.0, issuer.1)).unwrap().der().to_vec();
        pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None })
    };
    let (of_root, of_ca) = (named("Root", 1, 2040), named("CA", 1, 2040));
    add(&named("leaf", 1, 2040), &leaf, (&of_ca, &ca));
    let anchor = add(&of_root, &root, (&of_root, &root));
    for serial in 0..VALID {
        add(&named("CA", 10 + serial, 2040), &ca, (&of_root, &root));
    }
    add(&named("CA", 10 + VALID, 2020), &ca, (&of_root, &root));
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![anchor] }]);
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    opened.analysis = Analysis::new(pool, trust, Policy::at(support::NOW), None).unwrap().into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    explorer
}

#[test]
fn the_path_that_fails_is_found_behind_all_those_that_hold() {
    let mut explorer = explorer();
    assert_eq!(explorer.judgement().paths.len() as u64, VALID + 1);
    let effects = send(&mut explorer, Message::Key(Key::Char('f')));
    carry_out(&mut explorer, effects);
    assert!(explorer.notice().starts_with("failure 1 of 1: ") && explorer.notice().contains("expired"), "{}", explorer.notice());
    assert_eq!(explorer.judgement().mark(explorer.focus()).verdict, Verdict::Fail);
    assert!(explorer.scene().to_text().contains("EXPIRED 2020-01-01"), "{}", explorer.scene().to_text());
}

#[test]
fn where_nothing_fails_that_is_said_of_every_path() {
    let mut explorer = support::open("lets-encrypt-2024", (120, 40), Charset::Unicode);
    send(&mut explorer, Message::Key(Key::Char('f')));
    assert_eq!(explorer.notice(), "no check fails on any path");
}
