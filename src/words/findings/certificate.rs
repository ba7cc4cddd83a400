//! What the rules say of one certificate: its form, its dates, its extensions.

use super::statement::Statement;
use crate::check::{FactName, Term, Value, Verdict};
use crate::words::counted;
use crate::words::times::{dates, expired_words, since_words, until_words};

pub(super) fn validity(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::Fail => match said.fact(FactName::State) {
            Some(Value::Term(Term::EndsBeforeItBegins)) => format!("{subject} is never valid: it ends before it begins ({})", window(said)),
            Some(Value::Term(Term::Expired)) => {
                format!("{subject} {}", expired_words(said.time(FactName::NotBefore), said.time(FactName::NotAfter)))
            }
            _ => format!("{subject} is not valid before {}", since_words(said.time(FactName::NotBefore), said.time(FactName::NotAfter))),
        },
        Verdict::Unknown => {
            format!("validity of {subject} is unknown: {} has no single meaning as a time", said.every(FactName::Unreadable))
        }
        Verdict::NotApplicable => format!("{subject}: anchor dates are ignored"),
        _ => format!("{subject} is valid until {}", until_words(said.time(FactName::NotBefore), said.time(FactName::NotAfter))),
    }
}

fn window(said: &Statement<'_>) -> String {
    dates(said.time(FactName::NotBefore), said.time(FactName::NotAfter))
}

pub(super) fn critical_extension(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Fail => format!("{} has a critical extension that cannot be processed: {}", said.subject, said.all()),
        _ => format!("{} has no unrecognized critical extension", said.subject),
    }
}

pub(super) fn structure(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} is well-formed", said.subject),
        _ => format!("{} is malformed: {}", said.subject, breaches(said)),
    }
}

pub(super) fn encoding(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} is encoded in DER", said.subject),
        _ => format!("{} is not encoded in DER: {}", said.subject, breaches(said)),
    }
}

pub(super) fn names(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} has well-formed names", said.subject),
        _ => format!("{} has a malformed name: {}", said.subject, breaches(said)),
    }
}

/// The first breach, and how many more there are.
fn breaches(said: &Statement<'_>) -> String {
    let count = said.finding.facts.iter().filter(|fact| fact.name == FactName::Breach).count();
    let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    format!("{}{more}", said.text(FactName::Breach))
}

pub(super) fn serial_number(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("serial number of {} is positive and short", said.subject),
        _ => format!("serial number of {} is {}", said.subject, said.text(FactName::Wrong)),
    }
}

pub(super) fn criticality(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::Pass => format!("extensions of {subject} are critical where they must be"),
        _ if said.has(FactName::MustBeCritical) => {
            format!("{subject} has an extension that must be critical and is not: {}", said.all())
        }
        _ => format!("{subject} has an extension that is critical and must not be: {}", said.all()),
    }
}

pub(super) fn authority_extensions(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::Pass => format!("the CA extensions of {subject} are consistent"),
        Verdict::NotApplicable if said.has(FactName::Unreadable) => {
            format!("{subject}: {} cannot be read", said.text(FactName::Unreadable))
        }
        _ => format!("the CA extensions of {subject} are inconsistent: {}", said.all()),
    }
}

pub(super) fn key_identifier_presence(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::Pass => format!("SKI and AKI of {subject} are present as required"),
        Verdict::NotApplicable if said.has(FactName::Version) => {
            format!("{subject} is a version {} certificate, which has no extensions", said.text(FactName::Version))
        }
        _ => format!("key identifiers of {subject}: {}", said.all()),
    }
}

pub(super) fn lifetime(said: &Statement<'_>) -> String {
    let (subject, days, allowed) = (said.subject, counted(said.number(FactName::Days), "day"), said.text(FactName::Allowed));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no lifetime is prescribed"),
        Verdict::Unknown => format!("lifetime of {subject} is unknown: its dates cannot be read"),
        Verdict::Pass => format!("{subject} is valid for {days}; at most {allowed} are allowed"),
        _ => {
            let issued = said.date(FactName::NotBefore);
            format!("{subject}, issued on {issued}, is valid for {days}; at most {allowed} were allowed")
        }
    }
}

pub(super) fn distrust(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::NotApplicable => format!("{}: no distrust list was given", said.subject),
        Verdict::Pass => format!("{} is not on the distrust list", said.subject),
        _ => format!("{} is on the distrust list (by {})", said.subject, said.text(FactName::Distrusted)),
    }
}
