//! What is said of each certificate, entity, link and target, in the shape of `schema`.

use serde_json::Value as Json;

use super::certificate_findings::CertificateFindings;
use super::ids::Ids;
use super::schema::{self, Certificate, Counts, Endpoint, Entity, Explained, Facts, Link, Path, PathAt, Sent, Stopped};
use crate::analysis::{Advice, Analysis, EndpointOf, JudgedPath, Judgement, Stamped, advice};
use crate::cert::hex;
use crate::chain::{CertificateId, Count, End, EntityId, Pool, SignatureState};
use crate::check::{Finding, PathVerdict, Value, Verdict, Wants};
use crate::report::ReportOptions;
use crate::report::listing::Listing;
use crate::source::Reach;
use crate::words::{advice_words, fact_words, finding_words, why_words};

#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub analysis: &'a Analysis,
    pub listing: Listing,
    options: ReportOptions,
    ids: Ids,
    findings: CertificateFindings,
}

impl<'a> Writer<'a> {
    pub fn new(analysis: &'a Analysis, listing: Listing, targets: &[Judgement], options: ReportOptions) -> Self {
        let ids = Ids::new(&listing.certificates, &listing.entities);
        Self { analysis, listing, options, ids, findings: CertificateFindings::new(targets) }
    }

    pub fn certificate(&self, id: CertificateId) -> Certificate {
        let entry = self.analysis.pool.entry(id);
        let certificate = &entry.certificate;
        let (worst, findings): (Verdict, Vec<schema::Finding>) = match self.findings.worst(id) {
            Some(worst) => (worst, self.findings.of(id).map(|finding| self.finding(finding)).collect()),
            None => {
                let wants = if self.options.all_findings { Wants::Everything } else { Wants::Objections };
                let alone = self.analysis.findings_of(id, wants);
                let worst = alone.iter().map(|finding| finding.verdict).min().unwrap_or(Verdict::Pass);
                (worst, alone.iter().map(|finding| self.finding(finding)).collect())
            }
        };
        Certificate {
            id: self.ids.certificate(id),
            sha256: certificate.sha256.to_string(),
            subject: certificate.subject.to_string(),
            issuer: certificate.issuer.to_string(),
            serial: hex(certificate.bytes(certificate.serial)),
            not_before: certificate.not_before.map(crate::cert::Time::rfc3339),
            not_after: certificate.not_after.map(crate::cert::Time::rfc3339),
            entity: self.ids.entity(self.analysis.graph.entity_of(id)),
            origins: entry.origins.iter().map(ToString::to_string).collect(),
            verdict: worst.min(Verdict::Pass).word(),
            findings: findings.into_iter().map(|finding| schema::Finding { certificate: None, ..finding }).collect(),
        }
    }

    fn finding(&self, finding: &Finding) -> schema::Finding {
        schema::Finding {
            rule: finding.rule.word(),
            certificate: Some(self.ids.certificate(finding.blamed())),
            verdict: finding.verdict.word(),
            facts: facts(&self.analysis.pool, finding),
            sentence: finding_words(self.analysis, &self.listing.labels, finding),
            citation: finding.rule.rule().citation,
        }
    }

    pub fn entity(&self, id: EntityId) -> Entity {
        let entity = self.analysis.graph.entity(id);
        Entity {
            id: self.ids.entity(id),
            label: self.listing.labels.entity(&self.analysis.graph, id),
            name: entity.name.to_string(),
            spki_sha256: entity.spki_sha256.to_string(),
            certificates: entity.certificates.iter().copied().filter(|id| self.ids.has(*id)).map(|id| self.ids.certificate(id)).collect(),
        }
    }

    pub fn link(&self, link: crate::chain::Link) -> Link {
        let signature = match link.signature {
            SignatureState::Good => "good",
            SignatureState::Bad => "bad",
            SignatureState::Unsupported(_) => "unsupported",
            SignatureState::Unchecked => "unchecked",
        };
        Link { certificate: self.ids.certificate(link.certificate), entity: self.ids.entity(link.entity), signature }
    }

    /// Without its paths, and what its server can do better.
    pub fn target(&self, target: &Judgement) -> Explained {
        let Count { value, exact } = target.count;
        Explained {
            certificate: self.ids.certificate(target.target),
            verdict: target.verdict.word(),
            time_stamps: target.stamped().iter().map(time_stamp).collect(),
            paths: Counts { count: value.to_string(), exact, other: target.other.value.to_string(), listed: target.paths.len() },
        }
    }

    /// What its server can do better; `None` where no server sent it first.
    pub fn sent(&self, target: &Judgement) -> Option<Vec<Sent>> {
        advice(target).map(|all| all.iter().map(|advice| self.advice(advice)).collect())
    }

    /// Those of a certificate to what is listed, the failed ones too. Nothing is known of one that nobody checked, of a certificate that
    /// no path goes through, and where a thousand keys share a name there are a million of them.
    pub fn links_of(&self, id: CertificateId) -> impl Iterator<Item = crate::chain::Link> {
        let tells_all = self.options.all_findings || self.findings.worst(id).is_some();
        self.all_links_of(id).filter(move |link| tells_all || link.signature != SignatureState::Unchecked)
    }

