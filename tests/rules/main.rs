//! Certificates made to break one rule each: which rule says what, and of whom.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod certificates;
mod constraints;
mod cut_off;
#[path = "../der/mod.rs"]
mod der;
mod host_names;
mod issuers;
mod keys;
mod limbo;
mod mutants;
mod namesakes;
mod odd;
mod real;
mod servers;
mod transparency;

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Budget, Judgement, Limit};
use crossroots::cert::{Certificate, Origin, Time};
use crossroots::chain::{End, Pool, Store, Trust};
use crossroots::check::{Allowance, FactName, Finding, Host, Naming, PathVerdict, Policy, PolicyInputs, Purpose, Value, Verdict};
use crossroots::words::{Labels, finding_words};
use crossroots::worker::check_links;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, SanType,
};

use certificates::leaf_with;

const AT: Time = Time(1_795_305_600);

fn params(name: &str, is_ca: IsCa) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = is_ca;
    params.use_authority_key_identifier_extension = true;
    if matches!(params.is_ca, IsCa::Ca(_)) {
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    }
    params
}

fn authority(name: &str) -> CertificateParams {
    params(name, IsCa::Ca(BasicConstraints::Unconstrained))
}

/// A leaf, an intermediate as `middle` has it, and a root; `change` may alter the DER of the three.
fn judged(middle: CertificateParams, trusted: bool, change: impl Fn(&mut [Vec<u8>; 3])) -> (Analysis, Judgement) {
    judged_as(Policy::at(AT), [params("leaf", IsCa::NoCa), middle, authority("Root")], trusted, change)
}

/// A trusted chain, judged by a policy.
fn judged_by(policy: Policy, leaf: CertificateParams, middle: CertificateParams) -> (Analysis, Judgement) {
    judged_as(policy, [leaf, middle, authority("Root")], true, |_| {})
}

fn judged_as(
    policy: Policy,
    [leaf, middle, root]: [CertificateParams; 3],
    trusted: bool,
    change: impl Fn(&mut [Vec<u8>; 3]),
) -> (Analysis, Judgement) {
    let keys = [0; 3].map(|_| KeyPair::generate().unwrap());
    let leaf = leaf.signed_by(&keys[0], &Issuer::from_params(&middle, &keys[1])).unwrap().der().to_vec();
    let middle = middle.signed_by(&keys[1], &Issuer::from_params(&root, &keys[2])).unwrap().der().to_vec();
    let mut ders = [leaf, middle, root.self_signed(&keys[2]).unwrap().der().to_vec()];
    change(&mut ders);
    let mut pool = Pool::default();
    let ids = ders.map(|der| pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None }));
    let anchors = if trusted { vec![ids[2]] } else { Vec::new() };
    let mut analysis = Analysis::new(pool, Trust::new(vec![Store { name: "own".to_owned(), anchors }]), policy, Some("leaf")).unwrap();
    let pool = Arc::clone(&analysis.pool);
    check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
    let target = analysis.judge(ids[0]);
    (analysis, target)
}

fn findings(_: &Analysis, target: &Judgement) -> Vec<Finding> {
    target.explain(0)
}

fn says(findings: &[Finding], rule: &str, verdict: Verdict) -> usize {
    findings.iter().filter(|finding| finding.rule.word() == rule && finding.verdict == verdict).count()
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
    let is_no_objection =
        |finding: &Finding| matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable) || finding.is_for_want_of_data();
    assert!(findings(&analysis, &target).iter().all(is_no_objection));
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
    assert_eq!((failing.len(), failing[0].rule.word()), (1, "signature"));
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

fn server(names: &[&str]) -> CertificateParams {
    let mut leaf = params("leaf", IsCa::NoCa);
    leaf.subject_alt_names = names.iter().map(|name| SanType::DnsName((*name).try_into().unwrap())).collect();
    leaf
}

fn constrained(permitted: &[&str], excluded: &[&str]) -> CertificateParams {
    let mut middle = authority("Middle");
    let trees = |names: &[&str]| names.iter().map(|name| GeneralSubtree::DnsName((*name).to_owned())).collect();
    middle.name_constraints = Some(NameConstraints { permitted_subtrees: trees(permitted), excluded_subtrees: trees(excluded) });
    middle
}

