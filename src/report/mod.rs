//! An analysis written down: as text for a person, as JSON for a program.
//!
//! Pure: what is written depends on the analysis, the targets and the notes of loading alone. Loops over findings; no verdict is
//! computed here. All text that a stranger wrote was escaped in `cert` and `source`.

mod dot;
mod elements;
mod json;
mod listing;
mod paint;
mod pem;
mod reachability;
mod text;

use crate::chain::CheckBudget;
use crate::source::{Handshake, Problem};

pub use dot::{dot, mermaid};
pub use elements::elements;
pub use json::{SCHEMA, json};
pub use pem::pem;
pub use text::text;

/// What only loading knows. Every string is escaped text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// What was asked for: one line per input.
    pub inputs: Vec<String>,
    /// What a sample teaches.
    pub lesson: Option<String>,
    /// How the connections went.
    pub connections: Vec<Handshake>,
    pub problems: Vec<Problem>,
    pub budgets: Vec<CheckBudget>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Findings that pass, or do not apply, are written as well.
    pub all_findings: bool,
    /// ASCII only; other characters are written as `\u{..}`.
    pub ascii: bool,
    /// ANSI colours, beside the words.
    pub color: bool,
}
