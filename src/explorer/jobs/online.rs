//! What is fetched while exploring: what the chosen path's certificates name, on a key; asked for by an effect, taken in as it comes.

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::chain::Pool;
use crate::explorer::{Effect, Explorer};
use crate::source::{Allowed, Reach};
use crate::words::{counted, reach_words};

/// Whether and where things may be fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Online {
    /// What the target's paths name is fetched right after the first frame.
    pub at_start: bool,
    pub allowed: Allowed,
}

/// How far fetching is.
#[derive(Debug, Clone, Default)]
pub struct Fetching {
    /// Number of the newest fetch.
    ticket: u64,
    pub running: bool,
    /// Answers about signatures that were asked for before this request speak of links that have other numbers now.
    pub(in crate::explorer) graph_since: u64,
    /// Certificates that were known when it began.
    known: usize,
}

impl Explorer {
    /// After the first frame, where it was asked for.
    pub(in crate::explorer) fn fetch_at_start(&mut self) -> Vec<Effect> {
        if self.opened.online.at_start { self.fetch(false) } else { Vec::new() }
    }

    /// What the chosen path names and was not reached yet.
    pub(in crate::explorer) fn fetch_for_path(&mut self) -> Vec<Effect> {
        let Some(path) = self.chosen_path() else {
            self.status = "there is no path to fetch anything for".to_owned();
            return Vec::new();
        };
        let endpoints = self.analysis().endpoints_of(path);
        let is_reached = |reach: &Reach| matches!(reach, Reach::Reachable { .. } | Reach::Kept { .. });
        if self.fetching.running {
            self.status = "still fetching".to_owned();
        } else if !endpoints.iter().any(|(_, endpoint, _)| endpoint.is_http()) {
            self.status = "the certificates of this path name nothing to fetch by http or https".to_owned();
        } else if endpoints.iter().all(|(_, endpoint, reach)| is_reached(reach) || !endpoint.is_http()) {
            self.status = "everything this path refers to has been fetched".to_owned();
        } else {
            return self.fetch(true);
        }
        Vec::new()
    }

    fn fetch(&mut self, only_chosen: bool) -> Vec<Effect> {
        let analysis = self.opened.analysis.clone();
        self.fetching.ticket += 1;
        self.fetching.running = true;
        self.fetching.known = analysis.pool.len();
        let path = self.chosen_path().filter(|_| only_chosen).map(|path| path.certificates.clone());
        let (ticket, target, allowed) = (self.fetching.ticket, self.target.target, self.opened.online.allowed.clone());
        vec![Effect::Fetch { ticket, analysis: Box::new(analysis), target, path, allowed }]
    }

    pub(in crate::explorer) fn following(&mut self, ticket: u64, line: &str) -> Vec<Effect> {
        if ticket == self.fetching.ticket {
            self.status = format!("fetching {line}");
        }
        Vec::new()
    }

    /// Takes in what is known now; `base` is the pool that it grew from, without which its numbers mean nothing.
    pub(in crate::explorer) fn fetched(&mut self, ticket: u64, base: &Arc<Pool>, fetched: Analysis) -> Vec<Effect> {
        let Analysis { pool, mut graph, evidence, reachability, .. } = fetched;
        let analysis = &mut self.opened.analysis;
        if ticket != self.fetching.ticket || !Arc::ptr_eq(base, &analysis.pool) {
            return Vec::new();
        }
        let is_new = pool.len() > analysis.pool.len();
        if is_new {
            graph.remember(&analysis.graph);
            analysis.graph = graph;
            self.fetching.graph_since = self.request + 1;
        }
        (analysis.pool, analysis.evidence, analysis.reachability) = (pool, evidence, reachability);
        self.judge();
        if is_new && !self.moved {
            self.settle();
        }
        self.check_signatures()
    }

    pub(in crate::explorer) fn fetched_all(&mut self, ticket: u64, problem: Option<String>) -> Vec<Effect> {
        if ticket != self.fetching.ticket {
            return Vec::new();
        }
        self.fetching.running = false;
        self.opened.problems.extend(problem);
        let (given, tried) = self.analysis().reachability.counts();
        let new = self.analysis().pool.len().saturating_sub(self.fetching.known);
        self.status = format!("{given} of {tried} fetches succeeded, {}", counted(new, "new certificate"));
        Vec::new()
    }

    /// The focused certificate's endpoints, once something was fetched.
    pub(in crate::explorer) fn endpoints_of_focus(&self) -> Vec<(String, String)> {
        if self.analysis().reachability.is_empty() {
            return Vec::new();
        }
        let found = self.analysis().endpoints_at(self.focus);
        found
            .into_iter()
            .map(|(_, endpoint, reach)| (endpoint.kind.label().to_owned(), format!("{}  {}", endpoint.place(), reach_words(&reach))))
            .collect()
    }
}
