//! Many targets in a table: a row for each, the worst first, and how many there are of each verdict.

use std::collections::BTreeMap;

use super::times::until_words;
use super::{Labels, counted, end_words, failure_words, grouped};
use crate::analysis::{Analysis, Judgement};
use crate::cert::Time;
use crate::chain::End;
use crate::check::PathVerdict;

/// One target of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    pub verdict: PathVerdict,
    pub name: String,
    /// The last day of its validity, or `unknown`.
    pub until: String,
    /// `None` is before all others.
    end: Option<Time>,
    /// Why it is not valid: `EXPIRED 2021-09-30`, of an issuer with its name; empty for what is valid.
    pub reason: String,
    /// Where it was read first.
    pub origin: String,
}

/// By verdict, the worst first, then by the end of validity, the earliest first, then by name.
pub fn target_rows(analysis: &Analysis, labels: &Labels, targets: &[Judgement]) -> Vec<TargetRow> {
    let mut rows: Vec<TargetRow> = targets.iter().map(|target| row(analysis, labels, target)).collect();
    rows.sort_by(|one, other| (rank(one.verdict), one.end, &one.name).cmp(&(rank(other.verdict), other.end, &other.name)));
    rows
}

/// `31 targets: 4 invalid, 27 untrusted`.
pub fn totals_words(rows: &[TargetRow]) -> String {
    let mut counts: BTreeMap<usize, (PathVerdict, usize)> = BTreeMap::new();
    for row in rows {
        counts.entry(rank(row.verdict)).or_insert((row.verdict, 0)).1 += 1;
    }
    let parts: Vec<String> = counts.values().map(|(verdict, count)| format!("{} {}", grouped(*count as u128), verdict.word())).collect();
    format!("{}: {}", counted(rows.len(), "target"), parts.join(", "))
}

fn row(analysis: &Analysis, labels: &Labels, target: &Judgement) -> TargetRow {
    let certificate = analysis.pool.certificate(target.target);
    let origin = analysis.pool.entry(target.target).origins.first();
    TargetRow {
        verdict: target.verdict,
        name: labels.certificate(&analysis.pool, &analysis.graph, target.target),
        until: until_words(certificate.not_before, certificate.not_after),
        end: certificate.not_after,
        reason: reason(analysis, labels, target),
        origin: origin.map(ToString::to_string).unwrap_or_default(),
    }
}

fn reason(analysis: &Analysis, labels: &Labels, target: &Judgement) -> String {
    let Some(best) = target.best().and_then(|best| target.paths.get(best)) else { return "no path".to_owned() };
    match best.decisive() {
        _ if target.verdict == PathVerdict::Valid => String::new(),
        Some(finding) if !matches!(target.verdict, PathVerdict::Untrusted | PathVerdict::Incomplete) => {
            let blamed = finding.blamed();
            let of = labels.certificate(&analysis.pool, &analysis.graph, blamed);
            let of = if blamed == target.target { String::new() } else { format!(" ({of})") };
            format!("{}{of}", failure_words(finding))
        }
        _ if best.path.end == End::SelfSigned && best.path.certificates.len() == 1 => "in no chosen store".to_owned(),
        _ => format!("ends {}", end_words(analysis, labels, &best.path)),
    }
}

fn rank(verdict: PathVerdict) -> usize {
    match verdict {
        PathVerdict::Invalid => 0,
        PathVerdict::Incomplete => 1,
        PathVerdict::Untrusted => 2,
        PathVerdict::Unknown => 3,
        PathVerdict::Valid => 4,
    }
}
