//! RFC 5280 4.2: a certificate with a critical extension that is not recognised, or cannot be read, must be refused.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::CriticalExtension,
    title: "no unrecognized critical extension",
    citation: "RFC 5280 6.1.4 (o), 6.1.5 (f), 4.2",
    reason: "Critical means: refuse the certificate rather than ignore this.",
    failure: "UNKNOWN CRITICAL",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// Microsoft's application policies say again what extended key usage says.
const APPLICATION_POLICIES: &str = "1.3.6.1.4.1.311.21.10";
/// GSMA RCC.16: what a client of RCS is called.
const RCS_PARTICIPANT: &str = "2.23.146.2.1.4";
const RCS_SERVER: &str = "2.23.146.2.1.5";

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    let has_purposes = at.certificate.extension(&[0x55, 0x1d, 37]).is_some();
    let is_known = |oid: &&String| match oid.as_str() {
        APPLICATION_POLICIES => has_purposes,
        RCS_PARTICIPANT | RCS_SERVER => at.purpose == Purpose::RcsMlsClient,
        _ => false,
    };
    let unknown = extensions.unknown_critical.iter().filter(|oid| !is_known(oid));
    let mut facts: Vec<Fact> = unknown.map(|oid| Fact::new(FactName::Unknown, Value::Text(oid.clone()))).collect();
    for malformed in extensions.malformed.iter().filter(|malformed| malformed.critical) {
        facts.push(Fact::new(FactName::Malformed, Value::Text(format!("{}: {}", malformed.oid, malformed.reason))));
    }
    Outcome::new(if facts.is_empty() { Verdict::Pass } else { Verdict::Fail }, facts)
}
