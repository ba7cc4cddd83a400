//! RFC 9525: the target stands for the host that was asked for, by its subject alternative names alone.

use super::super::case::PathAt;
use super::super::names::stands_for;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
use crate::cert::{GeneralName, dns_name_words};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::Host,
    title: "stands for the host",
    citation: "RFC 9525 6.3, 6.5; RFC 5280 4.2.1.6",
    reason: "A sound certificate for another name lets its holder stand in the way.",
    failure: "OTHER HOST",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
    sentence,
};

/// Names that are told where none matches; certificates hold up to thousands.
const TOLD: usize = 20;

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some((target, certificate)) = at.certificates().next() else { return Vec::new() };
    let Some(host) = at.case.host_of(target) else {
        return vec![(target, Outcome::new(Verdict::NotApplicable, vec![Fact::new("host", Value::Word("none was asked for"))]))];
    };
    let mut facts = vec![Fact::new("host", Value::Text(host.to_string()))];
    let names = match certificate.subject_alternative_names() {
        Err(reason) => {
            facts.push(Fact::new("malformed", Value::Text(reason)));
            return vec![(target, Outcome::new(Verdict::Fail, facts))];
        }
        Ok(names) => names.unwrap_or_default(),
    };
    if let Some(name) = names.iter().find(|name| stands_for(name, &host)) {
        facts.push(Fact::new("matched", Value::Text(name.to_string())));
        return vec![(target, Outcome::new(Verdict::Pass, facts))];
    }
    let judged = |name: &&GeneralName| matches!(name, GeneralName::Dns(_) | GeneralName::Address(_));
    facts.extend(names.iter().filter(judged).take(TOLD).map(|name| Fact::new("name", Value::Text(name.to_string()))));
    let more = names.iter().filter(judged).count().saturating_sub(TOLD);
    if more > 0 {
        facts.push(Fact::new("further_names", Value::Number(more as u64)));
    }
    vec![(target, Outcome::new(Verdict::Fail, facts))]
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, host) = (said.subject, dns_name_words(&said.text("host")));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no host was asked for"),
        Verdict::Pass => format!("{subject} stands for {host} by its name {}", said.text("matched")),
        _ if said.fact("malformed").is_some() => {
            format!("{subject} does not stand for {host}: its names cannot be read: {}", said.text("malformed"))
        }
        _ if said.fact("name").is_none() => format!("{subject} does not stand for {host}: it has no DNS name and no address"),
        _ => format!("{subject} does not stand for {host}, only for {}", said.every("name")),
    }
}
