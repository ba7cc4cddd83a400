//! How many paths are valid, of how many that were judged: of the others nothing is known but their number.

use super::{Judgement, Limit};

/// Paths that were judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub valid: usize,
    pub judged: usize,
    /// There are no others.
    pub is_whole: bool,
}

impl Tally {
    /// Whether the two are of as many paths, so that their numbers can be compared.
    pub fn is_like(self, other: Self) -> bool {
        (self.is_whole && other.is_whole) || self.judged == other.judged
    }
}

impl Judgement {
    /// How many of its listed paths are valid.
    pub fn tally(&self) -> Tally {
        let ends_listing = |limit| matches!(limit, Limit::ListedPaths | Limit::SearchSteps | Limit::Targets);
        let is_whole = !self.spent.iter().any(|spent| ends_listing(spent.limit));
        Tally { valid: self.valid(), judged: self.paths.len(), is_whole }
    }
}
