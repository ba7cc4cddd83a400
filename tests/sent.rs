//! What is said of what a server sent: each fault, and none where all is well.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Advice, AdviceKind, Analysis, advice, full_chain};
use crossroots::cert::{Certificate, Origin, Time};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{Effect, Key, Message, Opened};
use crossroots::report;
use crossroots::source::load_sample;
use crossroots::words::{Labels, advice_words};
use crossroots::worker::check_links;
use support::send;

/// The certificates of a sample by their subject's and issuer's labels; stores' too.
fn certificate(sample: &str, subject: &str, issuer: &str) -> Certificate {
    let sample = load_sample(sample).unwrap();
    let own = sample.certificates.into_iter().map(|(certificate, _)| certificate);
    let all = own.chain(sample.stores.into_iter().flat_map(|store| store.certificates));
    all.into_iter().find(|one| one.subject.label() == subject && one.issuer.label() == issuer).unwrap()
}

/// What is judged when a server sends these and the store holds those.
fn sent(certificates: &[&Certificate], known: &[&Certificate], anchors: &[&Certificate], at: Time) -> Analysis {
    let mut pool = Pool::default();
    for (place, certificate) in certificates.iter().enumerate() {
        // Asked by the name that it has.
        let asked = certificates[0].subject.label();
        let origin = Origin::Server { host: asked.clone(), asked, position: place + 1 };
        pool.add((*certificate).clone(), origin);
    }
    let mut candidate = |certificate: &&Certificate| pool.add_candidate((*certificate).clone(), Origin::Store { name: "own".to_owned() });
    known.iter().for_each(|certificate| {
        candidate(certificate);
    });
    let anchors = anchors.iter().map(candidate).collect();
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors }]);
    let mut analysis = Analysis::new(pool, trust, Policy::at(at), None).unwrap();
    let targets = analysis.targets.clone();
    check_links(&Arc::clone(&analysis.pool), &mut analysis.graph, &targets, 1, &mut |_| ControlFlow::Continue(()));
    analysis
}

fn said(analysis: &Analysis) -> Vec<(AdviceKind, Option<usize>, String)> {
    let target = analysis.judge(analysis.targets[0]);
    let labels = Labels::new(&analysis.graph, &target.entities);
    let words = |advice: Advice| {
        let (said, remedy) = advice_words(analysis, &labels, &advice);
        (advice.kind, advice.position, format!("{said}; {remedy}"))
    };
    advice(&target).unwrap().into_iter().map(words).collect()
}

/// 2025-03-01, when Let's Encrypt's E6 and the leaf below it are valid.
const AT: Time = Time(1_740_830_400);

#[test]
fn every_fault_is_named_with_its_remedy() {
    let of = |subject, issuer| certificate("lets-encrypt-2024", subject, issuer);
    let (leaf, e6, x2_by_x1) = (of("letsencrypt.org", "E6"), of("E6", "ISRG Root X2"), of("ISRG Root X2", "ISRG Root X1"));
    let (x1, e6_by_x1) = (of("ISRG Root X1", "ISRG Root X1"), of("E6", "ISRG Root X1"));
    let stranger = certificate("lets-encrypt-2021", "R3", "ISRG Root X1");
    let anchors = [&x1];
    let one = |kind, position, words: &str| vec![(kind, position, words.to_owned())];
    let all = |certificates: &[&Certificate], known: &[&Certificate]| said(&sent(certificates, known, &anchors, AT));

    assert_eq!(all(&[&leaf, &e6_by_x1], &[]), []);
    assert_eq!(all(&[&leaf, &e6, &x2_by_x1], &[]), []);
    assert_eq!(
        all(&[&leaf], &[&e6_by_x1]),
        one(
            AdviceKind::MissingIntermediate { only_own: true },
            None,
            "only the server's own certificate was sent, not E6, which clients need; send E6 too"
        )
    );
    assert_eq!(
        all(&[&leaf], &[]),
        one(
            AdviceKind::MissingIssuer,
            Some(1),
            "letsencrypt.org is issued by E6, which was not sent; send the certificate of E6 after it (available from http://e6.i.lencr.org/)"
        )
    );
    let found = all(&[&leaf, &x2_by_x1, &e6], &[]);
    assert!(matches!(found[..], [(AdviceKind::OutOfOrder { .. }, Some(3), _)]), "{found:?}");
    assert!(found[0].2.contains("send them in this order: letsencrypt.org, E6"), "{found:?}");
    assert_eq!(
        all(&[&leaf, &e6_by_x1, &e6_by_x1], &[]),
        one(AdviceKind::Duplicate { earlier: 2 }, Some(3), "E6 was already sent as number 2; send it once")
    );
    let found = all(&[&leaf, &e6_by_x1, &stranger], &[]);
    assert!(matches!(found[..], [(AdviceKind::Unrelated, Some(3), _)]), "{found:?}");
    let found = all(&[&leaf, &e6_by_x1, &x1], &[]);
    assert!(matches!(found[..], [(AdviceKind::RootSent, Some(3), _)]), "{found:?}");
    // E6 by X2 leads nowhere where only X1 is trusted and X2's cross-sign is unknown; its sibling would.
    let found = all(&[&leaf, &e6], &[&e6_by_x1]);
    assert!(matches!(found[..], [(AdviceKind::StaleSibling { .. }, Some(2), _)]), "{found:?}");
    assert!(found[0].2.ends_with("send E6 by ISRG Root X1 in its place: it has the same name and key"), "{found:?}");
}

