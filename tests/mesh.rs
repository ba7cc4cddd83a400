//! Are the paths all there, counted right, in meshes, loops and random graphs?

mod made;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Budget, Judgement, Limit};
use crossroots::cert::Time;
use crossroots::chain::{
    CertificateId, Count, End, EntityId, Graph, Limits, LinkId, Path, Pool, SignatureState, Stop, StoreSet, Trust, check_in_rounds,
    check_in_turn, paths,
};
use crossroots::check::{Policy, Purpose};
use crossroots::report::{Notes, ReportOptions, json};
use made::{Made, stores};
use proptest::prelude::*;

/// `size` CAs, every pair cross-signed, a root above CA 0, a leaf below the last; and the leaf and the root.
fn mesh(size: usize) -> (Made, CertificateId, CertificateId) {
    let mut made = Made::default();
    let (root, leaf) = (size, size + 1);
    let leaf = made.issue(leaf, size - 1);
    for subject in 0..size {
        for issuer in (0..size).filter(|issuer| *issuer != subject) {
            made.issue(subject, issuer);
        }
    }
    made.issue(0, root);
    let root = made.issue(root, root);
    (made, leaf, root)
}

fn exactly(value: u128) -> Count {
    Count { value, exact: true }
}

#[test]
fn small_meshes_are_walked_whole() {
    for (size, expected) in [(4, 5), (5, 16), (6, 65), (7, 326), (8, 1957)] {
        let (made, leaf, root) = mesh(size);
        let graph = made.trusting();
        let found = paths(&made.pool, &graph, &stores(&[&[root]]), leaf, Limits { listed: 3_000, ..Limits::default() });
        assert_eq!((found.count, found.listed.len() as u128), (exactly(expected), expected), "mesh of {size}");
        assert_eq!(found.other, exactly(0));
        assert!(found.stopped.is_empty());
        let distinct: HashSet<&Path> = found.listed.iter().collect();
        assert_eq!(distinct.len(), found.listed.len());
    }
}

#[test]
fn a_mesh_of_twelve_is_counted_without_being_walked() {
    let (made, leaf, root) = mesh(12);
    let graph = made.trusting();
    let found = paths(&made.pool, &graph, &stores(&[&[root]]), leaf, Limits { listed: 10, ..Limits::default() });
    assert_eq!(found.count, exactly(9_864_101));
    assert_eq!(found.listed.len(), 10);
    assert_eq!(found.stopped, [Stop::Listed(10)]);
}

#[test]
fn a_mesh_too_large_to_count_is_a_lower_bound() {
    let (made, leaf, root) = mesh(24);
    let graph = made.trusting();
    let found = paths(&made.pool, &graph, &stores(&[&[root]]), leaf, Limits::default());
    assert_eq!(found.listed.len(), 1_000);
    assert!(!found.count.exact && found.count.value >= 1_000, "{:?}", found.count);
}

/// What is trusted by hand is a store of its own, so that a path goes on above it; what lies there must lead to another store.
#[test]
fn an_anchor_inside_a_large_mesh_does_not_send_the_search_wandering() {
    let (made, leaf, root) = mesh(24);
    let graph = made.trusting();
    for anchor in made.pool.ids().filter(|id| *id != leaf && *id != root).step_by(40) {
        let found = paths(&made.pool, &graph, &stores(&[&[root], &[anchor]]), leaf, Limits { listed: 100, ..Limits::default() });
        assert_eq!((found.listed.len(), found.stopped.as_slice()), (100, &[Stop::Listed(100)][..]));
        assert!(found.cost < 10 * 50_000, "{}", found.cost);
    }
}

