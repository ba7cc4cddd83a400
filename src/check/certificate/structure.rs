//! RFC 5280 4.1, 4.2: the parts that a certificate has, extensions only in version 3 and each once, each as its identifier promises.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Outcome, RuleId, Verdict};
use super::breach_outcome;

pub const RULE: Rule = Rule {
    id: RuleId::Structure,
    title: "is well-formed",
    citation: "RFC 5280 4.1, 4.1.2.1, 4.1.2.9, 4.2",
    reason: "Where two readers could understand different things, an attacker picks the reader.",
    failure: "MALFORMED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let outcome = breach_outcome(at, &at.certificate.form_breaches());
    // What an anchor's certificate restricts may be in what cannot be read of it.
    let is_hidden = at.is_anchor && at.binds() && !at.certificate.unreadable.is_empty();
    if is_hidden { Outcome { verdict: Verdict::Fail, ..outcome } } else { outcome }
}
