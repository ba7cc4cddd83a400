//! What a rule said of a place, with the facts it rests on.

use super::fact::{Fact, FactName, Value};
use super::rule_id::RuleId;
use crate::chain::CertificateId;

/// In the order of how much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    Fail,
    /// Could not be decided.
    Unknown,
    /// Allowed, and worth a look.
    Caution,
    Pass,
    NotApplicable,
}

impl Verdict {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Fail => "fail",
            Verdict::Unknown => "unknown",
            Verdict::Caution => "caution",
            Verdict::Pass => "pass",
            Verdict::NotApplicable => "not-applicable",
        }
    }
}

/// What a finding is about: a certificate wherever it stands, a link, or a whole path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Certificate(CertificateId),
    /// Between a certificate and the issuer's certificate that stands above it on the path.
    Link {
        certificate: CertificateId,
        issuer: CertificateId,
    },
    /// The path as a whole; the certificate is the one that decides, its last where none does.
    Path(CertificateId),
}

impl Place {
    /// The certificate that the finding is shown at.
    pub fn certificate(self) -> CertificateId {
        match self {
            Place::Certificate(certificate) | Place::Link { certificate, .. } | Place::Path(certificate) => certificate,
        }
    }
}

/// What a rule says, before it is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub verdict: Verdict,
    pub facts: Vec<Fact>,
}

impl Outcome {
    pub(super) fn new(verdict: Verdict, facts: Vec<Fact>) -> Self {
        Self { verdict, facts }
    }
}

/// What one rule said of one place. Facts are values; `words` makes the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: RuleId,
    pub place: Place,
    pub verdict: Verdict,
    pub facts: Vec<Fact>,
}

impl Finding {
    /// The first fact of this name.
    pub fn fact(&self, name: FactName) -> Option<&Value> {
        self.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
    }
}
