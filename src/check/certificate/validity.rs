//! RFC 5280 6.1.3 (a)(2): the judged time is within notBefore and notAfter, both ends included (4.1.2.5).

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{Certificate, Time};

pub const RULE: Rule = Rule {
    id: RuleId::Validity,
    title: "inside its validity window",
    citation: "RFC 5280 6.1.3 (a)(2), 4.1.2.5",
    reason: "Outside its window nobody vouches for the binding of name and key; siblings have windows of their own.",
    failure: "OUTSIDE ITS DATES",
    decides: Decides::Always,
    timely: true,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let (from, to, now) = (at.certificate.not_before, at.certificate.not_after, at.policy.at);
    let known = |name, time: Option<Time>| time.map(|time| Fact::new(name, Value::Time(time)));
    let mut facts: Vec<Fact> = [known(FactName::NotBefore, from), known(FactName::NotAfter, to)].into_iter().flatten().collect();
    facts.push(Fact::new(FactName::At, Value::Time(now)));
    // One end that is known decides where the judged time is beyond it, whatever stands in the place of the other.
    let state = if from.zip(to).is_some_and(|(from, to)| to < from) {
        Some(Term::EndsBeforeItBegins)
    } else if from.is_some_and(|from| now < from) {
        Some(Term::NotYetValid)
    } else if to.is_some_and(|to| now > to) {
        Some(Term::Expired)
    } else {
        None
    };
    facts.extend(state.map(|state| Fact::new(FactName::State, Value::Term(state))));
    let verdict = match state {
        Some(_) => Verdict::Fail,
        None if from.is_none() || to.is_none() => {
            facts.extend(unreadable(at.certificate).map(|words| Fact::new(FactName::Unreadable, Value::Text(words))));
            Verdict::Unknown
        }
        None => Verdict::Pass,
    };
    if at.is_anchor && at.policy.ignore_anchor_dates {
        facts.push(Fact::new(FactName::Ignored, Value::Term(Term::AnchorDatesIgnored)));
        return Outcome::new(Verdict::NotApplicable, facts);
    }
    Outcome::new(verdict, facts)
}

/// The times that have no single meaning, as they are written: `notAfter 260929140000`.
fn unreadable(certificate: &Certificate) -> impl Iterator<Item = String> {
    let ends = [("notBefore", certificate.not_before), ("notAfter", certificate.not_after)];
    let written = ends.into_iter().zip(certificate.written_validity());
    written.filter(|((_, known), _)| known.is_none()).map(|((name, _), written)| match written {
        Some(written) => format!("{name} {written}"),
        None => format!("a missing {name}"),
    })
}
