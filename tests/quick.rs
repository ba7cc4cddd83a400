//! Is any key answered at once, whatever is loaded? Nothing on the drawing thread may grow faster than what is drawn.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/frame.rs"]
mod frame;
#[path = "support/loading.rs"]
mod loading;
mod made;
mod support;

use std::time::{Duration, Instant};

use crossroots::analysis::{Analysis, Budget, Limit};
use crossroots::chain::CertificateId;
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{BINDINGS, Command, Context, Effect, Explorer, Key, Message, Opened, Settings};
use crossroots::tui::{Colors, Theme};
use frame::frame;
use loading::answer_load;
use made::{Made, stores};
use rcgen::{GeneralSubtree, IsCa, NameConstraints, SanType};
use support::{carry_out, send};

/// A leaf below `count` CAs of one name, each with a key of its own.
fn collision(count: usize) -> (Made, Vec<CertificateId>) {
    let mut made = Made::default();
    made.issue_named((0, "leaf"), (1, "CA"));
    let cas = (1..=count).map(|number| made.issue_named((number, "CA"), (number, "CA"))).collect();
    (made, cas)
}

/// A leaf below one CA of which there are `count` certificates, by one root.
fn siblings(count: usize) -> (Made, Vec<CertificateId>) {
    let mut made = Made::default();
    made.issue_named((0, "leaf"), (1, "CA"));
    for _ in 0..count {
        made.issue_named((1, "CA"), (2, "Root"));
    }
    let root = made.issue_named((2, "Root"), (2, "Root"));
    (made, vec![root])
}

/// A leaf with `names` names below `count` certificates of one CA, each of which permits as many subtrees: every name has to be compared
/// with every subtree of every sibling.
fn names(count: usize, names: usize) -> (Made, Vec<CertificateId>) {
    let mut made = Made::default();
    made.issue_with((0, "leaf"), (1, "CA"), |leaf| {
        leaf.is_ca = IsCa::NoCa;
        leaf.subject_alt_names = (0..names).map(|name| SanType::DnsName(format!("n{name}.leaf.test").try_into().unwrap())).collect();
    });
    for sibling in 0..count {
        made.issue_with((1, "CA"), (2, "Root"), |ca| {
            let others = (1..names).map(|name| format!("c{sibling}-{name}.test"));
            let permitted_subtrees = others.chain(["leaf.test".to_owned()]).map(GeneralSubtree::DnsName).collect();
            ca.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
        });
    }
    let root = made.issue_named((2, "Root"), (2, "Root"));
    (made, vec![root])
}

/// CAs that all signed one another.
fn mesh(size: usize) -> (Made, Vec<CertificateId>) {
    let mut made = Made::default();
    made.issue(size + 1, size - 1);
    for subject in 0..size {
        for issuer in (0..size).filter(|issuer| *issuer != subject) {
            made.issue(subject, issuer);
        }
    }
    made.issue(0, size);
    let root = made.issue(size, size);
    (made, vec![root])
}

fn opened((made, anchors): (Made, Vec<CertificateId>)) -> Opened {
    // Checking is not what is measured here; the small mesh shows that trusting changes nothing.
    let graph = if made.pool.len() < 200 { made.checked() } else { made.trusting() };
    let mut analysis = Analysis::new(made.pool, stores(&[&anchors]), Policy::at(support::NOW), None).unwrap();
    analysis.graph = graph;
    Opened { analysis: analysis.into(), ..support::opened("lets-encrypt-2024", Charset::Unicode) }
}

fn explore(opened: Opened) -> Explorer {
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    explorer
}

/// Without any optimisation certificates are made, drawn and judged many times as slowly.
const IS_OPTIMISED: bool = !cfg!(debug_assertions);
const MANY: usize = if IS_OPTIMISED { 1_000 } else { 300 };
/// What a key and its frame may take. Without optimisation, beside other compilers on the same cores, only what takes all of a minute is
/// told from what does not.
const PATIENCE: Duration = Duration::from_millis(if IS_OPTIMISED { 200 } else { 10_000 });

