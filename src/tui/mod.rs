//! The terminal: the only user of ratatui and crossterm. Keys in, the explorer's state out as cells.

mod colors;
mod draw;
mod environment;
mod keyboard;
mod probe;
mod session;
mod terminal;
mod theme;
mod views;
mod write;

pub use colors::Colors;
pub use draw::{draw, draw_scene};
pub use environment::{charset, claims_all_colors, clipboard, has_colors, is_dumb, locale_charset};
pub use probe::{Answers, Questions, ask};
pub use session::run;
pub use theme::Theme;
