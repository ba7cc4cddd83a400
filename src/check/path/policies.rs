//! RFC 5280 6.1.3 (d) to (f), 6.1.4 (a), (b), (h) to (j), 6.1.5 (g), in the form of RFC 9618: a certificate policy that is required
//! runs from the anchor to the target.

use std::rc::Rc;

use super::super::case::{PathAt, Wants};
use super::super::meter::Work;
use super::super::policy_graph::{MAX_EDGES_OF_PATH, Refusal, Stated, accepted};
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{Certificate, Misread, oid_words};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::Policies,
    title: "the path is valid for an accepted policy",
    citation: "RFC 5280 6.1.3 (d), 6.1.5 (g); RFC 9618 5",
    reason: "A policy says how carefully a CA works; it is worth something only where every CA of the path keeps it.",
    failure: "NO VALID POLICY",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

/// RFC 5280 4.2.1.4: the qualifiers whose meaning is known, CPS pointer and user notice; they restrict nothing.
const QUALIFIERS: &[&str] = &["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"];

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some((target, _)) = at.certificates().next() else { return Vec::new() };
    let (mut ids, mut path) = (Vec::new(), Vec::new());
    let count = at.path.certificates.len();
    let binds_as_anchor = count > 1 && at.is_anchor(count - 1) && at.binding().len() == count;
    let inputs = &at.case.policy.policies;
    let known = |(id, certificate): (CertificateId, &Certificate)| at.case.memory.stated(id, || stated(certificate));
    let is_harmless = |stated: Rc<Result<Stated, Fact>>| stated.as_ref().as_ref().is_ok_and(Stated::demands_nothing);
    if at.wants == Wants::Objections && !inputs.require_explicit && at.binding().all(|one| is_harmless(known(one))) {
        return Vec::new();
    }
    for (id, certificate) in at.binding().rev() {
        match known((id, certificate)).as_ref() {
            Ok(stated) if ids.is_empty() && binds_as_anchor => path.push(stated.clone().for_any_policy()),
            Ok(stated) => path.push(stated.clone()),
            Err(fault) => return vec![(id, Outcome::new(Verdict::Fail, vec![fault.clone()]))],
        }
        ids.push(id);
    }
    let asked = || inputs.initial.iter().map(|policy| Fact::new(FactName::Accepted, Value::Text(words(policy))));
    let refusal = match accepted(&path, inputs, &|edges| at.case.meter.take(Work::PolicyEdges, edges)) {
        Ok(found) if found.is_empty() => {
            return vec![(
                target,
                Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Policies, Value::Term(Term::NoPolicyRequired))]),
            )];
        }
        Ok(found) => {
            let facts = found.iter().map(|policy| Fact::new(FactName::Policy, Value::Text(words(policy)))).chain(asked());
            return vec![(target, Outcome::new(Verdict::Pass, facts.collect()))];
        }
        Err(refusal) => refusal,
    };
    let limit = |edges: usize| vec![Fact::new(FactName::Limit, Value::Number(edges as u64))];
    let at_place = |place: usize| ids.get(place).copied().unwrap_or(target);
    let (place, verdict, mut facts) = match refusal {
        Refusal::NoneLeft { place } => (at_place(place), Verdict::Fail, vec![Fact::new(FactName::Result, Value::Term(Term::NoPolicyLeft))]),
        Refusal::AnyMapped { place } => {
            (at_place(place), Verdict::Fail, vec![Fact::new(FactName::Result, Value::Term(Term::AnyPolicyMapped))])
        }
        Refusal::NotAccepted { left } => {
            let mut facts = vec![Fact::new(FactName::Result, Value::Term(Term::NoAcceptedPolicy))];
            facts.extend(left.iter().map(|policy| Fact::new(FactName::Policy, Value::Text(words(policy)))));
            (target, Verdict::Fail, facts)
        }
        Refusal::TooManyEdges => {
            at.case.meter.note_cut(Work::PolicyEdgesOfPath, MAX_EDGES_OF_PATH);
            (target, Verdict::Unknown, limit(MAX_EDGES_OF_PATH))
        }
        Refusal::NoMoreEdges => (target, Verdict::Unknown, limit(at.case.meter.allowed(Work::PolicyEdges))),
    };
    facts.extend(asked());
    vec![(place, Outcome::new(verdict, facts))]
}

/// What a certificate states of policies, or why that cannot be processed.
fn stated(certificate: &Certificate) -> Result<Stated, Fact> {
    let malformed = |misread: Misread| Fact::new(FactName::Malformed, misread.into());
    let policies = certificate.certificate_policies().map_err(malformed)?;
    let is_critical = certificate.extension_is_critical(&[0x55, 0x1d, 32]);
    let qualifiers = policies.iter().flatten().flat_map(|information| &information.qualifiers);
    // 4.2.1.4: what is critical must be understood whole.
    if let Some(unknown) = qualifiers.into_iter().find(|qualifier| is_critical && !QUALIFIERS.contains(&qualifier.as_str())) {
        return Err(Fact::new(FactName::Qualifier, Value::Text(unknown.clone())));
    }
    Ok(Stated {
        policies,
        mappings: certificate.policy_mappings().map_err(malformed)?,
        constraints: certificate.policy_constraints().map_err(malformed)?,
        inhibit_any: certificate.inhibit_any_policy().map_err(malformed)?,
        is_self_issued: certificate.is_self_issued(),
    })
}

fn words(policy: &str) -> String {
    oid_words(policy).map_or_else(|| policy.to_owned(), |words| format!("{policy} ({words})"))
}
