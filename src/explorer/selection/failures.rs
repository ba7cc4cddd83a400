//! The checks that fail, on any path of the target: where `f` goes.

use crate::analysis::Failure;
use crate::chain::CertificateId;
use crate::check::{Finding, PathVerdict, RuleId, Verdict};
use crate::diagram::SlotId;
use crate::explorer::{Effect, Explorer, Pane};
use crate::words::{end_words, finding_words};

impl Explorer {
    /// The failing certificate that is looked at first: one of the chosen path, else of another, the lowest that is drawn. That a
    /// root is in no store says less than anything else that fails.
    pub(in crate::explorer) fn first_failing(&self) -> Option<CertificateId> {
        let own = self.target.paths.get(self.chosen).map(|judged| judged.findings.as_slice()).unwrap_or_default();
        let all = own.iter().map(|finding| (true, finding)).chain(self.target.failures().iter().map(|failure| (false, &failure.finding)));
        let failing = all.filter(|(_, finding)| finding.verdict == Verdict::Fail);
        let drawn = failing.filter(|(_, finding)| self.scene.slot_rect(SlotId(finding.place.certificate().0)).is_some());
        drawn.min_by_key(|(is_own, finding)| (!is_own, finding.rule == RuleId::Trust)).map(|(_, finding)| finding.place.certificate())
    }

    pub(in crate::explorer) fn go_to_failure(&mut self, forward: bool) -> Vec<Effect> {
        // A fixed order, so that going on comes round: by path, not by what is chosen.
        let failures = self.target.failures();
        if failures.is_empty() {
            self.status = self.no_failure();
            return Vec::new();
        }
        let here = failures.iter().position(|failure| self.failure == Some((failure.finding.rule, failure.finding.place)));
        let next = match (here, forward) {
            (Some(here), true) => (here + 1) % failures.len(),
            (Some(here), false) => (here + failures.len() - 1) % failures.len(),
            (None, _) => 0,
        };
        let count = failures.len();
        if let Some(failure) = failures.get(next).cloned() {
            let Finding { rule, place, .. } = *failure.finding;
            if !self.fails_on_chosen(&failure) {
                self.chosen = failure.path;
            }
            self.failure = Some((rule, place));
            self.moved = true;
            self.focus = place.certificate();
            self.refresh_scene();
            self.keep_in_view();
            self.reveal_check(rule, place.certificate());
            let words = finding_words(self.analysis(), &self.labels, &failure.finding);
            self.status = format!("failure {} of {count}: {words}", next + 1);
        }
        Vec::new()
    }

    /// A path may not hold although nothing on it fails: then its end is where to look.
    fn no_failure(&mut self) -> String {
        let Some(judged) = self.target.paths.get(self.chosen).filter(|judged| judged.verdict != PathVerdict::Valid) else {
            return "no check fails on any path".to_owned();
        };
        let words = format!("no check fails, but the path ends {}", end_words(self.analysis(), &self.labels, &judged.path));
        if let Some(&end) = judged.path.certificates.last() {
            self.focus_on(end);
        }
        words
    }

    fn fails_on_chosen(&self, failure: &Failure) -> bool {
        let own = self.target.paths.get(self.chosen).map(|judged| judged.findings.as_slice()).unwrap_or_default();
        own.iter().any(|finding| (finding.rule, finding.place) == (failure.finding.rule, failure.finding.place))
    }

    fn reveal_check(&mut self, rule: RuleId, certificate: CertificateId) {
        self.checks.cursor = crate::explorer::panes::checks::check_key(certificate, rule);
        if self.pane != Pane::Diagram {
            self.pane = Pane::Checks;
        }
        self.lower = Pane::Checks;
    }
}
