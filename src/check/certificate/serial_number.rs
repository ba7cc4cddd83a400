//! RFC 5280 4.1.2.2: a serial number is positive and at most 20 octets long.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::hex_colons;

pub const RULE: Rule = Rule {
    id: RuleId::SerialNumber,
    title: "serial number is positive and short",
    citation: "RFC 5280 4.1.2.2",
    reason: "Revocation lists name certificates by it; what some cannot store they cannot revoke.",
    failure: "BAD SERIAL",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// RFC 5280 4.1.2.2, with the zero that keeps the first bit clear.
const MAX_OCTETS: usize = 20;

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let serial = at.certificate.bytes(at.certificate.serial);
    let wrong = match serial {
        [] => Some(Term::Empty),
        [first, ..] if first & 0x80 != 0 => Some(Term::Negative),
        _ if serial.iter().all(|byte| *byte == 0) => Some(Term::Zero),
        _ if serial.len() > MAX_OCTETS => Some(Term::Longer),
        _ => None,
    };
    at.wants.outcome(if wrong.is_some() { at.lapse() } else { Verdict::Pass }, || {
        let shown = serial.get(..serial.len().min(64)).unwrap_or_default();
        let mut facts = vec![Fact::new(FactName::SerialNumber, Value::Text(hex_colons(shown)))];
        if let Some(wrong) = wrong {
            facts.push(Fact::new(FactName::Octets, Value::Number(serial.len() as u64)));
            facts.push(Fact::new(FactName::Wrong, Value::Term(wrong)));
        }
        facts
    })
}
