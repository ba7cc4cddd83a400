//! RFC 5280 6.1.3 (a)(4): the certificate's issuer name is the subject name above it, as 7.1 compares names.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::NameChaining,
    title: "issuer name is the subject above",
    citation: "RFC 5280 6.1.3 (a)(4), 7.1",
    reason: "A certificate points at its issuer by name alone; this is how candidates are found.",
    failure: "NAME MISMATCH",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
    sentence,
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
    let mut facts = vec![Fact::new("issuer_name", Value::Text(at.certificate.issuer.to_string()))];
    if !same_bytes {
        facts.push(Fact::new("subject_above", Value::Text(at.issuer.subject.to_string())));
        facts.push(Fact::new("encoding", Value::Word("the bytes differ")));
    }
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.fact("encoding").is_some() => {
            format!("{} writes the name of {} in other bytes", said.subject, said.above)
        }
        Verdict::Fail => format!("{} names another issuer than {}", said.subject, said.above),
        _ => format!("{} names {} as its issuer", said.subject, said.above),
    }
}
