//! RFC 5280 6.1.3 (a)(4): the certificate's issuer name is the subject name above it, as 7.1 compares names.

use super::super::judge::LinkAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &LinkAt<'_>) -> Outcome {
    let verdict = if at.certificate.issuer == at.issuer.subject { Verdict::Pass } else { Verdict::Fail };
    let mut facts = vec![Fact::new("issuer_name", Value::Text(at.certificate.issuer.to_string()))];
    if at.certificate.issuer.der() != at.issuer.subject.der() {
        facts.push(Fact::new("subject_above", Value::Text(at.issuer.subject.to_string())));
        facts.push(Fact::new("encoding", Value::Word("the bytes differ")));
    }
    Outcome::new(verdict, facts)
}
