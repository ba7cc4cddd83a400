//! What a rule said of a place, with the facts it rests on.

use std::fmt;

use super::rule_id::RuleId;
use crate::cert::Time;
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

/// A fact's value, typed; text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Time(Time),
    Number(u64),
    Flag(bool),
    Text(String),
    Word(&'static str),
    /// The SHA-256 fingerprint is in the certificate.
    Certificate(CertificateId),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Time(time) => write!(f, "{time}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Flag(true) => f.write_str("yes"),
            Value::Flag(false) => f.write_str("no"),
            Value::Text(text) => f.write_str(text),
            Value::Word(word) => f.write_str(word),
            Value::Certificate(id) => write!(f, "certificate {}", id.0),
        }
    }
}

/// Names are lower case with underscores, as the JSON report shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: &'static str,
    pub value: Value,
}

impl Fact {
    pub(super) fn new(name: &'static str, value: Value) -> Self {
        Self { name, value }
    }
}

/// The fact that says why a piece of evidence cannot be used.
pub const UNUSABLE: &str = "unusable";

/// Evidence was given, and one of these facts says why it cannot be used.
pub(super) fn has_unusable(facts: &[Fact]) -> bool {
    facts.iter().any(|fact| fact.name == UNUSABLE)
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: RuleId,
    pub place: Place,
    pub verdict: Verdict,
    pub facts: Vec<Fact>,
}
