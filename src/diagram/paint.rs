//! Puts a layout on the canvas: lines first, then frames and words over them.

use super::canvas::Tiles;
use super::glyphs::{Arms, Signs, dash, joint};
use super::graph::LayerGraph;
use super::pen::{Freight, Pen, Turn};
use super::routes::{Routes, Routing};
use super::scene::{Cell, Role};
use super::sketch::{BoxKind, Charset, Orientation};
use super::words::{fit, width};
use super::writer::{TextRow, Writer};
use unicode_width::UnicodeWidthChar;

/// Writes a text from a cell on; returns the column after it.
pub(super) fn write(cells: &mut Tiles<Cell>, x: i32, y: i32, text: &str, role: Role) -> i32 {
    let mut at = x;
    for letter in text.chars() {
        let size = letter.width().unwrap_or(0);
        if size > 0 {
            cells.put(at, y, Cell { text: letter, role });
        }
        if size == 2 {
            cells.put(at + 1, y, Cell { text: '\0', role });
        }
        at += i32::try_from(size).unwrap_or(0);
    }
    at
}

fn write_line(cells: &mut Tiles<Cell>, x: i32, y: i32, line: &TextRow) -> i32 {
    line.iter().fold(x, |at, (text, role)| write(cells, at, y, text, *role))
}

/// A rectangle of cells that may lie outside the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LooseRect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

pub(super) struct Painter<'a> {
    pub routing: &'a Routing<'a>,
    pub routes: &'a Routes,
    pub turn: Turn,
    pub writer: Writer,
    /// Per box and shown slot: numbers of the loops cut there.
    pub loops: &'a [Vec<Vec<usize>>],
}

