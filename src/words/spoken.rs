//! What only the walk line by line says: of its lists, and of what a line that was typed means.

use super::grouped;
use crate::cert::escape;

/// What a walk says besides rows, verdicts and notices.
#[derive(Debug, Clone, Copy)]
pub enum Saying<'a> {
    /// What is being opened, escaped.
    Opening(&'a str),
    Hints,
    /// Headings of lists; the place is as `place_words` has it.
    DatesOfAllPaths,
    ChecksOfPath(&'a str),
    ListOf(&'a str),
    PathEnds(&'a str),
    /// Items of a list that are still to come.
    MoreItems(usize),
    NothingThere,
    /// As it was typed.
    NoSuchItem(&'a str),
    /// The same, after the word that copies.
    NothingToCopyAt(&'a str),
    NotInMenu,
    MenuLine {
        letter: char,
        label: &'a str,
    },
    NeedsText,
    /// In hexadecimal, and how many bytes are left out.
    Bytes {
        shown: &'a str,
        more: usize,
    },
    IsItsAsn1,
    ForTheScreen(&'a str),
    /// As it was typed.
    NoCommand(&'a str),
    Checking,
    Fetching,
    Searching,
    Waiting,
    NoClipboard,
}

/// The saying in words.
pub fn saying_words(saying: Saying<'_>) -> String {
    match saying {
        Saying::Opening(what) => format!("opening {what}"),
        Saying::Hints => "? lists the commands, q quits".to_owned(),
        Saying::DatesOfAllPaths => "Dates of all paths:".to_owned(),
        Saying::ChecksOfPath(place) => format!("Checks of path {place}:"),
        Saying::ListOf(label) => format!("{label}:"),
        Saying::PathEnds(end) => format!("The path ends {end}."),
        Saying::MoreItems(count) => format!("{} more: Enter goes on", grouped(count as u128)),
        Saying::NothingThere => "nothing is there".to_owned(),
        Saying::NoSuchItem(typed) => format!("the last list has no {}", escape(typed)),
        Saying::NothingToCopyAt(typed) => format!("the last list has no {}; y alone lists what can be copied", escape(typed)),
        Saying::NotInMenu => "not in this menu; y alone lists what can be copied".to_owned(),
        Saying::MenuLine { letter, label } => format!("y {letter}: {label}"),
        Saying::NeedsText => "this command needs a text after it; ? lists the commands".to_owned(),
        Saying::Bytes { shown, more: 0 } => format!("bytes: {shown}"),
        Saying::Bytes { shown, more } => format!("bytes: {shown} and {} more; y e copies all", grouped(more as u128)),
        Saying::IsItsAsn1 => "this is its ASN.1 already; B goes to the field of an element".to_owned(),
        Saying::ForTheScreen(word) => format!("{word} is for the screen; ? lists the commands"),
        Saying::NoCommand(typed) => format!("{} is no command; ? lists them", escape(typed)),
        Saying::Checking => "checking signatures".to_owned(),
        Saying::Fetching => "fetching".to_owned(),
        Saying::Searching => "searching".to_owned(),
        Saying::Waiting => "waiting for an answer".to_owned(),
        Saying::NoClipboard => "there is no clipboard here".to_owned(),
    }
}

/// A certificate as an item of a list: what it is called, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct ItemFacts<'a> {
    pub label: &'a str,
    pub is_anchor: bool,
    /// Certificates of its name and key.
    pub kin: usize,
    pub on_chosen_path: bool,
    pub is_here: bool,
    /// What else is said of it; may be empty.
    pub says: &'a str,
}

/// `E6; anchor; valid to 2027; one of 2 with this name and key; you are here`.
pub fn item_words(item: ItemFacts<'_>) -> String {
    let kin = (item.kin > 1).then(|| format!("one of {} with this name and key", grouped(item.kin as u128)));
    let parts = [
        Some(item.label.to_owned()),
        item.is_anchor.then(|| "anchor".to_owned()),
        (!item.says.is_empty()).then(|| item.says.to_owned()),
        item.on_chosen_path.then(|| "on the chosen path".to_owned()),
        kin,
        item.is_here.then(|| "you are here".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// A row's parts as one sentence, those that are empty left out: its verdict, its name, what it is, what it says, where it begins, and
/// whether there is more inside.
pub fn row_words(parts: &[&str], offset: Option<usize>, more_inside: bool) -> String {
    let place = offset.map(|offset| format!("at byte {offset}"));
    let said: Vec<&str> = parts.iter().copied().chain(place.as_deref()).filter(|part| !part.is_empty()).collect();
    format!("{}{}", said.join(": "), if more_inside { " (more inside)" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_says_only_what_there_is_to_say() {
        let plain = ItemFacts { label: "E6", is_anchor: false, kin: 1, on_chosen_path: false, is_here: false, says: "" };
        assert_eq!(item_words(plain), "E6");
        let full = ItemFacts { is_anchor: true, kin: 2, on_chosen_path: true, is_here: true, says: "1 failed", ..plain };
        assert_eq!(item_words(full), "E6; anchor; 1 failed; on the chosen path; one of 2 with this name and key; you are here");
        assert_eq!(row_words(&["fail", "", "SEQUENCE"], Some(4), true), "fail: SEQUENCE: at byte 4 (more inside)");
    }
}
