//! What the explorer does with what is fetched: nothing waits for it, and it streams in.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crossroots::analysis::Analysis;
use crossroots::cert::Time;
use crossroots::chain::{Pool, SignatureState, Store, Trust};
use crossroots::check::{PathVerdict, Policy};
use crossroots::diagram::Charset;
use crossroots::explorer::{Effect, Explorer, Key, Lower, Message, Online, Opened, Settings, status_line};
use crossroots::source::{Allowed, Fetcher, ReadLimits, read_path};
use crossroots::worker::{News, Pace, Scope, fetch_evidence};

use super::pty::Pty;
use super::support::{self, send};
use super::world::{GOOD, Says, World};

/// OpenSSL's responses begin at the present.
fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Time(i64::try_from(since.as_secs()).unwrap())
}

fn explorer(world: &World) -> (Explorer, Vec<Effect>) {
    let mut pool = Pool::default();
    let mut add = |name: &str| {
        let batch = read_path(std::path::Path::new(&world.file(name)), &ReadLimits::default());
        batch.certificates.into_iter().map(|found| pool.add(found.certificate, found.origin)).last().unwrap()
    };
    add("leaf.pem");
    let root = add("root.pem");
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![root] }]);
    let analysis = Analysis::new(pool, trust, Policy::at(now()), Some("leaf.test")).unwrap();
    let opened = Opened {
        title: String::new(),
        analysis: analysis.into(),
        now: now(),
        zone: jiff::tz::TimeZone::UTC,
        connections: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        unread: Vec::new(),
        collected: Default::default(),
        about: None,
        charset: Charset::Unicode,
        online: Online { at_start: false, allowed: Allowed::new(true, []) },
    };
    support::start(opened, Settings::default(), (120, 40))
}

/// Carries a fetch out as the worker does, and gives the messages one by one.
fn carry_out(effects: Vec<Effect>) -> Vec<Message> {
    let mut messages = Vec::new();
    for effect in effects {
        let Effect::Fetch { ticket, analysis, target, path, allowed } = effect else { continue };
        let client = Arc::new(Fetcher::new(allowed, None, now()));
        let scope = path.map_or_else(|| Scope::Targets(vec![target]), |path| Scope::Path(target, path));
        let mut base = Arc::clone(&analysis.pool);
        let mut tell = |news: News<'_>| match news {
            News::Following(line) => messages.push(Message::Following { ticket, line }),
            News::Grown(known) => {
                let base = std::mem::replace(&mut base, Arc::clone(&known.pool));
                messages.push(Message::Fetched { ticket, base, analysis: Box::new(known.clone()) });
            }
        };
        fetch_evidence(*analysis, &scope, &client, (Pace::AsTheyCome(std::time::Duration::ZERO), 1), &AtomicBool::new(false), &mut tell);
        messages.push(Message::FetchedAll { ticket, problem: None });
    }
    messages
}

#[test]
fn a_key_fetches_for_the_chosen_path_and_the_path_grows() {
    let world = World::new(GOOD);
    let (mut explorer, _) = explorer(&world);
    assert_eq!(explorer.judgement().verdict, PathVerdict::Incomplete);
    let effects = send(&mut explorer, Message::Key(Key::Char('O')));
    assert!(status_line(&explorer).iter().any(|span| span.text == "fetching"));
    assert!(send(&mut explorer, Message::Key(Key::Char('O'))).is_empty(), "twice at once");
    assert!(world.server.asked().is_empty(), "the explorer itself fetched");
    let mut shown = Vec::new();
    for message in carry_out(effects) {
        let effects = send(&mut explorer, message);
        assert!(support::carry_out(&mut explorer, effects).is_empty());
        shown.push(explorer.notice().to_owned());
    }
    assert!(shown.contains(&format!("fetching {} (AIA of leaf.test)", world.server.url("/aia/sub.pem"))), "{shown:?}");
    // Six places and the responder, which is another certificate's question; two are ldap.
    assert_eq!(explorer.notice(), "7 of 7 fetches succeeded, 2 new certificates");
    assert!(!explorer.is_fetching());
    let certificates = &explorer.chosen_path().unwrap().certificates;
    assert_eq!(certificates.len(), 4);
    assert_eq!(explorer.judgement().verdict, PathVerdict::Valid);
    let leaf = certificates[0];
    send(&mut explorer, Message::Focus(leaf));
    let row = explorer.rows(Lower::Inspector).into_iter().find(|row| row.name == "Endpoints").unwrap();
    assert!(row.value.contains("/aia/sub.pem  reachable: ") && row.openable, "{row:?}");
    // All of it is there: once more does nothing.
    assert!(send(&mut explorer, Message::Key(Key::Char('O'))).is_empty());
}

