//! What is looked at, and how.

use std::collections::BTreeMap;

use crate::analysis::Judgement;
use crate::chain::{EntityId, Path};
use crate::words::Labels;

/// A judgement, and what of it a person chose to see.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub judgement: &'a Judgement,
    pub labels: &'a Labels,
    /// The path that is drawn heavy.
    pub chosen: Option<&'a Path>,
    /// Boxes of many slots that the person unfolded, or folded.
    pub unfolded: &'a BTreeMap<EntityId, bool>,
    /// Whether the others of them are unfolded.
    pub crowds_open: bool,
}

impl Look<'_> {
    pub(super) fn is_unfolded(&self, entity: EntityId) -> bool {
        self.unfolded.get(&entity).copied().unwrap_or(self.crowds_open)
    }
}
