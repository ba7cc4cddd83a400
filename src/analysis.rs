//! Pool, stores and policy become all that any output reads: targets, their paths, verdicts and findings, in words.
//!
//! Nothing here is kept up to date by hand: change the trust, the policy or a signature's state and ask again. No signature is
//! checked here; the graph remembers their states, so that moving the time or a store costs none.

mod decisive;
mod growth;
mod labels;
mod reachability;
mod sent;
mod targets;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::cert::{Crl, OcspResponse, Time};
use crate::chain::{self, CertificateId, Count, EntityId, Graph, Limits, Link, Path, Pool, SignatureState, Stop, Trust};
use crate::check::{Evidence, Finding, Judge, Memory, PathVerdict, Policy, Sum};

pub use decisive::decisive;
pub use growth::More;
pub use labels::{Labels, twin_mark};
pub use reachability::{EndpointOf, Reachability, depending};
pub use sent::{Advice, Kind as AdviceKind, advice, full_chain};
pub use targets::TargetError;

/// `Paths::cost` of all targets of a report together, a bound on time: about ten seconds. Real ones cost some hundreds each.
const MAX_COST_TOGETHER: usize = 200_000_000;

#[derive(Debug, Clone)]
pub struct Analysis {
    pub pool: Arc<Pool>,
    pub graph: Graph,
    pub trust: Trust,
    pub policy: Policy,
    /// What tells of revocation.
    pub evidence: Arc<Evidence>,
    /// What was found at the places that certificates name.
    pub reachability: Reachability,
    /// The certificates to explain, in the order of loading.
    pub targets: Vec<CertificateId>,
}

/// One certificate explained.
#[derive(Debug, Clone)]
pub struct Target {
    pub certificate: CertificateId,
    pub verdict: PathVerdict,
    pub paths: Vec<JudgedPath>,
    /// Paths to anchors.
    pub count: Count,
    /// Paths that end self-signed in no store, or at a missing issuer.
    pub other: Count,
    pub stopped: Vec<Stop>,
    /// The entities on its paths; target first.
    pub entities: Vec<EntityId>,
}

#[derive(Debug, Clone)]
pub struct JudgedPath {
    pub path: Path,
    pub verdict: PathVerdict,
    /// Every finding passes or does not apply: who only wants the others need not ask for them.
    pub is_quiet: bool,
    /// What is said of it whatever the judged time.
    settled: Sum,
}

impl Target {
    /// Paths to anchors and the others together; where only loops are left, those that are listed.
    pub fn all_paths(&self) -> Count {
        let value = self.count.value.saturating_add(self.other.value);
        if value == 0 {
            return Count { value: self.paths.len() as u128, exact: true };
        }
        Count { value, exact: self.count.exact && self.other.exact }
    }
}

impl Analysis {
    /// Builds the graph and finds the targets: those that `which` names, else what a server sent first, else every given
    /// certificate that issued no other.
    pub fn new(pool: Pool, trust: Trust, policy: Policy, which: Option<&str>) -> Result<Self, TargetError> {
        let graph = Graph::new(&pool);
        let targets = targets::targets(&pool, &graph, which)?;
        Ok(Self { pool: Arc::new(pool), graph, trust, policy, evidence: Arc::default(), reachability: Reachability::default(), targets })
    }

    /// The same, with CRLs and OCSP responses, each with the place it was read at, escaped. Their signatures are checked here.
    pub fn with_evidence(mut self, crls: Vec<(Crl, String)>, responses: Vec<(OcspResponse, String)>) -> Self {
        self.evidence = Arc::new(Evidence::new(crls, responses, &self.pool, &self.graph));
        self
    }

    /// All targets, within one bound: a thousand hostile ones shall not take a thousand times as long as one. Those that are
    /// left over say that their search ended after no step.
    pub fn examine_all(&self) -> Vec<Target> {
        let mut left = MAX_COST_TOGETHER;
        let (judge, mut memory) = (self.judge(), Memory::default());
        let examined = self.targets.iter().map(|target| {
            if left == 0 {
                return self.unexamined(*target);
            }
            let (target, cost) = self.examine_with_cost(&judge, *target, &[], &mut memory, self.policy.limits);
            left = left.saturating_sub(cost);
            target
        });
        examined.collect()
    }

    fn unexamined(&self, certificate: CertificateId) -> Target {
        let none = Count { value: 0, exact: false };
        let (stopped, entities) = (vec![Stop::Steps(0)], vec![self.graph.entity_of(certificate)]);
        Target { certificate, verdict: PathVerdict::Incomplete, paths: Vec::new(), count: none, other: none, stopped, entities }
    }

    /// The paths of one certificate, judged.
    pub fn examine(&self, certificate: CertificateId) -> Target {
        self.examine_with_cost(&self.judge(), certificate, &[], &mut Memory::default(), self.policy.limits).0
    }

    /// At most so many paths: enough to look at while their signatures are still being checked. The others are counted.
    pub fn examine_some(&self, certificate: CertificateId, listed: usize) -> Target {
        let limits = Limits { listed: listed.min(self.policy.limits.listed), ..self.policy.limits };
        self.examine_with_cost(&self.judge(), certificate, &[], &mut Memory::default(), limits).0
    }

