//! What changes next: found out on the worker's thread, since for each change every path is judged anew.

use std::sync::Arc;

use super::bars::bars;
use crate::analysis::{Analysis, Budget, Judgement};
use crate::cert::Time;
use crate::words::{Labels, since_words, until_words, valid_words};

/// Changes whose outcome is told; how many more there are is said.
const MAX_CHANGES: usize = 12;

/// A judgement whose future is asked for.
#[derive(Debug, Clone)]
pub struct ToForetell {
    /// The number of the request.
    pub ticket: u64,
    pub judgement: Arc<Judgement>,
    pub labels: Labels,
}

/// What changes next, the nearest first.
#[derive(Debug, Clone)]
pub struct Foretold {
    /// The number of the request that it answers.
    pub ticket: u64,
    /// A line each: when, what, and how many paths are valid then.
    pub changes: Vec<String>,
    /// Changes of which nothing is told.
    pub further: usize,
}

impl ToForetell {
    /// When certificates of the paths, or what tells of their revocation, begin or end from now on, and how many paths are valid then.
    /// `is_cancelled` is asked before each path.
    pub fn foretell(self, is_cancelled: &dyn Fn() -> bool) -> Foretold {
        let judgement = &self.judgement;
        let mut events: Vec<(Time, String)> = Vec::new();
        let mut certificate = String::new();
        for bar in bars(judgement, &self.labels).into_iter().filter(|bar| bar.lasts) {
            let name = if bar.below { format!("{} of {certificate}", bar.name) } else { bar.name };
            events.push((bar.from, format!("{}: {name} begins", since_words(Some(bar.from), Some(bar.to)))));
            events.push((bar.to.plus(1), format!("{}: {name} ends", until_words(Some(bar.from), Some(bar.to)))));
            if !bar.below {
                certificate = name;
            }
        }
        events.retain(|(time, _)| *time > judgement.analysis.policy.at);
        events.sort();
        let further = events.len().saturating_sub(MAX_CHANGES);
        let mut later: Analysis = judgement.analysis.as_ref().clone();
        let changes = events.into_iter().take(MAX_CHANGES).take_while(|_| !is_cancelled()).map(|(time, what)| {
            later.policy.at = time;
            // Both numbers are of that time: another budget may list other paths.
            let then = judgement.again_until(is_cancelled, Arc::new(later.clone()), &Budget::default()).tally();
            format!("{what}, {} then", valid_words(then))
        });
        Foretold { ticket: self.ticket, changes: changes.collect(), further }
    }
}
