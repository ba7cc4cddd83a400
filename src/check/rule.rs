//! What a rule is: its row of the table, the scope it examines, what it answers.

use super::case::{CertificateAt, LinkAt, PathAt};
use super::finding::{Finding, Outcome, Value, Verdict};
use super::rule_id::RuleId;
use crate::chain::CertificateId;

/// The scope of a rule and the function that examines it. Certificate and link rules give one answer; path rules say
/// of which certificates they speak.
#[derive(Clone, Copy)]
pub enum Examine {
    Certificate(fn(&CertificateAt<'_>) -> Outcome),
    Link(fn(&LinkAt<'_>) -> Outcome),
    Path(fn(&PathAt<'_>) -> Vec<(CertificateId, Outcome)>),
}

impl std::fmt::Debug for Examine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Examine::Certificate(_) => "Certificate",
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

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub id: RuleId,
    /// A question that `Pass` answers with yes.
    pub title: &'static str,
    pub citation: &'static str,
    /// Why it matters, in a sentence.
    pub reason: &'static str,
    /// Two or three words for a narrow place on the screen when it fails: `EXPIRED`.
    pub failure: &'static str,
    pub decides: Decides,
    /// The judged time may change its answer.
    pub timely: bool,
    pub examine: Examine,
    /// A finding of this rule in a sentence that names its certificate: `R3 by DST Root CA X3 expired on 2021-09-29`.
    pub sentence: fn(&Said<'_>) -> String,
}

/// A finding, and how people call what it speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub finding: &'a Finding,
    /// The certificate that it is shown at.
    pub subject: &'a str,
    /// The issuer's certificate, where the finding is of a link.
    pub above: &'a str,
    /// The issuer's entity: a signature is by a key, so no sibling is named.
    pub above_entity: &'a str,
}

impl Said<'_> {
    pub fn verdict(&self) -> Verdict {
        self.finding.verdict
    }

    /// The first fact of this name.
    pub fn fact(&self, name: &str) -> Option<&Value> {
        self.finding.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
    }

    /// The fact's value in words; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.fact(name).map(Value::to_string).unwrap_or_default()
    }

    /// The day of a fact that is a time; empty where there is none.
    pub fn date(&self, name: &str) -> String {
        match self.fact(name) {
            Some(Value::Time(time)) => time.date(),
            _ => String::new(),
        }
    }

    /// The values of all facts of this name, separated by commas.
    pub fn every(&self, name: &str) -> String {
        let named = self.finding.facts.iter().filter(|fact| fact.name == name);
        named.map(|fact| fact.value.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// All facts' values, separated by commas.
    pub fn all(&self) -> String {
        self.finding.facts.iter().map(|fact| fact.value.to_string()).collect::<Vec<_>>().join(", ")
    }
}
