//! What keys do: the state before, the keys, the state after.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/keys.rs"]
mod keys;
#[path = "support/loading.rs"]
mod loading;
mod support;

use std::sync::Arc;

use crossroots::analysis::{Analysis, Judgement, More};
use crossroots::cert::{Origin, hex_colons, spki_pin};
use crossroots::chain::{CertificateId, Pool, SignatureState, Trust};
use crossroots::check::{PathVerdict, Policy};
use crossroots::diagram::{Charset, Orientation};
use crossroots::explorer::{
    Addition, BINDINGS, COPIES, Clipboard, Command, Completion, Context, Copy, Effect, Explorer, Hit, Key, Lower, Message, Mouse,
    MouseAction, Opened, Pane, Part, Settings, Tab, ToJudge, View, copy_text, hex_rows, inset, status_line,
};
use crossroots::report::{Notes, ReportOptions, text};
use crossroots::source::{Problem, ProblemKind, SAMPLES, Step};
use crossroots::words::written;
use keys::press;
use loading::{answer_load, ticket_of};
use support::{carry_out, send};

const LARGE: (u16, u16) = (120, 40);
const SMALL: (u16, u16) = (80, 24);

fn open(sample: &str) -> Explorer {
    support::open(sample, LARGE, Charset::Unicode)
}

fn verdicts(explorer: &Explorer) -> Vec<PathVerdict> {
    explorer.judgement().paths.iter().map(|judged| judged.verdict).collect()
}

#[test]
fn the_focus_starts_at_the_first_failure_else_at_a_cross_sign() {
    assert_eq!(focus(&open("lets-encrypt-2021")), "DST Root CA X3");
    assert_eq!(focus(&open("expired-root")), "Clock Root 2016");
    assert_eq!(focus(&open("bad-signature")), "shop.test");
    assert!(focus(&open("lets-encrypt-2024")).starts_with("E6 by "));
    assert_eq!(focus(&open("missing-issuer")), "harbor.test");
}

#[test]
fn the_best_path_is_chosen_first() {
    let explorer = open("lets-encrypt-2021");
    assert_eq!(explorer.judgement().paths[explorer.chosen()].verdict, PathVerdict::Valid);
    assert_eq!(verdicts(&explorer).iter().filter(|verdict| **verdict == PathVerdict::Invalid).count(), 1);
}

#[test]
fn arrows_walk_towards_the_roots_and_back_in_both_orientations() {
    let mut explorer = open("lets-encrypt-2026");
    assert_eq!(explorer.orientation(), Orientation::TopDown);
    press(&mut explorer, "Home");
    assert_eq!(focus(&explorer), "letsencrypt.org");
    press(&mut explorer, "Up k");
    assert_eq!(focus(&explorer), "Root YE");
    press(&mut explorer, "Down j");
    assert_eq!(focus(&explorer), "letsencrypt.org");
    press(&mut explorer, "o Right l");
    assert_eq!((explorer.orientation(), focus(&explorer).as_str()), (Orientation::LeftRight, "Root YE"));
    press(&mut explorer, "Left h");
    assert_eq!(focus(&explorer), "letsencrypt.org");
    press(&mut explorer, "End");
    assert!(focus(&explorer).starts_with("ISRG Root X2"));
}

#[test]
fn siblings_come_round_and_a_path_can_be_chosen_through_one() {
    let mut explorer = open("lets-encrypt-2024");
    let first = focus(&explorer);
    press(&mut explorer, "s");
    let second = focus(&explorer);
    assert!(second.starts_with("E6 by ") && second != first);
    assert!(!explorer.chosen_path().unwrap().certificates.contains(&explorer.focus()));
    press(&mut explorer, "Space");
    assert!(explorer.chosen_path().unwrap().certificates.contains(&explorer.focus()));
    press(&mut explorer, "s S s");
    assert_eq!(focus(&explorer), first);
}

#[test]
fn every_path_is_visited_and_the_focus_stays_on_it() {
    let mut explorer = open("lets-encrypt-2024");
    let mut seen = std::collections::BTreeSet::from([explorer.chosen()]);
    for _ in 0..2 {
        press(&mut explorer, "p");
        seen.insert(explorer.chosen());
        assert!(explorer.chosen_path().unwrap().certificates.contains(&explorer.focus()));
    }
    assert_eq!(seen.len(), 3);
    press(&mut explorer, "P P p p p");
    assert_eq!(explorer.chosen(), 0);
}

#[test]
fn failures_are_visited_and_come_round() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "T 2 0 2 5 - 1 0 - 0 1 Enter");
    assert_eq!(verdicts(&explorer), [PathVerdict::Invalid; 3]);
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut explorer, "f");
        seen.push(focus(&explorer));
    }
    assert_eq!((seen[0].as_str(), seen[1].as_str()), ("letsencrypt.org", "ISRG Root X2 by ISRG Root X1"));
    assert_eq!((&seen[2], &seen[3]), (&seen[0], &seen[1]));
    press(&mut explorer, "F");
    assert_eq!(focus(&explorer), seen[0]);
}

