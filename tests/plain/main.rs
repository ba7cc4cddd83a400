//! Does the walk line by line say what the screen shows, in words, and nothing that only a screen can show?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crossroots::diagram::Charset;
use crossroots::explorer::{Command as Action, Lower, Message, Row, Settings};
use crossroots::plain::{Lines, run};
use crossroots::report::{Notes, ReportOptions, text};
use crossroots::source::SAMPLES;
use crossroots::worker::Start;

/// Runs the program with these lines as what is typed.
fn session(args: &[&str], locale: &str, typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroots"));
    command
        .args(args)
        .env_clear()
        .env("LANG", locale)
        .env("TZ", "UTC")
        .env("CROSSROOTS_CONFIG", "")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that has quit before the end of its input is no failure of the test.
    drop(child.stdin.take().unwrap().write_all(typed.as_bytes()));
    child.wait_with_output().unwrap()
}

/// The file is the session: what stands behind its prompts is typed, and all of it has to come out again.
#[test]
fn a_whole_session_is_as_it_was() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/plain/lets-encrypt-2021.txt");
    let expected = fs::read_to_string(&file).unwrap();
    let typed: String = expected.lines().filter_map(|line| line.strip_prefix('>')).map(|line| format!("{}\n", line.trim())).collect();
    assert!(typed.lines().count() > 20, "{typed}");
    let output = session(&["sample", "lets-encrypt-2021", "--plain"], "C.UTF-8", &typed);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let found: String = String::from_utf8(output.stdout).unwrap().lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if std::env::var_os("CROSSROOTS_BLESS").is_some() {
        fs::write(&file, &found).unwrap();
        return;
    }
    assert!(found == expected, "{} is not what is said; CROSSROOTS_BLESS=1 rewrites it. Said:\n{found}", file.display());
}

/// What the walk says of a sample when these lines are typed.
fn said(sample: &str, charset: Charset, typed: &str) -> String {
    let reopen = |_| -> crossroots::worker::Loading { Box::new(|_, _| Err(vec!["nothing more is opened here".to_owned()])) };
    let mut output = Vec::new();
    let lines = Lines { input: &mut typed.as_bytes(), output: &mut output, echo: true, clipboard: None, charset };
    run(Start::Opened(Box::new(support::opened(sample, charset))), &reopen, Settings::default(), lines).unwrap();
    String::from_utf8(output).unwrap()
}

/// Enter often enough for the longest list.
fn to_the_end() -> String {
    "\n".repeat(20)
}

/// What no text may hold: one of several, or none of none.
fn miscounts(text: &str) -> Vec<String> {
    const SINGULAR: [&str; 8] = ["is", "was", "has", "does", "passes", "satisfies", "address", "this"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_plural = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.len() > 2 && word.ends_with('s') && word.chars().all(|letter| letter.is_ascii_lowercase()) && !SINGULAR.contains(&word)
    };
    let one_of_several = words.windows(3).filter(|three| {
        three[0].trim_start_matches('(') == "1"
            && (is_plural(three[1]) || (three[1].chars().all(|letter| letter.is_ascii_lowercase()) && is_plural(three[2])))
    });
    let none_of_none =
        words.windows(3).filter(|three| three[0].trim_start_matches('(') == "0" && three[1] == "of" && three[2].starts_with('0'));
    one_of_several.chain(none_of_none).map(|three| three.join(" ")).collect()
}

#[test]
fn every_number_has_its_plural() {
    assert_eq!(miscounts("all 1 names satisfy (0 of 0) and 1 other files").len(), 3);
    for sample in SAMPLES {
        let analysis = support::opened(sample.name, Charset::Unicode).analysis;
        let targets = analysis.judge_all();
        let options = ReportOptions { all_findings: true, ..ReportOptions::default() };
        let mut json = Vec::new();
        crossroots::report::json(&mut json, &analysis, &targets, &Notes::default(), options).unwrap();
        let json = String::from_utf8(json).unwrap().replace(['"', ','], " ");
        let commands = ["checks", "*", "siblings", "time", "all"].map(|word| format!("{word}{}", to_the_end())).concat();
        for text in [text(&analysis, &targets, &Notes::default(), options), json, said(sample.name, Charset::Unicode, &commands)] {
            assert_eq!(text.lines().flat_map(miscounts).collect::<Vec<_>>(), [""; 0], "{}", sample.name);
        }
    }
}

