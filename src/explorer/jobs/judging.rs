//! Judging the target anew whenever what it depends on has changed, and keeping what is looked at where it still exists.

use std::sync::Arc;

use crate::analysis::{Analysis, Budget, Judgement};
use crate::chain::CertificateId;
use crate::explorer::keys::settings::Settings;
use crate::explorer::message::Effects;
use crate::explorer::opened::Opened;
use crate::explorer::state::Explorer;

impl Explorer {
    /// The explorer's first state for a screen of `size` columns and rows; the signatures to check are added to `effects`.
    pub fn new(opened: Opened, settings: Settings, size: (u16, u16), effects: &mut Effects) -> Self {
        let first = opened.analysis.targets.first().copied().unwrap_or(CertificateId(0));
        let judgement = first_look(&opened.analysis, first);
        let notice = opened.about.as_ref().map(|about| format!("i says what to look at · {}", about.title)).unwrap_or_default();
        let mut explorer = Self::from_parts(opened, first, judgement, settings, size);
        explorer.choose_best();
        explorer.settle();
        explorer.focus_on_interest();
        explorer.check_signatures(effects);
        explorer.fetch_at_start(effects);
        explorer.notice = notice;
        explorer
    }

    /// Makes a certificate the target, and asks for the signatures that its paths need.
    pub(in crate::explorer) fn show(&mut self, target: CertificateId, effects: &mut Effects) {
        self.judgement = first_look(&self.opened.analysis, target);
        self.jobs.judged += 1;
        self.jobs.stopped.clear();
        self.selection.start_at(target);
        self.choose_best();
        self.picture.forget_centre();
        self.refresh_scene();
        self.focus_on_interest();
        self.check_signatures(effects);
    }

    /// Judges what was read anew; `chosen` is the path that was looked at, where it still exists.
    pub(in crate::explorer) fn look_again(&mut self, target: CertificateId, chosen: Option<Vec<CertificateId>>, effects: &mut Effects) {
        self.judgement = Judgement::new(Arc::clone(&self.opened.analysis), target, &Budget::default());
        self.jobs.judged += 1;
        let kept = chosen.and_then(|path| self.judgement.paths.iter().position(|judged| judged.path.certificates == path));
        match kept {
            Some(kept) => self.selection.choose(kept),
            None => self.choose_best(),
        }
        self.refresh_scene();
        self.keep_in_view();
        self.check_signatures(effects);
    }

    /// Judges the target anew after signatures were checked.
    pub(in crate::explorer) fn judge(&mut self, _effects: &mut Effects) {
        let budget = if self.is_checking() { Budget::first_look() } else { Budget::default() };
        let budget = Budget { listed: budget.listed.max(self.chosen() + 1), ..budget };
        self.replace(Judgement::new(Arc::clone(&self.opened.analysis), self.judgement.target, &budget));
    }

    /// Judges the target anew after the judged time or the stores were changed, and says what that did to the paths.
    pub(in crate::explorer) fn judge_saying(&mut self, what: String, _effects: &mut Effects) {
        let before = self.judgement.valid();
        self.replace(self.judgement.again(Arc::clone(&self.opened.analysis), &Budget::default()));
        let after = self.judgement.valid();
        let total = self.judgement.paths.len();
        let change = match after.cmp(&before) {
            std::cmp::Ordering::Equal => format!("{after} of {total} paths hold, as before"),
            _ => format!("{after} of {total} paths hold, {before} did before"),
        };
        self.notice = format!("{what}: {change}");
    }

    /// Keeps the chosen path and the focus where they still exist.
    fn replace(&mut self, judgement: Judgement) {
        let chosen = self.chosen_path().cloned();
        self.judgement = judgement;
        self.jobs.judged += 1;
        let kept = chosen.and_then(|path| self.judgement.paths.iter().position(|judged| judged.path.certificates == path.certificates));
        match kept {
            Some(kept) if self.moved() => self.selection.choose(kept),
            _ => self.choose_best(),
        }
        self.refresh_scene();
        if !self.moved() {
            self.focus_on_interest();
        }
        self.keep_in_view();
    }

    /// How often the target was judged, or another took its place.
    pub(in crate::explorer) fn judged(&self) -> u64 {
        self.jobs.judged
    }
}

/// A target's paths: the first of them where signatures are to be checked, all that are listed where not.
fn first_look(analysis: &Arc<Analysis>, target: CertificateId) -> Judgement {
    let some = Judgement::new(Arc::clone(analysis), target, &Budget::first_look());
    if some.is_open() { some } else { Judgement::new(Arc::clone(analysis), target, &Budget::default()) }
}
