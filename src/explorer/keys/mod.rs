//! Which key does what, and what the mouse and typed text do.

pub(in crate::explorer) mod bindings;
pub(in crate::explorer) mod command;
pub(in crate::explorer) mod key;
pub(in crate::explorer) mod keymap;
pub(in crate::explorer) mod leaving;
pub(in crate::explorer) mod mouse;
pub(in crate::explorer) mod repeating;
pub(in crate::explorer) mod typing;
