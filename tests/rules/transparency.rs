//! Are the timestamps of real certificates held by the keys of the logs that signed them, and altered ones not?

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Budget, Judgement, Limit};
use crossroots::cert::{Certificate, LogList, Time};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{FactName, Finding, Logs, Policy, Purpose, Verdict};
use crossroots::source::{load_sample, read_log_list};
use crossroots::words::fact_words;
use crossroots::worker::check_links;

/// The keys of three logs as the public list has them: each signed one timestamp in a sample's leaf.
fn list() -> LogList {
    read_log_list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/logs/log_list.json")).unwrap()
}

/// A sample as a server's; `change` may alter its leaf.
fn sample(name: &str, list: Option<LogList>, change: impl Fn(&mut Vec<u8>)) -> (Analysis, Judgement) {
    let sample = load_sample(name).unwrap();
    let (mut pool, mut anchors) = (Pool::default(), Vec::new());
    for (place, (certificate, origin)) in sample.certificates.into_iter().enumerate() {
        let mut der = certificate.der().to_vec();
        if place == 0 {
            change(&mut der);
        }
        pool.add(Certificate::from_der(&der).unwrap(), origin);
    }
    for certificate in sample.stores.into_iter().flat_map(|store| store.certificates) {
        anchors.push(pool.add_candidate(certificate, crossroots::cert::Origin::Stdin { block: None }));
    }
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors }]);
    let ct_logs = list.map(|list| Arc::new(Logs::new(list)));
    let policy = Policy { purpose: Some(Purpose::Server), ct_logs, ..Policy::at(sample.at) };
    let mut analysis = Analysis::new(pool, trust, policy, None).unwrap();
    let (pool, targets) = (Arc::clone(&analysis.pool), analysis.targets.clone());
    check_links(&pool, &mut analysis.graph, &targets, 1, &mut |_| ControlFlow::Continue(()));
    let target = analysis.judge(targets[0]);
    (analysis, target)
}

fn said(_: &Analysis, target: &Judgement) -> Finding {
    target.explain(0).into_iter().find(|finding| finding.rule.word() == "transparency").unwrap()
}

fn words(finding: &Finding) -> Vec<String> {
    finding.facts.iter().filter(|fact| fact.name == FactName::Timestamp).map(|fact| fact_words(&fact.value)).collect()
}

const SAMPLES: [(&str, &str); 3] = [
    ("lets-encrypt-2026", "DigiCert 'Sphinx2026h2'"),
    ("lets-encrypt-2024", "Cloudflare 'Nimbus2025'"),
    ("amazon-starfield", "DigiCert 'Sphinx2026h2'"),
];

#[test]
fn timestamps_of_real_leaves_hold() {
    for (name, log) in SAMPLES {
        let (analysis, target) = sample(name, Some(list()), |_| {});
        let finding = said(&analysis, &target);
        let held: Vec<String> = words(&finding).into_iter().filter(|words| words.contains(log)).collect();
        assert!(held.len() == 1 && held[0].ends_with(": verified"), "{name}: {finding:#?}");
        assert_eq!(finding.verdict, Verdict::Pass, "{name}");
    }
}

#[test]
fn without_a_list_nothing_is_decided() {
    let (analysis, target) = sample("lets-encrypt-2026", None, |_| {});
    let finding = said(&analysis, &target);
    assert_eq!((finding.verdict, words(&finding).len()), (Verdict::Unknown, 2));
    assert_ne!(target.verdict, crossroots::check::PathVerdict::Unknown, "no data is no objection");
}

