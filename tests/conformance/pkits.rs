//! NIST PKITS, as BoringSSL lists its cases: an anchor, the certificates down to a target, CRLs and the policy inputs.

use std::collections::BTreeSet;
use std::path::Path;

use crossroots::cert::Time;
use crossroots::check::{Policy, PolicyInputs, Purpose};

use crate::case::{Anchor, Asked, Case, Expected, Failure, Shown};
use crate::corpus::{corpus, json};
use crate::exceptions::hold;

/// The time that BoringSSL judges PKITS at; its certificates are valid 2010-2030 unless a case is about dates.
const TIME: &str = "2011-04-15T00:00:00Z";

/// What the invalid cases of a section fail by; that they fail is not enough.
const SECTIONS: &[(&str, &[(&str, Shown)])] = &[
    ("PkitsTest01", &[("signature", Shown::Anywhere)]),
    ("PkitsTest02", &[("validity", Shown::Anywhere)]),
    // A name that does not match is no link: the issuer is missing.
    ("PkitsTest03", &[("trust", Shown::Anywhere)]),
    ("PkitsTest04", &[("revocation", Shown::Anywhere)]),
    ("PkitsTest05", &[("revocation", Shown::Anywhere), ("key-usage", Shown::Anywhere)]),
    ("PkitsTest06", &[("basic-constraints", Shown::Anywhere), ("path-length", Shown::Anywhere)]),
    ("PkitsTest07", &[("key-usage", Shown::Anywhere), ("revocation", Shown::Anywhere)]),
    ("PkitsTest08", &[("policies", Shown::Anywhere)]),
    ("PkitsTest09", &[("policies", Shown::Anywhere)]),
    ("PkitsTest10", &[("policies", Shown::Anywhere)]),
    ("PkitsTest11", &[("policies", Shown::Anywhere)]),
    ("PkitsTest12", &[("policies", Shown::Anywhere)]),
    ("PkitsTest13", &[("name-constraints", Shown::Anywhere)]),
    ("PkitsTest14", &[("revocation", Shown::Anywhere)]),
    ("PkitsTest15", &[("revocation", Shown::Anywhere)]),
    ("PkitsTest16", &[("critical-extension", Shown::Anywhere)]),
];

/// PKITS 3: the policies of the test suite.
const POLICIES: &str = "2.16.840.1.101.3.2.1.48.";

#[test]
fn nist_pkits() {
    let Some(folder) = corpus("boringssl-pki") else { return };
    let suite = json(&folder.join("pkits.json"));
    let data = folder.join("pki/testdata/nist-pkits");
    let tests = suite["tests"].as_array().unwrap();
    assert_eq!(tests.len(), 247);
    let judged: Vec<_> = tests.iter().map(|test| case(&data, test).judge()).collect();
    hold("pkits", include_str!("exceptions/pkits.toml"), &judged);
}

fn case(data: &Path, test: &serde_json::Value) -> Case {
    let files = |list: &str, folder: &str, ending: &str| -> Vec<Vec<u8>> {
        let names = test[list].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        names.map(|name| std::fs::read(data.join(folder).join(format!("{name}.{ending}"))).unwrap()).collect()
    };
    // The anchor is first, the target last.
    let mut certificates = files("certs", "certs", "crt");
    certificates.reverse();
    let mut policy = Policy::at(Time::parse(TIME, Time(0)).unwrap());
    policy.purpose = Some(Purpose::Any);
    policy.require_revocation = true;
    let is_set = |name: &str| test[name].as_str() == Some("true");
    policy.policies = PolicyInputs {
        initial: named(&test["initial_policy_set"]).unwrap_or_default(),
        require_explicit: is_set("initial_explicit_policy"),
        inhibit_mapping: is_set("initial_policy_mapping_inhibit"),
        inhibit_any: is_set("initial_inhibit_any_policy"),
    };
    let expected = if test["should_validate"].as_bool().unwrap() { Expected::Valid } else { Expected::Invalid };
    let section = test["section"].as_str().unwrap();
    let (message, kinds) = SECTIONS.iter().find(|(known, _)| section.starts_with(known)).unwrap();
    let failure = Failure { certificate: 0, message: (*message).to_owned(), kinds };
    Case {
        id: format!("{} {}", test["test_number"].as_str().unwrap(), test["test"].as_str().unwrap()),
        anchors: certificates.last().cloned().map(Anchor::This).into_iter().collect(),
        certificates,
        policy,
        crls: files("crls", "crls", "crl"),
        asked: Asked::AnyPath,
        expected,
        failures: if expected == Expected::Invalid { vec![failure] } else { Vec::new() },
        policies: named(&test["user_constrained_policy_set"]),
    }
}

/// `NIST-test-policy-1,NIST-test-policy-2` as dotted OIDs.
fn named(value: &serde_json::Value) -> Option<BTreeSet<String>> {
    let dotted = |name: &str| match name {
        "anyPolicy" => "2.5.29.32.0".to_owned(),
        _ => format!("{POLICIES}{}", name.strip_prefix("NIST-test-policy-").unwrap()),
    };
    let names = value.as_str()?.split(',').filter(|name| !name.is_empty());
    Some(names.map(dotted).collect())
}
