//! Walking over the diagram: to issuers, to what was issued, to siblings, and to what is of interest first.

use crate::chain::CertificateId;
use crate::diagram::{Direction, Orientation, SlotId};
use crate::explorer::keys::command::Command;
use crate::explorer::state::Explorer;

impl Explorer {
    /// The certificate that is looked at.
    pub fn focus(&self) -> CertificateId {
        self.selection.focus
    }

    /// Whether the person has moved: until then the focus follows the first failure.
    pub(in crate::explorer) fn moved(&self) -> bool {
        self.selection.moved
    }

    /// The certificate that others are compared with.
    pub(in crate::explorer) fn marked(&self) -> Option<CertificateId> {
        self.selection.marked
    }

    /// Marks the focused certificate as the one to compare others with; again, no longer.
    pub(in crate::explorer) fn mark(&mut self) {
        let is_marked = self.selection.marked == Some(self.selection.focus);
        self.selection.marked = (!is_marked).then_some(self.selection.focus);
        let name = self.labels().certificate(&self.analysis().pool, &self.analysis().graph, self.selection.focus);
        self.notice = if is_marked { "nothing is marked".to_owned() } else { format!("{name} is marked: d compares another with it") };
    }

    pub(in crate::explorer) fn focus_on(&mut self, certificate: CertificateId) {
        self.selection.move_to(certificate);
        self.notice.clear();
        self.keep_in_view();
    }

    /// The first failing place on any path, the chosen one first; else the first certificate with a sibling on the chosen
    /// path; else the target.
    pub(in crate::explorer) fn focus_on_interest(&mut self) {
        let failing = self.first_failing();
        let crossed = self.chosen_path().and_then(|path| {
            let drawn = self.drawn_certificates();
            let graph = &self.judgement.analysis.graph;
            let siblings = |id: &CertificateId| graph.entity(graph.entity_of(*id)).certificates.iter();
            path.certificates.iter().copied().find(|id| siblings(id).filter(|sibling| drawn.contains(sibling)).count() > 1)
        });
        self.selection.focus = failing.or(crossed).unwrap_or(self.judgement.target);
        self.keep_in_view();
    }

    pub(in crate::explorer) fn walk(&mut self, command: Command) {
        let top_down = self.orientation() == Orientation::TopDown;
        let next = match (command, top_down) {
            (Command::Up, true) | (Command::Right, false) => self.issuer_of_focus(),
            (Command::Down, true) | (Command::Left, false) => self.issued_by_focus(),
            (Command::Up, false) => self.beside(Direction::Up),
            (Command::Down, false) => self.beside(Direction::Down),
            (Command::Left, true) => self.beside(Direction::Left),
            (_, _) => self.beside(Direction::Right),
        };
        match next {
            Some(next) => self.focus_on(next),
            None => self.notice = "nothing there".to_owned(),
        }
    }

    /// Towards the roots: along the chosen path where the focus is on it, else to the likeliest issuer that is drawn.
    fn issuer_of_focus(&self) -> Option<CertificateId> {
        let path = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        if let Some(place) = path.iter().position(|id| *id == self.selection.focus) {
            return path.get(place + 1).copied();
        }
        let graph = &self.analysis().graph;
        let issuers = |link: crate::chain::Link| graph.entity(link.entity).certificates.iter().copied();
        let drawn = graph.steps(self.selection.focus).find_map(|link| self.drawn(issuers(link)));
        drawn.or_else(|| self.first_left_out(graph.steps(self.selection.focus).flat_map(issuers)))
    }

    /// Towards the target: along the chosen path, else to a drawn certificate that names this one's entity as its issuer.
    fn issued_by_focus(&self) -> Option<CertificateId> {
        let path = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        if let Some(place) = path.iter().position(|id| *id == self.selection.focus) {
            return place.checked_sub(1).and_then(|below| path.get(below)).copied();
        }
        let graph = &self.analysis().graph;
        let own = graph.entity_of(self.selection.focus);
        let issued = self.scene().slots.iter().map(|(id, _)| CertificateId(id.0));
        let names_own = |id: &CertificateId| graph.steps(*id).any(|link| link.entity == own);
        self.drawn(issued.filter(names_own)).or_else(|| self.first_left_out(self.analysis().pool.ids().filter(names_own)))
    }

    /// The first of these that has a slot, those of the chosen path before others.
    fn drawn(&self, candidates: impl Iterator<Item = CertificateId>) -> Option<CertificateId> {
        let all = self.drawn_certificates();
        let drawn: Vec<CertificateId> = candidates.filter(|id| all.contains(id)).collect();
        let chosen = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        drawn.iter().find(|id| chosen.contains(id)).or(drawn.first()).copied()
    }

    fn beside(&self, direction: Direction) -> Option<CertificateId> {
        self.scene().neighbour(SlotId(self.selection.focus.0), direction).map(|id| CertificateId(id.0))
    }

    /// Goes to the target, or to the end of the chosen path.
    pub(in crate::explorer) fn go_to_end(&mut self, first: bool) {
        let ends = self.chosen_path().and_then(|path| if first { path.certificates.first() } else { path.certificates.last() });
        if let Some(&end) = ends {
            self.focus_on(end);
        }
    }

    /// The next certificate of the same entity, in the order that they are drawn in.
    pub(in crate::explorer) fn go_to_sibling(&mut self, forward: bool) {
        let graph = &self.analysis().graph;
        let entity = graph.entity_of(self.selection.focus);
        let drawn = self.drawn_certificates();
        let all = &graph.entity(entity).certificates;
        let few = all.iter().filter(|id| drawn.contains(id)).count() < 2;
        // By number, drawn or folded away: what was unfolded to be seen would otherwise come first for ever.
        let is_seen = |id: &CertificateId| drawn.contains(id) || few || self.analysis().pool.entry(*id).given;
        let mut siblings: Vec<CertificateId> = all.iter().copied().filter(is_seen).collect();
        siblings.sort_unstable();
        let here = siblings.iter().position(|id| *id == self.selection.focus).unwrap_or(0);
        let count = siblings.len();
        let next = siblings.get((here + if forward { 1 } else { count.max(1) - 1 }) % count.max(1)).copied();
        match next {
            Some(next) if next != self.selection.focus => {
                if !drawn.contains(&next) && self.draw_also(next) {
                    self.selection.focus = next;
                    self.refresh_scene();
                }
                self.focus_on(next);
                self.notice =
                    format!("sibling {} of {count}: same name, same key", siblings.iter().position(|id| *id == next).unwrap_or(0) + 1);
            }
            _ => self.notice = "no other certificate has this name and this key".to_owned(),
        }
    }
}
