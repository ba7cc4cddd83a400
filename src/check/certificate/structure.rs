//! RFC 5280 4.1, 4.2: the parts that a certificate has, extensions only in version 3 and each once, each as its identifier promises.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Outcome, RuleId, Verdict};
use super::breaches;

pub const RULE: Rule = Rule {
    id: RuleId::Structure,
    title: "has the form of a certificate",
    citation: "RFC 5280 4.1, 4.1.2.1, 4.1.2.9, 4.2",
    reason: "Where two readers could understand different things, an attacker picks the reader.",
    failure: "MALFORMED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    breaches::outcome(at, &at.certificate.form_breaches())
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} has the form of a certificate", said.subject),
        _ => format!("{} has not the form of a certificate: {}", said.subject, breaches::words(said)),
    }
}
