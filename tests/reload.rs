//! Reading unchanged files again changes nothing that is seen, whatever was done before; and what has changed is said.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/frame.rs"]
mod frame;
#[path = "support/keys.rs"]
mod keys;
#[path = "support/loading.rs"]
mod loading;
mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crossroots::analysis::{Analysis, More};
use crossroots::cert::Time;
use crossroots::chain::{Store, Trust};
use crossroots::check::{PathVerdict, Policy};
use crossroots::diagram::Charset;
use crossroots::explorer::{BINDINGS, Command, Context, Effect, Explorer, Key, Message, Online, Opened};
use crossroots::source::{Input, SAMPLES};
use crossroots::tui::{Colors, Theme};
use crossroots::worker::{Asked, Request, load};
use frame::frame;
use keys::press;
use loading::answer_load;
use proptest::prelude::*;
use support::{carry_out, send};

const SIZE: (u16, u16) = (120, 40);

/// The cells of the screen but for the line that says what was done last.
fn seen(explorer: &Explorer) -> Vec<(String, String)> {
    let buffer = frame(explorer, &Theme { colors: Colors::Sixteen, charset: Charset::Unicode });
    let message = explorer.screen().message;
    let rows = (0..buffer.area.height).filter(|row| *row != message.y || message.height == 0);
    let text = |y: u16| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let style = |y: u16| (0..buffer.area.width).map(|x| format!("{:?}", buffer[(x, y)].style())).collect::<String>();
    rows.map(|y| (text(y), style(y))).collect()
}

fn reload(explorer: &mut Explorer, sample: &str) {
    read_again(explorer, support::opened(sample, Charset::Unicode));
}

/// What may be read again: a built-in sample, or what a command line names.
#[derive(Debug, Clone)]
enum Named {
    Sample(&'static str),
    /// Files with the CRL of `--crl` and the store of `--trust`.
    Revoked,
    /// A file, and one more by standard input, which is kept.
    Piped,
}

impl Named {
    fn opened(&self) -> Opened {
        match self {
            Self::Sample(sample) => support::opened(sample, Charset::Unicode),
            Self::Revoked => {
                let inputs = ["leaf.pem", "issuing.pem"].map(|name| Input::Path(of_sample("rule-revocation", name)));
                read(&inputs, vec![of_sample("rule-revocation", "issuing-crl.pem")], &of_sample("rule-revocation", "root.pem"))
            }
            Self::Piped => {
                let piped = std::fs::read(of_sample("lets-encrypt-2024", "intermediates.pem")).unwrap();
                let inputs = [Input::Path(of_sample("lets-encrypt-2024", "leaf.pem")), Input::Kept(piped.into())];
                read(&inputs, Vec::new(), &of_sample("lets-encrypt-2024", "roots.pem"))
            }
        }
    }
}

fn of_sample(sample: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).join(name)
}

/// What the program makes of these inputs, at a day on which every sample's files are valid.
fn read(inputs: &[Input], crls: Vec<PathBuf>, store: &Path) -> Opened {
    let inputs = inputs.iter().map(|input| Asked { text: format!("{input:?}"), input: Ok(input.clone()) }).collect();
    let request = Request { inputs, crls, stores: vec![format!("own={}", store.display())], ..Request::default() };
    let mut loaded = load(&request, &|_| {}, &AtomicBool::new(false)).unwrap();
    let at = Time::parse("2026-06-02T12:00:00Z", support::NOW).unwrap();
    let analysis = Analysis::new(std::mem::take(&mut loaded.pool), std::mem::take(&mut loaded.trust), Policy::at(at), None).unwrap();
    let analysis = analysis.with_evidence(loaded.crls, loaded.responses);
    let problems = loaded.problems.clone();
    Opened { title: "files".to_owned(), analysis: analysis.into(), problems, about: None, ..support::opened("bridge", Charset::Unicode) }
}

