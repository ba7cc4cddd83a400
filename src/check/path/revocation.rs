//! RFC 5280 6.1.3 (a)(3): at the judged time, no certificate on the path but the anchor is revoked.

use super::super::case::{PathAt, Wants};
use super::super::revocation::status;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::Certificate;
use crate::chain::{CertificateId, End};

pub const RULE: Rule = Rule {
    id: RuleId::Revocation,
    title: "not revoked",
    citation: "RFC 5280 6.1.3 (a)(3), 6.3; RFC 6960; RFC 9608",
    reason: "An issuer can take back what it signed, before its last day; who does not ask will not know.",
    failure: "REVOKED",
    decides: Decides::OnlyFailures,
    timely: true,
    examine: Examine::Path(examine),
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let (case, path) = (at.case, at.path);
    // What is not complete holds in no case; that is no reason to call it revoked.
    let required = case.policy.require_revocation && matches!(path.end, End::Anchor | End::SelfSigned);
    if case.evidence.is_empty() {
        // Asked of every path whenever the date is moved: without data there is nothing to build.
        if at.wants == Wants::Objections && !required {
            return Vec::new();
        }
        let is_never = path.certificates.first().is_some_and(|target| is_never_revoked(case.pool.certificate(*target)));
        let facts = vec![Fact::new(FactName::Evidence, Value::Term(Term::NoneGiven))];
        let outcome = match (is_never, required) {
            (true, _) => no_revocation(),
            (false, true) => Outcome::new(Verdict::Fail, facts),
            (false, false) => Outcome::new(Verdict::Unknown, facts),
        };
        return path.certificates.first().filter(|_| !at.is_anchor(0)).map(|target| (*target, outcome)).into_iter().collect();
    }
    let places = path.certificates.iter().enumerate().filter(|(place, _)| !is_end(at, *place));
    let answers = places.map(|(place, id)| {
        if is_never_revoked(case.pool.certificate(*id)) {
            return (*id, no_revocation());
        }
        let mut outcome = status(case, path, place, &[]);
        if outcome.verdict == Verdict::Unknown && required {
            outcome.verdict = Verdict::Fail;
        }
        (*id, outcome)
    });
    answers.collect()
}

/// RFC 9608 5: nothing is looked for; but a CA may not go without.
fn is_never_revoked(certificate: &Certificate) -> bool {
    certificate.has_no_revocation() && !certificate.extensions.basic_constraints.is_some_and(|found| found.ca)
}

fn no_revocation() -> Outcome {
    Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Evidence, Value::Term(Term::NoRevocationInformation))])
}

/// An anchor is trusted as it is; what signed itself cannot take that back (RFC 5280 6.1: the anchor is no part of the path).
fn is_end(at: &PathAt<'_>, place: usize) -> bool {
    let is_last = place + 1 == at.path.certificates.len();
    is_last && matches!(at.path.end, End::Anchor | End::SelfSigned)
}
