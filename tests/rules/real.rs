//! What do the rules say of certificates that are in use? Runs where `../shared` exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossroots::analysis::Analysis;
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Policy, Purpose, RULES, Verdict};
use crossroots::source::{Limits, read_path};

use super::AT;

pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

/// Every certificate of these files, judged on its own; those of `roots` count as anchors.
fn judged(files: &[PathBuf], roots: &[PathBuf]) -> Analysis {
    let read = |file: &PathBuf| read_path(file, &Limits::default()).certificates;
    let mut pool = Pool::default();
    for (certificate, origin) in files.iter().flat_map(read) {
        pool.add(certificate, origin);
    }
    let anchors = roots.iter().flat_map(read).map(|(certificate, origin)| pool.add(certificate, origin)).collect();
    let trust = Trust::new(vec![Store { name: "roots".to_owned(), anchors }]);
    let policy = Policy { purpose: Some(Purpose::Server), ..Policy::at(AT) };
    Analysis::new(pool, trust, policy, None).unwrap()
}

/// (rule, verdict, first fact that is no value of its own) with their number and an example.
fn objections(analysis: &Analysis) -> BTreeMap<(&'static str, Verdict, String), (usize, String)> {
    let mut out: BTreeMap<_, (usize, String)> = BTreeMap::new();
    for id in analysis.pool.ids() {
        let certificate = analysis.pool.certificate(id);
        for finding in analysis.certificate_findings(id) {
            if matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable) || finding.rule == "validity" {
                continue;
            }
            for fact in finding.facts.iter().filter(|fact| !["key", "serial_number", "octets"].contains(&fact.name)) {
                let words = fact.value.to_string();
                let words = words.split(" at byte").next().unwrap_or_default().to_owned();
                let entry = out.entry((finding.rule, finding.verdict, format!("{} {words}", fact.name))).or_default();
                entry.0 += 1;
                entry.1 = format!("{} {}", certificate.sha256.short(), certificate.subject.label());
            }
        }
    }
    out
}

#[test]
fn no_rule_fails_a_certificate_that_is_in_use() {
    let Some(bench) = folder("bench") else { return };
    let Some(famous) = folder("corpora/famous") else { return };
    assert!(RULES.len() > 10);
    let analysis = judged(&[bench.join("webpki-intermediates.pem"), famous], &[bench.join("webpki-roots.pem")]);
    let objections = objections(&analysis);
    for ((rule, verdict, words), (count, example)) in &objections {
        eprintln!("{rule} {verdict:?} {words}: {count}, as {example}");
    }
    let failing: Vec<_> = objections.keys().filter(|(_, verdict, _)| *verdict == Verdict::Fail).collect();
    assert!(failing.is_empty(), "{failing:#?}");
}
