//! RFC 5280 6.1.4 (n): where the issuer has a keyUsage extension, it contains keyCertSign.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::KeyUsage,
    title: "issuer's key may sign certificates",
    citation: "RFC 5280 6.1.4 (n), 4.2.1.3",
    reason: "A key that was certified for other work must not issue.",
    failure: "NO KEYCERTSIGN",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
    sentence,
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new("issuer", Value::Certificate(at.issuer_id))];
    let is_free = at.issuer_is_anchor && !at.policy.anchor_constraints;
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.15") {
        facts.push(Fact::new("malformed", Value::Text(reason.to_owned())));
        return Outcome::new(if is_free { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match at.issuer.extensions.key_usage {
        Some(usage) => {
            facts.push(Fact::new("key_usage", Value::Text(usage.words())));
            match (usage.key_cert_sign(), is_free) {
                (true, _) => Verdict::Pass,
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            }
        }
        None => {
            facts.push(Fact::new("key_usage", Value::Word("absent: not restricted")));
            Verdict::Pass
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
        Verdict::Fail | Verdict::Caution => format!("key of {above} may not sign certificates ({})", said.text("key_usage")),
        _ => format!("key of {above} may sign certificates"),
    }
}
