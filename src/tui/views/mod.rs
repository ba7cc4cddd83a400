//! One file per thing that is shown.

mod axis;
pub(super) mod diagram;
pub(super) mod lists;
mod minimap;
pub(super) mod overlays;
pub(super) mod seen;