/// A mesh whose only way out leads into a circle has no end: that is known without walking it.
#[test]
fn a_mesh_below_a_circle_is_not_walked_for_an_end() {
    let mut made = Made::default();
    let leaf = made.issue(100, 0);
    for subject in 0..24 {
        (0..24).filter(|issuer| *issuer != subject).for_each(|issuer| {
            made.issue(subject, issuer);
        });
    }
    made.issue(0, 50);
    made.issue(50, 51);
    made.issue(51, 50);
    let graph = made.trusting();
    let found = paths(&made.pool, &graph, &stores(&[&[]]), leaf, Limits::default());
    assert!(found.cost < 10 * 50_000, "{}", found.cost);
    assert!(found.listed.iter().all(|path| path.end == End::Loop));
}

#[test]
fn two_stores_on_one_path_end_it_twice() {
    let mut made = Made::default();
    let (leaf, middle, root) = (made.issue(0, 1), made.issue(1, 2), made.issue(2, 2));
    let graph = made.checked();
    let found = paths(&made.pool, &graph, &stores(&[&[middle], &[root]]), leaf, Limits::default());
    let ends: Vec<(usize, StoreSet)> = found.listed.iter().map(|path| (path.certificates.len(), path.stores)).collect();
    assert_eq!(ends, [(2, StoreSet(1)), (3, StoreSet(2))]);
    assert_eq!(found.count, exactly(2));
}

#[test]
fn a_missing_issuer_and_a_root_in_no_store_are_told_apart() {
    let mut made = Made::default();
    let (leaf, _) = (made.issue(0, 1), made.issue(1, 2));
    let found = paths(&made.pool, &made.checked(), &stores(&[]), leaf, Limits::default());
    assert_eq!(found.listed.iter().map(|path| path.end).collect::<Vec<_>>(), [End::MissingIssuer]);
    made.issue(2, 2);
    let found = paths(&made.pool, &made.checked(), &stores(&[]), leaf, Limits::default());
    assert_eq!(found.listed.iter().map(|path| path.end).collect::<Vec<_>>(), [End::SelfSigned]);
    assert_eq!((found.count, found.other), (exactly(0), exactly(1)));
}

#[test]
fn two_that_only_issue_one_another_are_a_loop() {
    let mut made = Made::default();
    let leaf = made.issue(0, 1);
    made.issue(1, 2);
    made.issue(2, 1);
    let found = paths(&made.pool, &made.checked(), &stores(&[]), leaf, Limits::default());
    assert_eq!(found.listed.iter().map(|path| (path.certificates.len(), path.end)).collect::<Vec<_>>(), [(3, End::Loop)]);
    assert_eq!((found.count, found.other), (exactly(0), exactly(0)));
}

#[test]
fn roots_that_signed_each_other_give_one_path_for_each_store() {
    let mut made = Made::default();
    let (leaf, east, west) = (made.issue(0, 1), made.issue(1, 1), made.issue(2, 2));
    made.issue(1, 2);
    made.issue(2, 1);
    let found = paths(&made.pool, &made.checked(), &stores(&[&[east], &[west]]), leaf, Limits::default());
    let mut ends: Vec<(usize, StoreSet)> = found.listed.iter().map(|path| (path.certificates.len(), path.stores)).collect();
    ends.sort_unstable();
    assert_eq!(ends, [(2, StoreSet(1)), (3, StoreSet(2))]);
    assert_eq!(found.count, exactly(2));
}

#[test]
fn the_depth_limit_ends_a_path_and_says_so() {
    let mut made = Made::default();
    let leaf = made.issue(0, 1);
    (1..6).for_each(|number| {
        made.issue(number, number + 1);
    });
    let root = made.issue(6, 6);
    let limits = Limits { depth: 4, ..Limits::default() };
    let found = paths(&made.pool, &made.checked(), &stores(&[&[root]]), leaf, limits);
    assert_eq!(found.listed.iter().map(|path| (path.certificates.len(), path.end)).collect::<Vec<_>>(), [(4, End::Limit)]);
    assert_eq!(found.stopped, [Stop::Depth(4)]);
    assert!(!found.count.exact);
    let limits = Limits { depth: 7, ..Limits::default() };
    assert_eq!(paths(&made.pool, &made.checked(), &stores(&[&[root]]), leaf, limits).count, exactly(1));
}

