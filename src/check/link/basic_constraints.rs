//! RFC 5280 6.1.4 (k): what issues is a CA. An anchor is trusted for its name and key, so nothing in it is required (6.1.1 (d)).

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::BasicConstraints,
    title: "issuer is a CA",
    citation: "RFC 5280 6.1.4 (k), 4.2.1.9",
    reason: "Without it every holder of a server certificate could issue more.",
    failure: "NOT A CA",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
    sentence,
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new("issuer", Value::Certificate(at.issuer_id))];
    let is_free = at.issuer_is_anchor && !at.policy.anchor_constraints;
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.19") {
        facts.push(Fact::new("malformed", Value::Text(reason.to_owned())));
        return Outcome::new(if is_free { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match at.issuer.extensions.basic_constraints {
        Some(found) => {
            facts.push(Fact::new("ca", Value::Flag(found.ca)));
            match (found.ca, is_free) {
                (true, _) => Verdict::Pass,
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            }
        }
        None => {
            facts.push(Fact::new("basic_constraints", Value::Word("absent")));
            facts.push(Fact::new("version", Value::Number(u64::from(at.issuer.version))));
            // Roots of the first version have none; a strict policy does not take them for CAs.
            if at.issuer_is_anchor && (is_free || !at.policy.strict) { Verdict::NotApplicable } else { Verdict::Fail }
        }
    };
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    let above = said.above;
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.fact("malformed").is_some() => {
            format!("{above} has an extension that cannot be read: {}", said.text("malformed"))
        }
        Verdict::Fail | Verdict::Caution => format!("{above} is not a CA, yet issued {}", said.subject),
        Verdict::NotApplicable => format!("{above} is an anchor: nothing in it is required"),
        _ => format!("{above} is a CA"),
    }
}
