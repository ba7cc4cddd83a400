//! RFC 5280 4.2.1.1, 4.2.1.2: a CA names its key, and a certificate the key that signed it.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Term, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::KeyIdentifierPresence,
    title: "SKI and AKI are present",
    citation: "RFC 5280 4.2.1.1, 4.2.1.2; CA/Browser Forum BR 7.1.2.11.1",
    reason: "Among CAs of one name the identifiers lead to the right one; without them every candidate must be tried.",
    failure: "NO IDENTIFIER",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    // Identifiers are extensions, and those came with version 3.
    if at.certificate.version < 3 {
        return Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Version, Value::Number(u64::from(at.certificate.version)))]);
    }
    let mut lacks = Vec::new();
    if extensions.basic_constraints.is_some_and(|found| found.ca) && extensions.subject_key_identifier.is_none() {
        lacks.push(Term::AuthorityWithoutSubjectKeyIdentifier);
    }
    let own = extensions.subject_key_identifier.map(|span| at.certificate.bytes(span));
    let authority = extensions.authority_key_identifier;
    let named = authority.and_then(|found| found.key_identifier).map(|span| at.certificate.bytes(span));
    // RFC 5280 4.2.1.1 lets a self-signed certificate omit it. One that names itself is taken for self-signed unless it names
    // another key.
    let is_self_issued = at.certificate.is_self_issued();
    if named.is_none() && !is_self_issued {
        lacks.push(Term::NoAuthorityKeyIdentifier);
    }
    if let Some(authority) = authority.filter(|_| at.purpose == Purpose::Server) {
        if authority.serial.is_some() || authority.has_issuer {
            lacks.push(Term::AuthorityKeyIdentifierWithIssuer);
        }
        // The identifier of a root is its own (BR 7.1.2.1.3).
        if at.is_anchor && is_self_issued && named.is_some() && named != own {
            lacks.push(Term::AuthorityKeyIdentifierOfAnother);
        }
    }
    let verdict = if lacks.is_empty() { Verdict::Pass } else { at.lapse() };
    Outcome::new(verdict, lacks.into_iter().map(|term| Fact::new(FactName::Lacks, Value::Term(term))).collect())
}
