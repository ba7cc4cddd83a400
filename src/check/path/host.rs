//! RFC 9525: the target matches the host that was asked for, by its subject alternative names only.

use std::net::IpAddr;

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
            facts.push(Fact::new(FactName::Malformed, reason.into()));
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
fn elsewhere(certificate: &Certificate, names: &[GeneralName], host: &Host) -> Vec<Fact> {
    if let Some((mistake, name)) = names.iter().find_map(|name| Some((mistake(name, host)?, name))) {
        let written = Value::Text(name.to_string());
        return match mistake {
            Mistake::AddressAsDns => vec![Fact::new(FactName::AddressAsDns, written)],
            Mistake::Other(term) => vec![Fact::new(FactName::Mistake, Value::Term(term)), Fact::new(FactName::Nearest, written)],
        };
    }
    let attributes = certificate.subject.attributes();
    let common = attributes.iter().find(|attribute| attribute.kind == "CN" && is_written(&attribute.value, host));
    common.map(|common| Fact::new(FactName::CommonNameMatches, Value::Text(common.value.clone()))).into_iter().collect()
}

enum Mistake {
    AddressAsDns,
    Other(Term),
}

/// Why a name that means the host does not match it.
fn mistake(name: &GeneralName, host: &Host) -> Option<Mistake> {
    let is_url = |text: &str| text.contains("://") && is_written(authority(text), host);
    let term = match (name, host) {
        (GeneralName::Dns(text), Host::Address(_)) if is_written(text, host) => return Some(Mistake::AddressAsDns),
        (GeneralName::Dns(text), _) if is_url(text) => Term::DnsNameIsUrl,
        (GeneralName::Dns(text), _) if text.trim() != text && is_written(text.trim(), host) => Term::DnsNameWithSpace,
        (GeneralName::Dns(text), _) if without_port(text).is_some_and(|text| is_written(text, host)) => Term::DnsNameWithPort,
        (GeneralName::Dns(text), Host::Name(_)) if !text.is_ascii() && is_written(text, host) => Term::DnsNameNotAscii,
        (GeneralName::Dns(text), Host::Name(host)) if wildcard_is_off(text, host) => Term::WildcardIsOneLabel,
        (GeneralName::Uri(text), _) if is_url(text) => Term::UriInstead,
        // RFC 5280 4.2.1.6: in network byte order, as many octets as the address has; some programs write its characters.
        (GeneralName::Address(bytes), Host::Address(_)) if std::str::from_utf8(bytes).is_ok_and(|text| is_written(text, host)) => {
            Term::AddressAsText
        }
        // RFC 4291 2.5.5.2: the same IPv4 address, in another form.
        (GeneralName::Address(bytes), Host::Address(address)) if octets(*address) == mapped(bytes) => Term::AddressIsMapped,
        _ => return None,
    };
    Some(Mistake::Other(term))
}

/// Whether the text is the host, in whichever of its forms.
fn is_written(text: &str, host: &Host) -> bool {
    Host::parse(text).as_ref() == Ok(host) || stands_for(&GeneralName::Dns(text.to_owned()), host)
}

fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
    without_port(rest).unwrap_or(rest)
}

fn without_port(text: &str) -> Option<&str> {
    let (host, port) = text.rsplit_once(':')?;
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_port && (host.ends_with(']') || !host.contains(':'))).then_some(host)
}

/// `*.example.test` for `example.test` or `a.b.example.test`: RFC 9525 6.3 has it match one label.
fn wildcard_is_off(pattern: &str, host: &str) -> bool {
    let Some(parent) = pattern.strip_prefix("*.").filter(|parent| parent.contains('.')) else { return false };
    let parent = parent.strip_suffix('.').unwrap_or(parent).to_ascii_lowercase();
    host == parent || host.strip_suffix(parent.as_str()).is_some_and(|labels| labels.ends_with('.'))
}

fn octets(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

/// As an IPv6 address; that of no address is one of no host.
fn mapped(bytes: &[u8]) -> [u8; 16] {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) { octets(IpAddr::from(bytes)) } else { bytes.try_into().unwrap_or_default() }
}