#[test]
fn time_moves_and_no_signature_is_checked_again() {
    let mut explorer = open("lets-encrypt-2024");
    let at = explorer.analysis().policy.at;
    let mut checks = 0;
    let mut go = |explorer: &mut Explorer, key: Key| {
        let effects = send(explorer, Message::Key(key));
        checks += effects.iter().filter(|effect| matches!(effect, Effect::Check { .. })).count();
        checks += carry_out(explorer, effects).len();
    };
    go(&mut explorer, Key::Char('t'));
    go(&mut explorer, Key::Right);
    assert_eq!(explorer.analysis().policy.at, at.plus(86_400));
    go(&mut explorer, Key::Left);
    go(&mut explorer, Key::Up);
    assert_eq!(explorer.analysis().policy.at.date(), "2025-04-01");
    go(&mut explorer, Key::End);
    assert_eq!(explorer.analysis().policy.at.rfc3339(), "2025-05-06T13:54:01Z");
    assert_eq!(verdicts(&explorer), [PathVerdict::Invalid; 3]);
    go(&mut explorer, Key::Home);
    assert_eq!((verdicts(&explorer), explorer.analysis().policy.at.date().as_str()), (vec![PathVerdict::Valid; 3], "2025-02-05"));
    go(&mut explorer, Key::Char('n'));
    assert_eq!(explorer.analysis().policy.at, support::NOW);
    go(&mut explorer, Key::Char('a'));
    go(&mut explorer, Key::Char('a'));
    assert_eq!(checks, 0);
}

#[test]
fn a_bad_date_is_said_and_can_be_mended() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "T 2 0 2 1 x Enter");
    assert!(matches!(explorer.views().last(), Some(View::Date { error: Some(error), .. }) if error.contains("expected")));
    press(&mut explorer, "Backspace - 1 0 - 0 1 Enter");
    assert_eq!((explorer.views().len(), explorer.analysis().policy.at.date().as_str()), (0, "2021-10-01"));
}

#[test]
fn an_anchor_can_be_taken_away_and_given_back() {
    let mut explorer = open("lets-encrypt-2024");
    let before = verdicts(&explorer);
    press(&mut explorer, "End a");
    assert_ne!(verdicts(&explorer), before);
    press(&mut explorer, "a");
    assert_eq!(verdicts(&explorer), before);
}

#[test]
fn a_resize_never_turns_the_picture() {
    let mut explorer = open("lets-encrypt-2024");
    for size in [(80, 24), (20, 5), (1, 1), (300, 100), (80, 24)] {
        send(&mut explorer, Message::Resize(size.0, size.1));
        assert_eq!((explorer.orientation(), explorer.size()), (Orientation::TopDown, size));
    }
    press(&mut explorer, "o");
    send(&mut explorer, Message::Resize(200, 60));
    assert_eq!(explorer.orientation(), Orientation::LeftRight);
}

#[test]
fn panes_zoom_and_escape_lead_back_and_escape_never_quits() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "Tab");
    assert_eq!(explorer.pane(), Pane::Inspector);
    press(&mut explorer, "Tab z");
    assert_eq!((explorer.pane(), explorer.zoomed()), (Pane::Checks, true));
    for opening in ["?", "y", "/", "T", "t", "2", "1", "z"] {
        press(&mut explorer, opening);
        for _ in 0..10 {
            assert!(!press(&mut explorer, "Esc").iter().any(|effect| matches!(effect, Effect::Quit)));
        }
        assert_eq!((explorer.pane(), explorer.zoomed(), explorer.views().len()), (Pane::Diagram, false, 0));
    }
    assert!(matches!(press(&mut explorer, "q")[..], [Effect::Quit]));
    assert!(matches!(send(&mut explorer, Message::Quit)[..], [Effect::Quit]));
}

#[test]
fn search_finds_certificates_and_goes_on() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "/ R o o t Enter");
    let hits = explorer.hits().len();
    assert!(hits >= 4, "{hits}");
    let first = focus(&explorer);
    press(&mut explorer, "n");
    assert_ne!(focus(&explorer), first);
    press(&mut explorer, "N");
    assert_eq!(focus(&explorer), first);
    press(&mut explorer, "/ n o w h e r e Enter");
    assert!(explorer.hits().is_empty() && explorer.notice().contains("no field of any certificate"));
    send(&mut explorer, Message::Key(Key::Char('/')));
    send(&mut explorer, Message::Paste("letsencrypt.org\x1b\n".to_owned()));
    assert!(matches!(explorer.views().last(), Some(View::Search { text }) if text.value() == "letsencrypt.org"));
}

#[test]
fn a_search_answers_while_it_is_typed() {
    let mut explorer = open("lets-encrypt-2024");
    let before = explorer.focus();
    press(&mut explorer, "/ x 1");
    assert!(explorer.search_words().starts_with("3 found"), "{}", explorer.search_words());
    // The text has grown: only what had the shorter one is looked through again, and older answers count no more.
    let effects = send(&mut explorer, Message::Key(Key::Char('.')));
    assert!(matches!(&effects[..], [Effect::Search { wanted, among: Some(among), .. }] if wanted == "x1." && among.len() == 3));
    assert_eq!(explorer.search_words(), "0 so far");
    let late = Hit { certificate: before, field: String::new(), value: String::new() };
    send(&mut explorer, Message::Found { ticket: 0, hits: vec![late], done: true });
    assert_eq!(explorer.search_words(), "0 so far");
    // Enter waits for the answer.
    press(&mut explorer, "Enter");
    assert!(explorer.views().is_empty() && explorer.notice().starts_with("looking for"));
    support::carry_out(&mut explorer, effects);
    assert!(explorer.notice().starts_with("found 1 of ") && explorer.notice().contains("http://x1.i.lencr.org/"), "{}", explorer.notice());
    // Escape is as if nothing had been typed.
    let here = explorer.focus();
    press(&mut explorer, "/ l e t s e n c r y p t . o r g");
    assert_ne!(explorer.focus(), here);
    press(&mut explorer, "Esc");
    assert_eq!((explorer.focus(), explorer.hits().len()), (here, 0));
}

