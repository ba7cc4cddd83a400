//! The checks that fail, on any path of the target: where `f` goes.

use std::collections::HashSet;

use crate::chain::CertificateId;
use crate::check::{PathVerdict, Place, Verdict};
use crate::diagram::SlotId;
use crate::explorer::{Effect, Explorer, Pane};
use crate::words::{end_words, finding_words};

/// Paths that are searched for failures; real targets have a handful.
const SEARCHED_PATHS: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explorer) struct Failure {
    pub path: usize,
    pub rule: &'static str,
    pub place: Place,
    pub certificate: CertificateId,
}

impl Explorer {
    /// The failing certificate that is looked at first: one of the chosen path, else of another, the lowest that is drawn. That a
    /// root is in no store says less than anything else that fails.
    pub(in crate::explorer) fn first_failing(&self) -> Option<CertificateId> {
        let others = (0..self.target.paths.len()).filter(|path| *path != self.chosen);
        let failures = self.failures(std::iter::once(self.chosen).chain(others));
        let drawn = failures.iter().filter(|failure| self.scene.slot_rect(SlotId(failure.certificate.0)).is_some());
        drawn.min_by_key(|failure| (failure.path != self.chosen, failure.rule == "trust")).map(|failure| failure.certificate)
    }

    /// Each failing (rule, place) once, with the first of `paths` that it is on, each from the target upward.
    fn failures(&self, paths: impl Iterator<Item = usize>) -> Vec<Failure> {
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for path in paths.take(SEARCHED_PATHS) {
            let Some(judged) = self.target.paths.get(path) else { continue };
            for finding in self.analysis().findings(&judged.path) {
                if finding.verdict == Verdict::Fail && seen.insert((finding.rule, finding.place)) {
                    out.push(Failure { path, rule: finding.rule, place: finding.place, certificate: finding.place.certificate() });
                }
            }
        }
        out
    }

    pub(in crate::explorer) fn go_to_failure(&mut self, forward: bool) -> Vec<Effect> {
        // A fixed order, so that going on comes round: by path, not by what is chosen.
        let failures = self.failures(0..self.target.paths.len());
        if failures.is_empty() {
            self.status = self.no_failure();
            return Vec::new();
        }
        let here = failures.iter().position(|failure| self.failure == Some((failure.rule, failure.place)));
        let next = match (here, forward) {
            (Some(here), true) => (here + 1) % failures.len(),
            (Some(here), false) => (here + failures.len() - 1) % failures.len(),
            (None, _) => 0,
        };
        if let Some(failure) = failures.get(next).copied() {
            if !self.fails_on_chosen(&failure) {
                self.chosen = failure.path;
            }
            self.failure = Some((failure.rule, failure.place));
            self.moved = true;
            self.focus = failure.certificate;
            self.refresh_scene();
            self.keep_in_view();
            self.reveal_check(failure.rule, failure.certificate);
            let words = self.failure_words(&failure);
            self.status = format!("failure {} of {}: {words}", next + 1, failures.len());
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
        let findings = self.chosen_path().map(|path| self.analysis().findings(path)).unwrap_or_default();
        findings.iter().any(|finding| finding.rule == failure.rule && finding.place == failure.place && finding.verdict == Verdict::Fail)
    }

    fn reveal_check(&mut self, rule: &str, certificate: CertificateId) {
        self.checks.cursor = crate::explorer::panes::checks::check_key(certificate, rule);
        if self.pane != Pane::Diagram {
            self.pane = Pane::Checks;
        }
        self.lower = Pane::Checks;
    }

    fn failure_words(&self, failure: &Failure) -> String {
        let findings = self.target.paths.get(failure.path).map(|judged| self.analysis().findings(&judged.path)).unwrap_or_default();
        let found = findings.iter().find(|finding| finding.rule == failure.rule && finding.place == failure.place);
        found.map(|finding| finding_words(self.analysis(), &self.labels, finding)).unwrap_or_default()
    }
}
