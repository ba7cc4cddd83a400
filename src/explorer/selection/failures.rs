//! The checks that fail, on any path of the target: where `f` goes.

use std::sync::Arc;

use crate::analysis::{Budget, Failure, Judgement};
use crate::chain::CertificateId;
use crate::check::{Finding, PathVerdict, Place, RuleId, Verdict};
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;
use crate::words::{Notice, end_words, finding_words, notice_words};

/// Targets that one key looks through: some milliseconds.
const LOOKED_THROUGH: usize = 32;

impl Explorer {
    /// The failing check that was gone to last.
    pub fn failure(&self) -> Option<(RuleId, Place)> {
        self.selection.failure
    }

    /// The failing certificate that is looked at first: one of the chosen path, else of another, the lowest that is drawn. That a
    /// root is in no store says less than anything else that fails.
    pub(in crate::explorer) fn first_failing(&self) -> Option<CertificateId> {
        let own = self.judgement.paths.get(self.selection.chosen).map(|judged| judged.findings.as_ref()).unwrap_or_default();
        let all =
            own.iter().map(|finding| (true, finding)).chain(self.judgement.failures().iter().map(|failure| (false, &failure.finding)));
        let failing = all.filter(|(_, finding)| finding.verdict == Verdict::Fail);
        let slots = self.drawn_certificates();
        let drawn = failing.filter(|(_, finding)| slots.contains(&finding.blamed()));
        drawn.min_by_key(|(is_own, finding)| (!is_own, finding.rule == RuleId::Trust)).map(|(_, finding)| finding.blamed())
    }

    /// Behind the last failure of a target comes the first of the next target that has one, and round.
    pub(in crate::explorer) fn go_to_failure(&mut self, forward: bool, effects: &mut Effects) {
        if self.is_at_last_failure(forward)
            && let Some(target) = self.next_failing_target(forward)
        {
            self.show(target, effects);
            self.selection.failure = None;
        }
        // A fixed order, so that going on comes round: by path, not by what is chosen.
        let failures = self.judgement.failures();
        if failures.is_empty() {
            self.notice = self.no_failure();
            return;
        }
        let here = failures.iter().position(|failure| self.selection.failure == Some((failure.finding.rule, failure.finding.place)));
        let next = match (here, forward) {
            (Some(here), true) => (here + 1) % failures.len(),
            (Some(here), false) => (here + failures.len() - 1) % failures.len(),
            (None, true) => 0,
            (None, false) => failures.len() - 1,
        };
        let count = failures.len();
        if let Some(failure) = failures.get(next).cloned() {
            let Finding { rule, place, .. } = *failure.finding;
            if !self.fails_on_chosen(&failure) {
                self.selection.choose(failure.path);
            }
            self.selection.failure = Some((rule, place));
            self.selection.moved = true;
            self.selection.focus = failure.finding.blamed();
            self.refresh_scene();
            self.keep_in_view();
            let key = self.check_key(failure.finding.blamed(), rule);
            self.panes.show_check(key);
            let words = finding_words(self.analysis(), self.labels(), &failure.finding);
            let targets = &self.analysis().targets;
            let target = targets.iter().position(|id| *id == self.judgement.target).filter(|_| targets.len() > 1);
            let target = target.map_or_else(String::new, |place| format!("target {} of {}, ", place + 1, targets.len()));
            self.notice = format!("{target}failure {} of {count}: {words}", next + 1);
        }
    }

    /// Whether no failure of this target comes next in that direction.
    fn is_at_last_failure(&self, forward: bool) -> bool {
        let failures = self.judgement.failures();
        let last = if forward { failures.last() } else { failures.first() };
        last.is_none_or(|failure| self.selection.failure == Some((failure.finding.rule, failure.finding.place)))
    }

    /// The next target on whose paths something fails, as far as a first look tells.
    fn next_failing_target(&self, forward: bool) -> Option<CertificateId> {
        let targets = &self.opened.analysis.targets;
        let here = targets.iter().position(|id| *id == self.judgement.target)?;
        let count = targets.len();
        let others = (1..count).map(|by| (here + if forward { by } else { count - by }) % count).take(LOOKED_THROUGH);
        let mut others = others.filter_map(|place| targets.get(place).copied());
        others.find(|target| !Judgement::new(Arc::clone(&self.opened.analysis), *target, &Budget::first_look()).failures().is_empty())
    }

    /// A path may not hold although nothing on it fails: then its end is where to look.
    fn no_failure(&mut self) -> String {
        let Some(judged) = self.judgement.paths.get(self.selection.chosen).filter(|judged| judged.verdict != PathVerdict::Valid) else {
            return notice_words(Notice::NoFailure(self.judgement.tally()));
        };
        let words = format!("no check fails, but the path ends {}", end_words(self.analysis(), self.labels(), &judged.path));
        if let Some(&end) = judged.path.certificates.last() {
            self.focus_on(end);
        }
        words
    }

    fn fails_on_chosen(&self, failure: &Failure) -> bool {
        let own = self.judgement.paths.get(self.selection.chosen).map(|judged| judged.findings.as_ref()).unwrap_or_default();
        own.iter().any(|finding| (finding.rule, finding.place) == (failure.finding.rule, failure.finding.place))
    }
}