/// What is sought, and was not there, may be in what is fetched afterwards: the text need not be typed anew.
#[test]
fn what_was_fetched_since_is_found() {
    let mut explorer = open("missing-issuer");
    press(&mut explorer, "/ b r i d g e Enter");
    assert!(explorer.notice().starts_with("`bridge` is in no field"), "{}", explorer.notice());
    let effects = send(&mut explorer, Message::Run(crossroots::explorer::Command::Fetch));
    let Some(Effect::Fetch { ticket, analysis, .. }) = effects.into_iter().find(|effect| matches!(effect, Effect::Fetch { .. })) else {
        panic!("nothing is fetched: {}", explorer.notice())
    };
    let (base, mut known) = (Arc::clone(&analysis.pool), analysis);
    let other = support::opened("bridge", Charset::Unicode).analysis;
    let origin = |url: &str| Origin::Aia { url: url.to_owned(), of: "shop".to_owned() };
    let certificates = other.pool.ids().map(|id| (other.pool.certificate(id).clone(), origin("http://ca.test/"))).collect();
    known.grow(More { certificates, ..More::default() });
    let effects = send(&mut explorer, Message::Fetched { ticket, base, analysis: known });
    carry_out(&mut explorer, effects);
    assert!(!explorer.hits().is_empty() && !explorer.is_searching());
    press(&mut explorer, "n");
    assert!(explorer.notice().starts_with("found 1 of "), "{}", explorer.notice());
}

#[test]
fn a_chosen_path_that_is_all_there_is_leaves_nothing_out() {
    let mut explorer = open("rule-revocation");
    press(&mut explorer, "C");
    assert_eq!(explorer.notice(), "only the chosen path, which has every name and key: nothing is left out");
}

/// What is found late may be of a pool that is gone.
#[test]
fn an_answer_from_before_a_reload_is_not_taken() {
    let mut explorer = open("bridge");
    send(&mut explorer, Message::Key(Key::Char('/')));
    let effects = send(&mut explorer, Message::Paste("agency".to_owned()));
    let Some(Effect::Search { ticket, pool, .. }) = effects.first() else { panic!("{effects:?}") };
    let last = pool.ids().last().unwrap();
    let hit = Hit { certificate: last, field: String::new(), value: String::new() };
    let asked = press(&mut explorer, "Esc R");
    answer_load(&mut explorer, &asked, support::opened("expired-root", Charset::Unicode));
    press(&mut explorer, "/ x");
    send(&mut explorer, Message::Found { ticket: *ticket, hits: vec![hit], done: true });
    assert!(explorer.hits().iter().all(|hit| explorer.analysis().pool.ids().any(|id| id == hit.certificate)));
}

#[test]
fn a_signature_from_before_a_reload_is_not_taken() {
    let (mut explorer, effects) = support::start(support::opened("bridge", Charset::Unicode), Settings::default(), LARGE);
    let Some(Effect::Check { request, .. }) = effects.first() else { panic!("{effects:?}") };
    let request = *request;
    let asked = press(&mut explorer, "R");
    let effects = answer_load(&mut explorer, &asked, support::opened("expired-root", Charset::Unicode));
    let link = explorer.analysis().graph.link_ids().next().unwrap();
    let states = |explorer: &Explorer| explorer.analysis().graph.links().map(|link| link.signature).collect::<Vec<_>>();
    let before = states(&explorer);
    send(&mut explorer, Message::Checked { request, results: vec![(link, SignatureState::Bad)] });
    assert_eq!(states(&explorer), before);
    carry_out(&mut explorer, effects);
    assert!(states(&explorer).iter().all(|state| *state == SignatureState::Good), "and those of its own are");
}

#[test]
fn the_picture_does_not_hang_on_those_before_it() {
    for sample in crossroots::source::SAMPLES.iter().filter(|sample| !sample.name.starts_with("rule-")) {
        for keys in ["", "o", "-", "+"] {
            let mut explorer = open(sample.name);
            press(&mut explorer, keys);
            let before = explorer.scene().to_text();
            for (width, height) in [(40, 12), (300, 100), (97, 30), (62, 24), (180, 50), (120, 40), explorer.size()] {
                send(&mut explorer, Message::Resize(width, height));
            }
            assert_eq!(explorer.scene().to_text(), before, "{} {keys}", sample.name);
        }
    }
}

/// However a number is written.
#[test]
fn numbers_and_fingerprints_are_found_with_and_without_colons() {
    let mut explorer = open("lets-encrypt-2021");
    let root = explorer.focus();
    for text in ["44:AF:B0:80", "44afb080d6a3", "0687260331A72403D9", "06:87:26:03", "91299735575339953335919266965803778155", "2.5.29.19"]
    {
        send(&mut explorer, Message::Key(Key::Char('/')));
        let effects = send(&mut explorer, Message::Paste(text.to_owned()));
        support::carry_out(&mut explorer, effects);
        assert!(explorer.hits().iter().any(|hit| hit.certificate == root), "{text}");
        press(&mut explorer, "Esc");
    }
}

#[test]
fn what_is_not_drawn_becomes_the_target_when_found() {
    let mut explorer = open("partitions");
    press(&mut explorer, "/ o r d e r s . w e s t Enter");
    assert_eq!(explorer.judgement().target, explorer.focus());
    assert_eq!(focus(&explorer), "orders.west.internal");
}

#[test]
fn targets_follow_one_another_and_any_certificate_can_be_explained() {
    let mut explorer = open("partitions");
    let first = explorer.judgement().target;
    press(&mut explorer, "u");
    assert_ne!(explorer.judgement().target, first);
    press(&mut explorer, "U");
    assert_eq!(explorer.judgement().target, first);
    press(&mut explorer, "u End x");
    assert!(!explorer.analysis().targets.contains(&explorer.judgement().target));
    press(&mut explorer, "u");
    assert_eq!(explorer.judgement().target, explorer.analysis().targets[1], "back to the target that was left, not to the first");
}

