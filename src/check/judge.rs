//! Puts the rules to paths. What is said of a certificate or a link is found out once for all the paths that it is on.

use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::case::{Case, Standing, Wants};
use super::finding::{Finding, Outcome, Place, Verdict};
use super::revocation::{is_exempt, signer_policy, status};
use super::rule::{Examine, Rule};
use super::rule_id::RuleId;
use super::rules::RULES;
use super::verdict::{PathVerdict, Sum};
use super::{Evidence, Memory, Meter, Policy, Purpose};
use crate::chain::{CertificateId, End, Graph, Path, Pool, Trust};

/// Applies the rules to paths, and asks each rule once of what is the same on many paths.
#[derive(Debug)]
pub struct Judge<'a> {
    case: Case<'a>,
    /// By certificate, what was found out before; as long as the pool, once a path has been judged.
    known: Vec<KnownFindings>,
    lists: FindingLists,
    settled_rules: Vec<&'static Rule>,
    timely_rules: Vec<&'static Rule>,
}

/// What rules said of one certificate: it has few standings, and few issuers.
#[derive(Debug, Default)]
struct KnownFindings {
    settled: Vec<(Standing, Said)>,
    timely: Vec<(Standing, Said)>,
    /// By issuer, and whether that is the anchor. No link rule depends on the time.
    links: Vec<((CertificateId, bool), Said)>,
}

/// What is kept under a key, made where it is not there yet.
fn kept<K: PartialEq>(known: &mut Vec<(K, Said)>, key: K, make: impl FnOnce(&K) -> Said) -> &Said {
    let place = known.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        let said = make(&key);
        // Mostly the only one, of as many certificates as there are.
        known.reserve_exact(1);
        known.push((key, said));
        known.len() - 1
    });
    &known[place].1
}

/// Findings of one path or of many.
pub type Findings = Arc<[Arc<Finding>]>;

/// Paths that differ below have the same said of what is above, so that thousands of paths share a few lists.
#[derive(Debug, Default)]
struct FindingLists {
    /// By the address of each finding, which the list keeps alive.
    known: HashMap<Box<[*const Finding]>, Findings>,
    none: Findings,
}

impl FindingLists {
    fn list(&mut self, target: Option<CertificateId>, findings: &[Arc<Finding>]) -> Findings {
        let Some(first) = findings.first() else { return Arc::clone(&self.none) };
        // What is said of the target no other has, and what a rule says of a path is made anew for each.
        let is_of_one_path = findings.iter().any(|finding| matches!(finding.place, Place::Path(_)));
        if is_of_one_path || Some(first.place.certificate()) == target {
            return findings.into();
        }
        let key: Box<[*const Finding]> = findings.iter().map(Arc::as_ptr).collect();
        Arc::clone(self.known.entry(key).or_insert_with(|| findings.into()))
    }
}

/// A path judged.
#[derive(Debug, Clone)]
pub struct Judged {
    pub verdict: PathVerdict,
    /// What fails, is unknown or is a caution, from the target upward; within a certificate in the order of `RULES`.
    pub findings: Findings,
    /// What is said whatever the judged time.
    pub settled: Settled,
}

/// What of a path no other judged time changes.
#[derive(Debug, Clone, Copy)]
pub struct Settled(Sum);

/// What rules say of one certificate or link.
#[derive(Debug, Default)]
struct Said {
    sum: Sum,
    objections: Vec<Arc<Finding>>,
}

impl Said {
    fn note(&mut self, rule: &Rule, place: Place, outcome: Outcome) {
        self.sum.note(rule.decides, outcome.verdict);
        if Wants::Objections.takes(outcome.verdict) {
            let finding = put(rule.id, place, outcome);
            if !finding.is_for_want_of_data() {
                self.objections.push(Arc::new(finding));
            }
        }
    }

    fn join(&mut self, other: &Said) {
        self.sum.join(other.sum);
        self.objections.extend(other.objections.iter().cloned());
    }
}

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RuleSelection {
    /// Those whose answer no other time changes.
    Settled,
    Timely,
}

impl RuleSelection {
    fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| rule.timely == (self == RuleSelection::Timely))
    }
}

