//! What fails, in the capitals of a picture.

use crate::check::{FactName, Finding, RuleId, Term, Value};

/// What fails, in the two or three words that a box has room for; of a validity window its date.
pub fn failure_words(finding: &Finding) -> String {
    if finding.rule == RuleId::Revocation {
        return match finding.fact(FactName::RevokedAt) {
            Some(Value::Time(date)) => format!("REVOKED {}", date.date()),
            _ => "REVOCATION UNKNOWN".to_owned(),
        };
    }
    match (finding.fact(FactName::State), finding.fact(FactName::NotBefore), finding.fact(FactName::NotAfter)) {
        (Some(Value::Term(Term::Expired)), _, Some(Value::Time(end))) => format!("EXPIRED {}", end.date()),
        (Some(Value::Term(Term::EndsBeforeItBegins)), ..) => "NEVER VALID".to_owned(),
        (Some(_), Some(Value::Time(begin)), _) => format!("NOT BEFORE {}", begin.date()),
        _ => finding.rule.rule().failure.to_owned(),
    }
}
