//! What is said of a path and of a target: how it ends, which finding decides, where a search stopped.

use super::{Labels, Span, Tone, count_words, counted, finding_words, grouped};
use crate::analysis::{Analysis, Judgement, Limit, Spent, Tally};
use crate::cert::hex_colons;
use crate::chain::{CertificateId, End, Path};
use crate::check::PathVerdict;

/// A limit that ended something early.
pub fn spent_words(analysis: &Analysis, labels: &Labels, spent: Spent) -> String {
    let value = grouped(spent.value as u128);
    let issuer = || analysis.pool.certificate(spent.at).issuer.label();
    match spent.limit {
        Limit::ListedPaths => format!("only the first {value} paths are listed"),
        Limit::SearchSteps => format!("the search ended after {value} steps"),
        Limit::Depth => format!("paths longer than {value} certificates are not followed"),
        Limit::Targets => "not judged: the targets before it took all the time that one report has".to_owned(),
        Limit::Candidates => {
            let name = labels.certificate(&analysis.pool, &analysis.graph, spent.at);
            format!("only the likeliest {value} keys named {} were kept as issuers of {name}", issuer())
        }
        Limit::ChecksPerName => {
            format!("after {value} signature checks for the name {}, its other links stay unchecked", issuer())
        }
        Limit::NameComparisons => format!("names were compared with constraints {value} times, and no more are"),
        Limit::ComparisonsOfPair => {
            format!("a certificate is not judged where its names need more than {value} comparisons with the constraints of one CA")
        }
        Limit::PolicyEdgesOfPath => format!("a path with more than {value} relations between certificate policies is not judged"),
        Limit::PolicyEdges => format!("{value} relations between certificate policies were followed, and no more are"),
        Limit::SignerPaths => format!("paths of signers of CRLs and OCSP responses were searched or judged {value} times, and no more are"),
        Limit::SignerSearch => format!("the search for the path of a CRL's or response's signer ended after {value} steps"),
        Limit::Crls => format!("limit of {value} CRL comparisons reached; the CRLs left over were not considered"),
        Limit::Signatures => format!("{value} signatures of SCTs were checked, and no more are"),
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
        End::MissingIssuer => missing_issuer(analysis, last),
        End::Loop => format!("at {subject}: every issuer is on the path already"),
        End::Limit => format!("at {subject}, at the depth limit"),
    }
}

/// `below R3, which is not loaded`; where a CA of the same name and with another key is loaded, both with their key identifiers.
fn missing_issuer(analysis: &Analysis, last: CertificateId) -> String {
    let (pool, graph) = (&analysis.pool, &analysis.graph);
    let certificate = pool.certificate(last);
    let issuer = certificate.issuer.label();
    let namesake =
        graph.namesakes_of_issuer(last).find_map(|link| pool.certificate(*graph.entity(link.entity).certificates.first()?).subject_key());
    match (certificate.authority_key(), namesake) {
        (Some(named), Some(other)) => {
            let (named, other) = (key_identifier_words(named), key_identifier_words(other));
            format!(
                "below another {issuer} (key identifier {named}), which is not loaded; the one that is loaded has key identifier {other}"
            )
        }
        _ => format!("below {issuer}, which is not loaded"),
    }
}

/// As much of a key identifier as tells it from others: `4F:7A:50:12…`.
pub fn key_identifier_words(identifier: &[u8]) -> String {
    const TOLD: usize = 6;
    let more = if identifier.len() > TOLD { "…" } else { "" };
    format!("{}{more}", hex_colons(identifier.get(..TOLD).unwrap_or(identifier)))
}

/// A path's place among all of a target, counted from 0: `2/9,864,101`. Where signatures are unchecked each one that is checked may take
/// paths away, so that what was counted is no lower bound.
pub fn place_words(target: &Judgement, place: usize) -> String {
    let (place, all) = (grouped(place as u128 + 1), target.all_paths());
    match (target.is_open(), all.exact) {
        (false, _) => format!("{place}/{}", count_words(all)),
        (true, true) if all.value <= 1 => format!("{place}/{}", grouped(all.value)),
        (true, true) => format!("{place}/at most {}", grouped(all.value)),
        (true, false) => place,
    }
}

