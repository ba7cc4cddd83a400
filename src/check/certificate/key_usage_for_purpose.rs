//! RFC 5280 4.2.1.12: where both are there, key usage must go together with the purpose.

use super::super::at::CertificateAt;
use super::super::rules::{Decides, Examine, Outcome, Rule, Said};
use super::super::{Fact, Value, Verdict};
use crate::cert::KeyUsage;

pub const RULE: Rule = Rule {
    id: "key-usage-for-purpose",
    title: "key usage fits the purpose",
    citation: "RFC 5280 4.2.1.3, 4.2.1.12",
    reason: "A key that may only encrypt cannot prove in a handshake that the server holds it.",
    failure: "KEY USAGE",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let needs = at.purpose.needs();
    let mut facts = vec![Fact::new("purpose", Value::Word(needs.word))];
    if !at.is_target || needs.key_usage == 0 {
        return Outcome::new(Verdict::NotApplicable, facts);
    }
    facts.push(Fact::new("one_of", Value::Text(KeyUsage { critical: false, bits: needs.key_usage }.words())));
    // Deployed verifiers do not agree: OpenSSL refuses, BoringSSL and Go accept.
    let breach = if at.policy.strict || needs.key_usage_exactly { Verdict::Fail } else { Verdict::Caution };
    let verdict = match at.certificate.extensions.key_usage {
        Some(usage) => {
            facts.push(Fact::new("key_usage", Value::Text(usage.words())));
            let fits = if needs.key_usage_exactly { usage.bits == needs.key_usage } else { usage.bits & needs.key_usage != 0 };
            if fits { Verdict::Pass } else { breach }
        }
        None => {
            facts.push(Fact::new("key_usage", Value::Word("absent: not restricted")));
            if needs.key_usage_exactly { Verdict::Fail } else { Verdict::Pass }
        }
    };
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, purpose) = (said.subject, said.text("purpose"));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no key usage is asked for"),
        Verdict::Pass => format!("key of {subject} may be used for {purpose}"),
        _ => format!("key usage of {subject} ({}) does not fit {purpose}, which takes {}", said.text("key_usage"), said.text("one_of")),
    }
}
