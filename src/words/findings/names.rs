//! What the rules say of the names in a certificate: for a host, in their place, within constraints.

use super::statement::Statement;
use crate::cert::dns_name_words;
use crate::check::{FactName, Verdict};
use crate::words::counted;

pub(super) fn host(said: &Statement<'_>) -> String {
    let (subject, host) = (said.subject, dns_name_words(&said.text(FactName::Host)));
    let elsewhere = || {
        if said.has(FactName::AddressAsDns) {
            format!("; {host} is present as a DNS name, not as an IP address")
        } else if said.has(FactName::CommonNameMatches) {
            "; the common name matches, but common names are not considered (RFC 9525)".to_owned()
        } else {
            String::new()
        }
    };
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
            let verb = if said.text(FactName::Name).contains('*') { "covers" } else { "is inside" };
            format!("{subject}: {name} {verb} the excluded subtree {}", said.text(FactName::Excluded))
        }
        _ if said.has(FactName::Permitted) => {
            format!("{subject}: {name} is outside the permitted subtrees {}{}", said.every(FactName::Permitted), further(said))
        }
        _ if said.has(FactName::Name) => format!("{subject}: {name} is malformed: {}", said.text(FactName::Malformed)),
        _ => format!("{subject} has names or constraints that cannot be read: {}", said.text(FactName::Malformed)),
    }
}
