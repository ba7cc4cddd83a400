//! What the explorer shows of revocation: a mark and a date where there is one, nothing where nothing is known.

use std::ops::ControlFlow;

use crossroots::analysis::Analysis;
use crossroots::check::{PathVerdict, Policy, Verdict};
use crossroots::diagram::Charset;
use crossroots::explorer::{Effect, Effects, Explorer, Lower, Message, Opened, Settings};
use crossroots::worker::check_links;

use super::making::{MadeCrl, NOW, World, entry, time, unchecked};
use super::responses::{GOOD, MadeResponse, responder, revoked};

/// The explorer once every signature is checked that it asked for.
fn opened(analysis: Analysis) -> Explorer {
    let opened = Opened {
        title: "test".to_owned(),
        analysis: analysis.into(),
        now: time(NOW),
        zone: jiff::tz::TimeZone::UTC,
        connections: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        unread: Vec::new(),
        collected: Default::default(),
        about: None,
        charset: Charset::Unicode,
        online: crossroots::explorer::Online::default(),
    };
    let mut effects = Effects::default();
    let mut explorer = Explorer::new(opened, Settings::default(), (120, 40), &mut effects);
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Judge(question) => explorer.update(Message::Judged(Box::new(question.judge(&|| false).unwrap())), &mut effects),
            Effect::Check { request, pool, mut graph, target, signers } => {
                let targets: Vec<_> = std::iter::once(target).chain(signers).collect();
                let mut results = Vec::new();
                let budgets = check_links(&pool, &mut graph, &targets, 1, &mut |round| {
                    results.extend_from_slice(round);
                    ControlFlow::Continue(())
                });
                explorer.update(Message::Checked { request, results }, &mut effects);
                explorer.update(Message::CheckedAll { request, budgets }, &mut effects);
            }
            other => panic!("{other:?}"),
        }
    }
    explorer
}

fn marks(explorer: &Explorer) -> Vec<(Option<Verdict>, String)> {
    explorer.rows(Lower::Checks).into_iter().filter(|row| row.key.ends_with("/revocation")).map(|row| (row.mark, row.value)).collect()
}

#[test]
fn a_responder_is_believed_once_its_own_signature_is_checked() {
    let world = World::new();
    let delegate = responder(|_| {});
    let response = MadeResponse { with: Some(delegate.by(&world.sub, 30)), ..MadeResponse::new(&revoked("2026-11-10", 1), &world.sub) };
    let analysis = unchecked(&world.certificates(), Vec::new(), vec![response.by(&delegate)], Policy::at(time(NOW)));
    let explorer = opened(analysis);
    assert_eq!(explorer.judgement().verdict, PathVerdict::Invalid);
    let words = "leaf was revoked on 2026-11-10 (keyCompromise) according to the OCSP response of 2026-11-20";
    assert_eq!(marks(&explorer), [(Some(Verdict::Fail), words.to_owned())]);
}

#[test]
fn what_is_not_known_for_want_of_data_is_not_on_the_screen() {
    let world = World::new();
    let explorer = opened(unchecked(&world.certificates(), Vec::new(), Vec::new(), Policy::at(time(NOW))));
    assert_eq!((explorer.judgement().verdict, marks(&explorer)), (PathVerdict::Valid, Vec::new()));
    assert!(explorer.rows(Lower::Checks).iter().all(|row| row.mark != Some(Verdict::Unknown)));
    // Of the leaf it is known, of its issuer it is not.
    let good = MadeResponse::new(GOOD, &world.sub).by(&world.sub);
    let explorer = opened(unchecked(&world.certificates(), Vec::new(), vec![good], Policy::at(time(NOW))));
    assert!(marks(&explorer).iter().all(|(mark, _)| *mark == Some(Verdict::Pass)));
    // What was given and is of no use is shown.
    let stale = MadeCrl::new(vec![entry(9, "2026-01-01", &[])]).dated("2026-01-01", Some("2026-01-08")).by(&world.sub);
    let explorer = opened(unchecked(&world.certificates(), vec![stale], Vec::new(), Policy::at(time(NOW))));
    assert_eq!(explorer.judgement().verdict, PathVerdict::Valid);
    assert!(marks(&explorer).iter().any(|(mark, words)| *mark == Some(Verdict::Unknown) && words.contains("stale since 2026-01-08")));
}
