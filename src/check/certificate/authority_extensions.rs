//! RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.10: what a certificate says of being a CA goes together.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::AuthorityExtensions,
    title: "says one thing about being a CA",
    citation: "RFC 5280 4.2.1.3, 4.2.1.5, 4.2.1.9, 4.2.1.10, 4.2.1.11",
    reason: "Readers look at different extensions; where these contradict, one takes for a CA what is none for another.",
    failure: "CONTRADICTS ITSELF",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
};

/// Extensions that only a CA has, by the content of their OID.
const OF_AUTHORITIES: [(&[u8], &str); 4] = [
    (&[0x55, 0x1d, 30], "name constraints, yet no CA"),
    (&[0x55, 0x1d, 33], "policy mappings, yet no CA"),
    (&[0x55, 0x1d, 36], "policy constraints, yet no CA"),
    (&[0x55, 0x1d, 54], "inhibit anyPolicy, yet no CA"),
];

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    let is_authority = extensions.basic_constraints.is_some_and(|found| found.ca);
    let limits_length = extensions.basic_constraints.is_some_and(|found| found.path_length.is_some());
    let may_sign = extensions.key_usage.map(|usage| usage.key_cert_sign());
    let unreadable = extensions.malformed("2.5.29.19").is_some() || extensions.malformed("2.5.29.15").is_some();
    if unreadable {
        return Outcome::new(Verdict::NotApplicable, vec![Fact::new("unreadable", Value::Word("basic constraints or key usage"))]);
    }
    let mut said = Vec::new();
    match (is_authority, may_sign) {
        (true, None) => said.push("CA without key usage"),
        (true, Some(false)) => said.push("CA, yet its key usage lacks keyCertSign"),
        (false, Some(true)) => said.push("keyCertSign, yet no CA"),
        _ => {}
    }
    if limits_length && (!is_authority || may_sign == Some(false)) {
        said.push("path length, yet no CA that signs certificates");
    }
    if !is_authority {
        said.extend(OF_AUTHORITIES.iter().filter(|(oid, _)| at.certificate.extension(oid).is_some()).map(|(_, words)| *words));
    }
    let verdict = if said.is_empty() { Verdict::Pass } else { at.lapse() };
    Outcome::new(verdict, said.into_iter().map(|words| Fact::new("contradiction", Value::Word(words))).collect())
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} says one thing about being a CA", said.subject),
        Verdict::NotApplicable if said.fact("unreadable").is_some() => {
            format!("{}: {} cannot be read", said.subject, said.text("unreadable"))
        }
        _ => format!("{} contradicts itself: {}", said.subject, said.all()),
    }
}
