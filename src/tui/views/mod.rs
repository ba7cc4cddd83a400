//! One file per thing that is shown.

pub(super) mod diagram;
pub(super) mod lists;
mod minimap;
pub(super) mod overlays;
pub(super) mod seen;