impl<'a> Judge<'a> {
    /// `memory` and `meter` are for this judge alone, and for as long as the other parts stay as they are.
    pub fn new(
        (pool, graph, trust): (&'a Pool, &'a Graph, &'a Trust),
        policy: &'a Policy,
        evidence: &'a Evidence,
        memory: &'a Memory,
        meter: &'a Meter,
    ) -> Self {
        let case = Case { pool, graph, trust, policy, evidence, memory, meter, signer_holds };
        Self {
            case,
            known: Vec::new(),
            lists: FindingLists::default(),
            settled_rules: of_paths(RuleSelection::Settled),
            timely_rules: of_paths(RuleSelection::Timely),
        }
    }

    /// What every rule that decides, or cautions, says of a path.
    pub fn judge(&mut self, path: &Path) -> Judged {
        let settled = self.said(path, RuleSelection::Settled);
        self.with_time(path, settled)
    }

    /// The same path again, where nothing but the judged time is another.
    pub fn judge_again(&mut self, path: &Path, Settled(sum): Settled, findings: &[Arc<Finding>]) -> Judged {
        let objections = findings.iter().filter(|finding| !finding.rule.rule().timely).cloned().collect();
        self.with_time(path, Said { sum, objections })
    }

    fn with_time(&mut self, path: &Path, settled: Said) -> Judged {
        let (mut said, settled) = (self.said(path, RuleSelection::Timely), settled);
        said.join(&settled);
        if said.objections.len() > 1 {
            let position = |id: CertificateId| path.certificates.iter().position(|on| *on == id);
            said.objections.sort_by_key(|finding| (position(finding.place.certificate()), finding.rule));
        }
        let findings = self.lists.list(path.certificates.first().copied(), &said.objections);
        Judged { verdict: said.sum.verdict(path.end), findings, settled: Settled(settled.sum) }
    }

    /// Lets go of what was found out of a target whose paths are judged: hardly another path leads over one that is no CA.
    pub fn forget(&mut self, target: CertificateId) {
        let is_ca = self.case.pool.certificate(target).extensions.basic_constraints.is_some_and(|found| found.ca);
        if let Some(known) = self.known.get_mut(target.index()).filter(|_| !is_ca) {
            *known = KnownFindings::default();
        }
    }

    fn said(&mut self, path: &Path, asked: RuleSelection) -> Said {
        let mut out = Said::default();
        let case = self.case;
        self.known.resize_with(case.pool.len(), KnownFindings::default);
        let purpose = path.certificates.first().map_or(Purpose::Any, |target| case.purpose_of(*target));
        for (position, &id) in path.certificates.iter().enumerate() {
            let standing = Standing::on(path, position, id, purpose);
            let Some(known) = self.known.get_mut(id.index()) else { continue };
            let of_standing = if asked == RuleSelection::Settled { &mut known.settled } else { &mut known.timely };
            out.join(kept(of_standing, standing, |standing| of_certificate(&case, *standing, asked)));
            if asked == RuleSelection::Settled
                && let Some(issuer) = case.issuer_on(path, position)
            {
                let key = (issuer, is_anchor(path, issuer));
                out.join(kept(&mut known.links, key, |(issuer, is_anchor)| of_link(&case, id, *issuer, *is_anchor)));
            }
        }
        let at = case.path_at(path, Wants::Objections);
        for rule in if asked == RuleSelection::Settled { &self.settled_rules } else { &self.timely_rules } {
            if let Examine::Path(examine) = rule.examine {
                examine(&at).into_iter().for_each(|(id, outcome)| out.note(rule, Place::Path(id), outcome));
            }
        }
        out
    }

    /// What every rule says of a path, passes included, from the target upward; within a certificate in the order of `RULES`.
    pub fn everything(&self, path: &Path) -> Vec<Finding> {
        let (case, wants) = (&self.case, Wants::Everything);
        let at_path = case.path_at(path, wants);
        let mut out: Vec<(usize, Finding)> = Vec::with_capacity(path.certificates.len() * RULES.len());
        for (position, &id) in path.certificates.iter().enumerate() {
            let standing = Standing::on(path, position, id, at_path.purpose);
            let (at, issuer) = (case.certificate_at(standing, wants), case.issuer_on(path, position));
            for rule in RULES {
                match rule.examine {
                    Examine::Certificate(examine) => out.push((position, put(rule.id, Place::Certificate(id), examine(&at)))),
                    Examine::Standing(examine) => {
                        out.extend(examine(&at).map(|outcome| (position, put(rule.id, Place::Path(id), outcome))));
                    }
                    Examine::Link(examine) => out.extend(issuer.map(|issuer| {
                        let at = case.link_at(id, issuer, is_anchor(path, issuer), wants);
                        (position, put(rule.id, Place::Link { certificate: id, issuer }, examine(&at)))
                    })),
                    Examine::Path(_) => {}
                }
            }
        }
        for rule in RULES {
            if let Examine::Path(examine) = rule.examine {
                let position = |id: CertificateId| path.certificates.iter().position(|on| *on == id).unwrap_or_default();
                out.extend(examine(&at_path).into_iter().map(|(id, outcome)| (position(id), put(rule.id, Place::Path(id), outcome))));
            }
        }
        out.sort_by_key(|(position, finding)| (*position, finding.rule));
        out.into_iter().map(|(_, finding)| finding).collect()
    }

    /// What the certificate rules say of a certificate that stands on no path; one that a chosen store holds counts as an anchor,
    /// one that is no CA as a target.
    pub fn of_certificate(&self, id: CertificateId, wants: Wants) -> Vec<Finding> {
        let is_target = !self.case.pool.certificate(id).extensions.basic_constraints.is_some_and(|found| found.ca);
        let is_anchor = !self.case.trust.anchor_of(id).is_empty();
        let standing = Standing { id, purpose: self.case.purpose_of(id), is_target, is_anchor, is_end: is_anchor };
        let at = self.case.certificate_at(standing, wants);
        let examined = RULES.iter().filter_map(|rule| match rule.examine {
            Examine::Certificate(examine) => Some(put(rule.id, Place::Certificate(id), examine(&at))),
            _ => None,
        });
        examined.filter(|finding| wants.takes(finding.verdict)).collect()
    }
}

fn of_paths(asked: RuleSelection) -> Vec<&'static Rule> {
    asked.rules().filter(|rule| matches!(rule.examine, Examine::Path(_))).collect()
}

