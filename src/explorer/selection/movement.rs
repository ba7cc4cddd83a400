//! Walking: over the diagram, along paths and siblings, through lists.

use crate::chain::CertificateId;
use crate::diagram::{Direction, Orientation, SlotId};
use crate::explorer::state::List;
use crate::explorer::{Command, Effect, Explorer, Pane, Row, View, checks_rows, inspector_rows, screen};

impl Explorer {
    /// One step in a direction: in the diagram to another certificate, in a list to another row or level.
    pub(in crate::explorer) fn step(&mut self, command: Command) -> Vec<Effect> {
        if self.pane == Pane::Diagram {
            self.walk(command)
        } else {
            self.step_in_list(command)
        }
        Vec::new()
    }

    fn walk(&mut self, command: Command) {
        let top_down = self.orientation == Orientation::TopDown;
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
            None => self.status = "nothing there".to_owned(),
        }
    }

    /// Towards the roots: along the chosen path where the focus is on it, else to the likeliest issuer that is drawn.
    fn issuer_of_focus(&self) -> Option<CertificateId> {
        let path = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        if let Some(place) = path.iter().position(|id| *id == self.focus) {
            return path.get(place + 1).copied();
        }
        let graph = &self.analysis().graph;
        let issuers = |link: crate::chain::Link| graph.entity(link.entity).certificates.iter().copied();
        let drawn = graph.steps(self.focus).find_map(|link| self.drawn(issuers(link)));
        drawn.or_else(|| self.first_left_out(graph.steps(self.focus).flat_map(issuers)))
    }

    /// Towards the target: along the chosen path, else to a drawn certificate that names this one's entity as its issuer.
    fn issued_by_focus(&self) -> Option<CertificateId> {
        let path = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        if let Some(place) = path.iter().position(|id| *id == self.focus) {
            return place.checked_sub(1).and_then(|below| path.get(below)).copied();
        }
        let graph = &self.analysis().graph;
        let own = graph.entity_of(self.focus);
        let issued = self.scene.slots.iter().map(|(id, _)| CertificateId(id.0));
        let names_own = |id: &CertificateId| graph.steps(*id).any(|link| link.entity == own);
        self.drawn(issued.filter(names_own)).or_else(|| self.first_left_out(self.analysis().pool.ids().filter(names_own)))
    }

    /// The first of these that has a slot, those of the chosen path before others.
    fn drawn(&self, candidates: impl Iterator<Item = CertificateId>) -> Option<CertificateId> {
        let drawn: Vec<CertificateId> = candidates.filter(|id| self.scene.slot_rect(SlotId(id.0)).is_some()).collect();
        let chosen = self.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
        drawn.iter().find(|id| chosen.contains(id)).or(drawn.first()).copied()
    }

    fn beside(&self, direction: Direction) -> Option<CertificateId> {
        self.scene.neighbour(SlotId(self.focus.0), direction).map(|id| CertificateId(id.0))
    }

    pub(in crate::explorer) fn focus_on(&mut self, certificate: CertificateId) {
        self.focus = certificate;
        self.moved = true;
        self.status.clear();
        self.keep_in_view();
    }

    /// The next certificate of the same entity, in the order that they are drawn in.
    pub(in crate::explorer) fn go_to_sibling(&mut self, forward: bool) -> Vec<Effect> {
        let graph = &self.analysis().graph;
        let entity = graph.entity_of(self.focus);
        // In the order that they are drawn in, then those that are folded away.
        let mut siblings: Vec<CertificateId> =
            self.scene.slots.iter().map(|(id, _)| CertificateId(id.0)).filter(|id| graph.entity_of(*id) == entity).collect();
        let is_seen = |id: &CertificateId| !siblings.contains(id) && (siblings.len() < 2 || self.analysis().pool.entry(*id).given);
        let others: Vec<CertificateId> = graph.entity(entity).certificates.iter().copied().filter(is_seen).collect();
        siblings.extend(others);
        // What was unfolded to be seen would otherwise come first for ever.
        siblings.sort_unstable();
        let here = siblings.iter().position(|id| *id == self.focus).unwrap_or(0);
        let count = siblings.len();
        let next = siblings.get((here + if forward { 1 } else { count.max(1) - 1 }) % count.max(1)).copied();
        match next {
            Some(next) if next != self.focus => {
                if self.scene.slot_rect(SlotId(next.0)).is_none() && self.draw_also(next) {
                    self.focus = next;
                    self.refresh_scene();
                }
                self.focus_on(next);
                self.status =
                    format!("sibling {} of {count}: same name, same key", siblings.iter().position(|id| *id == next).unwrap_or(0) + 1);
            }
            _ => self.status = "no other certificate has this name and this key".to_owned(),
        }
        Vec::new()
    }

    pub(in crate::explorer) fn go_to_path(&mut self, forward: bool) -> Vec<Effect> {
        let count = self.target.paths.len();
        if count < 2 {
            self.status = "there is only one path".to_owned();
            return Vec::new();
        }
        let next = (self.chosen + if forward { 1 } else { count - 1 }) % count;
        self.choose(next);
        Vec::new()
    }

    /// Chooses a path; the focus stays if it is on it, else goes to the certificate that stands in its sibling's place, or
    /// to the first that differs from the path before.
    fn choose(&mut self, next: usize) {
        let before: Vec<CertificateId> = self.chosen_path().map(|path| path.certificates.clone()).unwrap_or_default();
        self.chosen = next;
        self.moved = true;
        let path: Vec<CertificateId> = self.chosen_path().map(|path| path.certificates.clone()).unwrap_or_default();
        if !path.contains(&self.focus) {
            let graph = &self.analysis().graph;
            let entity = graph.entity_of(self.focus);
            let sibling = path.iter().copied().find(|id| graph.entity_of(*id) == entity);
            let differing = path.iter().copied().find(|id| !before.contains(id));
            self.focus = sibling.or(differing).unwrap_or(self.target.target);
        }
        self.refresh_scene();
        self.keep_in_view();
        let end = self.chosen_path().map(|path| crate::words::end_words(self.analysis(), &self.labels, path)).unwrap_or_default();
        self.status = format!("path {} of {} ends {end}", next + 1, self.target.paths.len());
    }

    pub(in crate::explorer) fn choose_through_focus(&mut self) -> Vec<Effect> {
        let through = |index: &usize| self.target.paths.get(*index).is_some_and(|judged| judged.path.certificates.contains(&self.focus));
        let count = self.target.paths.len();
        let found = (1..=count).map(|step| (self.chosen + step) % count).find(through);
        match found {
            Some(next) if next != self.chosen => self.choose(next),
            Some(_) => self.status = "this is the only path through it".to_owned(),
            None => self.status = "no path goes through this certificate".to_owned(),
        }
        Vec::new()
    }

    pub(in crate::explorer) fn go_to_target(&mut self, forward: bool) -> Vec<Effect> {
        let targets = &self.analysis().targets;
        if targets.len() < 2 {
            self.status = "there is only one target; x explains another certificate".to_owned();
            return Vec::new();
        }
        let next = match targets.iter().position(|id| *id == self.target.target) {
            Some(here) => (here + if forward { 1 } else { targets.len() - 1 }) % targets.len(),
            None => 0,
        };
        let Some(&target) = targets.get(next) else { return Vec::new() };
        self.status = format!("target {} of {}", next + 1, targets.len());
        self.show(target)
    }

    pub(in crate::explorer) fn explain_focus(&mut self) -> Vec<Effect> {
        let effects = self.show(self.focus);
        let asked = self.analysis().policy.host.as_ref().map_or_else(String::new, |host| format!(", asked for {host} like any target"));
        self.status = format!("this certificate is explained now{asked}; u goes back to the targets");
        effects
    }

    /// `first`: the target or the first row; else the end of the path or the last row.
    pub(in crate::explorer) fn go_to_edge(&mut self, first: bool) -> Vec<Effect> {
        if self.pane == Pane::Diagram {
            let ends = self.chosen_path().and_then(|path| if first { path.certificates.first() } else { path.certificates.last() });
            if let Some(&end) = ends {
                self.focus_on(end);
            }
        } else {
            self.move_cursor(if first { isize::MIN } else { isize::MAX });
        }
        Vec::new()
    }

    pub(in crate::explorer) fn page(&mut self, down: bool) -> Vec<Effect> {
        let room = screen::split(self.size, self).pane(self.pane).height;
        if self.pane == Pane::Diagram {
            self.pan(0, if down { i32::from(room) } else { -i32::from(room) });
        } else {
            let rows = isize::try_from(room.saturating_sub(2).max(1)).unwrap_or(1);
            self.move_cursor(if down { rows } else { -rows });
        }
        Vec::new()
    }

    /// Moves the camera by columns and rows, as far as there is picture.
    pub(in crate::explorer) fn pan(&mut self, columns: i32, rows: i32) {
        let room = screen::split(self.size, self).diagram;
        let shift = |camera: u16, by: i32, whole: u16, room: u16| -> u16 {
            let most = i32::from(whole.saturating_sub(room));
            u16::try_from((i32::from(camera) + by).clamp(0, most)).unwrap_or(0)
        };
        self.camera =
            (shift(self.camera.0, columns, self.scene.width, room.width), shift(self.camera.1, rows, self.scene.height, room.height));
    }

    pub(in crate::explorer) fn rows(&self) -> Vec<Row> {
        match self.pane {
            Pane::Checks => checks_rows(self),
            _ => inspector_rows(self),
        }
    }

    pub(in crate::explorer) fn list(&mut self) -> &mut List {
        match self.pane {
            Pane::Checks => &mut self.checks,
            _ => self.lists.of_mut(self.tab),
        }
    }

    fn step_in_list(&mut self, command: Command) {
        match command {
            Command::Up => self.move_cursor(-1),
            Command::Down => self.move_cursor(1),
            Command::Left => self.open_row(Some(false)),
            _ => self.open_row(Some(true)),
        }
    }

    pub(in crate::explorer) fn move_cursor(&mut self, by: isize) {
        let rows = self.rows();
        let room = usize::from(screen::split(self.size, self).pane(self.pane).height).saturating_sub(1);
        let list = self.list();
        let place = list.place(&rows).saturating_add_signed(by).min(rows.len().saturating_sub(1));
        list.cursor = rows.get(place).map(|row| row.key.clone()).unwrap_or_default();
        list.first = list.window(&rows, room);
        self.follow_check();
    }

    /// The cursor on a check of another certificate takes the focus along, so that diagram and list tell of the same place.
    fn follow_check(&mut self) {
        if self.pane != Pane::Checks {
            return;
        }
        let rows = checks_rows(self);
        let certificate = rows.get(self.checks.place(&rows)).and_then(|row| row.certificate);
        if let Some(certificate) = certificate.filter(|certificate| *certificate != self.focus) {
            self.focus = certificate;
            self.moved = true;
            self.keep_in_view();
        }
    }

    /// Opens or closes the row under the cursor; with `None`, whichever it is not. Closing an inner row goes to its parent.
    pub(in crate::explorer) fn open_row(&mut self, open: Option<bool>) {
        let rows = self.rows();
        let cursor = self.list().place(&rows);
        let Some(row) = rows.get(cursor) else { return };
        if row.openable && open.is_none_or(|open| open != row.open) {
            let key = row.key.clone();
            self.list().toggle(key);
        } else if open.is_none() && !row.openable {
            // A value may be longer than its row: it is read whole, and can be selected by hand.
            let (title, lines) = (row.name.clone(), vec![row.value.clone()]);
            self.views.push(View::Text { title, lines, first: 0 });
        } else if open == Some(false) {
            let parent = rows.iter().take(cursor).rposition(|above| above.depth < row.depth);
            if let Some(parent) = parent.and_then(|parent| rows.get(parent)) {
                self.list().cursor.clone_from(&parent.key);
                self.move_cursor(0);
            }
        }
    }
}
