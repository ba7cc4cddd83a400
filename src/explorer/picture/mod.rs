//! The diagram's picture: in which form it is drawn, which part of it is seen, what is folded.

pub(in crate::explorer) mod camera;
pub(in crate::explorer) mod drawing;
pub(in crate::explorer) mod folding;
pub(in crate::explorer) mod form;
pub(in crate::explorer) mod state;
