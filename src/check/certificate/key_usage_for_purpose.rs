//! RFC 5280 4.2.1.12: where both are there, key usage must go together with the purpose.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::KeyUsage;

pub const RULE: Rule = Rule {
    id: RuleId::KeyUsageForPurpose,
    title: "key usage fits the purpose",
    citation: "RFC 5280 4.2.1.3, 4.2.1.12; RFC 8446 4.4.2.2",
    reason: "A key that may only encrypt cannot prove in a handshake that the server holds it.",
    failure: "KEY USAGE",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let needs = at.purpose.needs();
    if !at.is_target || needs.key_usage == 0 {
        return at.wants.outcome(Verdict::NotApplicable, || vec![Fact::new(FactName::Purpose, Value::Word(needs.word))]);
    }
    let mut facts = vec![Fact::new(FactName::Purpose, Value::Word(needs.word))];
    if let Some(misread) = at.certificate.extensions.malformed("2.5.29.15") {
        facts.push(Fact::new(FactName::Malformed, misread.into()));
        return Outcome::new(Verdict::Fail, facts);
    }
    facts.push(Fact::new(FactName::OneOf, Value::Text(KeyUsage { critical: false, bits: needs.key_usage }.words())));
    let usage = at.certificate.extensions.key_usage;
    facts.push(Fact::new(FactName::KeyUsage, usage.map_or(Value::Term(Term::NotRestricted), |usage| Value::Text(usage.words()))));
    // Deployed verifiers do not agree on mail, nor on a CA's certificate in the place of a server's: OpenSSL refuses, BoringSSL and Go
    // accept. Of what is none, both sides of TLS ask for it.
    let is_ca = at.certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
    let breach = if at.policy.strict || (needs.key_usage_decides && !is_ca) { Verdict::Fail } else { Verdict::Caution };
    let verdict = match usage {
        Some(usage) if needs.key_usage_exactly && usage.bits != needs.key_usage => Verdict::Fail,
        Some(usage) if usage.bits & needs.key_usage_barred != 0 => Verdict::Fail,
        Some(usage) if needs.key_usage_critical && !usage.critical => {
            facts.push(Fact::new(FactName::Critical, Value::Flag(false)));
            Verdict::Fail
        }
        Some(usage) if usage.bits & needs.key_usage == 0 => breach,
        // RFC 8446 4.4.2.2: in TLS 1.3 the key must be allowed to sign.
        Some(usage) if usage.bits & needs.key_usage & !needs.key_usage_old == 0 => {
            facts.push(Fact::new(FactName::Result, Value::Term(Term::OnlyOldProtocols)));
            Verdict::Caution
        }
        None if needs.key_usage_exactly || needs.key_usage_critical => Verdict::Fail,
        Some(_) | None => Verdict::Pass,
    };
    Outcome::new(verdict, facts)
}
