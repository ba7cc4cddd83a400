//! Several servers, their addresses, and the command line that names them.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its peer has failed")]

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Barrier};

use crossroots::source::{self, Family, Input, MAX_SERVERS_AT_ONCE, ReadLimits, ServerInput, Step};
use serde_json::Value;

use super::peers::{self, OpenSsl, Pki, Presented, Until};
use super::{PATIENCE, asked, server};

fn input(address: SocketAddr) -> Input {
    Input::Server(ServerInput { timeout: PATIENCE, ..ServerInput::new(address.ip().to_string(), address.port()) })
}

#[test]
fn servers_are_asked_at_the_same_time_and_stand_in_their_order() {
    // Each answers only when all of them have been asked.
    let barrier = Arc::new(Barrier::new(MAX_SERVERS_AT_ONCE));
    let mut inputs: Vec<Input> = (0..MAX_SERVERS_AT_ONCE)
        .map(|number| {
            let barrier = Arc::clone(&barrier);
            input(peers::raw(move |mut stream| {
                barrier.wait();
                std::io::Write::write_all(&mut stream, format!("peer {number}\n").as_bytes()).ok();
            }))
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let pki = Pki::new();
    let file = folder.path().join("root.der");
    std::fs::write(&file, &pki.root).unwrap();
    inputs.insert(1, Input::Path(file));
    let steps = std::cell::RefCell::new(Vec::new());
    let progress = |step| steps.borrow_mut().push(step);
    let all: Vec<&Input> = inputs.iter().collect();
    let mut results = source::read_all(&all, &ReadLimits::default(), &progress, &AtomicBool::new(false));
    assert_eq!(results.remove(1).unwrap().certificates[0].certificate.der(), pki.root);
    for (number, result) in results.into_iter().enumerate() {
        let error = result.map(|_| ()).unwrap_err().to_string();
        assert!(error.ends_with(&format!("no TLS is spoken there; the answer begins \"peer {number}\"")), "{error}");
    }
    let expected: Vec<Step> = (0..=MAX_SERVERS_AT_ONCE).map(|done| Step::Together { done, of: MAX_SERVERS_AT_ONCE }).collect();
    assert_eq!(*steps.borrow(), expected);
}

#[test]
fn more_than_are_asked_at_once_are_all_asked() {
    let pki = Pki::new();
    let inputs: Vec<Input> =
        (0..MAX_SERVERS_AT_ONCE * 2 + 3).map(|_| input(peers::tls(Presented::new(&pki, &[&pki.leaf]), Until::Done).0)).collect();
    let all: Vec<&Input> = inputs.iter().collect();
    let results = source::read_all(&all, &ReadLimits::default(), &|_| (), &AtomicBool::new(false));
    assert!(results.iter().all(|result| result.as_ref().is_ok_and(|batch| batch.certificates.len() == 1)), "{results:?}");
    let cancelled = source::read_all(&all, &ReadLimits::default(), &|_| (), &AtomicBool::new(true));
    assert!(cancelled.iter().all(Result::is_err));
}

#[test]
fn only_addresses_of_the_wanted_family_are_tried() {
    // One port on both loopback addresses, of which only one answers.
    let Ok(six) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else {
        eprintln!("no IPv6 here: not tried");
        return;
    };
    let port = six.local_addr().unwrap().port();
    let Ok(_four) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else { return };
    let step = |family| {
        let input = ServerInput { family, timeout: super::SHORT, ..ServerInput::new("localhost", port) };
        let steps = std::cell::RefCell::new(Vec::new());
        let error = source::handshake(&input, &|step| steps.borrow_mut().push(step), &AtomicBool::new(false)).map(|_| ()).unwrap_err();
        let tried = steps.into_inner().into_iter().filter_map(|step| match step {
            Step::Connecting(address) => Some(address.is_ipv6()),
            _ => None,
        });
        (tried.collect::<Vec<_>>(), error.to_string())
    };
    assert_eq!(step(Some(Family::V4)).0, [false]);
    let (tried, error) = step(Some(Family::V6));
    // Where the name stands for one address only, it is said.
    assert!(tried == [true] || error.ends_with("it has no IPv6 address"), "{tried:?} {error}");
}

fn report(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroots"));
    let done = command.arg("report").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_list_of_hosts_is_one_report() {
    let (one, two) = (Pki::new(), Pki::new());
    let (first, _names) = peers::tls(Presented::new(&one, &[&one.leaf, &one.intermediate]), Until::Done);
    let (second, _names) = peers::tls(Presented::new(&two, &[&two.leaf]), Until::Done);
    let (closed, _taken) = peers::refuses();
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("hosts");
    std::fs::write(&list, format!("# two that answer\n{first}\n\nhttps://{second}/ # the other\n{closed}\n")).unwrap();
    let at_list = format!("@{}", list.display());
    let (code, out, err) = report(&[&at_list, "--format", "json"]);
    assert_eq!(code, Some(1), "{err}");
    let json: Value = serde_json::from_str(&out).unwrap();
    let ports: Vec<u64> = json["connections"].as_array().unwrap().iter().map(|one| one["port"].as_u64().unwrap()).collect();
    assert_eq!(ports, [u64::from(first.port()), u64::from(second.port())]);
    assert_eq!(json["targets"].as_array().unwrap().len(), 2);
    assert_eq!(json["connections"][0]["key_proof"]["state"], "given");
    let problem = json["problems"][0]["reason"].as_str().unwrap();
    assert_eq!(problem, format!("no connection: {closed} refused the connection"));

    let (code, _, err) = report(&["@/no/such/list"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("host list /no/such/list: "), "{err}");
    for option in ["--cert", "--connect"] {
        let (code, _, err) = report(&[&at_list, option, "x"]);
        assert_eq!((code, err.as_str()), (Some(2), format!("crossroots: {option} is for one server, and 3 are named\n").as_str()));
    }
}

#[test]
fn both_sides_of_a_mutual_handshake_are_judged() {
    let folder = tempfile::tempdir().unwrap();
    let (pki, clients, strangers) = (Pki::new(), Pki::named("Clients"), Pki::named("Strangers"));
    let written = |name: &str, blocks: &[(&str, &[u8])]| {
        let text: String = blocks.iter().map(|(label, der)| pem::encode(&pem::Pem::new(*label, *der))).collect();
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let authorities = written("authorities.pem", &[("CERTIFICATE", &clients.root)]);
    let arguments = ["-Verify", "3", "-CAfile", &authorities];
    let Some(peer) = OpenSsl::start(folder.path(), &Presented::new(&pki, &[&pki.leaf, &pki.intermediate]), &arguments) else { return };
    let roots = written("roots.pem", &[("CERTIFICATE", &pki.root), ("CERTIFICATE", &clients.root), ("CERTIFICATE", &strangers.root)]);
    let (trust, connect) = (format!("ours={roots}"), peer.address.to_string());
    let judged = |own: &Pki, more: &[&str]| {
        // Chain and key in one file.
        let blocks = [("PRIVATE KEY", own.key.as_slice()), ("CERTIFICATE", &own.leaf), ("CERTIFICATE", &own.intermediate)];
        let client = written("client.pem", &blocks);
        let base = ["example.test", "--connect", &connect, "--trust", &trust, "--cert", &client, "--format", "json"];
        let (code, out, err) = report(&[&base, more].concat());
        (code, serde_json::from_str::<Value>(&out).unwrap_or_else(|_| panic!("{err}")))
    };
    let (code, json) = judged(&clients, &["--all-findings"]);
    assert_eq!(code, Some(0), "{json:#}");
    let targets = json["targets"].as_array().unwrap();
    assert_eq!(targets.iter().map(|target| target["verdict"].as_str().unwrap()).collect::<Vec<_>>(), ["valid", "valid"]);
    let said = |target: &Value, rule: &str| {
        let findings = target["listed"][0]["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["rule"] == rule).map(|finding| finding["verdict"].clone())
    };
    assert_eq!(said(&targets[0], "client-authority").unwrap(), "not-applicable");
    assert_eq!(said(&targets[1], "client-authority").unwrap(), "pass");
    assert_eq!(said(&targets[1], "host").unwrap(), "not-applicable");
    let request = &json["connections"][0]["client_request"];
    assert_eq!((&request["authorities"][0], &request["answered"]), (&Value::from("CN=Clients Root"), &Value::from(true)));
    // The server's leaf names no purpose at all; the stranger's is a client's, but not one of those that are asked for.
    let (_, json) = judged(&strangers, &["--all-findings"]);
    assert_eq!(said(&json["targets"][1], "client-authority").unwrap(), "caution");
    let (code, json) = judged(&strangers, &["--strict", "--all-findings"]);
    assert_eq!((code, said(&json["targets"][1], "client-authority").unwrap()), (Some(1), Value::from("fail")));
    assert!(!json.to_string().contains("PRIVATE"));
}

#[test]
fn what_was_read_of_an_old_server_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    let pki = Pki::new();
    let arguments = ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"];
    let Some(peer) = OpenSsl::start(folder.path(), &Presented::new(&pki, &[&pki.leaf]), &arguments) else { return };
    assert!(asked(peer.address).1.asked_again.is_some());
    assert!(server(peer.address, PATIENCE).version.is_none());
    let address = peer.address.to_string();
    let (code, text, _) = report(&["example.test", "--connect", &address]);
    assert_eq!(code, Some(1));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "TLS 1.1, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, X25519, no ALPN",
        "the server proved to hold the certificate's key (ecdsa_sha1)",
        "asked again with a hello of TLS 1.2 and older, whose answer was read but not carried on, since example.test:443 at",
        "alert 70 (protocol_version)",
        "the server was not authenticated",
    ] {
        assert!(words.contains(said), "{said}\n{text}");
    }
    let (_, json, _) = report(&["example.test", "--connect", &address, "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(json["connections"][0]["asked_again"].as_str().unwrap().contains("alert 70"), "{json:#}");
}
