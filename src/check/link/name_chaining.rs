//! RFC 5280 6.1.3 (a)(4): the certificate's issuer name is the subject name above it, as 7.1 compares names.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::NameChaining,
    title: "issuer name is the subject above",
    citation: "RFC 5280 6.1.3 (a)(4), 7.1",
    reason: "A certificate points at its issuer by name alone; this is how candidates are found.",
    failure: "NAME MISMATCH",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let same_bytes = at.certificate.issuer.der() == at.issuer.subject.der();
    let verdict = match (at.certificate.issuer == at.issuer.subject, same_bytes) {
        (false, _) => Verdict::Fail,
        (true, true) => Verdict::Pass,
        // Go and others compare byte by byte, and do not find this issuer.
        (true, false) if at.policy.strict => Verdict::Fail,
        (true, false) => Verdict::Caution,
    };
    at.wants.outcome(verdict, || {
        let mut facts = vec![Fact::new(FactName::IssuerName, Value::Text(at.certificate.issuer.to_string()))];
        if !same_bytes {
            facts.push(Fact::new(FactName::SubjectAbove, Value::Text(at.issuer.subject.to_string())));
            facts.push(Fact::new(FactName::Encoding, Value::Term(Term::BytesDiffer)));
        }
        facts
    })
}