#[test]
fn names_below_a_constrained_ca_are_held_to_it() {
    for (names, permitted, excluded, verdict) in [
        (&["a.example.org"][..], &["example.org"][..], &[][..], Verdict::Pass),
        (&["a.example.org", "example.net"], &["example.org"], &[], Verdict::Fail),
        (&["a.example.org"], &["example.org"], &["a.example.org"], Verdict::Fail),
        (&["b.example.org"], &[], &["a.example.org"], Verdict::Pass),
        (&["*.example.org"], &[], &["a.example.org"], Verdict::Fail),
    ] {
        let (analysis, target) = judged_by(Policy::at(AT), server(names), constrained(permitted, excluded));
        assert_eq!(says(&findings(&analysis, &target), "name-constraints", verdict), 1, "{names:?} {permitted:?} {excluded:?}");
        assert_eq!(target.verdict == PathVerdict::Valid, verdict == Verdict::Pass);
    }
}

#[test]
fn permitted_subtrees_are_told_one_by_one_and_how_many_more_there_are() {
    let trees: Vec<String> = (0..10).map(|number| format!("b{number}.example.org")).collect();
    let trees: Vec<&str> = trees.iter().map(String::as_str).collect();
    let (analysis, target) = judged_by(Policy::at(AT), server(&["a.example.org"]), constrained(&trees, &[]));
    let found = target.paths[0].findings.iter().find(|finding| finding.rule.word() == "name-constraints").unwrap();
    assert_eq!(found.facts.iter().filter(|fact| fact.name == FactName::Permitted).count(), 8);
    let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), found);
    assert!(words.ends_with("outside the permitted subtrees b0.example.org, b1.example.org, b2.example.org, b3.example.org, b4.example.org, b5.example.org, b6.example.org, b7.example.org and 2 more"), "{words}");
}

