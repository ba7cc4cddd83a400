//! Which keys only move? Of one that is held, repeats that come faster than they can be followed may be dropped.

use super::command::{Command, Context};
use super::key::Key;
use crate::explorer::state::Explorer;

impl Explorer {
    /// Whether all that the key does now is to move, so that one press more or less loses nothing.
    pub fn only_moves(&self, key: Key) -> bool {
        if self.is_typing() {
            return matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown);
        }
        let context = if self.is_moving_time() { Context::Time } else { Context::Explore };
        self.settings().keymap.command(key, context).is_some_and(Command::is_move)
    }
}

impl Command {
    fn is_move(self) -> bool {
        use Command as C;
        matches!(
            self,
            C::Up
                | C::Down
                | C::Left
                | C::Right
                | C::PageUp
                | C::PageDown
                | C::First
                | C::Last
                | C::PanUp
                | C::PanDown
                | C::PanLeft
                | C::PanRight
                | C::NextPane
                | C::PreviousPane
                | C::NextSibling
                | C::PreviousSibling
                | C::NextPath
                | C::PreviousPath
                | C::NextFailure
                | C::PreviousFailure
                | C::NextTarget
                | C::PreviousTarget
                | C::NextHit
                | C::PreviousHit
                | C::PreviousBoundary
                | C::NextBoundary
                | C::DayEarlier
                | C::DayLater
                | C::MonthEarlier
                | C::MonthLater
        )
    }
}
