//! What goes on in the background: judging, signatures, fetching, opening; and the screen while nothing is open yet.

pub(in crate::explorer) mod fetching;
pub(in crate::explorer) mod judging;
pub(in crate::explorer) mod renumbering;
pub(in crate::explorer) mod reopening;
pub(in crate::explorer) mod signatures;
pub(in crate::explorer) mod state;
pub(in crate::explorer) mod waiting;
