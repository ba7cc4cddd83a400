//! A root that a program gave up: what it issued for servers until a day still counts, in that program's store.

use std::collections::HashMap;

use crossroots::analysis::Analysis;
use crossroots::cert::Time;
use crossroots::chain::{Store, Trust};
use crossroots::check::{PathVerdict, Policy, Purpose, Verdict};
use rcgen::IsCa;

use super::{AT, authority, findings, judged_as, params};

/// What the rule says of a leaf issued on 2026-01-01 under a root that these stores cut off at these times, and the path's verdict.
fn said(purpose: Purpose, stores: &[Option<Time>]) -> (Verdict, PathVerdict) {
    let mut leaf = params("leaf", IsCa::NoCa);
    leaf.not_before = rcgen::date_time_ymd(2026, 1, 1);
    let policy = Policy { purpose: Some(purpose), ..Policy::at(AT) };
    let (analysis, target) = judged_as(policy, [leaf, authority("Middle"), authority("Root")], true, |_| {});
    let root = *target.paths[0].path.certificates.last().unwrap();
    let named = |place: usize| format!("s{place}");
    let chosen = stores.iter().enumerate().map(|(place, _)| Store { name: named(place), anchors: vec![root] });
    let cut: Vec<(String, Time)> = stores.iter().enumerate().filter_map(|(place, cut)| Some((named(place), (*cut)?))).collect();
    let trust = Trust::new(chosen.collect()).with_cut_offs(HashMap::from([(root, cut)]));
    let analysis = Analysis { trust, ..analysis };
    let target = analysis.judge(target.target);
    let found = findings(&analysis, &target).into_iter().find(|finding| finding.rule.word() == "distrust-after").unwrap();
    (found.verdict, target.verdict)
}

#[test]
fn what_was_issued_after_the_day_counts_in_other_stores_only() {
    let (before, after) = (Some(Time(1_750_000_000)), Some(Time(1_780_000_000)));
    assert_eq!(said(Purpose::Server, &[before]), (Verdict::Fail, PathVerdict::Invalid));
    assert_eq!(said(Purpose::Server, &[after]), (Verdict::Pass, PathVerdict::Valid));
    assert_eq!(said(Purpose::Server, &[before, None]), (Verdict::Caution, PathVerdict::Valid));
    assert_eq!(said(Purpose::Server, &[None]), (Verdict::NotApplicable, PathVerdict::Valid));
    assert_eq!(said(Purpose::Any, &[before]).0, Verdict::Caution);
    assert_eq!(said(Purpose::Email, &[before]).0, Verdict::NotApplicable);
}

#[test]
fn mozilla_brings_its_days() {
    let request = crossroots::worker::Request {
        sample: Some("lets-encrypt-2024".to_owned()),
        stores: vec!["mozilla".to_owned()],
        ..Default::default()
    };
    let loaded = crossroots::worker::load(&request, &|_| {}, &std::sync::atomic::AtomicBool::new(false)).unwrap();
    let cut: Vec<String> = loaded
        .pool
        .ids()
        .filter_map(|id| {
            loaded.trust.cut_off("mozilla", id).map(|day| format!("{} {}", loaded.pool.certificate(id).subject.label(), day.date()))
        })
        .collect();
    assert_eq!(cut, ["Izenpe.com 2026-04-15"]);
}
