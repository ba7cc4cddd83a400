//! What a certificate says of its issuer's, and what its key may do: the values that OpenSSL compares.

use crossroots::check::{FactName, PathVerdict, Policy, Purpose, Verdict};
use crossroots::words::{Labels, finding_words};
use rcgen::{CertificateParams, IsCa, KeyUsagePurpose};

use super::{AT, authority, extension, findings, judged_as, judged_by, params, says};

/// DER of one element.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
}

fn common_name(name: &str) -> Vec<u8> {
    let attribute = [tlv(6, &[0x55, 4, 3]), tlv(0x0c, name.as_bytes())].concat();
    tlv(0x30, &tlv(0x31, &tlv(0x30, &attribute)))
}

/// An authority key identifier: issuer and serial number, each where it is given.
fn leaf(issuer: Option<&str>, serial: Option<&[u8]>) -> CertificateParams {
    let mut leaf = params("leaf", IsCa::NoCa);
    leaf.use_authority_key_identifier_extension = false;
    let issuer = issuer.map_or_else(Vec::new, |name| tlv(0xa1, &tlv(0xa4, &common_name(name))));
    let serial = serial.map_or_else(Vec::new, |serial| tlv(0x82, serial));
    leaf.custom_extensions.push(extension(&[2, 5, 29, 35], &tlv(0x30, &[issuer, serial].concat()), false));
    leaf
}

fn middle() -> CertificateParams {
    let mut middle = authority("Middle");
    middle.serial_number = Some(rcgen::SerialNumber::from(vec![0x4a, 0x01]));
    middle
}

#[test]
fn issuer_and_serial_number_of_the_authority_key_identifier_are_compared() {
    let own: &[u8] = &[0x4a, 0x01];
    for (issuer, serial, verdict) in [
        (Some("Root"), Some(own), Verdict::Pass),
        (Some("root"), Some(own), Verdict::Pass),
        // Its subject instead of its issuer: openssl/openssl#28246.
        (Some("Middle"), Some(own), Verdict::Caution),
        (Some("Root"), Some(&[0x4a, 0x02]), Verdict::Caution),
        (Some("Root"), Some(&[0x00, 0x4a, 0x01]), Verdict::Caution),
        (None, Some(own), Verdict::Pass),
        (None, Some(&[1]), Verdict::Caution),
        (Some("Root"), None, Verdict::Pass),
        (Some("Other"), None, Verdict::Caution),
        (None, None, Verdict::NotApplicable),
    ] {
        let (analysis, target) = judged_by(Policy::at(AT), leaf(issuer, serial), middle());
        assert_eq!(target.verdict, PathVerdict::Valid, "{issuer:?} {serial:?}");
        let findings = findings(&analysis, &target);
        let of_leaf =
            |finding: &&crossroots::check::Finding| finding.rule.word() == "key-identifier" && finding.place.certificate() == target.target;
        let finding = findings.iter().find(of_leaf).unwrap();
        assert_eq!(finding.verdict, verdict, "{issuer:?} {serial:?}");
        let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), finding);
        if verdict == Verdict::Caution {
            assert!(words.contains("names another certificate than that of Middle: "), "{words}");
            assert!(finding.fact(FactName::SerialNumberAbove).is_some() && finding.fact(FactName::IssuerNameAbove).is_some());
        }
        let strict = Policy { strict: true, ..Policy::at(AT) };
        let (analysis, target) = judged_by(strict, leaf(issuer, serial), middle());
        let fails = says(&super::findings(&analysis, &target), "key-identifier", Verdict::Fail);
        assert_eq!(fails, usize::from(verdict == Verdict::Caution), "{issuer:?} {serial:?}");
    }
    let (analysis, target) = judged_by(Policy::at(AT), leaf(Some("Middle"), Some(own)), middle());
    let findings = findings(&analysis, &target);
    let finding = findings.iter().find(|finding| finding.rule.word() == "key-identifier" && finding.verdict == Verdict::Caution).unwrap();
    let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), finding);
    assert!(words.ends_with("issuer CN=Middle, not CN=Root"), "{words}");
}

