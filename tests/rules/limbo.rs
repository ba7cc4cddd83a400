//! Does strictness say what x509-limbo expects, where one certificate or one field decides? Runs where `../shared` exists.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Origin, Time};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Policy, Purpose, Verdict};
use crossroots::worker::check_links;
use serde_json::Value;

use super::{AT, real::folder};

/// The rules of one certificate, those of its names aside; others have their own conformance test.
const OWN: &[&str] = &[
    "structure",
    "encoding",
    "names",
    "serial-number",
    "criticality",
    "authority-extensions",
    "key-identifier-presence",
    "key-strength",
    "signature-strength",
    "lifetime",
    "subject-alternative-name",
    "wildcard",
];

/// Cases that a rule of this family decides, and the rule. `rfc5280::ica-ku-keycertsign` is not among them: here it has lost its CA.
const DECIDED: &[(&str, &str)] = &[
    ("rfc5280::aki::intermediate-missing-aki", "key-identifier-presence"),
    ("rfc5280::aki::cross-signed-root-missing-aki", "key-identifier-presence"),
    ("rfc5280::ski::intermediate-missing-ski", "key-identifier-presence"),
    ("rfc5280::nc::not-allowed-in-ee-noncritical", "authority-extensions"),
    ("rfc5280::san::malformed", "structure"),
    ("rfc5280::serial::too-long", "serial-number"),
    ("rfc5280::serial::negative", "serial-number"),
    ("rfc5280::ee-empty-issuer", "names"),
    ("rfc5280::root-non-critical-basic-constraints", "criticality"),
    ("rfc5280::root-inconsistent-ca-extensions", "authority-extensions"),
    ("rfc5280::ee-critical-aia-invalid", "criticality"),
    ("webpki::aki::root-with-aki-authoritycertserialnumber", "key-identifier-presence"),
    ("webpki::aki::root-with-aki-all-fields", "key-identifier-presence"),
    ("webpki::aki::root-with-aki-ski-mismatch", "key-identifier-presence"),
    ("webpki::eku::ee-critical-eku", "criticality"),
    ("webpki::san::public-suffix-wildcard-san", "wildcard"),
    ("webpki::san::wildcard-embedded-leftmost-san", "wildcard"),
    ("webpki::san::wildcard-embedded-ulabel-san", "wildcard"),
    ("webpki::san::unicode-emoji-san", "subject-alternative-name"),
    ("webpki::san::no-san", "subject-alternative-name"),
    ("webpki::malformed-aia", "structure"),
];

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The rules of this family that fail on every path of a case.
fn failing(case: &Value) -> BTreeSet<&'static str> {
    let mut pool = Pool::default();
    let mut add = |pem: &str| {
        let der = pem::parse(pem).unwrap();
        Certificate::from_der(der.contents()).ok().map(|certificate| pool.add(certificate, Origin::Stdin { block: None }))
    };
    let peer = add(case["peer_certificate"].as_str().unwrap()).unwrap();
    texts(&case["untrusted_intermediates"]).for_each(|pem| {
        add(pem);
    });
    let anchors = texts(&case["trusted_certs"]).filter_map(add).collect();
    let at = case["validation_time"].as_str().map_or(AT, |text| Time::parse(text, AT).unwrap());
    let policy = Policy { strict: true, purpose: Some(Purpose::Server), ..Policy::at(at) };
    let sha256 = pool.certificate(peer).sha256.to_string();
    let mut analysis = Analysis::new(pool, Trust::new(vec![Store { name: "own".to_owned(), anchors }]), policy, Some(&sha256)).unwrap();
    let shared = std::sync::Arc::clone(&analysis.pool);
    check_links(&shared, &mut analysis.graph, &[peer], 1, &mut |_| ControlFlow::Continue(()));
    let target = analysis.judge(peer);
    let of_path = |judged: &crossroots::analysis::JudgedPath| -> BTreeSet<&'static str> {
        let failing = judged.findings.iter().filter(|finding| finding.verdict == Verdict::Fail).map(|finding| finding.rule.word());
        failing.filter(|rule| OWN.contains(rule)).collect()
    };
    let sets: Vec<BTreeSet<&'static str>> = target.paths.iter().map(of_path).collect();
    sets.into_iter().reduce(|left, right| left.intersection(&right).copied().collect()).unwrap_or_default()
}

#[test]
fn cases_that_one_certificate_decides_come_out_right() {
    let Some(folder) = folder("corpora/limbo") else { return };
    let suite: Value = serde_json::from_slice(&std::fs::read(folder.join("limbo-dev.json")).unwrap()).unwrap();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for case in suite["testcases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let failing = failing(case);
        if let Some((_, rule)) = DECIDED.iter().find(|(known, _)| *known == id) {
            seen += 1;
            if !failing.contains(rule) {
                wrong.push(format!("{id}: {rule} does not fail, only {failing:?}"));
            }
        } else if case["expected_result"] == "SUCCESS" && !failing.is_empty() {
            wrong.push(format!("{id} is valid, yet {failing:?}"));
        }
    }
    assert_eq!(seen, DECIDED.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
