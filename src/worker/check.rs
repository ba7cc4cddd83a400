//! The signatures above some targets, checked on several threads, with the same outcome whatever their number.
//!
//! The work goes up in layers: the targets, then every certificate of the entities that issued them, and so on. Within a layer it
//! goes in rounds: the likeliest issuer of every certificate, then the next candidate of those that have none yet that holds.
//! What a round checks depends on earlier rounds alone, so threads change nothing but the time.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::chain::{CertificateId, CheckBudget, EntityId, Graph, LinkId, Pool, SignatureState};

/// Candidates of one certificate that are checked even after one of them holds, so that namesakes which did not sign can be
/// shown as such. Beyond them the one that holds settles it: one key makes a signature.
pub const ALWAYS_CHECKED: usize = 8;
/// Checks for one issuer name beyond the first candidate of each certificate. Real names have a handful of keys; n hostile
/// namesakes without key identifiers would need n² checks. A check costs about 0.1 ms, so this is some two seconds.
pub const MAX_CHECKS_PER_NAME: usize = 20_000;

/// Is told what every round found, and may break off.
pub type EachRound<'a> = dyn FnMut(&[(LinkId, SignatureState)]) -> ControlFlow<()> + 'a;

/// Checks what the paths of `targets` could use, records it in `graph`, and tells `each` of every round.
pub fn check_links(
    pool: &Arc<Pool>,
    graph: &mut Graph,
    targets: &[CertificateId],
    threads: usize,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    check_within(pool, graph, targets, threads, MAX_CHECKS_PER_NAME, each)
}

fn check_within(
    pool: &Arc<Pool>,
    graph: &mut Graph,
    targets: &[CertificateId],
    threads: usize,
    budget: usize,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    let mut budgets = Budgets { limit: budget, spent: HashMap::new(), out: Vec::new() };
    let mut entered: HashSet<EntityId> = HashSet::new();
    let mut known: HashSet<CertificateId> = HashSet::new();
    let mut layer: Vec<CertificateId> = targets.iter().copied().filter(|target| known.insert(*target)).collect();
    while !layer.is_empty() {
        for round in 0.. {
            let Some(links) = budgets.round(pool, graph, &layer, round) else { break };
            if links.is_empty() {
                continue;
            }
            let checked = on_threads(pool, graph, &links, threads);
            for (link, state) in &checked {
                graph.record(*link, *state);
            }
            if each(&checked).is_break() {
                return budgets.out;
            }
        }
        let above: Vec<EntityId> = layer.iter().flat_map(|id| graph.steps(*id)).map(|link| link.entity).collect();
        let above = above.into_iter().filter(|entity| entered.insert(*entity));
        layer = above.flat_map(|entity| graph.entity(entity).certificates.clone()).filter(|id| known.insert(*id)).collect();
    }
    budgets.out
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
            let links = graph.links_of(*id);
            let Some(link) = links.get(round) else { continue };
            candidates_left = true;
            let settled = round >= ALWAYS_CHECKED && links.iter().any(|link| link.signature == SignatureState::Good);
            if settled || link.signature != SignatureState::Unchecked {
                continue;
            }
            let may_check = round == 0 || self.spend(pool, *id);
            let place = u32::try_from(round).ok().and_then(|round| graph.link_range(*id).start.checked_add(round));
            if let Some(place) = place.filter(|_| may_check) {
                out.push(LinkId(place));
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

/// The states of `links`, in their order.
fn on_threads(pool: &Pool, graph: &Graph, links: &[LinkId], threads: usize) -> Vec<(LinkId, SignatureState)> {
    let threads = threads.clamp(1, links.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::with_capacity(links.len() / threads + 1);
        while let Some(link) = links.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*link, graph.check(pool, *link)));
        }
        done
    };
    let mut checked = if threads == 1 {
        work()
    } else {
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut checked = work();
            // A thread that panicked leaves its links unchecked.
            checked.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
            checked
        })
    };
    checked.sort_unstable_by_key(|(link, _)| *link);
    checked
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use super::*;
    use crate::cert::{Certificate, Origin};

    /// `count` CAs that all bear one name, self-signed, without key identifiers; and one leaf of the last.
    fn namesakes(count: usize) -> (Arc<Pool>, Graph) {
        let mut pool = Pool::default();
        let mut last = None;
        for _ in 0..count {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::default();
            params.distinguished_name.push(DnType::CommonName, "Same");
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.key_identifier_method = rcgen::KeyIdMethod::PreSpecified(vec![1]);
            add(&mut pool, params.self_signed(&key).unwrap().der());
            last = Some((params, key));
        }
        let (params, key) = last.unwrap();
        let mut leaf = CertificateParams::new(vec!["leaf.test".to_owned()]).unwrap();
        leaf.distinguished_name.push(DnType::CommonName, "leaf.test");
        add(&mut pool, leaf.signed_by(&KeyPair::generate().unwrap(), &Issuer::from_params(&params, &key)).unwrap().der());
        let graph = Graph::new(&pool);
        (Arc::new(pool), graph)
    }

    fn add(pool: &mut Pool, der: &[u8]) {
        pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None });
    }

    fn go_on(_: &[(LinkId, SignatureState)]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let (pool, graph) = namesakes(20);
        let leaf = CertificateId(20);
        let run = |threads| {
            let mut graph = graph.clone();
            let budgets = check_within(&pool, &mut graph, &[leaf], threads, 150, &mut go_on);
            (budgets, graph.links().iter().map(|link| link.signature).collect::<Vec<_>>())
        };
        assert_eq!(run(1), run(4));
        assert_eq!(run(3), run(2));
    }

    #[test]
    fn one_that_holds_settles_it() {
        let (pool, mut graph) = namesakes(20);
        let leaf = CertificateId(20);
        let budgets = check_links(&pool, &mut graph, &[leaf], 2, &mut go_on);
        assert!(budgets.is_empty());
        let states: Vec<SignatureState> = graph.links_of(leaf).iter().map(|link| link.signature).collect();
        let good = states.iter().position(|state| *state == SignatureState::Good).unwrap();
        let checked = states.iter().filter(|state| **state != SignatureState::Unchecked).count();
        assert_eq!(checked, (good + 1).max(ALWAYS_CHECKED));
        assert_eq!(graph.steps(leaf).count(), 1);
    }

    #[test]
    fn a_name_with_too_many_keys_stops_at_its_budget_and_says_so() {
        let (pool, mut graph) = namesakes(20);
        let leaf = CertificateId(20);
        let mut checks = 0;
        let budgets = check_within(&pool, &mut graph, &[leaf], 2, 5, &mut |round| {
            checks += round.len();
            ControlFlow::Continue(())
        });
        assert_eq!(budgets.len(), 1);
        assert!(checks <= 21 + 5, "{checks}");
        assert!(graph.links().iter().any(|link| link.signature == SignatureState::Unchecked));
    }

    #[test]
    fn breaking_off_keeps_what_is_known() {
        let (pool, mut graph) = namesakes(3);
        check_links(&pool, &mut graph, &[CertificateId(3)], 1, &mut |_| ControlFlow::Break(()));
        assert_eq!(graph.links().iter().filter(|link| link.signature != SignatureState::Unchecked).count(), 1);
    }
}
