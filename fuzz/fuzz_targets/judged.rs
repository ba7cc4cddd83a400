//! A sample's target judged with what was fuzzed as its evidence of revocation.

use crossroots::analysis::{Analysis, trust_stores};
use crossroots::cert::{Crl, OcspResponse, Time};
use crossroots::chain::Pool;
use crossroots::check::Policy;
use crossroots::source::load_sample;
use crossroots::words::{Labels, finding_words};

/// 2026-06-02, when the sample is valid.
const AT: Time = Time(1_780_401_600);

pub fn with_evidence(crls: Vec<Crl>, responses: Vec<OcspResponse>) {
    let sample = load_sample("rule-revocation").expect("a sample is built in");
    let mut pool = Pool::default();
    let own = sample.certificates.into_iter().map(|(certificate, origin)| pool.add(certificate, origin)).collect::<Vec<_>>();
    let trust = trust_stores(&mut pool, sample.stores).expect("its stores are judged together");
    let placed = |place: &str| place.to_owned();
    let crls = crls.into_iter().map(|crl| (crl, placed("fuzz"))).collect();
    let responses = responses.into_iter().map(|response| (response, placed("fuzz"))).collect();
    let analysis = Analysis::new(pool, trust, Policy::at(AT), None).expect("it has targets");
    let mut analysis = analysis.with_evidence(crls, responses);
    analysis.check_signatures();
    let target = analysis.judge(own[0]);
    let labels = Labels::new(&analysis.graph, &target.entities);
    for path in 0..target.paths.len() {
        for finding in target.explain(path) {
            assert!(!finding_words(&analysis, &labels, &finding).is_empty());
        }
    }
}
