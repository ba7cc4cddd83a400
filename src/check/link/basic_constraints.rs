//! RFC 5280 6.1.4 (k): what issues is a CA. An anchor is trusted for its name and key, so nothing in it is required (6.1.1 (d)).

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::BasicConstraints,
    title: "is a CA",
    citation: "RFC 5280 6.1.1 (d), 6.1.4 (k), 4.2.1.9",
    reason: "Without it every holder of a server certificate could issue more.",
    failure: "NOT A CA",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new(FactName::Issuer, Value::Certificate(at.issuer_id))];
    let is_free = at.issuer_is_anchor && !at.policy.anchor_constraints;
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.19") {
        facts.push(Fact::new(FactName::Malformed, reason.into()));
        return Outcome::new(if is_free { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match at.issuer.extensions.basic_constraints {
        Some(found) => {
            facts.push(Fact::new(FactName::Ca, Value::Flag(found.ca)));
            match (found.ca, is_free) {
                (true, _) => Verdict::Pass,
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            }
        }
        None => {
            facts.push(Fact::new(FactName::BasicConstraints, Value::Term(Term::Absent)));
            facts.push(Fact::new(FactName::Version, Value::Number(u64::from(at.issuer.version))));
            // Roots of the first version have none; a strict policy does not take them for CAs.
            if at.issuer_is_anchor && (is_free || !at.policy.strict) { Verdict::NotApplicable } else { Verdict::Fail }
        }
    };
    Outcome::new(verdict, facts)
}
