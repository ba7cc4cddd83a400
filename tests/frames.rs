//! The first frame of every sample and of every tab as text: at three sizes, in Unicode and in ASCII; and what must hold for any frame.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/frame.rs"]
mod frame;
#[path = "support/keys.rs"]
mod keys;
mod support;
#[path = "support/svg.rs"]
mod svg;

use std::path::{Path, PathBuf};

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{Pool, Trust};
use crossroots::diagram::Charset;
use crossroots::explorer::{Copy, Explorer, Key, Message, Settings, copy_text};
use crossroots::source::SAMPLES;
use crossroots::tui::{Colors, Theme};
use frame::frame;
use keys::press;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use support::send;
use svg::svg;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn draw(explorer: &Explorer, color: bool) -> Buffer {
    frame(explorer, &Theme { colors: if color { Colors::Sixteen } else { Colors::None }, charset: explorer.opened().charset })
}

fn text(buffer: &Buffer) -> String {
    let row = |y: u16| (0..buffer.area.width).filter_map(|x| Some(buffer.cell((x, y))?.symbol())).collect::<String>();
    (0..buffer.area.height).map(|y| format!("{}\n", row(y).trim_end())).collect()
}

/// One letter a cell for its style; a lower-case one for colour, an upper-case one for what stays without it.
fn styles(buffer: &Buffer) -> String {
    let letter = |x: u16, y: u16| {
        let cell = buffer.cell((x, y)).unwrap();
        let reversed = cell.modifier.contains(Modifier::REVERSED);
        match cell.fg {
            _ if reversed => 'R',
            Color::Red => 'r',
            Color::Green => 'g',
            Color::Yellow => 'y',
            Color::Cyan => 'c',
            Color::Magenta => 'm',
            _ if cell.modifier.contains(Modifier::BOLD) => 'B',
            _ if cell.modifier.contains(Modifier::DIM) => 'D',
            _ => ' ',
        }
    };
    let row = |y: u16| (0..buffer.area.width).map(|x| letter(x, y)).collect::<String>();
    (0..buffer.area.height).map(|y| format!("{}\n", row(y).trim_end())).collect()
}

