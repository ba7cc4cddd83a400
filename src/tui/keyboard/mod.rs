//! What comes from the terminal, as messages: keys, the mouse, pasted text, another size.
//!
//! On unix the bytes are read here. crossterm leaves all but 1,024 bytes unread until the next key, and keeps a sequence that is cut off
//! for ever, so that every later key is lost in it.

#[cfg(not(unix))]
mod events;
#[cfg(unix)]
mod parser;
#[cfg(unix)]
mod sequence;
#[cfg(all(unix, test))]
mod tests;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(super) use events::Keyboard;
#[cfg(unix)]
pub(super) use unix::Keyboard;
