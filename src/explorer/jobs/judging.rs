//! Judging the target anew, off the drawing thread, whenever what it depends on has changed; and keeping what is looked at where it still
//! exists.

use std::sync::Arc;

use super::state::{Afterwards, Job, Says, Ticket};
use crate::analysis::{Analysis, Budget, Judgement, Tally};
use crate::chain::CertificateId;
use crate::explorer::keys::keymap::Settings;
use crate::explorer::message::{Effect, Effects, ToJudge};
use crate::explorer::opened::Opened;
use crate::explorer::state::Explorer;
use crate::words::{Notice, change_words, notice_words};

impl Explorer {
    /// The explorer's first state for a screen of `size` columns and rows; what is to be done outside is added to `effects`.
    pub fn new(opened: Opened, settings: Settings, size: (u16, u16), effects: &mut Effects) -> Self {
        let first = opened.analysis.targets.first().copied().unwrap_or(CertificateId(0));
        let judgement = first_look(&opened.analysis, first);
        let notice = opened.about.as_ref().map(|about| notice_words(Notice::LookAt(&about.title))).unwrap_or_default();
        let mut explorer = Self::from_parts(opened, first, judgement, settings, size);
        explorer.choose_best();
        explorer.settle();
        explorer.focus_on_interest();
        explorer.look_closer(true, effects);
        explorer.fetch_at_start(effects);
        explorer.refresh_explained();
        explorer.notice = notice;
        explorer
    }

    /// Makes a certificate the target, and asks for the signatures that its paths need.
    pub(in crate::explorer) fn show(&mut self, target: CertificateId, effects: &mut Effects) {
        let targets = &self.opened.analysis.targets;
        if targets.contains(&self.judgement.target) && !targets.contains(&target) {
            self.selection.leave(self.judgement.target);
        }
        self.look_at(target);
        self.selection.start_at(target);
        self.choose_best();
        self.picture.forget_centre();
        self.refresh_scene();
        self.focus_on_interest();
        self.look_closer(false, effects);
    }

    /// Judges what was read anew; `chosen` is the path that was looked at, where it may still exist.
    pub(in crate::explorer) fn look_again(&mut self, target: CertificateId, chosen: Option<Vec<CertificateId>>, effects: &mut Effects) {
        self.look_at(target);
        self.choose_best();
        self.selection.seek(chosen);
        self.look_closer(false, effects);
        self.choose_sought();
        self.refresh_scene();
        self.stay_in_view();
    }

    /// After a first look: the signatures that it lacks, else whatever its small budget left open.
    fn look_closer(&mut self, settles: bool, effects: &mut Effects) {
        if self.judgement.is_open() {
            self.check_signatures(effects);
        } else if !self.judgement.spent.is_empty() {
            self.ask(Afterwards { settles, ..Afterwards::default() }, effects);
        }
    }

    /// Judges the target anew after signatures were checked, or more is known.
    pub(in crate::explorer) fn judge(&mut self, effects: &mut Effects) {
        self.ask(Afterwards::default(), effects);
    }

    /// The same; a picture that nobody has moved in is settled anew then, and signatures that are unchecked are asked for.
    pub(in crate::explorer) fn judge_and_settle(&mut self, checks: bool, effects: &mut Effects) {
        self.ask(Afterwards { settles: true, checks, says: None }, effects);
    }

    /// Judges the target anew after the judged time or the stores were changed, and says what that did to the paths.
    pub(in crate::explorer) fn judge_saying(&mut self, what: String, checks: bool, effects: &mut Effects) {
        let says = Some(Says { what, before: self.judgement.tally(), waits: false });
        self.ask(Afterwards { says, checks, settles: false }, effects);
    }

    /// Says what became of the paths since `before`, once that is found out.
    pub(super) fn say_when_judged(&mut self, what: String, before: Tally) {
        if self.is_checking() || self.jobs.judging.is_running() {
            self.jobs.afterwards.says = Some(Says { what, before, waits: true });
        } else {
            self.notice = change_words(&what, before, self.judgement.tally());
        }
    }

