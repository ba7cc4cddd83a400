//! Which part of the screen shows what, for any size.

use super::pane::{Lower, Pane};
use crate::diagram::Scene;
use crate::explorer::state::Explorer;

/// A rectangle of the screen, in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Whether the cell at this column and row of the screen is in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }
}

/// The areas of the screen; what is not shown is empty. Titles are the first row of inspector and checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    pub status: Area,
    pub verdict: Area,
    pub diagram: Area,
    pub inspector: Area,
    pub checks: Area,
    /// Says what was done last, or what to look at.
    pub message: Area,
    pub hints: Area,
}

/// From this width on, details stand beside the diagram.
pub(in crate::explorer) const WIDE: u16 = 150;
/// From this size on, inspector and checks are both shown.
const ROOMY: (u16, u16) = (110, 30);
/// Below this size one pane has the screen.
const SMALL: (u16, u16) = (50, 15);
/// Rows that the lower pane needs to be of use, its title included.
const LOWER_ROWS: u16 = 4;
/// Rows that it has while it is used, if that is not more than half.
const USED_ROWS: u16 = 12;

/// Columns that names in a list get, at most.
const NAME_COLUMNS: u16 = 25;

/// Columns for the names in a list of this width.
pub fn name_columns(width: u16) -> u16 {
    NAME_COLUMNS.min(width / 3)
}

/// Columns that are left for values in a list of this width, behind arrow and name.
pub(in crate::explorer) fn value_columns(width: u16) -> u16 {
    width.saturating_sub(name_columns(width) + 3).max(8)
}

/// Columns and rows left free before a picture that is smaller than its pane, so that it stands in the middle.
pub fn inset(area: Area, scene: &Scene) -> (u16, u16) {
    (area.width.saturating_sub(scene.width) / 2, area.height.saturating_sub(scene.height) / 2)
}

/// Splits a screen of `size` columns and rows.
fn split(size: (u16, u16), explorer: &Explorer, pane: Pane) -> Screen {
    let (width, height) = size;
    let mut screen = Screen::default();
    let row = |y: u16| Area { x: 0, y, width, height: u16::from(y < height) };
    screen.status = row(0);
    screen.verdict = row(1);
    let has_message = height >= SMALL.1;
    let below = 1 + u16::from(has_message);
    screen.hints = if height > 3 { row(height - 1) } else { Area::default() };
    screen.message = if has_message { row(height - 2) } else { Area::default() };
    let middle = Area { x: 0, y: 2.min(height), width, height: height.saturating_sub(2 + below) };
    let small = width < SMALL.0 || height < SMALL.1;
    if explorer.panes.zoomed || small {
        match pane {
            Pane::Diagram => screen.diagram = middle,
            Pane::Inspector => screen.inspector = middle,
            Pane::Checks => screen.checks = middle,
        }
        return screen;
    }
    if width >= WIDE {
        let left = width * 3 / 5;
        let right = Area { x: left + 1, width: width - left - 1, ..middle };
        let upper = right.height * 3 / 5;
        screen.diagram = Area { width: left, ..middle };
        screen.inspector = Area { height: upper, ..right };
        screen.checks = Area { y: right.y + upper, height: right.height - upper, ..right };
        return screen;
    }
    // The diagram takes what it needs and leaves the rest a useful part: more of it while the person is there.
    let wanted = explorer.scene().height.max(8);
    let kept = if pane == Pane::Diagram { LOWER_ROWS } else { USED_ROWS.min(middle.height / 2) };
    let most = middle.height.saturating_sub(kept);
    let upper = wanted.min(most);
    screen.diagram = Area { height: upper, ..middle };
    let lower = Area { y: middle.y + upper, height: middle.height - upper, ..middle };
    if width >= ROOMY.0 && height >= ROOMY.1 {
        let left = width * 57 / 100;
        screen.inspector = Area { width: left, ..lower };
        screen.checks = Area { x: left + 1, width: width - left - 1, ..lower };
    } else if explorer.panes.lower == Lower::Checks {
        screen.checks = lower;
    } else {
        screen.inspector = lower;
    }
    screen
}

impl Screen {
    /// The area of a pane; empty where it is not shown.
    pub fn pane(&self, pane: Pane) -> Area {
        match pane {
            Pane::Diagram => self.diagram,
            Pane::Inspector => self.inspector,
            Pane::Checks => self.checks,
        }
    }
}

impl Explorer {
    /// Which part of its screen shows what.
    pub fn screen(&self) -> Screen {
        split(self.panes.size, self, self.panes.pane)
    }

    /// The room that the diagram has when it has the keyboard: its form is chosen for that, whichever pane has it now.
    pub(in crate::explorer) fn own_room(&self) -> Area {
        split(self.panes.size, self, Pane::Diagram).diagram
    }

    /// The part of its screen that shows the diagram, of a screen where nothing else is shown.
    pub(in crate::explorer) fn room(&self) -> Area {
        self.screen().diagram
    }
}