#[test]
fn names_that_differ_in_case_and_space_are_one_entity() {
    let mut made = Made::default();
    let leaf = made.issue_named((0, "leaf"), (1, "Some  CA"));
    let first = made.issue_named((1, "some ca"), (1, "some ca"));
    let second = made.issue_named((1, "SOME CA"), (1, "Some CA"));
    let graph = made.checked();
    assert_eq!(graph.entity_of(first), graph.entity_of(second));
    assert_eq!(paths(&made.pool, &graph, &stores(&[&[first], &[second]]), leaf, Limits::default()).count, exactly(2));
}

#[test]
fn one_name_with_two_keys_is_two_entities_and_the_signature_decides() {
    let mut made = Made::default();
    let leaf = made.issue_named((0, "leaf"), (1, "CA"));
    let (right, wrong) = (made.issue_named((1, "CA"), (1, "CA")), made.issue_named((2, "CA"), (2, "CA")));
    let graph = made.checked();
    assert_ne!(graph.entity_of(right), graph.entity_of(wrong));
    let found = paths(&made.pool, &graph, &stores(&[&[right, wrong]]), leaf, Limits::default());
    assert_eq!(found.listed.iter().map(|path| path.certificates.clone()).collect::<Vec<_>>(), [vec![leaf, right]]);
    let bad: Vec<EntityId> = graph.links_of(leaf).filter(|link| link.signature == SignatureState::Bad).map(|link| link.entity).collect();
    assert_eq!(bad, [graph.entity_of(wrong)]);
}

#[test]
fn a_long_chain_is_no_deep_recursion_before_the_limit() {
    let mut made = Made::default();
    let leaf = made.issue(0, 1);
    for number in 1..300 {
        made.issue_named((1, &format!("N{number}")), (1, &format!("N{}", number + 1)));
    }
    let found = paths(&made.pool, &made.trusting(), &stores(&[]), leaf, Limits::default());
    assert_eq!(found.stopped, [Stop::Depth(100)]);
}

/// As many certificates as a person may ask for, on the smallest stack that a thread of a worker has.
#[test]
fn a_path_of_a_thousand_is_found_and_judged_on_a_small_stack() {
    let work = || {
        let mut made = Made::default();
        let leaf = made.issue_named((0, "N0"), (1, "N1"));
        for number in 1..1_000 {
            made.issue_named((1, &format!("N{number}")), (1, &format!("N{}", number + 1)));
        }
        let last = made.pool.ids().last();
        let graph = made.trusting();
        let trust = stores(&[last.as_slice()]);
        let policy = Policy { limits: Limits { depth: 1_000, ..Limits::default() }, ..Policy::at(Time(1_790_000_000)) };
        let found = Analysis::new(made.pool, trust, policy, None).unwrap();
        let judgement = Analysis { graph, targets: vec![leaf], ..found }.judge(leaf);
        (judgement.paths.len(), judgement.paths.first().map(|judged| judged.path.certificates.len()), judgement.spent)
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work);
    assert_eq!(thread.unwrap().join().unwrap(), (1, Some(1_000), Vec::new()));
}

/// What the walk does, without pruning, ordering or limits.
fn naive(graph: &Graph, trust: &Trust, path: &mut Vec<CertificateId>, reached: StoreSet, out: &mut Vec<Path>) {
    let last = path[path.len() - 1];
    let new = trust.anchor_of(last).without(reached);
    let reached = reached.union(new);
    if !new.is_empty() {
        out.push(Path { certificates: path.clone(), stores: new, end: End::Anchor });
        if reached == trust.all() {
            return;
        }
    }
    let steps: Vec<EntityId> = graph.steps(last).map(|link| link.entity).collect();
    if reached.is_empty() && (graph.is_self_signed(last) || steps.is_empty()) {
        let end = if graph.is_self_signed(last) { End::SelfSigned } else { End::MissingIssuer };
        out.push(Path { certificates: path.clone(), stores: StoreSet::default(), end });
    }
    for entity in steps {
        if path.iter().any(|id| graph.entity_of(*id) == entity) {
            continue;
        }
        for next in &graph.entity(entity).certificates {
            path.push(*next);
            naive(graph, trust, path, reached, out);
            path.pop();
        }
    }
}

