//! Many certificates at once: which of them is in trouble, and where is it?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/keys.rs"]
mod keys;
mod support;

use std::sync::Arc;

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{Explorer, Lower, Message, Opened, Settings, View, status_line};
use crossroots::report::{Notes, ReportOptions, text};
use crossroots::source::{Note, NoteKind, Problem, ProblemKind};
use crossroots::words::written;
use keys::press;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair};
use support::{NOW, carry_out, start};

/// Self-signed roots, each found under an alias, valid until these years; all but the last are anchors.
fn roots(years: &[i32]) -> Analysis {
    let mut pool = Pool::default();
    let made = |(place, year): (usize, &i32)| {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, format!("Root {place:02}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        (params.not_before, params.not_after) = (rcgen::date_time_ymd(2010, 1, 1), rcgen::date_time_ymd(*year, 6, 1));
        let der = params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
        let file = Origin::File { path: "trust.jks".to_owned(), block: None };
        pool.add(Certificate::from_der(&der).unwrap(), file.entry(format!("alias root{place:02}")))
    };
    let mut ids: Vec<_> = years.iter().enumerate().map(made).collect();
    ids.pop();
    let trust = Trust::new(vec![Store { name: "ours".to_owned(), anchors: ids }]);
    Analysis::new(pool, trust, Policy::at(NOW), None).unwrap()
}

const YEARS: [i32; 6] = [2030, 2019, 2035, 2024, 2040, 2031];

fn explorer(analysis: Analysis) -> Explorer {
    let opened =
        Opened { title: "trust.jks".to_owned(), analysis: analysis.into(), about: None, ..support::opened("bridge", Charset::Unicode) };
    let (mut explorer, effects) = start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    explorer
}

#[test]
fn the_text_report_begins_with_a_table_the_worst_first() {
    let analysis = Arc::new(roots(&YEARS));
    let report = text(&analysis, &analysis.judge_all(), &Notes::default(), ReportOptions::default());
    let table: Vec<&str> = report.lines().skip_while(|line| !line.starts_with("  verdict")).take(8).collect();
    let starts = [
        "  verdict     name     valid to    reason, found in",
        "  INVALID     Root 01  2019-06-01  EXPIRED 2019-06-01, trust.jks, alias root01",
        "  INVALID     Root 03  2024-06-01  EXPIRED 2024-06-01, trust.jks, alias root03",
        "  UNTRUSTED   Root 05  2031-06-01  in no chosen store, trust.jks, alias root05",
        "  VALID       Root 00  2030-06-01  trust.jks, alias root00",
        "  VALID       Root 02  2035-06-01  trust.jks, alias root02",
        "  VALID       Root 04  2040-06-01  trust.jks, alias root04",
        "  6 targets: 2 invalid, 1 untrusted, 3 valid",
    ];
    for (line, start) in table.iter().zip(starts) {
        assert!(line.starts_with(start), "{report}");
    }
    let one = Arc::new(roots(&[2030]));
    assert!(!text(&one, &one.judge_all(), &Notes::default(), ReportOptions::default()).contains("verdict "));
}

#[test]
fn the_list_of_all_certificates_goes_by_the_end_of_validity_and_can_be_narrowed() {
    let mut explorer = explorer(roots(&YEARS));
    press(&mut explorer, "6");
    let all = |explorer: &Explorer| -> Vec<(String, String)> {
        let rows = explorer.whole_rows(Lower::Inspector);
        rows.into_iter().filter(|row| row.key.starts_with("loaded/")).map(|row| (row.name, row.value)).collect()
    };
    let rows = all(&explorer);
    assert_eq!(rows[0].1, "6 certificates by the end of validity, 2 expired; & narrows, Enter explains");
    let names: Vec<&str> = rows[1..].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Root 01", "Root 03", "Root 00", "Root 05", "Root 02", "Root 04"]);
    assert_eq!(rows[1].1, "expired on 2019-06-01  trust.jks, alias root01");
    press(&mut explorer, "&");
    type_in(&mut explorer, "alias root03");
    press(&mut explorer, "Enter");
    assert_eq!(all(&explorer), [("Root 03".to_owned(), "expired on 2024-06-01  trust.jks, alias root03".to_owned())]);
    press(&mut explorer, "Enter");
    let target = explorer.analysis().pool.certificate(explorer.judgement().target).subject.to_string();
    assert!(target.contains("Root 03"), "{target}");
}

fn type_in(explorer: &mut Explorer, text: &str) {
    let effects = support::send(explorer, Message::Paste(text.to_owned()));
    carry_out(explorer, effects);
}

#[test]
fn the_next_failure_may_be_of_another_target() {
    let mut explorer = explorer(roots(&YEARS));
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut explorer, "f");
        seen.push(explorer.notice().split(": ").next().unwrap().to_owned());
    }
    let [first, second, third] = ["target 2 of 6, failure 1 of 1", "target 4 of 6, failure 1 of 1", "target 6 of 6, failure 1 of 1"];
    assert_eq!(seen, [first, second, third, first]);
    press(&mut explorer, "F");
    assert!(explorer.notice().starts_with(third), "{}", explorer.notice());
}

#[test]
fn a_search_finds_what_has_expired_and_where_it_was_read() {
    for (text, count) in [("expired", 2), ("alias root04", 1), ("trust.jks", 6), ("expired on 2024", 1)] {
        let mut explorer = explorer(roots(&YEARS));
        press(&mut explorer, "/");
        type_in(&mut explorer, text);
        assert_eq!(explorer.hits().len(), count, "{text}");
    }
}

#[test]
fn what_was_not_read_and_the_notes_on_files_are_shown_together() {
    let note = Note { place: "site.pem".to_owned(), line: Some(12), others: 0, kind: NoteKind::MarkersOnOneLine };
    let about_key = Note { kind: NoteKind::KeyOfNone, line: Some(30), ..note.clone() };
    let opened = Opened {
        notes: vec![note, about_key],
        problems: vec![Problem { place: "x".to_owned(), reason: "empty".to_owned(), kind: ProblemKind::NotRead, der: None }],
        ..support::opened("bridge", Charset::Unicode)
    };
    let (mut explorer, effects) = start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    assert!(written(&status_line(&explorer)).contains("2 notes: !"));
    press(&mut explorer, "!");
    let Some(View::Text { title, lines, .. }) = explorer.views().last() else { panic!("{:?}", explorer.views()) };
    assert_eq!(title, "Not read, and notes on the files");
    assert_eq!(lines[..3], ["x: empty", "", "notes on site.pem"]);
    let mut without = support::open("bridge", (120, 40), Charset::Unicode);
    press(&mut without, "!");
    assert_eq!(without.notice(), "everything was read, and there is nothing to note on the files");
    assert!(lines[3].starts_with("  line 12: END and BEGIN are on one line") && lines[4].starts_with("  line 30: the private key"));
}
