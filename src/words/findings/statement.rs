//! What the sentence of a finding is made of: its facts, and what people call the certificates that it speaks of.

use std::fmt::Display;

use super::unusable::unusable_words;
use crate::cert::Time;
use crate::check::{FactName, Finding, JudgedTimestamp, KeyWeakness, LogWords, TimestampStanding, Value, Verdict};

/// A finding, and what people call the certificates that it speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'a> {
    pub finding: &'a Finding,
    /// The certificate that it is shown at.
    pub subject: &'a str,
    /// The issuer's certificate, where the finding is of a link.
    pub above: &'a str,
    /// The issuer's entity, with its key where both are called the same: a signature is by a key, so no sibling is named.
    pub above_entity: &'a str,
    /// Signature checks after which no more were done for the name of the certificate's issuer.
    pub checks: Option<usize>,
}

impl Statement<'_> {
    pub fn verdict(&self) -> Verdict {
        self.finding.verdict
    }

    pub fn fact(&self, name: FactName) -> Option<&Value> {
        self.finding.fact(name)
    }

    pub fn has(&self, name: FactName) -> bool {
        self.fact(name).is_some()
    }

    /// The fact's value; empty where there is none.
    pub fn text(&self, name: FactName) -> String {
        self.fact(name).map(fact_words).unwrap_or_default()
    }

    /// The fact's number; 0 where there is none.
    pub fn number(&self, name: FactName) -> u64 {
        match self.fact(name) {
            Some(Value::Number(number)) => *number,
            _ => 0,
        }
    }

    /// The time of a fact that is one.
    pub fn time(&self, name: FactName) -> Option<Time> {
        match self.fact(name) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// The day of a fact that is a time; empty where there is none.
    pub fn date(&self, name: FactName) -> String {
        match self.fact(name) {
            Some(Value::Time(time)) => time.date(),
            _ => String::new(),
        }
    }

    /// The values of all facts of this name, separated by commas.
    pub fn every(&self, name: FactName) -> String {
        listed(self.finding.facts.iter().filter(|fact| fact.name == name).map(|fact| fact_words(&fact.value)))
    }

    /// All facts' values, separated by commas.
    pub fn all(&self) -> String {
        listed(self.finding.facts.iter().map(|fact| fact_words(&fact.value)))
    }
}

/// A fact's value where no certificate has a label.
pub fn fact_words(value: &Value) -> String {
    match value {
        Value::Time(time) => time.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Word(word) => (*word).to_owned(),
        Value::Term(term) => term.word().to_owned(),
        Value::Unusable(unusable) => unusable_words(unusable),
        Value::Timestamp(timestamp) => timestamp_words(timestamp),
        Value::KeyWeakness(weakness) => key_weakness_words(*weakness),
        Value::Misread(misread) => misread.to_string(),
        Value::Certificate(id) => format!("certificate {}", id.0),
    }
}

fn listed(values: impl Iterator<Item = impl Display>) -> String {
    values.map(|value| value.to_string()).collect::<Vec<_>>().join(", ")
}

/// `2026-07-06 15:24 UTC by Google 'Argon2026h1' (Google, usable): verified`.
fn timestamp_words(timestamp: &JudgedTimestamp) -> String {
    let log = match &timestamp.known {
        Some(LogWords { name, operator, state }) => format!("{name} ({operator}, {state})"),
        None => format!("log {}", timestamp.log),
    };
    let standing = match timestamp.standing {
        TimestampStanding::Verified => "verified",
        TimestampStanding::BadSignature => "its signature does not verify",
        TimestampStanding::Later => "later than the judged time",
        TimestampStanding::OutsideInterval => "the log does not accept certificates that expire then",
        TimestampStanding::LogNotTrusted => "the log is pending or rejected, or was retired by then",
        TimestampStanding::Unsupported => "its signature cannot be checked",
        TimestampStanding::UnknownLog => "the log is not in the list",
        TimestampStanding::IssuerKeyUnknown => "not checked: the issuer's key is not known",
        TimestampStanding::LimitReached => "not checked: too many signatures of timestamps",
        TimestampStanding::NoLogList => "not checked: no list of logs was given",
    };
    format!("{} by {log}: {standing}", timestamp.at)
}

fn key_weakness_words(weakness: KeyWeakness) -> String {
    match weakness {
        KeyWeakness::Short { bits, least } => format!("{bits} bits, below {least}"),
        KeyWeakness::ExplicitCurve { curve: Some(curve) } => format!("{curve} given by its parameters instead of its name"),
        KeyWeakness::ExplicitCurve { curve: None } => "parameters of no known curve instead of a name".to_owned(),
        KeyWeakness::NoPoint => "not a point of its curve".to_owned(),
        KeyWeakness::ShortOrder { bits } => format!("q of {bits} bits"),
        KeyWeakness::EvenModulus => "even modulus".to_owned(),
        KeyWeakness::Divisible { by } => format!("modulus divisible by {by}"),
        KeyWeakness::Roca => "modulus with the fingerprint of ROCA (CVE-2017-15361)".to_owned(),
        KeyWeakness::Exponent { value } => format!("exponent {value}"),
        KeyWeakness::EvenExponent => "even exponent".to_owned(),
        KeyWeakness::SmallExponent { value, least } => format!("exponent {value}, below {least}"),
        KeyWeakness::LongExponent { bits } => format!("exponent of {bits} bits"),
    }
}
