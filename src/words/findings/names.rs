//! What the rules say of the names in a certificate: for a host, in their place, within constraints.

use super::statement::Statement;
use crate::cert::dns_name_words;
use crate::check::{FactName, Term, Value, Verdict};
use crate::words::counted;

pub(super) fn host(said: &Statement<'_>) -> String {
    let (subject, host) = (said.subject, dns_name_words(&said.text(FactName::Host)));
    let elsewhere = || elsewhere(said, &host);
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no host name to check"),
        Verdict::Pass => format!("{subject} matches the host name {host} (SAN: {})", said.text(FactName::Matched)),
        _ if said.has(FactName::Malformed) => {
            format!("{subject}: no SAN matches {host}: its names cannot be read: {}", said.text(FactName::Malformed))
        }
        _ if !said.has(FactName::Name) => format!("{subject}: no SAN matches {host}: it has no DNS name and no IP address{}", elsewhere()),
        _ => {
            format!("{subject}: no SAN matches {host} (SANs: {}{}){}", said.every(FactName::Name), further(said), elsewhere())
        }
    }
}

/// Where the host is written although it does not count there, and what of that is wrong.
fn elsewhere(said: &Statement<'_>, host: &str) -> String {
    if let Some(Value::Text(written)) = said.fact(FactName::AddressAsDns) {
        let as_written = if written == host { String::new() } else { format!(" ({written})") };
        return format!("; {host} is present as a DNS name{as_written}, not as an IP address");
    }
    if said.has(FactName::CommonNameMatches) {
        return "; the common name matches, but common names are not considered (RFC 9525)".to_owned();
    }
    let nearest = said.text(FactName::Nearest);
    match said.fact(FactName::Mistake) {
        Some(Value::Term(Term::DnsNameIsUrl)) => format!("; {nearest} is a URL, and a DNS name is the host alone"),
        Some(Value::Term(Term::DnsNameNotAscii)) => format!("; {nearest} is not ASCII, and a DNS name has A-labels (xn--)"),
        Some(Value::Term(Term::DnsNameWithPort)) => format!("; {nearest} has a port, and a DNS name has none"),
        Some(Value::Term(Term::DnsNameWithSpace)) => format!("; `{nearest}` has a space before or after the name"),
        Some(Value::Term(Term::UriInstead)) => format!("; {host} is present in a URI ({nearest}), not as a DNS name or an IP address"),
        Some(Value::Term(Term::AddressAsText)) => format!("; an IP address is present as text ({nearest}), not as 4 or 16 bytes"),
        Some(Value::Term(Term::AddressIsMapped)) => format!("; {nearest} is the same address in another form, and forms are not converted"),
        Some(Value::Term(Term::WildcardIsOneLabel)) => format!("; the * of {nearest} matches exactly one label"),
        _ => String::new(),
    }
}

/// What follows names of which not all are told.
fn further(said: &Statement<'_>) -> String {
    match said.number(FactName::FurtherNames) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}

pub(super) fn subject_alternative_name(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::NotApplicable if said.has(FactName::Unreadable) => format!("{subject}: its subjectAltName cannot be read"),
        Verdict::NotApplicable => format!("{subject} is not judged as a server's certificate"),
        Verdict::Pass => format!("{subject} has a subjectAltName with {}", counted(said.number(FactName::Names), "name")),
        _ if said.has(FactName::Lacks) => format!("{subject} has no subjectAltName"),
        _ if said.has(FactName::NoDnsName) => {
            format!("{subject} has a SAN that is not a valid DNS name: {}{}", said.every(FactName::NoDnsName), further(said))
        }
        _ => format!("{subject}: the CN is not among the SANs: {}", said.every(FactName::CommonNameAlone)),
    }
}

pub(super) fn wildcard(said: &Statement<'_>) -> String {
    let subject = said.subject;
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject} has no wildcard to judge"),
        Verdict::Pass => format!("each wildcard of {subject} is the whole leftmost label, as in {}", said.text(FactName::Name)),
        _ => {
            let (names, further) = (said.every(FactName::Name), further(said));
            format!("{subject}: a wildcard must be the whole leftmost label, below more than a top-level domain: {names}{further}")
        }
    }
}

pub(super) fn name_constraints(said: &Statement<'_>) -> String {
    let (subject, name) = (said.subject, format!("{} {}", said.text(FactName::Form), said.text(FactName::Name)));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no CA above constrains names"),
        Verdict::Pass => match said.number(FactName::Names) {
            1 => format!("{subject}: its only name satisfies the constraints above"),
            names => format!("{subject}: all {} satisfy the constraints above", counted(names, "name")),
        },
        Verdict::Unknown if said.has(FactName::Limit) => {
            format!("{subject}: more than {} comparisons of names, not judged", said.text(FactName::Limit))
        }
        Verdict::Unknown => format!("{subject}: {name} is constrained, and names of this form are not compared"),
        _ if said.has(FactName::Excluded) => {
            let verb = if said.has(FactName::Covers) { "covers" } else { "is inside" };
            format!("{subject}: {name} {verb} the excluded subtree {}", said.text(FactName::Excluded))
        }
        _ if said.has(FactName::Permitted) => {
            format!("{subject}: {name} is outside the permitted subtrees {}{}", said.every(FactName::Permitted), further(said))
        }
        _ if said.has(FactName::Name) => format!("{subject}: {name} is malformed: {}", said.text(FactName::Malformed)),
        _ => format!("{subject} has names or constraints that cannot be read: {}", said.text(FactName::Malformed)),
    }
}
