//! Are the four relations between two certificates told apart in the diagram, and the places that one came from?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[expect(dead_code, reason = "other tests use the rest")]
mod made;
#[expect(dead_code, reason = "other tests use the rest")]
mod support;

use crossroots::analysis::Analysis;
use crossroots::cert::Origin;
use crossroots::chain::{CertificateId, Pool, Store, Trust};
use crossroots::check::Policy;
use crossroots::diagram::{Charset, Density};
use crossroots::explorer::{Explorer, Key, Message, Settings};
use made::Made;
use support::send;

fn explore(pool: Pool, trust: Trust, size: (u16, u16)) -> Explorer {
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    opened.analysis = Analysis::new(pool, trust, Policy::at(support::NOW), None).unwrap().into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), size);
    support::carry_out(&mut explorer, effects);
    explorer
}

fn picture(pool: Pool, trust: Trust) -> String {
    explore(pool, trust, (160, 60)).scene().to_text()
}

fn trust(stores: &[(&str, CertificateId)]) -> Trust {
    Trust::new(stores.iter().map(|(name, anchor)| Store { name: (*name).to_owned(), anchors: vec![*anchor] }).collect())
}

#[test]
fn the_same_name_with_another_key_is_drawn_and_named() {
    let mut made = Made::default();
    let root = made.issue_named((2, "Root"), (2, "Root"));
    made.issue_named((1, "Twin"), (2, "Root"));
    made.issue_named((3, "Twin"), (2, "Root"));
    made.issue_named((0, "leaf"), (1, "Twin"));
    let text = picture(made.pool, trust(&[("own", root)]));
    assert_eq!(text.matches("same name, other key").count(), 2, "{text}");
    assert_eq!(text.matches("✗ other key").count(), 1, "{text}");
    assert_eq!(text.matches("─ Twin (key ").count(), 2, "{text}");
    assert!(!text.contains('×'), "neither is a sibling of the other:\n{text}");
}

#[test]
fn of_many_namesakes_a_few_are_drawn_and_all_are_counted() {
    let mut made = Made::default();
    let root = made.issue_named((2, "Root"), (2, "Root"));
    for key in 3..9 {
        made.issue_named((key, "Twin"), (2, "Root"));
    }
    made.issue_named((0, "leaf"), (3, "Twin"));
    let text = picture(made.pool, trust(&[("own", root)]));
    assert_eq!(text.matches("5 others of this name").count(), 4, "{text}");
}

#[test]
fn the_same_key_under_another_name_is_told() {
    let mut made = Made::default();
    let root = made.issue_named((2, "Root"), (2, "Root"));
    made.issue_named((1, "New CA"), (2, "Root"));
    made.issue_named((0, "leaf"), (1, "New CA"));
    made.issue_named((2, "Root"), (1, "Old CA"));
    made.issue_named((1, "Old CA"), (1, "Old CA"));
    let text = picture(made.pool, trust(&[("own", root)]));
    assert!(text.contains("same key as Old CA") && text.contains("same key as New CA"), "{text}");
}

#[test]
fn a_certificate_found_twice_is_one_slot_with_its_places() {
    let mut made = Made::default();
    let root = made.issue_named((2, "Root"), (2, "Root"));
    let leaf = made.issue_named((0, "leaf"), (2, "Root"));
    let certificate = |id| made.pool.certificate(id).clone();
    let file = |path: &str| Origin::File { path: path.to_owned(), block: Some(1) };
    let mut pool = Pool::default();
    let sent = |position| Origin::Server { host: "host".to_owned(), asked: "host".to_owned(), position };
    pool.add(certificate(leaf), sent(1));
    pool.add(certificate(root), file("a.pem"));
    let root = pool.add(certificate(root), file("b.pem"));
    let mut explorer = explore(pool, trust(&[("own", root)]), (160, 60));
    if explorer.density() == Density::Roomy {
        send(&mut explorer, Message::Key(Key::Char('-')));
    }
    let text = explorer.scene().to_text();
    assert!(text.contains("=2 files") && text.contains("srv 1"), "{text}");
    assert!(!text.contains('×'), "a copy is no sibling:\n{text}");
    assert_eq!(explorer.density(), Density::Compact);
    send(&mut explorer, Message::Key(Key::Char('+')));
    assert!(explorer.scene().to_text().contains("a.pem =2 files · "), "{}", explorer.scene().to_text());
}

#[test]
fn with_several_stores_a_box_says_which_of_them_trusts_it() {
    let mut made = Made::default();
    let first = made.issue_named((2, "First"), (2, "First"));
    let second = made.issue_named((3, "Second"), (3, "Second"));
    made.issue_named((1, "CA"), (2, "First"));
    made.issue_named((1, "CA"), (3, "Second"));
    made.issue_named((0, "leaf"), (1, "CA"));
    let text = picture(made.pool, trust(&[("mozilla", first), ("apple", second), ("chrome", second)]));
    assert!(text.contains("◉ mozilla") && text.contains("◉ apple chrome"), "{text}");
    assert!(!text.contains("anchor"), "{text}");
}
