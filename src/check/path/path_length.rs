//! RFC 5280 6.1.4 (l), (m): below a CA with a path length stand at most that many intermediates that are not self-issued.

use super::super::judge::PathAt;
use super::super::rules::Outcome;
use super::super::{Fact, Value, Verdict};
use crate::chain::{CertificateId, End};

pub fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let mut out = Vec::new();
    let mut below = 0_u64;
    for (position, &id) in at.path.certificates.iter().enumerate().skip(1) {
        let certificate = at.pool.certificate(id);
        if let Some(allowed) = certificate.extensions.basic_constraints.and_then(|found| found.path_length) {
            let is_anchor = at.path.end == End::Anchor && position + 1 == at.path.certificates.len();
            let verdict = match (below <= u64::from(allowed), is_anchor) {
                (true, _) => Verdict::Pass,
                // An anchor is a name and a key; its constraints bind only by local policy (RFC 5937).
                (false, true) => Verdict::Caution,
                (false, false) => Verdict::Fail,
            };
            let facts =
                vec![Fact::new("allowed", Value::Number(u64::from(allowed))), Fact::new("intermediates_below", Value::Number(below))];
            out.push((id, Outcome::new(verdict, facts)));
        }
        if !certificate.is_self_issued() {
            below += 1;
        }
    }
    out
}