#[test]
fn an_explained_certificate_leads_back_to_the_only_target() {
    let mut explorer = open("lets-encrypt-2024");
    let first = explorer.judgement().target;
    press(&mut explorer, "u");
    assert!(explorer.notice().starts_with("there is only one target"), "{}", explorer.notice());
    press(&mut explorer, "Home x");
    assert!(!explorer.notice().contains("back to"), "{}: it is the target", explorer.notice());
    for back in ["u", "U"] {
        press(&mut explorer, "End x");
        assert_ne!(explorer.judgement().target, first);
        let notice = explorer.notice();
        assert!(notice.starts_with("now showing its paths; u: back to letsencrypt.org"), "{notice}");
        assert!(status(&explorer).contains("other target"));
        press(&mut explorer, back);
        assert_eq!((explorer.judgement().target, explorer.notice()), (first, "target 1 of 1"));
        assert!(!status(&explorer).contains("other target"));
    }
}

fn status(explorer: &Explorer) -> String {
    status_line(explorer).iter().map(|span| span.text.as_str()).collect()
}

/// The sample without one of its certificates, and with no store.
fn without(sample: &str, left_out: CertificateId) -> Opened {
    let whole = support::opened(sample, Charset::Unicode);
    let mut pool = Pool::default();
    for entry in whole.analysis.pool.ids().filter(|id| *id != left_out).map(|id| whole.analysis.pool.entry(id)).filter(|entry| entry.given)
    {
        pool.add(entry.certificate.clone(), entry.origins[0].clone());
    }
    let analysis = Analysis::new(pool, Trust::new(Vec::new()), Policy::at(whole.analysis.policy.at), None).unwrap();
    Opened { analysis: analysis.into(), ..whole }
}

#[test]
fn a_target_whose_file_went_away_and_came_back_is_reached_again() {
    let mut explorer = open("lets-encrypt-2024");
    let leaf = |explorer: &Explorer| explorer.analysis().pool.certificate(explorer.judgement().target).sha256.to_string();
    let first = leaf(&explorer);
    let whole = support::opened("lets-encrypt-2024", Charset::Unicode);
    let target = whole.analysis.targets[0];
    let without = without("lets-encrypt-2024", target);
    for opened in [without, whole] {
        let asked = press(&mut explorer, "R");
        let effects = answer_load(&mut explorer, &asked, opened);
        carry_out(&mut explorer, effects);
    }
    assert_ne!(leaf(&explorer), first, "what is looked at stays");
    assert!(status(&explorer).contains("other target"));
    press(&mut explorer, "u");
    assert_eq!(leaf(&explorer), first);
}

#[test]
fn copies_are_what_they_say() {
    let mut explorer = open("lets-encrypt-2024");
    let certificate = explorer.analysis().pool.certificate(explorer.focus()).clone();
    let text = |copy| copy_text(&explorer, copy).unwrap();
    assert_eq!(text(Copy::Subject), "CN=E6,O=Let's Encrypt,C=US");
    assert_eq!(text(Copy::Sha256), certificate.sha256.to_string());
    assert_eq!(text(Copy::SpkiPin), spki_pin(&certificate));
    assert_eq!(text(Copy::Serial), hex_colons(certificate.bytes(certificate.serial)));
    assert_eq!(text(Copy::Pem), certificate.pem());
    let path = text(Copy::PathPem);
    assert_eq!(path.matches("BEGIN CERTIFICATE").count(), explorer.chosen_path().unwrap().certificates.len());
    press(&mut explorer, "1 Down");
    assert_eq!(copy_text(&explorer, Copy::NameAndValue).unwrap(), format!("Issuer: {}", certificate.issuer));
    let effects = press(&mut explorer, "y s");
    assert!(matches!(&effects[..], [Effect::Copy { text, .. }] if *text == certificate.sha256.to_string()));
    let picked = press(&mut explorer, "y Down Down Enter");
    assert!(matches!(&picked[..], [Effect::Copy { label, .. }] if label == COPIES[2].2));
}

#[test]
fn where_a_copy_went_is_said() {
    let mut explorer = open("lets-encrypt-2024");
    let copied = |outcome| Message::Copied { label: "subject".to_owned(), text: "CN=a\nb".to_owned(), outcome };
    send(&mut explorer, copied(Clipboard::Copied));
    assert_eq!(explorer.notice(), "copied subject");
    send(&mut explorer, copied(Clipboard::SentToTerminal));
    assert_eq!(explorer.notice(), "copied through the terminal (OSC 52): subject");
    send(&mut explorer, copied(Clipboard::SentThroughTmux));
    assert!(explorer.notice().starts_with("copied through the terminal (OSC 52): subject; tmux passes it on only"));
    send(&mut explorer, copied(Clipboard::Failed("no way".to_owned())));
    assert!(matches!(explorer.views().last(), Some(View::Text { lines, .. }) if lines == &["CN=a", "b"]));
    press(&mut explorer, "Esc");
    let large = Message::OfferToTerminal { label: "path".to_owned(), text: "x".repeat(1 << 20) };
    assert!(send(&mut explorer, large).is_empty());
    assert!(matches!(explorer.views().last(), Some(View::Text { .. })));
}

#[test]
fn checks_open_to_facts_and_citation() {
    let mut explorer = support::open("expired-root", SMALL, Charset::Unicode);
    press(&mut explorer, "f 5 Enter");
    let rows = explorer.rows(Lower::Checks);
    assert!(rows.iter().any(|row| row.name == "rule" && row.value.starts_with("RFC 5280 6.1.3")));
    assert!(rows.iter().any(|row| row.name == "state" && row.value == "expired"));
}

#[test]
fn the_namesake_is_listed_and_is_no_path() {
    let explorer = open("same-name-other-key");
    assert_eq!(explorer.judgement().paths.len(), 1);
    let rows = explorer.rows(Lower::Checks);
    assert!(rows.iter().any(|row| row.name == "same name, other key"));
}