fn state(choice: u8) -> SignatureState {
    match choice {
        0 => SignatureState::Bad,
        1 => SignatureState::Unchecked,
        2 => SignatureState::Unsupported("x"),
        _ => SignatureState::Good,
    }
}

fn random_pool(issues: &[(usize, usize)]) -> Pool {
    let mut made = Made::default();
    for &(subject, issuer) in issues {
        // Entities 4 and 5 share their name.
        made.issue_named((subject, &format!("N{}", subject.min(4))), (issuer, &format!("N{}", issuer.min(4))));
    }
    made.pool
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn pruned_search_and_count_agree_with_naive_enumeration(
        issues in prop::collection::vec((0_usize..6, 0_usize..6), 1..12),
        states in prop::collection::vec(0_u8..8, 40),
        anchors in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..3), 0..3),
    ) {
        let pool = random_pool(&issues);
        let mut graph = Graph::new(&pool);
        for (link, choice) in graph.link_ids().collect::<Vec<LinkId>>().into_iter().zip(states.iter().cycle()) {
            graph.record(link, state(*choice));
        }
        let ids: Vec<CertificateId> = pool.ids().collect();
        let anchors: Vec<Vec<CertificateId>> = anchors.iter().map(|store| store.iter().map(|index| *index.get(&ids)).collect()).collect();
        let trust = stores(&anchors.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for target in ids {
            let mut expected = Vec::new();
            naive(&graph, &trust, &mut vec![target], StoreSet::default(), &mut expected);
            let found = paths(&pool, &graph, &trust, target, Limits { listed: 100_000, ..Limits::default() });
            let of = |wanted: bool| expected.iter().filter(|path| (path.end == End::Anchor) == wanted).count() as u128;
            prop_assert_eq!(found.count, exactly(of(true)));
            prop_assert_eq!(found.other, exactly(of(false)));
            let only_loops = found.listed.iter().all(|path| path.end == End::Loop);
            // Of loops a few are shown, and more than those is said; of what leads to an end nothing may be missing.
            prop_assert!(found.stopped.is_empty() || (only_loops && found.stopped == [Stop::Listed(found.listed.len())]));
            let listed: HashSet<&Path> = found.listed.iter().filter(|path| path.end != End::Loop).collect();
            prop_assert_eq!(listed.len() as u128, of(true) + of(false));
            prop_assert_eq!(listed, expected.iter().collect());
            prop_assert_eq!(only_loops, expected.is_empty());
            prop_assert!(only_loops || found.listed.iter().all(|path| path.end != End::Loop));
            prop_assert!(!found.listed.is_empty());
        }
    }
}

