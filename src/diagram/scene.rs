//! What the layout hands back: a grid of cells with roles, and where every box, slot and edge is on it.

use super::canvas::Tiles;
use super::sketch::{BoxId, EdgeState, SlotId};

/// What a cell belongs to. The screen maps it to a colour; nothing is said by role alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    #[default]
    Blank,
    Frame,
    /// The dashed frame of what is not loaded.
    Ghost,
    Title,
    /// The `×3` after a title.
    Count,
    Label,
    Note,
    Pass,
    Caution,
    Fail,
    Unknown,
    /// `◉` and its word.
    Anchor,
    /// `… 11 more` of a folded box.
    Rest,
    /// The chosen path: heavy lines, and the heavy bars of its slots.
    Chosen,
    Edge,
    EdgeFail,
    EdgeUnknown,
    /// A link that was cut to break a loop, and its name.
    EdgeLoop,
}

/// One cell. The second cell of a wide character holds `'\0'`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// NUL where the letter on its left takes two cells.
    pub text: char,
    /// What it is drawn for; a theme makes it a colour.
    pub role: Role,
}

impl Default for Cell {
    fn default() -> Cell {
        Cell { text: ' ', role: Role::Blank }
    }
}

/// A rectangle of cells; its right and bottom edges are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// Cells from the left.
    pub x: u16,
    /// Cells from the top.
    pub y: u16,
    /// In cells.
    pub width: u16,
    /// In cells.
    pub height: u16,
}

impl Rect {
    /// Whether a cell lies in it.
    pub fn contains(&self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// One past the last column.
    pub fn right(&self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// One past the last row.
    pub fn bottom(&self) -> u16 {
        self.y.saturating_add(self.height)
    }
}

/// How far the centres of two rectangles are apart, doubled.
fn centres(a: Rect, b: Rect) -> i32 {
    let middle = |start: u16, size: u16| 2 * i32::from(start) + i32::from(size);
    (middle(a.x, a.width) - middle(b.x, b.width)).abs() + 2 * (middle(a.y, a.height) - middle(b.y, b.height)).abs()
}

/// A link as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedEdge {
    pub from: SlotId,
    pub to: BoxId,
    pub state: EdgeState,
    pub chosen: bool,
    /// Where its `✗` or `?` stands; none for a good edge.
    pub mark: Option<(u16, u16)>,
    /// The corners of its line, from the slot's frame to the arrowhead, both included.
    pub route: Vec<(u16, u16)>,
    /// The number of the loop that it was cut from.
    pub in_loop: Option<usize>,
}

/// What was asked for and is not on the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Boxes beyond the canvas limit, or with the id of another.
    pub boxes: usize,
    /// Boxes that only folded slots lead to, or only candidate issuers beyond the limit.
    pub behind_folds: usize,
    /// Edges beyond a limit, or that name an unknown slot or box.
    pub edges: usize,
}

/// Where to look for a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

/// A laid-out picture.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// In cells.
    pub width: u16,
    /// In cells.
    pub height: u16,
    /// In the sketch's order.
    pub boxes: Vec<(BoxId, Rect)>,
    /// The slots shown, in the sketch's order; without the frame around them.
    pub slots: Vec<(SlotId, Rect)>,
    /// The counted rests of folded boxes: where, and how many slots each stands for.
    pub rests: Vec<(BoxId, Rect, usize)>,
    /// In the sketch's order.
    pub edges: Vec<PlacedEdge>,
    /// Longest distance of each box from the target, in the order of `boxes`.
    pub layers: Vec<(BoxId, u16)>,
    pub left_out: LeftOut,
    pub(super) cells: Tiles<Cell>,
}

impl Scene {
    /// The cell at column `x` and row `y`; blank outside the canvas.
    pub fn cell(&self, x: u16, y: u16) -> Cell {
        self.cells.at(i32::from(x), i32::from(y))
    }

    /// Where a slot was drawn.
    pub fn slot_rect(&self, id: SlotId) -> Option<Rect> {
        self.slots.iter().find(|(other, _)| *other == id).map(|(_, rect)| *rect)
    }

    /// The nearest slot that lies wholly in that direction; what is straight ahead is preferred to what is near but aside.
    pub fn neighbour(&self, from: SlotId, direction: Direction) -> Option<SlotId> {
        let here = self.slot_rect(from)?;
        let ahead = |there: &Rect| -> Option<(i32, i32)> {
            let gap = |end: u16, start: u16| i32::from(start) - i32::from(end);
            let aside = |a: (u16, u16), b: (u16, u16)| gap(a.1, b.0).max(gap(b.1, a.0)).max(-1) + 1;
            let columns = aside((here.x, here.right()), (there.x, there.right()));
            let rows = aside((here.y, here.bottom()), (there.y, there.bottom()));
            let (distance, sideways) = match direction {
                Direction::Up => (gap(there.bottom(), here.y), columns),
                Direction::Down => (gap(here.bottom(), there.y), columns),
                // A cell is twice as high as it is wide.
                Direction::Left => (gap(there.right(), here.x), rows * 2),
                Direction::Right => (gap(here.right(), there.x), rows * 2),
            };
            (distance >= 0).then_some((distance, sideways))
        };
        self.slots
            .iter()
            .filter_map(|(id, rect)| ahead(rect).map(|(distance, sideways)| ((distance + 4 * sideways, centres(here, *rect)), *id)))
            .min_by_key(|(cost, _)| *cost)
            .map(|(_, id)| id)
    }

    /// The picture as lines without trailing blanks.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for y in 0..self.height {
            let row: String = (0..self.width).map(|x| self.cell(x, y).text).filter(|letter| *letter != '\0').collect();
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }
}
