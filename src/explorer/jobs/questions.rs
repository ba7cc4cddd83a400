//! What is asked of the worker about a target, with all that it takes to answer.

use std::sync::Arc;

use crate::analysis::{Analysis, Budget, Judgement};
use crate::chain::CertificateId;

/// A target to be judged.
#[derive(Debug, Clone)]
pub struct ToJudge {
    /// The number of the request, and of the judgement that answers it.
    pub generation: u64,
    pub analysis: Arc<Analysis>,
    pub target: CertificateId,
    pub budget: Budget,
    /// What was known of the target before: what still holds of that is not found out again.
    pub before: Arc<Judgement>,
}

impl ToJudge {
    /// Takes as long as the budget allows, unless it is cancelled: `is_cancelled` is asked before each path.
    pub fn judge(self, is_cancelled: &dyn Fn() -> bool) -> Option<Judgement> {
        // What a smaller budget left open would stay open.
        let is_known = self.before.target == self.target && self.before.spent.is_empty();
        let mut judgement = if is_known {
            self.before.again_until(is_cancelled, self.analysis, &self.budget)
        } else {
            Judgement::new_until(is_cancelled, self.analysis, self.target, &self.budget)
        };
        judgement.generation = self.generation;
        (!is_cancelled()).then_some(judgement)
    }
}