/// The README's table of keys is the program's; CROSSROOTS_BLESS=1 rewrites it.
#[test]
fn the_readme_lists_every_key() {
    let mut table = String::from("| key | what it does |\n|---|---|\n");
    for binding in BINDINGS {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        let when = if binding.context == Context::Time { "while time moves: " } else { "" };
        table.push_str(&format!("| {} | {when}{} |\n", keys.join(" "), binding.help.replace('|', "\\|")));
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- keys -->\n").unwrap();
    let (found, after) = rest.split_once("<!-- end of keys -->").unwrap();
    if std::env::var_os("CROSSROOTS_BLESS").is_some() {
        std::fs::write(&path, format!("{before}<!-- keys -->\n{table}<!-- end of keys -->{after}")).unwrap();
    } else {
        assert_eq!(found, table, "CROSSROOTS_BLESS=1 rewrites README.md");
    }
}

#[test]
fn every_command_has_a_line_of_help_and_an_unknown_key_says_so() {
    assert!(BINDINGS.iter().all(|binding| !binding.help.is_empty() && !binding.keys.is_empty()));
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "Z");
    assert!(explorer.notice().contains('?'), "{}", explorer.notice());
}

/// Presses keys named as the help names them, separated by blanks; returns the effects that were not signatures to check.
/// What the focus is called.
fn focus(explorer: &Explorer) -> String {
    explorer.labels().certificate(&explorer.analysis().pool, &explorer.analysis().graph, explorer.focus())
}

#[test]
fn the_palette_finds_an_action_and_does_it() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, ": t u r n");
    assert!(matches!(explorer.views().last(), Some(View::Palette { typed, cursor: 0 }) if typed.value() == "turn"));
    press(&mut explorer, "Enter");
    assert_eq!((explorer.views().len(), explorer.orientation()), (0, Orientation::LeftRight));
    press(&mut explorer, "? / q q q q Enter");
    assert_eq!(explorer.notice(), "no action is called that");
    press(&mut explorer, "Esc");
    assert!(explorer.views().is_empty());
}

/// Every action is in the palette, wherever its key holds.
#[test]
fn every_action_can_be_done_from_the_palette() {
    for (place, binding) in BINDINGS.iter().enumerate() {
        let mut explorer = open("lets-encrypt-2024");
        press(&mut explorer, ":");
        (0..place).for_each(|_| drop(press(&mut explorer, "Down")));
        assert!(matches!(explorer.views().last(), Some(View::Palette { cursor, .. }) if *cursor == place));
        send(&mut explorer, Message::Key(Key::Enter));
        assert!(
            !matches!(explorer.views().last(), Some(View::Palette { cursor, .. }) if *cursor == place && place > 0),
            "{}",
            binding.help
        );
        assert_ne!(explorer.notice(), "no action is called that", "{}", binding.help);
    }
}

