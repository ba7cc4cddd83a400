//! RFC 5280 6.1.1 (d): the path ends at a trust anchor. Which stores hold it, or what it ends at instead.

use super::super::case::PathAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};
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
    sentence,
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some(&last) = at.path.certificates.last() else { return Vec::new() };
    let (verdict, facts) = match at.path.end {
        End::Anchor => {
            let names: Vec<&str> = at.case.trust.names(at.path.stores).collect();
            (Verdict::Pass, vec![Fact::new("stores", Value::Text(names.join(", ")))])
        }
        End::SelfSigned => (Verdict::Fail, vec![Fact::new("end", Value::Word("self-signed and in no chosen store"))]),
        End::MissingIssuer => {
            let missing = Value::Text(at.case.pool.certificate(last).issuer.to_string());
            (Verdict::Unknown, vec![Fact::new("end", Value::Word("issuer is not loaded")), Fact::new("missing_issuer", missing)])
        }
        End::Loop => (Verdict::Unknown, vec![Fact::new("end", Value::Word("every issuer is on the path already"))]),
        End::Limit => (Verdict::Unknown, vec![Fact::new("end", Value::Word("depth limit"))]),
    };
    vec![(last, Outcome::new(verdict, facts))]
}

fn sentence(said: &Said<'_>) -> String {
    match (said.verdict(), said.fact("missing_issuer")) {
        (Verdict::Pass, _) => format!("{} is an anchor of {}", said.subject, said.text("stores")),
        (_, Some(missing)) => format!("issuer of {} is not loaded: {missing}", said.subject),
        (_, None) => format!("{}: {}", said.subject, said.text("end")),
    }
}