#[test]
fn a_key_that_may_not_take_part_in_a_handshake_fails_for_server_and_client() {
    use KeyUsagePurpose as K;
    for (usages, server, client) in [
        (vec![], Verdict::Pass, Verdict::Pass),
        (vec![K::DigitalSignature], Verdict::Pass, Verdict::Pass),
        (vec![K::DigitalSignature, K::KeyEncipherment], Verdict::Pass, Verdict::Pass),
        (vec![K::KeyEncipherment], Verdict::Caution, Verdict::Fail),
        (vec![K::KeyAgreement], Verdict::Caution, Verdict::Caution),
        (vec![K::CrlSign], Verdict::Fail, Verdict::Fail),
        (vec![K::ContentCommitment], Verdict::Fail, Verdict::Fail),
        (vec![K::DataEncipherment], Verdict::Fail, Verdict::Fail),
        (vec![K::ContentCommitment, K::DataEncipherment], Verdict::Fail, Verdict::Fail),
        (vec![K::CrlSign, K::KeyEncipherment], Verdict::Caution, Verdict::Fail),
    ] {
        for (purpose, verdict) in [(Purpose::Server, server), (Purpose::Client, client)] {
            let mut leaf = params("leaf", IsCa::NoCa);
            leaf.key_usages.clone_from(&usages);
            let policy = Policy { purpose: Some(purpose), ..Policy::at(AT) };
            let (analysis, target) = judged_by(policy, leaf, authority("Middle"));
            let findings = findings(&analysis, &target);
            assert_eq!(says(&findings, "key-usage-for-purpose", verdict), 1, "{usages:?} {purpose:?}");
            assert_eq!(target.verdict == PathVerdict::Invalid, verdict == Verdict::Fail, "{usages:?} {purpose:?}");
        }
    }
}

#[test]
fn an_anchor_that_is_no_ca_is_a_caution_that_says_who_refuses_it() {
    let root = params("Root", IsCa::ExplicitNoCa);
    let (analysis, target) = judged_as(Policy::at(AT), [params("leaf", IsCa::NoCa), authority("Middle"), root], true, |_| {});
    let all = findings(&analysis, &target);
    let said = all.iter().find(|finding| finding.rule.word() == "basic-constraints" && finding.verdict == Verdict::Caution).unwrap();
    let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), said);
    assert!(words.contains("OpenSSL and Go refuse it"), "{words}");
    assert_eq!(target.verdict, PathVerdict::Valid);
}

#[test]
fn where_the_issuer_gives_no_revocation_information_none_is_asked_for() {
    let no_revocation = || extension(&[2, 5, 29, 56], &[5, 0], false);
    for (of_leaf, of_authority, verdict) in [
        (true, false, Verdict::NotApplicable),
        (false, false, Verdict::Fail),
        // RFC 9608 4: no CA goes without.
        (false, true, Verdict::Fail),
    ] {
        let (mut leaf, mut middle) = (params("leaf", IsCa::NoCa), authority("Middle"));
        leaf.custom_extensions.extend(of_leaf.then(no_revocation));
        middle.custom_extensions.extend(of_authority.then(no_revocation));
        let policy = Policy { require_revocation: true, ..Policy::at(AT) };
        let (analysis, target) = judged_by(policy, leaf, middle);
        let all = findings(&analysis, &target);
        let said = all.iter().find(|finding| finding.rule.word() == "revocation" && finding.place.certificate() == target.target).unwrap();
        assert_eq!(said.verdict, verdict, "{of_leaf} {of_authority}");
        assert_eq!(says(&all, "authority-extensions", Verdict::Caution), usize::from(of_authority));
    }
    let mut both = params("leaf", IsCa::NoCa);
    both.custom_extensions.push(no_revocation());
    both.crl_distribution_points = vec![rcgen::CrlDistributionPoint { uris: vec!["http://crl.test/".to_owned()] }];
    let (analysis, target) = judged_by(Policy::at(AT), both, authority("Middle"));
    assert_eq!(says(&findings(&analysis, &target), "authority-extensions", Verdict::Caution), 1);
}
