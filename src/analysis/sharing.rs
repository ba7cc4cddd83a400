//! The targets of an analysis judged by several workers at once, with the outcome of one that judges them in turn.
//!
//! What is said of a target depends on the others by the budget alone. So each worker meters what it spends; where all of them together
//! stay within the budget, so does one alone, who finds out nothing twice. Where they do not, one has to judge in turn.

use std::ops::Range;
use std::sync::Arc;

use super::Analysis;
use super::budget::Budget;
use super::judgement::Judgement;
use crate::check::{Memory, Meter, Used};

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
    /// Each with `Paths::cost`.
    judged: Vec<(Judgement, usize)>,
}

impl Judgement {
    /// Whether targets of this analysis may be judged by several workers. What is known of the signers of CRLs and responses grows from
    /// target to target, so there one judges them all.
    pub fn can_be_shared(analysis: &Analysis) -> bool {
        analysis.targets.len() > 1 && analysis.evidence.is_empty()
    }

    /// Judges the targets at the places that `next` gives, ever later ones, until it gives none or the budget is spent.
    pub fn share(analysis: &Arc<Analysis>, budget: &Budget, next: &dyn Fn() -> Option<Range<usize>>) -> Share {
        let (memory, meter) = (Memory::default(), Meter::new(budget.allowance));
        let mut judge = analysis.judge_with(&memory, &meter);
        let (mut left, mut parts) = (budget.cost, Vec::new());
        while left > 0
            && meter.spent().is_empty()
            && let Some(places) = next()
        {
            let mut judged = Vec::with_capacity(places.len());
            for target in analysis.targets.get(places.clone()).unwrap_or_default() {
                if left == 0 {
                    break;
                }
                let (judgement, cost) = Self::within(&|| false, analysis, &mut judge, *target, budget);
                left = left.saturating_sub(cost);
                judged.push((judgement, cost));
            }
            parts.push(SharePart { from: places.start, judged });
        }
        Share { parts, used: meter.used() }
    }

    /// Every target in its order, as `all` has them; `None` where the shares took more than the budget allows to all, or lack a target
    /// that it allows.
    pub fn joined(analysis: &Arc<Analysis>, budget: &Budget, shares: Vec<Share>) -> Option<Vec<Self>> {
        let used = shares.iter().map(|share| share.used).reduce(Used::and)?;
        if !used.is_within(budget.allowance) {
            return None;
        }
        let mut parts: Vec<SharePart> = shares.into_iter().flat_map(|share| share.parts).collect();
        parts.sort_unstable_by_key(|part| part.from);
        let mut out = Vec::with_capacity(analysis.targets.len());
        let mut left = budget.cost;
        for part in parts.into_iter().filter(|part| !part.judged.is_empty()) {
            if left > 0 && part.from != out.len() {
                return None;
            }
            for (judgement, cost) in part.judged {
                if left == 0 {
                    break;
                }
                left = left.saturating_sub(cost);
                out.push(judgement);
            }
        }
        if left > 0 && out.len() < analysis.targets.len() {
            return None;
        }
        let others = analysis.targets.get(out.len()..).unwrap_or_default();
        out.extend(others.iter().map(|target| Self::left_over(analysis, *target, budget)));
        Some(out)
    }
}
