//! Puts the rules to a path and sums up what they say.

use super::rules::{Examine, Outcome, RULES};
use super::{Finding, Place, Policy, Verdict};
use crate::cert::Certificate;
use crate::chain::{CertificateId, End, Graph, Path, Pool, SignatureState, Trust};

/// In the order in which a target's best path is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathVerdict {
    Valid,
    /// Nothing fails; something that decides could not be checked.
    Unknown,
    /// Complete and sound, its end is in no chosen store.
    Untrusted,
    /// An issuer is missing, or the search ended before it was found.
    Incomplete,
    Invalid,
}

impl PathVerdict {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            PathVerdict::Valid => "valid",
            PathVerdict::Unknown => "unknown",
            PathVerdict::Untrusted => "untrusted",
            PathVerdict::Incomplete => "incomplete",
            PathVerdict::Invalid => "invalid",
        }
    }
}

/// A certificate on a path.
#[derive(Debug, Clone, Copy)]
pub struct CertificateAt<'a> {
    pub certificate: &'a Certificate,
    pub policy: &'a Policy,
    /// It is the anchor that the path ends at.
    pub is_anchor: bool,
}

/// A certificate and the one above it on a path.
#[derive(Debug, Clone, Copy)]
pub struct LinkAt<'a> {
    pub certificate: &'a Certificate,
    pub issuer: &'a Certificate,
    pub issuer_id: CertificateId,
    pub signature: SignatureState,
    pub issuer_is_anchor: bool,
}

/// A path whole.
#[derive(Debug, Clone, Copy)]
pub struct PathAt<'a> {
    pub pool: &'a Pool,
    pub trust: &'a Trust,
    pub path: &'a Path,
}

/// All that judging reads.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    pub pool: &'a Pool,
    pub graph: &'a Graph,
    pub trust: &'a Trust,
    pub policy: &'a Policy,
}

impl Judge<'_> {
    /// What every rule says of a path, from the target upward; within a certificate in the order of `RULES`.
    pub fn findings(&self, path: &Path) -> Vec<Finding> {
        let mut out = Vec::with_capacity(path.certificates.len() * RULES.len());
        let at_path = PathAt { pool: self.pool, trust: self.trust, path };
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
                        out.push(place(rule.id, Place::Certificate(id), examine(&self.certificate_at(path, id))));
                    }
                    Examine::Link(examine) => {
                        if let Some(&issuer) = path.certificates.get(position + 1) {
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

    fn certificate_at(&self, path: &Path, id: CertificateId) -> CertificateAt<'_> {
        CertificateAt { certificate: self.pool.certificate(id), policy: self.policy, is_anchor: is_anchor(path, id) }
    }

    fn link_at(&self, path: &Path, id: CertificateId, issuer: CertificateId) -> LinkAt<'_> {
        let link = self.graph.link_between(id, self.graph.entity_of(issuer));
        LinkAt {
            certificate: self.pool.certificate(id),
            issuer: self.pool.certificate(issuer),
            issuer_id: issuer,
            signature: link.map_or(SignatureState::Unchecked, |link| link.signature),
            issuer_is_anchor: is_anchor(path, issuer),
        }
    }
}

impl PathVerdict {
    /// The sum of a path's findings and of how it ends.
    pub fn of(path: &Path, findings: &[Finding]) -> Self {
        let says = |verdict: Verdict| findings.iter().any(|finding| finding.verdict == verdict && finding.rule != "trust");
        if says(Verdict::Fail) {
            return PathVerdict::Invalid;
        }
        match path.end {
            End::MissingIssuer | End::Loop | End::Limit => PathVerdict::Incomplete,
            End::SelfSigned => PathVerdict::Untrusted,
            End::Anchor if says(Verdict::Unknown) => PathVerdict::Unknown,
            End::Anchor => PathVerdict::Valid,
        }
    }
}

fn is_anchor(path: &Path, id: CertificateId) -> bool {
    path.end == End::Anchor && path.certificates.last() == Some(&id)
}

fn place(rule: &'static str, place: Place, outcome: Outcome) -> Finding {
    Finding { rule, place, verdict: outcome.verdict, facts: outcome.facts }
}
