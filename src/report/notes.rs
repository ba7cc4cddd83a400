//! What a report is given besides the judgements: the notes of loading, and how it is written.

use crate::source::{Handshake, Problem, ReadInput};

/// What only loading knows. Every string is escaped text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// What was asked for.
    pub inputs: Vec<ReadInput>,
    /// What a sample teaches.
    pub lesson: Option<String>,
    /// How the connections went.
    pub connections: Vec<Handshake>,
    pub problems: Vec<Problem>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Findings that pass, or do not apply, are written as well.
    pub all_findings: bool,
    /// ASCII only; other characters are written as `\u{..}`.
    pub ascii: bool,
    /// ANSI colours, beside the words.
    pub color: bool,
}
