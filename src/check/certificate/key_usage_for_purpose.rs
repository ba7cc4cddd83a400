//! RFC 5280 4.2.1.12: where both are there, key usage must go together with the purpose.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
use crate::cert::KeyUsage;

pub const RULE: Rule = Rule {
    id: RuleId::KeyUsageForPurpose,
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
    let usage = at.certificate.extensions.key_usage;
    facts.push(Fact::new("key_usage", usage.map_or(Value::Word("absent: not restricted"), |usage| Value::Text(usage.words()))));
    // Deployed verifiers do not agree: OpenSSL refuses, BoringSSL and Go accept.
    let breach = if at.policy.strict { Verdict::Fail } else { Verdict::Caution };
    let verdict = match usage {
        Some(usage) if needs.key_usage_exactly && usage.bits != needs.key_usage => Verdict::Fail,
        Some(usage) if usage.bits & needs.key_usage_barred != 0 => Verdict::Fail,
        Some(usage) if needs.key_usage_critical && !usage.critical => {
            facts.push(Fact::new("critical", Value::Flag(false)));
            Verdict::Fail
        }
        Some(usage) if usage.bits & needs.key_usage == 0 => breach,
        None if needs.key_usage_exactly || needs.key_usage_critical => Verdict::Fail,
        Some(_) | None => Verdict::Pass,
    };
    Outcome::new(verdict, facts)
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, purpose) = (said.subject, said.text("purpose"));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no key usage is asked for"),
        Verdict::Pass => format!("key of {subject} may be used for {purpose}"),
        _ if said.fact("critical").is_some() => format!("key usage of {subject} is not critical, as {purpose} demands"),
        _ => format!("key usage of {subject} ({}) does not fit {purpose}, which takes {}", said.text("key_usage"), said.text("one_of")),
    }
}
