//! Do several who share the targets of an analysis find what one finds who judges them in turn?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod made;

use std::cell::Cell;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Budget, Judgement, Limit};
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, SignatureState};
use crossroots::check::Policy;
use crossroots::worker::{check_report, judge_all};
use made::{Made, stores};
use rcgen::{GeneralSubtree, NameConstraints};

const LEAVES: usize = 20;
const NOW: Time = Time(1_790_000_000);

/// Leaves below three CAs that signed one another, one of them held to a domain.
fn made() -> (Made, CertificateId) {
    let mut made = Made::default();
    for leaf in 0..LEAVES {
        made.issue_named((4, &format!("Leaf {leaf}")), (leaf % 3, &format!("N{}", leaf % 3)));
    }
    for (subject, issuer) in [(0, 1), (1, 2), (2, 0), (1, 0), (2, 1)] {
        made.issue_with((subject, &format!("N{subject}")), (issuer, &format!("N{issuer}")), |params| {
            let permitted_subtrees = vec![GeneralSubtree::DnsName("example.test".to_owned())];
            params.name_constraints = (subject == 1).then(|| NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
        });
    }
    made.issue(0, 3);
    let root = made.issue(3, 3);
    (made, root)
}

fn analysis() -> Arc<Analysis> {
    let (made, root) = made();
    let (graph, trusting) = (made.checked(), made.trusting());
    assert!(graph.links().eq(trusting.links()), "every signature holds");
    Arc::new(Analysis { graph, ..Analysis::new(made.pool, stores(&[&[root]]), Policy::at(NOW), None).unwrap() })
}

fn told(judged: &[Judgement]) -> Vec<String> {
    let paths = |one: &Judgement| one.paths.iter().map(|path| (path.path.clone(), path.verdict, path.findings.clone())).collect::<Vec<_>>();
    judged
        .iter()
        .map(|one| format!("{:?}", (one.target, one.verdict, paths(one), one.count, one.other, &one.entities, &one.spent)))
        .collect()
}

/// So many share the targets, each taking two at a time in turn.
fn shared(analysis: &Arc<Analysis>, budget: &Budget, workers: usize) -> Option<Vec<Judgement>> {
    let share = |worker: usize| {
        let next = Cell::new(2 * worker);
        let take = || {
            let from = next.replace(next.get() + 2 * workers);
            (from < analysis.targets.len()).then_some(from..from + 2)
        };
        Judgement::share(analysis, budget, &take)
    };
    Judgement::joined(analysis, budget, (0..workers).map(share).collect())
}

#[test]
fn the_number_of_those_who_share_changes_nothing() {
    let analysis = analysis();
    assert_eq!(analysis.targets.len(), LEAVES);
    let budget = Budget::default();
    let expected = told(&Judgement::all(&analysis, &budget));
    for workers in 1..5 {
        assert_eq!(told(&shared(&analysis, &budget, workers).unwrap()), expected, "{workers}");
        assert_eq!(told(&judge_all(&analysis, workers)), expected, "{workers} threads");
    }
}

#[test]
fn what_the_searches_may_cost_ends_at_the_same_target() {
    let analysis = analysis();
    let mut seen = 0;
    for cost in [1, 100, 500, 1_000, 2_000] {
        let budget = Budget { cost, ..Budget::default() };
        let expected = Judgement::all(&analysis, &budget);
        seen += usize::from(expected.iter().any(|one| one.spent.iter().any(|spent| spent.limit == Limit::Targets)));
        for workers in 1..5 {
            assert_eq!(told(&shared(&analysis, &budget, workers).unwrap()), told(&expected), "{cost}, {workers}");
        }
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn where_something_runs_out_one_has_to_judge_in_turn() {
    let analysis = analysis();
    let of = |name_comparisons| {
        let mut budget = Budget::default();
        budget.allowance.name_comparisons = name_comparisons;
        budget
    };
    let runs_out = |budget: &Budget| Judgement::all(&analysis, budget).iter().any(|one| !one.spent.is_empty());
    // As much as one takes, and less: two who find out the same twice take more.
    let enough = (0..1_000).find(|amount| !runs_out(&of(*amount))).unwrap();
    assert!(enough > 0);
    assert!(shared(&analysis, &of(enough - 1), 1).is_none() && shared(&analysis, &of(enough - 1), 3).is_none());
    assert_eq!(told(&shared(&analysis, &of(enough), 1).unwrap()), told(&Judgement::all(&analysis, &of(enough))));
}

#[test]
fn what_is_checked_ahead_is_what_the_rounds_ask_for() {
    for threads in [1, 2, 3] {
        let (made, root) = made();
        let targets = [None, Some("Leaf 7")];
        for which in targets {
            let new = || Analysis::new(made.pool.clone(), stores(&[&[root]]), Policy::at(NOW), which).unwrap();
            let (mut expected, mut found) = (new(), new());
            expected.check_signatures();
            check_report(&mut found, true, threads);
            let states = |analysis: &Analysis| analysis.graph.links().map(|link| link.signature).collect::<Vec<_>>();
            assert_eq!(states(&found), states(&expected));
            let open = states(&found).iter().filter(|state| **state == SignatureState::Unchecked).count();
            assert_eq!(open > 0, which.is_some(), "other leaves are left alone");
        }
    }
}