fn of_certificate(case: &Case<'_>, standing: Standing, asked: RuleSelection) -> Said {
    let (at, mut said) = (case.certificate_at(standing, Wants::Objections), Said::default());
    for rule in asked.rules() {
        match rule.examine {
            Examine::Certificate(examine) => said.note(rule, Place::Certificate(standing.id), examine(&at)),
            Examine::Standing(examine) => {
                if let Some(outcome) = examine(&at) {
                    said.note(rule, Place::Path(standing.id), outcome);
                }
            }
            Examine::Link(_) | Examine::Path(_) => {}
        }
    }
    said
}

fn of_link(case: &Case<'_>, id: CertificateId, issuer: CertificateId, issuer_is_anchor: bool) -> Said {
    let (at, mut said) = (case.link_at(id, issuer, issuer_is_anchor, Wants::Objections), Said::default());
    for rule in RuleSelection::Settled.rules() {
        if let Examine::Link(examine) = rule.examine {
            said.note(rule, Place::Link { certificate: id, issuer }, examine(&at));
        }
    }
    said
}

/// Whether the path of who signed evidence holds: by every rule, revocation as far as it is known. `stack` are the signers that are
/// being judged, this one the last.
fn signer_holds(outer: &Case<'_>, path: &Path, stack: &[CertificateId]) -> bool {
    let memory = Memory::default();
    let case = Case { policy: signer_policy(outer), memory: &memory, ..*outer };
    let at = case.path_at(path, Wants::Objections);
    let mut sum = Sum::default();
    for (position, &id) in path.certificates.iter().enumerate() {
        let standing = Standing::on(path, position, id, at.purpose);
        [RuleSelection::Settled, RuleSelection::Timely].iter().for_each(|asked| sum.join(of_certificate(&case, standing, *asked).sum));
        if let Some(issuer) = case.issuer_on(path, position) {
            sum.join(of_link(&case, id, issuer, is_anchor(path, issuer)).sum);
        }
    }
    for rule in RULES.iter().filter(|rule| rule.id != RuleId::Revocation) {
        if let Examine::Path(examine) = rule.examine {
            examine(&at).iter().for_each(|(_, outcome)| sum.note(rule.decides, outcome.verdict));
        }
    }
    sum.holds()
        && (0..path.certificates.len().saturating_sub(1)).all(|place| {
            let is_exempt = place == 0 && path.certificates.first().is_some_and(|signer| is_exempt(case.pool.certificate(*signer)));
            is_exempt
                || match status(&case, path, place, stack).verdict {
                    Verdict::Fail => false,
                    Verdict::Unknown => !case.policy.require_revocation,
                    _ => true,
                }
        })
}

fn is_anchor(path: &Path, id: CertificateId) -> bool {
    path.end == End::Anchor && path.certificates.last() == Some(&id)
}

fn put(rule: RuleId, place: Place, outcome: Outcome) -> Finding {
    Finding { rule, place, verdict: outcome.verdict, facts: outcome.facts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_rule_depends_on_the_time() {
        assert!(RULES.iter().all(|rule| !matches!(rule.examine, Examine::Link(_)) || !rule.timely));
    }
}
