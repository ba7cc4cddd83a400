//! RFC 5280 4.2.1, 4.2.2: extensions that must be critical are, and those that must not be are not.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::cert::oid_words;

pub const RULE: Rule = Rule {
    id: RuleId::Criticality,
    title: "extensions are critical where they must be",
    citation: "RFC 5280 4.2.1, 4.2.2; CA/Browser Forum BR 7.1.2",
    reason: "A restriction that may be ignored is none; a hint that may not be ignored shuts out those who need no hint.",
    failure: "CRITICALITY",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// When an extension must be marked critical, or must not.
enum Criticality {
    Critical,
    /// RFC 5280 4.2.1.9: in a CA whose key verifies certificates.
    CriticalInAuthority,
    /// RFC 5280 4.2.1.6: where the subject is empty.
    CriticalWithoutSubject,
    NotCritical,
    /// CA/Browser Forum BR 7.1.2.7.6: in a server's certificate.
    NotCriticalInServer,
}

/// The content of the extension's OID, its dotted form, and its mark.
const MARKS: &[(&[u8], &str, Criticality)] = &[
    (&[0x55, 0x1d, 9], "2.5.29.9", Criticality::NotCritical),
    (&[0x55, 0x1d, 14], "2.5.29.14", Criticality::NotCritical),
    (&[0x55, 0x1d, 17], "2.5.29.17", Criticality::CriticalWithoutSubject),
    (&[0x55, 0x1d, 19], "2.5.29.19", Criticality::CriticalInAuthority),
    (&[0x55, 0x1d, 30], "2.5.29.30", Criticality::Critical),
    (&[0x55, 0x1d, 35], "2.5.29.35", Criticality::NotCritical),
    (&[0x55, 0x1d, 36], "2.5.29.36", Criticality::Critical),
    (&[0x55, 0x1d, 37], "2.5.29.37", Criticality::NotCriticalInServer),
    (&[0x55, 0x1d, 46], "2.5.29.46", Criticality::NotCritical),
    (&[0x55, 0x1d, 54], "2.5.29.54", Criticality::Critical),
    (&[0x2b, 6, 1, 5, 5, 7, 1, 1], "1.3.6.1.5.5.7.1.1", Criticality::NotCritical),
    (&[0x2b, 6, 1, 5, 5, 7, 1, 11], "1.3.6.1.5.5.7.1.11", Criticality::NotCritical),
];

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let certificate = at.certificate;
    let verifies = || {
        let extensions = &certificate.extensions;
        extensions.basic_constraints.is_some_and(|found| found.ca) && extensions.key_usage.is_none_or(|usage| usage.key_cert_sign())
    };
    let mut facts = Vec::new();
    for extension in &certificate.extensions.all {
        let oid = certificate.bytes(extension.oid);
        let Some((_, dotted, mark)) = MARKS.iter().find(|(known, ..)| *known == oid) else { continue };
        let name = match mark {
            Criticality::Critical => !extension.critical,
            Criticality::CriticalInAuthority => !extension.critical && verifies(),
            Criticality::CriticalWithoutSubject => !extension.critical && certificate.subject.is_empty(),
            Criticality::NotCritical => extension.critical,
            Criticality::NotCriticalInServer => extension.critical && at.is_target && at.purpose == Purpose::Server,
        };
        if name {
            let fact = if extension.critical { FactName::MustNotBeCritical } else { FactName::MustBeCritical };
            facts.push(Fact::new(fact, Value::Word(oid_words(dotted).unwrap_or(dotted))));
        }
    }
    Outcome::new(if facts.is_empty() { Verdict::Pass } else { at.lapse() }, facts)
}
