//! The sentences that every output shares, so that the screen and the report never differ.

use super::{Analysis, Labels, Target};
use crate::chain::{CertificateId, Count, End, Path, Stop};
use crate::check::{Fact, Finding, PathVerdict, Value, Verdict};

/// `3`, or `at least 1000`.
pub fn count_words(count: Count) -> String {
    if count.exact { grouped(count.value) } else { format!("at least {}", grouped(count.value)) }
}

fn grouped(value: u128) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub fn stop_words(stop: Stop) -> String {
    match stop {
        Stop::Listed(limit) => format!("only the first {limit} paths are listed"),
        Stop::Steps(limit) => format!("the search ended after {limit} steps"),
        Stop::Depth(limit) => format!("paths longer than {limit} certificates are not followed"),
    }
}

/// How a path ends, after the words "ends ".
pub fn end_words(analysis: &Analysis, labels: &Labels, path: &Path) -> String {
    let Some(&last) = path.certificates.last() else { return "nowhere".to_owned() };
    let subject = labels.subject(&analysis.graph, last);
    match path.end {
        End::Anchor => {
            let stores: Vec<&str> = analysis.trust.names(path.stores).collect();
            format!("at {subject}, anchor of {}", stores.join(", "))
        }
        End::SelfSigned => format!("at {subject}, self-signed and in no chosen store"),
        End::MissingIssuer => format!("below {}, which is not loaded", analysis.pool.certificate(last).issuer.label()),
        End::Loop => format!("at {subject}: every issuer is on the path already"),
        End::Limit => format!("at {subject}, at the depth limit"),
    }
}

/// One line that says which path decides and why: `VALID: 3 of 3 paths hold`. Paths that are not listed are not judged.
pub fn verdict_sentence(analysis: &Analysis, labels: &Labels, target: &Target) -> String {
    let valid = target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid).count();
    let all = target.all_paths();
    let total = format!("{} {}", count_words(all), if all.value == 1 { "path" } else { "paths" });
    let best = target.paths.iter().find(|judged| judged.verdict == target.verdict);
    let first_failure =
        best.and_then(|judged| decisive(&analysis.findings(&judged.path)).map(|finding| finding_words(analysis, labels, finding)));
    match target.verdict {
        PathVerdict::Valid => {
            let is_whole = target.count.value.saturating_add(target.other.value) <= target.paths.len() as u128;
            let least = if is_whole { "" } else { "at least " };
            format!("VALID: {least}{} of {total} {}", grouped(valid as u128), if valid == 1 { "holds" } else { "hold" })
        }
        PathVerdict::Unknown => format!("UNKNOWN: {}", first_failure.unwrap_or_else(|| "something could not be checked".to_owned())),
        PathVerdict::Untrusted => {
            let end = target.paths.iter().find(|judged| judged.verdict == PathVerdict::Untrusted);
            format!("UNTRUSTED: sound, but ends {}", end.map_or_else(String::new, |judged| end_words(analysis, labels, &judged.path)))
        }
        PathVerdict::Incomplete => {
            let end = target.paths.iter().find(|judged| judged.verdict == PathVerdict::Incomplete);
            format!("INCOMPLETE: ends {}", end.map_or_else(|| "nowhere".to_owned(), |judged| end_words(analysis, labels, &judged.path)))
        }
        PathVerdict::Invalid => {
            let reason = first_failure.unwrap_or_else(|| "a rule fails".to_owned());
            let which = if target.paths.len() > 1 { format!(" (0 of {total} hold)") } else { String::new() };
            format!("INVALID: {reason}{which}")
        }
    }
}

/// The finding that keeps a path from holding: its first failure, else the first thing that could not be decided. How the
/// path ends is not among them.
pub fn decisive(findings: &[Finding]) -> Option<&Finding> {
    let first = |verdict: Verdict| findings.iter().find(|finding| finding.verdict == verdict && finding.rule != "trust");
    first(Verdict::Fail).or_else(|| first(Verdict::Unknown))
}

