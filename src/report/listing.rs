//! What a report is given besides the judgements, and which certificates and entities it names, in which order, called what.

use rustc_hash::FxHashSet as HashSet;

use crate::analysis::{Analysis, Judgement, shown};
use crate::chain::{CertificateId, EntityId};
use crate::source::{Handshake, Note, Problem, ReadInput};
use crate::words::Labels;

/// What only loading knows. Every string is escaped text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// What was asked for.
    pub inputs: Vec<ReadInput>,
    /// What a sample teaches.
    pub lesson: Option<String>,
    /// How the connections went.
    pub connections: Vec<Handshake>,
    /// What could not be read, with its place.
    pub problems: Vec<Problem>,
    /// What makes other programs refuse or misuse a file.
    pub files: Vec<Note>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportOptions {
    /// Findings that pass, or do not apply, are written as well.
    pub all_findings: bool,
    /// ASCII only; other characters are written as `\u{..}`.
    pub ascii: bool,
    /// ANSI colours, beside the words.
    pub color: bool,
}

/// The certificates that were asked for, and those of stores and candidates that a path or a failed link uses.
#[derive(Debug)]
pub(super) struct Listing {
    /// In the order of loading.
    pub certificates: Vec<CertificateId>,
    /// In the order of their first certificate.
    pub entities: Vec<EntityId>,
    pub labels: Labels,
}

impl Listing {
    /// What a report on these targets names.
    pub fn new(analysis: &Analysis, targets: &[Judgement]) -> Self {
        let certificates = shown(analysis, targets);
        let mut seen = HashSet::default();
        let entities: Vec<EntityId> =
            certificates.iter().map(|id| analysis.graph.entity_of(*id)).filter(|entity| seen.insert(*entity)).collect();
        let labels = Labels::new(&analysis.graph, &entities);
        Self { certificates, entities, labels }
    }
}
