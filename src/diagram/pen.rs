//! How lines are laid over each other on the canvas and which character and role each cell of them gets.

use super::canvas::Tiles;
use super::glyphs::{Arms, dash, joint};
use super::scene::{Cell, Role};
use super::sketch::{Charset, EdgeState, Orientation};

/// What runs through a piece of line, as a set: one trunk carries links of several states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Freight(u8);

impl Freight {
    const CHOSEN: u8 = 1;
    const GOOD: u8 = 2;
    const BAD: u8 = 4;
    const OPEN: u8 = 8;
    const LOOP: u8 = 16;

    pub(super) fn new(state: EdgeState, chosen: bool, cut: bool) -> Freight {
        let kind = match state {
            EdgeState::Bad => Freight::BAD,
            EdgeState::Good if cut => Freight::LOOP,
            EdgeState::Good => Freight::GOOD,
            EdgeState::Unchecked | EdgeState::Unsupported | EdgeState::OtherKey | EdgeState::Missing => Freight::OPEN,
        };
        Freight(kind | if chosen { Freight::CHOSEN } else { 0 })
    }

    pub(super) fn with(self, other: Freight) -> Freight {
        Freight(self.0 | other.0)
    }

    fn has(self, kind: u8) -> bool {
        self.0 & kind != 0
    }

    /// A line is whole as soon as one link on it holds.
    fn dashed(self) -> bool {
        !self.has(Freight::GOOD)
    }

    pub(super) fn role(self) -> Role {
        if self.has(Freight::BAD) && !self.has(Freight::GOOD | Freight::OPEN | Freight::LOOP) {
            Role::EdgeFail
        } else if self.has(Freight::CHOSEN) {
            Role::Chosen
        } else if self.has(Freight::GOOD) {
            Role::Edge
        } else if self.has(Freight::BAD) {
            Role::EdgeFail
        } else if self.has(Freight::OPEN) {
            Role::EdgeUnknown
        } else if self.has(Freight::LOOP) {
            Role::EdgeLoop
        } else {
            Role::Blank
        }
    }

    pub(super) fn weight(self) -> u8 {
        if self.has(Freight::CHOSEN) { 2 } else { 1 }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Ink {
    arms: Arms,
    upright: Freight,
    level: Freight,
}

/// Turns places on the layer and order axes into columns and rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub orientation: Orientation,
    /// Cells along the layer axis.
    pub depth: i32,
    /// The least cell used along the order axis.
    pub low: i32,
}

impl Turn {
    /// Column and row of a place `along` the layers (from the target) and `across` a layer.
    pub(super) fn at(&self, along: i32, across: i32) -> (i32, i32) {
        match self.orientation {
            Orientation::TopDown => (across - self.low, self.depth - 1 - along),
            Orientation::LeftRight => (along, across - self.low),
        }
    }
}

/// The last cell of a line and its one arm.
type LineEnd = ((i32, i32), fn(&mut Arms) -> &mut u8);

pub(super) struct Pen {
    ink: Tiles<Ink>,
}

impl Pen {
    pub(super) fn new(width: i32, height: i32) -> Pen {
        Pen { ink: Tiles::new(width, height) }
    }

    /// A straight line between two cells, both included. What is there already is joined.
    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), freight: Freight) {
        let ((left, top), (right, bottom)) = ((from.0.min(to.0), from.1.min(to.1)), (from.0.max(to.0), from.1.max(to.1)));
        let weight = freight.weight();
        let join = |arm: &mut u8| *arm = weight.max(*arm);
        // The ends get the arm that points into the line only.
        let ends: [LineEnd; 2] = if left < right {
            self.ink.change_run((left + 1, top), false, right - left - 1, |ink| {
                ink.level = ink.level.with(freight);
                join(&mut ink.arms.left);
                join(&mut ink.arms.right);
            });
            [((left, top), |arms| &mut arms.right), ((right, top), |arms| &mut arms.left)]
        } else if top < bottom {
            self.ink.change_run((left, top + 1), true, bottom - top - 1, |ink| {
                ink.upright = ink.upright.with(freight);
                join(&mut ink.arms.up);
                join(&mut ink.arms.down);
            });
            [((left, top), |arms| &mut arms.down), ((left, bottom), |arms| &mut arms.up)]
        } else {
            return;
        };
        for ((x, y), arm) in ends {
            self.ink.change(x, y, |ink| {
                let carried = if left < right { &mut ink.level } else { &mut ink.upright };
                *carried = carried.with(freight);
                join(arm(&mut ink.arms));
            });
        }
    }

    /// The cell is part of a plain level run: free for a word on the line.
    pub(super) fn plain_level(&self, x: i32, y: i32) -> bool {
        let arms = self.ink.at(x, y).arms;
        arms.left > 0 && arms.right > 0 && arms.up == 0 && arms.down == 0
    }

    pub(super) fn draw(&self, charset: Charset) -> Tiles<Cell> {
        self.ink.map(|x, y, ink| if ink.arms == Arms::default() { Cell::default() } else { ink.cell(x, y, charset) })
    }
}

impl Ink {
    fn cell(self, x: i32, y: i32, charset: Charset) -> Cell {
        let arms = self.arms;
        let level = arms.left > 0 && arms.right > 0 && arms.up == 0 && arms.down == 0;
        let upright = arms.up > 0 && arms.down > 0 && arms.left == 0 && arms.right == 0;
        let freight = if level { self.level } else { self.upright };
        let text = if (level || upright) && freight.dashed() {
            dash(upright, freight.weight() == 2, (x + y) % 2 == 0, charset)
        } else {
            joint(arms, charset)
        };
        let role = if level || upright { freight.role() } else { stronger(self.level.role(), self.upright.role()) };
        Cell { text, role }
    }
}

/// Of two roles that meet in a cell, the one that is seen.
fn stronger(a: Role, b: Role) -> Role {
    let rank = |role: Role| match role {
        Role::Chosen => 5,
        Role::EdgeFail => 4,
        Role::EdgeUnknown => 3,
        Role::EdgeLoop => 2,
        Role::Edge => 1,
        _ => 0,
    };
    if rank(a) >= rank(b) { a } else { b }
}
