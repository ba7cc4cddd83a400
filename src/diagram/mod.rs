//! Where things sit on the canvas: boxes for entities, slots for their certificates, routed lines for links.
//!
//! Pure geometry: a `Sketch` (what is to be drawn, in words already escaped) becomes a `Scene` (a grid of cells, each with a
//! role, and the rectangles of everything on it). No terminal, no colour, no certificate: `tui` maps roles to a theme.

mod block;
mod canvas;
mod card;
mod channel;
mod crossings;
mod gap;
mod glyphs;
mod graph;
mod lanes;
mod layout;
mod levels;
mod lines;
mod marks;
mod minimap;
mod order;
mod paint;
mod pen;
mod place;
mod route;
mod routes;
mod scene;
mod sketch;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use layout::lay_out;
pub use minimap::{MapCell, minimap};
pub use scene::{Cell, Direction, LeftOut, PlacedEdge, Rect, Role, Scene};
pub use sketch::{
    BoxId, BoxKind, Charset, Density, EdgeState, Mark, Options, Orientation, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId,
};
