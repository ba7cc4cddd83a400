//! RFC 9525: the target matches the host that was asked for, by its subject alternative names only.

use super::super::case::CertificateAt;
use super::super::host::Host;
use super::super::names::stands_for;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{Certificate, GeneralName};

pub const RULE: Rule = Rule {
    id: RuleId::Host,
    title: "matches the host name",
    citation: "RFC 9525 6.3, 6.5; RFC 5280 4.2.1.6",
    reason: "A valid certificate for another name would let its holder impersonate the host.",
    failure: "OTHER HOST",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Standing(examine),
};

/// Names that are told where none matches; certificates hold up to thousands.
const TOLD: usize = 20;

fn examine(at: &CertificateAt<'_>) -> Option<Outcome> {
    at.is_target.then(|| of_target(at))
}

fn of_target(at: &CertificateAt<'_>) -> Outcome {
    let Some(host) = at.host() else {
        return at.wants.outcome(Verdict::NotApplicable, || vec![Fact::new(FactName::Host, Value::Term(Term::NoHost))]);
    };
    let mut facts = vec![Fact::new(FactName::Host, Value::Text(host.to_string()))];
    let names = match at.certificate.subject_alternative_names() {
        Err(reason) => {
            facts.push(Fact::new(FactName::Malformed, Value::Text(reason)));
            return Outcome::new(Verdict::Fail, facts);
        }
        Ok(names) => names.unwrap_or_default(),
    };
    if let Some(name) = names.iter().find(|name| stands_for(name, &host)) {
        facts.push(Fact::new(FactName::Matched, Value::Text(name.to_string())));
        return Outcome::new(Verdict::Pass, facts);
    }
    let judged = |name: &&GeneralName| matches!(name, GeneralName::Dns(_) | GeneralName::Address(_));
    facts.extend(names.iter().filter(judged).take(TOLD).map(|name| Fact::new(FactName::Name, Value::Text(name.to_string()))));
    facts.extend(elsewhere(at.certificate, &names, &host));
    facts.extend(Fact::further(names.iter().filter(judged).count(), TOLD));
    Outcome::new(Verdict::Fail, facts)
}

/// Where the host is written although it does not count there: people look for the reason.
fn elsewhere(certificate: &Certificate, names: &[GeneralName], host: &Host) -> Option<Fact> {
    let text = host.to_string();
    if matches!(host, Host::Address(_)) && names.iter().any(|name| matches!(name, GeneralName::Dns(name) if *name == text)) {
        return Some(Fact::new(FactName::AddressAsDns, Value::Text(text)));
    }
    let attributes = certificate.subject.attributes();
    let common = attributes.iter().find(|attribute| attribute.kind == "CN" && attribute.value.eq_ignore_ascii_case(&text))?;
    Some(Fact::new(FactName::CommonNameMatches, Value::Text(common.value.clone())))
}
