//! What the findings on a path come to.

use super::finding::Verdict;
use super::rule::Decides;
use crate::chain::End;

/// In the order in which a target's best path is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathVerdict {
    Valid,
    /// Nothing fails; something that decides could not be checked.
    Unknown,
    /// Complete and sound, its end is in no chosen store.
    Untrusted,
    /// An issuer is missing, or the search ended before it was found.
    Incomplete,
    Invalid,
}

impl PathVerdict {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            PathVerdict::Valid => "valid",
            PathVerdict::Unknown => "unknown",
            PathVerdict::Untrusted => "untrusted",
            PathVerdict::Incomplete => "incomplete",
            PathVerdict::Invalid => "invalid",
        }
    }
}

/// Whether anything that decides failed, or could not be decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    fail: bool,
    unknown: bool,
}

impl Sum {
    pub fn note(&mut self, decides: Decides, verdict: Verdict) {
        self.fail |= verdict == Verdict::Fail && decides != Decides::Never;
        self.unknown |= verdict == Verdict::Unknown && decides == Decides::Always;
    }

    pub fn join(&mut self, other: Self) {
        self.fail |= other.fail;
        self.unknown |= other.unknown;
    }

    /// Nothing fails, and everything that decides could be decided.
    pub fn holds(self) -> bool {
        !self.fail && !self.unknown
    }

    /// The verdict of a path that ends so.
    pub fn verdict(self, end: End) -> PathVerdict {
        match end {
            _ if self.fail => PathVerdict::Invalid,
            End::MissingIssuer | End::Loop | End::Limit => PathVerdict::Incomplete,
            End::SelfSigned | End::Anchor if self.unknown => PathVerdict::Unknown,
            End::SelfSigned => PathVerdict::Untrusted,
            End::Anchor => PathVerdict::Valid,
        }
    }
}
