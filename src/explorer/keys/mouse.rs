//! What a mouse does: a click goes there, a second one opens, the wheel scrolls, a drag moves the view of the diagram.

use crate::chain::CertificateId;
use crate::explorer::state::List;
use crate::explorer::{Area, Effect, Explorer, Pane, screen};

/// What the mouse did, at a column and row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub action: MouseAction,
    pub column: u16,
    pub row: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAction {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
    WheelLeft,
    WheelRight,
}

/// Rows and columns that one notch of the wheel moves by.
const NOTCH: (i32, i32) = (4, 2);

impl Explorer {
    pub(in crate::explorer) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.mouse = !self.settings.mouse;
        self.status = if self.settings.mouse { "mouse on: m gives it back to the terminal" } else { "mouse off" }.to_owned();
        vec![Effect::Mouse(self.settings.mouse)]
    }

    /// What lies on top takes no mouse; there it does nothing.
    pub(in crate::explorer) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if mouse.action == MouseAction::Release || !self.views.is_empty() {
            self.dragged_from = None;
            return Vec::new();
        }
        let screen = screen::split(self.size, self);
        let panes = [Pane::Diagram, Pane::Inspector, Pane::Checks];
        let Some(pane) = panes.into_iter().find(|pane| screen.pane(*pane).contains(mouse.column, mouse.row)) else { return Vec::new() };
        match mouse.action {
            MouseAction::Press if pane == Pane::Diagram => self.press_in_diagram(screen.diagram, mouse),
            MouseAction::Press => self.press_in_list(pane, screen.pane(pane), mouse.row),
            MouseAction::Drag => {
                if let Some((column, row)) = self.dragged_from.replace((mouse.column, mouse.row)) {
                    self.pan(i32::from(column) - i32::from(mouse.column), i32::from(row) - i32::from(mouse.row));
                }
            }
            wheel if pane == Pane::Diagram => match wheel {
                MouseAction::WheelUp => self.pan(0, -NOTCH.1),
                MouseAction::WheelDown => self.pan(0, NOTCH.1),
                MouseAction::WheelLeft => self.pan(-NOTCH.0, 0),
                _ => self.pan(NOTCH.0, 0),
            },
            wheel => {
                self.pane = pane;
                self.move_cursor(if wheel == MouseAction::WheelUp { -1 } else { 1 });
            }
        }
        Vec::new()
    }

    fn press_in_diagram(&mut self, area: Area, mouse: Mouse) {
        self.dragged_from = Some((mouse.column, mouse.row));
        let was_here = self.pane == Pane::Diagram;
        self.pane = Pane::Diagram;
        let (inset_x, inset_y) = screen::inset(area, &self.scene);
        let place = (mouse.column.checked_sub(area.x + inset_x), mouse.row.checked_sub(area.y + inset_y));
        let (Some(column), Some(row)) = place else { return };
        let (x, y) = (self.camera.0.saturating_add(column), self.camera.1.saturating_add(row));
        let Some(slot) = self.scene.slots.iter().find(|(_, rect)| rect.contains(x, y)).map(|(id, _)| CertificateId(id.0)) else { return };
        if slot == self.focus && was_here && self.moved {
            self.show_pane(self.lower);
        } else {
            self.focus_on(slot);
        }
    }

    fn press_in_list(&mut self, pane: Pane, area: Area, row: u16) {
        let was_here = self.pane == pane;
        self.show_pane(pane);
        // The first row of a list is its title.
        let Some(line) = row.checked_sub(area.y + 1) else { return };
        let rows = self.rows();
        let list: &List = self.list();
        let place = list.window(&rows, usize::from(area.height.saturating_sub(1))) + usize::from(line);
        let Some(pressed) = rows.get(place) else { return };
        let is_again = was_here && list.place(&rows) == place;
        self.list().cursor.clone_from(&pressed.key);
        self.move_cursor(0);
        if is_again {
            self.open_row(None);
        }
    }
}
