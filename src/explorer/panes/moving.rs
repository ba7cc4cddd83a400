//! Moving over lists and between panes.

use super::checks::checks_rows;
use super::list::{List, Row};
use super::pane::{Lower, Pane};
use super::tabs::inspector_rows;
use super::wrap::broken;
use crate::explorer::keys::command::Command;
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;

impl Explorer {
    /// The part of the screen that has the keyboard.
    pub fn pane(&self) -> Pane {
        self.panes.pane
    }

    /// Which list is shown where there is room for one.
    pub fn lower(&self) -> Lower {
        self.panes.lower
    }

    /// Whether the pane has the whole screen.
    pub fn zoomed(&self) -> bool {
        self.panes.zoomed
    }

    /// Columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.panes.size
    }

    /// One of the two lists as it was left: the inspector's is that of its tab.
    pub fn list(&self, of: Lower) -> &List {
        self.panes.list(of)
    }

    /// The rows of one of the two lists as the screen shows them, narrowed to what is filtered for.
    pub fn rows(&self, of: Lower) -> Vec<Row> {
        broken(self.whole_rows(of), self.screen().pane(of.into()).width)
    }

    /// The same whatever the size of the screen: each value in one row.
    pub fn whole_rows(&self, of: Lower) -> Vec<Row> {
        match of {
            Lower::Checks => checks_rows(self),
            Lower::Inspector => inspector_rows(self),
        }
    }

    /// The list that keys of lists mean: that of the pane, else the one below the diagram.
    pub(super) fn meant(&self) -> Lower {
        self.panes.pane.lower().unwrap_or(self.panes.lower)
    }

    pub(super) fn list_mut(&mut self) -> &mut List {
        let meant = self.meant();
        self.panes.list_mut(meant)
    }

    /// One step in a direction: in the diagram to another certificate, in a list to another row or level.
    pub(in crate::explorer) fn step(&mut self, command: Command) {
        if self.panes.pane == Pane::Diagram {
            return self.walk(command);
        }
        match command {
            Command::Up => self.move_cursor(-1),
            Command::Down => self.move_cursor(1),
            Command::Left => self.open_row(Some(false)),
            _ => self.open_row(Some(true)),
        }
    }

    /// `first`: the target or the first row; else the end of the path or the last row.
    pub(in crate::explorer) fn go_to_edge(&mut self, first: bool) {
        match self.panes.pane {
            Pane::Diagram => self.go_to_end(first),
            _ => self.move_cursor(if first { isize::MIN } else { isize::MAX }),
        }
    }

    pub(in crate::explorer) fn page(&mut self, down: bool) {
        let room = self.screen().pane(self.panes.pane).height;
        if self.panes.pane == Pane::Diagram {
            self.pan(0, if down { i32::from(room) } else { -i32::from(room) });
        } else {
            let rows = isize::try_from(room.saturating_sub(2).max(1)).unwrap_or(1);
            self.move_cursor(if down { rows } else { -rows });
        }
    }

    pub(in crate::explorer) fn move_cursor(&mut self, by: isize) {
        let meant = self.meant();
        let rows = self.rows(meant);
        let room = usize::from(self.screen().pane(meant.into()).height).saturating_sub(1);
        let list = self.list_mut();
        let place = list.place(&rows).saturating_add_signed(by).min(rows.len().saturating_sub(1));
        let row = rows.get(place);
        list.cursor = row.map(|row| row.key.clone()).unwrap_or_default();
        list.first = list.window(&rows, room);
        // A check of another certificate takes the focus along, so that diagram and list tell of the same place.
        let certificate = row.and_then(|row| row.certificate).filter(|certificate| *certificate != self.focus());
        if let Some(certificate) = certificate.filter(|_| self.panes.pane == Pane::Checks) {
            self.selection.move_to(certificate);
            self.keep_in_view();
        }
    }

    /// Puts the cursor on the row on this line of the window, which has so many rows; whether it was there.
    pub(in crate::explorer) fn press_row(&mut self, line: usize, height: usize) -> bool {
        let rows = self.rows(self.meant());
        let list = self.list_mut();
        let place = list.window(&rows, height) + line;
        let Some(pressed) = rows.get(place) else { return false };
        let was_there = list.place(&rows) == place;
        list.cursor.clone_from(&pressed.key);
        self.move_cursor(0);
        was_there
    }

    /// Opens or closes the row under the cursor; with `None`, whichever it is not. Closing an inner row goes to its parent.
    pub(in crate::explorer) fn open_row(&mut self, open: Option<bool>) {
        let rows = self.rows(self.meant());
        let cursor = self.list_mut().place(&rows);
        let Some(row) = rows.get(cursor) else { return };
        if row.openable && open.is_none_or(|open| open != row.open) {
            let key = row.key.clone();
            self.list_mut().toggle(key);
        } else if open.is_none() && !row.openable {
            // A value may be longer than its row: it is read whole, and can be selected by hand.
            self.views.open(View::Text { title: row.name.clone(), lines: vec![row.value.clone()], first: 0 });
        } else if open == Some(false) {
            let parent = rows.iter().take(cursor).rposition(|above| above.depth < row.depth);
            if let Some(parent) = parent.and_then(|parent| rows.get(parent)) {
                self.list_mut().cursor.clone_from(&parent.key);
                self.move_cursor(0);
            }
        }
    }

    pub(in crate::explorer) fn go_to_pane(&mut self, forward: bool) {
        let order = [Pane::Diagram, Pane::Inspector, Pane::Checks];
        let here = order.iter().position(|pane| *pane == self.panes.pane).unwrap_or(0);
        if let Some(next) = order.get((here + if forward { 1 } else { order.len() - 1 }) % order.len()) {
            self.show_pane(*next);
        }
    }

    pub(in crate::explorer) fn show_pane(&mut self, pane: Pane) {
        self.panes.enter(pane);
        if let Some(lower) = pane.lower() {
            self.panes.lower = lower;
            self.start_checks_at_focus();
            self.move_cursor(0);
        }
        self.keep_in_view();
    }

    pub(in crate::explorer) fn zoom(&mut self) {
        self.panes.zoomed = !self.panes.zoomed;
        self.refresh_scene();
        self.keep_in_view();
    }
}
