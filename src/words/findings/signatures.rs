//! What the rules say of signatures, and of the keys and digests that they rest on.

use super::statement::Statement;
use crate::check::{FactName, KeyWeakness, Term, Value, Verdict};
use crate::words::grouped;

pub(super) fn signature(said: &Statement<'_>) -> String {
    let (subject, entity) = (said.subject, said.above_entity);
    match (said.verdict(), said.fact(FactName::Result)) {
        (Verdict::Fail, Some(Value::Term(Term::KeyOfAnotherKind))) => {
            let (algorithm, key) = (said.text(FactName::Algorithm), said.text(FactName::IssuerKey));
            format!("signature of {subject} ({algorithm}) cannot be made with the key of {entity} ({key})")
        }
        (Verdict::Fail, Some(Value::Term(Term::KeyParametersForbid))) => {
            format!("signature of {subject} uses RSASSA-PSS parameters that the key of {entity} does not allow")
        }
        (Verdict::Fail, _) => format!("signature of {subject} does not verify with the key of {entity}"),
        (Verdict::Unknown, Some(Value::Term(Term::NotCheckedYet))) => match said.checks {
            None => format!("signature of {subject} has not been checked yet"),
            Some(checks) => {
                let checks = grouped(checks as u128);
                format!("signature of {subject} was left unchecked: {checks} checks for the name of its issuer were used up")
            }
        },
        (Verdict::Unknown, _) if said.has(FactName::UnknownAlgorithm) => {
            let (oid, algorithm) = (said.text(FactName::UnknownAlgorithm), said.text(FactName::Algorithm));
            let name = if algorithm == oid { String::new() } else { format!(" ({algorithm})") };
            format!("signature of {subject} cannot be checked: signature algorithm {oid}{name} is not supported")
        }
        (Verdict::Unknown, _) => {
            let what = said.text(FactName::Unsupported);
            format!("signature of {subject} cannot be checked: {what} is not supported ({})", said.text(FactName::Algorithm))
        }
        _ => format!("{subject} is signed by the key of {entity}"),
    }
}

pub(super) fn algorithm_match(said: &Statement<'_>) -> String {
    match said.verdict() {
        Verdict::Fail => format!("{} names two different signature algorithms", said.subject),
        _ => format!("{} names the same signature algorithm inside and outside", said.subject),
    }
}

pub(super) fn key_strength(said: &Statement<'_>) -> String {
    let (subject, key, weakness) = (said.subject, said.text(FactName::Key), said.every(FactName::Weakness));
    match said.verdict() {
        Verdict::Pass => format!("key of {subject} is strong: {key}"),
        Verdict::Fail if said.fact(FactName::Weakness).is_some_and(is_explicit) => {
            format!("key of {subject} ({key}) is in a form that RFC 5480 forbids: {weakness}")
        }
        Verdict::Fail if said.fact(FactName::Weakness).is_some_and(is_none) => format!("key of {subject} is not a public key: {weakness}"),
        Verdict::Fail => format!("key of {subject} ({key}) is broken: {weakness}"),
        _ => format!("key of {subject} ({key}) is not as it should be: {weakness}"),
    }
}

pub(super) fn signature_strength(said: &Statement<'_>) -> String {
    let (subject, algorithm) = (said.subject, said.text(FactName::Algorithm));
    match said.verdict() {
        Verdict::NotApplicable if algorithm.is_empty() => format!("{subject}: nobody relies on its signature"),
        Verdict::NotApplicable => format!("{subject} is signed with {algorithm}, whose strength is unknown"),
        Verdict::Pass => format!("{subject} is signed with {algorithm}"),
        _ => format!("{subject} is signed with {algorithm}, which can be forged"),
    }
}

fn is_explicit(weakness: &Value) -> bool {
    matches!(weakness, Value::KeyWeakness(KeyWeakness::ExplicitCurve { .. }))
}

/// What cannot be read as a key is told by a word of its own.
fn is_none(weakness: &Value) -> bool {
    matches!(weakness, Value::Word(_) | Value::KeyWeakness(KeyWeakness::NoPoint))
}
