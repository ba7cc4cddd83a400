//! What is judged, and what a judgement rests on: which signatures have to be checked for it.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Reachability;
use super::budget::Budget;
use super::targets::{TargetError, targets};
use super::time_source::TimeSource;
use crate::chain::{CertificateId, CheckBudget, Graph, MAX_CHECKS_PER_NAME, Pool, Trust, check_in_rounds, check_in_turn};
use crate::check::{Evidence, Finding, Judge, Memory, Meter, Policy, Wants};
use crate::source::TimeStamp;

/// What is judged. Cheap to clone: its large parts are shared.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Every certificate once, with its origins.
    pub pool: Arc<Pool>,
    /// Who may have issued whom, and what is known of the signatures.
    pub graph: Graph,
    /// The chosen stores and their anchors.
    pub trust: Trust,
    /// Time, host, purpose and limits.
    pub policy: Policy,
    /// What tells of revocation.
    pub evidence: Arc<Evidence>,
    /// What says when something was signed.
    pub stamps: Arc<[TimeStamp]>,
    /// Where the judged time is from.
    pub time_source: TimeSource,
    /// What was found at the places that certificates name.
    pub reachability: Reachability,
    /// The certificates to explain, in the order of loading.
    pub targets: Vec<CertificateId>,
}

impl Analysis {
    /// Builds the graph and finds the targets: those that `which` names, else what a server sent first, else every given
    /// certificate that issued no other.
    pub fn new(pool: Pool, trust: Trust, policy: Policy, which: Option<&str>) -> Result<Self, TargetError> {
        let graph = Graph::new(&pool);
        let targets = targets(&pool, &graph, which)?;
        Ok(Self {
            pool: Arc::new(pool),
            graph,
            trust,
            policy,
            evidence: Arc::default(),
            stamps: Arc::default(),
            time_source: TimeSource::default(),
            reachability: Reachability::default(),
            targets,
        })
    }

    /// The certificates above which signatures decide what is said of the targets: the targets, who signed CRLs and responses, and who
    /// stamped the time of a signature.
    pub fn signed_above(&self) -> Vec<CertificateId> {
        let mut out = self.targets.clone();
        out.extend(self.evidence.signers());
        out.extend(self.stamps.iter().filter_map(|stamp| self.stamper(stamp)));
        out
    }

    /// Checks every signature that what is said of the targets rests on, one after another, and says for which names a limit was
    /// reached. Without it their links are `Unchecked`, and no path is more than unknown. `worker::check_links` does it on threads.
    pub fn check_signatures(&mut self) -> Vec<CheckBudget> {
        let above = self.signed_above();
        let go_on = &mut |_: &[_]| ControlFlow::Continue(());
        check_in_rounds(&self.pool, &mut self.graph, &above, MAX_CHECKS_PER_NAME, &check_in_turn, go_on)
    }

    /// What the certificate rules say of a certificate on its own.
    pub fn findings_of(&self, certificate: CertificateId, wants: Wants) -> Vec<Finding> {
        let (memory, meter) = (Memory::default(), Meter::new(Budget::first_look().allowance));
        self.judge_with(&memory, &meter).of_certificate(certificate, wants)
    }

    pub(super) fn judge_with<'a>(&'a self, memory: &'a Memory, meter: &'a Meter) -> Judge<'a> {
        Judge::new((&self.pool, &self.graph, &self.trust), &self.policy, &self.evidence, memory, meter)
    }
}
