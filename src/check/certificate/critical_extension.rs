//! RFC 5280 4.2: a certificate with a critical extension that is not recognised, or cannot be read, must be refused; one with
//! an extension that restricts paths, and that no rule here processes, cannot be judged.

use super::super::judge::CertificateAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};

pub fn examine(at: &CertificateAt<'_>) -> Outcome {
    let extensions = &at.certificate.extensions;
    let mut facts: Vec<Fact> = extensions.unknown_critical.iter().map(|oid| Fact::new("unknown", Value::Text(oid.clone()))).collect();
    for malformed in extensions.malformed.iter().filter(|malformed| malformed.critical) {
        facts.push(Fact::new("malformed", Value::Text(format!("{}: {}", malformed.oid, malformed.reason))));
    }
    if !facts.is_empty() {
        return Outcome::new(Verdict::Fail, facts);
    }
    // What an anchor restricts binds only by local policy (RFC 5937).
    if !at.is_anchor {
        facts.extend(extensions.unprocessed.iter().map(|name| Fact::new("unprocessed", Value::Word(name))));
    }
    Outcome::new(if facts.is_empty() { Verdict::Pass } else { Verdict::Unknown }, facts)
}
