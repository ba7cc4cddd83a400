//! Finding certificates by any text of theirs, while it is typed. Decoding every field of thousands is left to the worker.

use std::collections::HashSet;
use std::sync::Arc;

use tui_input::Input;

use super::found::{Hit, Search};
use crate::chain::CertificateId;
use crate::explorer::jobs::state::{Job, Ticket};
use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;
use crate::words::{Notice, notice_words};

impl Explorer {
    pub(in crate::explorer) fn open_search(&mut self) {
        self.selection.search = Search { before: Some(self.selection.focus), ..Search::default() };
        self.views.open(View::Search { text: Input::default() });
    }

    /// The text has changed: what has it is sought, among what had the shorter one where all of that is known.
    pub(in crate::explorer) fn seek(&mut self, text: &str, effects: &mut Effects) {
        let search = &self.selection.search;
        let wanted = text.trim().to_lowercase();
        if wanted == search.wanted {
            return;
        }
        let goes_on = !search.job.is_running() && !search.wanted.is_empty() && wanted.contains(&search.wanted);
        let among = goes_on.then(|| search.hits.iter().map(|hit| hit.certificate).collect());
        self.selection.search.wanted = wanted;
        self.look_for(among, effects);
    }

    /// After everything was read again: what is still sought is sought in that, and where other certificates are there, so is what was
    /// found before.
    pub(in crate::explorer) fn seek_again(&mut self, are_others: bool, effects: &mut Effects) {
        if are_others || self.selection.search.job.is_running() {
            self.look_for(None, effects);
        }
    }

    fn look_for(&mut self, among: Option<Vec<CertificateId>>, effects: &mut Effects) {
        let wanted = self.selection.search.wanted.clone();
        self.selection.search.hits.clear();
        if wanted.is_empty() {
            self.selection.search.job = Job::Idle;
            return;
        }
        let ticket = self.jobs.ticket();
        self.selection.search.job = Job::Running(ticket);
        let analysis = &self.judgement.analysis;
        let (pool, at) = (Arc::clone(&analysis.pool), analysis.policy.at);
        effects.push(Effect::Search { ticket: ticket.0, pool, at, wanted, among });
    }

    pub(in crate::explorer) fn found(&mut self, ticket: u64, hits: Vec<Hit>, done: bool, effects: &mut Effects) {
        if !self.selection.search.job.is(Ticket(ticket)) {
            return;
        }
        let drawn = self.drawn_certificates();
        let pool = &self.judgement.analysis.pool;
        let search = &mut self.selection.search;
        search.hits.extend(hits);
        if done {
            search.job = Job::Idle;
        }
        // What is drawn comes first: it is what the person is looking at.
        search.hits.sort_by_cached_key(|hit| {
            let id = hit.certificate;
            (!drawn.contains(&id), !pool.entry(id).given, id)
        });
        if matches!(self.views().last(), Some(View::Search { .. })) {
            let first = self.selection.search.hits.first().map(|hit| hit.certificate);
            self.look_back(first.filter(|id| drawn.contains(id)));
        } else if done && std::mem::take(&mut self.selection.search.is_awaited) {
            self.go_to_first_hit(effects);
        }
    }

    /// The focus on a hit while typing, or back where it was.
    fn look_back(&mut self, hit: Option<CertificateId>) {
        if let Some(focus) = hit.or(self.selection.search.before) {
            self.selection.focus = focus;
            self.keep_in_view();
        }
    }

    /// Enter: goes to what was found, once all was looked through.
    pub(in crate::explorer) fn take_search(&mut self, effects: &mut Effects) {
        self.views.close();
        let search = &mut self.selection.search;
        if search.job.is_running() {
            search.is_awaited = true;
            self.notice = notice_words(Notice::Searching(&search.wanted));
        } else if !search.wanted.is_empty() {
            self.go_to_first_hit(effects);
        }
    }

    /// Escape: as if nothing had been typed.
    pub(in crate::explorer) fn leave_search(&mut self) {
        self.look_back(None);
        self.selection.search = Search::default();
    }

    fn go_to_first_hit(&mut self, effects: &mut Effects) {
        let search = &self.selection.search;
        if search.hits.is_empty() {
            let wanted = crate::cert::escape(&search.wanted);
            self.look_back(None);
            self.notice = format!("`{wanted}` is in no field of any certificate; & finds what a list shows");
            return;
        }
        let before = search.before.unwrap_or(self.selection.focus);
        let at = search.hits.iter().position(|hit| hit.certificate == before).unwrap_or(0);
        self.go_to_hit(at, effects);
    }

    pub(in crate::explorer) fn next_hit(&mut self, forward: bool, effects: &mut Effects) {
        let hits = &self.selection.search.hits;
        let count = hits.len();
        if self.is_searching() && count == 0 {
            self.notice = notice_words(Notice::Searching(&self.selection.search.wanted));
            return;
        }
        if count == 0 {
            self.notice = "nothing is searched for: / starts".to_owned();
            return;
        }
        let next = match hits.iter().position(|hit| hit.certificate == self.selection.focus) {
            Some(here) => (here + if forward { 1 } else { count - 1 }) % count,
            None => 0,
        };
        self.go_to_hit(next, effects);
    }

    /// A certificate that is no part of the picture becomes the target.
    fn go_to_hit(&mut self, place: usize, effects: &mut Effects) {
        let Some(hit) = self.selection.search.hits.get(place).cloned() else { return };
        let drawn = self.draw_also(hit.certificate);
        if !drawn {
            self.show(hit.certificate, effects);
        }
        self.focus_on(hit.certificate);
        self.refresh_scene();
        self.keep_in_view();
        let whither = if drawn { "" } else { ", now the target" };
        self.notice = format!("found {} of {}{whither}: {} {}", place + 1, self.selection.search.hits.len(), hit.field, hit.value);
    }

    /// What was found so far: what is drawn comes first.
    pub fn hits(&self) -> &[Hit] {
        &self.selection.search.hits
    }

    /// Whether certificates are still being looked through.
    pub fn is_searching(&self) -> bool {
        self.selection.search.job.is_running()
    }

    /// What stands behind the text that is typed.
    pub fn search_words(&self) -> String {
        let search = &self.selection.search;
        if search.wanted.is_empty() {
            return "any text of any certificate; Esc leaves".to_owned();
        }
        let drawn: HashSet<CertificateId> = self.drawn_certificates();
        match (search.job, search.hits.len()) {
            (Job::Running(_), count) => format!("{count} so far"),
            (Job::Idle, 0) => "in no field of any certificate".to_owned(),
            (Job::Idle, count) => match search.hits.iter().filter(|hit| drawn.contains(&hit.certificate)).count() {
                drawn if drawn == count => format!("{count} found; Enter stays, n goes on, Esc goes back"),
                drawn => format!("{count} found, {drawn} drawn; Enter goes there, Esc back"),
            },
        }
    }
}
