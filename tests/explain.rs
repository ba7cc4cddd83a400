//! Does the library's front door say what the program says, and is nothing valid whose signatures nobody checked?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::path::{Path, PathBuf};

use crossroots::analysis::{Analysis, trust_stores};
use crossroots::cert::Time;
use crossroots::chain::Pool;
use crossroots::check::{PathVerdict, Policy, RuleId};
use crossroots::explain;
use crossroots::explain::{ExplainError, ExplainedTarget};
use crossroots::source::{SAMPLES, load_sample};
use crossroots::worker::{Request, load};

fn sample(name: &str, file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).join(file)
}

/// The only target of a sample's folder, its own root trusted.
fn explained(name: &str, at: &str) -> ExplainedTarget {
    let own = format!("own={}", sample(name, "root.pem").display());
    let explanation = explain(&[sample(name, "")], &[&own], Time::parse(at, Time(0)).unwrap()).unwrap();
    let [target] = explanation.targets.try_into().unwrap();
    target
}

#[test]
fn a_folder_is_explained_with_the_reasons_of_what_is_not_valid() {
    let paths = [sample("lets-encrypt-2021", "")];
    let explanation = explain(&paths, &["mozilla"], Time::parse("2024-01-15", Time(0)).unwrap()).unwrap();
    let [target] = explanation.targets.as_slice() else { panic!("{} targets", explanation.targets.len()) };
    assert_eq!((target.name.as_str(), target.verdict), ("lencr.org", PathVerdict::Valid));
    let valid: Vec<_> = target.valid().map(|path| path.names.join(" < ")).collect();
    assert_eq!(valid, ["lencr.org < R3 < ISRG Root X1 self-signed"]);
    let others: Vec<_> = target.others().collect();
    assert_eq!(others.len(), 1);
    let said: Vec<_> = others[0].reasons.iter().map(|reason| (reason.finding.rule, reason.sentence.as_str())).collect();
    assert_eq!(said[0], (RuleId::Validity, "DST Root CA X3 expired on 2021-09-30"));
    assert!(target.valid().all(|path| path.reasons.is_empty()) && target.limits.is_empty());
}

/// CRLs beside the certificates count, and a store's cut-offs do.
#[test]
fn revocation_and_cut_offs_count() {
    assert_eq!(explained("rule-key-usage", "2026-06-02").verdict, PathVerdict::Invalid);
    let revoked = explained("rule-revocation", "2026-06-02");
    assert_eq!(revoked.paths[0].reasons[0].finding.rule, RuleId::Revocation);
    assert_eq!(revoked.verdict, PathVerdict::Invalid);

    let folder = tempfile::tempdir().unwrap();
    let root = std::fs::read_to_string(sample("rule-distrust-after", "root.pem")).unwrap();
    let store = folder.path().join("roots.pem");
    let judged_after = |date: &str| {
        std::fs::write(&store, format!("distrust-after: {date}\n{root}")).unwrap();
        let policy =
            Policy { purpose: Some(crossroots::check::Purpose::Server), ..Policy::at(Time::parse("2026-06-02", Time(0)).unwrap()) };
        let files = ["leaf.pem", "issuing.pem"].map(|file| sample("rule-distrust-after", file));
        let explanation = explain::explain_under(&files, &[&format!("own={}", store.display())], policy).unwrap();
        explanation.targets[0].verdict
    };
    assert_eq!(judged_after("2026-01-31"), PathVerdict::Invalid);
    assert_eq!(judged_after("2027-01-31"), PathVerdict::Valid);
}

#[test]
fn what_cannot_be_read_is_told() {
    let nothing = explain(&["no-such-file.pem"], &[], Time(0)).unwrap_err();
    assert_eq!(nothing.to_string(), "no certificate could be read\nno-such-file.pem: no such file or folder");
    let store = explain(&[sample("bridge", "")], &["mozila"], Time(0)).unwrap_err();
    assert!(matches!(store, ExplainError::Store(_)) && store.to_string().starts_with("trust mozila: no such trust store"));
    let twice = explain(&[sample("bridge", "")], &["none", "none"], Time(0)).unwrap_err();
    assert_eq!(twice.to_string(), "trust names the store none twice");
}

/// Whoever forgets the signatures is told that they are unknown, never that a path is valid.
#[test]
fn without_its_signatures_checked_nothing_is_valid() {
    for built_in in SAMPLES {
        let sample = load_sample(built_in.name).unwrap();
        let mut pool = Pool::default();
        for (certificate, origin) in sample.certificates {
            pool.add(certificate, origin);
        }
        let trust = trust_stores(&mut pool, sample.stores).unwrap();
        let analysis = Analysis::new(pool, trust, Policy::at(sample.at), None).unwrap();
        let is_anchor = |judged: &crossroots::analysis::JudgedPath| judged.path.certificates.len() == 1;
        for judged in analysis.judge_all().iter().flat_map(|judgement| &judgement.paths).filter(|judged| !is_anchor(judged)) {
            assert_ne!(judged.verdict, PathVerdict::Valid, "{}", built_in.name);
        }
    }
}

/// The same signatures are checked as for a report, whoever asks.
#[test]
fn a_checked_analysis_says_what_a_report_says() {
    for built_in in SAMPLES {
        let request = Request { sample: Some(built_in.name.to_owned()), ..Request::default() };
        let loaded = load(&request, &|_| {}, &false.into()).unwrap();
        let policy = loaded.policy(loaded.sample.clone().unwrap().policy);
        let analysis = Analysis::new(loaded.pool, loaded.trust, policy, None).unwrap();
        let mut analysis = analysis.with_evidence(loaded.crls, loaded.responses);
        assert_eq!(analysis.check_signatures(), []);
        for judgement in analysis.judge_all() {
            assert!(!judgement.is_open(), "{}", built_in.name);
        }
    }
}
