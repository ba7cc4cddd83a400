//! The report for programs: the analysis in the shape of `schema`.

mod connection;
mod facts;
mod schema;

use std::collections::HashMap;
use std::io;

use self::schema::{
    Certificate, Counts, Endpoint, Entity, Explained, Lazy, Link, OwnFinding, Path, PathAt, PathFinding, Policy, Problem, Report, Sent,
    Stopped,
};
use super::listing::Listing;
use super::{Notes, Options};
use crate::analysis::{Advice, Analysis, EndpointOf, JudgedPath, Judgement, advice};
use crate::cert::hex;
use crate::chain::{CertificateId, Count, End, EntityId, SignatureState};
use crate::check::Wants;
use crate::source::Reach;
use crate::words::{advice_words, why_words};

/// Changes when a reader of the old form would misread the new one.
pub const SCHEMA: &str = "crossroots.report/1";

/// Writes the report to `out` as one JSON object, indented, ended by a line feed.
pub fn json(out: &mut dyn io::Write, analysis: &Analysis, targets: &[Judgement], notes: &Notes, options: Options) -> io::Result<()> {
    let listing = Listing::new(analysis, targets);
    let writer = Writer::new(analysis, &listing, options);
    let report = Report {
        schema: SCHEMA,
        policy: Policy {
            at: analysis.policy.at.rfc3339(),
            host: analysis.policy.host.as_ref().map(ToString::to_string),
            purpose: analysis.policy.purpose.map(crate::check::Purpose::word),
            policies: analysis.policy.policies.initial.iter().cloned().collect(),
            require_policy: analysis.policy.policies.require_explicit,
            inhibit_mapping: analysis.policy.policies.inhibit_mapping,
            inhibit_any_policy: analysis.policy.policies.inhibit_any,
            anchor_constraints: analysis.policy.anchor_constraints,
            ignore_anchor_dates: analysis.policy.ignore_anchor_dates,
            strict: analysis.policy.strict,
            max_depth: analysis.policy.limits.depth,
            distrusted: analysis.policy.distrusted.len(),
            ct_logs: analysis.policy.ct_logs.is_some(),
            crls: analysis.evidence.counts().0,
            ocsp_responses: analysis.evidence.counts().1,
            require_revocation: analysis.policy.require_revocation,
            stores: analysis.trust.stores().iter().map(|store| store.name.clone()).collect(),
        },
        certificates: Lazy::new(listing.certificates.iter().map(|id| writer.certificate(*id))),
        entities: Lazy::new(listing.entities.iter().map(|id| writer.entity(*id))),
        links: Lazy::new(listing.links(analysis).map(|link| writer.link(link))),
        targets: Lazy::new(targets.iter().map(|target| writer.target(target))),
        endpoints: (!analysis.reachability.is_empty()).then(|| writer.endpoints(targets)),
        stopped: writer.stopped(targets, notes),
        problems: notes.problems.iter().map(|at| Problem { place: at.place.clone(), reason: at.reason.clone() }).collect(),
        connections: notes.connections.iter().map(connection::connection).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

/// The ids that the report gives, `c1` and `e1` in the order of listing.
struct Writer<'a> {
    analysis: &'a Analysis,
    listing: &'a Listing,
    options: Options,
    certificates: HashMap<CertificateId, usize>,
    entities: HashMap<EntityId, usize>,
}

impl<'a> Writer<'a> {
    fn new(analysis: &'a Analysis, listing: &'a Listing, options: Options) -> Self {
        let certificates = listing.certificates.iter().enumerate().map(|(place, id)| (*id, place + 1)).collect();
        let entities = listing.entities.iter().enumerate().map(|(place, id)| (*id, place + 1)).collect();
        Self { analysis, listing, options, certificates, entities }
    }

    fn certificate_id(&self, id: CertificateId) -> String {
        self.certificates.get(&id).map_or_else(String::new, |number| format!("c{number}"))
    }

    fn entity_id(&self, id: EntityId) -> String {
        self.entities.get(&id).map_or_else(String::new, |number| format!("e{number}"))
    }

    fn certificate(&self, id: CertificateId) -> Certificate {
        let entry = self.analysis.pool.entry(id);
        let certificate = &entry.certificate;
        let wants = if self.options.all_findings { Wants::Everything } else { Wants::Objections };
        let findings = self.analysis.findings_of(id, wants).into_iter();
        Certificate {
            id: self.certificate_id(id),
            sha256: certificate.sha256.to_string(),
            subject: certificate.subject.to_string(),
            issuer: certificate.issuer.to_string(),
            serial: hex(certificate.bytes(certificate.serial)),
            not_before: certificate.not_before.rfc3339(),
            not_after: certificate.not_after.rfc3339(),
            entity: self.entity_id(self.analysis.graph.entity_of(id)),
            origins: entry.origins.iter().map(ToString::to_string).collect(),
            findings: findings
                .map(|finding| OwnFinding {
                    rule: finding.rule.word(),
                    verdict: finding.verdict.word(),
                    facts: facts::facts(&self.analysis.pool, &finding),
                })
                .collect(),
        }
    }

    fn entity(&self, id: EntityId) -> Entity {
        let entity = self.analysis.graph.entity(id);
        let listed = entity.certificates.iter().filter(|id| self.certificates.contains_key(id));
        Entity {
            id: self.entity_id(id),
            label: self.listing.labels.entity(&self.analysis.graph, id),
            name: entity.name.to_string(),
            spki_sha256: entity.spki_sha256.to_string(),
            certificates: listed.map(|id| self.certificate_id(*id)).collect(),
        }
    }

    fn link(&self, link: crate::chain::Link) -> Link {
        let signature = match link.signature {
            SignatureState::Good => "good",
            SignatureState::Bad => "bad",
            SignatureState::Unsupported(_) => "unsupported",
            SignatureState::Unchecked => "unchecked",
        };
        Link { certificate: self.certificate_id(link.certificate), entity: self.entity_id(link.entity), signature }
    }

    fn target(&self, target: &Judgement) -> Explained {
        let Count { value, exact } = target.count;
        Explained {
            certificate: self.certificate_id(target.target),
            verdict: target.verdict.word(),
            paths: Counts { count: value.to_string(), exact, other: target.other.value.to_string(), listed: target.paths.len() },
            listed: target.paths.iter().enumerate().map(|(place, judged)| self.path(target, place, judged)).collect(),
            sent: advice(target).map(|all| all.iter().map(|advice| self.advice(advice)).collect()),
        }
    }

    fn advice(&self, advice: &Advice) -> Sent {
        let (said, remedy) = advice_words(self.analysis, &self.listing.labels, advice);
        Sent {
            kind: advice.kind.word(),
            certificate: self.certificate_id(advice.certificate),
            position: advice.position,
            said,
            remedy,
            citation: advice.kind.citation(),
        }
    }

    fn path(&self, target: &Judgement, place: usize, JudgedPath { path, verdict, findings, .. }: &JudgedPath) -> Path {
        let everything = if self.options.all_findings { target.explain(place) } else { Vec::new() };
        let listed = findings.iter().map(AsRef::as_ref).filter(|_| !self.options.all_findings);
        Path {
            certificates: path.certificates.iter().map(|id| self.certificate_id(*id)).collect(),
            stores: self.analysis.trust.names(path.stores).map(str::to_owned).collect(),
            end: match path.end {
                End::Anchor => "anchor",
                End::SelfSigned => "self-signed",
                End::MissingIssuer => "missing-issuer",
                End::Loop => "loop",
                End::Limit => "limit",
            },
            verdict: verdict.word(),
            findings: listed
                .chain(&everything)
                .map(|finding| PathFinding {
                    rule: finding.rule.word(),
                    certificate: self.certificate_id(finding.place.certificate()),
                    verdict: finding.verdict.word(),
                    facts: facts::facts(&self.analysis.pool, finding),
                })
                .collect(),
        }
    }

    /// Each certificate's once, with the paths of all targets.
    fn endpoints(&self, targets: &[Judgement]) -> Vec<Endpoint> {
        let mut out: Vec<Endpoint> = Vec::new();
        let mut places: HashMap<(CertificateId, crate::cert::Endpoint), usize> = HashMap::new();
        for target in targets {
            for EndpointOf { certificate, endpoint, reach, paths } in target.endpoints() {
                let of = self.certificate_id(target.target);
                let at = paths.into_iter().map(|listed| PathAt { target: of.clone(), listed });
                let place = *places.entry((certificate, endpoint.clone())).or_insert_with(|| {
                    out.push(self.endpoint(certificate, &endpoint, &reach));
                    out.len() - 1
                });
                if let Some(known) = out.get_mut(place) {
                    known.paths.extend(at);
                }
            }
        }
        out
    }

    fn endpoint(&self, certificate: CertificateId, endpoint: &crate::cert::Endpoint, reach: &Reach) -> Endpoint {
        let (why, ms, bytes, kept_since) = match reach {
            Reach::Reachable { ms, bytes } => (None, Some(*ms), Some(*bytes), None),
            Reach::Kept { fetched, bytes } => (None, None, Some(*bytes), Some(fetched.rfc3339())),
            Reach::Unreachable { ms, .. } => (why_words(reach), Some(*ms), None, None),
            Reach::NotTried { .. } => (why_words(reach), None, None, None),
        };
        let (certificate, kind, url) = (self.certificate_id(certificate), endpoint.kind.word(), endpoint.place());
        Endpoint { certificate, kind, url, state: reach.word(), why, ms, bytes, kept_since, paths: Vec::new() }
    }

    fn stopped(&self, targets: &[Judgement], notes: &Notes) -> Vec<Stopped> {
        let mut out = Vec::new();
        for target in targets {
            for spent in &target.spent {
                out.push(Stopped { limit: spent.limit.word(), value: spent.value, at: self.certificate_id(spent.at) });
            }
        }
        let budgets = notes.budgets.iter().filter(|budget| self.certificates.contains_key(&budget.at));
        out.extend(budgets.map(|budget| Stopped { limit: "checks-per-name", value: budget.limit, at: self.certificate_id(budget.at) }));
        out
    }
}