/// Compares with the file, or writes it where CROSSROOTS_BLESS is set.
fn agree(file: &Path, found: &str) {
    if std::env::var_os("CROSSROOTS_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    assert!(expected == found, "{} is not what is drawn; CROSSROOTS_BLESS=1 rewrites it. Drawn:\n{found}", file.display());
}

fn root(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(part)
}

#[test]
fn first_frames_are_as_they_were() {
    // The cases of single rules look alike.
    for sample in SAMPLES.iter().filter(|sample| !sample.name.starts_with("rule-")) {
        for size in SIZES {
            let open = |charset| support::open(sample.name, size, charset);
            agree_in_all_ways(&format!("{}-{}x{}", sample.name, size.0, size.1), &open);
        }
    }
}

#[test]
fn every_tab_is_as_it_was() {
    for (size, zoom) in [((80, 24), ""), ((120, 40), ""), ((120, 40), "z")] {
        for (tab, keys) in [("fields", "1"), ("asn1", "2 b"), ("json", "3"), ("siblings", "4"), ("checks", "5"), ("time", "6")] {
            let open = |charset| {
                let mut explorer = support::open("lets-encrypt-2024", size, charset);
                press(&mut explorer, &format!("{keys} {zoom}"));
                explorer
            };
            agree_in_all_ways(&format!("tabs/{tab}{}-{}x{}", if zoom.is_empty() { "" } else { "-zoomed" }, size.0, size.1), &open);
        }
    }
}

/// More siblings than there is room for are folded and counted, and unfold.
#[test]
fn a_crowd_of_siblings_is_as_it_was() {
    for size in [(80, 24), (40, 12), (300, 100)] {
        for (name, keys) in [("folded", ""), ("unfolded", "e"), ("turned", "e o")] {
            let open = |charset| {
                let mut explorer = support::open("bridge", size, charset);
                press(&mut explorer, keys);
                explorer
            };
            agree_in_all_ways(&format!("bridge-{name}-{}x{}", size.0, size.1), &open);
        }
    }
}

/// One file for a frame: in Unicode with its styles, in ASCII without any. Colour changes no character.
fn agree_in_all_ways(name: &str, open: &dyn Fn(Charset) -> Explorer) {
    let drawn = |charset, color| draw(&open(charset), color);
    let (unicode, ascii) = (drawn(Charset::Unicode, true), drawn(Charset::Ascii, false));
    assert_eq!(text(&unicode), text(&drawn(Charset::Unicode, false)), "{name} without colour");
    assert_eq!(text(&ascii), text(&drawn(Charset::Ascii, true)), "{name} in colour");
    let file = root("tests/frames").join(format!("{name}.txt"));
    agree(&file, &format!("{}\n== styles\n{}\n== ascii, plain\n{}", text(&unicode), styles(&unicode), text(&ascii)));
}

#[test]
fn the_readme_shows_what_is_drawn() {
    let explorer = support::open("lets-encrypt-2024", (100, 34), Charset::Unicode);
    agree(&root("assets/lets-encrypt-2024.svg"), &svg(&draw(&explorer, true)));
    for (picture, sample, keys) in
        [("asn1", "lets-encrypt-2024", "2zjjjj"), ("time", "lets-encrypt-2021", "6"), ("siblings", "lets-encrypt-2024", "4")]
    {
        let mut explorer = support::open(sample, (110, 34), Charset::Unicode);
        for key in keys.chars() {
            let effects = send(&mut explorer, Message::Key(Key::Char(key)));
            support::carry_out(&mut explorer, effects);
        }
        agree(&root(&format!("assets/{picture}.svg")), &svg(&draw(&explorer, true)));
    }
}

#[test]
fn without_colour_and_in_ascii_the_same_facts_stand() {
    let facts = [
        ("lets-encrypt-2021", &["VALID", "EXPIRED 2021-09-30", "anchor", "1 other path not valid"][..]),
        ("bad-signature", &["INVALID", "BAD SIGNATURE", "does not verify"]),
        ("expired-root", &["INVALID", "EXPIRED 2026-04-01", "expired on 2026-04-01"]),
        ("missing-issuer", &["INCOMPLETE", "not loaded", "see AIA"]),
        ("partitions", &["VALID", "(loop) 1", "x2"]),
    ];
    for (sample, words) in facts {
        for size in SIZES {
            let buffer = draw(&support::open(sample, size, Charset::Ascii), false);
            let text = text(&buffer);
            assert!(text.is_ascii(), "{sample}: {text}");
            for word in words {
                assert!(text.contains(word), "{sample} at {size:?} lacks {word}:\n{text}");
            }
            assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        }
    }
}

#[test]
fn a_failing_signature_is_in_the_first_frame_by_sign_and_word_and_colour() {
    let colored = draw(&support::open("bad-signature", (80, 24), Charset::Unicode), true);
    assert!(text(&colored).contains("✗ BAD SIGNATURE"));
    let red = colored.content.iter().filter(|cell| cell.fg == Color::Red && cell.symbol() == "✗").count();
    assert!(red >= 2, "the sign in the verdict and the one on the edge");
    let plain = draw(&support::open("bad-signature", (80, 24), Charset::Ascii), false);
    assert!(text(&plain).contains("x BAD SIGNATURE"));
}

#[test]
fn unchecked_is_a_state_that_shows() {
    let (explorer, effects) = support::start(support::opened("bad-signature", Charset::Unicode), Settings::default(), (80, 24));
    assert_eq!(effects.len(), 1);
    let before = text(&draw(&explorer, true));
    assert!(before.contains("CHECKING") && !before.contains("BAD SIGNATURE") && !before.contains("VALID"), "{before}");
}

#[test]
fn hostile_text_reaches_neither_a_cell_nor_the_clipboard() {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, "evil\u{1b}]52;c;AAAA\u{7}\u{202e}\u{200d}\u{9b}31m\nnext");
    let der = params.self_signed(&key).unwrap().der().to_vec();
    let mut opened = support::opened("missing-issuer", Charset::Unicode);
    let mut pool = Pool::default();
    pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None });
    opened.analysis = Analysis::new(pool, Trust::default(), opened.analysis.policy.clone(), None).unwrap().into();
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    support::carry_out(&mut explorer, effects);
    let is_harmless = |text: &str| !text.chars().any(|letter| letter.is_control() || matches!(letter, '\u{202e}' | '\u{200d}'));
    assert!(draw(&explorer, true).content.iter().all(|cell| is_harmless(cell.symbol())));
    assert!(text(&draw(&explorer, true)).contains(r"evil\u{1b}]52"));
    for copy in [Copy::Subject, Copy::Value, Copy::NameAndValue] {
        assert!(is_harmless(&copy_text(&explorer, copy).unwrap()));
    }
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let letters = prop::sample::select("?kjhlpPsSfFtTayz/oe xuUnNgG12!x".chars().map(Key::Char).collect::<Vec<_>>());
    let others = prop::sample::select(vec![
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::ShiftUp,
        Key::ShiftRight,
    ]);
    prop::collection::vec(prop_oneof![letters, others], 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_are_drawn(sample in 0..SAMPLES.len(), keys in keys(), sizes in prop::collection::vec((1_u16..260, 1_u16..90), 1..4)) {
        let mut explorer = support::open(SAMPLES[sample].name, sizes[0], Charset::Unicode);
        let mut sizes = sizes.into_iter().cycle();
        for key in keys {
            let effects = send(&mut explorer, Message::Key(key));
            support::carry_out(&mut explorer, effects);
            let buffer = draw(&explorer, true);
            prop_assert_eq!((buffer.area.width, buffer.area.height), explorer.size());
            if key == Key::Tab {
                let (width, height) = sizes.next().unwrap();
                send(&mut explorer, Message::Resize(width, height));
            }
        }
    }
}

/// The narrowest screen that a terminal has of itself.
#[test]
fn no_line_of_the_help_is_cut_at_80_columns() {
    let mut explorer = support::open("lets-encrypt-2024", (80, 24), Charset::Unicode);
    press(&mut explorer, "?");
    let mut seen = String::new();
    for _ in 0..crossroots::explorer::BINDINGS.len() {
        seen.push_str(&text(&draw(&explorer, false)));
        press(&mut explorer, "Down");
    }
    for binding in crossroots::explorer::BINDINGS {
        assert!(seen.contains(binding.help), "{}", binding.help);
    }
}
