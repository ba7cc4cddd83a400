//! Validity as bars along one axis, the judged time across them, and what changes next.

use super::bars::bars;
use super::foretold::{Foretold, ToForetell};
use super::list::Row;
use super::pane::Tab;
use super::screen::value_columns;
use super::state::Future;
use super::wrap::lines;
use crate::explorer::jobs::state::{Job, Ticket};
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;
use crate::words::{dates, path_sign};
use std::sync::Arc;

use crate::cert::Time;
use crate::chain::Path;

/// Paths whose dates are shown.
const MAX_PATHS: usize = 12;
/// Columns of the dates at both ends of the axis.
const LEAST_AXIS: usize = 16;

pub(in crate::explorer) fn rows(explorer: &Explorer) -> Vec<Row> {
    let at = explorer.analysis().policy.at;
    let spans = bars(&explorer.judgement, explorer.labels());
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
    match explorer.panes.cache.future.as_ref().and_then(|future| future.known.as_ref()) {
        Some(known) => {
            for (place, words) in known.changes.iter().enumerate() {
                rows.extend(lines(explorer, &format!("change/{place}"), if place == 0 { "Next" } else { " " }, words));
            }
            if known.further > 0 {
                let words = format!("{} further changes are not shown; End while time moves goes to the next", known.further);
                rows.extend(lines(explorer, "changes", " ", &words));
            }
        }
        None => rows.push(Row::new(0, "change/0".to_owned(), "Next", "being judged")),
    }
    rows
}

impl Explorer {
    /// Asks for what changes next where it is shown and not known.
    pub(in crate::explorer) fn foretell(&mut self, effects: &mut Effects) {
        let after = self.times_judged();
        if self.panes.tab != Tab::Time || self.panes.cache.future.as_ref().is_some_and(|future| future.after == after) {
            return;
        }
        let ticket = self.jobs.ticket();
        self.panes.cache.future = Some(Future { after, job: Job::Running(ticket), known: None });
        effects.push(Effect::Foretell(ToForetell {
            ticket: ticket.0,
            judgement: Arc::clone(&self.judgement),
            labels: self.labels().clone(),
        }));
    }

    pub(in crate::explorer) fn foretold(&mut self, foretold: Foretold) {
        if let Some(future) = self.panes.cache.future.as_mut().filter(|future| future.job.is(Ticket(foretold.ticket))) {
            future.job = Job::Idle;
            future.known = Some(foretold);
        }
    }

    /// Whether what changes next is still being found out.
    pub(in crate::explorer) fn is_foretelling(&self) -> bool {
        self.panes.cache.future.as_ref().is_some_and(|future| future.job.is_running())
    }
}

/// The first and the last second at which every certificate of the path is valid; the first behind the last where there is none.
fn window(explorer: &Explorer, path: &Path) -> (Time, Time) {
    let pool = &explorer.analysis().pool;
    path.certificates
        .iter()
        .map(|id| pool.certificate(*id))
        .fold((Time(i64::MIN), Time(i64::MAX)), |(from, to), certificate| (from.max(certificate.not_before), to.min(certificate.not_after)))
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