#[test]
fn answers_about_links_of_before_are_not_taken() {
    let world = World::new(Says { responder_revokes: true, ..GOOD });
    let (mut explorer, checks) = explorer(&world);
    let old = checks.iter().find_map(|effect| match effect {
        Effect::Check { request, graph, .. } => Some((*request, graph.link_ids().collect::<Vec<_>>())),
        _ => None,
    });
    let effects = send(&mut explorer, Message::Key(Key::Char('O')));
    for message in carry_out(effects) {
        let effects = send(&mut explorer, message);
        support::carry_out(&mut explorer, effects);
    }
    assert_eq!(explorer.judgement().verdict, PathVerdict::Invalid);
    let states = |explorer: &Explorer| explorer.analysis().graph.links().map(|link| link.signature).collect::<Vec<_>>();
    let before = states(&explorer);
    let (request, links) = old.unwrap_or((0, explorer.analysis().graph.link_ids().collect()));
    let results = links.into_iter().map(|link| (link, SignatureState::Bad)).collect();
    send(&mut explorer, Message::Checked { request, results });
    assert_eq!(states(&explorer), before);
}

#[test]
fn what_grew_from_another_pool_is_not_taken() {
    let world = World::new(GOOD);
    let (mut explorer, _) = explorer(&world);
    let effects = send(&mut explorer, Message::Key(Key::Char('O')));
    let messages = carry_out(effects);
    let other = Arc::new(Pool::clone(&explorer.analysis().pool));
    let (count, mut ticket) = (explorer.analysis().pool.len(), 0);
    for message in messages {
        if let Message::Fetched { ticket: own, analysis, .. } = message {
            ticket = own;
            send(&mut explorer, Message::Fetched { ticket: own, base: Arc::clone(&other), analysis });
        }
    }
    assert_eq!(explorer.analysis().pool.len(), count);
    send(&mut explorer, Message::FetchedAll { ticket: ticket + 1, problem: None });
    assert!(explorer.is_fetching());
}

#[test]
fn a_server_that_is_silent_delays_no_frame() {
    // Every endpoint is at a listener that never answers.
    let world = World::new(GOOD);
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let silenced = super::world::moved_to(&world, silent.local_addr().unwrap());
    let trust = format!("own={}", world.file("root.pem"));
    let cache = world.file("cache");
    let arguments = [silenced.as_str(), "--trust", &trust, "--online", "--allow-private"];
    let mut pty = Pty::spawn(&arguments, &[("XDG_CACHE_HOME", &cache)], (100, 30));
    pty.wait_for("INCOMPLETE");
    pty.wait_for("fetching");
    // The screen is alive while nothing comes.
    pty.send(b"?");
    pty.wait_for("fetch what the path names");
    // The first closes the help.
    pty.send(b"qq");
    assert_eq!(pty.exit_code(), 0);
}

/// Line by line a reload fetches again and comes to its end, however often it is asked for.
#[test]
fn a_reload_line_by_line_comes_to_its_end() {
    let world = World::new(GOOD);
    let trust = format!("own={}", world.file("root.pem"));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crossroots"));
    command.args([&world.file("leaf.pem"), "--trust", &trust, "--online", "--allow-private", "--plain"]);
    command.env("XDG_CACHE_HOME", world.file("cache")).env("CROSSROOTS_CONFIG", "").env("LANG", "C.UTF-8");
    let piped = std::process::Stdio::piped;
    let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"R\nR\npath\nq\n").unwrap();
    let (sender, inbox) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    let output = inbox.recv_timeout(std::time::Duration::from_secs(60)).expect("it hangs").unwrap();
    let heard = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{heard}");
    // At the start, after each reload, and when it is asked for.
    assert_eq!(heard.matches("PATH 1/1 VALID").count(), 4, "{heard}");
}
