//! What the program's exit code says.

use crossroots::worker::LoadError;

/// Exit codes besides 0: every target has a valid path.
pub const SOME_TARGET_HAS_NONE: u8 = 1;
pub const USAGE: u8 = 2;
/// What Rust ends a program with whose main thread panicked.
pub const PANICKED: i32 = 101;
pub const NETWORK: u8 = 3;
/// Every target has a valid path, but something that was asked for could not be read or reached.
pub const SOMETHING_UNREAD: u8 = 4;

/// The code of what could not be loaded.
pub fn failure_code(error: &LoadError) -> u8 {
    if matches!(error, LoadError::Nothing { network: true, .. }) { NETWORK } else { USAGE }
}