/// What stands once is not written again at each of a thousand paths.
#[test]
fn a_json_report_says_once_what_every_path_has() {
    let (made, leaf, root) = mesh(8);
    let graph = made.trusting();
    let policy = Policy { purpose: Some(Purpose::Server), ..Policy::at(Time(1_790_000_000)) };
    let analysis = Analysis { graph, targets: vec![leaf], ..Analysis::new(made.pool, stores(&[&[root]]), policy, None).unwrap() };
    let targets = analysis.judge_all();
    let paths = targets[0].paths.len();
    assert_eq!(paths, 1_000);
    let written = |all_findings| {
        let mut out = Vec::new();
        json(&mut out, &analysis, &targets, &Notes::default(), ReportOptions { all_findings, ..ReportOptions::default() }).unwrap();
        out
    };
    let (short, whole) = (written(false), written(true));
    let report: serde_json::Value = serde_json::from_slice(&short).unwrap();
    let of_paths = serde_json::to_vec(&report["targets"]).unwrap().len() / paths;
    assert!(of_paths < 200, "{of_paths} bytes a path");
    assert!(whole.len() > 50 * short.len(), "{} and {} bytes", whole.len(), short.len());
    let judged: usize = targets[0].paths.iter().map(|judged| judged.findings.len()).sum();
    assert!(judged > paths, "a leaf without a name for a server is objected to on each: {judged}");
}

/// What a limit left unchecked is said of the targets that it concerns, at a certificate of their paths, until another run has checked it.
#[test]
fn used_up_checks_are_said_where_they_matter_and_as_long_as_they_do() {
    let mut made = Made::default();
    // The key that signed both leaves is not loaded: every namesake would have to be tried.
    let first = made.issue_named((50, "first"), (45, "Same"));
    let second = made.issue_named((51, "second"), (45, "Same"));
    for key in 0..30 {
        made.issue_named((key, "Same"), (key, "Same"));
    }
    let other = made.issue(53, 54);
    made.issue(54, 54);
    let mut analysis = Analysis::new(made.pool, stores(&[]), Policy::at(Time(1_790_000_000)), None).unwrap();
    let run = |analysis: &mut Analysis, targets: &[CertificateId], limit: usize| {
        let pool = Arc::clone(&analysis.pool);
        check_in_rounds(&pool, &mut analysis.graph, targets, limit, &check_in_turn, &mut |_| ControlFlow::Continue(()))
    };
    let said = |analysis: &Analysis, target| {
        let spent = analysis.judge(target).spent.into_iter().filter(|spent| spent.limit == Limit::ChecksPerName);
        spent.map(|spent| (spent.value, spent.at)).collect::<Vec<_>>()
    };
    assert_eq!(run(&mut analysis, &[first, second], 3).len(), 1);
    assert_eq!(said(&analysis, first), [(3, first)]);
    assert_eq!(said(&analysis, second), [(3, second)]);
    assert_eq!(said(&analysis, other), []);
    assert_eq!(run(&mut analysis, &[other], 3), []);
    assert_eq!(said(&analysis, first), [(3, first)], "another target's run checked none of its links");
    assert_eq!(run(&mut analysis, &[first, second], 20_000), []);
    assert_eq!(said(&analysis, first), []);
    assert_eq!(analysis.graph.cut_checks(), []);
}

/// A first look lists and compares less; what it left open is judged anew, not taken over.
#[test]
fn a_first_look_is_not_taken_for_a_whole_one() {
    let (made, leaf, root) = mesh(8);
    let graph = made.trusting();
    let found = Analysis::new(made.pool, stores(&[&[root]]), Policy::at(Time(1_790_000_000)), None).unwrap();
    let analysis = std::sync::Arc::new(Analysis { graph, targets: vec![leaf], ..found });
    let first = Judgement::new(std::sync::Arc::clone(&analysis), leaf, &Budget::first_look());
    let whole = first.again(analysis, &Budget::default());
    assert!(first.paths.len() < whole.paths.len() && whole.paths.len() == 1_000, "{} {}", first.paths.len(), whole.paths.len());
    let later = std::sync::Arc::new(Analysis { policy: Policy::at(Time(70_000_000_000)), ..(*whole.analysis).clone() });
    let again = whole.again(std::sync::Arc::clone(&later), &Budget::default());
    let anew = Judgement::new(later, leaf, &Budget::default());
    let told = |judgement: &Judgement| judgement.paths.iter().map(|one| (one.verdict, one.findings.clone())).collect::<Vec<_>>();
    assert_eq!(told(&again), told(&anew));
}
