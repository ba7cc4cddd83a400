//! The answer to a loading that was asked for.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use crossroots::explorer::{Effect, Explorer, Message, Opened};

use super::support::send;

/// The number of the loading that is asked for.
pub fn ticket_of(effects: &[Effect]) -> u64 {
    let mut asked = effects.iter().filter_map(|effect| match effect {
        Effect::Load { ticket, .. } => Some(*ticket),
        _ => None,
    });
    asked.next().unwrap()
}

/// Takes in what was read for these effects; returns what is to be done outside.
pub fn answer_load(explorer: &mut Explorer, asked: &[Effect], opened: Opened) -> Vec<Effect> {
    send(explorer, Message::Opened { ticket: ticket_of(asked), opened: Box::new(opened) })
}
