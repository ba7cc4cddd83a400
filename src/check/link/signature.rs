//! RFC 5280 6.1.3 (a)(1): the certificate was signed with the key that the issuer's certificate binds.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
use crate::cert::{key_words, signature_words};
use crate::chain::SignatureState;

pub const RULE: Rule = Rule {
    id: RuleId::Signature,
    title: "signed by the issuer's key",
    citation: "RFC 5280 6.1.3 (a)(1)",
    reason: "The name of an issuer can be copied by anyone; only its key can make the signature.",
    failure: "BAD SIGNATURE",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
    sentence,
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let mut facts = vec![
        Fact::new("issuer", Value::Certificate(at.issuer_id)),
        Fact::new("algorithm", Value::Text(signature_words(at.certificate))),
        Fact::new("issuer_key", Value::Text(key_words(at.issuer))),
    ];
    let verdict = match at.signature {
        SignatureState::Good => Verdict::Pass,
        SignatureState::Bad => {
            facts.push(Fact::new("result", Value::Word("does not verify with the issuer's key")));
            Verdict::Fail
        }
        SignatureState::Unchecked => {
            facts.push(Fact::new("result", Value::Word("not checked yet")));
            Verdict::Unknown
        }
        SignatureState::Unsupported(what) => {
            facts.push(Fact::new("result", Value::Text(format!("algorithm not supported: {what}"))));
            Verdict::Unknown
        }
    };
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, entity) = (said.subject, said.above_entity);
    match said.verdict() {
        Verdict::Fail => format!("signature of {subject} does not verify with the key of {entity}"),
        Verdict::Unknown => format!("signature of {subject}: {}", said.text("result")),
        _ => format!("{subject} is signed by the key of {entity}"),
    }
}
