//! RFC 5280 4.1.2.4, 4.1.2.6: an issuer has a name, a CA has one, and attributes keep to their string types and lengths.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Outcome, RuleId};
use super::breach_outcome;

pub const RULE: Rule = Rule {
    id: RuleId::Names,
    title: "names are well-formed",
    citation: "RFC 5280 4.1.2.4, 4.1.2.6, appendix A.1",
    reason: "Paths are built by comparing names; readers that see different characters find different issuers.",
    failure: "MALFORMED NAME",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    breach_outcome(at, &at.certificate.name_breaches())
}