    fn all_links_of(&self, id: CertificateId) -> impl Iterator<Item = crate::chain::Link> {
        self.analysis.graph.links_of(id).filter(|link| self.ids.has_entity(link.entity))
    }

    /// How many links are left out.
    pub fn unlisted_links(&self) -> usize {
        let left_out = |id: &CertificateId| self.all_links_of(*id).count() - self.links_of(*id).count();
        self.listing.certificates.iter().map(left_out).sum()
    }

    fn advice(&self, advice: &Advice) -> Sent {
        let (said, remedy) = advice_words(self.analysis, &self.listing.labels, advice);
        Sent {
            kind: advice.kind.word(),
            certificate: self.ids.certificate(advice.certificate),
            position: advice.position,
            said,
            remedy,
            citation: advice.kind.citation(),
        }
    }

    pub fn path(&self, target: &Judgement, place: usize, JudgedPath { path, verdict, findings, .. }: &JudgedPath) -> Path<'_> {
        let findings = if self.options.all_findings {
            target.explain(place).iter().map(|finding| self.finding(finding)).collect()
        } else {
            findings.iter().filter(|finding| !self.findings.has(finding)).map(|finding| self.finding(finding)).collect()
        };
        // Where one end is not known, that of the path is not.
        let ends: Option<Vec<_>> = path.certificates.iter().map(|id| self.analysis.pool.certificate(*id).not_after).collect();
        Path {
            certificates: path.certificates.iter().map(|id| self.ids.certificate(*id)).collect(),
            stores: self.analysis.trust.names(path.stores).collect(),
            end: match path.end {
                End::Anchor => "anchor",
                End::SelfSigned => "self-signed",
                End::MissingIssuer => "missing-issuer",
                End::Loop => "loop",
                End::Limit => "limit",
            },
            verdict: verdict.word(),
            not_after: ends.and_then(|ends| ends.into_iter().min()).map(crate::cert::Time::rfc3339),
            findings,
        }
    }

    /// Each certificate's once, with the paths of all targets.
    pub fn endpoints(&self, targets: &[Judgement]) -> Vec<Endpoint> {
        let mut out: Vec<Endpoint> = Vec::new();
        let mut places: std::collections::HashMap<(CertificateId, crate::cert::Endpoint), usize> = std::collections::HashMap::new();
        for target in targets {
            for EndpointOf { certificate, endpoint, reach, paths } in target.endpoints() {
                let of = self.ids.certificate(target.target);
                let at = paths.into_iter().map(|listed| PathAt { target: of, listed });
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
        let (certificate, kind, url) = (self.ids.certificate(certificate), endpoint.kind.word(), endpoint.place());
        Endpoint { certificate, kind, url, state: reach.word(), why, ms, bytes, kept_since, paths: Vec::new() }
    }

    pub fn stopped(&self, targets: &[Judgement]) -> Vec<Stopped> {
        let mut out = Vec::new();
        for target in targets {
            for spent in &target.spent {
                out.push(Stopped { limit: spent.limit.word(), value: spent.value, at: self.ids.certificate(spent.at) });
            }
        }
        out
    }
}

/// The facts of a finding: times in RFC 3339, numbers as numbers, certificates by their SHA-256. One that stands more than once becomes
/// an array.
fn facts(pool: &Pool, finding: &Finding) -> Facts {
    let mut out = Facts::new();
    for fact in &finding.facts {
        let value = fact_value(pool, &fact.value);
        match out.get_mut(fact.name.word()) {
            None => {
                out.insert(fact.name.word().to_owned(), value);
            }
            Some(Json::Array(values)) => values.push(value),
            Some(first) => *first = Json::Array(vec![first.take(), value]),
        }
    }
    out
}

fn fact_value(pool: &Pool, value: &Value) -> Json {
    match value {
        Value::Time(time) => Json::from(time.rfc3339()),
        Value::Number(number) => Json::from(*number),
        Value::Flag(flag) => Json::from(*flag),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Word(word) => Json::from(*word),
        Value::Term(term) => Json::from(term.word()),
        Value::Unusable(_) | Value::KeyWeakness(_) | Value::Misread(_) | Value::Timestamp(_) => Json::from(fact_words(value)),
        Value::Certificate(id) => Json::from(pool.certificate(*id).sha256.to_string()),
    }
}

fn time_stamp(stamped: &Stamped<'_>) -> schema::TimeStamp {
    let stamp = stamped.stamp;
    schema::TimeStamp {
        time: stamp.time.rfc3339(),
        place: stamp.place.clone(),
        authority: stamp.authority.map(|sha256| sha256.to_string()),
        is_alone: stamp.signer.is_none(),
        fault: stamp.fault.map(|fault| fault.to_string()),
        verdict: stamped.then.map(PathVerdict::word),
        authority_verdict: stamped.of_authority.map(PathVerdict::word),
    }
}
