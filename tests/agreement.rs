//! Do the screen, the lines of `--plain`, the text and the JSON say the same verdict of every certificate, link and path? On generated graphs.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[expect(dead_code, reason = "the states of signatures are made up here")]
mod made;
#[expect(dead_code, reason = "no sample is opened, and no signature is checked here")]
mod support;

use std::collections::{BTreeMap, HashMap};

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, LinkId, SignatureState};
use crossroots::check::{Policy, Purpose, Verdict};
use crossroots::diagram::{BoxId, BoxKind, Charset, EdgeState, Mark};
use crossroots::explorer::{Command, Lower, Message, Opened, Settings, verdict_line};
use crossroots::plain;
use crossroots::report::{Notes, Options, json, text};
use crossroots::sketch::{Gaze, Look, part_of, sketch, whole};
use crossroots::words::{Labels, sign};
use crossroots::worker::Start;
use made::{Made, stores};
use proptest::prelude::*;
use serde_json::Value;

/// Certificates of up to seven entities, the state of each link, whether the last entity's are anchors, and what is asked.
#[derive(Debug, Clone)]
struct World {
    issued: Vec<(usize, usize)>,
    states: Vec<u8>,
    trusted: bool,
    strict: bool,
    is_late: bool,
    for_server: bool,
}

fn world() -> impl Strategy<Value = World> {
    let pairs = proptest::collection::vec((0..6_usize, 0..7_usize), 1..14);
    (pairs, proptest::collection::vec(0..8_u8, 64), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(issued, states, trusted, strict, is_late, for_server)| World { issued, states, trusted, strict, is_late, for_server })
}

fn analysis(world: &World) -> Analysis {
    let mut made = Made::default();
    let target = made.issue(7, world.issued[0].0);
    world.issued.iter().for_each(|(subject, issuer)| {
        made.issue(*subject, *issuer);
    });
    let root = made.issue(6, 6);
    let mut graph = made.trusting();
    for (link, state) in graph.link_ids().collect::<Vec<LinkId>>().into_iter().zip(world.states.iter().cycle()) {
        match state {
            0 => graph.record(link, SignatureState::Bad),
            1 => graph.record(link, SignatureState::Unsupported("an algorithm of this test")),
            2 => graph.record(link, SignatureState::Unchecked),
            _ => {}
        }
    }
    // rcgen's certificates are valid from 1975 to 4096.
    let at = if world.is_late { Time(70_000_000_000) } else { Time(1_790_000_000) };
    let purpose = world.for_server.then_some(Purpose::Server);
    let policy = Policy { strict: world.strict, purpose, ..Policy::at(at) };
    let anchors = if world.trusted { vec![root] } else { Vec::new() };
    let found = Analysis::new(made.pool, stores(&[&anchors]), policy, None).unwrap();
    Analysis { graph, targets: vec![target], ..found }
}

