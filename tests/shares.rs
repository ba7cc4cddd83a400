//! Do several who share the targets of an analysis find what one finds who judges them in turn?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod made;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Barrier};
use std::thread;

use crossroots::analysis::{Analysis, Budget, Judgement, Limit, Share, Sharing};
use crossroots::cert::{LogList, Time};
use crossroots::chain::{CertificateId, SignatureState};
use crossroots::check::{Logs, Policy, Purpose};
use crossroots::source::read_log_list;
use crossroots::worker::{check_links, check_report, judge_all, judge_within};
use made::{Made, stores};
use rcgen::{CustomExtension, GeneralSubtree, NameConstraints, SanType};

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

/// So many share the targets, each taking two at a time. They begin together, so that each has some.
fn shared(analysis: &Arc<Analysis>, budget: &Budget, workers: usize) -> Option<Vec<Judgement>> {
    let sharing = Sharing::new(analysis, budget, 2)?;
    let start = Barrier::new(workers);
    let work = || {
        start.wait();
        sharing.work()
    };
    let shares: Vec<Share> = thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    sharing.join(shares)
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
        let small = Budget { cost: 500, ..budget };
        assert_eq!(told(&judge_within(&small, &analysis, workers)), told(&Judgement::all(&analysis, &small)), "{workers} threads");
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

/// A limit of one pair or path says nothing of the other targets.
#[test]
fn what_ends_one_piece_of_work_is_said_where_it_first_did() {
    let (mut made, root) = made();
    let names = |count: usize| (0..count).map(|name| format!("n{name}.example.test"));
    for leaf in 0..3 {
        let issuer = if leaf == 0 { (3, "N3") } else { (5, "Narrow") };
        made.issue_with((4, &format!("Wide {leaf}")), issuer, |params| {
            params.subject_alt_names = names(1_100).map(|name| SanType::DnsName(name.try_into().unwrap())).collect();
        });
    }
    made.issue_with((5, "Narrow"), (3, "N3"), |params| {
        let permitted_subtrees = names(1_000).map(GeneralSubtree::DnsName).collect();
        params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    });
    let graph = made.trusting();
    let analysis = Arc::new(Analysis { graph, ..Analysis::new(made.pool, stores(&[&[root]]), Policy::at(NOW), None).unwrap() });
    let budget = Budget::default();
    let expected = Judgement::all(&analysis, &budget);
    let said = |one: &Judgement| one.spent.iter().any(|spent| spent.limit == Limit::ComparisonsOfPair);
    assert_eq!(expected.iter().filter(|one| said(one)).count(), 1);
    for workers in 1..4 {
        assert_eq!(told(&shared(&analysis, &budget, workers).unwrap()), told(&expected), "{workers}");
    }
}

/// The targets of `analysis`, each with a timestamp that the only known log did not sign.
fn logged() -> (Analysis, LogList) {
    let list = read_log_list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/logs/log_list.json")).unwrap();
    let log = list.logs.keys().next().unwrap();
    // RFC 6962 3.2, 3.3: version, log, milliseconds, no extensions, SHA-256 with ECDSA, a signature; in two lists and an OCTET STRING.
    let timestamp = [&[0], log.0.as_slice(), &1_750_000_000_000_u64.to_be_bytes(), &[0, 0, 4, 3, 0, 2, 5, 0]].concat();
    let in_list = |content: &[u8]| [&u16::try_from(content.len()).unwrap().to_be_bytes(), content].concat();
    let content = in_list(&in_list(&timestamp));
    let content = [&[4, u8::try_from(content.len()).unwrap()], content.as_slice()].concat();
    let mut made = Made::default();
    for leaf in 0..LEAVES {
        made.issue_with((4, &format!("Leaf {leaf}")), (3, "N3"), |params| {
            params.custom_extensions = vec![CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 11_129, 2, 4, 2], content.clone())];
        });
    }
    let root = made.issue(3, 3);
    let (graph, policy) = (made.trusting(), Policy { purpose: Some(Purpose::Server), ..Policy::at(NOW) });
    (Analysis { graph, ..Analysis::new(made.pool, stores(&[&[root]]), policy, None).unwrap() }, list)
}

/// What a list of logs remembers beyond a judgement is no reason to say more in the next.
#[test]
fn signatures_that_are_remembered_count_as_those_that_are_not() {
    let (analysis, list) = logged();
    let fresh = || {
        let mut analysis = analysis.clone();
        analysis.policy.ct_logs = Some(Arc::new(Logs::new(list.clone())));
        Arc::new(analysis)
    };
    let mut budget = Budget::default();
    let all = Judgement::all(&fresh(), &budget);
    assert_eq!(all.iter().filter(|one| one.paths.iter().any(|path| path.failing() > 0)).count(), LEAVES);
    budget.allowance.signatures = LEAVES / 2;
    let half = Judgement::all(&fresh(), &budget);
    assert!(half.iter().any(|one| one.spent.iter().any(|spent| spent.limit == Limit::Signatures)));
    let expected = told(&half);
    assert_ne!(expected, told(&all));
    for workers in 2..5 {
        let analysis = fresh();
        assert!(shared(&analysis, &budget, workers).is_none());
        assert_eq!(told(&Judgement::all(&analysis, &budget)), expected, "{workers}");
        assert_eq!(told(&judge_within(&budget, &fresh(), workers)), expected, "{workers} threads");
    }
}

/// Another key has the name of each CA, so that most certificates have two that may have signed them.
#[test]
fn what_is_checked_ahead_is_what_the_rounds_ask_for() {
    for threads in [1, 2, 3] {
        let (mut made, root) = made();
        for name in 0..3 {
            made.issue_named((5 + name, &format!("N{name}")), (3, "N3"));
        }
        for (which, targets_are_named) in [(None, true), (None, false), (Some("Leaf 7"), true), (Some("Leaf 7"), false)] {
            let new = || Analysis::new(made.pool.clone(), stores(&[&[root]]), Policy::at(NOW), which).unwrap();
            let (mut expected, mut found) = (new(), new());
            let mut check = |above: &[CertificateId]| {
                let pool = Arc::clone(&expected.pool);
                check_links(&pool, &mut expected.graph, above, 1, &mut |_| ControlFlow::Continue(()));
            };
            check(&found.signed_above());
            if !targets_are_named {
                check(&found.pool.ids().collect::<Vec<_>>());
            }
            check_report(&mut found, targets_are_named, threads);
            let states = |analysis: &Analysis| analysis.graph.links().map(|link| link.signature).collect::<Vec<_>>();
            assert_eq!(states(&found), states(&expected));
            let leaves = found
                .graph
                .links()
                .filter(|link| found.targets.first() != Some(&link.certificate) && (link.certificate.0 as usize) < LEAVES);
            let open = leaves.filter(|link| link.signature == SignatureState::Unchecked).count();
            assert_eq!(open > LEAVES, which.is_some() && targets_are_named, "{which:?}: other leaves are left alone");
        }
    }
}
