//! The checks that fail, on any path of the target: where `f` goes.

use crate::analysis::Failure;
use crate::chain::CertificateId;
use crate::check::{Finding, PathVerdict, Place, RuleId, Verdict};
use crate::explorer::state::Explorer;
use crate::words::{Notice, end_words, finding_words, notice_words};

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

    pub(in crate::explorer) fn go_to_failure(&mut self, forward: bool) {
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
            (None, _) => 0,
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
            self.notice = format!("failure {} of {count}: {words}", next + 1);
        }
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
