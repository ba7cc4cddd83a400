//! One file per thing that is shown.

pub(super) mod diagram;
pub(super) mod lists;
pub(super) mod overlays;
