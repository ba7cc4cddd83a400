//! Facts whose values have words of their own: timestamps of logs, and what is weak about a key.

use crate::check::{JudgedTimestamp, KeyWeakness, LogWords, TimestampStanding};

/// `2026-07-06 15:24 UTC by Google 'Argon2026h1' (Google, usable): verified`.
pub(super) fn timestamp_words(timestamp: &JudgedTimestamp) -> String {
    let log = match &timestamp.known {
        Some(LogWords { name, operator, state }) => format!("{name} ({operator}, {state})"),
        None => format!("log {}", timestamp.log),
    };
    let standing = match timestamp.standing {
        TimestampStanding::Verified => "verified",
        TimestampStanding::BadSignature => "its signature does not verify",
        TimestampStanding::Later => "later than the judged time",
        TimestampStanding::OutsideInterval => "the log does not accept certificates that expire then",
        TimestampStanding::LogNotTrusted => "the log is rejected, or was retired by then",
        TimestampStanding::Unsupported => "its signature cannot be checked",
        TimestampStanding::UnknownLog => "the log is not in the list",
        TimestampStanding::IssuerKeyUnknown => "not checked: the issuer's key is not known",
        TimestampStanding::LimitReached => "not checked: too many signatures of timestamps",
        TimestampStanding::NoLogList => "not checked: no list of logs was given",
    };
    format!("{} by {log}: {standing}", timestamp.at)
}

pub(super) fn key_weakness_words(weakness: KeyWeakness) -> String {
    match weakness {
        KeyWeakness::Short { bits, least } => format!("{bits} bits, below {least}"),
        KeyWeakness::ExplicitCurve => "curve given by parameters instead of a name".to_owned(),
        KeyWeakness::ShortOrder { bits } => format!("q of {bits} bits"),
        KeyWeakness::EvenModulus => "even modulus".to_owned(),
        KeyWeakness::Divisible { by } => format!("modulus divisible by {by}"),
        KeyWeakness::Roca => "modulus with the fingerprint of ROCA (CVE-2017-15361)".to_owned(),
        KeyWeakness::Exponent { value } => format!("exponent {value}"),
        KeyWeakness::EvenExponent => "even exponent".to_owned(),
        KeyWeakness::SmallExponent { value, least } => format!("exponent {value}, below {least}"),
        KeyWeakness::LongExponent { bits } => format!("exponent of {bits} bits"),
    }
}