impl Painter<'_> {
    fn charset(&self) -> Charset {
        self.writer.charset
    }

    fn graph(&self) -> &LayerGraph<'_> {
        self.routing.graph
    }

    /// All lines and arrowheads.
    pub(super) fn lines(&self, pen: &mut Pen) -> Tiles<Cell> {
        for (from, to, freight) in &self.routes.lines {
            pen.line(self.turn.at(from.0, from.1), self.turn.at(to.0, to.1), *freight);
        }
        let mut cells = pen.draw(self.charset());
        let signs = Signs::of(self.charset());
        let head = if self.turn.orientation == Orientation::TopDown { signs.up } else { signs.right };
        for (place, freight) in &self.routes.arrows {
            let (x, y) = self.turn.at(place.0, place.1);
            cells.put(x, y, Cell { text: head, role: freight.role() });
        }
        cells
    }

    /// The cells of a part of a box, given by cells across; `along` counts from the box's first cell.
    fn area(&self, position: usize, across: (i32, i32), along: (i32, i32)) -> LooseRect {
        let start = self.routing.start[self.routing.levels.node_of_box[position]];
        let (first, _) = self.routes.layers.get(self.graph().layers[position]).copied().unwrap_or_default();
        let (x0, y0) = self.turn.at(first + along.0, start + across.0);
        let (x1, y1) = self.turn.at(first + along.0 + along.1 - 1, start + across.0 + across.1 - 1);
        LooseRect { x: x0.min(x1), y: y0.min(y1), width: (x1 - x0).abs() + 1, height: (y1 - y0).abs() + 1 }
    }

    fn depth(&self, position: usize) -> i32 {
        match self.turn.orientation {
            Orientation::TopDown => self.routing.cards[position].depth,
            Orientation::LeftRight => self.routes.layers.get(self.graph().layers[position]).map_or(0, |(_, thickness)| *thickness),
        }
    }

    pub(super) fn frame(&self, position: usize) -> LooseRect {
        self.area(position, (0, self.routing.cards[position].size.size), (0, self.depth(position)))
    }

    /// A slot without the frame around it.
    pub(super) fn slot(&self, position: usize, span: super::card::CellSpan) -> LooseRect {
        self.area(position, (span.at, span.size), (1, self.depth(position) - 2))
    }

    pub(super) fn draw_box(&self, position: usize, cells: &mut Tiles<Cell>) {
        let area = self.frame(position);
        let drawn = &self.graph().boxes[position];
        let card = &self.routing.cards[position];
        let ghost = drawn.sketch.kind == BoxKind::Missing;
        let role = match drawn.sketch.kind {
            BoxKind::Missing => Role::Ghost,
            BoxKind::More => Role::Rest,
            BoxKind::Target | BoxKind::Entity => Role::Frame,
        };
        self.draw_frame(area, ghost, role, cells);
        self.draw_title(area, &card.title, cells);
        if ghost && drawn.sketch.slots.is_empty() {
            let (sign, role) = self.writer.sign(super::sketch::Mark::Unknown);
            let lead = if self.turn.orientation == Orientation::TopDown { 2 } else { 1 };
            let room = usize::try_from(area.width - 2 * lead - 2).unwrap_or(0);
            let note = fit(&self.writer.foot(drawn), room, self.charset());
            if !note.is_empty() {
                write(cells, area.x + lead, area.y + 1, &format!("{sign} {note}"), role);
            }
        } else if !self.writer.foot(drawn).is_empty() {
            let note = fit(&self.writer.foot(drawn), usize::try_from(area.width - 6).unwrap_or(0), self.charset());
            write(cells, area.x + 2, area.y + area.height - 1, &format!(" {note} "), Role::Note);
        }
        let none = Vec::new();
        for (slot, (sketch, span)) in drawn.slots().zip(&card.slots).enumerate() {
            let inside = self.slot(position, *span);
            let loops = self.loops[position].get(slot).unwrap_or(&none);
            let pad = i32::from(self.turn.orientation == Orientation::TopDown);
            let room = usize::try_from(inside.width - 2 * pad).unwrap_or(0);
            for (row, line) in (0..).zip(self.writer.slot(sketch, loops, room)) {
                write_line(cells, inside.x + pad, inside.y + row, &line);
            }
            if slot + 1 < card.slots.len() || card.rest.is_some() {
                self.draw_separator(area, inside, cells);
            }
        }
        for (sketch, span) in drawn.slots().zip(&card.slots).filter(|(sketch, _)| sketch.chosen) {
            self.draw_bars(self.slot(position, *span), sketch.chosen, cells);
        }
        if let Some(span) = card.rest {
            let inside = self.slot(position, span);
            let pad = i32::from(self.turn.orientation == Orientation::TopDown);
            let room = usize::try_from(inside.width - 2 * pad).unwrap_or(0);
            for (row, line) in (0..inside.height).zip(self.writer.rest(drawn, room)) {
                write_line(cells, inside.x + pad, inside.y + row, &line);
            }
        }
    }

    fn draw_frame(&self, area: LooseRect, ghost: bool, role: Role, cells: &mut Tiles<Cell>) {
        let charset = self.charset();
        let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
        let level = if ghost { dash(false, false, false, charset) } else { joint(Arms { left: 1, right: 1, ..Arms::default() }, charset) };
        let upright = if ghost { dash(true, false, false, charset) } else { joint(Arms { up: 1, down: 1, ..Arms::default() }, charset) };
        for x in area.x..=right {
            cells.put(x, area.y, Cell { text: level, role });
            cells.put(x, bottom, Cell { text: level, role });
        }
        for y in area.y + 1..bottom {
            cells.put(area.x, y, Cell { text: upright, role });
            cells.put(right, y, Cell { text: upright, role });
        }
        for (x, y) in [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)] {
            let arms =
                Arms { up: u8::from(y == bottom), down: u8::from(y == area.y), left: u8::from(x == right), right: u8::from(x == area.x) };
            cells.put(x, y, Cell { text: joint(arms, charset), role });
        }
    }

    fn draw_title(&self, area: LooseRect, title: &TextRow, cells: &mut Tiles<Cell>) {
        if title.iter().all(|(text, _)| width(text) == 0) {
            return;
        }
        write(cells, area.x + 2, area.y, " ", Role::Frame);
        let end = write_line(cells, area.x + 3, area.y, title);
        write(cells, end, area.y, " ", Role::Frame);
    }

    /// Between two columns. The title hides the joint where it is longer than its column.
    fn draw_separator(&self, area: LooseRect, inside: LooseRect, cells: &mut Tiles<Cell>) {
        if self.turn.orientation == Orientation::LeftRight {
            return;
        }
        let x = inside.x + inside.width;
        let bottom = area.y + area.height - 1;
        let charset = self.charset();
        let cell = |arms: Arms| Cell { text: joint(arms, charset), role: Role::Frame };
        for y in inside.y..bottom {
            cells.put(x, y, cell(Arms { up: 1, down: 1, ..Arms::default() }));
        }
        let frame = joint(Arms { left: 1, right: 1, ..Arms::default() }, charset);
        for (y, arms) in [(area.y, Arms { down: 1, left: 1, right: 1, up: 0 }), (bottom, Arms { up: 1, left: 1, right: 1, down: 0 })] {
            if cells.at(x, y) == (Cell { text: frame, role: Role::Frame }) {
                cells.put(x, y, cell(arms));
            }
        }
    }

    /// Heavy bars beside a slot of the chosen path: both sides of a column, the left of a row.
    fn draw_bars(&self, inside: LooseRect, chosen: bool, cells: &mut Tiles<Cell>) {
        let bar = joint(Arms { up: 2, down: 2, ..Arms::default() }, self.charset());
        let sides = [inside.x - 1, inside.x + inside.width];
        let count = if self.turn.orientation == Orientation::TopDown { 2 } else { 1 };
        for x in sides.into_iter().take(count).filter(|_| chosen) {
            for y in inside.y..inside.y + inside.height {
                cells.put(x, y, Cell { text: bar, role: Role::Chosen });
            }
        }
    }

    /// The joint in the frame where each link leaves.
    pub(super) fn draw_ports(&self, cells: &mut Tiles<Cell>) {
        for (position, link) in self.graph().links.iter().enumerate() {
            let Some((along, across)) = self.routes.corners[position].first().copied() else { continue };
            let Some(edge) = self.routing.sketch.edges.get(link.edge) else { continue };
            let freight = Freight::new(edge.state, edge.chosen, link.cut.is_some());
            let (x, y) = self.turn.at(along, across);
            let arms = match self.turn.orientation {
                Orientation::TopDown => Arms { left: 1, right: 1, up: freight.weight(), down: 0 },
                Orientation::LeftRight => Arms { up: 1, down: 1, right: freight.weight(), left: 0 },
            };
            let role = if edge.chosen { freight.role() } else { Role::Frame };
            cells.put(x, y, Cell { text: joint(arms, self.charset()), role });
        }
    }

    /// Names of loops: on the lane in `LeftRight`, beside it in `TopDown`.
    pub(super) fn draw_lanes(&self, pen: &Pen, cells: &mut Tiles<Cell>) {
        for (lane, (first, last)) in self.routing.lanes.iter().zip(&self.routes.lanes) {
            let name = format!(" {} ", lane.name);
            match self.turn.orientation {
                Orientation::TopDown => {
                    // In the middle of a layer: no line runs across there.
                    let middle =
                        self.routes.layers.get((lane.entered + lane.left) / 2).map_or((first + last) / 2, |(start, size)| start + size / 2);
                    let (x, y) = self.turn.at(middle, lane.across);
                    write(cells, x + 1, y, &name, Role::EdgeLoop);
                }
                Orientation::LeftRight => {
                    let (_, y) = self.turn.at(*first, lane.across);
                    // The longest run of the lane that no other line crosses.
                    let mut best = (0, 0);
                    let mut start = *first;
                    for x in *first..=*last {
                        if !pen.plain_level(x, y) {
                            start = x + 1;
                        } else if x + 1 - start > best.1 {
                            best = (start, x + 1 - start);
                        }
                    }
                    let room = usize::try_from(best.1 - 2).unwrap_or(0);
                    let name = fit(&name, room, self.charset());
                    let size = i32::try_from(width(&name)).unwrap_or(0);
                    write(cells, best.0 + (best.1 - size) / 2, y, &name, Role::EdgeLoop);
                }
            }
        }
    }
}
