//! Does every file of `src` use only what its floor may use (DESIGN: the house)?

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file of `src`, and its floor. A file names its own folder and lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("cert", 1),
    ("signature", 1),
    ("chain", 2),
    ("source", 2),
    ("lab", 2),
    ("check", 3),
    ("client", 3),
    ("diagram", 3),
    ("analysis", 4),
    ("report", 5),
    ("explorer", 5),
    ("worker", 6),
    ("tui", 7),
    ("plain", 7),
    ("cli", 8),
    ("config", 8),
    ("main", 8),
];

/// Same floor, and allowed: a client chooses by what the checks said; arguments and configuration are read before
/// anything runs, and say the same things.
const SIDEWAYS: &[(&str, &str)] = &[("client", "check"), ("main", "cli"), ("main", "config"), ("cli", "config"), ("config", "cli")];

/// What only some places may name. The clock of `tui` times its event loop.
const RESERVED: &[(&str, &[&str])] = &[
    ("x509_parser", &["cert"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("anyhow", &["main"]),
    ("std::fs", &["source", "worker", "main"]),
    ("std::thread", &["source", "worker", "main"]),
    ("TcpStream", &["source", "worker", "main"]),
    ("TcpListener", &["source", "worker", "main"]),
    ("UdpSocket", &["source", "worker", "main"]),
    ("ToSocketAddrs", &["source", "worker", "main"]),
    ("SystemTime", &["source", "worker", "main"]),
    ("Instant", &["source", "worker", "main", "tui"]),
];

#[test]
fn every_file_keeps_to_its_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 40, "{} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let place = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        wrong.extend(offences(&place, &fs::read_to_string(&file).unwrap()));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_upward_import_is_refused() {
    for text in [
        "use crate::analysis::Analysis;",
        "use crate::{cert::Time, report::text};",
        "fn f() { crate::source::read(); }",
        "use super::super::analysis::Analysis;",
        "use crate::{\n    cert::{Name, Time},\n    worker::check,\n};",
    ] {
        assert_eq!(offences("chain/graph.rs", text).len(), 1, "{text}");
    }
    assert_eq!(offences("explorer/update.rs", "use crate::report::text;").len(), 1, "sideways");
}

#[test]
fn reserved_names_are_refused_elsewhere() {
    for text in [
        "use x509_parser::prelude::*;",
        "use std::{fmt, fs};",
        "std::thread::spawn(f);",
        "let now = std::time::Instant::now();",
        "anyhow::bail!()",
    ] {
        assert_eq!(offences("check/rules.rs", text).len(), 1, "{text}");
    }
    assert_eq!(offences("main.rs", "use ratatui::Frame;").len(), 1);
}

#[test]
fn what_is_allowed_is_not_refused() {
    for (place, text) in [
        ("chain/graph.rs", "use super::Pool; use crate::signature::verify;"),
        ("chain/graph.rs", "// crate::tui is far above\nuse std::net::IpAddr;"),
        ("check/link/signature.rs", "use super::super::judge::LinkAt;"),
        ("analysis.rs", "use crate::chain::Pool;\n#[cfg(test)]\nmod tests { use super::*; use std::fs; }"),
        ("diagram/tests/scale.rs", "use std::time::Instant;"),
        ("client/go.rs", "use crate::check::Finding;"),
        ("source/file.rs", "use std::{fs, io};"),
        ("cert/time.rs", "/// An Instant is not a Time.\nstruct Instants;"),
    ] {
        assert_eq!(offences(place, text), Vec::<String>::new());
    }
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

/// What a file names against the rules; `place` is its path below `src`.
fn offences(place: &str, text: &str) -> Vec<String> {
    let modules: Vec<&str> = place.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    let own = modules[0];
    if own == "lib" {
        return Vec::new();
    }
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let is_test = modules.contains(&"tests");
    let production = if is_test { "" } else { code.split("#[cfg(test)]").next().unwrap_or_default() };
    let mut out: Vec<String> = Vec::new();
    for named in named_after("crate::", &code) {
        if !may_name(own, &named) {
            out.push(format!("{place} names crate::{named}"));
        }
    }
    let climb = "super::".repeat(modules.len());
    if production.contains(&climb) {
        out.push(format!("{place} climbs out of its folder with {climb}"));
    }
    let from_std: Vec<String> = named_after("std::", production).iter().map(|name| format!("std::{name}")).collect();
    for (name, places) in RESERVED.iter().filter(|(_, places)| !places.contains(&own)) {
        let is_named = if name.starts_with("std::") { from_std.iter().any(|named| named == name) } else { has_word(production, name) };
        if is_named {
            out.push(format!("{place} names {name}, which only {} may", places.join(", ")));
        }
    }
    out
}

fn may_name(own: &str, named: &str) -> bool {
    let floor = |folder: &str| FLOORS.iter().find(|(name, _)| *name == folder).map(|(_, floor)| *floor);
    let (Some(from), Some(to)) = (floor(own), floor(named)) else { return false };
    own == named || to < from || SIDEWAYS.contains(&(own, named))
}

/// The first names of what follows `prefix`: one, or those of a group in braces.
fn named_after(prefix: &str, code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (start, _) in code.match_indices(prefix) {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == '_') {
            continue;
        }
        let rest = &code[start + prefix.len()..];
        match rest.strip_prefix('{') {
            None => out.push(identifier(rest)),
            Some(group) => out.extend(group_members(group)),
        }
    }
    out
}

fn group_members(group: &str) -> Vec<String> {
    let (mut depth, mut starts) = (0, vec![0]);
    for (place, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(place + 1),
            _ => {}
        }
    }
    starts.into_iter().map(|start| identifier(group[start..].trim_start())).filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn has_word(code: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    code.match_indices(word).any(|(start, _)| {
        !code[..start].chars().next_back().is_some_and(is_part) && !code[start + word.len()..].chars().next().is_some_and(is_part)
    })
}
