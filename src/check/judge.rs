//! Puts the rules to a path.

use super::at::{CertificateAt, LinkAt, PathAt};
use super::path::KnownNames;
use super::revocation::Memo;
use super::rules::{Examine, Outcome, RULES};
use super::{Evidence, Finding, Host, Place, Policy, Purpose};
use crate::cert::Origin;
use crate::chain::{CertificateId, End, Graph, Path, Pool, SignatureState, Trust};

/// All that judging reads, and what it need not find out again as long as that stays the same.
#[derive(Debug)]
pub struct Judge<'a> {
    pub pool: &'a Pool,
    pub graph: &'a Graph,
    pub trust: &'a Trust,
    pub policy: &'a Policy,
    pub evidence: &'a Evidence,
    pub(super) names: KnownNames,
    /// What the rule `revocation` found out before.
    pub(super) revocation: Memo,
}

impl<'a> Judge<'a> {
    pub fn new(pool: &'a Pool, graph: &'a Graph, trust: &'a Trust, policy: &'a Policy, evidence: &'a Evidence) -> Self {
        Self { pool, graph, trust, policy, evidence, names: KnownNames::default(), revocation: Memo::default() }
    }

    /// What every rule says of a path, from the target upward; within a certificate in the order of `RULES`.
    pub fn findings(&self, path: &Path) -> Vec<Finding> {
        let mut out = Vec::with_capacity(path.certificates.len() * RULES.len());
        let at_path = self.path_at(path);
        let of_path: Vec<(&str, Vec<(CertificateId, Outcome)>)> = RULES
            .iter()
            .filter_map(|rule| match rule.examine {
                Examine::Path(examine) => Some((rule.id, examine(&at_path))),
                _ => None,
            })
            .collect();
        for (position, &id) in path.certificates.iter().enumerate() {
            for rule in RULES {
                match rule.examine {
                    Examine::Certificate(examine) => {
                        out.push(place(rule.id, Place::Certificate(id), examine(&self.certificate_at(path, position, id))));
                    }
                    Examine::Link(examine) => {
                        if let Some(issuer) = self.issuer_on(path, position) {
                            let outcome = examine(&self.link_at(path, id, issuer));
                            out.push(place(rule.id, Place::Link { certificate: id, issuer }, outcome));
                        }
                    }
                    Examine::Path(_) => {
                        let said = of_path.iter().filter(|(name, _)| *name == rule.id).flat_map(|(_, said)| said);
                        out.extend(said.filter(|(at, _)| *at == id).map(|(at, outcome)| place(rule.id, Place::Path(*at), outcome.clone())));
                    }
                }
            }
        }
        out
    }

    /// What the certificate rules say of a certificate that stands on no path; one that a chosen store holds counts as an anchor,
    /// one that is no CA as a target.
    pub fn certificate_findings(&self, id: CertificateId) -> Vec<Finding> {
        let certificate = self.pool.certificate(id);
        let is_target = !certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
        let is_anchor = !self.trust.anchor_of(id).is_empty();
        let at = CertificateAt { certificate, policy: self.policy, purpose: self.purpose_of(id), is_target, is_anchor };
        let examined = RULES.iter().filter_map(|rule| match rule.examine {
            Examine::Certificate(examine) => Some(place(rule.id, Place::Certificate(id), examine(&at))),
            _ => None,
        });
        examined.collect()
    }

    /// What a target is to be used for: as the policy says, else server where a TLS server sent it, and client where it is this program's
    /// own for one.
    pub fn purpose_of(&self, target: CertificateId) -> Purpose {
        let of_origin = |origin: &Origin| match origin {
            Origin::Server { position: 1, .. } => Some(Purpose::Server),
            Origin::Client { position: 1, .. } => Some(Purpose::Client),
            _ => None,
        };
        let by_origin = || self.pool.entry(target).origins.iter().filter_map(of_origin).min();
        self.policy.purpose.or_else(by_origin).unwrap_or(Purpose::Any)
    }

    /// The host that a target is to stand for: as the policy says, else what a TLS server that sent it was asked by.
    pub fn host_of(&self, target: CertificateId) -> Option<Host> {
        let asked = |origin: &Origin| match origin {
            Origin::Server { asked, position: 1, .. } => Host::parse(asked).ok(),
            _ => None,
        };
        self.policy.host.clone().or_else(|| self.pool.entry(target).origins.iter().find_map(asked))
    }

    /// The certificate above the one at `position`. A path that ends for want of an issuer may end at a certificate that names
    /// itself, and whose own key did not sign it: then that is what is looked at.
    pub(super) fn issuer_on(&self, path: &Path, position: usize) -> Option<CertificateId> {
        let above = path.certificates.get(position + 1).copied();
        let itself = || {
            let id = path.certificates.get(position).copied().filter(|_| path.end == End::MissingIssuer)?;
            self.graph.link_between(id, self.graph.entity_of(id)).map(|_| id)
        };
        above.or_else(itself)
    }

    pub(super) fn path_at<'b>(&'b self, path: &'b Path) -> PathAt<'b> {
        let purpose = path.certificates.first().map_or(Purpose::Any, |target| self.purpose_of(*target));
        PathAt { judge: self, path, purpose, verdicts_only: false }
    }

    pub(super) fn certificate_at(&self, path: &Path, position: usize, id: CertificateId) -> CertificateAt<'_> {
        CertificateAt {
            certificate: self.pool.certificate(id),
            policy: self.policy,
            purpose: path.certificates.first().map_or(Purpose::Any, |target| self.purpose_of(*target)),
            is_target: position == 0,
            is_anchor: is_anchor(path, id),
        }
    }

    pub(super) fn link_at(&self, path: &Path, id: CertificateId, issuer: CertificateId) -> LinkAt<'_> {
        let link = self.graph.link_between(id, self.graph.entity_of(issuer));
        LinkAt {
            certificate: self.pool.certificate(id),
            issuer: self.pool.certificate(issuer),
            issuer_id: issuer,
            policy: self.policy,
            signature: link.map_or(SignatureState::Unchecked, |link| link.signature),
            issuer_is_anchor: is_anchor(path, issuer),
        }
    }
}

pub(super) fn is_anchor(path: &Path, id: CertificateId) -> bool {
    path.end == End::Anchor && path.certificates.last() == Some(&id)
}

fn place(rule: &'static str, place: Place, outcome: Outcome) -> Finding {
    Finding { rule, place, verdict: outcome.verdict, facts: outcome.facts }
}
