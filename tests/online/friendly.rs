//! Servers that give what certificates say they do: what the reports say then.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Output};

use serde_json::Value;

use super::peers::{Pki, Presented, Until, tls};
use super::server::{Server, answer};
use super::world::{GOOD, Says, World, crowded, tower};
use crossroots::source::MAX_FETCHES;
use crossroots::worker::MAX_ROUNDS;

/// A report on the leaf alone, against Root, with a cache of its own.
fn report(world: &World, more: &[&str]) -> Output {
    let (leaf, trust) = (world.file("leaf.pem"), format!("own={}", world.file("root.pem")));
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroots"));
    command.env("XDG_CACHE_HOME", world.file("cache")).env_remove("http_proxy");
    command.args(["report", &leaf, "--trust", &trust]).args(more).output().unwrap()
}

fn json(world: &World, more: &[&str]) -> (Value, Output) {
    let output = report(world, &[&["--format", "json"], more].concat());
    (serde_json::from_slice(&output.stdout).unwrap(), output)
}

const ONLINE: &[&str] = &["--online", "--allow-private", "--require-revocation"];

/// The state of an endpoint by its kind and the end of its URL.
fn state<'a>(report: &'a Value, kind: &str, end: &str) -> &'a Value {
    let endpoints = report["endpoints"].as_array().unwrap();
    endpoints.iter().find(|one| one["kind"] == kind && one["url"].as_str().unwrap().ends_with(end)).unwrap()
}

#[test]
fn nothing_is_fetched_unless_it_is_asked_for() {
    let world = World::new(GOOD);
    let (report, output) = json(&world, &[]);
    assert_eq!(report["targets"][0]["verdict"], "incomplete");
    assert_eq!(report["endpoints"], Value::Null);
    assert_eq!((world.server.asked().len(), output.stderr.len()), (0, 0));
}

#[test]
fn issuers_are_followed_up_to_the_root_and_all_is_known_of_revocation() {
    let world = World::new(GOOD);
    let (report, output) = json(&world, ONLINE);
    let asked = world.server.asked().len();
    assert_eq!(report["targets"][0]["verdict"], "valid", "{report:#}");
    assert_eq!(output.status.code(), Some(0));
    // The responder's word comes first; it says that the leaf is good.
    let (whole, _) = json(&world, &[ONLINE, &["--all-findings"]].concat());
    let findings = whole["targets"][0]["listed"][0]["findings"].as_array().unwrap();
    let leaf = findings.iter().find(|one| one["rule"] == "revocation" && one["facts"]["source"] == "OCSP response").unwrap();
    assert_eq!((leaf["verdict"].as_str(), leaf["certificate"].as_str()), (Some("pass"), Some("c1")), "{leaf}");
    let origins: Vec<&str> = report["certificates"].as_array().unwrap().iter().map(|one| one["origins"][0].as_str().unwrap()).collect();
    assert!(origins[1..].iter().any(|origin| *origin == format!("AIA of leaf.test, {}", world.server.url("/aia/sub.pem"))), "{origins:?}");
    assert!(origins[1..].iter().any(|origin| *origin == format!("AIA of Sub, {}", world.server.url("/aia/mid.p7c"))), "{origins:?}");
    for (kind, end) in
        [("aia", "sub.pem"), ("aia", "mid.p7c"), ("aia", "root.der"), ("crl", "/sub"), ("crl", "/mid"), ("crl", "/root"), ("ocsp", "")]
    {
        let one = state(&report, kind, end);
        assert_eq!((one["state"].as_str(), &one["paths"][0]["listed"]), (Some("reachable"), &Value::from(0)), "{one}");
    }
    let ldap = state(&report, "crl", "cn=x");
    assert_eq!(
        (ldap["state"].as_str(), ldap["why"].as_str()),
        (Some("not-tried"), Some("unsupported scheme; only http and https URLs are fetched"))
    );
    // Every URL was told of before it was followed.
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains(&format!("crossroots: fetching {} (AIA of leaf.test)\n", world.server.url("/aia/sub.pem"))), "{told}");
    assert_eq!(told.lines().count(), asked, "{told}");
}

