//! Is a client's certificate under an authority that the server names? A server that asks for one may say whose it takes.

use super::super::case::PathAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::ClientAuthority,
    title: "issued under an authority that the server names",
    citation: "RFC 8446 4.2.4, 4.4.2.3; RFC 5246 7.4.4, 7.4.6",
    reason: "A server that asks for a client's certificate may say whose it takes; what nobody on that list issued will hardly be let in.",
    failure: "NOT ASKED FOR",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

/// Names that are quoted; a server may list hundreds.
const QUOTED: usize = 3;

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some(&target) = at.path.certificates.first() else { return Vec::new() };
    let authorities = &at.case.policy.client_authorities;
    // RFC 5246 7.4.4: who names none takes any.
    if at.purpose != Purpose::Client || authorities.is_empty() {
        return at.wants.answer(target, Verdict::NotApplicable, Vec::new);
    }
    let number = |count: usize| Value::Number(count as u64);
    let mut facts = vec![Fact::new(FactName::Named, number(authorities.len()))];
    // A root or one below it (RFC 8446 4.2.4), which need not be among the certificates.
    let issuer = at.certificates().find(|(_, certificate)| authorities.contains(&certificate.issuer));
    if let Some((_, certificate)) = issuer {
        facts.push(Fact::new(FactName::Authority, Value::Text(certificate.issuer.to_string())));
        return vec![(target, Outcome::new(Verdict::Pass, facts))];
    }
    facts.extend(authorities.iter().take(QUOTED).map(|name| Fact::new(FactName::Authority, Value::Text(name.to_string()))));
    // RFC 8446 4.4.2.3 says SHOULD.
    vec![(target, Outcome::new(at.case.policy.lapse(), facts))]
}
