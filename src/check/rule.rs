//! What a rule is: its row of the table, the scope it examines, what it answers.

use super::case::{CertificateAt, LinkAt, PathAt};
use super::finding::Outcome;
use super::rule_id::RuleId;
use crate::chain::CertificateId;

/// The scope of a rule and the function that examines it. Certificate and link rules give one answer, the same on every path where the
/// certificate stands alike; path rules say of which certificates they speak.
#[derive(Clone, Copy)]
pub enum Examine {
    Certificate(fn(&CertificateAt<'_>) -> Outcome),
    /// A certificate where it stands on a path, and nothing else of the path: what stands on none is not asked.
    Standing(fn(&CertificateAt<'_>) -> Option<Outcome>),
    Link(fn(&LinkAt<'_>) -> Outcome),
    Path(fn(&PathAt<'_>) -> Vec<(CertificateId, Outcome)>),
}

impl std::fmt::Debug for Examine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Examine::Certificate(_) => "Certificate",
            Examine::Standing(_) => "Standing",
            Examine::Link(_) => "Link",
            Examine::Path(_) => "Path",
        })
    }
}

/// What of a rule's answers decides whether a path holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decides {
    /// A failure, and what could not be decided.
    Always,
    /// A failure; no data is no objection.
    OnlyFailures,
    /// Nothing: how the path ends says the same.
    Never,
}

/// One thing that can be checked: a row of [`RULES`](super::RULES).
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub id: RuleId,
    /// A question that `Pass` answers with yes.
    pub title: &'static str,
    /// Sections of RFCs or of the CA/Browser Forum's requirements.
    pub citation: &'static str,
    /// Why it matters, in a sentence.
    pub reason: &'static str,
    /// Two or three words for a narrow place on the screen when it fails: `EXPIRED`.
    pub failure: &'static str,
    pub decides: Decides,
    /// The judged time may change its answer.
    pub timely: bool,
    pub examine: Examine,
}
