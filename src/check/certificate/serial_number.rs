//! RFC 5280 4.1.2.2: a serial number is positive and at most 20 octets long.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
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
    sentence,
};

/// RFC 5280 4.1.2.2, with the zero that keeps the first bit clear.
const MAX_OCTETS: usize = 20;

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let serial = at.certificate.bytes(at.certificate.serial);
    let wrong = match serial {
        [] => Some("empty"),
        [first, ..] if first & 0x80 != 0 => Some("negative"),
        _ if serial.iter().all(|byte| *byte == 0) => Some("zero"),
        _ if serial.len() > MAX_OCTETS => Some("longer than 20 octets"),
        _ => None,
    };
    let mut facts = vec![Fact::new("serial_number", Value::Text(hex_colons(serial.get(..serial.len().min(64)).unwrap_or_default())))];
    let Some(wrong) = wrong else { return Outcome::new(Verdict::Pass, facts) };
    facts.push(Fact::new("octets", Value::Number(serial.len() as u64)));
    facts.push(Fact::new("wrong", Value::Word(wrong)));
    Outcome::new(at.lapse(), facts)
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("serial number of {} is positive and short", said.subject),
        _ => format!("serial number of {} is {}", said.subject, said.text("wrong")),
    }
}
