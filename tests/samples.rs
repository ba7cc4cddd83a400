//! Does every sample teach what it says, at its time and at others? `CROSSROOTS_BLESS=1` writes `expected.txt` anew.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crossroots::analysis::{Analysis, JudgedPath, Judgement};
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, Count, End, SignatureState};
use crossroots::check::{PathVerdict, Policy, RULES, Verdict};
use crossroots::report::{Notes, ReportOptions, text};
use crossroots::source::SAMPLES;
use crossroots::worker::{LoadedSample, Request, check_links, load};

struct Look {
    analysis: Analysis,
    targets: Vec<Judgement>,
    notes: Notes,
}

/// A sample at its own time, or another.
fn look(name: &str, at: Option<&str>) -> Look {
    look_with(name, at, |policy| policy)
}

fn look_with(name: &str, at: Option<&str>, change: impl Fn(Policy) -> Policy) -> Look {
    let request = Request { sample: Some(name.to_owned()), ..Request::default() };
    let loaded = load(&request, &|_| {}, &AtomicBool::new(false)).unwrap();
    let LoadedSample { policy, lesson, .. } = loaded.sample.clone().unwrap();
    let policy = loaded.policy(policy);
    let at = at.map_or(policy.at, |at| Time::parse(at, policy.at).unwrap());
    let analysis = Analysis::new(loaded.pool, loaded.trust, change(Policy { at, ..policy }), None).unwrap();
    let mut analysis = analysis.with_evidence(loaded.crls, loaded.responses);
    let targets: Vec<CertificateId> = analysis.targets.iter().copied().chain(analysis.evidence.signers()).collect();
    check_links(&analysis.pool, &mut analysis.graph, &targets, 2, &mut |_| ControlFlow::Continue(()));
    let targets = analysis.targets.iter().map(|target| analysis.judge(*target)).collect();
    let notes = Notes { inputs: loaded.inputs, lesson: Some(lesson), ..Notes::default() };
    Look { analysis, targets, notes }
}

impl Look {
    fn only(&self) -> &Judgement {
        assert_eq!(self.targets.len(), 1);
        &self.targets[0]
    }

    fn verdicts(&self) -> Vec<(usize, PathVerdict)> {
        self.only().paths.iter().map(|judged| (judged.path.certificates.len(), judged.verdict)).collect()
    }

    /// (rule, `subject by issuer`) of what fails on a path.
    fn failures(&self, judged: &JudgedPath) -> Vec<(&'static str, String)> {
        let failed = judged.findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
        failed
            .map(|finding| {
                let certificate = self.analysis.pool.certificate(finding.place.certificate());
                (finding.rule.word(), format!("{} by {}", certificate.subject.label(), certificate.issuer.label()))
            })
            .collect()
    }
}

#[test]
fn every_report_is_the_expected_one() {
    let mut differing = Vec::new();
    for sample in SAMPLES {
        let look = look(sample.name, None);
        let written = text(&look.analysis, &look.targets, &look.notes, ReportOptions::default());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample.name).join("expected.txt");
        if std::env::var_os("CROSSROOTS_BLESS").is_some() {
            fs::write(&path, &written).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != written {
            differing.push(sample.name);
        }
    }
    assert!(differing.is_empty(), "{differing:?}: look at the report, then run again with CROSSROOTS_BLESS=1");
}

#[test]
fn every_rule_has_a_sample_that_fails_it_and_a_citation() {
    let mut failed = std::collections::BTreeSet::new();
    for sample in SAMPLES {
        let look = look(sample.name, None);
        let own = look.targets.iter().flat_map(|target| &target.paths).flat_map(|judged| judged.findings.iter());
        let failing: Vec<&str> = own.filter(|finding| finding.verdict == Verdict::Fail).map(|finding| finding.rule.word()).collect();
        // A case of a rule fails that rule and no other.
        if let Some(rule) = sample.name.strip_prefix("rule-") {
            assert!(!failing.is_empty() && failing.iter().all(|failing| *failing == rule), "{}: {failing:?}", sample.name);
        }
        failed.extend(failing);
    }
    for rule in RULES {
        assert!(failed.contains(rule.id.word()), "no sample fails {}", rule.id);
        assert!(rule.citation.contains(|character: char| character.is_ascii_digit()), "{} cites nothing", rule.id);
    }
}

