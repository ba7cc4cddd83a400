//! Certificates made or altered to break one rule each that looks at a certificate alone.

use crossroots::cert::Time;
use crossroots::check::{PathVerdict, Policy, Purpose, Verdict, Wants};
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, IsCa, KeyUsagePurpose};

use super::{AT, authority, extension, findings, judged, judged_by, params, says};

/// What a rule says of a leaf under a sound CA, by a policy that is not strict and by one that is.
pub fn of_leaf(rule: &str, leaf: impl Fn() -> CertificateParams, change: impl Fn(&mut Vec<u8>)) -> [Verdict; 2] {
    [false, true].map(|strict| {
        let policy = Policy { strict, purpose: Some(Purpose::Server), ..Policy::at(AT) };
        let chain = [leaf(), authority("Middle"), authority("Root")];
        let (analysis, target) = super::judged_as(policy, chain, true, |ders| change(&mut ders[0]));
        let leaf = target.paths[0].path.certificates[0];
        let said =
            findings(&analysis, &target).into_iter().find(|finding| finding.rule.word() == rule && finding.place.certificate() == leaf);
        said.unwrap().verdict
    })
}

/// The same of the CA.
pub fn of_authority(rule: &str, middle: impl Fn() -> CertificateParams) -> [Verdict; 2] {
    [false, true].map(|strict| {
        let policy = Policy { strict, ..Policy::at(AT) };
        let (analysis, target) = judged_by(policy, params("leaf", IsCa::NoCa), middle());
        let middle = target.paths[0].path.certificates[1];
        let said =
            findings(&analysis, &target).into_iter().find(|finding| finding.rule.word() == rule && finding.place.certificate() == middle);
        said.unwrap().verdict
    })
}

pub const SOUND: [Verdict; 2] = [Verdict::Pass, Verdict::Pass];
pub const LAPSE: [Verdict; 2] = [Verdict::Caution, Verdict::Fail];
pub const BROKEN: [Verdict; 2] = [Verdict::Fail, Verdict::Fail];

pub fn leaf() -> CertificateParams {
    params("leaf", IsCa::NoCa)
}

pub fn leaf_with(oid: &[u64], content: &[u8], critical: bool) -> CertificateParams {
    let mut leaf = leaf();
    leaf.custom_extensions.push(extension(oid, content, critical));
    leaf
}

pub fn changed(mut params: CertificateParams, change: impl Fn(&mut CertificateParams)) -> CertificateParams {
    change(&mut params);
    params
}

/// Replaces the only place where these bytes stand.
fn replace(der: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = der.windows(from.len()).enumerate().filter(|(_, window)| *window == from).map(|(place, _)| place).collect();
    let [place] = places[..] else { panic!("{from:x?} stands {} times", places.len()) };
    der[place..place + to.len()].copy_from_slice(to);
}

#[test]
fn a_sound_leaf_breaks_none() {
    for rule in [
        "structure",
        "encoding",
        "names",
        "serial-number",
        "criticality",
        "authority-extensions",
        "key-identifier-presence",
        "key-strength",
    ] {
        assert_eq!(of_leaf(rule, leaf, |_| {}), SOUND, "{rule}");
        assert_eq!(of_authority(rule, || authority("Middle")), SOUND, "{rule}");
    }
}

#[test]
fn a_version_that_does_not_allow_extensions_or_is_none_fails() {
    for version in [0, 1, 7] {
        assert_eq!(of_leaf("structure", leaf, |der| replace(der, &[0xa0, 3, 2, 1, 2], &[0xa0, 3, 2, 1, version])), BROKEN, "{version}");
    }
}

#[test]
fn an_extension_that_stands_twice_fails() {
    let twice = || {
        let mut leaf = leaf_with(&[1, 3, 9999, 1], &[5, 0], false);
        leaf.custom_extensions.push(extension(&[1, 3, 9999, 1], &[5, 0], false));
        leaf
    };
    assert_eq!(of_leaf("structure", twice, |_| {}), BROKEN);
}

#[test]
fn an_extension_that_every_verifier_decodes_fails_where_it_cannot_be_read() {
    // A subject alternative name that is text, not DER; and one with an address of five bytes.
    assert_eq!(of_leaf("structure", || leaf_with(&[2, 5, 29, 17], b"leaf.test", false), |_| {}), BROKEN);
    assert_eq!(of_leaf("structure", || leaf_with(&[2, 5, 29, 17], &[0x30, 7, 0x87, 5, 1, 2, 3, 4, 5], false), |_| {}), BROKEN);
    // Others do not insist on authority information access, nor on a list that is not empty.
    assert_eq!(of_leaf("structure", || leaf_with(&[1, 3, 6, 1, 5, 5, 7, 1, 1], b"x", false), |_| {}), LAPSE);
    assert_eq!(of_leaf("structure", || leaf_with(&[2, 5, 29, 17], &[0x30, 0], false), |_| {}), LAPSE);
}

