//! The targets of an analysis judged by several workers at once, with the outcome of one that judges them in turn.
//!
//! What is said of a target depends on the others by the budget alone. So each worker meters what it spends; where all of them together
//! stay within the budget, so does one alone, who finds out nothing twice. Where they do not, one has to judge in turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::Analysis;
use super::budget::Budget;
use super::judgement::Judgement;
use crate::chain::CertificateId;
use crate::check::{Memory, Meter, Used, Work};

/// The targets of one analysis, taken by workers a few at a time and in their order.
#[derive(Debug)]
pub struct Sharing<'a> {
    analysis: &'a Arc<Analysis>,
    budget: &'a Budget,
    at_once: usize,
    /// So many of the targets, or all, were taken.
    taken: AtomicUsize,
    /// What the searches of all workers took, as `Paths::cost`.
    cost: AtomicUsize,
    /// Of some worker: what the others do is thrown away.
    has_run_out: AtomicBool,
}

/// What one worker judged, and what that took.
#[derive(Debug, Default)]
pub struct Share {
    parts: Vec<SharePart>,
    used: Used,
}

/// Neighbouring targets, from this place among all of them on.
#[derive(Debug)]
struct SharePart {
    from: usize,
    judged: Vec<JudgedTarget>,
}

#[derive(Debug)]
struct JudgedTarget {
    judgement: Judgement,
    /// As `Paths::cost`.
    cost: usize,
    /// What this worker's meter had cut by then.
    cut: Vec<(Work, usize)>,
}

impl<'a> Sharing<'a> {
    /// With nothing judged yet; a worker takes so many targets at once. `None` where one has to judge all of them: what is known of the
    /// signers of CRLs and responses grows from target to target.
    pub fn new(analysis: &'a Arc<Analysis>, budget: &'a Budget, at_once: usize) -> Option<Self> {
        let can_be_shared = analysis.targets.len() > 1 && analysis.evidence.is_empty();
        let (taken, cost, has_run_out) = Default::default();
        can_be_shared.then(|| Self { analysis, budget, at_once: at_once.max(1), taken, cost, has_run_out })
    }

    /// What each worker does: judges targets until there are no more, or all workers together spent the budget.
    pub fn work(&self) -> Share {
        let (memory, meter) = (Memory::default(), Meter::new(self.budget.allowance));
        let mut judge = self.analysis.judge_with(&memory, &meter);
        let is_void = || self.has_run_out.load(Ordering::Relaxed);
        let (mut left, mut parts) = (self.budget.cost, Vec::new());
        // Targets are taken in their order: once those that were taken cost the whole budget, no later one would be judged in turn.
        while self.cost.load(Ordering::Relaxed) < self.budget.cost
            && !is_void()
            && let Some((from, targets)) = self.take()
        {
            let mut judged = Vec::with_capacity(targets.len());
            for target in targets {
                if left == 0 || is_void() {
                    break;
                }
                let (judgement, cost) = Judgement::within(&is_void, self.analysis, &mut judge, *target, self.budget);
                left = left.saturating_sub(cost);
                self.cost.fetch_add(cost, Ordering::Relaxed);
                if meter.has_run_out() {
                    self.has_run_out.store(true, Ordering::Relaxed);
                }
                judged.push(JudgedTarget { judgement, cost, cut: meter.spent() });
            }
            parts.push(SharePart { from, judged });
        }
        Share { parts, used: meter.used() }
    }

    fn take(&self) -> Option<(usize, &'a [CertificateId])> {
        let from = self.taken.fetch_add(self.at_once, Ordering::Relaxed);
        let targets = self.analysis.targets.get(from..).filter(|targets| !targets.is_empty())?;
        Some((from, targets.get(..self.at_once).unwrap_or(targets)))
    }

    /// Every target in its order, as `Judgement::all` has them; `None` where the shares took more than the budget allows to all, or lack
    /// a target that it allows.
    pub fn join(self, shares: Vec<Share>) -> Option<Vec<Judgement>> {
        let Self { analysis, budget, has_run_out, .. } = self;
        let used = shares.iter().map(|share| share.used).reduce(Used::and)?;
        if has_run_out.into_inner() || !used.is_within(budget.allowance) {
            return None;
        }
        let mut parts: Vec<SharePart> = shares.into_iter().flat_map(|share| share.parts).collect();
        parts.sort_unstable_by_key(|part| part.from);
        let mut out = Vec::with_capacity(analysis.targets.len());
        let (mut left, mut known_spent) = (budget.cost, Vec::new());
        for part in parts.into_iter().filter(|part| !part.judged.is_empty()) {
            if left > 0 && part.from != out.len() {
                return None;
            }
            for JudgedTarget { mut judgement, cost, cut } in part.judged {
                if left == 0 {
                    break;
                }
                left = left.saturating_sub(cost);
                judgement.say_spent(cut, &mut known_spent);
                out.push(judgement);
            }
        }
        if left > 0 && out.len() < analysis.targets.len() {
            return None;
        }
        let others = analysis.targets.get(out.len()..).unwrap_or_default();
        out.extend(others.iter().map(|target| Judgement::left_over(analysis, *target, budget)));
        Some(out)
    }
}
