//! What CRLs, OCSP responses and transparency logs say of a certificate.

use super::statement::Statement;
use crate::check::{FactName, Verdict};
use crate::words::counted;

pub(super) fn revocation(said: &Statement<'_>) -> String {
    let subject = said.subject;
    let source = || format!("{} of {}", said.text(FactName::Source), said.date(FactName::ThisUpdate));
    let unusable = said.has(FactName::Unusable).then(|| said.text(FactName::Unusable));
    match (said.verdict(), unusable) {
        (Verdict::NotApplicable, _) => format!("{subject}: its issuer gives no revocation information (noRevAvail)"),
        (Verdict::Pass, _) => format!("{subject} is not revoked according to the {}", source()),
        (Verdict::Fail, _) if said.has(FactName::RevokedAt) => {
            let dates = if said.has(FactName::Evidence) { format!(" ({})", said.text(FactName::Evidence)) } else { String::new() };
            let (date, reason) = (said.date(FactName::RevokedAt), said.text(FactName::Reason));
            format!("{subject} was revoked on {date} ({reason}) according to the {}{dates}", source())
        }
        (Verdict::Fail, Some(reason)) => format!("{subject} is not proven unrevoked: {reason}"),
        (Verdict::Fail, None) => format!("{subject} is not proven unrevoked: no CRL or OCSP response covers it"),
        (_, Some(reason)) => format!("{subject}: revocation status is unknown: {reason}"),
        (_, None) => format!("{subject}: revocation status is unknown, no CRL or OCSP response covers it"),
    }
}

pub(super) fn transparency(said: &Statement<'_>) -> String {
    let (subject, count, held) = (said.subject, said.number(FactName::Timestamps), said.number(FactName::Held));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject} need not be logged"),
        _ if said.has(FactName::Malformed) => format!("SCTs in {subject} cannot be read: {}", said.text(FactName::Malformed)),
        Verdict::Pass => format!("{subject} is logged in Certificate Transparency: {held} of {} verified", counted(count, "SCT")),
        Verdict::Unknown if count == 0 => format!("{subject} has no embedded SCT; it may come with the handshake"),
        Verdict::Unknown => format!("{subject} has {}, none of which could be checked", counted(count, "SCT")),
        _ if held == 0 => format!("{subject} has no valid SCT (0 of {count})"),
        _ => format!("{held} of {} in {subject} verified", counted(count, "SCT")),
    }
}
