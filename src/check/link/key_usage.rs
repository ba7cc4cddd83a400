//! RFC 5280 6.1.4 (n): where the issuer has a keyUsage extension, it contains keyCertSign.

use super::super::judge::LinkAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![Fact::new("issuer", Value::Certificate(at.issuer_id))];
    if let Some(reason) = at.issuer.extensions.malformed("2.5.29.15") {
        facts.push(Fact::new("malformed", Value::Text(reason.to_owned())));
        return Outcome::new(if at.issuer_is_anchor { Verdict::Caution } else { Verdict::Fail }, facts);
    }
    let verdict = match at.issuer.extensions.key_usage {
        Some(usage) => {
            facts.push(Fact::new("key_usage", Value::Text(usage.words())));
            match (usage.key_cert_sign(), at.issuer_is_anchor) {
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