/// Every row of the screen's tabs, on every sample, but for bars and brackets.
#[test]
fn what_the_screen_shows_is_said() {
    let tabs = [("fields", Action::Fields), ("siblings", Action::Siblings), ("time", Action::TimeTab), ("checks", Action::Checks)];
    for sample in SAMPLES.iter().filter(|sample| !sample.name.starts_with("rule-")) {
        let mut screen = support::open(sample.name, (80, 24), Charset::Unicode);
        for (word, action) in tabs {
            // A screen looks first at what it has room to draw; both look at the target.
            let heard = said(sample.name, Charset::Unicode, &format!("path\n1\n{word}\n{}", to_the_end()));
            let target = screen.judgement().target;
            support::send(&mut screen, Message::Focus(target));
            let effects = support::send(&mut screen, Message::Run(action));
            support::carry_out(&mut screen, effects);
            let rows = screen.whole_rows(if action == Action::Checks { Lower::Checks } else { Lower::Inspector });
            let rows: Vec<Row> = rows.into_iter().filter(|row| !"}],".contains(row.value.trim()) || row.value.is_empty()).collect();
            assert!(!rows.is_empty(), "{} {word}", sample.name);
            for row in rows {
                let value = row.value.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(heard.contains(&value), "{}: {word} does not say `{value}`\n{heard}", sample.name);
                let name = row.name.trim();
                assert!(row.mark.is_some() || heard.contains(name), "{}: {word} does not name `{name}`\n{heard}", sample.name);
            }
        }
    }
}

/// Rows are the same whatever the size of a screen; only what is drawn of them breaks their values into lines.
#[test]
fn rows_are_whole_at_any_size() {
    let mut screens = [(30, 10), (80, 24), (200, 60)].map(|size| support::open("lets-encrypt-2021", size, Charset::Unicode));
    for action in [Action::Fields, Action::Siblings, Action::TimeTab, Action::Asn1, Action::Checks] {
        for screen in &mut screens {
            let target = screen.judgement().target;
            support::send(screen, Message::Focus(target));
            support::send(screen, Message::Run(action));
            support::send(screen, Message::Run(Action::OpenAll));
        }
        let list = if action == Action::Checks { Lower::Checks } else { Lower::Inspector };
        let [small, middle, large] = &screens;
        assert_eq!(small.whole_rows(list), middle.whole_rows(list), "{action:?}");
        assert_eq!(middle.whole_rows(list), large.whole_rows(list), "{action:?}");
        assert!(small.rows(list).len() >= large.rows(list).len(), "{action:?}");
    }
}

/// A bar is said by its dates, the sign before it by a word.
#[test]
fn bars_are_said_as_dates() {
    let heard = said("lets-encrypt-2021", Charset::Unicode, "time\n");
    assert!(heard.contains("valid: ISRG Root X1 self-signed: 2015-06-04 to 2035-06-04"), "{heard}");
    assert!(heard.contains("not valid: DST Root CA X3: 2000-09-30 to 2021-09-30"), "{heard}");
}

/// Neither sequences nor boxes nor signs that double a word; and in ASCII where the locale has no more.
#[test]
fn nothing_is_said_that_only_a_screen_can_show() {
    let typed = "all\n1\n1\nchecks\nf\nsiblings\ntime\nasn1\n1\njson\ny s\ni\n?\nz\n";
    for sample in SAMPLES {
        for charset in [Charset::Unicode, Charset::Ascii] {
            let heard = said(sample.name, charset, typed);
            assert!(heard.lines().count() > 60, "{heard}");
            let is_wrong = |character: &char| {
                let is_sign = "✓✗▸▾◉↺│·".contains(*character) || ('\u{2500}'..='\u{257f}').contains(character);
                (character.is_control() && *character != '\n') || is_sign || (charset == Charset::Ascii && !character.is_ascii())
            };
            let wrong: Vec<&str> = heard.lines().filter(|line| line.chars().any(|character| is_wrong(&character))).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", sample.name);
        }
    }
}