/// What the JSON says: of each certificate its worst, of each link its signature, of each path its verdict and the worst at each place.
struct Said {
    certificates: BTreeMap<String, String>,
    links: BTreeMap<(String, String), String>,
    paths: Vec<(String, Vec<(String, String)>)>,
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn of_json(analysis: &Analysis, targets: &[Judgement]) -> Said {
    let mut out = Vec::new();
    json(&mut out, analysis, targets, &Notes::default(), Options::default()).unwrap();
    let report: Value = serde_json::from_slice(&out).unwrap();
    let listed = |name: &str| report[name].as_array().unwrap().clone();
    let names: HashMap<String, Value> = listed("certificates").into_iter().map(|one| (word(&one["id"]), one)).collect();
    let sha256 = |id: &Value| word(&names[&word(id)]["sha256"]);
    let rank = |word: &str| ["fail", "unknown", "caution", "pass"].iter().position(|known| *known == word).unwrap();
    let path = |path: &Value| {
        let places = path["certificates"].as_array().unwrap().iter().map(|id| {
            let own = names[&word(id)]["findings"].as_array().unwrap().iter();
            let on_path = path["findings"].as_array().unwrap().iter().filter(|finding| finding["certificate"] == *id);
            let worst = own.chain(on_path).map(|finding| word(&finding["verdict"])).min_by_key(|word| rank(word));
            (sha256(id), worst.unwrap_or_else(|| "pass".to_owned()))
        });
        (word(&path["verdict"]), places.collect())
    };
    let entities: HashMap<String, String> =
        listed("entities").iter().map(|one| (word(&one["id"]), word(&one["name"]) + &word(&one["spki_sha256"]))).collect();
    Said {
        certificates: names.values().map(|one| (word(&one["sha256"]), word(&one["verdict"]))).collect(),
        links: listed("links")
            .iter()
            .map(|one| ((sha256(&one["certificate"]), entities[&word(&one["entity"])].clone()), word(&one["signature"])))
            .collect(),
        paths: report["targets"][0]["listed"].as_array().unwrap().iter().map(path).collect(),
    }
}

/// The text's lines: a path's verdict, and the sign before each certificate on it.
fn of_text(written: &str) -> Vec<(String, Vec<char>)> {
    let mut out: Vec<(String, Vec<char>)> = Vec::new();
    for line in written.lines() {
        if let Some(path) = line.strip_prefix("  path ") {
            out.push((path.split_whitespace().nth(1).unwrap().to_lowercase(), Vec::new()));
        } else if line.starts_with("    ") && !line.starts_with("     ") && line.contains(" to ") {
            out.last_mut().unwrap().1.extend(line.trim_start().chars().next());
        }
        if line.contains("not an issuer") {
            break;
        }
    }
    out
}

fn opened(analysis: &Analysis) -> Opened {
    Opened { analysis: analysis.clone().into(), now: analysis.policy.at, about: None, ..support::opened("bridge", Charset::Unicode) }
}

/// What `--plain` says first of each path, asked one after another.
fn of_plain(analysis: &Analysis, paths: usize) -> Vec<String> {
    let mut input = std::io::Cursor::new("p\n".repeat(paths.saturating_sub(1)) + "q\n");
    let mut output = Vec::new();
    let lines = plain::Lines { input: &mut input, output: &mut output, echo: false, clipboard: false, charset: Charset::Unicode };
    plain::run(Start::Opened(Box::new(opened(analysis))), &|_| panic!("nothing is opened"), Settings::default(), lines).unwrap();
    let output = String::from_utf8(output).unwrap();
    let said = output.lines().filter_map(|line| line.trim_start_matches("> ").strip_prefix("PATH "));
    said.map(|line| line.split([' ', ',']).nth(1).unwrap().to_lowercase()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_output_says_the_same(world in world()) {
        let analysis = analysis(&world);
        let targets = analysis.judge_all();
        let judgement = &targets[0];
        let said = of_json(&analysis, &targets);
        let sha256 = |id: CertificateId| analysis.pool.certificate(id).sha256.to_string();

        // JSON against the judgement.
        prop_assert_eq!(said.paths.len(), judgement.paths.len());
        for (judged, (verdict, places)) in judgement.paths.iter().zip(&said.paths) {
            prop_assert_eq!(judged.verdict.word(), verdict);
            let own: Vec<_> = judged.path.certificates.iter().map(|id| (sha256(*id), judged.worst(*id).word().to_owned())).collect();
            prop_assert_eq!(&own, places);
        }

        // Text.
        let written = of_text(&text(&analysis, &targets, &Notes::default(), Options::default()));
        let signs = |judged: &crossroots::analysis::JudgedPath| -> Vec<char> {
            judged.path.certificates.iter().map(|id| sign(judged.worst(*id)).text.trim().chars().next().unwrap()).collect()
        };
        let expected: Vec<_> = judgement.paths.iter().map(|judged| (judged.verdict.word().to_owned(), signs(judged))).collect();
        prop_assert_eq!(&written, &expected);

        // The picture: every slot's sign, every edge's state.
        let labels = Labels::new(&analysis.graph, &judgement.entities);
        let unfolded = BTreeMap::new();
        let chosen = judgement.paths.first().map(|judged| &judged.path);
        let look = Look { judgement, labels: &labels, chosen, unfolded: &unfolded, crowds_open: true };
        let gaze = Gaze { chosen, only_chosen: false, centre: None, focus: judgement.target };
        let drawn = sketch(&look, &part_of(judgement, whole(judgement, false), gaze).0);
        for slot in drawn.boxes.iter().filter(|one| one.kind != BoxKind::More).flat_map(|one| &one.slots) {
            let verdict = said.certificates[&sha256(CertificateId(slot.id.0))].as_str();
            let mark = match slot.mark {
                Mark::Fail => "fail",
                Mark::Unknown => "unknown",
                Mark::Caution => "caution",
                Mark::Pass | Mark::Nothing => "pass",
            };
            prop_assert_eq!(mark, verdict, "slot {:?}", slot.label);
        }
        for link in analysis.graph.links() {
            let entity = analysis.graph.entity(link.entity);
            let key = (sha256(link.certificate), entity.name.to_string() + &entity.spki_sha256.to_string());
            let Some(signature) = said.links.get(&key) else { continue };
            let edge = drawn.edges.iter().find(|edge| edge.from.0 == link.certificate.0 && edge.to == BoxId::Entity(link.entity.0));
            let state = edge.map(|edge| match edge.state {
                EdgeState::Good => "good",
                EdgeState::Bad | EdgeState::OtherKey => "bad",
                EdgeState::Unsupported => "unsupported",
                EdgeState::Unchecked => "unchecked",
                EdgeState::Missing => "missing",
            });
            prop_assert!(state.is_none_or(|state| state == signature || state == "bad"), "{state:?} {signature}");
        }

        // The screen, path by path, and its checks.
        let (mut explorer, effects) = support::start(opened(&analysis), Settings::default(), (120, 40));
        // No signature is checked here: the states are what was made up.
        for effect in effects {
            if let crossroots::explorer::Effect::Judge(question) = effect {
                support::send(&mut explorer, Message::Judged(Box::new(question.judge())));
            } else if let crossroots::explorer::Effect::Check { request, .. } = effect {
                let more = support::send(&mut explorer, Message::CheckedAll { request, budgets: Vec::new() });
                for effect in more {
                    if let crossroots::explorer::Effect::Judge(question) = effect {
                        support::send(&mut explorer, Message::Judged(Box::new(question.judge())));
                    }
                }
            }
        }
        let mut seen = BTreeMap::new();
        for _ in 0..judgement.paths.len() {
            let line: String = verdict_line(&explorer).iter().map(|span| span.text.as_str()).collect();
            let rows = explorer.rows(Lower::Checks);
            let headings = rows.iter().filter(|row| row.depth == 0).map(|row| row.mark.unwrap_or(Verdict::Pass));
            seen.insert(explorer.chosen(), (line, headings.collect::<Vec<_>>()));
            for effect in support::send(&mut explorer, Message::Run(Command::NextPath)) {
                if let crossroots::explorer::Effect::Judge(question) = effect {
                    support::send(&mut explorer, Message::Judged(Box::new(question.judge())));
                }
            }
        }
        prop_assert_eq!(seen.len(), judgement.paths.len());
        for (judged, (line, headings)) in judgement.paths.iter().zip(seen.values()) {
            prop_assert!(line.contains(&judged.verdict.word().to_uppercase()), "{line}: {:?}", judged.verdict);
            let own: Vec<Verdict> = judged.path.certificates.iter().map(|id| judged.worst(*id)).collect();
            prop_assert_eq!(&own, headings);
        }

        // Lines. Signatures are checked there: only where all were taken for good, or are refuted, the states stay.
        if judgement.paths.len() > 1 && !analysis.graph.links().any(|link| link.signature == SignatureState::Unchecked) {
            let said = of_plain(&analysis, judgement.paths.len());
            let best = judgement.best().unwrap();
            let turned: Vec<_> = (0..judgement.paths.len()).map(|step| judgement.paths[(best + step) % judgement.paths.len()].verdict.word()).collect();
            prop_assert_eq!(said, turned);
        }
    }
}
