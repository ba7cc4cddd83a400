//! Signatures with time stamps, made here: what is loaded of them, which are sound, and what is judged at their times.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod making;

use std::fs;
use std::ops::ControlFlow;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::{Origin, Time};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{PathVerdict, Policy, Purpose};
use crossroots::source::{Batch, Role, StampFault, TimeStamp, read_bytes};
use crossroots::worker::check_links;
use making::{AUTHENTICODE, COUNTERSIGNATURE, RFC_3161, Signing, Token, attribute, pem, response};

/// 2026-12-15, when the signer's certificate has expired.
const NOW: Time = Time(1_797_292_800);

fn read(der: &[u8]) -> Batch {
    read_bytes(der, &|block| Origin::File { path: "tool.p7".to_owned(), block })
}

fn only_stamp(batch: &Batch) -> &TimeStamp {
    let [stamp] = batch.stamps.as_slice() else { panic!("{:?}, {:?}", batch.stamps, batch.problems) };
    stamp
}

/// What is read, judged against the roots; `at_signature` as the option has it.
fn judged(batch: Batch, signing: &Signing, at_signature: bool) -> (Analysis, Vec<Judgement>) {
    let mut pool = Pool::default();
    for found in batch.certificates {
        pool.add(found.certificate, found.origin);
    }
    let anchors = signing.roots().into_iter().map(|root| pool.add_candidate(root, Origin::Store { name: "own".to_owned() })).collect();
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors }]);
    let policy = Policy { purpose: Some(Purpose::CodeSigning), ..Policy::at(NOW) };
    let mut analysis = Analysis::new(pool, trust, policy, None).unwrap().with_stamps(batch.stamps, false);
    if at_signature {
        analysis.judge_at_signature();
    }
    let pool = Arc::clone(&analysis.pool);
    let above = analysis.signed_above();
    check_links(&pool, &mut analysis.graph, &above, 1, &mut |_| ControlFlow::Continue(()));
    let targets = analysis.targets.iter().map(|target| analysis.judge(*target)).collect();
    (analysis, targets)
}

#[test]
fn a_sound_time_stamp_is_read_wherever_it_stands_and_judged_by() {
    let signing = Signing::new();
    let token = signing.token(&Token::default());
    let countersignature = signing.countersignature();
    for (kind, value) in [(RFC_3161, &token), (AUTHENTICODE, &token), (COUNTERSIGNATURE, &countersignature)] {
        let der = signing.container(&attribute(kind, value));
        let batch = read(&der);
        assert_eq!(batch.problems, [], "{kind:x?}");
        let stamp = only_stamp(&batch);
        assert_eq!((stamp.fault, stamp.time.rfc3339().as_str()), (None, "2023-01-01T00:00:00Z"), "{kind:x?}");
        assert_eq!((stamp.signer, stamp.authority), (Some(signing.signer_sha256()), Some(signing.stamper_sha256())), "{kind:x?}");
        let (_, targets) = judged(batch.clone(), &signing, false);
        let [target] = targets.as_slice() else { panic!("{} targets", targets.len()) };
        assert_eq!(target.verdict, PathVerdict::Invalid);
        let stamped = target.stamped();
        assert_eq!((stamped[0].then, stamped[0].of_authority), (Some(PathVerdict::Valid), Some(PathVerdict::Valid)), "{kind:x?}");
        let (analysis, targets) = judged(batch, &signing, true);
        assert_eq!((targets.len(), targets[0].verdict), (1, PathVerdict::Valid), "{kind:x?}");
        assert_eq!((analysis.policy.at.rfc3339().as_str(), analysis.judged_by().is_some()), ("2023-01-01T00:00:00Z", true));
    }
}

#[test]
fn the_authority_is_loaded_and_its_place_says_what_it_is() {
    let signing = Signing::new();
    let batch = read(&signing.container(&attribute(RFC_3161, &signing.token(&Token::default()))));
    let found: Vec<(String, Role)> = batch.certificates.iter().map(|found| (found.origin.to_string(), found.role)).collect();
    let expected = [("tool.p7", Role::Signer), ("tool.p7, time stamp token", Role::Signer)];
    assert_eq!(found, expected.map(|(place, role)| (place.to_owned(), role)));
}

