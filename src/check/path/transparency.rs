//! RFC 6962 3.3: do the timestamps that are embedded in a server's certificate show that public logs have seen it?

use super::super::case::PathAt;
use super::super::meter::Work;
use super::super::rule::{Decides, Examine, Rule};
use super::super::transparency::{Held, JudgedTimestamp, LogWords, TimestampStanding};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::cert::{Certificate, Log, SignedTimestamp, Time};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::Transparency,
    title: "logged in Certificate Transparency",
    citation: "RFC 6962 3.2, 3.3, 5.2",
    reason: "A certificate that nobody has seen can be used against one person without anyone noticing.",
    failure: "NO VALID SCT",
    decides: Decides::OnlyFailures,
    timely: true,
    examine: Examine::Path(examine),
};

/// Timestamps that are told one by one; real certificates have two to five.
const TOLD: usize = 20;

/// What a timestamp counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Holds,
    /// It cannot be checked with what is known.
    Open,
    Refused,
}

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let mut certificates = at.certificates();
    let Some((target, certificate)) = certificates.next() else { return Vec::new() };
    if at.purpose != Purpose::Server || at.is_anchor(0) {
        return at.wants.answer(target, Verdict::NotApplicable, Vec::new);
    }
    let issuer = certificates.next().map(|(_, issuer)| issuer);
    let key = issuer.map(|issuer| issuer.spki_sha256);
    vec![(target, at.case.memory.logged(target, key, || of(at, certificate, issuer)))]
}

fn of(at: &PathAt<'_>, certificate: &Certificate, issuer: Option<&Certificate>) -> Outcome {
    let timestamps = match certificate.embedded_timestamps() {
        Err(reason) => return Outcome::new(Verdict::Caution, vec![Fact::new(FactName::Malformed, reason.into())]),
        Ok(timestamps) => timestamps.unwrap_or_default(),
    };
    let mut facts = vec![Fact::new(FactName::Timestamps, Value::Number(timestamps.len() as u64))];
    let logs = at.case.policy.ct_logs.as_deref();
    let held = logs
        .zip(issuer)
        .map(|(logs, issuer)| logs.check(certificate, issuer, &timestamps, |signatures| at.case.meter.take(Work::Signatures, signatures)));
    let mut worths = Vec::with_capacity(timestamps.len());
    for (place, timestamp) in timestamps.iter().enumerate() {
        let log = logs.and_then(|logs| logs.log(&timestamp.log));
        let held = held.as_ref().and_then(|held| held.get(place).copied());
        let standing = standing(at.case.policy.at, certificate, timestamp, log, held, logs.is_some());
        worths.push(worth(standing, logs.is_some()));
        if place < TOLD {
            let known = log.map(|log| LogWords { name: log.name.clone(), operator: log.operator.clone(), state: log.state });
            let judged = JudgedTimestamp { at: time(timestamp), log: timestamp.log, known, standing };
            facts.push(Fact::new(FactName::Timestamp, Value::Timestamp(Box::new(judged))));
        }
    }
    let count = |worth| worths.iter().filter(|found| **found == worth).count();
    let verdict = match (count(Worth::Holds), count(Worth::Open), count(Worth::Refused)) {
        (0, 0, 0) => Verdict::Unknown,
        (0, 0, _) => Verdict::Fail,
        (0, ..) => Verdict::Unknown,
        (_, _, 0) => Verdict::Pass,
        _ => Verdict::Caution,
    };
    facts.push(Fact::new(FactName::Held, Value::Number(count(Worth::Holds) as u64)));
    Outcome::new(verdict, facts)
}

fn standing(
    now: Time,
    certificate: &Certificate,
    timestamp: &SignedTimestamp,
    log: Option<&Log>,
    held: Option<Held>,
    has_list: bool,
) -> TimestampStanding {
    if held == Some(Held::Bad) {
        return TimestampStanding::BadSignature;
    }
    if time(timestamp) > now {
        return TimestampStanding::Later;
    }
    if let Some(log) = log {
        if log.interval.is_some_and(|(from, to)| !certificate.not_after.is_some_and(|end| (from..to).contains(&end))) {
            return TimestampStanding::OutsideInterval;
        }
        // A log that is retired counts for what it signed before; one that is pending not yet (Chrome's and Apple's log policies).
        if matches!(log.state, "rejected" | "pending") || (log.state == "retired" && log.since.is_none_or(|since| time(timestamp) >= since))
        {
            return TimestampStanding::LogNotTrusted;
        }
    }
    match held {
        Some(Held::Good) => TimestampStanding::Verified,
        Some(Held::Unsupported) => TimestampStanding::Unsupported,
        Some(Held::NotChecked) => TimestampStanding::LimitReached,
        Some(Held::UnknownLog) => TimestampStanding::UnknownLog,
        None if has_list => TimestampStanding::IssuerKeyUnknown,
        _ => TimestampStanding::NoLogList,
    }
}

fn worth(standing: TimestampStanding, has_list: bool) -> Worth {
    use TimestampStanding as S;
    match standing {
        S::Verified => Worth::Holds,
        S::BadSignature | S::OutsideInterval | S::LogNotTrusted => Worth::Refused,
        // RFC 6962 5.2: a timestamp in the future is refused. Who gave no list of logs asked for no such proof, and CAs set notBefore
        // back by an hour or more: until its timestamps a certificate would be invalid for what nobody looks at.
        S::Later if has_list => Worth::Refused,
        S::Later | S::Unsupported | S::UnknownLog | S::IssuerKeyUnknown | S::NoLogList | S::LimitReached => Worth::Open,
    }
}

fn time(timestamp: &SignedTimestamp) -> Time {
    Time(i64::try_from(timestamp.milliseconds / 1_000).unwrap_or(i64::MAX)).plus(0)
}
