//! The interactive program for those who read line by line: a screen reader, a terminal without a screen, a pipe. The explorer's own
//! state and rows as numbered sentences; nothing is drawn, nothing moves, nothing is said twice.

#![warn(missing_docs)]

mod answer;
mod command;
mod lines;
mod listing;
mod walk;

use std::io;

use crate::explorer::{MAX_PASTED, Settings};
use crate::words::{Notice, notice_words};
use crate::worker::{Reopen, Start};
use walk::Walk;

pub use lines::Lines;

/// A block that is pasted begins and ends like this (RFC 7468 3); it is opened whole.
const PEM_BEGINS: &str = "-----BEGIN ";
const PEM_ENDS: &str = "-----END ";

/// Runs until the person quits, or the input ends.
pub fn run<'a>(start: Start, reopen: &'a Reopen<'a>, settings: Settings, lines: Lines<'a>) -> io::Result<()> {
    let Some(mut walk) = Walk::begin(start, reopen, settings, lines)? else { return Ok(()) };
    walk.introduce()?;
    while let Some(line) = walk.ask()? {
        let next = if line.trim_start().starts_with(PEM_BEGINS) {
            match walk.ask_until(line, PEM_ENDS)? {
                Ok(pem) => command::open_pasted(&mut walk, pem)?,
                Err(length) => {
                    walk.say(&notice_words(Notice::TooMuchPasted { bytes: length, most: MAX_PASTED }))?;
                    command::Next::GoOn
                }
            }
        } else {
            command::obey(&mut walk, line.trim())?
        };
        if next == command::Next::Quit {
            break;
        }
    }
    Ok(())
}
