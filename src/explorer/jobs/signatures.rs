//! Which signatures are checked in the background, and what is done with the answers as they come.

use std::sync::Arc;

use super::state::{Job, Ticket};
use crate::chain::{CheckBudget, LinkId, SignatureState};
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;

impl Explorer {
    /// Asks for the signatures above the target, where some are not checked; answers to older requests still count, but only
    /// the newest says when all is done.
    pub(in crate::explorer) fn check_signatures(&mut self, effects: &mut Effects) {
        let analysis = &self.opened.analysis;
        if !self.judgement.is_open() {
            self.jobs.signatures = Job::Idle;
            return;
        }
        let ticket = self.jobs.ticket();
        self.jobs.signatures = Job::Running(ticket);
        effects.push(Effect::Check {
            request: ticket.0,
            pool: Arc::clone(&analysis.pool),
            graph: Box::new(analysis.graph.clone()),
            target: self.judgement.target,
            signers: analysis.evidence.signers(),
        });
    }

    pub(in crate::explorer) fn checked(&mut self, request: u64, results: &[(LinkId, SignatureState)], effects: &mut Effects) {
        if Ticket(request) < self.jobs.links_since {
            return;
        }
        let graph = &mut Arc::make_mut(&mut self.opened.analysis).graph;
        results.iter().for_each(|(link, state)| graph.record(*link, *state));
        self.judge(effects);
    }

    pub(in crate::explorer) fn checked_all(&mut self, request: u64, budgets: &[CheckBudget], effects: &mut Effects) {
        let is_newest = self.jobs.signatures.is(Ticket(request));
        let is_of_these_links = Ticket(request) >= self.jobs.links_since;
        if !is_of_these_links || (self.is_checking() && !is_newest) {
            return;
        }
        // Also where nothing that is shown was unchecked any more, and nobody waits.
        Arc::make_mut(&mut self.opened.analysis).graph.note_cut_checks(budgets);
        if !is_newest {
            return;
        }
        self.jobs.signatures = Job::Idle;
        // A failing signature is written on its edge and takes room: the first look at the picture is settled only then.
        self.judge_and_settle(false, effects);
    }

    /// Whether signatures are being checked.
    pub fn is_checking(&self) -> bool {
        self.jobs.signatures.is_running()
    }
}
