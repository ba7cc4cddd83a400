//! RFC 5280 6.1.1 (d): the path ends at a trust anchor. Which stores hold it, or what it ends at instead.

use super::super::case::{PathAt, Wants};
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::hex_colons;
use crate::chain::{CertificateId, End, MAX_NAMESAKES};

pub const RULE: Rule = Rule {
    id: RuleId::Trust,
    title: "ends at an anchor of a chosen store",
    citation: "RFC 5280 6.1.1 (d)",
    reason: "A sound path to a root that nobody chose proves nothing.",
    failure: "NOT TRUSTED",
    decides: Decides::Never,
    timely: false,
    examine: Examine::Path(examine),
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some(&last) = at.path.certificates.last() else { return Vec::new() };
    let (verdict, facts) = match at.path.end {
        End::Anchor if at.wants == Wants::Objections && !vouches_for_itself(at, last) => return Vec::new(),
        End::Anchor => {
            let names: Vec<&str> = at.case.trust.names(at.path.stores).collect();
            let stores = Fact::new(FactName::Stores, Value::Text(names.join(", ")));
            if vouches_for_itself(at, last) {
                (Verdict::Caution, vec![stores, Fact::new(FactName::Ca, Value::Flag(false))])
            } else {
                (Verdict::Pass, vec![stores])
            }
        }
        End::SelfSigned => (Verdict::Fail, vec![Fact::new(FactName::End, Value::Term(Term::SelfSignedInNoStore))]),
        End::MissingIssuer => (Verdict::Unknown, missing_issuer(at, last)),
        End::Loop => (Verdict::Unknown, vec![Fact::new(FactName::End, Value::Term(Term::EveryIssuerOnPath))]),
        End::Limit => (Verdict::Unknown, vec![Fact::new(FactName::End, Value::Term(Term::DepthLimit))]),
    };
    vec![(last, Outcome::new(verdict, facts))]
}

/// A certificate of no CA that is trusted as it is: some verifiers take it (OpenSSL's partial chains), others demand a CA above it.
fn vouches_for_itself(at: &PathAt<'_>, anchor: CertificateId) -> bool {
    let certificate = at.case.pool.certificate(anchor);
    let is_ca = certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
    at.path.certificates.len() == 1 && certificate.version == 3 && !is_ca
}

/// Which issuer is not loaded: its name, the identifier of its key, and those of the keys that are loaded under its name and did not sign.
fn missing_issuer(at: &PathAt<'_>, last: CertificateId) -> Vec<Fact> {
    let (pool, graph) = (at.case.pool, at.case.graph);
    let certificate = pool.certificate(last);
    let mut facts = vec![Fact::new(FactName::End, Value::Term(Term::IssuerNotLoaded))];
    facts.push(Fact::new(FactName::MissingIssuer, Value::Text(certificate.issuer.to_string())));
    let identifier = |name, bytes: &[u8]| Fact::new(name, Value::Text(hex_colons(bytes)));
    facts.extend(certificate.authority_key().map(|named| identifier(FactName::AuthorityKeyIdentifier, named)));
    let namesakes = graph.namesakes_of_issuer(last).filter_map(|link| graph.entity(link.entity).certificates.first());
    let own = namesakes.take(MAX_NAMESAKES).filter_map(|id| pool.certificate(*id).subject_key());
    facts.extend(own.map(|own| identifier(FactName::NamesakeKeyIdentifier, own)));
    facts
}
