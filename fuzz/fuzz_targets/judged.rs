//! A sample's target judged with what was fuzzed as its evidence of revocation.

use crossroots::analysis::{Analysis, Labels, finding_words, trust_stores};
use crossroots::cert::{Crl, OcspResponse, Origin, Time};
use crossroots::chain::Pool;
use crossroots::check::Policy;
use crossroots::source::load_sample;

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
    let links: Vec<_> = analysis.graph.link_ids().collect();
    for link in links {
        let state = analysis.graph.check(&analysis.pool, link);
        analysis.graph.record(link, state);
    }
    let target = analysis.judge(own[0]);
    let labels = Labels::new(&analysis.graph, &target.entities);
    for judged in &target.paths {
        for finding in analysis.findings(&judged.path) {
            assert!(!finding_words(&analysis, &labels, &finding).is_empty());
        }
    }
}
