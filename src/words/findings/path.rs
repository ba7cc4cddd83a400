//! What the rules say of a certificate on one path: lengths, policies, purposes, authorities, the end.

use super::statement::Statement;
use crate::check::{FactName, Term, Value, Verdict};
use crate::words::counted;

pub(super) fn path_length(said: &Statement<'_>) -> String {
    let (allowed, below) = (said.number(FactName::Allowed), said.number(FactName::IntermediatesBelow));
    format!("{} allows {} below it; this path has {below}", said.subject, counted(allowed, "intermediate"))
}

pub(super) fn policies(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: the path is valid for no certificate policy, and none is required"),
        Verdict::Pass => format!("{subject}: the path is valid for policy {}", said.every(FactName::Policy)),
        Verdict::Unknown => format!("{subject}: more than {} relations between policies, not judged", said.text(FactName::Limit)),
        _ if said.has(FactName::Malformed) => {
            format!("{subject} states policies that cannot be processed: {}", said.text(FactName::Malformed))
        }
        _ if said.has(FactName::Qualifier) => {
            format!("{subject} has critical certificate policies with the unknown qualifier {}", said.text(FactName::Qualifier))
        }
        _ if said.fact(FactName::Result) == Some(&Value::Term(Term::AnyPolicyMapped)) => {
            format!("{subject} maps anyPolicy, which RFC 5280 forbids")
        }
        _ if said.has(FactName::Policy) => {
            let (policy, accepted) = (said.every(FactName::Policy), said.every(FactName::Accepted));
            format!("{subject}: the path is valid for policy {policy} only; {accepted} is required")
        }
        _ => format!("{subject}: a certificate policy is required, and the path down to here is valid for none"),
    }
}

pub(super) fn purpose(said: &Statement<'_>) -> String {
    let (subject, purpose, named) = (said.subject, said.text(FactName::Purpose), said.every(FactName::ExtendedKeyUsage));
    let is_absent = said.fact(FactName::ExtendedKeyUsage) == Some(&Value::Term(Term::NotRestricted));
    let is_authority = said.has(FactName::Ca);
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no purpose to check"),
        Verdict::Pass if is_absent => format!("{subject} is not restricted to any purpose"),
        Verdict::Pass => format!("{subject} may be used for {purpose}"),
        _ if said.has(FactName::Malformed) => {
            format!("{subject} has an extended key usage that cannot be read: {}", said.text(FactName::Malformed))
        }
        Verdict::Fail if said.has(FactName::Critical) => format!("{subject} has no critical extended key usage, as {purpose} demands"),
        _ if said.has(FactName::Beside) => {
            let beside = said.every(FactName::Beside);
            format!("{subject} names {beside} (EKU), which does not belong in a certificate for {purpose} use")
        }
        Verdict::Caution if is_authority => format!("{subject} is a CA certificate, used for {purpose}"),
        Verdict::Caution => format!("{subject} is restricted to {named} (EKU); some verifiers accept it for {purpose} use"),
        _ if is_authority && is_absent => format!("{subject} is a CA certificate, not one for {purpose}"),
        _ if is_absent => format!("{subject} does not name the purpose {purpose}"),
        _ => format!("{subject} may not be used for {purpose}, only for {named}"),
    }
}

pub(super) fn key_usage_for_purpose(said: &Statement<'_>) -> String {
    let (subject, purpose) = (said.subject, said.text(FactName::Purpose));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no key usage is required"),
        Verdict::Pass => format!("key of {subject} may be used for {purpose}"),
        _ if said.has(FactName::Malformed) => {
            format!("{subject} has a key usage that cannot be read: {}", said.text(FactName::Malformed))
        }
        _ if said.has(FactName::Critical) => format!("key usage of {subject} is not critical, as {purpose} demands"),
        _ if said.has(FactName::Result) => {
            let usage = said.text(FactName::KeyUsage);
            format!("key usage of {subject} ({usage}) allows {purpose} use up to TLS 1.2 only; TLS 1.3 needs digitalSignature")
        }
        _ => {
            let (usage, wanted) = (said.text(FactName::KeyUsage), said.text(FactName::OneOf));
            format!("key usage of {subject} ({usage}) does not allow {purpose}, which needs {wanted}")
        }
    }
}

pub(super) fn distrust_after(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no store has cut off its root"),
        Verdict::Pass => format!("{subject} was issued before its root was cut off"),
        _ => {
            let (issued, cut_off) = (said.date(FactName::NotBefore), said.date(FactName::CutOff));
            let stores = said.every(FactName::Store);
            format!("{subject} was issued on {issued}; {stores} trusts its root for server certificates issued until {cut_off}")
        }
    }
}

pub(super) fn trust_settings(said: &Statement<'_>) -> String {
    let (subject, stores) = (said.subject, said.every(FactName::Store));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no store limits its use"),
        Verdict::Pass => format!("{subject} is trusted for {}", said.text(FactName::Purpose)),
        _ => {
            let (trusted, rejected) = (said.every(FactName::TrustedUse), said.every(FactName::RejectedUse));
            let only = if trusted.is_empty() { String::new() } else { format!("is trusted for {trusted} only") };
            let not = if rejected.is_empty() { String::new() } else { format!("is rejected for {rejected}") };
            let both = [only, not].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" and ");
            let both = if both.is_empty() { "is trusted for no use".to_owned() } else { both };
            format!("{subject} {both} in {stores} (trust settings)")
        }
    }
}

pub(super) fn client_authority(said: &Statement<'_>) -> String {
    let (subject, authorities) = (said.subject, said.every(FactName::Authority));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no server names whose client certificates it accepts"),
        Verdict::Pass => format!("{subject} was issued under {authorities}, which the server names"),
        _ => {
            let named = said.text(FactName::Named);
            format!("{subject} was issued under none of the authorities ({named}) that the server names, such as {authorities}")
        }
    }
}

pub(super) fn trust(said: &Statement<'_>) -> String {
    match (said.verdict(), said.has(FactName::MissingIssuer)) {
        (Verdict::Pass, _) => format!("{} is an anchor of {}", said.subject, said.text(FactName::Stores)),
        (Verdict::Caution, _) => format!("{} is not a CA; it is valid only because {} holds it", said.subject, said.text(FactName::Stores)),
        (_, true) => {
            let (issuer, named) = (said.text(FactName::MissingIssuer), said.text(FactName::AuthorityKeyIdentifier));
            let missing = format!("issuer of {} is not loaded: {issuer}", said.subject);
            if !said.has(FactName::NamesakeKeyIdentifier) {
                return missing;
            }
            format!("{missing} with key identifier {named}; loaded under this name: {}", said.every(FactName::NamesakeKeyIdentifier))
        }
        (_, false) => format!("{}: {}", said.subject, said.text(FactName::End)),
    }
}
