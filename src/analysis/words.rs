//! The sentences that every output shares, so that the screen and the report never differ.

use super::{Analysis, Labels, Target};
use crate::chain::{CertificateId, Count, End, Path, Stop};
use crate::check::{Decides, Finding, PathVerdict, Place, Said, Verdict, rule};

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
    let decides = |finding: &Finding| rule(finding.rule).map_or(Decides::Always, |rule| rule.decides);
    let failed = |finding: &&Finding| finding.verdict == Verdict::Fail && decides(finding) != Decides::Never;
    let open = |finding: &&Finding| finding.verdict == Verdict::Unknown && decides(finding) == Decides::Always;
    findings.iter().find(failed).or_else(|| findings.iter().find(open))
}

/// A finding in a sentence that names its certificate, as its rule words it.
pub fn finding_words(analysis: &Analysis, labels: &Labels, finding: &Finding) -> String {
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let (above, above_entity) = match finding.place {
        Place::Link { issuer, .. } => (name(issuer), labels.subject(&analysis.graph, issuer)),
        _ => (String::new(), String::new()),
    };
    let said = Said { finding, subject: &name(finding.place.certificate()), above: &above, above_entity: &above_entity };
    rule(finding.rule).map_or_else(|| said.all(), |rule| (rule.sentence)(&said))
}