fn named() -> impl Strategy<Value = Named> {
    let samples = SAMPLES.iter().map(|sample| Named::Sample(sample.name));
    // As often as a third of all.
    let files = [Named::Revoked, Named::Piped].into_iter().cycle().take(SAMPLES.len() / 2);
    prop::sample::select(samples.chain(files).collect::<Vec<_>>())
}

/// Commands and keys, those that end or leave the program left out.
fn steps() -> impl Strategy<Value = Vec<Key>> {
    let is_harmless = |command: Command| !matches!(command, Command::Quit | Command::Suspend | Command::Reload | Command::Fetch);
    let bound = BINDINGS.iter().filter(|binding| is_harmless(binding.command) && binding.context == Context::Explore);
    let mut keys: Vec<Key> = bound.flat_map(|binding| binding.keys).copied().collect();
    keys.extend("aaavvceerst2021-10-01".chars().map(Key::Char));
    keys.extend([Key::Enter, Key::Down, Key::Right, Key::Up, Key::Escape, Key::Left]);
    prop::collection::vec(prop::sample::select(keys), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn reading_again_what_is_unchanged_changes_nothing_that_is_seen(named in named(), steps in steps(), size in prop::sample::select(vec![SIZE, (80, 24), (200, 60), (40, 12)])) {
        let (mut explorer, effects) = support::start(named.opened(), Default::default(), size);
        carry_out(&mut explorer, effects);
        for key in steps {
            let effects = send(&mut explorer, Message::Key(key));
            carry_out(&mut explorer, effects);
        }
        // Nothing answers what the keys opened: it is given up.
        while explorer.opening().is_some() {
            send(&mut explorer, Message::Key(Key::Escape));
        }
        let before = (seen(&explorer), format!("{:?}", explorer.views()), explorer.failure(), explorer.judgement().verdict);
        for time in ["once", "twice"] {
            read_again(&mut explorer, named.opened());
            let after = (seen(&explorer), format!("{:?}", explorer.views()), explorer.failure(), explorer.judgement().verdict);
            let changed: Vec<_> = before.0.iter().zip(&after.0).filter(|(before, after)| before != after).map(|(before, after)| (&before.0, &after.0)).collect();
            prop_assert!(before == after, "read again {time}, {named:?}: {changed:#?}");
        }
    }
}

#[test]
fn what_was_done_by_hand_is_there_after_two_reloads() {
    let mut explorer = support::open("lets-encrypt-2024", SIZE, Charset::Unicode);
    press(&mut explorer, "End a Home v T 2 0 2 5 - 0 3 - 0 1 Enter 1 & l e t s Enter Ctrl-O a b");
    let at = explorer.analysis().policy.at;
    let verdict = explorer.judgement().verdict;
    reload(&mut explorer, "lets-encrypt-2024");
    reload(&mut explorer, "lets-encrypt-2024");
    assert_eq!(explorer.notice(), "reloaded: nothing changed");
    assert_eq!((explorer.analysis().policy.at, explorer.judgement().verdict), (at, verdict));
    assert!(explorer.is_typing(), "the prompt stays open");
    press(&mut explorer, "Esc Esc Tab Tab End d");
    assert!(explorer.rows(crossroots::explorer::Lower::Inspector).iter().any(|row| row.name == "B"));
}

/// Takes what is read again in, whatever became of the files.
fn read_again(explorer: &mut Explorer, opened: Opened) {
    let effects = send(explorer, Message::Run(Command::Reload));
    let asked = carry_out(explorer, effects);
    let effects = answer_load(explorer, &asked, opened);
    carry_out(explorer, effects);
}

#[test]
fn a_crl_that_is_there_now_is_said_and_what_it_does_to_the_paths() {
    let without = || {
        let mut opened = support::opened("rule-revocation", Charset::Unicode);
        Arc::make_mut(&mut opened.analysis).evidence = Arc::default();
        opened
    };
    let (mut explorer, effects) = support::start(without(), Default::default(), SIZE);
    carry_out(&mut explorer, effects);
    read_again(&mut explorer, support::opened("rule-revocation", Charset::Unicode));
    assert_eq!(explorer.notice(), "loaded 1 CRL: the only path is not valid, but was before");
    read_again(&mut explorer, without());
    assert_eq!(explorer.notice(), "1 CRL no longer present: the only path is valid, but was not before");
}

#[test]
fn a_store_that_is_another_is_said_and_a_choice_by_hand_is_no_switch() {
    let with = |anchors: bool| {
        let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
        if !anchors {
            let analysis = Arc::make_mut(&mut opened.analysis);
            let stores = analysis.trust.stores().iter().map(|store| Store { anchors: Vec::new(), ..store.clone() }).collect();
            analysis.trust = Trust::new(stores);
        }
        opened
    };
    let (mut explorer, effects) = support::start(with(false), Default::default(), SIZE);
    carry_out(&mut explorer, effects);
    read_again(&mut explorer, with(true));
    assert!(explorer.notice().starts_with("store ") && explorer.notice().contains("anchor"), "{}", explorer.notice());
    read_again(&mut explorer, with(false));

    // Trusted by hand, and then by the store as well.
    press(&mut explorer, "End a");
    let root = explorer.focus();
    let is_anchor = |explorer: &Explorer| !explorer.analysis().trust.anchor_of(root).is_empty();
    assert!(is_anchor(&explorer));
    read_again(&mut explorer, with(true));
    assert!(is_anchor(&explorer), "what the person trusts stays trusted");
    press(&mut explorer, "a");
    read_again(&mut explorer, with(true));
    assert!(!is_anchor(&explorer), "and what the person does not trust stays so");
}

/// A text that lies on top closes by any key but this: what is read stays to be read.
#[test]
fn a_reload_is_asked_for_over_a_text_too_and_leaves_it_there() {
    let mut explorer = support::open("lets-encrypt-2024", SIZE, Charset::Unicode);
    press(&mut explorer, "Y");
    let before = format!("{:?}", explorer.views());
    let asked = press(&mut explorer, "R");
    assert!(matches!(asked[..], [Effect::Load { .. }]));
    let effects = answer_load(&mut explorer, &asked, support::opened("lets-encrypt-2024", Charset::Unicode));
    carry_out(&mut explorer, effects);
    assert_eq!((format!("{:?}", explorer.views()), explorer.notice()), (before, "reloaded: nothing changed"));
}

/// What was fetched is brought by the thread that reads; the drawing thread has nothing to take in, and checks no signature of it.
#[test]
fn what_was_fetched_is_there_already_when_all_is_read_again() {
    let sample = || support::opened("rule-revocation", Charset::Unicode);
    let without = || {
        let mut opened = sample();
        Arc::make_mut(&mut opened.analysis).evidence = Arc::default();
        opened
    };
    let mut fetched = without();
    let crls = sample().analysis.evidence.crls().iter().map(|given| (given.item.clone(), "http://ca.test/a.crl".to_owned())).collect();
    Arc::make_mut(&mut fetched.analysis).grow(More { crls, ..More::default() });
    let (mut explorer, effects) = support::start(fetched, Default::default(), SIZE);
    carry_out(&mut explorer, effects);
    let asked = press(&mut explorer, "R");
    let Some(Effect::Load { before, .. }) = asked.first() else { panic!("{asked:?}") };
    let mut read = without();
    Arc::make_mut(&mut read.analysis).keep_fetched(before);
    let evidence = Arc::clone(&read.analysis.evidence);
    assert_eq!(evidence.crls().len(), 1);
    let effects = answer_load(&mut explorer, &asked, read);
    assert!(Arc::ptr_eq(&explorer.opened().analysis.evidence, &evidence));
    carry_out(&mut explorer, effects);
    assert_eq!(explorer.notice(), "reloaded: nothing changed");
}

/// Under `--online` a reload fetches anew, and the answer ends it.
#[test]
fn a_reload_fetches_and_does_not_wait_for_what_was_asked_before() {
    let opened = || {
        let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
        opened.online = Online { at_start: true, ..Online::default() };
        opened
    };
    let (mut explorer, effects) = support::start(opened(), Default::default(), SIZE);
    let ticket = |effects: &[Effect]| {
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Fetch { ticket, .. } => Some(*ticket),
            _ => None,
        });
        asked.unwrap_or_else(|| panic!("nothing is fetched: {effects:?}"))
    };
    let first = ticket(&effects);
    carry_out(&mut explorer, effects);
    let asked = press(&mut explorer, "R");
    let effects = answer_load(&mut explorer, &asked, opened());
    let second = ticket(&effects);
    carry_out(&mut explorer, effects);
    send(&mut explorer, Message::FetchedAll { ticket: first, problem: None });
    assert!(explorer.is_fetching() && first != second, "an answer to what was asked before counts no more");
    send(&mut explorer, Message::FetchedAll { ticket: second, problem: None });
    assert!(!explorer.is_fetching());
}

