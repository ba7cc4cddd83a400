//! RFC 5280 6.1.1 (d): the path ends at a trust anchor. Which stores hold it, or what it ends at instead.

use super::super::case::{PathAt, Wants};
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::chain::{CertificateId, End};

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
        End::Anchor if at.wants == Wants::Objections => return Vec::new(),
        End::Anchor => {
            let names: Vec<&str> = at.case.trust.names(at.path.stores).collect();
            (Verdict::Pass, vec![Fact::new(FactName::Stores, Value::Text(names.join(", ")))])
        }
        End::SelfSigned => (Verdict::Fail, vec![Fact::new(FactName::End, Value::Term(Term::SelfSignedInNoStore))]),
        End::MissingIssuer => {
            let missing = Value::Text(at.case.pool.certificate(last).issuer.to_string());
            (
                Verdict::Unknown,
                vec![Fact::new(FactName::End, Value::Term(Term::IssuerNotLoaded)), Fact::new(FactName::MissingIssuer, missing)],
            )
        }
        End::Loop => (Verdict::Unknown, vec![Fact::new(FactName::End, Value::Term(Term::EveryIssuerOnPath))]),
        End::Limit => (Verdict::Unknown, vec![Fact::new(FactName::End, Value::Term(Term::DepthLimit))]),
    };
    vec![(last, Outcome::new(verdict, facts))]
}
