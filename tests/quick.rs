//! Is any key answered at once, whatever is loaded? Nothing on the drawing thread may grow faster than what is drawn.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/frame.rs"]
mod frame;
mod made;
mod support;

use std::time::{Duration, Instant};

use crossroots::analysis::Analysis;
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{BINDINGS, Command, Context, Explorer, Key, Message, Settings};
use crossroots::tui::{Colors, Theme};
use frame::frame;
use made::{Made, stores};
use support::{carry_out, send};

/// A leaf below `count` CAs of one name, each with a key of its own.
fn collision(count: usize) -> (Made, Vec<crossroots::chain::CertificateId>) {
    let mut made = Made::default();
    made.issue_named((0, "leaf"), (1, "CA"));
    let cas = (1..=count).map(|number| made.issue_named((number, "CA"), (number, "CA"))).collect();
    (made, cas)
}

/// A leaf below one CA of which there are `count` certificates, by one root.
fn siblings(count: usize) -> (Made, Vec<crossroots::chain::CertificateId>) {
    let mut made = Made::default();
    made.issue_named((0, "leaf"), (1, "CA"));
    for _ in 0..count {
        made.issue_named((1, "CA"), (2, "Root"));
    }
    let root = made.issue_named((2, "Root"), (2, "Root"));
    (made, vec![root])
}

/// CAs that all signed one another.
fn mesh(size: usize) -> (Made, Vec<crossroots::chain::CertificateId>) {
    let mut made = Made::default();
    made.issue(size + 1, size - 1);
    for subject in 0..size {
        for issuer in (0..size).filter(|issuer| *issuer != subject) {
            made.issue(subject, issuer);
        }
    }
    made.issue(0, size);
    let root = made.issue(size, size);
    (made, vec![root])
}

fn explore((made, anchors): (Made, Vec<crossroots::chain::CertificateId>)) -> Explorer {
    let mut opened = support::opened("lets-encrypt-2024", Charset::Unicode);
    // Checking is not what is measured here; the small mesh shows that trusting changes nothing.
    let graph = if made.pool.len() < 200 { made.checked() } else { made.trusting() };
    let mut analysis = Analysis::new(made.pool, stores(&[&anchors]), Policy::at(support::NOW), None).unwrap();
    analysis.graph = graph;
    opened.analysis = analysis.into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    carry_out(&mut explorer, effects);
    explorer
}

/// What a key and its frame may take, on a busy computer and without any optimisation: many times what they take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What goes to the worker is not counted: it keeps no key waiting.
#[test]
fn any_key_is_answered_at_once_whatever_is_loaded() {
    let theme = Theme { colors: Colors::Sixteen, charset: Charset::Unicode };
    for (name, explorer) in [
        ("sample", support::open("lets-encrypt-2024", (120, 40), Charset::Unicode)),
        ("collision", explore(collision(300))),
        ("siblings", explore(siblings(300))),
        ("mesh", explore(mesh(12))),
    ] {
        for before in ["", "5", "6", "y"] {
            let mut here = explorer.clone();
            for key in before.chars() {
                let effects = send(&mut here, Message::Key(Key::Char(key)));
                carry_out(&mut here, effects);
            }
            let harmless = BINDINGS.iter().filter(|binding| !matches!(binding.command, Command::Quit | Command::Suspend));
            for binding in harmless.filter(|binding| binding.context == Context::Explore) {
                let mut explorer = here.clone();
                let begun = Instant::now();
                send(&mut explorer, Message::Key(binding.keys[0]));
                frame(&explorer, &theme);
                assert!(begun.elapsed() < PATIENCE, "{name}: {} after `{before}` takes {:?}", binding.keys[0], begun.elapsed());
            }
        }
    }
}
