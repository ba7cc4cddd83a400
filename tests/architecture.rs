//! Does every file of `src` use only what its floor may use, and does none lead back to itself (DESIGN: the house)?
//!
//! `cargo test --test architecture -- --nocapture figures` prints what there is to say of the files in numbers.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/house.rs"]
mod house;
#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/tokens.rs"]
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use circles::circles;
use house::{House, module_of};

/// A folder or file of `src`, and its floor. A file names its own folder and lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("cert", 1),
    ("signature", 1),
    ("chain", 2),
    ("source", 2),
    ("check", 3),
    ("diagram", 3),
    ("analysis", 4),
    ("words", 5),
    ("sketch", 6),
    ("report", 7),
    ("explorer", 7),
    ("explain", 8),
    ("worker", 8),
    ("tui", 9),
    ("plain", 9),
    ("bin", 10),
];

/// Who may name another folder of its own floor, and why.
const SIDEWAYS: &[(&str, &str, &str)] = &[];

/// Files that lead back to themselves, and why: a circle whose files all lie in these places is let be. At most five.
const CIRCLES: &[(&[&str], &str)] = &[];

/// What only some places may name.
const RESERVED: &[(&str, &[&str])] = &[
    ("x509_parser", &["cert"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("clap", &["bin"]),
    ("clap_complete", &["bin"]),
    ("clap_mangen", &["bin"]),
    ("arboard", &["worker"]),
    ("anyhow", &["bin"]),
    // All network, and all stores.
    ("rustls", &["source"]),
    ("ureq", &["source"]),
    ("rustls_native_certs", &["source"]),
    ("webpki_root_certs", &["source"]),
    ("toml", &["source", "bin"]),
    ("std::fs", &["source", "worker", "bin"]),
    ("std::net", &["source", "worker", "bin"]),
    ("std::thread", &["source", "worker", "bin"]),
    ("std::time::SystemTime", &["source", "worker", "bin"]),
    // The event loop of `tui` times itself.
    ("std::time::Instant", &["source", "worker", "bin", "tui"]),
];

/// What is reserved but for these, which do nothing.
const HARMLESS: &[&str] =
    &["std::net::IpAddr", "std::net::Ipv4Addr", "std::net::Ipv6Addr", "std::net::SocketAddr", "std::net::AddrParseError"];

/// Names of drawers: what is put there is found by no one.
const DRAWERS: &[&str] = &["utils", "util", "common", "types", "core", "helpers", "helper", "misc"];

/// Lines in which a file says which question it answers. The library's own are its documentation.
const MOST_HEADER_LINES: usize = 5;

#[test]
fn every_file_keeps_to_its_floor() {
    let sources = sources();
    assert!(sources.len() > 40, "{} files", sources.len());
    assert_none(&offences(house()));
}

/// One that no `mod` names is never compiled.
#[test]
fn every_file_is_a_module() {
    let sources = sources();
    let text_of = |module: &[String]| sources.iter().find(|(place, _)| module_of(place) == module).map(|(_, text)| text.as_str());
    let is_declared = |place: &str| match module_of(place).split_last() {
        Some((name, parent)) if name != "bin" => text_of(parent).is_some_and(|text| text.contains(&format!("mod {name};"))),
        _ => true,
    };
    assert_none(&sources.iter().map(|(place, _)| place.clone()).filter(|place| !is_declared(place)).collect::<Vec<_>>());
}

#[test]
fn every_folder_has_a_floor_and_every_floor_a_folder() {
    assert_none(&unmatched(house()));
}

#[test]
fn no_file_leads_back_to_itself() {
    assert!(CIRCLES.len() <= 5, "{} exceptions", CIRCLES.len());
    assert_none(&circle_offences(house(), CIRCLES));
}

#[test]
fn no_file_is_a_drawer() {
    assert_none(&drawers(house()));
}

#[test]
fn every_file_opens_with_its_question() {
    let sources = sources();
    assert_none(&sources.iter().filter_map(|(place, text)| headless(place, text)).collect::<Vec<_>>());
}

/// Not a test of anything: what a note on the state of the code wants to say.
#[test]
fn figures() {
    let sources = sources();
    let mut sizes: Vec<(usize, &str)> = sources.iter().map(|(place, text)| (text.lines().count(), place.as_str())).collect();
    sizes.sort_unstable();
    let (median, largest) = (sizes[sizes.len() / 2].0, sizes[sizes.len() - 1]);
    let small = sizes.iter().filter(|(lines, _)| *lines < 45).count();
    let edges = house().edges();
    let circles = circles(&edges);
    let undocumented: usize = sources.iter().map(|(_, text)| undocumented(text)).sum();
    println!("files {}, lines {}", sizes.len(), sizes.iter().map(|(lines, _)| lines).sum::<usize>());
    println!("median {median} lines, largest {} with {}, below 45 lines {small}", largest.1, largest.0);
    println!("public items without documentation {undocumented}");
    println!("fields of Explorer {}", sources.iter().find_map(|(_, text)| fields(text, "Explorer")).unwrap_or_default());
    println!("circles {}, of {} files", circles.len(), circles.iter().map(Vec::len).sum::<usize>());
    for files in &circles {
        println!();
        for (from, to) in edges.iter().filter(|(from, to)| files.contains(from) && files.contains(to)) {
            println!("    {from} -> {to}");
        }
    }
}

#[test]
fn an_upward_import_is_refused() {
    for text in [
        "use crate::analysis::Analysis;",
        "use crate::{cert::Time, report::text};",
        "fn f() { crate::source::read(); }",
        "use super::super::analysis::Analysis;",
        "use crate::{\n    cert::{Name, Time},\n    worker::check,\n};",
        "mod inner { fn f(text: super::super::super::report::Text) {} }",
        "use crate::nowhere::Thing;",
    ] {
        assert_eq!(offences(&House::new([("chain/graph.rs", text)])).len(), 1, "{text}");
    }
    assert_eq!(offences(&House::new([("explorer/update.rs", "use crate::report::text;")])).len(), 1, "sideways");
}

#[test]
fn reserved_names_are_refused_elsewhere() {
    for text in [
        "use x509_parser::prelude::*;",
        "use std::{fmt, fs};",
        "fn f() { std::thread::spawn(f); }",
        "fn f() { ureq::get(\"\"); }",
        "use rustls_native_certs::load_native_certs;",
        "use toml::from_str;",
        "fn f() { let now = std::time::Instant::now(); }",
        "use std::net::{IpAddr, TcpStream};",
        "fn f() { anyhow::bail!() }",
        "#[derive(clap::Parser)] struct Arguments;",
    ] {
        assert_eq!(offences(&House::new([("check/rules.rs", text)])).len(), 1, "{text}");
    }
    assert_eq!(offences(&House::new([("bin/crossroots/main.rs", "use ratatui::Frame;")])).len(), 1);
}

#[test]
fn what_is_allowed_is_not_refused() {
    for (place, text) in [
        ("chain/graph.rs", "use super::Pool; use crate::signature::verify;"),
        ("chain/graph.rs", "// crate::tui is far above\nuse std::net::IpAddr;"),
        ("chain/graph.rs", "const TEXT: &str = \"crate::tui\"; fn f<'a>(sign: char) { if sign == '\"' { /* crate::tui */ } }"),
        ("check/link/signature.rs", "use super::super::judge::LinkAt;"),
        ("analysis.rs", "use crate::chain::Pool;\n#[cfg(test)]\nmod tests { use super::*; use std::fs; }"),
        ("source/file.rs", "use std::{fs, io};"),
        ("cert/time.rs", "/// An Instant is not a Time.\nstruct Instants;"),
    ] {
        assert_eq!(offences(&House::new([(place, text)])), Vec::<String>::new());
    }
    let house = House::new([("diagram/mod.rs", "#[cfg(test)]\nmod tests;"), ("diagram/tests/scale.rs", "use std::time::Instant;")]);
    assert_eq!(offences(&house), Vec::<String>::new());
}

#[test]
fn a_circle_between_files_is_refused() {
    let told = |sources: &[(&'static str, &'static str)], let_be| circle_offences(&House::new(sources.iter().copied()), let_be);
    let direct = [("chain/a.rs", "use super::b::B; pub struct A;"), ("chain/b.rs", "fn f(a: super::a::A) {} pub struct B;")];
    assert_eq!(told(&direct, &[]).len(), 1);
    let passed_on = [
        ("chain/mod.rs", "mod a; mod b; mod c; pub use a::A; pub(super) use self::b::{B, B as Other}; pub use c::*;"),
        ("chain/a.rs", "use crate::chain::Other; pub struct A;"),
        ("chain/b.rs", "use super::C; pub struct B;"),
        ("chain/c.rs", "use crate::chain; pub struct C; fn f(a: chain::A) {}"),
    ];
    assert_eq!(told(&passed_on, &[]), ["chain/a.rs, chain/b.rs and chain/c.rs lead back to themselves"]);
    let parent = [("chain/mod.rs", "mod a; pub use a::A; pub struct M(A);"), ("chain/a.rs", "use super::M; pub struct A;")];
    assert_eq!(told(&parent, &[]).len(), 1);

    let excepted: &[(&[&str], &str)] = &[(&["chain/a.rs", "chain/b.rs"], "a reason")];
    assert_eq!(told(&direct, excepted), Vec::<String>::new());
    assert_eq!(told(&passed_on, excepted).len(), 2, "a wider circle, and an exception for nothing");
    assert_eq!(told(&[("chain/a.rs", "pub struct A;")], excepted), ["no circle lies in chain/a.rs, chain/b.rs"]);
}

#[test]
fn what_is_no_circle_is_not_refused() {
    let house = House::new([
        ("chain/mod.rs", "mod a; mod b; pub use a::A; pub use b::{B, f}; #[cfg(test)] mod tests { use super::a; }"),
        ("chain/a.rs", "pub struct A;\n#[cfg(test)] mod tests { use super::super::B; use super::*; }"),
        ("chain/b.rs", "use super::A; pub struct B; pub fn f() {}"),
        ("chain.rs.rs", "use crate::chain::{self, B}; fn g() { chain::f() }"),
    ]);
    assert_eq!(circle_offences(&house, &[]), Vec::<String>::new());
}

#[test]
fn a_floor_without_a_folder_is_refused() {
    let all: Vec<String> = FLOORS.iter().map(|(name, _)| format!("{name}/mod.rs")).collect();
    let told = |places: &[String]| unmatched(&House::new(places.iter().map(|place| (place.as_str(), ""))));
    assert_eq!(told(&all), Vec::<String>::new());
    assert_eq!(told(&all[1..]), ["the floor of cert has no folder"]);
    let more = [all, vec!["attic/mod.rs".to_owned()]].concat();
    assert_eq!(told(&more), ["attic has no floor"]);
}

#[test]
fn a_drawer_is_refused() {
    let house = House::new([("chain/mod.rs", ""), ("chain/utils.rs", ""), ("cert/common/name.rs", ""), ("cert/common_name.rs", "")]);
    assert_eq!(drawers(&house), ["cert/common/name.rs is in a drawer", "chain/utils.rs is in a drawer"]);
}

#[test]
fn a_file_without_its_question_is_refused() {
    let lines = |count: usize| "//! A line.\n".repeat(count);
    assert_eq!(headless("chain/graph.rs", "use super::Pool;").as_deref(), Some("chain/graph.rs opens with 0 lines of its question"));
    assert_eq!(headless("chain/graph.rs", &lines(1)), None);
    assert_eq!(headless("chain/graph.rs", &lines(MOST_HEADER_LINES)), None);
    assert!(headless("chain/graph.rs", &lines(MOST_HEADER_LINES + 1)).is_some());
    assert_eq!(headless("lib.rs", &lines(MOST_HEADER_LINES + 1)), None);
}

/// Every file below `src`: its path and its text.
fn sources() -> &'static [(String, String)] {
    static SOURCES: LazyLock<Vec<(String, String)>> = LazyLock::new(read_sources);
    &SOURCES
}

fn read_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let place = |file: &Path| file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    files.iter().map(|file| (place(file), fs::read_to_string(file).unwrap())).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn house() -> &'static House {
    static HOUSE: LazyLock<House> = LazyLock::new(|| House::new(sources().iter().map(|(place, text)| (place.as_str(), text.as_str()))));
    &HOUSE
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The folder of `src` that a file belongs to, or its own name.
fn floor_of(place: &str) -> &str {
    place.trim_end_matches(".rs").split('/').next().unwrap_or_default()
}

/// What files name against the floors and the reserved crates.
fn offences(house: &House) -> Vec<String> {
    let mut out = Vec::new();
    for place in house.places().filter(|place| *place != "lib.rs") {
        let own = floor_of(place);
        for path in house.named(place) {
            let Some(to) = path.first().filter(|to| !may_name(own, to)) else { continue };
            out.push(format!("{place} names {} of {to}", path.join("::")));
        }
        let foreign: Vec<String> = house.foreign(place).iter().map(|path| path.join("::")).collect();
        let is_harmless = |path: &&String| !HARMLESS.iter().any(|name| is_below(path, name));
        for (name, places) in RESERVED.iter().filter(|(_, places)| !places.contains(&own)) {
            if let Some(path) = foreign.iter().filter(is_harmless).find(|path| is_below(path, name)) {
                out.push(format!("{place} names {path}, which only {} may", places.join(", ")));
            }
        }
    }
    out
}

/// `std::fs::File` is below `std::fs`.
fn is_below(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn may_name(own: &str, named: &str) -> bool {
    let floor = |folder: &str| FLOORS.iter().find(|(name, _)| *name == folder).map(|(_, floor)| *floor);
    let (Some(from), Some(to)) = (floor(own), floor(named)) else { return own == named };
    own == named || to < from || SIDEWAYS.iter().any(|(name, other, _)| (*name, *other) == (own, named))
}

/// Floors without a folder, and folders without a floor.
fn unmatched(house: &House) -> Vec<String> {
    let known = |folder: &str| FLOORS.iter().any(|(name, _)| *name == folder);
    let folders: std::collections::BTreeSet<&str> = house.places().map(floor_of).filter(|folder| *folder != "lib").collect();
    let missing = FLOORS.iter().filter(|(name, _)| !folders.contains(name)).map(|(name, _)| format!("the floor of {name} has no folder"));
    missing.chain(folders.iter().filter(|folder| !known(folder)).map(|folder| format!("{folder} has no floor"))).collect()
}

/// Files that a name of no question leads to.
fn drawers(house: &House) -> Vec<String> {
    let is_drawer = |place: &&str| place.trim_end_matches(".rs").split('/').any(|part| DRAWERS.contains(&part));
    house.places().filter(is_drawer).map(|place| format!("{place} is in a drawer")).collect()
}

/// What is wrong with how a file opens.
fn headless(place: &str, text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| line.starts_with("//!")).count();
    let is_right = place == "lib.rs" || (1..=MOST_HEADER_LINES).contains(&lines);
    (!is_right).then(|| format!("{place} opens with {lines} lines of its question"))
}

/// Circles that no exception names, and exceptions for which there is no circle.
fn circle_offences(house: &House, exceptions: &[(&[&str], &str)]) -> Vec<String> {
    let circles = circles(&house.edges());
    let covers = |places: &[&str], files: &[String]| files.iter().all(|file| places.iter().any(|place| file.starts_with(place)));
    let open = circles.iter().filter(|files| !exceptions.iter().any(|(places, _)| covers(places, files)));
    let told = open.map(|files| match files.split_last() {
        Some((last, others)) => format!("{} and {last} lead back to themselves", others.join(", ")),
        None => String::new(),
    });
    let stale = exceptions.iter().filter(|(places, _)| !circles.iter().any(|files| covers(places, files)));
    told.chain(stale.map(|(places, _)| format!("no circle lies in {}", places.join(", ")))).collect()
}

/// How many fields a struct has, where the text defines it.
fn fields(text: &str, name: &str) -> Option<usize> {
    let lines = text.split_once(&format!("pub struct {name} {{\n"))?.1.lines();
    let is_field = |line: &&str| line.contains(": ") && !line.trim_start().starts_with("//");
    Some(lines.take_while(|line| *line != "}").filter(is_field).count())
}

/// Public items, fields and variants of public enums are not told apart here: lines that begin with `pub` and have no `///` above.
fn undocumented(text: &str) -> usize {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let (mut count, mut is_documented) = (0, false);
    for line in code.lines().map(str::trim) {
        let is_item = line.starts_with("pub ") && !line.starts_with("pub use ");
        count += usize::from(is_item && !is_documented);
        is_documented = line.starts_with("///") || (is_documented && line.starts_with("#["));
    }
    count
}
