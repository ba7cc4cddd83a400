//! Validity as bars along one axis, the judged time across them, and what changes next.

use std::sync::Arc;

use super::list::Row;
use super::pane::Tab;
use super::screen::value_columns;
use super::state::Foretold;
use super::wrap::lines;
use crate::explorer::state::Explorer;
use crate::words::{dates, path_sign};

use crate::analysis::Budget;
use crate::cert::Time;
use crate::chain::{CertificateId, Path};

/// Paths whose dates are shown.
const MAX_PATHS: usize = 12;
/// Changes that are foretold.
const MAX_CHANGES: usize = 12;
/// Columns of the dates at both ends of the axis.
const LEAST_AXIS: usize = 16;

pub(in crate::explorer) fn rows(explorer: &Explorer) -> Vec<Row> {
    let at = explorer.analysis().policy.at;
    let spans = spans(explorer);
    let width = usize::from(value_columns(explorer.screen().inspector.width)).max(LEAST_AXIS);
    let first = spans.iter().map(|span| span.from).min().unwrap_or(at).min(at);
    let last = spans.iter().map(|span| span.to).max().unwrap_or(at).max(at);
    let axis = Axis { first, last, width, at };
    let mut rows = vec![Row::new(0, "axis".to_owned(), "Dates", axis.ends())];
    for span in &spans {
        let sign = match span.lasts {
            true if at < span.from || at > span.to => "✗ ",
            true => "✓ ",
            false => "",
        };
        let depth = usize::from(span.below);
        let mut row = Row::new(depth, span.key.clone(), format!("{sign}{}", span.name), axis.bar(span.from, span.to));
        row.kind = dates(span.from, span.to);
        row.certificate = Some(span.certificate);
        rows.push(row);
    }
    let paths = &explorer.judgement.paths;
    for (place, judged) in paths.iter().enumerate().take(MAX_PATHS) {
        let (key, name) = (format!("path/{place}"), format!("{} Path {}", path_sign(judged.verdict).text, place + 1));
        let (from, to) = window(explorer, &judged.path);
        if from > to {
            rows.extend(lines(explorer, &key, &name, "never: its certificates are not valid together"));
            continue;
        }
        rows.push(Row::new(0, key.clone(), name, axis.bar(from, to)));
        rows.push(Row::new(0, format!("{key}/dates"), " ", format!("all its dates hold {}", dates(from, to))));
    }
    if paths.len() > MAX_PATHS {
        rows.push(Row::new(0, "paths".to_owned(), " ", format!("{} more paths", paths.len() - MAX_PATHS)));
    }
    for (place, words) in foretold(explorer).changes.iter().enumerate() {
        rows.extend(lines(explorer, &format!("change/{place}"), if place == 0 { "Next" } else { " " }, words));
    }
    rows
}

/// The first and the last second at which every certificate of the path is valid; the first behind the last where there is none.
fn window(explorer: &Explorer, path: &Path) -> (Time, Time) {
    let pool = &explorer.analysis().pool;
    path.certificates
        .iter()
        .map(|id| pool.certificate(*id))
        .fold((Time(i64::MIN), Time(i64::MAX)), |(from, to), certificate| (from.max(certificate.not_before), to.min(certificate.not_after)))
}

/// A stretch of time with its name.
struct Bar {
    key: String,
    name: String,
    from: Time,
    to: Time,
    certificate: CertificateId,
    /// It belongs to the certificate above it.
    below: bool,
    /// What it names counts from its first to its last second; a timestamp only happened.
    lasts: bool,
}

/// The certificates of the target's paths, each with what tells of its revocation; the target's timestamps behind it.
fn spans(explorer: &Explorer) -> Vec<Bar> {
    let analysis = explorer.analysis();
    let mut out = Vec::new();
    for certificate in certificates(explorer) {
        let found = analysis.pool.certificate(certificate);
        let name = explorer.labels().certificate(&analysis.pool, &analysis.graph, certificate);
        let (from, to) = (found.not_before, found.not_after);
        out.push(Bar { key: format!("bar/{}", found.sha256), name, from, to, certificate, below: false, lasts: true });
        for (place, window) in analysis.evidence.windows(found).into_iter().enumerate() {
            let key = format!("bar/{}/{place}", found.sha256);
            out.push(Bar { key, name: window.kind.to_owned(), from: window.from, to: window.to, certificate, below: true, lasts: true });
        }
        let stamps = found.embedded_timestamps().ok().flatten().unwrap_or_default();
        let moment = |milliseconds: u64| Time(i64::try_from(milliseconds / 1000).unwrap_or(i64::MAX));
        let moments: Vec<Time> = stamps.iter().map(|stamp| moment(stamp.milliseconds)).collect();
        if let (Some(&from), Some(&to)) = (moments.iter().min(), moments.iter().max()) {
            let (key, name) = (format!("bar/{}/stamps", found.sha256), format!("{} SCTs", moments.len()));
            out.push(Bar { key, name, from, to, certificate, below: true, lasts: false });
        }
    }
    out
}

/// Those of the target's paths, the target first.
fn certificates(explorer: &Explorer) -> Vec<CertificateId> {
    let mut out: Vec<CertificateId> = Vec::new();
    for id in explorer.judgement.paths.iter().flat_map(|judged| &judged.path.certificates) {
        if !out.contains(id) {
            out.push(*id);
        }
    }
    out
}

fn foretold(explorer: &Explorer) -> Foretold {
    let known = explorer.panes.cache.foretold.as_ref().filter(|known| known.judged == explorer.judged());
    known.cloned().unwrap_or_else(|| Foretold { judged: explorer.judged(), changes: changes(explorer).into() })
}

impl Explorer {
    /// Keeps what is foretold, so that it is not sought for every frame.
    pub(in crate::explorer) fn refresh_foretold(&mut self) {
        self.panes.cache.foretold = (self.panes.tab == Tab::Time).then(|| foretold(self));
    }
}

/// When certificates of these paths, or what tells of their revocation, begin or end from now on, and how many paths hold then.
fn changes(explorer: &Explorer) -> Vec<String> {
    let analysis = explorer.analysis();
    let at = analysis.policy.at;
    let mut events: Vec<(Time, String)> = Vec::new();
    let mut certificate = String::new();
    for bar in spans(explorer).into_iter().filter(|bar| bar.lasts) {
        let name = if bar.below { format!("{} of {certificate}", bar.name) } else { bar.name };
        events.push((bar.from, format!("{}: {name} begins", bar.from.date())));
        events.push((bar.to.plus(1), format!("{}: {name} ends", bar.to.date())));
        if !bar.below {
            certificate = name;
        }
    }
    events.retain(|(time, _)| *time > at);
    events.sort();
    let total = explorer.judgement.paths.len();
    let mut later: crate::analysis::Analysis = analysis.clone();
    events
        .into_iter()
        .take(MAX_CHANGES)
        .map(|(time, what)| {
            later.policy.at = time;
            let hold = explorer.judgement.again(Arc::new(later.clone()), &Budget::default()).valid();
            format!("{what}, {hold} of {total} paths hold then")
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