/// The README's table of rules is the program's; CROSSROOTS_BLESS=1 rewrites it.
#[test]
fn the_readme_lists_every_rule() {
    let sample = |id: &str| match id {
        "signature" => "bad-signature".to_owned(),
        "validity" => "expired-root".to_owned(),
        id => format!("rule-{id}"),
    };
    let mut table = "| rule | question | clause | sample |\n|---|---|---|---|\n".to_owned();
    for rule in RULES {
        let sample = sample(rule.id.word());
        assert!(SAMPLES.iter().any(|known| known.name == sample), "{sample}");
        table.push_str(&format!("| {} | {} | {} | `{sample}` |\n", rule.id, rule.title, rule.citation));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- rules -->\n").unwrap();
    let (found, after) = rest.split_once("<!-- end of rules -->").unwrap();
    if std::env::var_os("CROSSROOTS_BLESS").is_some() {
        fs::write(&path, format!("{before}<!-- rules -->\n{table}<!-- end of rules -->{after}")).unwrap();
    } else {
        assert_eq!(found, table, "CROSSROOTS_BLESS=1 rewrites README.md");
    }
}

#[test]
fn lets_encrypt_2024_has_three_roads_and_loses_them_together() {
    let now = look("lets-encrypt-2024", None);
    assert_eq!(now.only().count, Count { value: 3, exact: true });
    assert_eq!(now.only().other, Count { value: 0, exact: true });
    assert_eq!(now.verdicts(), [(3, PathVerdict::Valid), (4, PathVerdict::Valid), (3, PathVerdict::Valid)]);
    assert!(now.only().paths.iter().all(|judged| judged.path.end == End::Anchor));

    let later = look("lets-encrypt-2024", Some("2025-10-01"));
    let leaf = ("validity", "letsencrypt.org by E6".to_owned());
    let cross = ("validity", "ISRG Root X2 by ISRG Root X1".to_owned());
    let failures: Vec<_> = later.only().paths.iter().map(|judged| later.failures(judged)).collect();
    assert_eq!(failures, [vec![leaf.clone()], vec![leaf.clone(), cross], vec![leaf]]);
    assert_eq!(later.only().verdict, PathVerdict::Invalid);
}

#[test]
fn lets_encrypt_2021_holds_without_the_expired_root() {
    let look = look("lets-encrypt-2021", None);
    assert_eq!(look.verdicts(), [(3, PathVerdict::Valid), (4, PathVerdict::Invalid)]);
    assert_eq!(look.failures(&look.only().paths[1]), [("validity", "DST Root CA X3 by DST Root CA X3".to_owned())]);
}

#[test]
fn lets_encrypt_2026_stacks_two_cross_signs() {
    assert_eq!(look("lets-encrypt-2026", None).verdicts(), [(4, PathVerdict::Valid), (5, PathVerdict::Valid)]);
}

#[test]
fn amazon_starfield_reaches_the_oldest_root_in_one_store_only() {
    let look = look("amazon-starfield", None);
    assert_eq!(look.verdicts(), [(3, PathVerdict::Valid), (4, PathVerdict::Valid), (5, PathVerdict::Valid)]);
    let stores: Vec<Vec<&str>> = look.only().paths.iter().map(|judged| look.analysis.trust.names(judged.path.stores).collect()).collect();
    assert_eq!(stores, [vec!["mozilla", "mozilla-2021"], vec!["mozilla", "mozilla-2021"], vec!["mozilla-2021"]]);
}

#[test]
fn first_cross_sign_loses_one_path_on_the_day_its_cross_sign_ends() {
    let valid = |at| {
        let look = look("first-cross-sign", at);
        look.verdicts().iter().filter(|(_, verdict)| *verdict == PathVerdict::Valid).count()
    };
    assert_eq!((valid(None), valid(Some("2026-09-15")), valid(Some("2026-09-15T00:00:01Z"))), (2, 2, 1));
}

#[test]
fn partitions_give_each_leaf_one_path_in_each_store() {
    let look = look("partitions", None);
    assert_eq!(look.targets.len(), 2);
    for target in &look.targets {
        assert_eq!(target.count, Count { value: 2, exact: true });
        let paths = target.paths.iter().map(|judged| (judged.path.certificates.len(), judged.verdict));
        assert_eq!(paths.collect::<Vec<_>>(), [(2, PathVerdict::Valid), (3, PathVerdict::Valid)]);
        assert_ne!(target.paths[0].path.stores, target.paths[1].path.stores);
    }
}

#[test]
fn bad_signature_fails_at_its_link_and_nowhere_else() {
    let look = look("bad-signature", None);
    assert_eq!(look.verdicts(), [(3, PathVerdict::Invalid)]);
    assert_eq!(look.failures(&look.only().paths[0]), [("signature", "shop.test by Shop Issuing CA".to_owned())]);
    let path = &look.only().paths[0].path;
    let mut above = look.analysis.graph.links_of(path.certificates[1]);
    assert!(above.all(|link| link.signature == SignatureState::Good), "links above a bad one are checked too");
}

#[test]
fn expired_root_is_forgiven_on_request() {
    assert_eq!(look("expired-root", None).verdicts(), [(3, PathVerdict::Invalid)]);
    let forgiving = look_with("expired-root", None, |policy| Policy { ignore_anchor_dates: true, ..policy });
    assert_eq!(forgiving.verdicts(), [(3, PathVerdict::Valid)]);
}

#[test]
fn missing_issuer_is_incomplete() {
    let look = look("missing-issuer", None);
    assert_eq!(look.verdicts(), [(2, PathVerdict::Incomplete)]);
    assert_eq!(look.only().other, Count { value: 1, exact: true });
    assert_eq!(look.only().paths[0].path.end, End::MissingIssuer);
}

#[test]
fn same_name_other_key_keeps_the_failed_candidate() {
    let look = look("same-name-other-key", None);
    assert_eq!(look.verdicts(), [(3, PathVerdict::Valid)]);
    let failed = look.only().failed_links();
    assert_eq!(failed.len(), 1);
    assert_eq!((failed[0].certificate, failed[0].signature), (look.only().target, SignatureState::Bad));
}