#[test]
fn what_is_no_der_is_a_lapse() {
    // Bytes behind the value, a default written out, a length in more bytes than needed, trailing zeros, a name not in ASCII.
    for (oid, content) in [
        (&[2, 5, 29, 36][..], &[0x30, 4, 0x80, 2, 0, 1, 5, 0][..]),
        (&[2, 5, 29, 19], &[0x30, 3, 1, 1, 0]),
        (&[2, 5, 29, 37], &[0x30, 0x81, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1]),
        (&[2, 5, 29, 15], &[3, 3, 0, 0x80, 0]),
        (&[2, 5, 29, 17], &[0x30, 6, 0x82, 4, 0xc3, 0xa9, b'.', b'a']),
    ] {
        assert_eq!(of_leaf("encoding", || leaf_with(oid, content, false), |_| {}), LAPSE, "{oid:?}");
    }
    // Bytes behind basic constraints are refused by every verifier: what has them is malformed.
    assert_eq!(of_leaf("structure", || leaf_with(&[2, 5, 29, 19], &[0x30, 0, 5, 0], false), |_| {}), BROKEN);
    let critical = || leaf_with(&[2, 5, 29, 19], &[0x30, 0], true);
    assert_eq!(of_leaf("encoding", critical, |_| {}), SOUND);
    assert_eq!(of_leaf("encoding", critical, |der| replace(der, &[0x55, 0x1d, 19, 1, 1, 0xff], &[0x55, 0x1d, 19, 1, 1, 1])), LAPSE);
    assert_eq!(of_leaf("encoding", critical, |der| replace(der, &[0x55, 0x1d, 19, 1, 1, 0xff], &[0x55, 0x1d, 19, 1, 1, 0])), LAPSE);
    // A name with an `@` as a PrintableString, and as an invalid UTF8String.
    let named = || changed(leaf(), |leaf| leaf.distinguished_name.push(rcgen::DnType::OrganizationName, "Orga"));
    let name = [0x0c, 4, b'O', b'r', b'g', b'a'];
    assert_eq!(of_leaf("encoding", named, |_| {}), SOUND);
    assert_eq!(of_leaf("encoding", named, |der| replace(der, &name, &[0x13, 4, b'O', b'@', b'g', b'a'])), LAPSE);
    assert_eq!(of_leaf("encoding", named, |der| replace(der, &name, &[0x0c, 4, b'O', 0xff, b'g', b'a'])), LAPSE);
}

#[test]
fn a_generalized_time_before_2050_is_a_lapse() {
    let early = || {
        let mut leaf = leaf();
        leaf.not_after = rcgen::date_time_ymd(2050, 1, 1);
        leaf
    };
    assert_eq!(of_leaf("encoding", early, |_| {}), SOUND);
    assert_eq!(of_leaf("encoding", early, |der| replace(der, b"20500101000000Z", b"20490101000000Z")), LAPSE);
}

#[test]
fn names_keep_to_their_types_and_lengths() {
    let with = |kind: rcgen::DnType, value: rcgen::DnValue| {
        move || {
            let mut leaf = leaf();
            leaf.distinguished_name.push(kind.clone(), value.clone());
            leaf
        }
    };
    let country = |value: &str| rcgen::DnValue::Utf8String(value.to_owned());
    assert_eq!(
        of_leaf("names", with(rcgen::DnType::CountryName, rcgen::DnValue::PrintableString("DE".try_into().unwrap())), |_| {}),
        SOUND
    );
    assert_eq!(of_leaf("names", with(rcgen::DnType::CountryName, country("DE")), |_| {}), LAPSE);
    assert_eq!(of_leaf("names", with(rcgen::DnType::OrganizationName, country(&"x".repeat(65))), |_| {}), LAPSE);
}

#[test]
fn an_issuer_without_a_name_fails() {
    let (analysis, target) = judged(
        {
            let mut middle = authority("Middle");
            middle.distinguished_name = rcgen::DistinguishedName::new();
            middle
        },
        true,
        |_| {},
    );
    let findings = findings(&analysis, &target);
    assert_eq!((says(&findings, "names", Verdict::Fail), says(&findings, "names", Verdict::Caution)), (1, 1));
}

