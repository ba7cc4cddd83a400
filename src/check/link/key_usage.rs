//! RFC 5280 6.1.4 (n): where the issuer has a keyUsage extension, it contains keyCertSign.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::KeyUsage,
    title: "key may sign certificates",
    citation: "RFC 5280 6.1.4 (n), 4.2.1.3",
    reason: "A key that was certified for other work must not issue.",
    failure: "NO KEYCERTSIGN",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new(FactName::Issuer, Value::Certificate(at.issuer_id))];
    let is_free = at.issuer_is_anchor && !at.policy.anchor_constraints;
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.15") {
        facts.push(Fact::new(FactName::Malformed, reason.into()));
        return Outcome::new(if is_free { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match at.issuer.extensions.key_usage {
        Some(usage) => {
            facts.push(Fact::new(FactName::KeyUsage, Value::Text(usage.words())));
            match (usage.key_cert_sign(), is_free) {
                (true, _) => Verdict::Pass,
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            }
        }
        None => {
            facts.push(Fact::new(FactName::KeyUsage, Value::Term(Term::NotRestricted)));
            Verdict::Pass
        }
    };
    Outcome::new(verdict, facts)
}
