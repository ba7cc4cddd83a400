//! What does the program do when it is run: which exit code, which keys, which words on which stream?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn crossroots(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossroots")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn sample(place: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(place).to_string_lossy().into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The JSON report of the first cross-sign, loaded from its files.
fn json(more: &[&str]) -> (Value, Option<i32>) {
    let (leaf, z1) = (sample("first-cross-sign/leaf.pem"), sample("first-cross-sign/z1.pem"));
    let trust = format!("both={}", sample("first-cross-sign/roots.pem"));
    let mut arguments = vec!["report", &leaf, &z1, "--trust", &trust, "--format", "json"];
    arguments.extend(more);
    let output = crossroots(&arguments);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code())
}

#[test]
fn exit_codes_say_how_it_went() {
    assert_eq!(json(&["--at", "2026-06-01"]).1, Some(0));
    assert_eq!(json(&["--at", "2030-01-01"]).1, Some(1));
    assert_eq!(crossroots(&["sample", "bad-signature"]).status.code(), Some(1));
    assert_eq!(crossroots(&["--no-such-option"]).status.code(), Some(2));
    assert_eq!(crossroots(&["report", "absent.pem"]).status.code(), Some(2));
    // Port 1 of this computer: nobody listens.
    assert_eq!(crossroots(&["report", "127.0.0.1:1", "--timeout", "5"]).status.code(), Some(3));
    assert_eq!(crossroots(&["--help"]).status.code(), Some(0));
    let intermediates = sample("lets-encrypt-2024/intermediates.pem");
    // A key beside a chain is not asked for; what is named is, and so is all of a file.
    let (leaf, roots) = (sample("lets-encrypt-2024/leaf.pem"), sample("lets-encrypt-2024/roots.pem"));
    let trust = format!("ours={roots}");
    let judged = |inputs: &[&str]| {
        let options = ["--trust", &trust, "--pool", &intermediates, "--at", "2025-03-01"];
        crossroots(&[&["report"], inputs, &options[..]].concat()).status.code()
    };
    let chain = std::fs::read_to_string(&leaf).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, behind: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{chain}{behind}")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let with_key = file("key.pem", "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n");
    let keys = |name: &str| format!("{}/tests/containers/keys/{name}", env!("CARGO_MANIFEST_DIR"));
    let (key, request) = (keys("rsa.pkcs1.key"), keys("rsa.csr"));
    let cut = file("cut.pem", "-----BEGIN CERTIFICATE-----\nMII=\n");
    for (inputs, code) in [
        (&[leaf.as_str()][..], 0),
        (&[&with_key], 0),
        (&[&cut], 4),
        (&[&leaf, "absent.pem"], 4),
        (&[&leaf, "127.0.0.1:1"], 4),
        (&[&leaf, "Cargo.toml"], 4),
        (&[&leaf, &key], 0),
        (&[&leaf, &request], 0),
    ] {
        assert_eq!(judged(inputs), Some(code), "{inputs:?}");
    }
}

