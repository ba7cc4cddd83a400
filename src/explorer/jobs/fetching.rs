//! What is fetched while exploring: what the chosen path's certificates name, on a key; asked for by an effect, taken in as it comes.

use std::sync::Arc;

use super::state::{Job, Ticket};
use crate::analysis::Analysis;
use crate::chain::Pool;
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;
use crate::source::{Problem, Reach};
use crate::words::{Notice, notice_words};

impl Explorer {
    /// After the first frame, where it was asked for.
    pub(in crate::explorer) fn fetch_at_start(&mut self, effects: &mut Effects) {
        if self.opened.online.at_start {
            self.fetch(false, effects);
        }
    }

    /// After everything was read again: what was being fetched then, and what is fetched at each start.
    pub(super) fn fetch_anew(&mut self, was_fetching: bool, effects: &mut Effects) {
        if was_fetching || self.opened.online.at_start {
            self.fetch(!self.opened.online.at_start, effects);
        }
    }

    /// What the chosen path names and was not reached yet.
    pub(in crate::explorer) fn fetch_for_path(&mut self, effects: &mut Effects) {
        let Some(path) = self.chosen_path() else {
            self.notice = notice_words(Notice::NoPathToFetchFor);
            return;
        };
        let endpoints = self.opened.analysis.endpoints_of(path);
        let is_reached = |reach: &Reach| matches!(reach, Reach::Reachable { .. } | Reach::Kept { .. });
        if self.jobs.fetch.is_running() {
            self.notice = notice_words(Notice::StillFetching);
        } else if !endpoints.iter().any(|(_, endpoint, _)| endpoint.is_http()) {
            self.notice = notice_words(Notice::NothingToFetch);
        } else if endpoints.iter().all(|(_, endpoint, reach)| is_reached(reach) || !endpoint.is_http()) {
            self.notice = notice_words(Notice::EverythingFetched);
        } else {
            self.fetch(true, effects);
        }
    }

    fn fetch(&mut self, only_chosen: bool, effects: &mut Effects) {
        let ticket = self.jobs.ticket();
        self.jobs.fetch = Job::Running(ticket);
        self.jobs.known = self.opened.analysis.pool.len();
        let path = self.chosen_path().filter(|_| only_chosen).map(|path| path.certificates.clone());
        effects.push(Effect::Fetch {
            ticket: ticket.0,
            analysis: Box::new(self.opened.analysis.as_ref().clone()),
            target: self.judgement.target,
            path,
            allowed: self.opened.online.allowed.clone(),
        });
    }

    pub(in crate::explorer) fn following(&mut self, ticket: u64, line: &str) {
        if self.jobs.fetch.is(Ticket(ticket)) {
            self.notice = notice_words(Notice::Fetching(line));
        }
    }

    /// Takes in what is known now; `base` is the pool that it grew from, without which its numbers mean nothing.
    pub(in crate::explorer) fn fetched(&mut self, ticket: u64, base: &Arc<Pool>, fetched: Analysis, effects: &mut Effects) {
        let Analysis { pool, mut graph, evidence, reachability, .. } = fetched;
        if !self.jobs.fetch.is(Ticket(ticket)) || !Arc::ptr_eq(base, &self.opened.analysis.pool) {
            return;
        }
        let is_new = pool.len() > self.opened.analysis.pool.len();
        let analysis = Arc::make_mut(&mut self.opened.analysis);
        if is_new {
            graph.remember(&analysis.graph);
            analysis.graph = graph;
            self.jobs.links_since = self.jobs.ticket();
        }
        (analysis.pool, analysis.evidence, analysis.reachability) = (pool, evidence, reachability);
        if is_new {
            self.judge_and_settle(true, effects);
        } else {
            self.judge(effects);
        }
    }

    pub(in crate::explorer) fn fetched_all(&mut self, ticket: u64, problem: Option<Problem>) {
        if !self.jobs.fetch.is(Ticket(ticket)) {
            return;
        }
        self.jobs.fetch = Job::Idle;
        self.opened.problems.extend(problem);
        let (given, tried) = self.opened.analysis.reachability.counts();
        let new = self.opened.analysis.pool.len().saturating_sub(self.jobs.known);
        self.notice = notice_words(Notice::Fetched { given, tried, new });
    }

    /// Whether something is being fetched.
    pub fn is_fetching(&self) -> bool {
        self.jobs.fetch.is_running()
    }
}
