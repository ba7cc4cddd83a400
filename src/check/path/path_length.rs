//! RFC 5280 6.1.4 (l), (m): below a CA with a path length stand at most that many intermediates that are not self-issued.

use super::super::case::PathAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Value, Verdict};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::PathLength,
    title: "path length is allowed",
    citation: "RFC 5280 6.1.4 (l), (m)",
    reason: "A CA can forbid the CAs below it to create further ones.",
    failure: "PATH TOO LONG",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let mut out = Vec::new();
    let mut below = 0_u64;
    for (position, &id) in at.path.certificates.iter().enumerate().skip(1) {
        let certificate = at.case.pool.certificate(id);
        if let Some(allowed) = certificate.extensions.basic_constraints.and_then(|found| found.path_length) {
            let is_free = at.is_anchor(position) && !at.case.policy.anchor_constraints;
            let verdict = match (below <= u64::from(allowed), is_free) {
                (true, _) => Verdict::Pass,
                // An anchor is a name and a key; its constraints bind only by local policy (RFC 5937).
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            };
            let facts = || {
                let number = |name, value| Fact::new(name, Value::Number(value));
                vec![number(FactName::Allowed, u64::from(allowed)), number(FactName::IntermediatesBelow, below)]
            };
            out.extend(at.wants.answer(id, verdict, facts));
        }
        if !certificate.is_self_issued() {
            below += 1;
        }
    }
    out
}
