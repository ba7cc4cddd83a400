//! What do the rules say of certificates that are in use? Runs where `../shared` exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossroots::analysis::Analysis;
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Policy, Purpose, RULES, Verdict, Wants};
use crossroots::source::{Found, ReadLimits, read_path};
use crossroots::words::fact_words;

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
    let read = |file: &PathBuf| read_path(file, &ReadLimits::default()).certificates;
    let mut pool = Pool::default();
    for Found { certificate, origin, .. } in files.iter().flat_map(read) {
        pool.add(certificate, origin);
    }
    let anchors = roots.iter().flat_map(read).map(|Found { certificate, origin, .. }| pool.add(certificate, origin)).collect();
    let trust = Trust::new(vec![Store { name: "roots".to_owned(), anchors }]);
    let policy = Policy { purpose: Some(Purpose::Server), ..Policy::at(AT) };
    Analysis::new(pool, trust, policy, None).unwrap()
}

/// (rule, verdict, first fact that is no value of its own) with their number and an example.
fn objections(analysis: &Analysis) -> BTreeMap<(&'static str, Verdict, String), (usize, String)> {
    let mut out: BTreeMap<_, (usize, String)> = BTreeMap::new();
    for id in analysis.pool.ids() {
        let certificate = analysis.pool.certificate(id);
        for finding in analysis.findings_of(id, Wants::Everything) {
            if matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable) || finding.rule.word() == "validity" {
                continue;
            }
            for fact in finding.facts.iter().filter(|fact| !VALUES.contains(&fact.name.word())) {
                let words = fact_words(&fact.value);
                let words = words.split(" at byte").next().unwrap_or_default().to_owned();
                let entry = out.entry((finding.rule.word(), finding.verdict, format!("{} {words}", fact.name.word()))).or_default();
                entry.0 += 1;
                entry.1 = format!("{} {}", certificate.sha256.short(), certificate.subject.label());
            }
        }
    }
    out
}

/// Facts that only tell what was compared.
const VALUES: &[&str] = &["key", "serial_number", "octets", "days", "not_before", "not_after", "names"];

/// Every objection to a certificate in use, each looked at with OpenSSL's asn1parse and found true, with an example.
const CONFIRMED: &[(&str, &str)] = &[
    // 62f24027 of 1999, with a basicConstraints that is not critical.
    ("criticality", "must_be_critical Basic Constraints"),
    // 2d87ff20, whose two times are GeneralizedTime though it ends in 2025.
    ("encoding", "breach GeneralizedTime before 2050"),
    // 60636be2, whose user notice is Latin-1 in a VisibleString.
    ("encoding", "breach VisibleString with byte e9"),
    // 26fd4c43, with an extension whose `critical` is FALSE and written.
    ("encoding", "breach critical FALSE written out"),
    // 2d87ff20 names its issuer's issuer and serial number.
    ("key-identifier-presence", "lacks issuer and serial number in the authority key identifier"),
    ("key-identifier-presence", "lacks no authority key identifier"),
    // 3a43e220 of VeriSign, and two whose modulus begins with a zero bit or three.
    ("key-strength", "weakness 1024 bits, below 2048"),
    ("key-strength", "weakness 2045 bits, below 2048"),
    ("key-strength", "weakness 2047 bits, below 2048"),
    // 7a77c6c6; NetLock chose random exponents.
    ("key-strength", "weakness exponent "),
    // 9f21be1c, which Cloudflare issues for use behind its own servers: 15 years.
    ("lifetime", "allowed 39 months"),
    ("subject-alternative-name", "common_name_alone CloudFlare Origin Certificate"),
    // e155ebf9 and c2e4236d of GlobalSign, with a policy whose qualifiers are an empty list.
    ("structure", "breach Certificate Policies (2.5.29.32): policyQualifiers: empty"),
    // 8948d65a, whose alternative names are an empty list.
    ("structure", "breach Subject Alternative Name (2.5.29.17): no name"),
    // d1c339ea, a root of version 3 without basic constraints, taken for a target here.
    ("subject-alternative-name", "lacks no alternative name"),
];

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
    let is_confirmed = |rule: &str, words: &str| CONFIRMED.iter().any(|(known, start)| *known == rule && words.starts_with(start));
    let news: Vec<_> = objections.keys().filter(|(rule, _, words)| !is_confirmed(rule, words)).collect();
    assert!(news.is_empty(), "look at these, then confirm them: {news:#?}");
    let gone =
        CONFIRMED.iter().filter(|(rule, start)| !objections.keys().any(|(known, _, words)| known == rule && words.starts_with(start)));
    assert_eq!(gone.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "is no longer said");
    let failing: Vec<_> = objections.keys().filter(|(_, verdict, _)| *verdict == Verdict::Fail).collect();
    assert!(failing.is_empty(), "{failing:#?}");
}
