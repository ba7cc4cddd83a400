//! What is done and said for each command.

use std::io;

use super::listing::{self, Goal};
use super::walk::Walk;
use crate::explorer::{COPIES, Command, Copy, Message, Pane, Tab, copy_text};
use crate::words::{Saying, place_words, saying_words};

pub(super) fn list_rows(walk: &mut Walk<'_>) -> io::Result<()> {
    let of = here(walk);
    walk.say(&of)?;
    let items = listing::rows(&walk.explorer);
    walk.list(items)
}

/// What the list is of.
fn here(walk: &Walk<'_>) -> String {
    let explorer = &walk.explorer;
    let analysis = explorer.analysis();
    match explorer.pane() {
        Pane::Inspector if explorer.tab() == Tab::Time => saying_words(Saying::DatesOfAllPaths),
        Pane::Checks => saying_words(Saying::ChecksOfPath(&place_words(explorer.judgement(), explorer.chosen()))),
        _ => saying_words(Saying::ListOf(&explorer.labels().certificate(&analysis.pool, &analysis.graph, explorer.focus()))),
    }
}

/// A certificate's fields, or a row with all that it holds.
pub(super) fn go_to(walk: &mut Walk<'_>, number: &str) -> io::Result<()> {
    match walk.goal(number) {
        None => walk.tell(Saying::NoSuchItem(number)),
        Some(Goal::Certificate(id)) => {
            walk.send([Message::Focus(id), Message::Run(Command::Fields)])?;
            list_rows(walk)
        }
        Some(Goal::Row(key)) => open_row(walk, &key),
    }
}

/// A row of the list that the explorer shows, opened, and all that it holds.
fn open_row(walk: &mut Walk<'_>, key: &str) -> io::Result<()> {
    walk.send([Message::Row(key.to_owned())])?;
    if listing::is_closed(&walk.explorer, key) {
        walk.send([Message::Run(Command::Open)])?;
    }
    walk.list_part(listing::rows(&walk.explorer), &Goal::Row(key.to_owned()))?;
    say_bytes(walk)
}

/// The bytes of the element that was gone to, which on the screen stand beside it.
fn say_bytes(walk: &mut Walk<'_>) -> io::Result<()> {
    if walk.explorer.pane() != Pane::Inspector || walk.explorer.tab() != Tab::Asn1 {
        return Ok(());
    }
    let Some(bytes) = copy_text(&walk.explorer, Copy::Element) else { return Ok(()) };
    let length = bytes.len() / 2;
    let pairs: Vec<&str> = bytes.as_bytes().chunks(2).take(MOST_BYTES).filter_map(|pair| std::str::from_utf8(pair).ok()).collect();
    walk.tell(Saying::Bytes { shown: &pairs.join(" "), more: length.saturating_sub(MOST_BYTES) })
}

/// Bytes of an element that are said: four rows of a hex view.
const MOST_BYTES: usize = 64;

/// A command with the text of the line that it opens.
pub(super) fn take(walk: &mut Walk<'_>, command: Command, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return walk.tell(Saying::NeedsText);
    }
    walk.send([Message::RunWith(command, text.to_owned())])?;
    let is_refused = !walk.explorer.views().is_empty();
    walk.clear_views()?;
    if is_refused {
        return Ok(());
    }
    walk.say_notice()?;
    match command {
        Command::Search if walk.explorer.hits().is_empty() => Ok(()),
        Command::Search => run_and_list(walk, Command::Fields),
        _ => walk.list_path(),
    }
}

fn run_and_list(walk: &mut Walk<'_>, command: Command) -> io::Result<()> {
    walk.send([Message::Run(command)])?;
    list_rows(walk)
}

pub(super) fn narrow(walk: &mut Walk<'_>, text: &str) -> io::Result<()> {
    walk.send([Message::RunWith(Command::Filter, text.to_owned())])?;
    list_rows(walk)
}

/// A line of the copy menu by its letter, or an item of the last list.
pub(super) fn copy(walk: &mut Walk<'_>, what: &str) -> io::Result<()> {
    if what.is_empty() {
        for (letter, _, label) in COPIES {
            walk.tell(Saying::MenuLine { letter: *letter, label })?;
        }
        return Ok(());
    }
    let mut letters = what.chars();
    let copy = match (letters.next().filter(|letter| !letter.is_ascii_digit()), letters.next()) {
        (Some(letter), None) => COPIES.iter().find(|(known, ..)| *known == letter).map(|(_, copy, _)| *copy),
        _ => match walk.goal(what) {
            None => return walk.tell(Saying::NothingToCopyAt(what)),
            Some(Goal::Row(key)) => {
                walk.send([Message::Row(key)])?;
                Some(Copy::Value)
            }
            Some(Goal::Certificate(id)) => {
                walk.send([Message::Focus(id)])?;
                Some(Copy::Subject)
            }
        },
    };
    let Some(copy) = copy else { return walk.tell(Saying::NotInMenu) };
    walk.send([Message::Copy(copy)])?;
    walk.say_notice()?;
    walk.clear_views()
}

/// A command of the screen, then what it changed.
pub(super) fn run(walk: &mut Walk<'_>, command: Command) -> io::Result<()> {
    if command == Command::Bytes && walk.explorer.tab() == Tab::Asn1 {
        return walk.tell(Saying::IsItsAsn1);
    }
    walk.send([Message::Run(command)])?;
    walk.say_notice()?;
    walk.clear_views()?;
    match shows(command) {
        Some(Shows::Path) => walk.list_path(),
        Some(Shows::Rows) => {
            match command {
                Command::NextSibling | Command::PreviousSibling => walk.send([Message::Run(Command::Siblings)])?,
                Command::NextHit | Command::PreviousHit => walk.send([Message::Run(Command::Fields)])?,
                _ => {}
            }
            list_rows(walk)
        }
        Some(Shows::Row) => {
            if matches!(command, Command::NextFailure | Command::PreviousFailure) && walk.explorer.failure().is_some() {
                walk.send([Message::Run(Command::Checks)])?;
            }
            list_cursor(walk)
        }
        Some(Shows::Nothing) | None => Ok(()),
    }
}

/// The row that the cursor is on, with what it holds.
fn list_cursor(walk: &mut Walk<'_>) -> io::Result<()> {
    let explorer = &walk.explorer;
    let key = &explorer.list(explorer.pane().lower().unwrap_or(explorer.lower())).cursor;
    let (key, of) = (key.clone(), here(walk));
    walk.say(&of)?;
    open_row(walk, &key)
}

/// What is said after a command of the screen; `None` for one that only moves over a screen, or has a word of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Path,
    Rows,
    /// The row that the explorer's cursor is on.
    Row,
    Nothing,
}

pub(super) fn shows(command: Command) -> Option<Shows> {
    Some(match command {
        Command::NextPath | Command::PreviousPath | Command::ChoosePath => Shows::Path,
        Command::NextTarget | Command::PreviousTarget | Command::Explain => Shows::Path,
        Command::Anchor | Command::Fetch | Command::Reload => Shows::Path,
        Command::Fields | Command::Asn1 | Command::Document | Command::Siblings | Command::Checks | Command::TimeTab => Shows::Rows,
        Command::NextSibling | Command::PreviousSibling | Command::NextHit | Command::PreviousHit | Command::OpenAll => Shows::Rows,
        Command::NextFailure | Command::PreviousFailure | Command::Bytes | Command::Field => Shows::Row,
        Command::Mark | Command::WriteChain | Command::Problems | Command::About => Shows::Nothing,
        _ => return None,
    })
}
