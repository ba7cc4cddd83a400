//! Does every key say or do something wherever it is pressed, and does help find what it names?

#[path = "support/keys.rs"]
mod keys;
mod support;

use crossroots::diagram::Charset;
use crossroots::explorer::{BINDINGS, Command, Explorer, Key, Message, View};
use keys::press;
use support::send;

const SIZE: (u16, u16) = (80, 24);

/// All that a person could notice, and what was said before taken away.
fn state(explorer: &Explorer) -> String {
    format!("{explorer:?}").replace(&format!("notice: {:?}", explorer.notice()), "")
}

/// In every pane, and while time moves: whatever has no effect there says why, or what to press instead.
#[test]
fn no_key_is_silent() {
    let mut silent = Vec::new();
    for place in ["", "1", "2", "3", "4", "5", "6", "t", "1 End", "5 End"] {
        let mut start = support::open("missing-issuer", SIZE, Charset::Unicode);
        press(&mut start, place);
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            let mut explorer = start.clone();
            let before = state(&explorer);
            let effects = send(&mut explorer, Message::Key(*key));
            let is_silent = effects.is_empty() && explorer.notice().is_empty() && state(&explorer) == before;
            // At the edge of a list or a picture, or in the tab that is asked for, nothing has to be said.
            let is_movement = BINDINGS.iter().any(|binding| binding.keys.contains(key) && moves(binding.command));
            if is_silent && !is_movement {
                silent.push(format!("{key} after `{place}`"));
            }
        }
        let mut explorer = start.clone();
        send(&mut explorer, Message::Key(Key::Char('€')));
        assert!(explorer.notice().contains("? lists"), "{}", explorer.notice());
    }
    assert!(silent.is_empty(), "these do nothing and say nothing: {silent:#?}");
}

/// Where such a key changes nothing, one is there already.
fn moves(command: Command) -> bool {
    use Command::*;
    let steps = matches!(command, Up | Down | Left | Right | First | Last | PageUp | PageDown | PanUp | PanDown | PanLeft | PanRight);
    steps || matches!(command, Fields | Asn1 | Document | Siblings | Checks | TimeTab)
}

/// Every action is found from the help by typing its own words, and Enter does it.
#[test]
fn help_narrows_as_one_types() {
    for binding in BINDINGS.iter().filter(|binding| !binding.help.starts_with('q')) {
        let mut explorer = support::open("lets-encrypt-2024", SIZE, Charset::Unicode);
        press(&mut explorer, "?");
        assert!(matches!(explorer.views().last(), Some(View::Help { .. })));
        for letter in binding.help.chars() {
            send(&mut explorer, Message::Key(Key::Char(letter)));
        }
        let Some(View::Palette { typed, cursor: 0 }) = explorer.views().last() else { panic!("{:?}", explorer.views()) };
        assert_eq!(typed.value(), binding.help);
        let found = crossroots::explorer::actions(&explorer.settings().keymap, typed.value());
        assert!(found.iter().take(2).any(|found| found.words == binding.help), "{}", binding.help);
    }
    let mut explorer = support::open("lets-encrypt-2024", SIZE, Charset::Unicode);
    press(&mut explorer, "? n e x t Space p a t h Enter");
    assert_eq!((explorer.chosen(), explorer.views().len()), (1, 0));
    // Arrows walk over the list; a question mark, Escape, and q as in a pager close it.
    for close in ["? Down PgDn ?", "? End Esc", "? q"] {
        press(&mut explorer, close);
        assert!(explorer.views().is_empty(), "{close}");
    }
}
