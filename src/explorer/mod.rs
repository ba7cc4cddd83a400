//! The interactive program without a terminal: what it knows, what a key means, what changes, what is to be done outside.
//!
//! A key becomes a `Command` by one table (`BINDINGS`); `Explorer::update` changes the state and says which `Effect`s the
//! worker must carry out; views are computed from the state when they are drawn and change nothing.

mod jobs;
mod keys;
mod message;
mod panes;
mod picture;
mod selection;
mod state;
mod update;
mod views;

pub use jobs::online::{Fetching, Online};
pub use jobs::reopening::Addition;
pub use jobs::waiting::Waiting;
pub use keys::bindings::{BINDINGS, Binding, Command, Context, Key};
pub use keys::keymap::{Keymap, KeymapError};
pub use keys::mouse::{Mouse, MouseAction};
pub use message::{Clipboard, Effect, Message, merge};
pub use panes::asn1::Source;
pub use panes::bytes::{Dump, HexRow, Part, dump, hex_rows};
pub use panes::checks::checks_rows;
pub use panes::fields::Row;
use panes::screen;
pub use panes::screen::{Area, Screen, inset, name_columns, split};
pub use panes::tabs::{Lists, Tab, inspector_rows};
pub use panes::wrap::{joined, wrapped};
pub use selection::search::{Hit, Search, find};
pub use state::{About, Explorer, List, Opened, Pane, Settings, Unread, View};
pub use views::copy::{COPIES, Copy, copy_text};
pub use views::palette::{Action, Does, actions};
pub use views::status::{status_line, verdict_line};
