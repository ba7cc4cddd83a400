//! What the rules say between a certificate and the issuer's above it.

use super::statement::Statement;
use crate::check::{FactName, Term, Value, Verdict};

pub(super) fn name_chaining(said: &Statement<'_>) -> String {
    let (subject, above) = (said.subject, said.above);
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.has(FactName::Encoding) => {
            format!("issuer name of {subject} matches the subject of {above}, but is not byte-identical")
        }
        Verdict::Fail => format!("issuer name of {subject} does not match the subject of {above}"),
        _ => format!("issuer name of {subject} matches the subject of {above}"),
    }
}

pub(super) fn basic_constraints(said: &Statement<'_>) -> String {
    let above = said.above;
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.has(FactName::Malformed) => unreadable(said),
        Verdict::Caution => {
            let subject = said.subject;
            format!(
                "{above} is not a CA (cA FALSE), yet issued {subject}; an anchor counts for its name and key, but OpenSSL and Go refuse it"
            )
        }
        Verdict::Fail => format!("{above} is not a CA, yet issued {}", said.subject),
        Verdict::NotApplicable => format!("{above} is an anchor: it needs no CA extensions"),
        _ => format!("{above} is a CA"),
    }
}

pub(super) fn key_usage(said: &Statement<'_>) -> String {
    let above = said.above;
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.has(FactName::Malformed) => unreadable(said),
        Verdict::Fail | Verdict::Caution => format!("key of {above} may not sign certificates ({})", said.text(FactName::KeyUsage)),
        _ => format!("key of {above} may sign certificates"),
    }
}

pub(super) fn key_identifier(said: &Statement<'_>) -> String {
    let (subject, above) = (said.subject, said.above);
    match said.verdict() {
        Verdict::Fail | Verdict::Caution if said.has(FactName::Result) => {
            // Each value that is named, and what the issuer's certificate has in its place.
            let values = [
                ("issuer", FactName::AuthorityIssuer, FactName::IssuerNameAbove),
                ("serial number", FactName::AuthoritySerial, FactName::SerialNumberAbove),
            ];
            let differ = values.iter().filter(|(_, named, own)| said.has(*named) && said.text(*named) != said.text(*own));
            let words: Vec<String> =
                differ.map(|(what, named, own)| format!("{what} {}, not {}", said.text(*named), said.text(*own))).collect();
            format!("AKI of {subject} names another certificate than that of {above}: {}", words.join("; "))
        }
        Verdict::Fail | Verdict::Caution => format!("AKI of {subject} does not match the SKI of {above}"),
        Verdict::NotApplicable => format!("{subject} and {above}: no key identifiers to compare"),
        _ if said.fact(FactName::AuthorityKeyIdentifier) == Some(&Value::Term(Term::Absent)) => {
            format!("AKI of {subject} matches issuer and serial number of {above}")
        }
        _ => format!("AKI of {subject} matches the SKI of {above}"),
    }
}

fn unreadable(said: &Statement<'_>) -> String {
    format!("{} has an extension that cannot be read: {}", said.above, said.text(FactName::Malformed))
}