/// What was fetched on a key goes on, though it is of another pool now.
#[test]
fn a_reload_goes_on_with_what_was_being_fetched() {
    let mut explorer = support::open("missing-issuer", SIZE, Charset::Unicode);
    let asked = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Fetch { path: Some(_), .. }));
    assert!(asked(&send(&mut explorer, Message::Run(Command::Fetch))), "{}", explorer.notice());
    let load = send(&mut explorer, Message::Run(Command::Reload));
    let effects = answer_load(&mut explorer, &load, support::opened("missing-issuer", Charset::Unicode));
    assert!(asked(&effects) && explorer.is_fetching());
}

/// Certificates, a CRL and a store that come, go or are replaced between one reading and the next.
#[test]
fn what_changed_in_files_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (inputs, store) = (folder.path().join("inputs"), folder.path().join("store.pem"));
    std::fs::create_dir(&inputs).unwrap();
    let put = |name: &str| std::fs::copy(of_sample("rule-revocation", name), inputs.join(name)).unwrap();
    let root = std::fs::read_to_string(of_sample("rule-revocation", "root.pem")).unwrap();
    put("leaf.pem");
    put("issuing.pem");
    std::fs::write(&store, &root).unwrap();
    let opened = || read(&[Input::Path(inputs.clone())], Vec::new(), &store);
    let (mut explorer, effects) = support::start(opened(), Default::default(), SIZE);
    carry_out(&mut explorer, effects);
    assert_eq!(explorer.judgement().verdict, PathVerdict::Valid);

    let mut read_and_say = |what: &str, verdict: PathVerdict| {
        read_again(&mut explorer, opened());
        assert!(explorer.notice().starts_with(what), "{what}: {}", explorer.notice());
        assert_eq!(explorer.judgement().verdict, verdict, "{what}");
    };
    read_and_say("reloaded: nothing changed", PathVerdict::Valid);
    put("issuing-crl.pem");
    read_and_say("loaded 1 CRL: ", PathVerdict::Invalid);
    read_and_say("reloaded: nothing changed", PathVerdict::Invalid);
    std::fs::remove_file(inputs.join("issuing-crl.pem")).unwrap();
    read_and_say("1 CRL no longer present: ", PathVerdict::Valid);
    std::fs::copy(of_sample("bad-signature", "leaf.pem"), inputs.join("issuing.pem")).unwrap();
    read_and_say("loaded 1 certificate; 1 certificate no longer present", PathVerdict::Incomplete);
    put("issuing.pem");
    read_and_say("loaded 1 certificate; 1 certificate no longer present", PathVerdict::Valid);
    let other = std::fs::read_to_string(of_sample("lets-encrypt-2024", "roots.pem")).unwrap();
    std::fs::write(&store, other).unwrap();
    read_and_say("store own: ", PathVerdict::Incomplete);
    std::fs::write(&store, root).unwrap();
    read_and_say("store own: ", PathVerdict::Valid);
    std::fs::write(inputs.join("broken.pem"), "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n").unwrap();
    read_again(&mut explorer, opened());
    assert_ne!(explorer.notice(), "reloaded: nothing changed", "what cannot be read is something new");
}
