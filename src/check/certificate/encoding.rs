//! RFC 5280 4.1: a certificate is written in DER (X.690), which has one encoding for each value.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Outcome, RuleId};
use super::breach_outcome;

pub const RULE: Rule = Rule {
    id: RuleId::Encoding,
    title: "encoded in DER",
    citation: "X.690 10, 11; RFC 5280 4.1, 4.1.2.5",
    reason: "DER has one way to write a thing, so that what was signed can have one meaning only.",
    failure: "NOT DER",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    breach_outcome(at, &at.certificate.encoding_breaches())
}
