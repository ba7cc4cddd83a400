//! RFC 5280 6.1.3 (a)(2): the judged time is within notBefore and notAfter, both ends included (4.1.2.5).

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::Validity,
    title: "inside its validity window",
    citation: "RFC 5280 6.1.3 (a)(2), 4.1.2.5",
    reason: "Outside its window nobody vouches for the binding of name and key; siblings have windows of their own.",
    failure: "OUTSIDE ITS DATES",
    decides: Decides::Always,
    timely: true,
    examine: Examine::Certificate(examine),
    sentence,
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let (from, to, now) = (at.certificate.not_before, at.certificate.not_after, at.policy.at);
    let mut facts =
        vec![Fact::new("not_before", Value::Time(from)), Fact::new("not_after", Value::Time(to)), Fact::new("at", Value::Time(now))];
    let verdict = if now < from {
        facts.push(Fact::new("state", Value::Word("not yet valid")));
        Verdict::Fail
    } else if now > to {
        facts.push(Fact::new("state", Value::Word("expired")));
        Verdict::Fail
    } else {
        Verdict::Pass
    };
    if at.is_anchor && at.policy.ignore_anchor_dates {
        facts.push(Fact::new("ignored", Value::Word("anchor dates are ignored by policy")));
        return Outcome::new(Verdict::NotApplicable, facts);
    }
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::Fail if said.text("state") == "expired" => format!("{subject} expired on {}", said.date("not_after")),
        Verdict::Fail => format!("{subject} is not valid before {}", said.date("not_before")),
        Verdict::NotApplicable => format!("{subject}: anchor dates are ignored"),
        _ => format!("{subject} is valid to {}", said.date("not_after")),
    }
}
