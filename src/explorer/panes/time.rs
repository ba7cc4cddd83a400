//! Validity as bars along one axis, the judged time across them, and what changes next.

use super::bars::bars;
use super::foretold::{Foretold, ToForetell};
use super::list::{Drawn, List, Row, Stretch};
use super::loaded;
use super::pane::Tab;
use super::state::Future;
use crate::check::Verdict;
use crate::explorer::jobs::state::{Job, Ticket};
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;
use crate::words::{counted, dates, path_sign, sign};
use std::sync::Arc;

use crate::cert::Time;
use crate::chain::Path;

/// Paths whose dates are shown.
const MAX_PATHS: usize = 12;

pub(in crate::explorer) fn rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let at = explorer.analysis().policy.at;
    let spans = bars(&explorer.judgement, explorer.labels());
    let first = spans.iter().map(|span| span.from).min().unwrap_or(at).min(at);
    let last = spans.iter().map(|span| span.to).max().unwrap_or(at).max(at);
    let axis = (first, last);
    let bar = |from: Time, to: Time| Some(Drawn { axis, what: Stretch::Bar { from, to, at } });
    let ends = Some(Drawn { axis, what: Stretch::Ends });
    let mut rows = vec![Row { drawn: ends, ..Row::new(0, "axis".to_owned(), "Dates", dates(first, last)) }];
    for span in &spans {
        let sign = match span.lasts {
            true if at < span.from || at > span.to => Some(sign(Verdict::Fail).said("not valid")),
            true => Some(sign(Verdict::Pass)),
            false => None,
        };
        let row = Row::new(usize::from(span.below), span.key.clone(), span.name.clone(), dates(span.from, span.to));
        rows.push(Row { sign, drawn: bar(span.from, span.to), certificate: Some(span.certificate), ..row });
    }
    let paths = &explorer.judgement.paths;
    for (place, judged) in paths.iter().enumerate().take(MAX_PATHS) {
        let (key, name) = (format!("path/{place}"), format!("Path {}", place + 1));
        let sign = Some(path_sign(judged.verdict));
        let Some((from, to)) = window(explorer, &judged.path) else {
            rows.push(Row { sign, ..Row::text(key, name, "unknown: the dates of a certificate cannot be read") });
            continue;
        };
        if from > to {
            rows.push(Row { sign, ..Row::text(key, name, "never: its certificates are not valid together") });
            continue;
        }
        rows.push(Row { sign, drawn: bar(from, to), ..Row::text(key, name, format!("valid together {}", dates(from, to))) });
    }
    if paths.len() > MAX_PATHS {
        rows.push(Row::new(0, "paths".to_owned(), " ", counted(paths.len() - MAX_PATHS, "more path")));
    }
    match explorer.panes.cache.future.as_ref().and_then(|future| future.known.as_ref()) {
        Some(known) => {
            for (place, words) in known.changes.iter().enumerate() {
                rows.push(Row::text(format!("change/{place}"), if place == 0 { "Next" } else { " " }, words.clone()));
            }
            if known.further > 0 {
                let words = format!("{} not shown; End while time moves goes to the next", counted(known.further, "further change"));
                rows.push(Row::text("changes", " ", words));
            }
        }
        None => rows.push(Row::new(0, "change/0".to_owned(), "Next", "being judged")),
    }
    rows.extend(loaded::rows(explorer, list));
    rows
}

impl Explorer {
    /// Asks for what changes next where it is shown and not known. What is judged before all signatures are checked has no future.
    pub(in crate::explorer) fn foretell(&mut self, effects: &mut Effects) {
        let after = self.times_judged();
        if self.panes.tab != Tab::Time
            || self.is_checking()
            || self.is_judging()
            || self.panes.cache.future.as_ref().is_some_and(|future| future.after == after)
        {
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

/// The first and the last second at which every certificate of the path is valid; the first behind the last where there is none. `None`
/// where one of them is not known.
fn window(explorer: &Explorer, path: &Path) -> Option<(Time, Time)> {
    let pool = &explorer.analysis().pool;
    path.certificates.iter().map(|id| pool.certificate(*id)).try_fold((Time(i64::MIN), Time(i64::MAX)), |(from, to), certificate| {
        Some((from.max(certificate.not_before?), to.min(certificate.not_after?)))
    })
}