    /// `known` are paths that were judged by the same signatures and policy, whatever the time.
    fn examine_with_cost(
        &self,
        judge: &Judge<'_>,
        certificate: CertificateId,
        known: &[JudgedPath],
        memory: &mut Memory,
        limits: Limits,
    ) -> (Target, usize) {
        let found = chain::paths(&self.pool, &self.graph, &self.trust, certificate, limits);
        let known: HashMap<&Path, Sum> = known.iter().map(|judged| (&judged.path, judged.settled)).collect();
        let judged = |path: Path| {
            let settled = known.get(&path).copied().unwrap_or_else(|| judge.settled(&path, memory));
            let (verdict, is_quiet) = judge.sum(&path, settled, memory).verdict(path.end);
            JudgedPath { path, verdict, is_quiet, settled }
        };
        let paths: Vec<JudgedPath> = found.listed.into_iter().map(judged).collect();
        let verdict = best(&paths);
        let entities = self.entities_of(certificate, &paths);
        (Target { certificate, verdict, paths, count: found.count, other: found.other, stopped: found.stopped, entities }, found.cost)
    }

    /// New verdicts for targets that were examined when nothing but the judged time was another: no path is sought again.
    pub fn judge_again(&self, targets: &mut [Target]) {
        let judge = self.judge();
        let mut memory = Memory::default();
        for target in targets {
            for judged in &mut target.paths {
                (judged.verdict, judged.is_quiet) = judge.sum(&judged.path, judged.settled, &mut memory).verdict(judged.path.end);
            }
            target.verdict = best(&target.paths);
        }
    }

    /// The targets anew, when nothing but the stores and the judged time are others: what was said of a path that is still there
    /// is not asked again.
    pub fn examine_again(&self, targets: &[Target]) -> Vec<Target> {
        let (judge, mut memory) = (self.judge(), Memory::default());
        targets
            .iter()
            .map(|target| self.examine_with_cost(&judge, target.certificate, &target.paths, &mut memory, self.policy.limits).0)
            .collect()
    }

    /// Every finding on a path, passes included.
    pub fn findings(&self, path: &Path) -> Vec<Finding> {
        self.judge().findings(path)
    }

    /// What is to be said of a certificate on its own, passes included.
    pub fn certificate_findings(&self, certificate: CertificateId) -> Vec<Finding> {
        self.judge().certificate_findings(certificate)
    }

    fn judge(&self) -> Judge<'_> {
        Judge::new(&self.pool, &self.graph, &self.trust, &self.policy, &self.evidence)
    }

    fn entities_of(&self, certificate: CertificateId, paths: &[JudgedPath]) -> Vec<EntityId> {
        let mut entities = vec![self.graph.entity_of(certificate)];
        let mut seen: HashSet<EntityId> = entities.iter().copied().collect();
        for id in paths.iter().flat_map(|judged| &judged.path.certificates) {
            let entity = self.graph.entity_of(*id);
            if seen.insert(entity) {
                entities.push(entity);
            }
        }
        entities
    }

    /// Links of a target's paths whose name matches and whose signature does not verify, where no listed path goes that way:
    /// another candidate holds. That the own key of a self-issued certificate did not sign it is no failure.
    pub fn failed_links(&self, target: &Target) -> Vec<&Link> {
        let mut walked: HashSet<(CertificateId, EntityId)> = HashSet::new();
        let mut certificates = Vec::new();
        let mut seen: HashSet<CertificateId> = HashSet::new();
        for path in target.paths.iter().map(|judged| &judged.path.certificates) {
            walked.extend(path.windows(2).filter_map(|pair| Some((*pair.first()?, self.graph.entity_of(*pair.last()?)))));
            certificates.extend(path.iter().filter(|id| seen.insert(**id)));
        }
        let links = certificates.into_iter().flat_map(|id| self.graph.links_of(id));
        let is_other = |link: &&Link| link.entity != self.graph.entity_of(link.certificate);
        let failed = links.filter(is_other).filter(|link| link.signature == SignatureState::Bad);
        failed.filter(|link| !walked.contains(&(link.certificate, link.entity))).collect()
    }

    /// Whether some signature above a certificate has not been checked, so that its verdicts may still change.
    pub fn has_unchecked(&self, target: &Target) -> bool {
        let certificates = target.paths.iter().flat_map(|judged| &judged.path.certificates);
        let signers = self.evidence.signers();
        let certificates = certificates.chain(&signers);
        let mut links = certificates.filter(|id| self.graph.known_signer(**id).is_none()).flat_map(|id| self.graph.links_of(*id));
        links.any(|link| link.signature == SignatureState::Unchecked)
    }

    /// The next time, later or earlier than the judged one, at which some certificate of the target's paths begins or ends
    /// to be valid, or what tells of its revocation to count: a second past a notAfter, since the last second still counts (RFC 5280
    /// 4.1.2.5).
    pub fn next_boundary(&self, target: &Target, later: bool) -> Option<Time> {
        let certificates = target.paths.iter().flat_map(|judged| &judged.path.certificates);
        let boundaries = certificates.flat_map(|id| {
            let certificate = self.pool.certificate(*id);
            let evidence = self.evidence.boundaries(certificate);
            [certificate.not_before, certificate.not_after.plus(1)].into_iter().chain(evidence)
        });
        if later { boundaries.filter(|time| *time > self.policy.at).min() } else { boundaries.filter(|time| *time < self.policy.at).max() }
    }
}

/// A target is as good as its best path.
fn best(paths: &[JudgedPath]) -> PathVerdict {
    paths.iter().map(|judged| judged.verdict).min().unwrap_or(PathVerdict::Incomplete)
}
