//! What fails, in the capitals of a picture.

use crate::cert::Time;
use crate::check::{FactName, Finding, RuleId, Term, Value};
use crate::words::times::{since_words, until_words};

/// What fails, in the two or three words that a box has room for; of a validity window its date.
pub fn failure_words(finding: &Finding) -> String {
    if finding.rule == RuleId::Revocation {
        return match finding.fact(FactName::RevokedAt) {
            Some(Value::Time(date)) => format!("REVOKED {}", date.date()),
            _ => "REVOCATION UNKNOWN".to_owned(),
        };
    }
    match (finding.fact(FactName::State), finding.fact(FactName::NotBefore), finding.fact(FactName::NotAfter)) {
        (Some(Value::Term(Term::Expired)), begin, Some(Value::Time(end))) => format!("EXPIRED {}", until_words(time(begin), Some(*end))),
        (Some(Value::Term(Term::EndsBeforeItBegins)), ..) => "NEVER VALID".to_owned(),
        (Some(_), Some(Value::Time(begin)), end) => format!("NOT BEFORE {}", since_words(Some(*begin), time(end))),
        _ => finding.rule.rule().failure.to_owned(),
    }
}

fn time(fact: Option<&Value>) -> Option<Time> {
    match fact {
        Some(Value::Time(time)) => Some(*time),
        _ => None,
    }
}
