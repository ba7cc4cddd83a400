//! Opening more while exploring, and reading again what was opened: what stays, and what is new or gone.

use std::collections::HashSet;
use std::sync::Arc;

use tui_input::Input;

use super::renumbering::Renumbering;
use super::state::Reopening;
use crate::analysis::{Analysis, Change, Difference};
use crate::cert::Fingerprint;
use crate::chain::CertificateId;
use crate::explorer::message::{Completion, Effect, Effects};
use crate::explorer::opened::Addition;
use crate::explorer::opened::Opened;
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;
use crate::words::{Notice, notice_words};

/// What PEM begins with; pasted text that has it is opened.
const MARKER: &str = "-----BEGIN ";
/// Bytes of pasted text that are opened: a few thousand certificates.
pub const MAX_PASTED: usize = 16 << 20;

impl Explorer {
    pub(in crate::explorer) fn reload(&mut self, effects: &mut Effects) {
        self.notice = notice_words(Notice::ReadingAgain);
        self.load(Addition::Nothing, effects);
    }

    fn load(&mut self, addition: Addition, effects: &mut Effects) {
        if self.jobs.reopening.is_some() {
            self.notice = notice_words(Notice::StillOpening);
            return;
        }
        let ticket = self.jobs.ticket();
        self.jobs.reopening = Some(Reopening { ticket, addition: addition.clone(), step: String::new() });
        let (kept, before) = (self.jobs.kept.clone(), Arc::clone(&self.opened.analysis));
        effects.push(Effect::Load { ticket: ticket.0, kept, addition, before });
    }

    /// Gives up what is being opened; whether something was.
    pub(in crate::explorer) fn give_up_opening(&mut self, effects: &mut Effects) -> bool {
        if self.jobs.reopening.take().is_none() {
            return false;
        }
        effects.push(Effect::CancelLoad);
        self.notice = notice_words(Notice::NothingOpened);
        true
    }

    /// What is being opened, and how far that is, for as long as it goes on.
    pub fn opening(&self) -> Option<String> {
        let Reopening { addition, step, .. } = self.jobs.reopening.as_ref()?;
        let what = match addition {
            Addition::Nothing => Notice::ReadingAgain,
            Addition::Named(text) => Notice::Opening(text),
            Addition::Pasted(_) => Notice::OpeningPasted,
        };
        Some(notice_words(Notice::OpeningStep { what: &what, step }))
    }

    pub(in crate::explorer) fn opening_step(&mut self, ticket: u64, step: String) {
        if let Some(reopening) = self.jobs.reopening.as_mut().filter(|reopening| reopening.ticket.0 == ticket) {
            reopening.step = step;
        }
    }

    /// What was being opened, if this is the answer to it, and it was not given up since.
    fn take_reopening(&mut self, ticket: u64) -> Option<Reopening> {
        self.jobs.reopening.take_if(|reopening| reopening.ticket.0 == ticket)
    }

    pub(in crate::explorer) fn open_more(&mut self, text: String) {
        self.views.open(View::Open { text: Input::new(text), candidates: Vec::new() });
    }

    /// How the name goes on that is typed there; nothing is said of one that is not any more.
    pub(in crate::explorer) fn completed(&mut self, typed: &str, completion: Completion) {
        let (longest, names, notice) = match completion {
            Completion::Found { longest, names, all } => {
                let notice = (all > 1 && names.len() < all).then_some(Notice::NamesShown { shown: names.len(), all });
                (longest, names, notice)
            }
            Completion::TooMany { most } => (typed.to_owned(), Vec::new(), Some(Notice::TooManyNames { most })),
        };
        if self.views.completed(typed, longest, names)
            && let Some(notice) = notice
        {
            self.notice = notice_words(notice);
        }
    }

    /// Enter in the line where a file or server is named.
    pub(in crate::explorer) fn take_name(&mut self, text: &str, effects: &mut Effects) {
        self.views.close();
        let text = text.trim();
        if !text.is_empty() {
            self.notice = notice_words(Notice::Opening(text));
            self.load(Addition::Named(text.to_owned()), effects);
        }
    }