#[test]
fn a_crl_that_is_fetched_revokes() {
    let world = World::new(Says { crl_revokes: true, ..GOOD });
    let (report, output) = json(&world, &["--online", "--allow-private", "--all-findings"]);
    let path = &report["targets"][0]["listed"][0];
    let revoked = path["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "revocation" && one["verdict"] == "fail").unwrap();
    assert_eq!(revoked["facts"]["place"], Value::from(world.server.url("/crl/sub")), "{revoked}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_responder_that_revokes_is_believed_by_get_and_by_post() {
    for only_post in [false, true] {
        let world = World::new(Says { responder_revokes: true, only_post, ..GOOD });
        let (report, output) = json(&world, &["--online", "--allow-private", "--all-findings"]);
        let findings = report["targets"][0]["listed"][0]["findings"].as_array().unwrap();
        let revoked = findings.iter().find(|one| one["rule"] == "revocation" && one["verdict"] == "fail").unwrap();
        assert_eq!(revoked["facts"]["source"], "OCSP response", "{revoked}");
        assert_eq!(output.status.code(), Some(1));
        let asked = world.server.asked();
        let by_post = asked.iter().filter(|line| *line == "POST /ocsp").count();
        assert!(asked.iter().any(|line| line.starts_with("GET /ocsp/M")), "{asked:?}");
        assert_eq!(by_post, usize::from(only_post), "{asked:?}");
    }
}

#[test]
fn what_is_fresh_is_not_asked_for_again() {
    let world = World::new(GOOD);
    json(&world, ONLINE);
    let count = world.server.asked().len();
    let (report, output) = json(&world, ONLINE);
    assert_eq!(report["targets"][0]["verdict"], "valid");
    assert_eq!((world.server.asked().len(), output.stderr.len()), (count, 0));
    assert!(state(&report, "crl", "/sub")["kept_since"].is_string());
    // What somebody wrote into the cache is no more than what a server could have sent.
    for entry in std::fs::read_dir(world.folder.path().join("cache/crossroots/fetched")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
    let (report, _) = json(&world, ONLINE);
    assert_ne!(report["targets"][0]["verdict"], "valid", "a changed signature was believed");
}

#[test]
fn own_addresses_stay_closed_and_the_text_says_so() {
    let world = World::new(GOOD);
    let output = report(&world, &["--online"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("endpoints that the paths depend on leaf.test, on path 1 AIA "), "{text}");
    assert!(text.contains("which is not connected to without --allow-private"), "{text}");
    assert!(text.contains("not tried: unsupported scheme; only http and https URLs are fetched"), "{text}");
    assert!(text.contains("not tried: the issuer of the certificate is not known"), "{text}");
    assert!(world.server.asked().is_empty());
    let text = String::from_utf8(report(&world, &["--online", "--allow-private"]).stdout).unwrap();
    assert!(text.contains("/aia/sub.pem  reachable: "), "{text}");
}

#[test]
fn a_server_that_was_named_opens_its_own_kind_of_address() {
    let world = World::new(GOOD);
    let leaf = crossroots::source::read_path(std::path::Path::new(&world.file("leaf.pem")), &crossroots::source::ReadLimits::default());
    let der = leaf.certificates[0].certificate.der().to_vec();
    let mut presented = Presented::new(&Pki::new(), &[&der]);
    presented.key = std::fs::read(world.file("leaf.key")).unwrap();
    let (address, _) = tls(presented, Until::Done);
    let (connect, trust) = (address.to_string(), format!("own={}", world.file("root.pem")));
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroots"));
    command.env("XDG_CACHE_HOME", world.file("cache"));
    let output = command.args(["report", "leaf.test", "--connect", &connect, "--trust", &trust, "--online"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("/aia/sub.pem  reachable: "), "{text}");
}

#[test]
fn issuers_of_issuers_are_followed_up_to_a_limit_that_is_said() {
    let rounds = u64::try_from(MAX_ROUNDS).unwrap();
    let world = World::new(GOOD);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (leaf, files) = tower(&format!("http://{}", listener.local_addr().unwrap()), rounds + 3);
    let server = Server::on(listener, move |request, stream| match files.iter().find(|(path, _)| *path == request.path) {
        Some((_, body)) => answer(stream, "200 OK", &[], body),
        None => answer(stream, "404 Not Found", &[], b""),
    });
    std::fs::write(world.file("leaf.pem"), leaf).unwrap();
    let (report, _) = json(&world, &["--online", "--allow-private"]);
    let last = state(&report, "aia", &format!("/{}", rounds + 1));
    assert_eq!((last["state"].as_str(), last["why"].as_str()), (Some("not-tried"), Some("limit: 8 rounds")), "{last}");
    assert_eq!(report["targets"][0]["listed"][0]["certificates"].as_array().unwrap().len(), MAX_ROUNDS + 1);
    let followed = server.asked().iter().filter(|line| line.starts_with("GET /aia/")).count();
    assert_eq!(followed, MAX_ROUNDS);
}

#[test]
fn no_more_documents_are_fetched_than_the_limit_and_that_is_said() {
    let world = World::new(GOOD);
    let server = Server::start(|_, stream| answer(stream, "404 Not Found", &[], b""));
    let leaf = crowded(&server.url(""), 2 * MAX_FETCHES);
    std::fs::write(world.file("leaf.pem"), leaf).unwrap();
    let (report, _) = json(&world, &["--online", "--allow-private"]);
    let why = |state: &str| {
        let endpoints = report["endpoints"].as_array().unwrap().iter();
        endpoints.filter(|one| one["state"] == state).map(|one| one["why"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(why("unusable"), vec!["HTTP status 404 (not found)"; MAX_FETCHES]);
    assert_eq!(why("not-tried"), vec![format!("limit: {MAX_FETCHES} documents"); MAX_FETCHES]);
    assert_eq!(server.asked().len(), MAX_FETCHES);
}
