//! The US Federal PKI as published on 2023-07-31: eighteen certificates name the key of a re-keyed CA of which only namesakes are in the file.

use std::ops::ControlFlow;

use crossroots::analysis::Analysis;
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, Pool, Trust};
use crossroots::check::{PathVerdict, Policy};
use crossroots::source::{Found, ReadLimits, read_path};
use crossroots::worker::check_links;

use crate::corpus::corpus;

#[test]
fn an_issuer_that_is_not_in_the_file_is_missing() {
    let Some(folder) = corpus("fpki") else { return };
    let mut pool = Pool::default();
    let read = read_path(&folder.join("federal-common-policy-g2-2023-07-31.p7b"), &ReadLimits::default());
    read.certificates.into_iter().for_each(|Found { certificate, origin, .. }| {
        pool.add(certificate, origin);
    });
    let policy = Policy::at(Time::parse("2023-07-31", Time(0)).unwrap());
    let mut analysis = Analysis::new(pool, Trust::new(Vec::new()), policy, None).unwrap();
    let all: Vec<CertificateId> = analysis.pool.ids().collect();
    check_links(&analysis.pool, &mut analysis.graph, &all, 2, &mut |_| ControlFlow::Continue(()));
    let verdicts: Vec<PathVerdict> = analysis.judge_all().iter().map(|target| target.verdict).collect();
    let count = |verdict| verdicts.iter().filter(|found| **found == verdict).count();
    assert_eq!(count(PathVerdict::Invalid), 1);
    assert!(count(PathVerdict::Incomplete) >= 25);
}
