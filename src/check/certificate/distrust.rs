//! Is the certificate, or its key, one that nobody is to trust whoever issued it (RFC 5280 6.1.1: a matter of policy)?

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};

pub const RULE: Rule = Rule {
    id: RuleId::Distrust,
    title: "not on the distrust list",
    citation: "RFC 5280 6.1, 6.2 (local policy)",
    reason: "A CA that was broken into or lied is cut off at once, wherever its certificate stands.",
    failure: "DISTRUSTED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let distrusted = &at.policy.distrusted;
    if distrusted.is_empty() {
        return Outcome::new(Verdict::NotApplicable, Vec::new());
    }
    let found = [(Term::Certificate, at.certificate.sha256), (Term::Key, at.certificate.spki_sha256)];
    match found.into_iter().find(|(_, fingerprint)| distrusted.contains(fingerprint)) {
        Some((what, fingerprint)) => {
            let facts =
                vec![Fact::new(FactName::Distrusted, Value::Term(what)), Fact::new(FactName::Sha256, Value::Text(fingerprint.to_string()))];
            Outcome::new(Verdict::Fail, facts)
        }
        None => Outcome::new(Verdict::Pass, Vec::new()),
    }
}
