//! What is said around the panes and lies over them: the lines on top, the palette, the copy menu, texts, prompts; and what becomes of a
//! copied text.

pub(in crate::explorer) mod copied;
pub(in crate::explorer) mod copy;
pub(in crate::explorer) mod palette;
pub(in crate::explorer) mod reading;
pub(in crate::explorer) mod state;
pub(in crate::explorer) mod status;
pub(in crate::explorer) mod taking;
pub(in crate::explorer) mod view;
