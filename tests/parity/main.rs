//! Do our valid paths of the Web PKI agree with Go's, and one of each target with OpenSSL's? Needs `../shared/bench`, `go` and `openssl`:
//! `cargo test --test parity -- --ignored --nocapture`.
//!
//! Every difference has a reason with a name, and the numbers are printed; one without a reason fails.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "../der/mod.rs"]
mod der;
mod others;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use crossroots::analysis::{Analysis, JudgedPath, Judgement};
use crossroots::cert::{Certificate, Fingerprint, Time};
use crossroots::chain::{CertificateId, Path, Pool, Store, Trust};
use crossroots::check::{PathVerdict, Policy, Purpose, Verdict};
use crossroots::signature::{Claim, Strength, strength};
use crossroots::source::{ReadLimits, read_path};
use crossroots::worker::check_links;

use der::element;
use others::{Go, go, openssl};

/// Days on which much of the bundle is not yet valid, valid, or expired.
const DATES: [&str; 4] = ["2014-01-01", "2021-10-01", "2026-06-01", "2030-01-01"];

/// A path or chain: the certificates from the target upward.
type Chain = Vec<Fingerprint>;

struct Bundle {
    roots: PathBuf,
    intermediates: PathBuf,
}

fn bundle() -> Option<Bundle> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    let found = Bundle { roots: folder.join("webpki-roots.pem"), intermediates: folder.join("webpki-intermediates.pem") };
    if found.roots.is_file() && found.intermediates.is_file() {
        return Some(found);
    }
    eprintln!("skipped: {} has no Web PKI bundle", folder.display());
    None
}

/// The bundle, its links checked; and the targets.
fn analysis(bundle: &Bundle) -> (Analysis, Vec<CertificateId>) {
    let mut pool = Pool::default();
    let read = |path| read_path(path, &ReadLimits::default()).certificates;
    let targets: Vec<CertificateId> =
        read(&bundle.intermediates).into_iter().map(|found| pool.add(found.certificate, found.origin)).collect();
    let anchors = read(&bundle.roots).into_iter().map(|found| pool.add_candidate(found.certificate, found.origin)).collect();
    let trust = Trust::new(vec![Store { name: "bundle".to_owned(), anchors }]);
    let mut policy = Policy::at(Time(0));
    policy.purpose = Some(Purpose::Any);
    let mut analysis = Analysis::new(pool, trust, policy, None).unwrap();
    check_links(&analysis.pool, &mut analysis.graph, &targets, 2, &mut |_| ControlFlow::Continue(()));
    (analysis, targets)
}

fn chain_of(analysis: &Analysis, path: &Path) -> Chain {
    path.certificates.iter().map(|id| analysis.pool.certificate(*id).sha256).collect()
}

/// The rules that fail on a path.
fn failing(judged: &JudgedPath) -> Option<String> {
    let failed = judged.findings.iter().filter(|finding| finding.verdict == Verdict::Fail);
    let rules: BTreeSet<&str> = failed.map(|finding| finding.rule.word()).collect();
    (!rules.is_empty()).then(|| format!("rules {}", rules.into_iter().collect::<Vec<_>>().join(", ")))
}

/// How often each reason was given, with the first example.
#[derive(Default)]
struct Tally(BTreeMap<String, (usize, String)>);

impl Tally {
    fn count(&mut self, reason: String, example: &Chain) {
        self.0.entry(reason).or_insert_with(|| (0, words(example))).0 += 1;
    }

    fn print(&self) {
        self.0.iter().for_each(|(reason, (count, example))| eprintln!("  {count:5} {reason}; first {example}"));
    }
}

fn words(chain: &[Fingerprint]) -> String {
    chain.iter().map(|one| one.to_string()[..8].to_owned()).collect::<Vec<_>>().join(" < ")
}

#[test]
#[ignore = "needs Go"]
fn our_valid_paths_are_those_of_go() {
    let Some(bundle) = bundle() else { return };
    let (mut analysis, targets) = analysis(&bundle);
    for date in DATES {
        analysis.policy.at = Time::parse(date, Time(0)).unwrap();
        let Some(go) = go(&bundle.roots, &bundle.intermediates, analysis.policy.at) else { return };
        let same = compare_with_go(&analysis, &targets, &go, date);
        assert!(same > 50, "{date}: {same}");
    }
}

/// The number of paths that both have.
fn compare_with_go(analysis: &Analysis, targets: &[CertificateId], go: &Go, date: &str) -> usize {
    let (mut same, mut tally, mut unexplained) = (0, Tally::default(), Vec::new());
    let none = BTreeSet::new();
    for id in targets {
        let examined = analysis.judge(*id);
        let valid = examined.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid);
        let ours: BTreeSet<Chain> = valid.map(|judged| chain_of(analysis, &judged.path)).collect();
        let theirs = go.chains.get(&analysis.pool.certificate(*id).sha256).unwrap_or(&none);
        same += ours.intersection(theirs).count();
        for chain in ours.difference(theirs) {
            match why_go_refuses(analysis, go, chain) {
                Some(reason) => tally.count(format!("ours only: {reason}"), chain),
                None => unexplained.push(format!("ours only: {}", words(chain))),
            }
        }
        for chain in theirs.difference(&ours) {
            match why_ours_refuses(analysis, &examined, chain) {
                Some(reason) => tally.count(format!("Go's only: {reason}"), chain),
                None => unexplained.push(format!("Go's only: {}", words(chain))),
            }
        }
    }
    eprintln!("parity with Go at {date}: {} targets, {same} paths the same", targets.len());
    tally.print();
    assert!(unexplained.is_empty(), "{date}: {} without a reason\n{}", unexplained.len(), unexplained.join("\n"));
    same
}

