//! Which signatures above some targets are to be checked, and in which order? Whoever asks carries the checks out.
//!
//! The work goes up in layers: the targets, then every certificate of the entities that issued them, and so on. Within a layer it
//! goes in rounds: the likeliest issuer of every certificate, then the next candidate of those that have none yet that holds.
//! What a round checks depends on earlier rounds alone, so it matters to nothing but the time how a round is carried out.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{CertificateId, CheckBudget, EntityId, Graph, LinkId, Pool, SignatureState};

/// Candidates of one certificate that are checked even after one of them holds, so that namesakes which did not sign can be
/// shown as such. Beyond them the one that holds settles it: one key makes a signature.
pub const ALWAYS_CHECKED: usize = 8;
/// Checks for one issuer name beyond the first candidate of each certificate. Real names have a handful of keys; n hostile
/// namesakes without key identifiers would need n² checks. A check costs about 0.1 ms, so this is some two seconds.
pub const MAX_CHECKS_PER_NAME: usize = 20_000;

/// Is told what every round found, and may break off.
pub type EachRound<'a> = dyn FnMut(&[(LinkId, SignatureState)]) -> ControlFlow<()> + 'a;
/// Carries the checks of a round out, as `check_in_turn` does one after another; what is missing in its answer stays unchecked.
pub type CarryOut<'a> = dyn Fn(&Pool, &Graph, &[LinkId]) -> Vec<(LinkId, SignatureState)> + 'a;

/// Checks what the paths of `targets` could use, at most `limit` times for one issuer name beyond the first candidates; records it
/// in `graph`, and tells `each` of every round. Says for which names the limit was reached.
pub fn check_in_rounds(
    pool: &Pool,
    graph: &mut Graph,
    targets: &[CertificateId],
    limit: usize,
    carry_out: &CarryOut<'_>,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    let mut budgets = Budgets { limit, spent: HashMap::new(), out: Vec::new() };
    let mut entered: HashSet<EntityId> = HashSet::new();
    let mut known: HashSet<CertificateId> = HashSet::new();
    let mut layer: Vec<CertificateId> = targets.iter().copied().filter(|target| known.insert(*target)).collect();
    while !layer.is_empty() {
        for round in 0.. {
            let Some(links) = budgets.round(pool, graph, &layer, round) else { break };
            if links.is_empty() {
                continue;
            }
            let checked = carry_out(pool, graph, &links);
            for (link, state) in &checked {
                graph.record(*link, *state);
            }
            if each(&checked).is_break() {
                graph.note_cut_checks(&budgets.out);
                return budgets.out;
            }
        }
        let above: Vec<EntityId> = layer.iter().flat_map(|id| graph.steps(*id)).map(|link| link.entity).collect();
        let above = above.into_iter().filter(|entity| entered.insert(*entity));
        layer = above.flat_map(|entity| graph.entity(entity).certificates.clone()).filter(|id| known.insert(*id)).collect();
    }
    graph.note_cut_checks(&budgets.out);
    budgets.out
}

/// The states of `links`, one after another.
pub fn check_in_turn(pool: &Pool, graph: &Graph, links: &[LinkId]) -> Vec<(LinkId, SignatureState)> {
    links.iter().map(|link| (*link, graph.check(pool, *link))).collect()
}

struct Budgets {
    limit: usize,
    /// By canonical issuer name.
    spent: HashMap<Arc<[u8]>, usize>,
    out: Vec<CheckBudget>,
}

impl Budgets {
    /// The links to check in this round; `None` when no certificate of the layer has that many candidates.
    fn round(&mut self, pool: &Pool, graph: &Graph, layer: &[CertificateId], round: usize) -> Option<Vec<LinkId>> {
        let mut candidates_left = false;
        let mut out = Vec::new();
        for id in layer {
            let Some(link) = graph.link_at(*id, round) else { continue };
            candidates_left = true;
            // What was found out in later rounds settles nothing here, and known answers count as checks: so a second run asks
            // for the same links as the first, and finds them all known.
            let settled = round >= ALWAYS_CHECKED && graph.place_of_signer(*id).is_some_and(|place| place < round);
            let may_check = !settled && (round == 0 || self.spend(pool, *id));
            if may_check && graph.link(link).is_some_and(|link| link.signature == SignatureState::Unchecked) {
                out.push(link);
            }
        }
        candidates_left.then_some(out)
    }

    fn spend(&mut self, pool: &Pool, id: CertificateId) -> bool {
        let spent = self.spent.entry(Arc::clone(pool.certificate(id).issuer.canonical())).or_default();
        *spent = spent.saturating_add(1);
        if *spent == self.limit.saturating_add(1) {
            self.out.push(CheckBudget { limit: self.limit, at: id });
        }
        *spent <= self.limit
    }
}
