//! Is a failure found however many paths come before it, and is the issuer that is to blame drawn as failing?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

use std::cell::Cell;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Budget, Judgement};
use crossroots::cert::{Certificate, Origin, Time};
use crossroots::chain::{CheckBudget, Graph, LinkId, Pool, SignatureState, Store, Trust};
use crossroots::check::{Policy, Verdict};
use crossroots::diagram::Charset;
use crossroots::explorer::{Command, Effect, Explorer, Key, Lower, Message, Settings, ToJudge, status_line, verdict_line};
use crossroots::words::verdict_sentence;
use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use support::{carry_out, send};

/// Paths that hold, before the one that does not; more than any private limit was.
const VALID: u64 = 70;

fn named(name: &str, serial: u64, last_year: i32) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.serial_number = Some(serial.into());
    params.not_after = date_time_ymd(last_year, 1, 1);
    params
}

/// A leaf below a CA with many certificates, of which the last one ends another year.
fn explorer(valid: u64, last_year: i32, at: Time) -> Explorer {
    let [root, ca, leaf] = [(); 3].map(|()| KeyPair::generate().unwrap());
    let mut pool = Pool::default();
    let mut add = |params: &CertificateParams, key: &KeyPair, issuer: (&CertificateParams, &KeyPair)| {
        let der = params.signed_by(key, &Issuer::from_params(issuer.0, issuer.1)).unwrap().der().to_vec();
        pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None })
    };
    let (of_root, of_ca) = (named("Root", 1, 2040), named("CA", 1, 2040));
    add(&named("leaf", 1, 2040), &leaf, (&of_ca, &ca));
    let anchor = add(&of_root, &root, (&of_root, &root));
    for serial in 0..valid {
        add(&named("CA", 10 + serial, 2040), &ca, (&of_root, &root));
    }
    add(&named("CA", 10 + valid, last_year), &ca, (&of_root, &root));
    // Another key of that name, which signed nothing.
    add(&named("CA", 1, 2040), &KeyPair::generate().unwrap(), (&of_root, &root));
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![anchor] }]);
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    opened.analysis = Analysis::new(pool, trust, Policy::at(at), None).unwrap().into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    explorer
}

#[test]
fn the_path_that_fails_is_found_behind_all_those_that_hold() {
    let mut explorer = explorer(VALID, 2020, support::NOW);
    assert_eq!(explorer.judgement().paths.len() as u64, VALID + 1);
    let effects = send(&mut explorer, Message::Key(Key::Char('f')));
    carry_out(&mut explorer, effects);
    assert!(explorer.notice().starts_with("failure 1 of 1: ") && explorer.notice().contains("expired"), "{}", explorer.notice());
    assert_eq!(explorer.judgement().mark(explorer.focus()).verdict, Verdict::Fail);
    assert!(explorer.scene().to_text().contains("EXPIRED 2020-01-01"), "{}", explorer.scene().to_text());
}

#[test]
fn where_nothing_fails_that_is_said_of_every_path() {
    let mut explorer = support::open("lets-encrypt-2024", (120, 40), Charset::Unicode);
    send(&mut explorer, Message::Key(Key::Char('f')));
    assert_eq!(explorer.notice(), "no check fails on any path");
}

/// Paths that hold, more than are listed.
const UNLISTED: u64 = 1_100;

#[test]
fn a_path_has_the_same_place_wherever_it_is_said() {
    let mut explorer = explorer(UNLISTED, 2040, support::NOW);
    assert_eq!(explorer.judgement().paths.len(), 1_000);
    let effects = send(&mut explorer, Message::Key(Key::Char('p')));
    carry_out(&mut explorer, effects);
    let title: String = verdict_line(&explorer).iter().map(|span| span.text.as_str()).collect();
    assert!(title.contains("PATH 2/1,101 VALID"), "{title}");
    assert!(explorer.notice().starts_with("path 2/1,101 ends "), "{}", explorer.notice());
}

