//! Puts the rules to a path and sums up what they say.

use std::collections::HashMap;

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

    /// What the certificate rules say of a certificate that stands on no path; one that a chosen store holds counts as an anchor.
    pub fn certificate_findings(&self, id: CertificateId) -> Vec<Finding> {
        let is_anchor = !self.trust.anchor_of(id).is_empty();
        let at = CertificateAt { certificate: self.pool.certificate(id), policy: self.policy, is_anchor };
        let examined = RULES.iter().filter_map(|rule| match rule.examine {
            Examine::Certificate(examine) => Some(place(rule.id, Place::Certificate(id), examine(&at))),
            _ => None,
        });
        examined.collect()
    }

    /// The certificate above the one at `position`. A path that ends for want of an issuer may end at a certificate that names
    /// itself, and whose own key did not sign it: then that is what is looked at.
    fn issuer_on(&self, path: &Path, position: usize) -> Option<CertificateId> {
        let above = path.certificates.get(position + 1).copied();
        let itself = || {
            let id = path.certificates.get(position).copied().filter(|_| path.end == End::MissingIssuer)?;
            self.graph.link_between(id, self.graph.entity_of(id)).map(|_| id)
        };
        above.or_else(itself)
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

/// Whether anything that decides failed, or could not be decided.
#[derive(Debug, Clone, Copy, Default)]
struct Worst {
    fail: bool,
    unknown: bool,
    caution: bool,
}

impl Worst {
    fn note(&mut self, verdict: Verdict) {
        self.fail |= verdict == Verdict::Fail;
        self.unknown |= verdict == Verdict::Unknown;
        self.caution |= verdict == Verdict::Caution;
    }

    fn join(&mut self, other: Self) {
        self.fail |= other.fail;
        self.unknown |= other.unknown;
        self.caution |= other.caution;
    }
}

/// What certificate and link rules said before, by (certificate, is it the anchor) and (certificate, issuer, is that the
/// anchor): paths of one target share most of their certificates.
#[derive(Debug, Default)]
pub struct Memory {
    certificates: HashMap<(CertificateId, bool), Worst>,
    links: HashMap<(CertificateId, CertificateId, bool), Worst>,
}

impl Judge<'_> {
    /// The sum of all findings on a path and of how it ends; and whether no finding is worth a word: every one passes or does
    /// not apply.
    pub fn verdict(&self, path: &Path, memory: &mut Memory) -> (PathVerdict, bool) {
        let mut worst = Worst::default();
        for (position, &id) in path.certificates.iter().enumerate() {
            let known = memory.certificates.entry((id, is_anchor(path, id)));
            worst.join(*known.or_insert_with(|| self.certificate_worst(path, id)));
            if let Some(issuer) = self.issuer_on(path, position) {
                let known = memory.links.entry((id, issuer, is_anchor(path, issuer)));
                worst.join(*known.or_insert_with(|| self.link_worst(path, id, issuer)));
            }
        }
        let at_path = PathAt { pool: self.pool, trust: self.trust, path };
        for rule in RULES.iter().filter(|rule| rule.id != TRUST) {
            if let Examine::Path(examine) = rule.examine {
                examine(&at_path).iter().for_each(|(_, outcome)| worst.note(outcome.verdict));
            }
        }
        let verdict = match path.end {
            _ if worst.fail => PathVerdict::Invalid,
            End::MissingIssuer | End::Loop | End::Limit => PathVerdict::Incomplete,
            End::SelfSigned | End::Anchor if worst.unknown => PathVerdict::Unknown,
            End::SelfSigned => PathVerdict::Untrusted,
            End::Anchor => PathVerdict::Valid,
        };
        (verdict, verdict == PathVerdict::Valid && !worst.caution)
    }

    fn certificate_worst(&self, path: &Path, id: CertificateId) -> Worst {
        let at = self.certificate_at(path, id);
        let mut worst = Worst::default();
        for rule in RULES {
            if let Examine::Certificate(examine) = rule.examine {
                worst.note(examine(&at).verdict);
            }
        }
        worst
    }

    fn link_worst(&self, path: &Path, id: CertificateId, issuer: CertificateId) -> Worst {
        let at = self.link_at(path, id, issuer);
        let mut worst = Worst::default();
        for rule in RULES {
            if let Examine::Link(examine) = rule.examine {
                worst.note(examine(&at).verdict);
            }
        }
        worst
    }
}

/// The rule whose answer is the kind of end itself: it tells untrusted from invalid.
const TRUST: &str = "trust";

fn is_anchor(path: &Path, id: CertificateId) -> bool {
    path.end == End::Anchor && path.certificates.last() == Some(&id)
}

fn place(rule: &'static str, place: Place, outcome: Outcome) -> Finding {
    Finding { rule, place, verdict: outcome.verdict, facts: outcome.facts }
}
