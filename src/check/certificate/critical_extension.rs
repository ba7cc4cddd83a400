//! RFC 5280 4.2: a certificate with a critical extension that is not recognised, or cannot be read, must be refused.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, Purpose, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::CriticalExtension,
    title: "every extension that decides is understood",
    citation: "RFC 5280 6.1.4 (o), 6.1.5 (f), 4.2",
    reason: "Critical means: refuse the certificate rather than ignore this.",
    failure: "UNKNOWN CRITICAL",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
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
    let mut facts: Vec<Fact> = unknown.map(|oid| Fact::new("unknown", Value::Text(oid.clone()))).collect();
    for malformed in extensions.malformed.iter().filter(|malformed| malformed.critical) {
        facts.push(Fact::new("malformed", Value::Text(format!("{}: {}", malformed.oid, malformed.reason))));
    }
    Outcome::new(if facts.is_empty() { Verdict::Pass } else { Verdict::Fail }, facts)
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Fail => format!("{} has a critical extension that cannot be processed: {}", said.subject, said.all()),
        _ => format!("{} has no unknown critical extension", said.subject),
    }
}