#[test]
fn what_holds_of_the_listed_paths_is_not_said_of_all() {
    let mut explorer = explorer(UNLISTED, 2040, support::NOW);
    let effects = send(&mut explorer, Message::Key(Key::Char('f')));
    carry_out(&mut explorer, effects);
    assert_eq!(explorer.notice(), "no check fails on the first 1,000 paths");
    let effects = send(&mut explorer, Message::Run(Command::TimeTab));
    carry_out(&mut explorer, effects);
    // Long lines are rows of their own.
    let rows: String = explorer.rows(Lower::Inspector).into_iter().map(|row| row.value.replace(' ', "")).collect();
    assert!(rows.contains(",0ofthefirst1,000pathsarevalidthen"), "{rows}");
    let effects = send(&mut explorer, Message::Run(Command::DayLater));
    carry_out(&mut explorer, effects);
    assert!(explorer.notice().ends_with(": 1,000 of the first 1,000 paths are valid, as before"), "{}", explorer.notice());
    let late = self::explorer(UNLISTED, 2040, Time(2_300_000_000));
    let sentence = verdict_sentence(late.labels(), late.judgement());
    assert!(sentence.ends_with(" (none of the first 1,000 of 1,101 paths is valid)"), "{sentence}");
}

/// While signatures are unchecked a path may turn out to be none: no number of them is a lower bound.
#[test]
fn no_number_of_paths_is_called_the_least_before_their_signatures_are_checked() {
    let checked = explorer(3, 2040, support::NOW);
    let mut opened = checked.opened().clone();
    let analysis = Arc::make_mut(&mut opened.analysis);
    analysis.graph = Graph::new(&analysis.pool);
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    let title = |explorer: &Explorer| verdict_line(explorer).iter().map(|span| span.text.as_str()).collect::<String>();
    assert!(title(&explorer).contains("PATH 1/at most 5 CHECKING SIGNATURES"), "{}", title(&explorer));
    let Some(Effect::Check { request, .. }) = effects.into_iter().find(|effect| matches!(effect, Effect::Check { .. })) else {
        panic!("no signature is checked")
    };
    let target = explorer.judgement().target;
    let first = LinkId(explorer.analysis().graph.link_range(target).start);
    let effects = send(&mut explorer, Message::Checked { request, results: vec![(first, SignatureState::Bad)] });
    carry_out(&mut explorer, effects);
    let budgets = vec![CheckBudget { limit: 20_000, at: target }];
    let effects = send(&mut explorer, Message::CheckedAll { request, budgets });
    // A job that the system refused says so, and what else is under way goes on.
    send(&mut explorer, Message::Refused("the system refused a thread".to_owned()));
    carry_out(&mut explorer, effects);
    assert!(!explorer.is_working());
    let said: String = status_line(&explorer).iter().map(|span| span.text.as_str()).collect();
    assert_eq!(said.matches("after 20,000 signature checks for the name CA, its other links stay unchecked").count(), 1, "{said}");
    assert!(title(&explorer).contains("signature of leaf was left unchecked: 20,000 checks"), "{}", title(&explorer));
}

/// Who asks something else does not wait for the whole of what was asked before.
#[test]
fn a_judgement_that_is_cancelled_judges_no_further_path() {
    let explorer = explorer(VALID, 2040, support::NOW);
    let (analysis, target) = (Arc::clone(&explorer.opened().analysis), explorer.judgement().target);
    let asked = Cell::new(0);
    let is_cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    assert_eq!(Judgement::new_until(&is_cancelled, Arc::clone(&analysis), target, &Budget::default()).paths.len(), 3);
    let before = Arc::new(explorer.judgement().clone());
    let question = |analysis| ToJudge { generation: 1, analysis, target, budget: Budget::default(), before: Arc::clone(&before) };
    assert!(question(Arc::clone(&analysis)).judge(&is_cancelled).is_none());
    assert!(question(analysis).judge(&|| false).is_some_and(|judgement| judgement.paths.len() as u64 == VALID + 1));
}
