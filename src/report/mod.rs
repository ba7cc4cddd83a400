//! An analysis written down: as text for a person, as JSON for a program.
//!
//! Pure: what is written depends on the analysis, the targets and the notes of loading alone. Loops over findings; no verdict is
//! computed here. All text that a stranger wrote was escaped in `cert` and `source`.

#![warn(missing_docs)]

mod dot;
mod elements;
mod json;
mod listing;
mod paint;
mod pem;
mod pieces;
mod reachability;
mod table;
mod text;

pub use dot::{dot, mermaid};
pub use elements::elements;
pub use json::{JsonReport, SCHEMA, json};
pub use listing::{Notes, ReportOptions};
pub use pem::pem;
pub use pieces::Pieces;
pub use text::{TextReport, text};