    /// Text pasted where nothing is typed: certificates are opened; one line is taken as the name of a file or server, as terminals
    /// paste a file that is dropped on them.
    pub(in crate::explorer) fn pasted(&mut self, text: &str, effects: &mut Effects) {
        if text.len() > MAX_PASTED {
            self.notice = notice_words(Notice::TooMuchPasted { bytes: text.len(), most: MAX_PASTED });
            return;
        }
        if text.contains(MARKER) || text.trim().lines().count() > 1 {
            self.notice = notice_words(Notice::OpeningPasted);
            return self.load(Addition::Pasted(text.to_owned()), effects);
        }
        let name = text.trim().trim_matches(['\'', '"']).trim_start_matches("file://");
        if !name.is_empty() {
            self.open_more(name.chars().filter(|letter| !letter.is_control()).collect());
        }
    }

    pub(in crate::explorer) fn not_reopened(&mut self, ticket: u64, reasons: Vec<String>) {
        if self.take_reopening(ticket).is_none() {
            return;
        }
        self.notice = notice_words(Notice::NothingOpened);
        self.views.open(View::Text { title: "Not opened".to_owned(), lines: reasons, first: 0 });
    }

    /// What was read takes the place of what was open. All that the person chose stays where it still exists; after an addition its first
    /// certificate is looked at.
    pub(in crate::explorer) fn reopened(&mut self, ticket: u64, opened: Opened, effects: &mut Effects) {
        let Some(Reopening { addition, .. }) = self.take_reopening(ticket) else { return };
        let before = std::mem::replace(&mut self.opened, opened);

        let analysis = Arc::make_mut(&mut self.opened.analysis);
        let at_start = analysis.policy.at;
        if let Some(at) = self.selection.moved_time(before.analysis.policy.at) {
            analysis.policy.at = at;
        }
        // Nothing, but for what was fetched while it was being read.
        analysis.keep_fetched(&before.analysis);
        analysis.reachability = before.analysis.reachability.clone();
        let numbers = Renumbering::new(&before.analysis, analysis);
        numbers.signatures(&before.analysis, analysis);
        let mut difference = Difference::between(&before.analysis, analysis);
        difference.problems = Change::between(&before.problems, &self.opened.problems);
        for (anchor, is_trusted) in self.selection.anchors_by_hand() {
            let anchor = numbers.certificate(*anchor);
            let other = anchor.filter(|anchor| analysis.trust.anchor_of(*anchor).is_empty() == *is_trusted);
            if let Some(anchor) = other {
                analysis.trust.toggle(anchor);
            }
        }

        let was_given: HashSet<Fingerprint> = given(&before.analysis).collect();
        let is_new = |id: &CertificateId| !was_given.contains(&analysis.pool.certificate(*id).sha256);
        let first_new = analysis.targets.iter().copied().find(is_new).filter(|_| addition != Addition::Nothing);
        let target = numbers.certificate(self.judgement.target).or(analysis.targets.first().copied());
        let is_same_target = first_new.is_none() && numbers.certificate(self.judgement.target) == target;
        let chosen = self.chosen_path().and_then(|path| numbers.path(&path.certificates));
        let tally = self.judgement.tally();

        if addition != Addition::Nothing {
            self.jobs.kept.push(addition);
        }
        let was_fetching = self.is_fetching();
        self.jobs = self.jobs.renewed();
        self.selection.renumber(&numbers, at_start);
        self.picture.renumber(&numbers);
        self.panes.forget();
        match first_new {
            Some(first) => {
                self.show(first, effects);
                self.settle();
            }
            None => self.look_again(target.unwrap_or(CertificateId(0)), chosen, effects),
        }
        self.fetch_anew(was_fetching, effects);
        self.seek_again(difference.has_certificates(), effects);
        self.notice = notice_words(Notice::Read(&difference));
        // Of a target that was not looked at before there is nothing to compare.
        if is_same_target && !difference.is_none() {
            self.say_when_judged(self.notice.clone(), tally);
        }
    }
}

/// The fingerprints of what was asked for.
fn given(analysis: &Analysis) -> impl Iterator<Item = Fingerprint> {
    let pool = &analysis.pool;
    pool.ids().filter(|id| pool.entry(*id).given).map(|id| pool.certificate(id).sha256)
}