/// Why Go does not have a path that is valid for us.
fn why_go_refuses(analysis: &Analysis, go: &Go, chain: &Chain) -> Option<&'static str> {
    if chain.iter().any(|one| go.unread.contains_key(one)) {
        return Some("Go cannot read a certificate (a negative serial number)");
    }
    let certificates: Vec<&Certificate> = chain.iter().map(|one| analysis.pool.certificate(analysis.pool.find(one).unwrap())).collect();
    let below_anchor = &certificates[..certificates.len() - 1];
    let is_weak = |certificate: &&Certificate| {
        let part = |span| certificate.bytes(span);
        let (algorithm, parameters) = (part(certificate.signature_algorithm.oid), part(certificate.signature_algorithm.parameters));
        let claim = Claim { algorithm, parameters, message: part(certificate.tbs), signature: part(certificate.signature) };
        strength(&claim) != Some(Strength::Sound)
    };
    if below_anchor.iter().any(is_weak) {
        return Some("Go takes no SHA-1 signature");
    }
    let differs = |pair: &[&Certificate]| names(pair[0]).0 != names(pair[1]).1;
    certificates.windows(2).any(differs).then_some("Go compares names byte by byte, not by RFC 5280 7.1")
}

/// Issuer and subject as they are encoded (RFC 5280 4.1): in tbsCertificate, behind serial number and algorithm, and before and behind
/// the validity.
fn names(certificate: &Certificate) -> (&[u8], &[u8]) {
    let mut rest = element(certificate.bytes(certificate.tbs)).0;
    let mut parts = Vec::new();
    while parts.len() < 5 {
        let (_, whole) = element(rest);
        // `[0] version` may be missing.
        if rest[0] != 0xa0 {
            parts.push(&rest[..whole]);
        }
        rest = &rest[whole..];
    }
    (parts[2], parts[4])
}

/// Why a chain of Go's is no valid path for us: the rules that fail on it, or how paths are enumerated.
fn why_ours_refuses(analysis: &Analysis, examined: &Judgement, chain: &Chain) -> Option<String> {
    if let Some(judged) = examined.paths.iter().find(|judged| chain_of(analysis, &judged.path) == *chain) {
        return failing(judged);
    }
    let is_anchor = |one: &Fingerprint| analysis.pool.find(one).is_some_and(|id| !analysis.trust.anchor_of(id).is_empty());
    if chain[..chain.len() - 1].iter().any(is_anchor) {
        return Some("goes on above an anchor, where ours ends".to_owned());
    }
    let entities: BTreeSet<_> = chain.iter().map(|one| analysis.graph.entity_of(analysis.pool.find(one).unwrap())).collect();
    (entities.len() < chain.len()).then(|| "enters a name and key twice (RFC 4158 5.2)".to_owned())
}

#[test]
#[ignore = "needs OpenSSL, and runs it for every target and date"]
fn one_path_of_each_target_is_judged_alike_by_openssl() {
    let Some(bundle) = bundle() else { return };
    let (mut analysis, targets) = analysis(&bundle);
    for date in DATES {
        analysis.policy.at = Time::parse(date, Time(0)).unwrap();
        let Some((accepted, refused)) = compare_with_openssl(&analysis, &targets, date) else { return };
        assert!(accepted > 50 && refused > 0, "{date}: {accepted} and {refused}");
    }
}

/// How many paths are valid for both, and for neither; `None` where there is no OpenSSL.
fn compare_with_openssl(analysis: &Analysis, targets: &[CertificateId], date: &str) -> Option<(usize, usize)> {
    let (mut accepted, mut refused, mut tally, mut unexplained) = (0, 0, Tally::default(), Vec::new());
    for id in targets {
        let examined = analysis.judge(*id);
        // A path in no store ends at what OpenSSL does not trust, either: then there is nothing to compare.
        let to_anchors = examined.paths.iter().filter(|judged| !judged.path.stores.is_empty());
        let Some(judged) = to_anchors.min_by_key(|judged| judged.verdict) else { continue };
        let chain = chain_of(analysis, &judged.path);
        let certificates: Vec<&Certificate> = judged.path.certificates.iter().map(|id| analysis.pool.certificate(*id)).collect();
        match (judged.verdict == PathVerdict::Valid, openssl(&certificates, analysis.policy.at)?) {
            (true, Ok(())) => accepted += 1,
            (false, Err(_)) => refused += 1,
            (true, Err(reason)) => unexplained.push(format!("OpenSSL refuses {}: {reason}", words(&chain))),
            (false, Ok(())) => match failing(judged) {
                Some(rules) => tally.count(format!("ours refuses, by {rules}"), &chain),
                None => unexplained.push(format!("ours refuses {}", words(&chain))),
            },
        }
    }
    eprintln!("parity with OpenSSL at {date}: {} targets, {accepted} paths valid for both, {refused} for neither", targets.len());
    tally.print();
    assert!(unexplained.is_empty(), "{date}: {} without a reason\n{}", unexplained.len(), unexplained.join("\n"));
    Some((accepted, refused))
}
