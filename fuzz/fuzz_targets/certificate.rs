//! Can any bytes, read as a certificate, make the program panic? Run: `cargo fuzz run certificate`.

#![no_main]

use crossroots::cert::{Certificate, Origin, Time, fields};
use crossroots::chain::{CertificateId, Graph, Pool, Store, Trust};
use crossroots::{analysis::Analysis, check::Policy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(certificate) = Certificate::from_der(bytes) else { return };
    assert!(!fields(&certificate).is_empty());
    let mut pool = Pool::default();
    pool.add(certificate, Origin::Stdin { block: None });
    let graph = Graph::new(&pool);
    graph.link_ids().for_each(|link| {
        let _ = graph.check(&pool, link);
    });
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![CertificateId(0)] }]);
    if let Ok(analysis) = Analysis::new(pool, trust, Policy::at(Time(0)), None) {
        let target = analysis.judge(CertificateId(0));
        (0..target.paths.len()).for_each(|path| drop(target.explain(path)));
    }
});
