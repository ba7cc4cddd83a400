//! RFC 5280 4.2: a certificate with a critical extension that is not recognised, or cannot be read, must be refused.

use super::super::judge::CertificateAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    let mut facts: Vec<Fact> = extensions.unknown_critical.iter().map(|oid| Fact::new("unknown", Value::Text(oid.clone()))).collect();
    for malformed in extensions.malformed.iter().filter(|malformed| malformed.critical) {
        facts.push(Fact::new("malformed", Value::Text(format!("{}: {}", malformed.oid, malformed.reason))));
    }
    Outcome::new(if facts.is_empty() { Verdict::Pass } else { Verdict::Fail }, facts)
}
