//! What the person set once for all: the configuration's part of the explorer.

use super::keymap::Keymap;

/// Keys, and whether the mouse is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub keymap: Keymap,
    /// Clicks, wheel and drags come here instead of selecting text.
    pub mouse: bool,
}