/// What goes to the worker is not counted: it keeps no key waiting.
#[test]
fn any_key_is_answered_at_once_whatever_is_loaded() {
    let theme = Theme { colors: Colors::Sixteen, charset: Charset::Unicode };
    for (name, explorer) in [
        ("sample", support::open("lets-encrypt-2024", (120, 40), Charset::Unicode)),
        ("collision", explore(opened(collision(MANY)))),
        ("siblings", explore(opened(siblings(MANY)))),
        ("mesh", explore(opened(mesh(12)))),
        ("names", explore(opened(names(300, 1_000)))),
    ] {
        for before in ["", "5", "6", "y"] {
            let mut here = explorer.clone();
            for key in before.chars() {
                let mut effects = send(&mut here, Message::Key(Key::Char(key)));
                // To foretell all of its changes takes a minute without optimisation.
                effects.retain(|effect| name != "names" || !matches!(effect, Effect::Foretell(_)));
                carry_out(&mut here, effects);
            }
            let harmless = BINDINGS.iter().filter(|binding| !matches!(binding.command, Command::Quit | Command::Suspend));
            for binding in harmless.filter(|binding| binding.context == Context::Explore) {
                let mut explorer = here.clone();
                let begun = Instant::now();
                send(&mut explorer, Message::Key(binding.keys[0]));
                frame(&explorer, &theme);
                let taken = begun.elapsed();
                assert!(taken < PATIENCE, "{name}: {} after `{before}` takes {taken:?}", binding.keys[0]);
            }
        }
    }
}

/// The first frame, another target and what was read anew are judged while the person waits: by the budget of a first look, and what it
/// leaves open is asked of the worker. By work, not by time: that holds on any computer.
#[test]
fn what_is_judged_before_a_frame_has_a_budget_of_its_own() {
    let first = Budget::first_look();
    for (name, made, limit, value) in [
        ("siblings", siblings(MANY), Limit::ListedPaths, first.listed),
        ("mesh", mesh(12), Limit::ListedPaths, first.listed),
        ("names", names(300, 1_000), Limit::NameComparisons, first.allowance.name_comparisons),
    ] {
        let opened = opened(made);
        let look = |what: &str, explorer: &Explorer, effects: &[Effect], begun: Instant| {
            let taken = begun.elapsed();
            assert!(taken < PATIENCE, "{name}: {what} takes {taken:?}");
            let judgement = explorer.judgement();
            assert!(judgement.paths.len() <= first.listed, "{name}: {what} lists {} paths", judgement.paths.len());
            assert!(
                judgement.spent.iter().any(|spent| (spent.limit, spent.value) == (limit, value)),
                "{name}: {what}: {:?}",
                judgement.spent
            );
            let asks = effects.iter().any(|effect| matches!(effect, Effect::Judge(_) | Effect::Check { .. }));
            assert!(asks, "{name}: {what} leaves the rest open");
        };
        let begun = Instant::now();
        let (mut explorer, effects) = support::start(opened.clone(), Settings::default(), (120, 40));
        look("the first frame", &explorer, &effects, begun);

        let root = *opened.analysis.trust.stores()[0].anchors.first().unwrap();
        send(&mut explorer, Message::Focus(root));
        send(&mut explorer, Message::Run(Command::Explain));
        assert_eq!(explorer.judgement().target, root);
        let begun = Instant::now();
        let effects = send(&mut explorer, Message::Run(Command::NextTarget));
        look("another target", &explorer, &effects, begun);

        let asked = send(&mut explorer, Message::Run(Command::Reload));
        let begun = Instant::now();
        let effects = answer_load(&mut explorer, &asked, opened);
        look("what was read anew", &explorer, &effects, begun);
    }
}
