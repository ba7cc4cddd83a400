//! Do the screen, the lines of `--plain`, the text and the JSON say the same verdict of every certificate, link and path? On generated graphs.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[expect(dead_code, reason = "the states of signatures are made up here")]
mod made;
#[expect(dead_code, reason = "no sample is opened, and no signature is checked here")]
mod support;

use std::collections::{BTreeMap, HashMap};

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::Time;
use crossroots::chain::{CertificateId, EntityId, Graph, LinkId, SignatureState};
use crossroots::check::{Policy, Purpose, Verdict};
use crossroots::diagram::{BoxId, BoxKind, Charset, EdgeState, Mark};
use crossroots::explorer::{Command, Effect, Explorer, Lower, Message, Opened, Settings, verdict_line};
use crossroots::plain;
use crossroots::report::{Notes, ReportOptions, json, text};
use crossroots::sketch::{Gaze, Look, Whole, part_of, sketch};
use crossroots::words::{Labels, sign};
use crossroots::worker::Start;
use made::{Made, stores};
use proptest::prelude::*;
use serde_json::Value;

/// What the entities are called: two have another's name, with a key of their own.
const NAMES: [&str; 8] = ["N0", "N1", "N2", "N3", "N0", "N1", "N6", "N7"];

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
    let mut issue = |subject: usize, issuer: usize| made.issue_named((subject, NAMES[subject]), (issuer, NAMES[issuer]));
    let target = issue(7, world.issued[0].0);
    let others: Vec<CertificateId> = world.issued.iter().map(|(subject, issuer)| issue(*subject, *issuer)).collect();
    let root = issue(6, 6);
    let mut graph = Graph::new(&made.pool);
    for (link, state) in graph.link_ids().collect::<Vec<LinkId>>().into_iter().zip(world.states.iter().cycle()) {
        let is_signed = graph.known_signer(graph.link(link).unwrap().certificate).is_some();
        let state = match state {
            0 => SignatureState::Bad,
            1 => SignatureState::Unsupported("an algorithm of this test"),
            2 => SignatureState::Unchecked,
            // One key made a signature.
            _ if is_signed => SignatureState::Bad,
            _ => SignatureState::Good,
        };
        graph.record(link, state);
    }
    // rcgen's certificates are valid from 1975 to 4096.
    let at = if world.is_late { Time(70_000_000_000) } else { Time(1_790_000_000) };
    let purpose = world.for_server.then_some(Purpose::Server);
    let policy = Policy { strict: world.strict, purpose, ..Policy::at(at) };
    let anchors = if world.trusted { vec![root] } else { Vec::new() };
    let found = Analysis::new(made.pool, stores(&[&anchors]), policy, None).unwrap();
    Analysis { graph, targets: vec![target, others[0], root], ..found }
}

