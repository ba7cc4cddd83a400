//! The signatures above some targets, checked on several threads, with the same outcome whatever their number.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{Builder, available_parallelism};
use std::time::{Duration, Instant};

use crate::chain::{
    CarryOut, CertificateId, CheckBudget, EachRound, Graph, LinkId, MAX_CHECKS_PER_NAME, Pool, SignatureState, check_in_rounds,
};
use crate::explorer::Message;

/// How long answers are gathered before they are told: each telling has every path judged anew.
const GATHERED: Duration = Duration::from_millis(100);

/// Checks what the paths of `targets` could use, records it in `graph`, and tells `each` of every round.
pub fn check_links(
    pool: &Arc<Pool>,
    graph: &mut Graph,
    targets: &[CertificateId],
    threads: usize,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    check_within(MAX_CHECKS_PER_NAME, &AtomicBool::new(false), pool, graph, targets, threads, each)
}

/// The same, given up in the midst of a round when it is cancelled.
pub(super) fn check_until(
    cancelled: &AtomicBool,
    pool: &Pool,
    graph: &mut Graph,
    targets: &[CertificateId],
    threads: usize,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    check_within(MAX_CHECKS_PER_NAME, cancelled, pool, graph, targets, threads, each)
}

fn check_within(
    limit: usize,
    cancelled: &AtomicBool,
    pool: &Pool,
    graph: &mut Graph,
    targets: &[CertificateId],
    threads: usize,
    each: &mut EachRound<'_>,
) -> Vec<CheckBudget> {
    let carry_out: &CarryOut<'_> = &|pool, graph, links| on_threads(cancelled, pool, graph, links, threads);
    let each: &mut EachRound<'_> = &mut |checked| match each(checked) {
        ControlFlow::Continue(()) if cancelled.load(Ordering::Relaxed) => ControlFlow::Break(()),
        told => told,
    };
    check_in_rounds(pool, graph, targets, limit, carry_out, each)
}

/// Checks what is above `targets` for the explorer, and tells of it as it goes.
pub(super) fn check_and_tell(
    sender: &Sender<Message>,
    request: u64,
    cancelled: &AtomicBool,
    pool: &Pool,
    mut graph: Graph,
    targets: &[CertificateId],
) {
    let (mut gathered, mut since) = (Vec::new(), Instant::now());
    let budgets = check_until(cancelled, pool, &mut graph, targets, threads_beside_a_screen(), &mut |results| {
        gathered.extend_from_slice(results);
        if since.elapsed() < GATHERED {
            return ControlFlow::Continue(());
        }
        since = Instant::now();
        let told = sender.send(Message::Checked { request, results: std::mem::take(&mut gathered) });
        if told.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    // What was found is true, whoever asked.
    drop(sender.send(Message::Checked { request, results: gathered }));
    if !cancelled.load(Ordering::Relaxed) {
        drop(sender.send(Message::CheckedAll { request, budgets }));
    }
}

/// One for each core.
pub(super) fn threads() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// One core is left to whoever draws and judges: a key is answered at once, however much there is to check.
fn threads_beside_a_screen() -> usize {
    threads().saturating_sub(1).max(1)
}

/// The states of `links`, in their order; fewer once it is cancelled.
pub(super) fn on_threads(
    cancelled: &AtomicBool,
    pool: &Pool,
    graph: &Graph,
    links: &[LinkId],
    threads: usize,
) -> Vec<(LinkId, SignatureState)> {
    let threads = threads.clamp(1, links.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::with_capacity(links.len() / threads + 1);
        while let Some(link) = links.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !cancelled.load(Ordering::Relaxed)) {
            done.push((*link, graph.check(pool, *link)));
        }
        done
    };
    let mut checked = std::thread::scope(|scope| {
        // Where the system refuses a thread, the others do its work.
        let others: Vec<_> = (1..threads).filter_map(|_| Builder::new().name("check".to_owned()).spawn_scoped(scope, work).ok()).collect();
        let mut checked = work();
        // Where a panic does not end the program, the links of its thread stay unchecked.
        checked.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
        checked
    });
    checked.sort_unstable_by_key(|(link, _)| *link);
    checked
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use std::ops::ControlFlow;

    use super::*;
    use crate::cert::{Certificate, Origin};
    use crate::chain::ALWAYS_CHECKED;

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
            let budgets = check_within(150, &AtomicBool::new(false), &pool, &mut graph, &[leaf], threads, &mut go_on);
            (budgets, graph.links().map(|link| link.signature).collect::<Vec<_>>())
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
        let states: Vec<SignatureState> = graph.links_of(leaf).map(|link| link.signature).collect();
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
        let budgets = check_within(5, &AtomicBool::new(false), &pool, &mut graph, &[leaf], 2, &mut |round| {
            checks += round.len();
            ControlFlow::Continue(())
        });
        assert_eq!(budgets.len(), 1);
        assert!(checks <= 21 + 5, "{checks}");
        assert!(graph.links().any(|link| link.signature == SignatureState::Unchecked));
    }

    #[test]
    fn a_second_run_checks_nothing_more_and_says_the_same() {
        for limit in [5, 40, 300] {
            let (pool, mut graph) = namesakes(20);
            let leaf = CertificateId(20);
            let first = check_within(limit, &AtomicBool::new(false), &pool, &mut graph, &[leaf], 2, &mut go_on);
            let states = |graph: &Graph| graph.links().map(|link| link.signature).collect::<Vec<_>>();
            let known = states(&graph);
            let second = check_within(limit, &AtomicBool::new(false), &pool, &mut graph, &[leaf], 2, &mut go_on);
            assert_eq!((known, first), (states(&graph), second));
        }
    }

    #[test]
    fn what_is_cancelled_checks_nothing_more() {
        let (pool, mut graph) = namesakes(3);
        check_until(&AtomicBool::new(true), &pool, &mut graph, &[CertificateId(3)], 2, &mut go_on);
        assert!(graph.links().all(|link| link.signature == SignatureState::Unchecked));
    }

    #[test]
    fn breaking_off_keeps_what_is_known() {
        let (pool, mut graph) = namesakes(3);
        check_links(&pool, &mut graph, &[CertificateId(3)], 1, &mut |_| ControlFlow::Break(()));
        assert_eq!(graph.links().filter(|link| link.signature != SignatureState::Unchecked).count(), 1);
    }
}