/// A finding in a sentence that names its certificate: `R3 by DST Root CA X3 expired on 2021-09-29`.
pub fn finding_words(analysis: &Analysis, labels: &Labels, finding: &Finding) -> String {
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let subject = name(finding.place.certificate());
    let above = match finding.place {
        crate::check::Place::Link { issuer, .. } => name(issuer),
        _ => String::new(),
    };
    let fact = |wanted: &str| finding.facts.iter().find(|fact| fact.name == wanted).map(|fact| &fact.value);
    let text = |wanted: &str| fact(wanted).map(Value::to_string).unwrap_or_default();
    let date = |wanted: &str| match fact(wanted) {
        Some(Value::Time(time)) => time.date(),
        _ => String::new(),
    };
    match (finding.rule, finding.verdict) {
        ("signature", Verdict::Fail) => {
            format!("signature of {subject} does not verify with the key of {}", short(analysis, labels, finding))
        }
        ("signature", Verdict::Unknown) => format!("signature of {subject}: {}", text("result")),
        ("signature", _) => format!("{subject} is signed by the key of {}", short(analysis, labels, finding)),
        ("validity", Verdict::Fail) if text("state") == "expired" => format!("{subject} expired on {}", date("not_after")),
        ("validity", Verdict::Fail) => format!("{subject} is not valid before {}", date("not_before")),
        ("validity", Verdict::NotApplicable) => format!("{subject}: anchor dates are ignored"),
        ("validity", _) => format!("{subject} is valid to {}", date("not_after")),
        ("name-chaining", Verdict::Fail) => format!("{subject} names another issuer than {above}"),
        ("name-chaining", _) => format!("{subject} names {above} as its issuer"),
        ("basic-constraints" | "key-usage", Verdict::Fail | Verdict::Caution) if fact("malformed").is_some() => {
            format!("{above} has an extension that cannot be read: {}", text("malformed"))
        }
        ("basic-constraints", Verdict::Fail | Verdict::Caution) => format!("{above} is not a CA, yet issued {subject}"),
        ("basic-constraints", Verdict::NotApplicable) => format!("{above} is an anchor: nothing in it is required"),
        ("basic-constraints", _) => format!("{above} is a CA"),
        ("key-usage", Verdict::Fail | Verdict::Caution) => format!("key of {above} may not sign certificates ({})", text("key_usage")),
        ("key-usage", _) => format!("key of {above} may sign certificates"),
        ("key-identifier", Verdict::Caution) => format!("key identifier in {subject} is not that of {above}"),
        ("key-identifier", Verdict::NotApplicable) => format!("{subject} and {above}: no key identifiers to compare"),
        ("key-identifier", _) => format!("key identifier in {subject} is that of {above}"),
        ("path-length", Verdict::Fail | Verdict::Caution) => {
            format!("{subject} allows {} intermediates below it, here are {}", text("allowed"), text("intermediates_below"))
        }
        ("path-length", _) => format!("{subject} allows {} intermediates below it, has {}", text("allowed"), text("intermediates_below")),
        ("critical-extension", Verdict::Fail) => {
            format!("{subject} has a critical extension that cannot be processed: {}", listed(&finding.facts))
        }
        ("critical-extension", Verdict::Unknown) => {
            format!("{subject} restricts paths by what no rule here processes: {}", listed(&finding.facts))
        }
        ("critical-extension", _) => format!("{subject} has no unknown critical extension"),
        ("algorithm-match", Verdict::Fail) => format!("{subject} names two different signature algorithms"),
        ("algorithm-match", _) => format!("{subject} names one signature algorithm inside and outside"),
        ("trust", Verdict::Pass) => format!("{subject} is an anchor of {}", text("stores")),
        ("trust", _) => match fact("missing_issuer") {
            Some(missing) => format!("issuer of {subject} is not loaded: {missing}"),
            None => format!("{subject}: {}", text("end")),
        },
        (rule, _) => format!("{rule} of {subject}: {}", listed(&finding.facts)),
    }
}

/// The issuer's entity: a signature is by a key, so no sibling is named.
fn short(analysis: &Analysis, labels: &Labels, finding: &Finding) -> String {
    match finding.place {
        crate::check::Place::Link { issuer, .. } => labels.subject(&analysis.graph, issuer),
        _ => String::new(),
    }
}

fn listed(facts: &[Fact]) -> String {
    facts.iter().map(|fact| fact.value.to_string()).collect::<Vec<_>>().join(", ")
}
