//! Do paths and dates agree with real cross-signs and leaves?

use std::ops::ControlFlow;

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, Count, Pool, Store, Trust};
use crossroots::check::{PathVerdict, Policy, Verdict};
use crossroots::source::{Found, ReadLimits, read_path};
use crossroots::worker::check_links;

use crate::case::self_signed;
use crate::corpus::corpus;

/// The certificates of a file, every self-signed one an anchor.
fn analysis(file: &std::path::Path, at: &str) -> Analysis {
    let mut pool = Pool::default();
    let mut anchors = Vec::new();
    for Found { certificate, origin, .. } in read_path(file, &ReadLimits::default()).certificates {
        let is_self_issued = certificate.is_self_issued();
        let id = pool.add(certificate, origin);
        if is_self_issued {
            anchors.push(id);
        }
    }
    let anchors = self_signed(&pool, &anchors);
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors }]);
    let at = Time::parse(at, Time(0)).unwrap();
    let mut analysis = Analysis::new(pool, trust, Policy::at(at), None).unwrap();
    let all: Vec<CertificateId> = analysis.pool.ids().collect();
    check_links(&analysis.pool, &mut analysis.graph, &all, 2, &mut |_| ControlFlow::Continue(()));
    analysis
}

/// Where the count differs from the index on purpose, and why.
const DIFFERING_COUNTS: &[(&str, u128, &str)] = &[];

#[test]
fn path_counts_of_real_leaves_agree_with_the_index() {
    let Some(folder) = corpus("famous/leaves") else { return };
    let index: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("INDEX.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for leaf in index.as_array().unwrap() {
        let file = leaf["file"].as_str().unwrap();
        let analysis = analysis(&folder.join(file), "2026-04-01");
        let target = analysis.judge(CertificateId(0));
        let indexed = u128::from(leaf["paths"].as_u64().unwrap());
        let expected = DIFFERING_COUNTS.iter().find(|(name, _, _)| *name == file).map_or(indexed, |(_, count, _)| *count);
        if target.count != (Count { value: expected, exact: true }) || target.paths.len() as u128 != expected {
            wrong.push(format!("{file}: {:?}, expected {expected}", target.count));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The paths of a target that go through a subject: (verdict, subjects whose window fails).
fn through(analysis: &Analysis, target: &Judgement, subject: &str) -> Vec<(PathVerdict, Vec<String>)> {
    let label = |id: CertificateId| analysis.pool.certificate(id).subject.label();
    let paths = target.paths.iter().filter(|judged| judged.path.certificates.iter().any(|id| label(*id) == subject));
    paths
        .map(|judged| {
            let failed = judged.findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
            let places = failed.map(|finding| {
                assert_eq!(finding.rule.word(), "validity");
                let certificate = analysis.pool.certificate(finding.place.certificate());
                format!("{} by {}", certificate.subject.label(), certificate.issuer.label())
            });
            (judged.verdict, places.collect())
        })
        .collect()
}

#[test]
fn paths_through_dst_root_x3_end_with_its_window() {
    let Some(folder) = corpus("famous") else { return };
    let file = folder.join("letsencrypt-2021-dst-x3-expiry.pem");
    let (before, after) = (analysis(&file, "2021-09-29"), analysis(&file, "2021-10-01"));
    let root = "DST Root CA X3";
    let mut seen = 0;
    for id in before.pool.ids().filter(|id| before.pool.certificate(*id).subject.label() != root) {
        let name = before.pool.certificate(id).subject.label();
        let (valid, invalid) = (through(&before, &before.judge(id), root), through(&after, &after.judge(id), root));
        assert_eq!(valid.len(), invalid.len());
        for ((was, places_before), (is, places)) in valid.into_iter().zip(invalid) {
            // A later re-issue of this cross-sign is in the file, too.
            if places_before == ["ISRG Root X2 by ISRG Root X1"] {
                continue;
            }
            seen += 1;
            assert_eq!((was, places_before), (PathVerdict::Valid, Vec::new()), "{name} before");
            assert_eq!(is, PathVerdict::Invalid, "{name} after");
            assert!(places.contains(&format!("{root} by {root}")), "{name}: {places:?}");
            // R3's cross-sign ended a day before its issuer.
            let others = places.iter().filter(|place| !place.starts_with(root));
            assert!(others.into_iter().all(|place| place == "R3 by DST Root CA X3"), "{name}: {places:?}");
        }
    }
    assert!(seen >= 3, "{seen} paths");
}
