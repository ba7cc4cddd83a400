//! RFC 5280 6.1.3 (a)(2): the judged time is within notBefore and notAfter, both ends included (4.1.2.5).

use super::super::judge::CertificateAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &CertificateAt<'_>) -> Outcome {
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
