//! How long the engine takes: counting and listing in meshes, judging anew, a key to a frame.
//!
//! `cargo bench` prints a line a case: median, fastest and slowest of several runs. Absolute times mean little; compare in one run.
//! `cargo bench -- FOLDER`, with `leaves.pem`, `intermediates.pem` and `roots.pem`: a whole report beside its bare signatures.

#![expect(clippy::unwrap_used, reason = "in a bench a panic is the report")]

#[path = "../tests/support/frame.rs"]
mod frame;
#[path = "../tests/made/mod.rs"]
mod made;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossroots::analysis::{Analysis, Budget};
use crossroots::cert::Time;
use crossroots::chain::{Limits, LinkId, Pool, SignatureState, Store, Trust, paths};
use crossroots::check::{Policy, Wants};
use crossroots::diagram::Charset;
use crossroots::explorer::{Effects, Explorer, Key, Message, Online, Opened, Settings};
use crossroots::report::{Notes, ReportOptions, json};
use crossroots::source::{Found, load_store, read_path};
use crossroots::tui::{Colors, Theme};
use crossroots::worker::check_links;
use frame::frame;
use made::{Made, stores};

const MAY_2026: Time = Time(1_778_803_200);

fn main() {
    // cargo adds `--bench`.
    if let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        return beside_its_signatures(Path::new(&folder));
    }
    meshes();
    web_pki();
    many_targets();
}

/// A mesh of n CAs that all signed one another: listing 1,000 paths and counting all.
fn meshes() {
    for size in [8, 12, 16, 24] {
        let mut made = Made::default();
        let leaf = made.issue(size + 1, size - 1);
        for subject in 0..size {
            for issuer in (0..size).filter(|issuer| *issuer != subject) {
                made.issue(subject, issuer);
            }
        }
        made.issue(0, size);
        let root = made.issue(size, size);
        // Checking is not what is measured here; the small mesh shows that trusting changes nothing.
        let graph = if size == 8 { made.checked() } else { made.trusting() };
        let trust = stores(&[&[root]]);
        let found = paths(&made.pool, &graph, &trust, leaf, Limits::default());
        let what = format!(
            "mesh {size}: {} paths{}, {} listed",
            found.count.value,
            if found.count.exact { "" } else { " at least" },
            found.listed.len()
        );
        measure(&what, || {
            black_box(paths(&made.pool, &graph, &trust, leaf, Limits::default()));
        });
    }
}

/// The Web PKI of ../shared/bench, where that folder is: signatures once, then every verdict at another time.
fn web_pki() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    if !folder.is_dir() {
        println!("no ../shared/bench: the Web PKI is left out");
        return;
    }
    let read = |name: &str| read_path(&folder.join(name), &Default::default()).certificates;
    let mut pool = Pool::default();
    for Found { certificate, origin, .. } in read("webpki-intermediates.pem") {
        pool.add(certificate, origin);
    }
    let anchors =
        read("webpki-roots.pem").into_iter().map(|Found { certificate, origin, .. }| pool.add_candidate(certificate, origin)).collect();
    let trust = Trust::new(vec![Store { name: "roots".to_owned(), anchors }]);
    let mut analysis = Analysis::new(pool, trust, Policy::at(MAY_2026), None).unwrap();
    let start = Instant::now();
    check(&mut analysis);
    println!("Web PKI: {} certificates, signatures checked in {:.1?}", analysis.pool.len(), start.elapsed());
    measure("Web PKI: every certificate rule of every certificate, in words", || {
        for id in analysis.pool.ids() {
            black_box(analysis.findings_of(id, Wants::Everything));
        }
    });
    measure("Web PKI: every path of every target judged, nothing remembered", || {
        black_box(analysis.judge_all());
    });
    let targets = analysis.judge_all();
    let all: usize = targets.iter().map(|target| target.paths.len()).sum();
    let mut day = 0;
    measure(&format!("Web PKI: a verdict for all {all} paths at another time"), || {
        day += 1;
        analysis.policy.at = MAY_2026.plus(day * 86_400);
        let moved = Arc::new(analysis.clone());
        black_box(targets.iter().map(|target| target.again(Arc::clone(&moved), &Budget::default())).collect::<Vec<_>>());
    });
    let root = analysis.trust.stores()[0].anchors[0];
    measure("Web PKI: all paths sought and judged anew, an anchor more or less", || {
        analysis.trust.toggle(root);
        black_box(analysis.judge_all());
    });
}

