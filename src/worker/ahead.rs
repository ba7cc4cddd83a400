//! The signatures of a report, checked on several threads. In rounds the threads would wait for each other, so what the rounds will most
//! likely ask for is checked ahead of them; what is not asked for is forgotten, so that the outcome is that of the rounds.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::check::on_threads;
use crate::analysis::Analysis;
use crate::chain::{CarryOut, CertificateId, LinkId, MAX_CHECKS_PER_NAME, SignatureState, check_in_rounds};

/// Checks the signatures that the verdicts on the targets rest on; where no target was named, also those of every input, so that each link
/// in the report has a state. Where the checks for a name were used up on the targets, that is left out: checks beyond the limit would
/// let paths hold here that do not hold on the screen.
pub fn check_report(analysis: &mut Analysis, targets_are_named: bool, threads: usize) {
    let never = AtomicBool::new(false);
    let Analysis { pool, graph, .. } = &*analysis;
    let above = analysis.signed_above();
    let given: Vec<CertificateId> = if targets_are_named { Vec::new() } else { pool.ids().filter(|id| pool.entry(*id).given).collect() };
    let likely = graph.likely_links(pool, above.iter().chain(&given).copied());
    let ahead: HashMap<LinkId, SignatureState> = on_threads(&never, pool, graph, &likely, threads).into_iter().collect();
    let carry_out: &CarryOut<'_> = &|pool, graph, links| {
        let (known, open): (Vec<LinkId>, Vec<LinkId>) = links.iter().partition(|link| ahead.contains_key(link));
        let mut checked = on_threads(&never, pool, graph, &open, threads);
        checked.extend(known.into_iter().filter_map(|link| Some((link, *ahead.get(&link)?))));
        checked.sort_unstable_by_key(|(link, _)| *link);
        checked
    };
    let go_on = &mut |_: &[_]| ControlFlow::Continue(());
    let Analysis { pool, graph, .. } = analysis;
    check_in_rounds(pool, graph, &above, MAX_CHECKS_PER_NAME, carry_out, go_on);
    if !given.is_empty() && graph.cut_checks().is_empty() {
        check_in_rounds(pool, graph, &given, MAX_CHECKS_PER_NAME, carry_out, go_on);
    }
}
