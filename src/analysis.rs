//! Pool, stores and policy become all that any output reads: targets, their paths, verdicts and findings, in words.
//!
//! Nothing here is kept up to date by hand: change the trust, the policy or a signature's state and ask again. No signature is
//! checked here; the graph remembers their states, so that moving the time or a store costs none.

mod labels;
mod targets;
mod words;

use std::sync::Arc;

use crate::cert::Time;
use crate::chain::{self, CertificateId, Count, EntityId, Graph, LinkId, Path, Pool, SignatureState, Stop, Trust};
use crate::check::{Finding, Judge, Memory, PathVerdict, Policy};

pub use labels::Labels;
pub use targets::TargetError;
pub use words::{count_words, end_words, finding_words, stop_words, verdict_sentence};

#[derive(Debug, Clone)]
pub struct Analysis {
    pub pool: Arc<Pool>,
    pub graph: Graph,
    pub trust: Trust,
    pub policy: Policy,
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
    /// The entities on its paths, and the failed candidates beside them; target first.
    pub entities: Vec<EntityId>,
}

#[derive(Debug, Clone)]
pub struct JudgedPath {
    pub path: Path,
    pub verdict: PathVerdict,
}

impl Analysis {
    /// Builds the graph and finds the targets: those that `which` names, else what a server sent first, else every given
    /// certificate that issued no other.
    pub fn new(pool: Pool, trust: Trust, policy: Policy, which: Option<&str>) -> Result<Self, TargetError> {
        let graph = Graph::new(&pool);
        let targets = targets::targets(&pool, &graph, which)?;
        Ok(Self { pool: Arc::new(pool), graph, trust, policy, targets })
    }

    /// The paths of one certificate, judged.
    pub fn examine(&self, certificate: CertificateId) -> Target {
        let found = chain::paths(&self.pool, &self.graph, &self.trust, certificate, self.policy.limits);
        let judge = self.judge();
        let mut memory = Memory::default();
        let paths: Vec<JudgedPath> =
            found.listed.into_iter().map(|path| JudgedPath { verdict: judge.verdict(&path, &mut memory), path }).collect();
        let verdict = paths.iter().map(|judged| judged.verdict).min().unwrap_or(PathVerdict::Incomplete);
        let entities = self.entities_of(certificate, &paths);
        Target { certificate, verdict, paths, count: found.count, other: found.other, stopped: found.stopped, entities }
    }

    /// Every finding on a path, passes included.
    pub fn findings(&self, path: &Path) -> Vec<Finding> {
        self.judge().findings(path)
    }

    fn judge(&self) -> Judge<'_> {
        Judge { pool: &self.pool, graph: &self.graph, trust: &self.trust, policy: &self.policy }
    }

    fn entities_of(&self, certificate: CertificateId, paths: &[JudgedPath]) -> Vec<EntityId> {
        let mut entities = vec![self.graph.entity_of(certificate)];
        let mut seen: std::collections::HashSet<EntityId> = entities.iter().copied().collect();
        for id in paths.iter().flat_map(|judged| &judged.path.certificates) {
            let entity = self.graph.entity_of(*id);
            if seen.insert(entity) {
                entities.push(entity);
            }
        }
        entities
    }

    /// The links that a target's paths could use and that are not checked yet, nearest to the target first.
    pub fn unchecked_links(&self, target: CertificateId) -> Vec<LinkId> {
        let mut out = Vec::new();
        let mut seen = std::collections::HashSet::from([self.graph.entity_of(target)]);
        let mut open = std::collections::VecDeque::from([target]);
        while let Some(certificate) = open.pop_front() {
            for (id, link) in self.graph.link_range(certificate).map(LinkId).zip(self.graph.links_of(certificate)) {
                if link.signature == SignatureState::Unchecked && !self.graph.is_proven(certificate) {
                    out.push(id);
                }
                if link.signature != SignatureState::Bad && seen.insert(link.entity) {
                    open.extend(&self.graph.entity(link.entity).certificates);
                }
            }
        }
        out
    }

    /// The next time, later or earlier than the judged one, at which some certificate of the target's paths begins or ends
    /// to be valid: a second past a notAfter, since the last second still counts (RFC 5280 4.1.2.5).
    pub fn next_boundary(&self, target: &Target, later: bool) -> Option<Time> {
        let certificates = target.paths.iter().flat_map(|judged| &judged.path.certificates);
        let boundaries = certificates.flat_map(|id| {
            let certificate = self.pool.certificate(*id);
            [certificate.not_before, certificate.not_after.plus(1)]
        });
        if later { boundaries.filter(|time| *time > self.policy.at).min() } else { boundaries.filter(|time| *time < self.policy.at).max() }
    }
}
