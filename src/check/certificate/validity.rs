//! RFC 5280 6.1.3 (a)(2): the judged time is within notBefore and notAfter, both ends included (4.1.2.5).

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};

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
    let mut facts = vec![
        Fact::new(FactName::NotBefore, Value::Time(from)),
        Fact::new(FactName::NotAfter, Value::Time(to)),
        Fact::new(FactName::At, Value::Time(now)),
    ];
    let verdict = if now < from {
        facts.push(Fact::new(FactName::State, Value::Term(Term::NotYetValid)));
        Verdict::Fail
    } else if now > to {
        facts.push(Fact::new(FactName::State, Value::Term(Term::Expired)));
        Verdict::Fail
    } else {
        Verdict::Pass
    };
    if at.is_anchor && at.policy.ignore_anchor_dates {
        facts.push(Fact::new(FactName::Ignored, Value::Term(Term::AnchorDatesIgnored)));
        return Outcome::new(Verdict::NotApplicable, facts);
    }
    Outcome::new(verdict, facts)
}
