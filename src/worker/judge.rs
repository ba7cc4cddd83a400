//! The targets of a report, judged on several threads, with the same outcome whatever their number.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

use crate::analysis::{Analysis, Budget, Judgement};

/// Targets that a thread takes at once: enough that taking costs nothing, few enough that all threads end together.
const AT_ONCE: usize = 64;

/// Every target judged within one budget, as `Judgement::all` does it.
pub fn judge_all(analysis: &Arc<Analysis>, threads: usize) -> Vec<Judgement> {
    let (budget, all) = (Budget::default(), analysis.targets.len());
    if threads < 2 || !Judgement::can_be_shared(analysis) {
        return Judgement::all(analysis, &budget);
    }
    let next = AtomicUsize::new(0);
    let at_once = AT_ONCE.min(all.div_ceil(threads));
    let work = || {
        let take = || {
            let from = next.fetch_add(at_once, Ordering::Relaxed);
            (from < all).then(|| from..from.saturating_add(at_once).min(all))
        };
        Judgement::share(analysis, &budget, &take)
    };
    let shares = std::thread::scope(|scope| {
        // Where the system refuses a thread, the others do its work.
        let others: Vec<_> = (1..threads).filter_map(|_| Builder::new().name("judge".to_owned()).spawn_scoped(scope, work).ok()).collect();
        let own = work();
        let others = others.into_iter().filter_map(|other| other.join().ok());
        std::iter::once(own).chain(others).collect()
    });
    Judgement::joined(analysis, &budget, shares).unwrap_or_else(|| Judgement::all(analysis, &budget))
}