#[test]
fn an_expired_cross_sign_is_better_left_out() {
    let of = |subject, issuer| certificate("lets-encrypt-2021", subject, issuer);
    let (leaf, r3) = (of("lencr.org", "R3"), of("R3", "ISRG Root X1"));
    let (x1, x1_by_dst) = (of("ISRG Root X1", "ISRG Root X1"), of("ISRG Root X1", "DST Root CA X3"));
    // 2025-01-01: the cross-sign ended on 2024-09-30, the leaf in February 2024.
    let found = said(&sent(&[&leaf, &r3, &x1_by_dst], &[], &[&x1], Time(1_735_689_600)));
    assert!(found.iter().any(|(kind, position, _)| (kind, *position) == (&AdviceKind::Expired, Some(3))), "{found:?}");
}

#[test]
fn the_full_chain_is_the_shortest_valid_path_without_its_anchor() {
    let of = |subject, issuer| certificate("lets-encrypt-2024", subject, issuer);
    let (leaf, e6_by_x1, x1) = (of("letsencrypt.org", "E6"), of("E6", "ISRG Root X1"), of("ISRG Root X1", "ISRG Root X1"));
    let (e6, x2_by_x1) = (of("E6", "ISRG Root X2"), of("ISRG Root X2", "ISRG Root X1"));
    let analysis = sent(&[&leaf, &x2_by_x1, &e6, &e6_by_x1], &[], &[&x1], AT);
    let target = analysis.judge(analysis.targets[0]);
    let chain: Vec<&Certificate> = full_chain(&target).unwrap().iter().map(|id| analysis.pool.certificate(*id)).collect();
    assert_eq!(chain.iter().map(|one| one.sha256).collect::<Vec<_>>(), [leaf.sha256, e6_by_x1.sha256]);
    assert_eq!(report::pem(&analysis, &target), Ok(leaf.pem() + &e6_by_x1.pem()));

    let opened = Opened { analysis: analysis.into(), ..support::opened("lets-encrypt-2024", Charset::Unicode) };
    let (mut explorer, effects) = support::start(opened, crossroots::explorer::Settings::default(), (80, 24));
    support::carry_out(&mut explorer, effects);
    let effects = send(&mut explorer, Message::Key(Key::Char('w')));
    assert!(
        matches!(&effects[..], [Effect::Save { name, text }] if name == "letsencrypt.org-fullchain.pem" && text.matches("BEGIN").count() == 2)
    );
    send(&mut explorer, Message::Saved(Ok("x.pem".to_owned())));
    assert!(explorer.notice().starts_with("saved to x.pem"));

    let mut none = support::open("missing-issuer", (80, 24), Charset::Unicode);
    assert!(send(&mut none, Message::Key(Key::Char('w'))).is_empty());
    assert_eq!(none.notice(), "no path of this target is valid, so there is no chain to write");
    let late = sent(&[&leaf, &e6_by_x1], &[], &[&x1], Time(1_900_000_000));
    assert!(report::pem(&late, &late.judge(late.targets[0])).unwrap_err().ends_with("has no valid path, so there is no chain to write"));
}