    fn ask(&mut self, afterwards: Afterwards, effects: &mut Effects) {
        let ticket = self.jobs.ticket();
        self.jobs.judging = Job::Running(ticket);
        let waiting = &mut self.jobs.afterwards;
        waiting.says = afterwards.says.or(waiting.says.take());
        waiting.checks |= afterwards.checks;
        waiting.settles |= afterwards.settles;
        // While signatures are checked most of what is listed may turn out to be none.
        let budget = if self.is_checking() { Budget::first_look() } else { Budget::default() };
        let budget = Budget { listed: budget.listed.max(self.chosen() + 1), ..budget };
        effects.push(Effect::Judge(ToJudge {
            generation: ticket.0,
            analysis: Arc::clone(&self.opened.analysis),
            target: self.judgement.target,
            budget,
            before: Arc::clone(&self.judgement),
        }));
    }

    /// Takes the answer to the newest question. One to an older question is shown until then, where it is newer than what is shown: while
    /// signatures are checked, or a key is held, questions may come faster than answers.
    pub(in crate::explorer) fn judged(&mut self, judgement: Judgement, effects: &mut Effects) {
        let ticket = Ticket(judgement.generation);
        if !self.jobs.judging.is(ticket) {
            if self.is_judging() && ticket > self.jobs.shown {
                self.jobs.shown = ticket;
                self.replace(judgement);
            }
            return;
        }
        (self.jobs.judging, self.jobs.shown) = (Job::Idle, ticket);
        let Afterwards { says, checks, settles } = std::mem::take(&mut self.jobs.afterwards);
        let had = self.judgement.analysis.pool.len();
        self.replace(judgement);
        // What was sought may be in what was fetched.
        if self.judgement.analysis.pool.len() > had {
            self.seek_again(true, effects);
        }
        if settles && !self.moved() {
            self.settle();
        }
        match says {
            Some(says) if says.waits && self.is_checking() => self.jobs.afterwards.says = Some(says),
            Some(Says { what, before, .. }) => self.notice = change_words(&what, before, self.judgement.tally()),
            None => {}
        }
        if checks {
            self.check_signatures(effects);
        }
    }

    /// Keeps the chosen path and the focus where they still exist.
    fn replace(&mut self, judgement: Judgement) {
        let chosen = self.chosen_path().map(|path| path.certificates.clone());
        self.set(judgement);
        if self.moved() || self.selection.is_seeking() {
            self.choose_best();
            self.selection.seek_at_least(chosen);
            self.choose_sought();
        } else {
            self.choose_best();
        }
        self.refresh_scene();
        if !self.moved() {
            self.focus_on_interest();
        }
        self.stay_in_view();
    }

    fn look_at(&mut self, target: CertificateId) {
        self.jobs.start_judging();
        self.set(first_look(&self.opened.analysis, target));
    }

    fn set(&mut self, judgement: Judgement) {
        self.judgement = Arc::new(judgement);
        self.jobs.judged += 1;
    }

    /// How often the target was judged, or another took its place.
    pub(in crate::explorer) fn times_judged(&self) -> u64 {
        self.jobs.judged
    }

    /// Whether what is shown is about to be judged anew.
    pub(in crate::explorer) fn is_judging(&self) -> bool {
        self.jobs.judging.is_running()
    }

    /// Whether something is under way whose answer may change what is shown.
    pub fn is_working(&self) -> bool {
        self.is_checking() || self.is_fetching() || self.is_searching() || self.is_foretelling() || self.is_judging()
    }
}

/// What can be said at once.
fn first_look(analysis: &Arc<Analysis>, target: CertificateId) -> Judgement {
    Judgement::new(Arc::clone(analysis), target, &Budget::first_look())
}
