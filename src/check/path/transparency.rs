//! RFC 6962 3.3: do the timestamps that are embedded in a server's certificate show that public logs have seen it?

use super::super::case::PathAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::transparency::Held;
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::cert::{Certificate, Log, SignedTimestamp, Time};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::Transparency,
    title: "logged in Certificate Transparency",
    citation: "RFC 6962 3.2, 3.3, 5.2",
    reason: "A certificate that nobody has seen can be used against one person without anyone noticing.",
    failure: "NO LOG HOLDS",
    decides: Decides::OnlyFailures,
    timely: true,
    examine: Examine::Path(examine),
};

/// Timestamps that are told one by one; real certificates have two to five.
const TOLD: usize = 20;

/// What a timestamp counts for.
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
    vec![(target, of(at, certificate, certificates.next().map(|(_, issuer)| issuer)))]
}

fn of(at: &PathAt<'_>, certificate: &Certificate, issuer: Option<&Certificate>) -> Outcome {
    let timestamps = match certificate.embedded_timestamps() {
        Err(reason) => return Outcome::new(Verdict::Caution, vec![Fact::new(FactName::Malformed, Value::Text(reason))]),
        Ok(timestamps) => timestamps.unwrap_or_default(),
    };
    let mut facts = vec![Fact::new(FactName::Timestamps, Value::Number(timestamps.len() as u64))];
    let logs = at.case.policy.ct_logs.as_deref();
    let held = logs.zip(issuer).map(|(logs, issuer)| logs.check(certificate, issuer, &timestamps));
    let mut worths = Vec::with_capacity(timestamps.len());
    for (place, timestamp) in timestamps.iter().enumerate() {
        let log = logs.and_then(|logs| logs.log(&timestamp.log));
        let held = held.as_ref().and_then(|held| held.get(place).copied());
        let (worth, words) = worth(at.case.policy.at, certificate, timestamp, log, held, logs.is_some());
        worths.push(worth);
        if place < TOLD {
            let name =
                log.map_or_else(|| format!("log {}", timestamp.log), |log| format!("{} ({}, {})", log.name, log.operator, log.state));
            facts.push(Fact::new(FactName::Timestamp, Value::Text(format!("{} by {name}: {words}", time(timestamp)))));
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

fn worth(
    now: Time,
    certificate: &Certificate,
    timestamp: &SignedTimestamp,
    log: Option<&Log>,
    held: Option<Held>,
    has_list: bool,
) -> (Worth, &'static str) {
    if held == Some(Held::Bad) {
        return (Worth::Refused, "its signature does not hold");
    }
    // RFC 6962 5.2: a timestamp in the future is refused. Who gave no list of logs asked for no such proof, and CAs set notBefore back
    // by an hour or more: until its timestamps a certificate would be invalid for what nobody looks at.
    if time(timestamp) > now {
        return (if has_list { Worth::Refused } else { Worth::Open }, "is later than the judged time");
    }
    if let Some(log) = log {
        if log.interval.is_some_and(|(from, to)| !(from..to).contains(&certificate.not_after)) {
            return (Worth::Refused, "the log does not take certificates that expire then");
        }
        // A log that is retired counts for what it signed before.
        if log.state == "rejected" || (log.state == "retired" && log.since.is_none_or(|since| time(timestamp) >= since)) {
            return (Worth::Refused, "the log no longer counted");
        }
    }
    match held {
        Some(Held::Good) => (Worth::Holds, "its signature holds"),
        Some(Held::Unsupported) => (Worth::Open, "its signature cannot be checked"),
        Some(Held::UnknownLog) => (Worth::Open, "the log is not in the list"),
        None if has_list => (Worth::Open, "not checked: the issuer's key is not known"),
        _ => (Worth::Open, "not checked: no list of logs was given"),
    }
}

fn time(timestamp: &SignedTimestamp) -> Time {
    Time(i64::try_from(timestamp.milliseconds / 1_000).unwrap_or(i64::MAX)).plus(0)
}
