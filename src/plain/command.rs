//! What can be typed: a number, one of these words, or a key of the screen that means the same here.

use std::io;

use super::answer::{self, shows};
use super::listing;
use super::walk::Walk;
use crate::explorer::{BINDINGS, Binding, Command, Context, Key, Message};
use crate::words::Saying;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    GoOn,
    Quit,
}

/// A word, what may stand behind it, what it does, and the command that it runs where it is one.
struct Word {
    word: &'static str,
    behind: &'static str,
    help: &'static str,
    does: WordAction,
}

#[derive(Clone, Copy)]
enum WordAction {
    Path,
    All,
    List(Command),
    /// A command with what follows the word.
    With(Command),
    Filter,
    Copy,
    Help,
    Quit,
}

const fn word(word: &'static str, behind: &'static str, does: WordAction, help: &'static str) -> Word {
    Word { word, behind, help, does }
}

const WORDS: &[Word] = &[
    word("path", "", WordAction::Path, "the chosen path: its verdict and its certificates"),
    word("all", "", WordAction::All, "every certificate of every path"),
    word("fields", "", WordAction::List(Command::Fields), "the fields of the certificate where you are"),
    word("asn1", "", WordAction::List(Command::Asn1), "its ASN.1; again: that of CRLs, OCSP responses, what could not be read"),
    word("json", "", WordAction::List(Command::Document), "it as JSON and PEM"),
    word("siblings", "", WordAction::List(Command::Siblings), "what differs from its sibling, or from the certificate that is marked"),
    word("checks", "", WordAction::List(Command::Checks), "the checks of the chosen path"),
    word("time", "", WordAction::List(Command::TimeTab), "the dates of all certificates, and what changes next"),
    word("at", "TIME", WordAction::With(Command::TypeDate), "judge at another time: at 2021-10-01, at +30d, at now"),
    word("find", "TEXT", WordAction::With(Command::Search), "go to a certificate that has a text"),
    word("only", "TEXT", WordAction::Filter, "narrow the list to what has a text; without one: all of it again"),
    word("open", "NAME", WordAction::With(Command::OpenMore), "open one more file, folder or server"),
    word("y", "WHAT", WordAction::Copy, "copy: y 4.2 the value of that item, y s the fingerprint; y alone lists all"),
    word("?", "", WordAction::Help, "this list"),
    word("q", "", WordAction::Quit, "quit"),
];

/// Does what the line says.
pub(super) fn obey(walk: &mut Walk<'_>, line: &str) -> io::Result<Next> {
    let (first, behind) = line.split_once(char::is_whitespace).map_or((line, ""), |(first, behind)| (first, behind.trim()));
    // As on the screen, where the text follows the key.
    let (first, behind) = match first.strip_prefix('/') {
        Some(rest) if !rest.is_empty() => ("find", line.get(1..).unwrap_or_default()),
        Some(_) => ("find", behind),
        None => (first, behind),
    };
    if first.is_empty() {
        if walk.has_more() {
            walk.go_on()?;
        }
        return Ok(Next::GoOn);
    }
    if is_number(first) {
        answer::go_to(walk, first)?;
        return Ok(Next::GoOn);
    }
    let known =
        WORDS.iter().find(|known| known.word == first || (first == "help" && known.word == "?") || (first == "quit" && known.word == "q"));
    match known.map(|known| known.does) {
        Some(WordAction::Path) => walk.list_path()?,
        Some(WordAction::All) => {
            let items = listing::all(&walk.explorer);
            walk.list(items)?;
        }
        Some(WordAction::List(command)) => {
            walk.send([Message::Run(command)])?;
            walk.clear_views()?;
            answer::list_rows(walk)?;
        }
        Some(WordAction::With(command)) => answer::take(walk, command, behind)?,
        Some(WordAction::Filter) => answer::narrow(walk, behind)?,
        Some(WordAction::Copy) => answer::copy(walk, behind)?,
        Some(WordAction::Help) => help(walk)?,
        Some(WordAction::Quit) => return Ok(Next::Quit),
        None => match pressed(walk, first) {
            Some(command) if shows(command).is_some() => answer::run(walk, command)?,
            Some(_) => walk.tell(Saying::ForTheScreen(first))?,
            None => walk.tell(Saying::NoCommand(first))?,
        },
    }
    Ok(if walk.quits { Next::Quit } else { Next::GoOn })
}

/// Opens certificates that were pasted.
pub(super) fn open_pasted(walk: &mut Walk<'_>, pem: String) -> io::Result<Next> {
    walk.send([Message::Paste(pem)])?;
    walk.say_notice()?;
    walk.clear_views()?;
    walk.list_path()?;
    Ok(Next::GoOn)
}

/// The command that the key of this name has on the screen.
fn pressed(walk: &Walk<'_>, name: &str) -> Option<Command> {
    let key = Key::parse(name)?;
    let keymap = &walk.explorer.settings().keymap;
    BINDINGS
        .iter()
        .find(|binding| binding.context == Context::Explore && keymap.keys(binding).contains(&key))
        .map(|binding| binding.command)
}

fn is_number(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()))
}

fn help(walk: &mut Walk<'_>) -> io::Result<()> {
    walk.say("A number goes to that item of the last list, such as 2 or 4.2. Enter goes on with a long list.")?;
    for known in WORDS {
        let behind = if known.behind.is_empty() { String::new() } else { format!(" {}", known.behind) };
        walk.say(&format!("{}{behind}: {}", known.word, known.help))?;
    }
    let keyed: Vec<&'static Binding> =
        BINDINGS.iter().filter(|binding| binding.context == Context::Explore && shows(binding.command).is_some()).collect();
    for binding in keyed {
        // A digit is an item here.
        let is_item = |key: &&Key| is_number(&key.to_string());
        let keys: Vec<String> =
            walk.explorer.settings().keymap.keys(binding).iter().filter(|key| !is_item(key)).map(ToString::to_string).collect();
        if !keys.is_empty() {
            walk.say(&format!("{}: {}", keys.join(" "), binding.help))?;
        }
    }
    Ok(())
}
