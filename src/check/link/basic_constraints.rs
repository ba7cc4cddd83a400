//! RFC 5280 6.1.4 (k): what issues is a CA. An anchor is trusted for its name and key, so nothing in it is required (6.1.1 (d)).

use super::super::judge::LinkAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new("issuer", Value::Certificate(at.issuer_id))];
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.19") {
        facts.push(Fact::new("malformed", Value::Text(reason.to_owned())));
        return Outcome::new(if at.issuer_is_anchor { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match (at.issuer.extensions.basic_constraints, at.issuer_is_anchor) {
        (Some(found), is_anchor) => {
            facts.push(Fact::new("ca", Value::Flag(found.ca)));
            match (found.ca, is_anchor) {
                (true, _) => Verdict::Pass,
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            }
        }
        (None, is_anchor) => {
            facts.push(Fact::new("basic_constraints", Value::Word("absent")));
            facts.push(Fact::new("version", Value::Number(u64::from(at.issuer.version))));
            if is_anchor { Verdict::NotApplicable } else { Verdict::Fail }
        }
    };
    Outcome::new(verdict, facts)
}