/// What the JSON says: of each certificate its worst, of each link its signature, of each path its verdict and the worst at each place.
struct Said {
    certificates: BTreeMap<String, String>,
    links: BTreeMap<(String, String), String>,
    /// Links that nobody checked, of certificates that no path goes through, are only counted.
    unlisted_links: usize,
    paths: Vec<(String, Vec<(String, String)>)>,
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn of_json(analysis: &Analysis, targets: &[Judgement], place: usize) -> Said {
    let mut out = Vec::new();
    json(&mut out, analysis, targets, &Notes::default(), ReportOptions::default()).unwrap();
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
        unlisted_links: report["unlisted_links"].as_u64().unwrap_or_default().try_into().unwrap(),
        paths: report["targets"][place]["listed"].as_array().unwrap().iter().map(path).collect(),
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
    let lines = plain::Lines { input: &mut input, output: &mut output, echo: false, clipboard: None, charset: Charset::Unicode };
    plain::run(Start::Opened(Box::new(opened(analysis))), &|_| panic!("nothing is opened"), Settings::default(), lines).unwrap();
    let output = String::from_utf8(output).unwrap();
    let said = output.lines().filter_map(|line| line.trim_start_matches("> ").strip_prefix("PATH "));
    said.map(|line| line.split([' ', ',']).nth(1).unwrap().to_lowercase()).collect()
}

/// Answers what the explorer asks. No signature is checked here: the states are what was made up.
fn answer(explorer: &mut Explorer, effects: Vec<Effect>) {
    for effect in effects {
        let message = match effect {
            Effect::Judge(question) => Message::Judged(Box::new(question.judge(&|| false).unwrap())),
            Effect::Check { request, .. } => Message::CheckedAll { request, budgets: Vec::new() },
            _ => continue,
        };
        let more = support::send(explorer, message);
        answer(explorer, more);
    }
}

/// One target, in every output, by itself and among the others.
fn agree(all: &Analysis, place: usize) -> Result<(), TestCaseError> {
    let alone = Analysis { targets: vec![all.targets[place]], ..all.clone() };
    let targets = alone.judge_all();
    let judgement = &targets[0];
    let (analysis, said) = (&alone, of_json(&alone, &targets, 0));
    let sha256 = |id: CertificateId| analysis.pool.certificate(id).sha256.to_string();

    // JSON against the judgement.
    prop_assert_eq!(said.paths.len(), judgement.paths.len());
    for (judged, (verdict, places)) in judgement.paths.iter().zip(&said.paths) {
        prop_assert_eq!(judged.verdict.word(), verdict);
        let own: Vec<_> = judged.path.certificates.iter().map(|id| (sha256(*id), judged.worst(*id).word().to_owned())).collect();
        prop_assert_eq!(&own, places);
    }

    // Text.
    let written = of_text(&text(analysis, &targets, &Notes::default(), ReportOptions::default()));
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
    let drawn = sketch(&look, &part_of(judgement, &Whole::new(judgement, false), gaze).0);
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
    let mut unlisted = 0;
    for id in analysis.pool.ids() {
        let ends = |entity| (sha256(id), entity);
        let key = |entity: EntityId| {
            let entity = analysis.graph.entity(entity);
            entity.name.to_string() + &entity.spki_sha256.to_string()
        };
        let links: Vec<(EntityId, Option<&String>)> =
            analysis.graph.links_of(id).map(|link| (link.entity, said.links.get(&ends(key(link.entity))))).collect();
        unlisted += links.iter().filter(|(_, said)| said.is_none()).count();
        // Everything here was asked for, so that only links that nobody checked are not listed.
        let states: HashMap<EntityId, &str> =
            links.into_iter().map(|(entity, said)| (entity, said.map_or("unchecked", String::as_str))).collect();
        let own = analysis.graph.entity_of(id);
        let signer = states.iter().find(|(_, state)| **state == "good").map(|(entity, _)| *entity);
        for (entity, signature) in states.iter().filter(|(entity, _)| drawn.boxes.iter().any(|one| one.id == BoxId::Entity(entity.0))) {
            // What a key is known to have signed leads to it; else to each that may have, and where none may, to all whose key it may name.
            let expected = match signer {
                _ if *entity == own => None,
                Some(signer) if signer == own => None,
                Some(signer) => Some(if signer == *entity { EdgeState::Good } else { EdgeState::OtherKey }),
                None => match *signature {
                    "unsupported" => Some(EdgeState::Unsupported),
                    "unchecked" => Some(EdgeState::Unchecked),
                    // A namesake may be drawn that is on no path: of its issuers the report names those that are shown.
                    _ if analysis.graph.links_of(id).any(|link| link.signature != SignatureState::Bad) => None,
                    _ if analysis.graph.link_between(id, *entity).is_some_and(|link| link.is_contradicted()) => Some(EdgeState::OtherKey),
                    _ => Some(EdgeState::Bad),
                },
            };
            let is_drawn = drawn.boxes.iter().flat_map(|one| &one.slots).any(|slot| slot.id.0 == id.0);
            let edges = drawn.edges.iter().filter(|edge| edge.from.0 == id.0 && edge.to == BoxId::Entity(entity.0));
            let edges: Vec<EdgeState> = edges.map(|edge| edge.state).collect();
            let expected: Vec<EdgeState> = expected.filter(|_| is_drawn).into_iter().collect();
            prop_assert_eq!(edges, expected, "{} {:?}", signature, signer);
        }
    }

    prop_assert_eq!(unlisted, said.unlisted_links);

    // The screen, path by path, and its checks.
    let (mut explorer, effects) = support::start(opened(all), Settings::default(), (120, 40));
    answer(&mut explorer, effects);
    for _ in 0..place {
        let effects = support::send(&mut explorer, Message::Run(Command::NextTarget));
        answer(&mut explorer, effects);
    }
    prop_assert_eq!(explorer.judgement().target, judgement.target);
    let mut seen = BTreeMap::new();
    for _ in 0..judgement.paths.len() {
        let line: String = verdict_line(&explorer).iter().map(|span| span.text.as_str()).collect();
        let rows = explorer.rows(Lower::Checks);
        let headings = rows.iter().filter(|row| row.depth == 0).map(|row| row.mark.unwrap_or(Verdict::Pass));
        seen.insert(explorer.chosen(), (line, headings.collect::<Vec<_>>()));
        let effects = support::send(&mut explorer, Message::Run(Command::NextPath));
        answer(&mut explorer, effects);
    }
    prop_assert_eq!(seen.len(), judgement.paths.len());
    for (judged, (line, headings)) in judgement.paths.iter().zip(seen.values()) {
        prop_assert!(line.contains(&judged.verdict.word().to_uppercase()), "{line}: {:?}", judged.verdict);
        let own: Vec<Verdict> = judged.path.certificates.iter().map(|id| judged.worst(*id)).collect();
        prop_assert_eq!(&own, headings);
    }

    // Lines. Signatures are checked there: only where all were taken for good, or are refuted, the states stay.
    if judgement.paths.len() > 1 && !analysis.graph.links().any(|link| link.signature == SignatureState::Unchecked) {
        let said = of_plain(analysis, judgement.paths.len());
        let best = judgement.best().unwrap();
        let turned: Vec<_> =
            (0..judgement.paths.len()).map(|step| judgement.paths[(best + step) % judgement.paths.len()].verdict.word()).collect();
        prop_assert_eq!(said, turned);
    }

    // The report of all targets says the same of this one.
    let report = all.judge_all();
    prop_assert_eq!(&of_json(all, &report, place).paths, &said.paths);
    let beside = of_text(&text(all, &report[place..=place], &Notes::default(), ReportOptions::default()));
    prop_assert_eq!(&beside, &expected);
    Ok(())
}

/// One that no path goes through, with a namesake's key that does not verify and one that was not tried: it is drawn to neither.
#[test]
fn a_link_that_is_only_counted_is_unchecked() {
    let issued = vec![(5, 3), (1, 3), (0, 0), (0, 2), (0, 4), (3, 4), (4, 0), (0, 0), (0, 0), (3, 1)];
    let states = (0..64).map(|place| if place == 16 { 2 } else { 0 }).collect();
    let analysis = analysis(&World { issued, states, trusted: false, strict: false, is_late: false, for_server: false });
    let counted = (0..analysis.targets.len()).filter(|place| {
        let alone = Analysis { targets: vec![analysis.targets[*place]], ..analysis.clone() };
        of_json(&alone, &alone.judge_all(), 0).unlisted_links > 0
    });
    assert!(counted.count() > 0);
    for place in 0..analysis.targets.len() {
        agree(&analysis, place).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_output_says_the_same(world in world()) {
        let analysis = analysis(&world);
        for place in 0..analysis.targets.len() {
            agree(&analysis, place)?;
        }
    }
}
