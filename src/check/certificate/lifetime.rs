//! CA/Browser Forum BR 6.3.2: how long a server's certificate may be valid, by the day it was issued.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Term, Value, Verdict};
use crate::cert::Time;

pub const RULE: Rule = Rule {
    id: RuleId::Lifetime,
    title: "valid no longer than allowed",
    citation: "CA/Browser Forum BR 6.3.2",
    reason: "What was true of a name years ago need not be now, and revocation seldom reaches everyone.",
    failure: "VALID TOO LONG",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

const DAY: i64 = 86_400;

#[derive(Debug, Clone, Copy)]
enum Most {
    Months(i32),
    /// Of 86,400 seconds; the first and the last second of the window count.
    Days(i64),
}

/// From when on which length is allowed, the latest first: ballots SC-081 (2029, 2027, 2026), SC-31 with Apple's root program
/// (2020), 193 (2018), and BR 1.0 9.4.1 (2015, 2012).
const ALLOWED: &[(Time, Most, &str)] = &[
    (Time(1_868_227_200), Most::Days(47), "47 days"),
    (Time(1_805_068_800), Most::Days(100), "100 days"),
    (Time(1_773_532_800), Most::Days(200), "200 days"),
    (Time(1_598_918_400), Most::Days(398), "398 days"),
    (Time(1_519_862_400), Most::Days(825), "825 days"),
    (Time(1_427_846_400), Most::Months(39), "39 months"),
    (Time(1_341_100_800), Most::Months(60), "60 months"),
];

fn examine(at: &CertificateAt<'_>) -> Outcome {
    if !at.is_target || at.is_anchor || at.purpose != Purpose::Server {
        return Outcome::new(Verdict::NotApplicable, Vec::new());
    }
    let Some((from, to)) = at.certificate.not_before.zip(at.certificate.not_after) else {
        return Outcome::new(Verdict::Unknown, vec![Fact::new(FactName::Unreadable, Value::Term(Term::ValidityUnknown))]);
    };
    let days = to.0.saturating_sub(from.0).saturating_add(DAY) / DAY;
    let mut facts = vec![
        Fact::new(FactName::NotBefore, Value::Time(from)),
        Fact::new(FactName::NotAfter, Value::Time(to)),
        Fact::new(FactName::Days, Value::Number(u64::try_from(days).unwrap_or(0))),
    ];
    let Some((_, most, words)) = ALLOWED.iter().find(|(since, ..)| from >= *since) else {
        return Outcome::new(Verdict::NotApplicable, facts);
    };
    facts.push(Fact::new(FactName::Allowed, Value::Word(words)));
    let fits = match most {
        Most::Days(most) => to < from.plus(most * DAY),
        Most::Months(most) => to <= from.plus_months(*most),
    };
    Outcome::new(if fits { Verdict::Pass } else { at.policy.lapse() }, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_are_those_of_the_ballots() {
        let dates: Vec<String> = ALLOWED.iter().map(|(since, ..)| since.date()).collect();
        assert_eq!(dates, ["2029-03-15", "2027-03-15", "2026-03-15", "2020-09-01", "2018-03-01", "2015-04-01", "2012-07-01"]);
    }
}