#[test]
fn the_json_report_has_the_keys_that_tools_rely_on() {
    let (report, _) = json(&["--at", "2026-10-01", "--all-findings"]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(report["schema"], "crossroots.report/1");
    assert_eq!(keys(&report), ["schema", "policy", "certificates", "entities", "links", "targets", "stopped", "problems", "connections"]);
    assert_eq!(
        keys(&report["policy"]),
        [
            "at",
            "host",
            "purpose",
            "policies",
            "require_policy",
            "inhibit_mapping",
            "inhibit_any_policy",
            "anchor_constraints",
            "ignore_anchor_dates",
            "strict",
            "max_depth",
            "distrusted",
            "ct_logs",
            "crls",
            "ocsp_responses",
            "require_revocation",
            "stores"
        ]
    );
    let certificate = &report["certificates"][0];
    let expected = ["id", "sha256", "subject", "issuer", "serial", "not_before", "not_after", "entity", "origins", "verdict", "findings"];
    assert_eq!(keys(certificate), expected);
    assert_eq!((&certificate["id"], &certificate["entity"]), (&"c1".into(), &"e1".into()));
    assert_eq!(keys(&report["entities"][0]), ["id", "label", "name", "spki_sha256", "certificates"]);
    assert_eq!(keys(&report["links"][0]), ["certificate", "entity", "signature"]);
    let target = &report["targets"][0];
    assert_eq!(keys(target), ["certificate", "verdict", "paths", "listed"]);
    assert_eq!(target["paths"], serde_json::json!({"count": "2", "exact": true, "other": "0", "listed": 2}));
    let path = &target["listed"][0];
    assert_eq!(keys(path), ["certificates", "stores", "end", "verdict", "not_after", "findings"]);
    assert_eq!((&path["end"], &path["stores"]), (&"anchor".into(), &serde_json::json!(["both"])));
    assert_eq!(keys(&path["findings"][0]), ["rule", "certificate", "verdict", "facts", "sentence", "citation"]);
    assert_eq!(report["stopped"], serde_json::json!([]));
}

#[test]
fn ids_in_the_json_report_lead_somewhere() {
    let (report, _) = json(&["--at", "2026-10-01", "--all-findings"]);
    let ids = |list: &str| -> Vec<String> {
        report[list].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let (certificates, entities) = (ids("certificates"), ids("entities"));
    for link in report["links"].as_array().unwrap() {
        assert!(certificates.contains(&link["certificate"].as_str().unwrap().to_owned()));
        assert!(entities.contains(&link["entity"].as_str().unwrap().to_owned()));
    }
    let fingerprints: Vec<&Value> = report["certificates"].as_array().unwrap().iter().map(|item| &item["sha256"]).collect();
    for path in report["targets"][0]["listed"].as_array().unwrap() {
        assert!(path["certificates"].as_array().unwrap().iter().all(|id| certificates.contains(&id.as_str().unwrap().to_owned())));
        for finding in path["findings"].as_array().unwrap() {
            assert!(finding["facts"].get("issuer").is_none_or(|issuer| fingerprints.contains(&issuer)));
        }
    }
}

#[test]
fn a_failing_window_is_in_the_json_with_its_facts() {
    let (report, _) = json(&["--at", "2026-09-20"]);
    let of_paths = report["targets"][0]["listed"].as_array().unwrap().iter();
    let failing: Vec<(&Value, &Value, &Value)> = of_paths
        .chain(report["certificates"].as_array().unwrap())
        .flat_map(|place| place["findings"].as_array().unwrap())
        .filter(|finding| finding["verdict"] == "fail")
        .map(|finding| (&finding["rule"], &finding["facts"]["not_after"], &finding["facts"]["state"]))
        .collect();
    assert_eq!(failing, [(&"validity".into(), &"2026-09-15T00:00:00Z".into(), &"expired".into())]);
}

#[test]
fn stores_bring_no_more_than_paths_use() {
    let leaf = sample("lets-encrypt-2024/leaf.pem");
    let output = crossroots(&["report", &leaf, "--pool", &sample("lets-encrypt-2024"), "--at", "2025-03-01", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["certificates"].as_array().unwrap().len(), 6);
    assert_eq!(report["targets"][0]["paths"]["count"], "3");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn one_broken_block_is_reported_and_the_good_ones_load() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read_to_string(sample("first-cross-sign/leaf.pem")).unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    let path = folder.path().join("mixed.pem");
    std::fs::write(&path, format!("{broken}{good}")).unwrap();
    let path = path.to_string_lossy();
    let output = crossroots(&["report", &path, "--trust", "none", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["certificates"].as_array().unwrap().len(), 1);
    assert_eq!(report["problems"][0]["place"], format!("{path}, block 1"));
    assert_eq!((report["targets"][0]["verdict"].as_str(), output.status.code()), (Some("incomplete"), Some(1)));
}

#[test]
fn nothing_loadable_gives_the_reason_for_each_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("junk.bin");
    std::fs::write(&path, b"\x00\x01junk").unwrap();
    let output = crossroots(&["report", &path.to_string_lossy(), "absent.pem"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    let said = error(&output);
    assert!(said.contains("junk.bin") && said.contains("absent.pem"), "{said}");
    let output = crossroots(&["report", &folder.path().join("none").to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn standard_input_is_read() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossroots"))
        .args(["report", "-", "--trust", "none", "--at", "2026-06-01"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(sample("first-cross-sign/roots.pem")).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    // Of two targets: in the table, in a sentence, and at the path.
    assert_eq!(out(&output).matches("UNTRUSTED").count(), 6);
}

#[test]
fn usage_errors_say_what_was_expected() {
    for (arguments, said) in [
        (&["report", "src", "--trust", "apples"][..], "mozilla, apple, microsoft, android, openjdk, system, none and NAME=FILE"),
        (&["report", "--at", "soon"], "expected `2021-10-01`"),
        (&["report", "--target", "nobody"], "no certificate matches the target `nobody`"),
        (&["sample", "nobody"], "`crossroots sample` lists them"),
        (&["report", "--connect", "127.0.0.1:1"], "needs an input that is a server"),
        (&["report", "--trust", "none", "--trust", "none"], "twice"),
    ] {
        let output = crossroots(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error(&output).contains(said), "{arguments:?}: {}", error(&output));
    }
}

#[test]
fn nothing_named_is_the_first_sample_and_says_so() {
    let output = crossroots(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("none was named") && out(&output).contains("sample lets-encrypt-2024"));
    let other_time = crossroots(&["--at", "2025-10-01"]);
    assert_eq!(other_time.status.code(), Some(1));
}

#[test]
fn ascii_and_colour_are_kept_apart_from_the_words() {
    let plain = out(&crossroots(&["sample", "bad-signature"]));
    assert!(!plain.contains('\x1b'));
    let ascii = out(&crossroots(&["sample", "bad-signature", "--ascii"]));
    assert!(ascii.is_ascii() && ascii.contains("INVALID"));
    let coloured = out(&crossroots(&["sample", "bad-signature", "--color", "always"]));
    assert!(coloured.contains("\x1b[31m"));
    let mut stripped = coloured;
    for code in ["0", "1", "31", "32", "33"] {
        stripped = stripped.replace(&format!("\x1b[{code}m"), "");
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossroots"))
        .args(["sample", "partitions", "--all-findings"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), error(&output).as_str()), (Some(0), ""));
}

#[test]
fn lists_scripts_and_the_manual_are_printed() {
    let listed = out(&crossroots(&["sample"]));
    assert!(listed.starts_with("lets-encrypt-2024 ") && listed.lines().count() == crossroots::source::SAMPLES.len(), "{listed}");
    assert!(out(&crossroots(&["completions", "bash"])).contains("_crossroots"));
    assert!(out(&crossroots(&["man"])).contains(".TH"));
}

#[test]
fn the_readme_knows_every_option_and_sample() {
    let readme = include_str!("../README.md");
    let help = out(&crossroots(&["report", "--help"]));
    let options = help.split_whitespace().filter(|word| word.starts_with("--")).map(|word| word.trim_end_matches([',', '.']));
    let options: Vec<&str> = options.filter(|option| !matches!(*option, "--help" | "--version")).collect();
    assert!(options.len() >= 10, "{help}");
    let listed = out(&crossroots(&["sample"]));
    let samples = listed.lines().filter_map(|line| line.split_whitespace().next());
    for word in options.into_iter().chain(samples) {
        assert!(readme.contains(&format!("`{word}")), "{word} is not in README.md");
    }
}

#[test]
fn the_graph_is_written_for_other_programs() {
    let dot = out(&crossroots(&["sample", "bad-signature", "--format", "dot"]));
    assert!(dot.starts_with("digraph crossroots {") && dot.contains("color=red, label=\"BAD SIGNATURE\"]"), "{dot}");
    if let Ok(mut graphviz) = Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        graphviz.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
        let drawn = graphviz.wait_with_output().unwrap();
        assert!(drawn.status.success());
        assert_eq!(String::from_utf8(drawn.stdout).unwrap().lines().filter(|line| line.starts_with("node ")).count(), 3);
    }
    let of_missing = |format| out(&crossroots(&["sample", "missing-issuer", "--format", format]));
    let dot = of_missing("dot");
    assert!(dot.contains("style=dashed];") && dot.contains("NOT LOADED") && dot.contains("-> missing0 [style=dashed]"), "{dot}");
    let mermaid = of_missing("mermaid");
    assert!(mermaid.contains("<br>NOT LOADED\"]") && mermaid.contains("-.-> missing0"), "{mermaid}");
    let mermaid = out(&crossroots(&["sample", "partitions", "--format", "mermaid"]));
    assert!(mermaid.contains("subgraph e2[\"Cloud East Root\"]") && mermaid.contains("c2 ==> e3"), "{mermaid}");
    let pem = crossroots(&["sample", "lets-encrypt-2024", "--format", "pem"]);
    assert_eq!((pem.status.code(), out(&pem).matches("BEGIN CERTIFICATE").count()), (Some(0), 2));
    assert_eq!(crossroots(&["sample", "missing-issuer", "--format", "pem"]).status.code(), Some(1));
}

/// The elements of whatever is there, read or not; what is a key is not listed.
#[test]
fn elements_are_listed_with_their_names() {
    let listed = crossroots(&["asn1", "samples/rule-revocation/issuing-crl.pem", "samples/rule-revocation/leaf.pem"]);
    let text = out(&listed);
    assert!(text.starts_with("samples/rule-revocation/issuing-crl.pem, block 1: 273 bytes\n"));
    assert!(text.contains("    85  2+13          nextUpdate UTCTime  260608000000Z\n"), "{text}");
    assert!(text.contains(" serialNumber INTEGER  20483\n"));
    let broken = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(broken.path(), "-----BEGIN CERTIFICATE-----\nMAUCAQcECQ==\n-----END CERTIFICATE-----\n").unwrap();
    let listed = crossroots(&["asn1", broken.path().to_str().unwrap()]);
    let text = out(&listed);
    assert!(listed.status.success() && text.contains("INTEGER  7\n") && text.contains("     5  0+2"), "{text}");
    let none = crossroots(&["asn1", "no-such-file.pem"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(2), 0));
}
