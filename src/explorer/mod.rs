//! The interactive program without a terminal: what it knows, what a key means, what changes, what is to be done outside.
//!
//! A key becomes a `Command` by one table (`BINDINGS`); `Explorer::update` changes the state and says which `Effect`s the
//! worker must carry out; views are computed from the state when they are drawn and change nothing.

mod bindings;
mod checks;
mod connection;
mod copy;
mod detail;
mod failures;
mod filter;
mod keymap;
mod message;
mod mouse;
mod movement;
mod online;
mod palette;
mod picture;
mod reading;
mod relative;
mod reopening;
mod screen;
mod search;
mod sketch;
mod state;
mod status;
mod tabs;
mod taking;
mod time_travel;
mod typing;
mod update;
mod waiting;
mod wrap;

pub use bindings::{BINDINGS, Binding, Command, Context, Key};
pub use checks::checks_rows;
pub use copy::{COPIES, Copy, copy_text};
pub use detail::Row;
pub use keymap::{Keymap, KeymapError};
pub use message::{Clipboard, Effect, Message, merge};
pub use mouse::{Mouse, MouseAction};
pub use online::{Fetching, Online};
pub use palette::{Action, Does, actions};
pub use reopening::Addition;
pub use screen::{Area, Screen, inset, name_columns, split};
pub use search::{Hit, Search, find};
pub use state::{About, Explorer, Fact, List, Opened, Pane, Settings, Unread, View};
pub use status::{Span, Tone, status_line, verdict_line};
pub use tabs::{Dump, HexRow, Lists, Part, Source, Tab, dump, hex_rows, inspector_rows};
pub use waiting::Waiting;
pub use wrap::{joined, wrapped};