/// Opening one item leaves the numbers of all others as they are.
#[test]
fn numbers_stay() {
    let heard = said("lets-encrypt-2024", Charset::Unicode, "fields\n4\nfields\n");
    let lists: Vec<Vec<&str>> = heard.split("> ").map(|answer| answer.lines().skip(1).collect()).collect();
    let (before, after) = (&lists[1], &lists[3]);
    let is_outer = |line: &&&str| line.split(". ").next().is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()));
    let outer =
        |lines: &[&str]| lines.iter().filter(is_outer).map(|line| line.trim_end_matches(" (more inside)").to_owned()).collect::<Vec<_>>();
    assert!(outer(before).len() > 10 && outer(before).iter().zip(outer(after)).all(|(one, other)| *one == other), "{heard}");
    assert!(after.iter().any(|line| line.starts_with("4.1. ")), "{heard}");
}

#[test]
fn what_is_wrong_is_said_and_nothing_ends() {
    let heard = said(
        "lets-encrypt-2024",
        Charset::Unicode,
        "99\n1.9\nfoo\n\u{1b}[2J\nz\nat\nat yesterday\ny\ny Z\ny 99\nfind qqqq\nopen nowhere.pem\npath\n",
    );
    for words in [
        "the last list has no 99",
        "the last list has no 1.9",
        "foo is no command",
        "\\u{1b}[2J",
        "z is for the screen",
        "this command needs a text after it",
        "`yesterday` is not a time",
        "y s: SHA-256 fingerprint",
        "not in this menu",
        "`qqqq` is in no field of any certificate",
        "nothing more is opened here",
        "PATH 1/3 VALID",
    ] {
        assert!(heard.contains(words), "{words}\n{heard}");
    }
}

#[test]
fn a_block_that_is_pasted_is_opened() {
    let pem = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures")).unwrap();
    let first = pem.filter_map(|entry| Some(entry.unwrap().path()).filter(|path| path.ends_with("ed25519.pem"))).next().unwrap();
    let text = fs::read_to_string(first).unwrap();
    let block = &text[text.find("-----BEGIN CERTIFICATE").unwrap()..];
    let output = session(&["sample", "lets-encrypt-2021", "--plain"], "C", &format!("{block}\npath\nq\n"));
    let heard = String::from_utf8(output.stdout).unwrap();
    assert!(heard.is_ascii() && heard.contains("loaded 1 certificate"), "{heard}");
    assert!(output.status.success(), "{heard}");
}

/// Lines of a block that is too long are no commands, and neither is the rest of a line.
#[test]
fn what_is_too_long_is_said_to_be_and_is_no_command() {
    let block =
        |bytes: usize| format!("-----BEGIN X509 CRL-----\n{}-----END X509 CRL-----\n", format!("q{}\n", " ".repeat(62)).repeat(bytes / 64));
    let heard = said("lets-encrypt-2021", Charset::Unicode, &format!("{}path\n", block(2 << 20)));
    assert!(heard.contains("nothing more is opened here") && heard.contains("> path"), "{heard}");
    let heard = said("lets-encrypt-2021", Charset::Unicode, &format!("{}path\n", block(17 << 20)));
    assert!(
        heard.contains("17,825,840 bytes pasted, of which none is read: 16,777,216 are the limit") && heard.contains("> path"),
        "{heard}"
    );
    assert_eq!(heard.matches("> ").count(), 3, "{heard}");
    for length in [5_000, 200_000] {
        let heard = said("lets-encrypt-2021", Charset::Unicode, &format!("open {}\npath\n", "q ".repeat(length / 2)));
        assert!(heard.contains("too long: a line has at most") && heard.contains("> path"), "{heard}");
        assert!(!heard.contains("opening"), "{heard}");
    }
}

#[test]
fn a_server_that_refuses_is_told_in_lines() {
    // Nothing listens on a port that was just given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = session(&[&port.to_string(), "--plain", "--timeout", "5"], "C.UTF-8", "q\n");
    let heard = String::from_utf8(output.stdout).unwrap();
    assert!(heard.starts_with(&format!("opening {port}\n")) && heard.contains("refused"), "{heard}");
    assert_eq!(output.status.code(), Some(3), "{heard}");
}
