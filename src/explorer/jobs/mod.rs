//! What goes on in the background: fetching, opening, and the screen while nothing is open yet.

pub(in crate::explorer) mod online;
pub(in crate::explorer) mod reopening;
pub(in crate::explorer) mod waiting;
