//! What a report is given besides the judgements, and which certificates and entities it names, in which order, called what.

use rustc_hash::FxHashSet as HashSet;

use crate::analysis::{Analysis, Judgement, shown};
use crate::chain::{CertificateId, EntityId, Link, SignatureState};
use crate::source::{Handshake, Problem, ReadInput};
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

    /// The links between what is listed, the failed ones too; whether each is told: nothing is known of one that nobody checked, of a
    /// certificate that no path of `targets` goes through, and where a thousand keys share a name there are a million of them.
    pub fn links<'a>(&'a self, analysis: &'a Analysis, targets: &[Judgement]) -> impl Iterator<Item = (Link, bool)> + use<'a> {
        let entities: HashSet<EntityId> = self.entities.iter().copied().collect();
        let on_paths: HashSet<CertificateId> =
            targets.iter().flat_map(|target| &target.paths).flat_map(|judged| judged.path.certificates.iter().copied()).collect();
        let links = self.certificates.iter().flat_map(|id| analysis.graph.links_of(*id));
        links
            .filter(move |link| entities.contains(&link.entity))
            .map(move |link| (link, link.signature != SignatureState::Unchecked || on_paths.contains(&link.certificate)))
    }
}