#[test]
fn a_time_stamp_that_is_not_sound_proves_nothing() {
    let signing = Signing::new();
    let cases: [(&str, Token, StampFault); 7] = [
        ("of another signature", Token { stamps: Some(b"another".to_vec()), ..Token::default() }, StampFault::OtherSignature),
        ("by another key", Token { is_forged: true, ..Token::default() }, StampFault::BadSignature),
        ("altered after it was signed", Token { altered: Some("20220101000000Z"), ..Token::default() }, StampFault::BadSignature),
        ("without its certificate", Token { without_certificate: true, ..Token::default() }, StampFault::NoAuthority),
        ("by who may not", Token { by_signer: true, ..Token::default() }, StampFault::NotForTimeStamping),
        ("before the authority was valid", Token { time: "19990101000000Z", ..Token::default() }, StampFault::OutsideValidity),
        ("by a digest that nobody knows", Token { digest: &[0x2a, 3, 4], ..Token::default() }, StampFault::Digest),
    ];
    for (what, token, fault) in cases {
        let batch = read(&signing.container(&attribute(RFC_3161, &signing.token(&token))));
        assert_eq!(only_stamp(&batch).fault, Some(fault), "{what}");
        let (analysis, targets) = judged(batch, &signing, true);
        assert_eq!((targets[0].verdict, analysis.policy.at, analysis.judged_by()), (PathVerdict::Invalid, NOW, None), "{what}");
        assert_eq!(targets[0].stamped()[0].then, None, "{what}");
    }
}

#[test]
fn a_token_on_its_own_and_a_response_offer_their_time() {
    let signing = Signing::new();
    let token = signing.token(&Token::default());
    for (what, der) in [("a token", token.clone()), ("a response", response(&token))] {
        let batch = read(&der);
        assert_eq!(batch.problems, [], "{what}");
        let stamp = only_stamp(&batch);
        assert_eq!((stamp.fault, stamp.signer, stamp.subject()), (None, None, Some(signing.stamper_sha256())), "{what}");
        let (_, targets) = judged(batch, &signing, true);
        assert_eq!(targets.len(), 1, "{what}");
    }
}

#[test]
fn what_is_no_token_is_said_and_bytes_that_change_never_panic() {
    let signing = Signing::new();
    let batch = read(&signing.container(&attribute(RFC_3161, &[0x30, 3, 2, 1, 5])));
    assert_eq!(batch.stamps, []);
    assert!(batch.problems.iter().any(|problem| problem.to_string().contains("time stamp that is not a token")), "{:?}", batch.problems);
    let der = signing.container(&attribute(RFC_3161, &signing.token(&Token::default())));
    let mut sound = 0;
    for place in (0..der.len()).step_by(3) {
        let mut changed = der.clone();
        changed[place] ^= 1;
        sound += read(&changed).stamps.iter().filter(|stamp| stamp.fault.is_none()).count();
        let _ = read(&der[..place]);
    }
    // What is changed outside the token and the signature that it stamps, such as the signer's certificate, leaves it sound.
    assert!(sound < der.len() / 3, "{sound} of {}", der.len() / 3);
}

fn crossroots(folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossroots")).args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// corpora/reports/10 and 42, made anew.
#[test]
fn the_report_says_what_held_then_and_judges_at_it() {
    let (signing, folder) = (Signing::new(), tempfile::tempdir().unwrap());
    let token = signing.token(&Token::default());
    fs::write(folder.path().join("tool.p7"), signing.container(&attribute(AUTHENTICODE, &token))).unwrap();
    fs::write(folder.path().join("file.tsr"), response(&token)).unwrap();
    fs::write(folder.path().join("code.pem"), pem(&signing.roots()[..1])).unwrap();
    let options = ["--trust", "code=code.pem", "--purpose", "code-signing"];
    let said = |more: &[&str]| {
        let output = crossroots(folder.path(), &[&["report", "tool.p7"], &options[..], more].concat());
        (String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" "), output.status.code())
    };
    let (now, code) = said(&["--at", "2026-12-15"]);
    assert!(now.contains("input tool.p7: 2 certificates") && now.contains("INVALID: Example Software expired"), "{now}");
    assert!(now.contains("VALID at that time (--at signature); Example TSA itself is INCOMPLETE then"), "{now}");
    assert_eq!(code, Some(1));
    let (then, code) = said(&["--at", "signature"]);
    assert!(then.contains("judged at 2023-01-01 00:00:00Z, the time of a time stamp by Example TSA"), "{then}");
    assert!(then.contains("VALID: 1 of 1 path is valid"), "{then}");
    assert_eq!(code, Some(0));
    let (json, _) = said(&["--at", "signature", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["policy"]["at_from"], "tool.p7, time stamp token");
    assert_eq!(json["targets"][0]["time_stamps"][0]["verdict"], "valid");
    let output = crossroots(folder.path(), &["report", "file.tsr", "--trust", "code=code.pem", "--at", "signature"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("judged   at 2023-01-01 00:00:00Z, the time of a time stamp"));
    // Without a time stamp there is no time to judge at, and that is said.
    fs::write(folder.path().join("bare.p7"), signing.container(&[])).unwrap();
    let output = crossroots(folder.path(), &[&["report", "bare.p7", "--at", "signature"], &options[..]].concat());
    assert!(String::from_utf8(output.stdout).unwrap().contains("no signature of a target has a sound time stamp"));
}
