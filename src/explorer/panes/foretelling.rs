//! When is what changes next asked for, and which answer counts?

use std::sync::Arc;

use super::foretold::{Foretold, ToForetell};
use super::pane::Tab;
use super::state::Future;
use crate::explorer::jobs::state::{Job, Ticket};
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;

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