#[test]
fn openssl_judges_the_path_that_was_copied_for_it() {
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: no openssl here");
        return;
    }
    for (sample, holds) in [("lets-encrypt-2024", true), ("expired-root", false)] {
        let explorer = open(sample);
        let command = copy_text(&explorer, Copy::OpensslCommand).unwrap();
        let done = std::process::Command::new("bash").args(["-c", &command]).output().unwrap();
        assert_eq!(done.status.success(), holds, "{sample}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn a_pane_is_read_as_plain_text() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "Y");
    let Some(View::Text { lines, .. }) = explorer.views().last() else { panic!("no text") };
    assert_eq!(lines.join("\n").trim_end(), explorer.scene().to_text().trim_end());
    press(&mut explorer, "Esc 5");
    let text = copy_text(&explorer, Copy::Pane).unwrap();
    assert!(text.contains("\n  pass: signed by the issuer's key\n"), "{text}");
    let path = copy_text(&explorer, Copy::PathText).unwrap();
    assert!(path.starts_with("path 1/3: valid\n1. CN="), "{path}");
}

#[test]
fn the_mouse_goes_where_it_clicks_and_drags_the_view() {
    let mut explorer = open("lets-encrypt-2024");
    assert!(matches!(press(&mut explorer, "m")[..], [Effect::Mouse(true)]));
    let mouse = |action, column, row| Message::Mouse(Mouse { action, column, row });
    let screen = explorer.screen();
    let (x, y) = inset(screen.diagram, explorer.scene());
    for (id, rect) in explorer.scene().slots.clone() {
        send(&mut explorer, mouse(MouseAction::Press, screen.diagram.x + x + rect.x + 1, screen.diagram.y + y + rect.y));
        assert_eq!((explorer.focus().0, explorer.pane()), (id.0, Pane::Diagram));
    }
    send(&mut explorer, mouse(MouseAction::Press, screen.checks.x + 3, screen.checks.y + 2));
    assert_eq!(explorer.pane(), Pane::Checks);

    let mut small = support::open("lets-encrypt-2021", (40, 12), Charset::Unicode);
    let before = small.camera();
    send(&mut small, mouse(MouseAction::Press, 15, 5));
    send(&mut small, mouse(MouseAction::Drag, 20, 5));
    send(&mut small, mouse(MouseAction::Drag, 20, 4));
    send(&mut small, mouse(MouseAction::Release, 20, 4));
    assert_ne!(small.camera(), before, "{:?}", (small.scene().width, small.scene().height));
    let dragged = small.camera();
    send(&mut small, mouse(MouseAction::Drag, 3, 3));
    send(&mut small, mouse(MouseAction::Release, 3, 3));
    assert_eq!(small.camera(), dragged, "a drag that began elsewhere");
}

#[test]
fn the_picture_says_more_or_less_and_leaves_out_other_paths() {
    let mut explorer = open("lets-encrypt-2021");
    let dated = explorer.scene().to_text();
    press(&mut explorer, "+");
    assert!(explorer.scene().to_text().contains("store mozilla · "), "{}", explorer.scene().to_text());
    press(&mut explorer, "- -");
    let tight = explorer.scene().to_text();
    assert!(tight.contains("EXPIRED 2021-09-30") && !tight.contains("to 2035"), "{tight}");
    press(&mut explorer, "+");
    assert_eq!(explorer.scene().to_text(), dated);

    assert_eq!(focus(&explorer), "DST Root CA X3");
    press(&mut explorer, "C");
    assert!(!explorer.scene().to_text().contains("─ DST Root CA X3"), "{}", explorer.scene().to_text());
    assert_eq!((focus(&explorer).as_str(), explorer.notice().contains("1 of 4")), ("lencr.org", true));
    press(&mut explorer, "C");
    assert_eq!(explorer.scene().to_text(), dated);
}

#[test]
fn what_is_opened_besides_is_looked_at_and_what_is_read_again_keeps_its_place() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "o End");
    let (target, at_end) = (explorer.judgement().target, focus(&explorer));
    let asked = press(&mut explorer, "R");
    assert!(matches!(asked[..], [Effect::Load { addition: Addition::Nothing, .. }]));
    assert!(press(&mut explorer, "R").is_empty(), "one at a time");
    let effects = answer_load(&mut explorer, &asked, support::opened("lets-encrypt-2024", Charset::Unicode));
    carry_out(&mut explorer, effects);
    assert_eq!(explorer.notice(), "reloaded: nothing changed");
    assert_eq!((explorer.judgement().target, focus(&explorer), explorer.orientation()), (target, at_end, Orientation::LeftRight));
    assert!(!explorer.is_checking());

    let pem = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n".to_owned();
    let asked = send(&mut explorer, Message::Paste(pem.clone()));
    assert!(matches!(&asked[..], [Effect::Load { addition: Addition::Pasted(text), .. }] if *text == pem));
    let reasons = vec!["pasted, block 1: not base64".to_owned()];
    send(&mut explorer, Message::NotOpened { ticket: ticket_of(&asked), reasons });
    assert!(matches!(explorer.views().last(), Some(View::Text { lines, .. }) if lines.len() == 1));
    press(&mut explorer, "Esc");

    send(&mut explorer, Message::Paste("'/tmp/a b.pem'\n".to_owned()));
    assert!(matches!(explorer.views().last(), Some(View::Open { text, .. }) if text.value() == "/tmp/a b.pem"));
    assert!(matches!(&send(&mut explorer, Message::Key(Key::Tab))[..], [Effect::Complete(text)] if text == "/tmp/a b.pem"));
    for (completion, said) in [
        (Completion::TooMany { most: 100_000 }, "the folder has more than 100,000 names; none is completed"),
        (
            Completion::Found { longest: "/tmp/a b.pem".to_owned(), names: vec![String::new(); 20], all: 1_030 },
            "20 of 1,030 names shown; type more of one",
        ),
    ] {
        send(&mut explorer, Message::Completed { typed: "/tmp/a b.pem".to_owned(), completion: completion.clone() });
        assert_eq!(explorer.notice(), said);
        assert!(matches!(explorer.views().last(), Some(View::Open { text, .. }) if text.value() == "/tmp/a b.pem"));
        send(&mut explorer, Message::Key(Key::End));
        send(&mut explorer, Message::Completed { typed: "/tmp/a".to_owned(), completion });
        assert_eq!(explorer.notice(), "", "said of what is typed no more");
    }
    let asked = press(&mut explorer, "Enter");
    let named = Addition::Named("/tmp/a b.pem".to_owned());
    // What could not be opened is not asked for again.
    assert!(matches!(&asked[..], [Effect::Load { addition, kept, .. }] if *addition == named && kept.is_empty()));
    let effects = answer_load(&mut explorer, &asked, support::opened("bad-signature", Charset::Unicode));
    carry_out(&mut explorer, effects);
    assert_eq!(focus(&explorer), "shop.test");
    assert!(explorer.notice().starts_with("loaded ") && explorer.notice().contains(" no longer present"), "{}", explorer.notice());
    let again = press(&mut explorer, "R");
    assert!(matches!(&again[..], [Effect::Load { addition: Addition::Nothing, kept, .. }] if *kept == [named.clone()]));
    let effects = answer_load(&mut explorer, &again, support::opened("bad-signature", Charset::Unicode));
    carry_out(&mut explorer, effects);
    assert!(matches!(&press(&mut explorer, "R")[..], [Effect::Load { kept, .. }] if *kept == [named]), "once");
}

#[test]
fn what_is_being_opened_is_shown_until_it_is_there_or_given_up() {
    let mut explorer = open("lets-encrypt-2024");
    let status = |explorer: &Explorer| written(&status_line(explorer));
    let first = press(&mut explorer, "R");
    let step = |asked: &[Effect], files: usize| {
        let step = Step::Reading { files, certificates: 1 }.to_string();
        Message::Step { ticket: ticket_of(asked), step }
    };
    send(&mut explorer, step(&first, 300));
    press(&mut explorer, "Down");
    assert!(status(&explorer).contains("reading again: 300 files, 1 certificate so far (Esc cancels)"), "{}", status(&explorer));
    assert!(matches!(&press(&mut explorer, "Esc")[..], [Effect::CancelLoad]));
    assert_eq!(explorer.notice(), "nothing was opened; what was open stays");
    assert!(!status(&explorer).contains("reading again"));
    let target = explorer.judgement().target;
    let is_as_before = |explorer: &Explorer| {
        explorer.views().is_empty() && explorer.judgement().target == target && explorer.opened().title.contains("lets-encrypt-2024")
    };
    // An answer that was under way by then does not count: neither before another is asked for, nor for that.
    let late = |explorer: &mut Explorer| {
        assert!(answer_load(explorer, &first, support::opened("bad-signature", Charset::Unicode)).is_empty());
        assert!(send(explorer, Message::NotOpened { ticket: ticket_of(&first), reasons: vec!["late".to_owned()] }).is_empty());
        send(explorer, step(&first, 400));
        assert!(is_as_before(explorer) && !status(explorer).contains("400"));
    };
    late(&mut explorer);
    send(&mut explorer, Message::Paste("/tmp/a.pem".to_owned()));
    let second = press(&mut explorer, "Enter");
    late(&mut explorer);
    assert!(status(&explorer).contains("opening /tmp/a.pem"), "{}", status(&explorer));
    let effects = answer_load(&mut explorer, &second, support::opened("bad-signature", Charset::Unicode));
    carry_out(&mut explorer, effects);
    assert!(explorer.opened().title.contains("bad-signature"));
    assert_eq!(focus(&explorer), "shop.test", "what was opened besides is looked at");
}

