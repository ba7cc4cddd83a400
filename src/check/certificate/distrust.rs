//! Is the certificate, or its key, one that nobody is to trust whoever issued it (RFC 5280 6.1.1: a matter of policy)?

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Fact, Outcome, RuleId, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::Distrust,
    title: "not distrusted by name",
    citation: "RFC 5280 6.1, 6.2 (local policy)",
    reason: "A CA that was broken into or lied is cut off at once, wherever its certificate stands.",
    failure: "DISTRUSTED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let distrusted = &at.policy.distrusted;
    if distrusted.is_empty() {
        return Outcome::new(Verdict::NotApplicable, Vec::new());
    }
    let found = [("certificate", at.certificate.sha256), ("key", at.certificate.spki_sha256)];
    match found.into_iter().find(|(_, fingerprint)| distrusted.contains(fingerprint)) {
        Some((what, fingerprint)) => {
            let facts = vec![Fact::new("distrusted", Value::Word(what)), Fact::new("sha256", Value::Text(fingerprint.to_string()))];
            Outcome::new(Verdict::Fail, facts)
        }
        None => Outcome::new(Verdict::Pass, Vec::new()),
    }
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::NotApplicable => format!("{}: nothing is distrusted by name", said.subject),
        Verdict::Pass => format!("{} is not among what is distrusted", said.subject),
        _ => format!("{} is distrusted: its {} is", said.subject, said.text("distrusted")),
    }
}
