//! Pool, stores and policy become all that any output reads: targets, their paths, verdicts and findings.
//!
//! An `Analysis` is what is judged, a `Judgement` what came of it. Nothing here is kept up to date by hand: change the trust, the policy
//! or a signature's state and judge again. No signature of a certificate is checked here; the graph remembers their states, so that
//! moving the time or a store costs none.

mod budget;
mod growth;
mod judgement;
mod reachability;
mod sent;
mod stores;
mod targets;

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::cert::{Crl, OcspResponse};
use crate::chain::{CertificateId, CheckBudget, Graph, MAX_CHECKS_PER_NAME, Pool, Trust, check_in_rounds, check_in_turn};
use crate::check::{Evidence, Finding, Judge, Memory, Meter, Policy, Wants};

pub use budget::{Budget, Limit, Spent};
pub use growth::More;
pub use judgement::{Failure, JudgedPath, Judgement, Mark};
pub use reachability::{EndpointOf, Reachability, depending};
pub use sent::{Advice, AdviceKind, advice, full_chain};
pub use stores::{TrustError, trust_stores};
pub use targets::TargetError;

/// What is judged. Cheap to clone: its large parts are shared.
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

impl Analysis {
    /// Builds the graph and finds the targets: those that `which` names, else what a server sent first, else every given
    /// certificate that issued no other.
    pub fn new(pool: Pool, trust: Trust, policy: Policy, which: Option<&str>) -> Result<Self, TargetError> {
        let graph = Graph::new(&pool);
        let targets = targets::targets(&pool, &graph, which)?;
        Ok(Self { pool: Arc::new(pool), graph, trust, policy, evidence: Arc::default(), reachability: Reachability::default(), targets })
    }

    /// The same, with CRLs and OCSP responses, each with the place it was read at, escaped. Their signatures are checked here, against
    /// the certificates that came along with them too.
    pub fn with_evidence(mut self, crls: Vec<(Crl, String)>, responses: Vec<(OcspResponse, String)>) -> Self {
        self.grow(More { crls, responses, ..More::default() });
        self
    }

    /// The certificates above which signatures decide what is said of the targets: the targets, and who signed CRLs and responses.
    pub fn signed_above(&self) -> Vec<CertificateId> {
        let mut out = self.targets.clone();
        out.extend(self.evidence.signers());
        out
    }

    /// Checks every signature that what is said of the targets rests on, one after another, and says for which names a limit was
    /// reached. Without it their links are `Unchecked`, and no path is more than unknown. `worker::check_links` does it on threads.
    pub fn check_signatures(&mut self) -> Vec<CheckBudget> {
        let above = self.signed_above();
        let go_on = &mut |_: &[_]| ControlFlow::Continue(());
        check_in_rounds(&self.pool, &mut self.graph, &above, MAX_CHECKS_PER_NAME, &check_in_turn, go_on)
    }

    /// One certificate judged.
    pub fn judge(&self, target: CertificateId) -> Judgement {
        Judgement::new(Arc::new(self.clone()), target, &Budget::default())
    }

    /// Every target judged.
    pub fn judge_all(&self) -> Vec<Judgement> {
        Judgement::all(&Arc::new(self.clone()), &Budget::default())
    }

    /// What the certificate rules say of a certificate on its own.
    pub fn findings_of(&self, certificate: CertificateId, wants: Wants) -> Vec<Finding> {
        let (memory, meter) = (Memory::default(), Meter::new(Budget::first_look().allowance));
        self.judge_with(&memory, &meter).of_certificate(certificate, wants)
    }

    fn judge_with<'a>(&'a self, memory: &'a Memory, meter: &'a Meter) -> Judge<'a> {
        Judge::new((&self.pool, &self.graph, &self.trust), &self.policy, &self.evidence, memory, meter)
    }
}
