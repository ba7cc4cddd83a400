//! RFC 5280 6.1.1 (d): the path ends at a trust anchor. Which stores hold it, or what it ends at instead.

use super::super::judge::PathAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};
use crate::chain::{CertificateId, End};

pub fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some(&last) = at.path.certificates.last() else { return Vec::new() };
    let (verdict, facts) = match at.path.end {
        End::Anchor => {
            let names: Vec<&str> = at.trust.names(at.path.stores).collect();
            (Verdict::Pass, vec![Fact::new("stores", Value::Text(names.join(", ")))])
        }
        End::SelfSigned => (Verdict::Fail, vec![Fact::new("end", Value::Word("self-signed and in no chosen store"))]),
        End::MissingIssuer => {
            let missing = Value::Text(at.pool.certificate(last).issuer.to_string());
            (Verdict::Unknown, vec![Fact::new("end", Value::Word("issuer is not loaded")), Fact::new("missing_issuer", missing)])
        }
        End::Loop => (Verdict::Unknown, vec![Fact::new("end", Value::Word("every issuer is on the path already"))]),
        End::Limit => (Verdict::Unknown, vec![Fact::new("end", Value::Word("depth limit"))]),
    };
    vec![(last, Outcome::new(verdict, facts))]
}
