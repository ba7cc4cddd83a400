//! Keys for an explorer, by the names that the help gives them.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use crossroots::explorer::{Effect, Explorer, Key, Message};

use super::support::{carry_out, send};

/// Presses these keys, named as the help names them, one behind the other; returns what is to be done outside.
pub fn press(explorer: &mut Explorer, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for name in keys.split_whitespace() {
        let all = send(explorer, Message::Key(Key::parse(name).unwrap()));
        effects.extend(carry_out(explorer, all));
    }
    effects
}