/// How many paths are valid, of those that were judged: `1 of 3 paths is valid`, `9 of the first 1,000 paths are valid`.
pub fn valid_words(Tally { valid, judged, is_whole }: Tally) -> String {
    match (judged, is_whole) {
        (0, _) => return "there is no path".to_owned(),
        (1, true) => return if valid == 1 { "the only path is valid" } else { "the only path is not valid" }.to_owned(),
        _ => {}
    }
    let (which, noun) = (if is_whole { "" } else { "the first " }, if judged == 1 { "path" } else { "paths" });
    let verb = if valid == 1 { "is" } else { "are" };
    format!("{} of {which}{} {noun} {verb} valid", grouped(valid as u128), grouped(judged as u128))
}

/// One line that says which path decides and why: `VALID: 3 of 3 paths are valid`. Paths that are not listed are not judged.
pub fn verdict_sentence(labels: &Labels, target: &Judgement) -> String {
    let analysis = &*target.analysis;
    let valid = target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid).count();
    let all = target.all_paths();
    let total = format!("{} {}", count_words(all), if all.value == 1 { "path" } else { "paths" });
    let best = target.paths.iter().find(|judged| judged.verdict == target.verdict);
    let first_failure = best.and_then(|judged| judged.decisive()).map(|finding| finding_words(analysis, labels, finding));
    match target.verdict {
        PathVerdict::Valid => {
            let is_whole = target.count.value.saturating_add(target.other.value) <= target.paths.len() as u128;
            let least = if is_whole { "" } else { "at least " };
            format!("VALID: {least}{} of {total} {} valid", grouped(valid as u128), if valid == 1 { "is" } else { "are" })
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
            let Tally { judged, is_whole, .. } = target.tally();
            let which = match (judged, is_whole) {
                (0 | 1, _) => String::new(),
                (_, true) => format!(" (0 of {total} are valid)"),
                (_, false) => format!(" (none of the first {} of {total} is valid)", grouped(judged as u128)),
            };
            format!("INVALID: {reason}{which}")
        }
    }
}

/// How the other listed paths fare: `1 other path valid, 12 not: DST Root CA X3 expired on 2021-09-30 (and 2 other reasons)`. `None` where
/// there is no other.
pub fn others_words(labels: &Labels, target: &Judgement, chosen: usize) -> Option<Span> {
    let others = || target.paths.iter().enumerate().filter(|(place, _)| *place != chosen).map(|(_, judged)| judged);
    let (valid, count) = (others().filter(|judged| judged.verdict == PathVerdict::Valid).count(), others().count());
    if count == 0 {
        return None;
    }
    let all = target.all_paths();
    let unlisted = if all.exact && all.value == target.paths.len() as u128 { "" } else { ", more exist" };
    if valid == count {
        let words = format!("{} valid{unlisted}", counted(valid, "other path"));
        return Some(Span::new(words, Tone::Dim));
    }
    let (mut first, mut seen) = (String::new(), Vec::new());
    for judged in others().filter(|judged| judged.verdict != PathVerdict::Valid) {
        let decisive = judged.decisive();
        let key = decisive.map(|finding| (finding.rule, finding.place));
        if seen.contains(&key) {
            continue;
        }
        if seen.is_empty() {
            first = match decisive {
                Some(finding) => finding_words(&target.analysis, labels, finding),
                None => format!("ends {}", end_words(&target.analysis, labels, &judged.path)),
            };
        }
        seen.push(key);
    }
    let more = match seen.len().saturating_sub(1) {
        0 => String::new(),
        more => format!(" (and {})", counted(more, "other reason")),
    };
    let counts = if valid == 0 {
        format!("{} not valid", counted(count, "other path"))
    } else {
        format!("{} valid, {} not", counted(valid, "other path"), count - valid)
    };
    Some(Span::new(format!("{counts}{unlisted}: {first}{more}"), Tone::Caution))
}

/// `1 failed, 2 warnings, 20 passed`.
pub fn checks_words(failed: usize, warnings: usize, passed: usize) -> String {
    let mut parts = Vec::new();
    if failed > 0 {
        parts.push(format!("{failed} failed"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    if parts.is_empty() {
        return format!("{} passed", counted(passed, "check"));
    }
    parts.push(format!("{passed} passed"));
    parts.join(", ")
}