#[test]
fn a_serial_number_is_positive_and_at_most_20_octets_long() {
    let with = |serial: Vec<u8>| {
        move || {
            let mut leaf = leaf();
            leaf.serial_number = Some(serial.clone().into());
            leaf
        }
    };
    assert_eq!(of_leaf("serial-number", with(vec![0x7f; 20]), |_| {}), SOUND);
    assert_eq!(of_leaf("serial-number", with(vec![0x7f; 21]), |_| {}), LAPSE);
    assert_eq!(of_leaf("serial-number", with(vec![0]), |_| {}), LAPSE);
    let negative = |der: &mut Vec<u8>| replace(der, &[2, 4, 0x7f, 0x7e, 0x7d, 0x7c], &[2, 4, 0xff, 0x7e, 0x7d, 0x7c]);
    assert_eq!(of_leaf("serial-number", with(vec![0x7f, 0x7e, 0x7d, 0x7c]), negative), LAPSE);
}

#[test]
fn extensions_are_critical_where_they_must_be() {
    assert_eq!(of_leaf("criticality", || leaf_with(&[1, 3, 6, 1, 5, 5, 7, 1, 1], &[0x30, 0], true), |_| {}), LAPSE);
    assert_eq!(of_leaf("criticality", || leaf_with(&[2, 5, 29, 37], &[0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1], true), |_| {}), LAPSE);
    let soft = || {
        let mut middle = params("Middle", IsCa::NoCa);
        middle.custom_extensions = vec![extension(&[2, 5, 29, 19], &[0x30, 3, 1, 1, 0xff], false)];
        middle
    };
    assert_eq!(of_authority("criticality", soft), LAPSE);
}

#[test]
fn what_is_said_of_being_a_ca_goes_together() {
    let without_sign = || {
        let mut middle = authority("Middle");
        middle.key_usages = vec![KeyUsagePurpose::CrlSign];
        middle
    };
    assert_eq!(of_authority("authority-extensions", without_sign), LAPSE);
    let length_without_sign = || changed(without_sign(), |middle| middle.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)));
    assert_eq!(of_authority("authority-extensions", length_without_sign), LAPSE);
    let without_usage = || changed(authority("Middle"), |middle| middle.key_usages.clear());
    assert_eq!(of_authority("authority-extensions", without_usage), LAPSE);
    let signing_leaf = || changed(leaf(), |leaf| leaf.key_usages = vec![KeyUsagePurpose::KeyCertSign]);
    assert_eq!(of_leaf("authority-extensions", signing_leaf, |_| {}), LAPSE);
    // Name constraints: permitted, DNS `a`.
    let constrained = || leaf_with(&[2, 5, 29, 30], &[0x30, 7, 0xa0, 5, 0x30, 3, 0x82, 1, b'a'], false);
    assert_eq!(of_leaf("authority-extensions", constrained, |_| {}), LAPSE);
    let length = || leaf_with(&[2, 5, 29, 19], &[0x30, 3, 2, 1, 0], true);
    assert_eq!(of_leaf("authority-extensions", length, |_| {}), LAPSE);
    assert_eq!(of_authority("authority-extensions", || params("Middle", IsCa::Ca(BasicConstraints::Constrained(0)))), SOUND);
}

#[test]
fn keys_are_named() {
    let nameless = || changed(leaf(), |leaf| leaf.use_authority_key_identifier_extension = false);
    assert_eq!(of_leaf("key-identifier-presence", nameless, |_| {}), LAPSE);
    let unnamed = || {
        let mut middle = changed(params("Middle", IsCa::NoCa), |middle| middle.key_usages = authority("x").key_usages);
        let basic: CustomExtension = extension(&[2, 5, 29, 19], &[0x30, 3, 1, 1, 0xff], true);
        middle.custom_extensions = vec![basic];
        middle
    };
    assert_eq!(of_authority("key-identifier-presence", unnamed), LAPSE);
}

#[test]
fn an_anchor_is_not_held_to_how_its_certificate_is_written() {
    for (strict, verdict) in [(false, Verdict::NotApplicable), (true, Verdict::Fail)] {
        let mut root = authority("Root");
        root.serial_number = Some(vec![0].into());
        let policy = Policy { strict, ..Policy::at(AT) };
        let (analysis, target) = super::judged_as(policy, [leaf(), authority("Middle"), root], true, |_| {});
        assert_eq!(says(&findings(&analysis, &target), "serial-number", verdict), 1);
    }
}

