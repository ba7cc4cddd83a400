//! Where things sit on the canvas: boxes for entities, slots for their certificates, routed lines for links.
//!
//! Pure geometry: a `Sketch` (what is to be drawn, in words already escaped) becomes a `Scene` (a grid of cells, each with a
//! role, and the rectangles of everything on it). No terminal, no colour, no certificate: `tui` maps roles to a theme.

mod sketch;

pub use sketch::{BoxId, BoxKind, EdgeState, Mark, Orientation, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};