#[test]
fn a_certificate_that_no_log_signed_so_fails() {
    // Another second of the end of validity: every timestamp was for something else. Only one log is known.
    let other = |der: &mut Vec<u8>| {
        let end = b"261004152433Z";
        let place = der.windows(end.len()).position(|window| window == end).unwrap();
        der[place + 11] ^= 1;
    };
    let (analysis, target) = sample("lets-encrypt-2026", Some(list()), other);
    let finding = said(&analysis, &target);
    assert!(words(&finding).iter().any(|words| words.ends_with("its signature does not verify")), "{finding:#?}");
    // The other log is not in the list, so one stays open.
    assert_eq!(finding.verdict, Verdict::Unknown);
    let only = |keep: &str| {
        let mut list = list();
        let own = list.logs.iter().find(|(_, log)| log.name.contains(keep)).map(|(_, log)| log.clone()).unwrap();
        let ids: Vec<_> = Certificate::embedded_timestamps(analysis.pool.certificate(target.target)).unwrap().unwrap();
        list.logs = ids.iter().map(|timestamp| (timestamp.log, own.clone())).collect();
        list
    };
    // Under the key of the wrong log no signature holds.
    let (analysis, target) = sample("lets-encrypt-2026", Some(only("Yeti")), |_| {});
    assert_eq!(said(&analysis, &target).verdict, Verdict::Fail);
    assert_eq!(target.verdict, crossroots::check::PathVerdict::Invalid);
}

#[test]
fn a_log_counts_for_its_interval_its_state_and_the_past() {
    let with = |change: &dyn Fn(&mut crossroots::cert::Log)| {
        let mut list = list();
        list.logs.values_mut().for_each(change);
        let (analysis, target) = sample("lets-encrypt-2026", Some(list), |_| {});
        words(&said(&analysis, &target)).into_iter().find(|words| words.contains("Sphinx")).unwrap()
    };
    assert!(with(&|_| {}).ends_with(": verified"));
    assert!(with(&|log| log.interval = Some((Time(0), Time(1)))).ends_with("that expire then"));
    for state in ["rejected", "pending"] {
        assert!(with(&|log| log.state = state).ends_with("was retired by then"), "{state}");
    }
    for state in ["qualified", "usable", "readonly"] {
        assert!(with(&|log| log.state = state).ends_with(": verified"), "{state}");
    }
    let retired = |since: i64| with(&move |log| (log.state, log.since) = ("retired", Some(Time(since))));
    assert!(retired(1_000_000_000).ends_with("was retired by then"));
    assert!(retired(1_900_000_000).ends_with(": verified"));
    let (mut analysis, _) = sample("lets-encrypt-2026", Some(list()), |_| {});
    analysis.policy.at = Time(1_700_000_000);
    let target = analysis.judge(analysis.targets[0]);
    assert_eq!(said(&analysis, &target).verdict, Verdict::Fail, "in the future");
}

#[test]
fn a_signature_is_checked_once_whatever_the_time() {
    let (mut analysis, target) = sample("lets-encrypt-2026", Some(list()), |_| {});
    let findings = said(&analysis, &target);
    let logs = Arc::clone(analysis.policy.ct_logs.as_ref().unwrap());
    let before = logs.checked();
    assert!(before >= 1);
    for day in 1..50 {
        analysis.policy.at = analysis.policy.at.plus(day * 60);
        let target = analysis.judge(target.target);
        assert_eq!(said(&analysis, &target), findings);
    }
    assert_eq!(logs.checked(), before);
}

#[test]
fn signatures_of_timestamps_are_within_the_budget_and_that_is_said() {
    let (mut analysis, _) = sample("lets-encrypt-2026", Some(list()), |_| {});
    analysis.policy.ct_logs = Some(Arc::new(Logs::new(list())));
    let mut budget = Budget::default();
    budget.allowance.signatures = 0;
    let target = Judgement::new(Arc::new(analysis.clone()), analysis.targets[0], &budget);
    let logs = Arc::clone(analysis.policy.ct_logs.as_ref().unwrap());
    assert_eq!(logs.checked(), 0);
    assert!(target.spent.iter().any(|spent| spent.limit == Limit::Signatures), "{:?}", target.spent);
    analysis.judge(target.target);
    assert!(logs.checked() >= 1, "what a small budget left is not taken for checked");
}
