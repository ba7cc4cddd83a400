//! x509-limbo, with BetterTLS's path building: what a TLS client that keeps to the CA/Browser Forum's profile must say.

use crossroots::cert::Time;
use crossroots::check::{Host, Naming, Policy, Purpose};
use serde_json::Value;

use crate::case::{Anchor, Asked, Case, Expected};
use crate::corpus::{corpus, json, pem_blocks};
use crate::exceptions::hold;

/// For cases without a time, which limbo judges at the time of the run: inside the validity of all of them.
const TIME: &str = "2026-06-01";

#[test]
fn limbo_and_bettertls() {
    let Some(folder) = corpus("limbo") else { return };
    let suite = json(&folder.join("limbo-dev.json"));
    let tests = suite["testcases"].as_array().unwrap();
    assert_eq!(tests.len(), 105);
    let judged: Vec<_> = tests.iter().map(|test| case(test).judge()).collect();
    hold("limbo", include_str!("exceptions/limbo.toml"), &judged);
}

fn case(test: &Value) -> Case {
    let id = test["id"].as_str().unwrap().to_owned();
    // A field that no case uses, and that would have to be mapped if one did.
    for unused in ["crls", "expected_peer_names", "signature_algorithms"] {
        assert_eq!(test[unused].as_array().unwrap().len(), 0, "{id}: {unused}");
    }
    assert_eq!(test["validation_kind"], "SERVER", "{id}");
    let ders = |text: &Value| pem_blocks(text.as_str().unwrap()).into_iter().map(|(_, der)| der);
    let several = |name: &str| -> Vec<Vec<u8>> { test[name].as_array().unwrap().iter().flat_map(ders).collect() };
    let mut policy = Policy::at(Time::parse(test["validation_time"].as_str().unwrap_or(TIME), Time(0)).unwrap());
    policy.purpose = Some(Purpose::Server);
    policy.anchor_constraints = true;
    // The first part of an id says what a case holds to: a profile of RFC 5280 or of the CA/Browser Forum, or, in BetterTLS and where
    // path lengths and cycles are asked about, just what decides a path.
    let profile = id.split("::").next().unwrap();
    policy.strict = matches!(profile, "rfc5280" | "webpki" | "online");
    policy.naming = Naming::of(profile == "webpki");
    policy.host = test["expected_peer_name"]["value"].as_str().map(|host| Host::parse(host).unwrap());
    if let Some(intermediates) = test["max_chain_depth"].as_u64() {
        // Besides the intermediates, a path has its target and its anchor.
        policy.limits.depth = usize::try_from(intermediates).unwrap() + 2;
    }
    Case {
        certificates: ders(&test["peer_certificate"]).chain(several("untrusted_intermediates")).collect(),
        anchors: several("trusted_certs").into_iter().map(Anchor::This).collect(),
        policy,
        crls: Vec::new(),
        asked: Asked::AnyPath,
        expected: if test["expected_result"] == "SUCCESS" { Expected::Valid } else { Expected::Invalid },
        failures: Vec::new(),
        policies: None,
        id,
    }
}
