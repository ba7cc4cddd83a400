//! Validity as bars along one axis, the judged time across them, and what changes next.

use super::super::{Explorer, Row, screen};
use super::lines;
use crate::cert::Time;
use crate::chain::CertificateId;
use crate::check::{PathVerdict, Verdict};

/// Changes that are foretold.
const MAX_CHANGES: usize = 12;
/// Columns of the dates at both ends of the axis.
const LEAST_AXIS: usize = 16;

pub(super) fn rows(explorer: &Explorer) -> Vec<Row> {
    let analysis = explorer.analysis();
    let at = analysis.policy.at;
    let certificates = certificates(explorer);
    let of = |id: CertificateId| analysis.pool.certificate(id);
    let width = usize::from(screen::value_columns(screen::split(explorer.size, explorer).inspector.width)).max(LEAST_AXIS);
    let first = certificates.iter().map(|id| of(*id).not_before).min().unwrap_or(at).min(at);
    let last = certificates.iter().map(|id| of(*id).not_after).max().unwrap_or(at).max(at);
    let axis = Axis { first, last, width, at };
    let mut rows = vec![Row::new(0, "axis".to_owned(), "Dates", axis.ends())];
    for &id in &certificates {
        let certificate = of(id);
        let verdict = if at < certificate.not_before || at > certificate.not_after { Verdict::Fail } else { Verdict::Pass };
        let name = explorer.labels.certificate(&analysis.pool, &analysis.graph, id);
        let mut row = Row::new(
            0,
            format!("bar/{}", id.0),
            format!("{} {name}", sign(verdict)),
            axis.bar(certificate.not_before, certificate.not_after),
        );
        row.certificate = Some(id);
        rows.push(row);
    }
    for (place, judged) in explorer.target.paths.iter().enumerate() {
        let window = judged.path.certificates.iter().map(|id| of(*id)).fold((Time(i64::MIN), Time(i64::MAX)), |(from, to), certificate| {
            (from.max(certificate.not_before), to.min(certificate.not_after))
        });
        let words = if window.0 > window.1 {
            "never: its certificates are not valid together".to_owned()
        } else {
            format!("{} to {}", window.0.date(), window.1.date())
        };
        let words = format!("in its dates {words}");
        rows.extend(lines(explorer, &format!("path/{place}"), &format!("Path {}", place + 1), &words));
    }
    for (place, words) in changes(explorer).into_iter().enumerate() {
        rows.extend(lines(explorer, &format!("change/{place}"), if place == 0 { "Next" } else { " " }, &words));
    }
    rows
}

fn sign(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Pass { "✓" } else { "✗" }
}

/// Those of the target's paths, the target first.
fn certificates(explorer: &Explorer) -> Vec<CertificateId> {
    let mut out: Vec<CertificateId> = Vec::new();
    for id in explorer.target.paths.iter().flat_map(|judged| &judged.path.certificates) {
        if !out.contains(id) {
            out.push(*id);
        }
    }
    out
}

/// When certificates of these paths begin or end from now on, and how many paths hold then.
fn changes(explorer: &Explorer) -> Vec<String> {
    let analysis = explorer.analysis();
    let at = analysis.policy.at;
    let mut events: Vec<(Time, String)> = Vec::new();
    for id in certificates(explorer) {
        let (certificate, name) = (analysis.pool.certificate(id), explorer.labels.certificate(&analysis.pool, &analysis.graph, id));
        events.push((certificate.not_before, format!("{name} begins")));
        events.push((certificate.not_after.plus(1), format!("{name} ends")));
    }
    events.retain(|(time, _)| *time > at);
    events.sort();
    let total = explorer.target.paths.len();
    let mut later = analysis.clone();
    events
        .into_iter()
        .take(MAX_CHANGES)
        .map(|(time, what)| {
            later.policy.at = time;
            let again = later.examine_again(std::slice::from_ref(&explorer.target));
            let hold = again.iter().flat_map(|target| &target.paths).filter(|judged| judged.verdict == PathVerdict::Valid).count();
            format!("{}: {what}, {hold} of {total} paths hold then", time.plus(-1).date())
        })
        .collect()
}

struct Axis {
    first: Time,
    last: Time,
    width: usize,
    at: Time,
}

impl Axis {
    fn column(&self, time: Time) -> usize {
        let (span, since) = (i128::from(self.last.0) - i128::from(self.first.0), i128::from(time.0) - i128::from(self.first.0));
        let last = self.width - 1;
        if span <= 0 { 0 } else { usize::try_from(since.max(0) * i128::try_from(last).unwrap_or(0) / span).unwrap_or(last).min(last) }
    }

    /// `2015 ... 2035`, with the judged time between where there is room.
    fn ends(&self) -> String {
        let (first, last) = (self.first.date(), self.last.date());
        let gap = self.width.saturating_sub(first.len() + last.len());
        format!("{first}{}{last}", " ".repeat(gap.max(1)))
    }

    fn bar(&self, from: Time, to: Time) -> String {
        let (start, end, cursor) = (self.column(from), self.column(to), self.column(self.at));
        (0..self.width)
            .map(|column| match column {
                column if column == cursor => '┃',
                column if column == start && start == end => '┼',
                column if column == start => '├',
                column if column == end => '┤',
                column if column > start && column < end => '─',
                _ => ' ',
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    }
}
