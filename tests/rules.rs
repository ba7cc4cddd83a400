//! Certificates made to break one rule each: which rule says what, and of whom.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::ops::ControlFlow;

use crossroots::analysis::{Analysis, Target};
use crossroots::cert::{Certificate, Origin, Time};
use crossroots::chain::{End, Pool, Store, Trust};
use crossroots::check::{Finding, PathVerdict, Policy, Verdict};
use crossroots::worker::check_links;
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, GeneralSubtree, IsCa, Issuer, KeyPair, NameConstraints};

const AT: Time = Time(1_795_305_600);

fn params(name: &str, is_ca: IsCa) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = is_ca;
    params
}

fn authority(name: &str) -> CertificateParams {
    params(name, IsCa::Ca(BasicConstraints::Unconstrained))
}

/// A leaf, an intermediate as `middle` has it, and a root; `change` may alter the DER of the three.
fn judged(middle: CertificateParams, trusted: bool, change: impl Fn(&mut [Vec<u8>; 3])) -> (Analysis, Target) {
    let keys = [0; 3].map(|_| KeyPair::generate().unwrap());
    let root = authority("Root");
    let leaf = params("leaf", IsCa::NoCa).signed_by(&keys[0], &Issuer::from_params(&middle, &keys[1])).unwrap().der().to_vec();
    let middle = middle.signed_by(&keys[1], &Issuer::from_params(&root, &keys[2])).unwrap().der().to_vec();
    let mut ders = [leaf, middle, root.self_signed(&keys[2]).unwrap().der().to_vec()];
    change(&mut ders);
    let mut pool = Pool::default();
    let ids = ders.map(|der| pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None }));
    let anchors = if trusted { vec![ids[2]] } else { Vec::new() };
    let mut analysis =
        Analysis::new(pool, Trust::new(vec![Store { name: "own".to_owned(), anchors }]), Policy::at(AT), Some("leaf")).unwrap();
    let pool = std::sync::Arc::clone(&analysis.pool);
    check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
    let target = analysis.examine(ids[0]);
    (analysis, target)
}

fn findings(analysis: &Analysis, target: &Target) -> Vec<Finding> {
    analysis.findings(&target.paths[0].path)
}

fn says(findings: &[Finding], rule: &str, verdict: Verdict) -> usize {
    findings.iter().filter(|finding| finding.rule == rule && finding.verdict == verdict).count()
}

fn extension(oid: &[u64], content: &[u8], critical: bool) -> CustomExtension {
    let mut extension = CustomExtension::from_oid_content(oid, content.to_vec());
    extension.set_criticality(critical);
    extension
}

#[test]
fn a_sound_chain_is_valid() {
    let (analysis, target) = judged(authority("Middle"), true, |_| {});
    assert_eq!(target.verdict, PathVerdict::Valid);
    assert!(findings(&analysis, &target).iter().all(|finding| matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable)));
}

#[test]
fn name_constraints_that_no_rule_processes_are_not_passed_over() {
    let mut middle = authority("Middle");
    let permitted = vec![GeneralSubtree::DnsName("nothing.example".to_owned())];
    middle.name_constraints = Some(NameConstraints { permitted_subtrees: permitted, excluded_subtrees: Vec::new() });
    let (analysis, target) = judged(middle, true, |_| {});
    assert_eq!(target.verdict, PathVerdict::Unknown);
    assert_eq!(says(&findings(&analysis, &target), "critical-extension", Verdict::Unknown), 1);
}

#[test]
fn an_unknown_critical_extension_fails() {
    let mut middle = authority("Middle");
    middle.custom_extensions.push(extension(&[1, 3, 9999, 1], &[5, 0], true));
    let (analysis, target) = judged(middle, true, |_| {});
    assert_eq!(target.verdict, PathVerdict::Invalid);
    assert_eq!(says(&findings(&analysis, &target), "critical-extension", Verdict::Fail), 1);
}

#[test]
fn a_key_usage_that_cannot_be_read_is_not_an_absent_one() {
    let mut middle = authority("Middle");
    middle.key_usages.clear();
    middle.custom_extensions.push(extension(&[2, 5, 29, 15], &[4, 1, 0x80], false));
    let (analysis, target) = judged(middle, true, |_| {});
    assert_eq!(says(&findings(&analysis, &target), "key-usage", Verdict::Fail), 1);
    assert_eq!(target.verdict, PathVerdict::Invalid);
}

#[test]
fn what_is_no_ca_may_not_issue_and_what_may_not_sign_neither() {
    let (analysis, target) = judged(params("Middle", IsCa::ExplicitNoCa), true, |_| {});
    assert_eq!(says(&findings(&analysis, &target), "basic-constraints", Verdict::Fail), 1);
    let mut middle = authority("Middle");
    middle.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
    let (analysis, target) = judged(middle, true, |_| {});
    assert_eq!((target.verdict, says(&findings(&analysis, &target), "key-usage", Verdict::Fail)), (PathVerdict::Invalid, 1));
}

#[test]
fn a_root_that_its_own_key_did_not_sign_says_so_where_it_is_no_anchor() {
    let alter = |ders: &mut [Vec<u8>; 3]| {
        if let Some(last) = ders[2].last_mut() {
            *last ^= 1;
        }
    };
    let (analysis, target) = judged(authority("Middle"), false, alter);
    assert_eq!((target.paths.len(), target.paths[0].path.end, target.verdict), (1, End::MissingIssuer, PathVerdict::Invalid));
    let failing: Vec<Finding> = findings(&analysis, &target).into_iter().filter(|finding| finding.verdict == Verdict::Fail).collect();
    assert_eq!((failing.len(), failing[0].rule), (1, "signature"));
    assert_eq!(Some(&failing[0].place.certificate()), target.paths[0].path.certificates.last());
    // An anchor is a name and a key: nobody asks who signed it.
    let (_, target) = judged(authority("Middle"), true, alter);
    assert_eq!(target.verdict, PathVerdict::Valid);
}

#[test]
fn a_different_algorithm_outside_fails() {
    // The outer AlgorithmIdentifier is the last one: ecdsa-with-SHA256 becomes ecdsa-with-SHA384.
    let oid = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let alter = |ders: &mut [Vec<u8>; 3]| {
        let place = ders[1].windows(oid.len()).rposition(|window| window == oid).unwrap();
        ders[1][place + oid.len() - 1] = 3;
    };
    let (analysis, target) = judged(authority("Middle"), true, alter);
    assert_eq!(says(&findings(&analysis, &target), "algorithm-match", Verdict::Fail), 1);
}

#[test]
fn a_path_length_is_held() {
    let mut root = judged(authority("Middle"), true, |_| {});
    assert_eq!(says(&findings(&root.0, &root.1), "path-length", Verdict::Fail), 0);
    root = judged(params("Middle", IsCa::Ca(BasicConstraints::Constrained(0))), true, |_| {});
    assert_eq!(says(&findings(&root.0, &root.1), "path-length", Verdict::Pass), 1);
}

#[test]
fn an_end_in_no_store_is_untrusted_and_no_failure() {
    let (_, target) = judged(authority("Middle"), false, |_| {});
    assert_eq!((target.verdict, target.paths[0].path.end), (PathVerdict::Untrusted, End::SelfSigned));
}