#[test]
fn too_many_comparisons_of_names_end_at_a_limit_that_is_named() {
    let names: Vec<String> = (0..1_100).map(|number| format!("a{number}.example.org")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let trees: Vec<String> = (0..1_000).map(|number| format!("b{number}.example.org")).collect();
    let trees: Vec<&str> = trees.iter().map(String::as_str).collect();
    let (analysis, target) = judged_by(Policy::at(AT), server(&names), constrained(&[], &trees));
    let findings = findings(&analysis, &target);
    assert_eq!((target.verdict, says(&findings, "name-constraints", Verdict::Unknown)), (PathVerdict::Unknown, 1));
    let found = findings.iter().find(|finding| finding.rule.word() == "name-constraints").unwrap();
    assert_eq!(found.fact(FactName::Limit), Some(&Value::Number(1 << 20)));
    let spent = |target: &Judgement| target.spent.iter().map(|spent| (spent.limit, spent.value)).collect::<Vec<_>>();
    assert_eq!(spent(&target), [(Limit::ComparisonsOfPair, 1 << 20)]);
    // What all comparisons together may cost is another limit.
    let (analysis, target) = judged_by(Policy::at(AT), server(&names[..10]), constrained(&[], &trees[..10]));
    let allowance = Allowance { name_comparisons: 7, ..Budget::default().allowance };
    let target = Judgement::new(Arc::new(analysis), target.target, &Budget { allowance, ..Budget::default() });
    let found = target.paths[0].findings.iter().find(|finding| finding.rule.word() == "name-constraints").unwrap();
    assert_eq!(found.fact(FactName::Limit), Some(&Value::Number(7)));
    assert_eq!(spent(&target), [(Limit::NameComparisons, 7)]);
    // Under a larger budget it is not taken over: at the same time of another judgement all is compared.
    let again = target.again(Arc::clone(&target.analysis), &Budget::default());
    let anew = Judgement::new(Arc::clone(&target.analysis), target.target, &Budget::default());
    assert_eq!((spent(&again), again.verdict), (Vec::new(), anew.verdict));
    assert_eq!(again.paths[0].findings, anew.paths[0].findings);
    assert_ne!(again.paths[0].findings, target.paths[0].findings);
}

/// The small meter of a second look at a path runs out where that of the judgement had enough: what passed stays passed.
#[test]
fn what_a_small_second_look_leaves_open_was_judged_before() {
    let names: Vec<String> = (0..300).map(|number| format!("a{number}.example.org")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let trees: Vec<String> = (0..300).map(|number| format!("b{number}.example.org")).collect();
    let trees: Vec<&str> = trees.iter().map(String::as_str).collect();
    assert!(names.len() * trees.len() > Budget::first_look().allowance.name_comparisons);
    let (_, target) = judged_by(Policy::at(AT), server(&names), constrained(&[], &trees));
    let of_names = |found: &Finding| found.rule.word() == "name-constraints" && found.verdict <= Verdict::Caution;
    assert!(!target.paths[0].findings.iter().any(|found| of_names(found)));
    let explained = target.explain(0);
    assert!(!explained.iter().any(of_names), "{explained:?}");
    assert!(explained.iter().any(|found| found.rule.word() == "name-constraints" && found.verdict == Verdict::Pass));
}

#[test]
fn a_purpose_that_does_not_belong_beside_another_is_what_the_sentence_names() {
    let [server, code, email, time] = [1, 3, 4, 8];
    let misplaced =
        |named: &str, purpose: &str| format!("leaf names {named} (EKU), which does not belong in a certificate for {purpose} use");
    let only = "leaf may not be used for time-stamping, only for codeSigning, emailProtection".to_owned();
    for (purpose, named, expected) in [
        (Purpose::Server, [server, code], misplaced("codeSigning", "server")),
        (Purpose::CodeSigning, [code, server], misplaced("serverAuth", "code-signing")),
        (Purpose::TimeStamping, [time, email], misplaced("emailProtection", "time-stamping")),
        (Purpose::TimeStamping, [code, email], only),
    ] {
        let oids: Vec<u8> = named.iter().flat_map(|last| [6, 8, 0x2b, 6, 1, 5, 5, 7, 3, *last]).collect();
        let leaf = leaf_with(&[2, 5, 29, 37], &[&[0x30, 20], &oids[..]].concat(), true);
        let (analysis, target) = judged_by(Policy { purpose: Some(purpose), ..Policy::at(AT) }, leaf, authority("Middle"));
        let labels = Labels::new(&analysis.graph, &target.entities);
        let found = target.paths[0].findings.iter().find(|finding| finding.rule.word() == "purpose").unwrap();
        assert_eq!(finding_words(&analysis, &labels, found), expected);
    }
}

#[test]
fn constraints_of_an_anchor_bind_only_where_the_policy_says_so() {
    let root = || {
        let mut root = authority("Root");
        root.name_constraints = constrained(&["example.net"], &[]).name_constraints;
        root
    };
    let chain = || [server(&["a.example.org"]), authority("Middle"), root()];
    assert_eq!(judged_as(Policy::at(AT), chain(), true, |_| {}).1.verdict, PathVerdict::Valid);
    let policy = Policy { anchor_constraints: true, ..Policy::at(AT) };
    assert_eq!(judged_as(policy, chain(), true, |_| {}).1.verdict, PathVerdict::Invalid);
}

#[test]
fn a_purpose_is_nested_along_the_path() {
    let with = |mut params: CertificateParams, usages: &[ExtendedKeyUsagePurpose]| {
        params.extended_key_usages = usages.to_vec();
        params
    };
    use ExtendedKeyUsagePurpose::{Any, ClientAuth, EmailProtection, ServerAuth};
    for (leaf, middle, naming, verdict) in [
        (&[][..], &[][..], Naming::Assumed, PathVerdict::Valid),
        (&[ServerAuth], &[], Naming::Assumed, PathVerdict::Valid),
        (&[EmailProtection], &[], Naming::Assumed, PathVerdict::Invalid),
        (&[ServerAuth], &[EmailProtection], Naming::Assumed, PathVerdict::Invalid),
        (&[Any], &[ServerAuth, ClientAuth], Naming::Assumed, PathVerdict::Valid),
        (&[Any], &[], Naming::OnTarget, PathVerdict::Invalid),
        (&[], &[], Naming::OnTarget, PathVerdict::Invalid),
        (&[ServerAuth], &[Any], Naming::OnTarget, PathVerdict::Valid),
        (&[ServerAuth], &[Any], Naming::Everywhere, PathVerdict::Invalid),
    ] {
        let policy = Policy { purpose: Some(Purpose::Server), naming, ..Policy::at(AT) };
        let (_, target) = judged_by(policy, with(server(&["a.example.org"]), leaf), with(authority("Middle"), middle));
        assert_eq!(target.verdict, verdict, "{leaf:?} below {middle:?}, {naming:?}");
    }
}

#[test]
fn a_key_usage_that_does_not_fit_mail_is_a_caution_and_a_failure_where_policy_is_strict() {
    let mut leaf = server(&["a.example.org"]);
    leaf.key_usages = vec![rcgen::KeyUsagePurpose::DataEncipherment];
    let policy = Policy { purpose: Some(Purpose::Email), ..Policy::at(AT) };
    let (analysis, target) = judged_by(policy.clone(), leaf.clone(), authority("Middle"));
    let said = says(&findings(&analysis, &target), "key-usage-for-purpose", Verdict::Caution);
    assert_eq!((target.verdict, said), (PathVerdict::Valid, 1));
    let (analysis, target) = judged_by(Policy { strict: true, ..policy }, leaf, authority("Middle"));
    assert_eq!(says(&findings(&analysis, &target), "key-usage-for-purpose", Verdict::Fail), 1);
}

#[test]
fn a_host_is_held_to_the_alternative_names_and_never_to_the_common_name() {
    for (names, host, verdict) in [
        (&["example.org"][..], "EXAMPLE.org", PathVerdict::Valid),
        (&["*.example.org"], "a.example.org", PathVerdict::Valid),
        (&["*.example.org"], "example.org", PathVerdict::Invalid),
        (&[], "leaf", PathVerdict::Invalid),
    ] {
        let policy = Policy { host: Some(Host::parse(host).unwrap()), ..Policy::at(AT) };
        let (analysis, target) = judged_by(policy, server(names), authority("Middle"));
        assert_eq!(target.verdict, verdict, "{names:?} for {host}");
        let failed = says(&findings(&analysis, &target), "host", Verdict::Fail);
        assert_eq!(failed, usize::from(verdict == PathVerdict::Invalid));
    }
}

/// CertificatePolicies of policies 1.2.`last`.
fn policies(params: CertificateParams, last: &[u8]) -> CertificateParams {
    let information = last.iter().flat_map(|last| [0x30, 4, 6, 2, 0x2a, *last]).collect::<Vec<u8>>();
    let mut content = vec![0x30, u8::try_from(information.len()).unwrap()];
    content.extend(information);
    let mut params = params;
    params.custom_extensions.push(extension(&[2, 5, 29, 32], &content, false));
    params
}

#[test]
fn a_required_policy_runs_from_the_anchor_to_the_target() {
    let required = PolicyInputs { require_explicit: true, ..PolicyInputs::default() };
    let accepted = PolicyInputs { initial: ["1.2.7".to_owned()].into(), ..required.clone() };
    for (leaf, middle, inputs, verdict) in [
        (&[3][..], &[3, 4][..], &required, PathVerdict::Valid),
        (&[3], &[4], &required, PathVerdict::Invalid),
        (&[], &[4], &required, PathVerdict::Invalid),
        (&[3], &[4], &PolicyInputs::default(), PathVerdict::Valid),
        (&[3], &[3], &accepted, PathVerdict::Invalid),
        (&[7], &[3, 7], &accepted, PathVerdict::Valid),
    ] {
        let policy = Policy { policies: inputs.clone(), ..Policy::at(AT) };
        let with = |params, last: &[u8]| if last.is_empty() { params } else { policies(params, last) };
        let (analysis, target) = judged_by(policy, with(server(&["a.test"]), leaf), with(authority("Middle"), middle));
        assert_eq!(target.verdict, verdict, "{leaf:?} below {middle:?}, {inputs:?}");
        let failed = says(&findings(&analysis, &target), "policies", Verdict::Fail);
        assert_eq!(failed, usize::from(verdict == PathVerdict::Invalid));
    }
}

#[test]
fn a_policy_that_stands_twice_is_refused() {
    let (analysis, target) = judged_by(Policy::at(AT), server(&["a.test"]), policies(authority("Middle"), &[3, 3]));
    assert_eq!(says(&findings(&analysis, &target), "policies", Verdict::Fail), 1);
}
