//! RFC 5280 4.1: a certificate is written in DER (X.690), which has one encoding for each value.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule, Said};
use super::super::{Outcome, RuleId, Verdict};
use super::breaches;

pub const RULE: Rule = Rule {
    id: RuleId::Encoding,
    title: "written in DER",
    citation: "X.690 10, 11; RFC 5280 4.1, 4.1.2.5",
    reason: "DER has one way to write a thing, so that what was signed can have one meaning only.",
    failure: "NOT DER",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
    sentence,
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    breaches::outcome(at, &at.certificate.encoding_breaches())
}

fn sentence(said: &Said<'_>) -> String {
    match said.verdict() {
        Verdict::Pass => format!("{} is written in DER", said.subject),
        _ => format!("{} is not written in DER: {}", said.subject, breaches::words(said)),
    }
}
