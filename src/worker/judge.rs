//! The targets of a report, judged on several threads, with the same outcome whatever their number.

use std::sync::Arc;
use std::thread::Builder;

use crate::analysis::{Analysis, Budget, Judgement, Sharing};

/// Targets that a thread takes at once: enough that taking costs nothing, few enough that all threads end together.
const AT_ONCE: usize = 64;

/// Every target judged within the budget of a report.
pub fn judge_all(analysis: &Arc<Analysis>, threads: usize) -> Vec<Judgement> {
    judge_within(&Budget::default(), analysis, threads)
}

/// Every target judged within one budget, as `Judgement::all` does it.
pub fn judge_within(budget: &Budget, analysis: &Arc<Analysis>, threads: usize) -> Vec<Judgement> {
    let at_once = AT_ONCE.min(analysis.targets.len().div_ceil(threads.max(1)));
    let Some(sharing) = Sharing::new(analysis, budget, at_once).filter(|_| threads > 1) else {
        return Judgement::all(analysis, budget);
    };
    let work = || sharing.work();
    let shares = std::thread::scope(|scope| {
        // Where the system refuses a thread, the others do its work.
        let others: Vec<_> = (1..threads).filter_map(|_| Builder::new().name("judge".to_owned()).spawn_scoped(scope, work).ok()).collect();
        let own = work();
        let others = others.into_iter().filter_map(|other| other.join().ok());
        std::iter::once(own).chain(others).collect()
    });
    sharing.join(shares).unwrap_or_else(|| Judgement::all(analysis, budget))
}