/// It may have been read whole by then; that the person does not have it is what counts.
#[test]
fn what_was_given_up_is_not_read_again() {
    let mut explorer = open("lets-encrypt-2024");
    send(&mut explorer, Message::Paste("/tmp/a.pem".to_owned()));
    let asked = press(&mut explorer, "Enter");
    press(&mut explorer, "Esc");
    answer_load(&mut explorer, &asked, support::opened("bad-signature", Charset::Unicode));
    assert!(matches!(&press(&mut explorer, "R")[..], [Effect::Load { addition: Addition::Nothing, kept, .. }] if kept.is_empty()));
}

#[test]
fn a_key_that_was_left_out_is_no_reason_for_alarm() {
    let problem = |kind| Problem { place: "a.p12".to_owned(), reason: "left".to_owned(), kind, der: None };
    let status = |problems: Vec<Problem>| {
        let opened = Opened { problems, ..support::opened("bridge", Charset::Unicode) };
        written(&status_line(&support::start(opened, Settings::default(), (200, 40)).0))
    };
    let key = status(vec![problem(ProblemKind::PrivateKey)]);
    assert!(key.contains("private key data left out") && !key.contains("not read") && !key.contains('!'), "{key}");
    let both = status(vec![problem(ProblemKind::PrivateKey), problem(ProblemKind::Broken)]);
    assert!(both.contains("private key data left out") && both.contains("! 1 not read"), "{both}");
}

/// The title counts the certificates that a report on this target lists; of several targets it says that these are those of one.
#[test]
fn the_screen_counts_what_a_report_on_the_target_does() {
    let count = |analysis: &Analysis, targets: &[Judgement]| {
        let report = text(analysis, targets, &Notes::default(), ReportOptions::default());
        let shown = report.lines().find_map(|line| line.strip_prefix("shown    ")).unwrap();
        shown.split_once(',').unwrap().0.to_owned()
    };
    let mut several = 0;
    for sample in SAMPLES {
        let mut explorer = support::open(sample.name, (200, 40), Charset::Unicode);
        let all = explorer.analysis().judge_all();
        for place in 0..all.len() {
            let counted = count(explorer.analysis(), &[Judgement::clone(explorer.judgement())]);
            let status = written(&status_line(&explorer));
            let (number, _) = counted.split_once(' ').unwrap();
            let expected =
                if all.len() == 1 { count(explorer.analysis(), &all) } else { format!("{number} shown · target {}", place + 1) };
            assert!(status.contains(&format!(" · {expected}")), "{}: {expected}: {status}", sample.name);
            several += usize::from(place > 0);
            let effects = send(&mut explorer, Message::Run(Command::NextTarget));
            carry_out(&mut explorer, effects);
        }
    }
    assert!(several > 0, "some sample has two targets");
}

#[test]
fn every_tab_has_its_key_and_says_what_it_is_for() {
    let mut explorer = open("lets-encrypt-2024");
    let row =
        |explorer: &Explorer, name: &str| explorer.rows(Lower::Inspector).into_iter().find(|row| row.name == name).map(|row| row.value);
    for (tab, key, name) in Tab::ALL {
        press(&mut explorer, &key.to_string());
        assert_eq!((explorer.tab(), explorer.pane()), (tab, Pane::Inspector), "{name}");
        assert!(!explorer.rows(Lower::Inspector).is_empty());
    }
    press(&mut explorer, "4");
    let text: String = explorer.rows(Lower::Inspector).iter().map(|row| row.value.as_str()).collect();
    assert!(text.starts_with("Same name, same key, other issuer: cross-signs."), "{text}");
    assert!(row(&explorer, "Issuer, CN").is_some() && row(&explorer, "Subject, CN").is_none());
    assert!(row(&explorer, "Equal").is_some_and(|value| value.ends_with("fields are the same in both")));
    press(&mut explorer, "6");
    let next = row(&explorer, "Next");
    assert!(next.as_deref().is_some_and(|value| value.starts_with("2025-05-06: letsencrypt.org ends, 0 of 3")), "{next:?}");
    press(&mut explorer, "3");
    assert!(explorer.rows(Lower::Inspector).iter().any(|row| row.value.starts_with("\"subject\": \"C=US, O=Let's Encrypt, CN=E6\"")));
    let json = copy_text(&explorer, Copy::Document).unwrap();
    assert_eq!(json.matches("\"sha256\": ").count(), 1);
}

