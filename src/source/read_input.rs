//! What did each input give, in numbers?

use std::ops::Range;

use super::batch::Batch;

/// Something that was read, or was to be; every text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadInput {
    /// No input was named, so that the first built-in sample stands in.
    NoneNamed,
    /// A built-in sample.
    Sample { name: String, title: String },
    /// An input as it was written; `None`: nothing could be read of it. Its problems have these places in the list of all.
    Named { text: String, given: Option<Given>, problems: Range<usize> },
    /// A store that knows when it was made.
    Store { name: String, version: String, collected: String },
}

/// What one input gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    pub certificates: usize,
    pub crls: usize,
    pub responses: usize,
    /// Files that are something else.
    pub skipped: usize,
}

impl Given {
    /// The numbers of a batch.
    pub fn of(batch: &Batch) -> Self {
        let (certificates, crls, responses) = (batch.certificates.len(), batch.crls.len(), batch.responses.len());
        Self { certificates, crls, responses, skipped: batch.skipped }
    }

    /// Neither a certificate nor anything that tells of revocation.
    pub fn is_nothing(self) -> bool {
        self.certificates + self.crls + self.responses == 0
    }
}