/// 8,000 leaves under a mesh: what a key costs does not depend on how many there are.
fn many_targets() {
    for leaves in [100, 8_000] {
        let mut made = Made::default();
        for leaf in 0..leaves {
            made.issue_named((5, &format!("Leaf {leaf}")), (0, "N0"));
        }
        made.issue(0, 1);
        made.issue(0, 2);
        let roots = [made.issue(1, 1), made.issue(2, 2)];
        let analysis = Analysis::new(made.pool, stores(&[&roots]), Policy::at(MAY_2026), None).unwrap();
        let opened = Opened {
            title: String::new(),
            analysis: analysis.into(),
            now: MAY_2026,
            zone: jiff::tz::TimeZone::UTC,
            connections: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            unread: Vec::new(),
            collected: Default::default(),
            about: None,
            charset: Charset::Unicode,
            online: Online::default(),
        };
        let mut effects = Effects::default();
        let mut explorer = Explorer::new(opened, Settings::default(), (120, 40), &mut effects);
        let theme = Theme { colors: Colors::Sixteen, charset: Charset::Unicode };
        let keys = [Key::Char('u'), Key::Char('p'), Key::Up, Key::Char('s'), Key::Down].into_iter().cycle();
        let mut keys = keys;
        measure(&format!("{leaves} targets: a key and its frame, 120x40"), || {
            explorer.update(Message::Key(keys.next().unwrap_or(Key::Up)), &mut effects);
            black_box(frame(&explorer, &theme));
        });
    }
    measure("store mozilla loaded", || {
        black_box(load_store("mozilla", &|batch| batch).unwrap());
    });
}

/// What a report costs, from reading to JSON, in times of what its signatures alone cost: both on one thread, in turn.
fn beside_its_signatures(folder: &Path) {
    let read = |name: &str| read_path(&folder.join(name), &Default::default()).certificates;
    let whole = || {
        let mut pool = Pool::default();
        for Found { certificate, origin, .. } in read("leaves.pem") {
            pool.add(certificate, origin);
        }
        for Found { certificate, origin, .. } in read("intermediates.pem") {
            pool.add_candidate(certificate, origin);
        }
        let anchors =
            read("roots.pem").into_iter().map(|Found { certificate, origin, .. }| pool.add_candidate(certificate, origin)).collect();
        let trust = Trust::new(vec![Store { name: "roots".to_owned(), anchors }]);
        let mut analysis = Analysis::new(pool, trust, Policy::at(MAY_2026), None).unwrap();
        analysis.check_signatures();
        let targets = analysis.judge_all();
        json(&mut std::io::sink(), &analysis, &targets, &Notes::default(), ReportOptions::default()).unwrap();
        analysis
    };
    let analysis = whole();
    let is_checked = |link: &LinkId| analysis.graph.link(*link).is_some_and(|link| link.signature != SignatureState::Unchecked);
    let links: Vec<LinkId> = analysis.graph.link_ids().filter(is_checked).collect();
    let timed = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    let mut pairs: Vec<(f64, f64, f64)> = (0..15)
        .map(|_| {
            let bare = timed(&|| {
                for link in &links {
                    black_box(analysis.graph.check(&analysis.pool, *link));
                }
            });
            let all = timed(&|| drop(black_box(whole())));
            (all / bare, all, bare)
        })
        .collect();
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (ratio, all, bare) = pairs[pairs.len() / 2];
    let (least, most) = (pairs[0].0, pairs[pairs.len() - 1].0);
    println!("{} certificates, {} signatures: {:.0} ms bare", analysis.pool.len(), links.len(), bare * 1e3);
    println!("the whole report: {:.0} ms, {ratio:.2} times the bare signatures ({least:.2} to {most:.2})", all * 1e3);
}

fn check(analysis: &mut Analysis) {
    let (pool, targets) = (Arc::clone(&analysis.pool), analysis.targets.clone());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    check_links(&pool, &mut analysis.graph, &targets, threads, &mut |_| std::ops::ControlFlow::Continue(()));
}

fn measure(what: &str, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..25)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    println!("{what}: median {:.2?}, {:.2?} to {:.2?}", at(times.len() / 2), at(0), at(times.len() - 1));
}