#[test]
fn a_digest_that_can_be_forged_fails_where_the_signature_is_relied_on() {
    let sha256 = [0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let md5: &[u8] = &[0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4, 5, 0];
    let sha1: &[u8] = &[0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];
    // The outer algorithm is the last; the length of the whole is in the third and fourth byte.
    let with = |der: &mut Vec<u8>, algorithm: &[u8]| {
        let place = der.windows(sha256.len()).rposition(|window| window == sha256).unwrap();
        der.splice(place..place + sha256.len(), algorithm.iter().copied());
        let length = u16::try_from(der.len() - 4).unwrap().to_be_bytes();
        der[2..4].copy_from_slice(&length);
    };
    let said = |purpose, at, strict, place: usize, algorithm: &[u8]| {
        let policy = Policy { strict, purpose: Some(purpose), ..Policy::at(at) };
        let chain = [leaf(), authority("Middle"), authority("Root")];
        let (analysis, target) = super::judged_as(policy, chain, true, |ders| with(&mut ders[place], algorithm));
        let id = target.paths[0].path.certificates[place];
        let findings = findings(&analysis, &target);
        findings
            .into_iter()
            .find(|finding| finding.rule.word() == "signature-strength" && finding.place.certificate() == id)
            .unwrap()
            .verdict
    };
    let then = Time(1_400_000_000);
    assert_eq!(said(Purpose::Any, then, false, 1, md5), Verdict::Fail);
    assert_eq!(said(Purpose::Any, AT, false, 0, sha1), Verdict::Caution);
    assert_eq!(said(Purpose::Any, AT, true, 0, sha1), Verdict::Fail);
    assert_eq!(said(Purpose::Server, then, false, 0, sha1), Verdict::Caution);
    assert_eq!(said(Purpose::Server, AT, false, 1, sha1), Verdict::Fail);
    assert_eq!(said(Purpose::Server, AT, false, 1, &sha256), Verdict::Pass);
    assert_eq!(said(Purpose::Server, AT, true, 2, md5), Verdict::NotApplicable);
}

#[test]
fn what_is_distrusted_fails_wherever_it_stands() {
    let mut sums = Vec::new();
    let (analysis, target) = judged(authority("Middle"), true, |_| {});
    for place in 0..3 {
        let certificate = analysis.pool.certificate(target.paths[0].path.certificates[place]);
        sums.extend([certificate.sha256, certificate.spki_sha256]);
    }
    for distrusted in sums {
        let mut analysis = analysis.clone();
        analysis.policy.distrusted.insert(distrusted);
        let target = analysis.judge(target.target);
        assert_eq!(target.verdict, PathVerdict::Invalid);
        let findings = findings(&analysis, &target);
        assert_eq!((says(&findings, "distrust", Verdict::Fail), says(&findings, "distrust", Verdict::Pass)), (1, 2));
    }
}

#[test]
fn every_flipped_byte_of_a_real_leaf_is_judged_and_said() {
    let pem = include_str!("../../samples/lets-encrypt-2026/leaf.pem");
    let der = pem::parse(pem).unwrap().into_contents();
    let mut judged = 0;
    for place in 0..der.len() {
        for value in [0, 0x80, 0xff, der[place] ^ 1, der[place] ^ 0x20] {
            let mut changed = der.clone();
            changed[place] = value;
            let Ok(certificate) = crossroots::cert::Certificate::from_der(&changed) else { continue };
            let mut pool = crossroots::chain::Pool::default();
            let id = pool.add(certificate, crossroots::cert::Origin::Stdin { block: None });
            let policy = Policy { purpose: Some(Purpose::Server), ..Policy::at(AT) };
            let trust = crossroots::chain::Trust::default();
            let analysis = crossroots::analysis::Analysis::new(pool, trust, policy, None).unwrap();
            let labels = crossroots::words::Labels::new(&analysis.graph, &[analysis.graph.entity_of(id)]);
            for finding in analysis.findings_of(id, Wants::Everything) {
                let words = crossroots::words::finding_words(&analysis, &labels, &finding);
                assert!(!words.is_empty() && !words.contains(char::is_control), "{words:?}");
                judged += 1;
            }
        }
    }
    assert!(judged > 50_000, "{judged}");
}

#[test]
fn a_key_usage_that_cannot_be_read_allows_no_purpose() {
    // Seven bits are unused, and keyCertSign is set among them: who ignores the count reads a CA's.
    assert_eq!(of_leaf("key-usage-for-purpose", || leaf_with(&[2, 5, 29, 15], &[3, 2, 7, 0x84], true), |_| {}), BROKEN);
    assert_eq!(of_leaf("key-usage-for-purpose", || leaf_with(&[2, 5, 29, 15], &[3, 2, 7, 0x80], true), |_| {}), SOUND);
}