#[test]
fn a_field_leads_to_its_bytes_and_two_strangers_can_be_compared() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "1");
    let serial = explorer.rows(Lower::Inspector).iter().position(|row| row.name == "Serial number").unwrap();
    (0..serial).for_each(|_| drop(press(&mut explorer, "Down")));
    press(&mut explorer, "b");
    assert_eq!(explorer.tab(), Tab::Asn1);
    let bytes = copy_text(&explorer, Copy::Element).unwrap();
    let certificate = explorer.analysis().pool.certificate(explorer.focus()).clone();
    let serial = crossroots::cert::hex(certificate.bytes(certificate.serial));
    assert!(bytes.starts_with("02") && bytes.ends_with(&serial), "{bytes}");
    let marked: usize = hex_rows(&explorer, 30, 8).iter().flat_map(|row| &row.bytes).filter(|(_, part)| *part == Part::Content).count();
    assert_eq!(marked, certificate.bytes(certificate.serial).len());
    // What is closed above it opens again.
    press(&mut explorer, "Home Left 1 b");
    assert_eq!(copy_text(&explorer, Copy::Element), Some(bytes));

    press(&mut explorer, "Esc Home v");
    let leaf = focus(&explorer);
    press(&mut explorer, "End d");
    let text: String = explorer.rows(Lower::Inspector).iter().map(|row| row.value.as_str()).collect();
    assert!(text.starts_with("Other name, other key") && text.contains(&leaf), "{text}");
}

/// A newcomer's errand: the bytes of pathLen, in keys that stand in the hints and the help.
#[test]
fn the_bytes_of_the_path_length_are_a_few_keys_away() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "Enter");
    let place = explorer.rows(Lower::Inspector).iter().position(|row| row.name == "Basic Constraints").unwrap();
    (0..place).for_each(|_| drop(press(&mut explorer, "Down")));
    press(&mut explorer, "b");
    assert_eq!(copy_text(&explorer, Copy::Element).as_deref(), Some("30060101ff020100"));
    press(&mut explorer, "Down Down");
    assert_eq!(copy_text(&explorer, Copy::Element).as_deref(), Some("020100"));
}

/// Every line is edited as in a shell, wherever its cursor is.
#[test]
fn a_typed_line_has_a_cursor() {
    let mut explorer = open("lets-encrypt-2024");
    let typed = |explorer: &Explorer| match explorer.views().last() {
        Some(View::Search { text } | View::Filter { text, .. } | View::Open { text, .. } | View::Date { text, .. }) => {
            (text.value().to_owned(), text.cursor())
        }
        Some(View::Palette { typed, .. }) => (typed.value().to_owned(), typed.cursor()),
        other => panic!("{other:?}"),
    };
    for opening in ["/", ":", "T", "Ctrl-O", "1 &"] {
        press(&mut explorer, &format!("{opening} a b Space c d"));
        for (keys, text, cursor) in [
            ("Left Left x", "ab xcd", 4),
            ("Home y", "yab xcd", 1),
            ("Delete", "yb xcd", 1),
            ("End Backspace", "yb xc", 5),
            ("Ctrl-W", "yb ", 3),
            ("Alt-Backspace", "", 0),
        ] {
            press(&mut explorer, keys);
            assert_eq!(typed(&explorer), (text.to_owned(), cursor), "{keys} after {opening}");
        }
        send(&mut explorer, Message::Paste("one two".to_owned()));
        press(&mut explorer, "Home");
        send(&mut explorer, Message::Paste("no\n ".to_owned()));
        assert_eq!(typed(&explorer), ("no one two".to_owned(), 3), "after {opening}");
        press(&mut explorer, "Ctrl-U");
        assert_eq!(typed(&explorer), ("one two".to_owned(), 0), "after {opening}");
        press(&mut explorer, "Ctrl-K");
        send(&mut explorer, Message::Paste("one\r\n\n  two\nthree \n".to_owned()));
        assert_eq!(typed(&explorer), ("one two three".to_owned(), 13), "after {opening}");
        assert_eq!(explorer.notice(), "3 lines pasted, joined by spaces");
        press(&mut explorer, "Esc Esc Esc");
    }
}

/// Signatures of a target that is no longer shown, and judgements of it, keep nobody waiting.
#[test]
fn another_target_is_not_kept_waiting_by_the_one_before() {
    let mut explorer = open("partitions");
    send(&mut explorer, Message::Key(Key::Char('a')));
    assert!(explorer.is_working());
    press(&mut explorer, "u");
    assert!(!explorer.is_working());
}

/// While signatures are checked, or a key is held, questions come faster than answers.
#[test]
fn what_is_judged_is_shown_though_another_question_came_meanwhile() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "End");
    let ask = |explorer: &mut Explorer| {
        let effects = send(explorer, Message::Key(Key::Char('a')));
        let asked = effects.into_iter().find_map(|effect| if let Effect::Judge(question) = effect { Some(question) } else { None });
        asked.unwrap()
    };
    let [first, second, third, last] = [0; 4].map(|_| ask(&mut explorer));
    let said = explorer.notice().to_owned();
    let answer =
        |explorer: &mut Explorer, question: &ToJudge| send(explorer, Message::Judged(Box::new(question.clone().judge(&|| false).unwrap())));
    for question in [&first, &third] {
        answer(&mut explorer, question);
        assert_eq!(explorer.judgement().generation, question.generation);
        assert!(explorer.is_working() && explorer.notice() == said, "only the newest answers: {}", explorer.notice());
    }
    answer(&mut explorer, &second);
    assert_eq!(explorer.judgement().generation, third.generation, "what is older than what is shown comes too late");
    answer(&mut explorer, &last);
    assert_eq!(explorer.judgement().generation, last.generation);
    assert!(!explorer.is_working() && explorer.notice() != said);
    answer(&mut explorer, &third);
    assert_eq!(explorer.judgement().generation, last.generation);

    // Nor does an answer about another target count.
    let before = ask(&mut explorer);
    send(&mut explorer, Message::Run(crossroots::explorer::Command::Explain));
    let target = explorer.judgement().target;
    ask(&mut explorer);
    answer(&mut explorer, &before);
    assert_eq!(explorer.judgement().target, target);
}
