//! What a mouse does: a click goes there, a second one opens, the wheel scrolls, a drag moves the view of the diagram.

use super::key::{Mouse, MouseAction};
use crate::chain::CertificateId;
use crate::explorer::message::{Effect, Effects};
use crate::explorer::panes::pane::{Lower, Pane};
use crate::explorer::panes::screen::{Area, inset};
use crate::explorer::state::Explorer;

/// Rows and columns that one notch of the wheel moves by.
const NOTCH: (i32, i32) = (4, 2);

impl Explorer {
    pub(in crate::explorer) fn toggle_mouse(&mut self, effects: &mut Effects) {
        let is_on = self.views.toggle_mouse();
        self.notice = if is_on { "mouse on: m gives it back to the terminal" } else { "mouse off" }.to_owned();
        effects.push(Effect::Mouse(is_on));
    }

    /// What lies on top takes no mouse; there it does nothing.
    pub(in crate::explorer) fn mouse(&mut self, mouse: Mouse) {
        if mouse.action == MouseAction::Release || !self.views().is_empty() {
            self.picture.drop_drag();
            return;
        }
        let screen = self.screen();
        let panes = [Pane::Diagram, Pane::Inspector, Pane::Checks];
        let Some(pane) = panes.into_iter().find(|pane| screen.pane(*pane).contains(mouse.column, mouse.row)) else { return };
        match (mouse.action, pane.lower()) {
            (MouseAction::Press, None) => self.press_in_diagram(screen.diagram, mouse),
            (MouseAction::Press, Some(list)) => self.press_in_list(list, screen.pane(pane), mouse.row),
            (MouseAction::Drag, _) => {
                if let Some((columns, rows)) = self.picture.drag((mouse.column, mouse.row)) {
                    self.pan(columns, rows);
                }
            }
            (MouseAction::WheelUp, None) => self.pan(0, -NOTCH.1),
            (MouseAction::WheelDown, None) => self.pan(0, NOTCH.1),
            (MouseAction::WheelLeft, None) => self.pan(-NOTCH.0, 0),
            (_, None) => self.pan(NOTCH.0, 0),
            (wheel, Some(_)) => {
                self.panes.enter(pane);
                self.move_cursor(if wheel == MouseAction::WheelUp { -1 } else { 1 });
            }
        }
    }

    fn press_in_diagram(&mut self, area: Area, mouse: Mouse) {
        self.picture.start_drag((mouse.column, mouse.row));
        let was_here = self.pane() == Pane::Diagram;
        self.panes.enter(Pane::Diagram);
        let (inset_x, inset_y) = inset(area, self.scene());
        let place = (mouse.column.checked_sub(area.x + inset_x), mouse.row.checked_sub(area.y + inset_y));
        let (Some(column), Some(row)) = place else { return };
        let (x, y) = (self.camera().0.saturating_add(column), self.camera().1.saturating_add(row));
        let Some(slot) = self.scene().slots.iter().find(|(_, rect)| rect.contains(x, y)).map(|(id, _)| CertificateId(id.0)) else { return };
        if slot == self.focus() && was_here && self.moved() {
            self.show_pane(self.lower().into());
        } else {
            self.focus_on(slot);
        }
    }

    fn press_in_list(&mut self, pane: Lower, area: Area, row: u16) {
        let was_here = self.pane() == pane.into();
        self.show_pane(pane.into());
        // The first row of a list is its title.
        let Some(line) = row.checked_sub(area.y + 1) else { return };
        let is_current = self.press_row(usize::from(line), usize::from(area.height.saturating_sub(1)));
        if was_here && is_current {
            self.open_row(None);
        }
    }
}
