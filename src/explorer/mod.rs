//! The interactive program without a terminal: what it knows, what a key means, what changes, what is to be done outside.
//!
//! A key becomes a `Command` by one table (`BINDINGS`); `Explorer::update` changes the state and adds to the `Effects`
//! that the worker must carry out; views are computed from the state when they are drawn and change nothing.

mod jobs;
mod keys;
mod message;
mod opened;
mod panes;
mod picture;
mod selection;
mod state;
mod update;
mod views;

pub use jobs::reopening::MAX_PASTED;
pub use jobs::waiting::Waiting;
pub use keys::bindings::{BINDINGS, Binding};
pub use keys::command::{Command, Context};
pub use keys::key::{Key, Mouse, MouseAction};
pub use keys::keymap::{Keymap, KeymapError, Settings};
pub use message::{Clipboard, Completion, Effect, Effects, Message, ToJudge, merge};
pub use opened::{About, Addition, Online, Opened, Unread};
pub use panes::bytes::{Dump, HexRow, Part, dump, hex_rows};
pub use panes::foretold::{Foretold, ToForetell};
pub use panes::list::{Drawn, List, Row, Stretch};
pub use panes::pane::{Lower, Pane, Source, Tab};
pub use panes::screen::{Area, Screen, inset, name_columns};
pub use panes::wrap::wrapped;
pub use selection::found::{Hit, find, find_entry};
pub use state::Explorer;
pub use views::copied::{COPIES, Copy};
pub use views::copy::{copy_preview, copy_text};
pub use views::palette::{Action, EntryAction, actions};
pub use views::status::{state_line, status_line, verdict_line};
pub use views::view::View;
