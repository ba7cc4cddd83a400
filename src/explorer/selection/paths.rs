//! Which path is chosen, and which certificate is the target.

use crate::chain::{CertificateId, Path};
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;
use crate::words::{Notice, end_words, notice_words, place_words};

impl Explorer {
    /// The path that is shown heavy, whose checks are listed.
    pub fn chosen_path(&self) -> Option<&Path> {
        self.judgement.paths.get(self.selection.chosen).map(|judged| &judged.path)
    }

    /// Its place among the judgement's paths.
    pub fn chosen(&self) -> usize {
        self.selection.chosen
    }

    /// Chooses the first path of the best verdict.
    pub(in crate::explorer) fn choose_best(&mut self) {
        self.selection.chosen = self.judgement.best().unwrap_or(0);
    }

    /// Chooses the path that is sought, where it is listed now.
    pub(in crate::explorer) fn choose_sought(&mut self) {
        let Some(sought) = self.selection.sought() else { return };
        let found = self.judgement.paths.iter().position(|judged| judged.path.certificates == sought);
        match found {
            Some(found) => self.selection.choose(found),
            // All are listed, and it is not among them: it is gone.
            None if !self.is_working() => self.selection.seek(None),
            None => {}
        }
    }

    pub(in crate::explorer) fn go_to_path(&mut self, forward: bool) {
        let count = self.judgement.paths.len();
        if count < 2 {
            self.notice = notice_words(Notice::OnlyPath);
            return;
        }
        self.choose((self.selection.chosen + if forward { 1 } else { count - 1 }) % count);
    }

    /// Chooses a path; the focus stays if it is on it, else goes to the certificate that stands in its sibling's place, or
    /// to the first that differs from the path before.
    fn choose(&mut self, next: usize) {
        let before: Vec<CertificateId> = self.chosen_path().map(|path| path.certificates.clone()).unwrap_or_default();
        self.selection.choose(next);
        self.selection.moved = true;
        let path: Vec<CertificateId> = self.chosen_path().map(|path| path.certificates.clone()).unwrap_or_default();
        if !path.contains(&self.selection.focus) {
            let graph = &self.analysis().graph;
            let entity = graph.entity_of(self.selection.focus);
            let sibling = path.iter().copied().find(|id| graph.entity_of(*id) == entity);
            let differing = path.iter().copied().find(|id| !before.contains(id));
            self.selection.focus = sibling.or(differing).unwrap_or(self.judgement.target);
        }
        self.refresh_scene();
        self.keep_in_view();
        let end = self.chosen_path().map(|path| end_words(self.analysis(), self.labels(), path)).unwrap_or_default();
        self.notice = notice_words(Notice::Path { place: &place_words(&self.judgement, next), end: &end });
    }

    pub(in crate::explorer) fn choose_through_focus(&mut self) {
        let (paths, chosen) = (&self.judgement.paths, self.selection.chosen);
        let through = |index: &usize| paths.get(*index).is_some_and(|judged| judged.path.certificates.contains(&self.selection.focus));
        let count = paths.len();
        let found = (1..=count).map(|step| (chosen + step) % count).find(through);
        match found {
            Some(next) if next != chosen => self.choose(next),
            Some(_) => self.notice = notice_words(Notice::OnlyPathThrough),
            None => self.notice = notice_words(Notice::NoPathThrough),
        }
    }

    pub(in crate::explorer) fn go_to_target(&mut self, forward: bool, effects: &mut Effects) {
        let targets = &self.analysis().targets;
        let next = match targets.iter().position(|id| *id == self.judgement.target) {
            Some(_) if targets.len() == 1 => {
                self.notice = notice_words(Notice::OnlyTarget);
                return;
            }
            Some(here) => (here + if forward { 1 } else { targets.len() - 1 }) % targets.len(),
            None => self.way_back().unwrap_or(0),
        };
        let Some(&target) = targets.get(next) else {
            self.notice = notice_words(Notice::NoTarget);
            return;
        };
        self.notice = notice_words(Notice::Target { place: next, all: targets.len() });
        self.show(target, effects);
    }

    /// Where among the targets the one is that was left to explain another certificate.
    fn way_back(&self) -> Option<usize> {
        self.analysis().targets.iter().position(|id| Some(*id) == self.selection.left)
    }

    pub(in crate::explorer) fn explain_focus(&mut self, effects: &mut Effects) {
        self.show(self.selection.focus, effects);
        let analysis = self.analysis();
        let is_target = analysis.targets.contains(&self.judgement.target);
        let back = analysis.targets.get(self.way_back().unwrap_or(0)).filter(|_| !is_target);
        let back = back.map(|id| self.labels().certificate(&analysis.pool, &analysis.graph, *id));
        let host = analysis.policy.host.as_ref().map(|host| host.words());
        self.notice = notice_words(Notice::Explaining { back: back.as_deref(), host: host.as_deref() });
    }
}
