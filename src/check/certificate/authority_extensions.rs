//! RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.10: what a certificate says of being a CA goes together.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::EndpointKind;

pub const RULE: Rule = Rule {
    id: RuleId::AuthorityExtensions,
    title: "the CA extensions are consistent",
    citation: "RFC 5280 4.2.1.3, 4.2.1.5, 4.2.1.9, 4.2.1.10, 4.2.1.11; RFC 9608 4",
    reason: "Readers look at different extensions; where these contradict, one takes for a CA what is none for another.",
    failure: "CONTRADICTS ITSELF",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// Extensions that only a CA has, by the content of their OID.
const OF_AUTHORITIES: [(&[u8], Term); 4] = [
    (&[0x55, 0x1d, 30], Term::NameConstraintsWithoutAuthority),
    (&[0x55, 0x1d, 33], Term::PolicyMappingsWithoutAuthority),
    (&[0x55, 0x1d, 36], Term::PolicyConstraintsWithoutAuthority),
    (&[0x55, 0x1d, 54], Term::InhibitAnyPolicyWithoutAuthority),
];

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    let is_authority = extensions.basic_constraints.is_some_and(|found| found.ca);
    let limits_length = extensions.basic_constraints.is_some_and(|found| found.path_length.is_some());
    let may_sign = extensions.key_usage.map(|usage| usage.key_cert_sign());
    let unreadable = extensions.malformed("2.5.29.19").is_some() || extensions.malformed("2.5.29.15").is_some();
    if unreadable {
        return Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Unreadable, Value::Term(Term::BasicConstraintsOrKeyUsage))]);
    }
    let mut wrong = Vec::new();
    match (is_authority, may_sign) {
        (true, None) => wrong.push(Term::AuthorityWithoutKeyUsage),
        (true, Some(false)) => wrong.push(Term::AuthorityWithoutKeyCertSign),
        (false, Some(true)) => wrong.push(Term::KeyCertSignWithoutAuthority),
        _ => {}
    }
    if limits_length && (!is_authority || may_sign == Some(false)) {
        wrong.push(Term::PathLengthWithoutAuthority);
    }
    if !is_authority {
        wrong.extend(OF_AUTHORITIES.iter().filter(|(oid, _)| at.certificate.extension(oid).is_some()).map(|(_, term)| *term));
    }
    // RFC 9608 4: nobody says whether it was revoked, so nothing may say where that is told; and no CA goes without.
    if at.certificate.has_no_revocation() {
        let has_places = at.certificate.endpoints().iter().any(|endpoint| endpoint.kind != EndpointKind::Aia);
        wrong.extend(is_authority.then_some(Term::NoRevocationOfAuthority));
        wrong.extend(has_places.then_some(Term::NoRevocationYetPlaces));
    }
    let verdict = if wrong.is_empty() { Verdict::Pass } else { at.lapse() };
    Outcome::new(verdict, wrong.into_iter().map(|term| Fact::new(FactName::Contradiction, Value::Term(term))).collect())
}
