//! Which key does what: the one table that key handling, hints, help and the README come from.

use super::command::{Command, Context};
use super::key::Key;

/// One action: its keys and what is said of it.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What the action is called in the configuration.
    pub name: &'static str,
    pub keys: &'static [Key],
    pub command: Command,
    pub context: Context,
    /// One or two words for the hint line; empty: not hinted there.
    pub hint: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
}

const fn explore(name: &'static str, keys: &'static [Key], command: Command, hint: &'static str, help: &'static str) -> Binding {
    Binding { name, keys, command, context: Context::Explore, hint, help }
}

const fn time(name: &'static str, keys: &'static [Key], command: Command, hint: &'static str, help: &'static str) -> Binding {
    Binding { name, keys, command, context: Context::Time, hint, help }
}

/// In the order of the help; the hint line shows those that have a hint, as far as there is room.
pub const BINDINGS: &[Binding] = &[
    explore("help", &[Key::Char('?'), Key::Function(1)], Command::Help, "help", "this list"),
    explore("up", &[Key::Up, Key::Char('k')], Command::Up, "", "up: towards the roots (left-right: row above)"),
    explore("down", &[Key::Down, Key::Char('j')], Command::Down, "", "down: towards the target (left-right: row below)"),
    explore("left", &[Key::Left, Key::Char('h')], Command::Left, "move", "left: the certificate beside it; in details, close"),
    explore("right", &[Key::Right, Key::Char('l')], Command::Right, "", "right: the certificate beside it; in details, open"),
    explore("open", &[Key::Enter], Command::Open, "details", "open or close the row; in the diagram, go to the details"),
    explore("next-path", &[Key::Char('p')], Command::NextPath, "path", "choose the next path"),
    explore("previous-path", &[Key::Char('P')], Command::PreviousPath, "", "choose the previous path"),
    explore("next-sibling", &[Key::Char('s')], Command::NextSibling, "sibling", "next certificate with the same name and key"),
    explore("previous-sibling", &[Key::Char('S')], Command::PreviousSibling, "", "previous certificate with the same name and key"),
    explore("next-failure", &[Key::Char('f')], Command::NextFailure, "failure", "next check that fails, on any path of any target"),
    explore("previous-failure", &[Key::Char('F')], Command::PreviousFailure, "", "previous check that fails, on any path of any target"),
    explore("time", &[Key::Char('t')], Command::Time, "time", "move the judged time; everything is judged anew"),
    explore("type-date", &[Key::Char('T')], Command::TypeDate, "", "type a date to judge at"),
    explore("anchor", &[Key::Char('a')], Command::Anchor, "anchor", "make the certificate an anchor, or no longer one"),
    explore("fetch", &[Key::Char('O')], Command::Fetch, "", "fetch what the path names: issuers, CRLs, OCSP"),
    explore("copy-menu", &[Key::Char('y')], Command::CopyMenu, "copy", "copy something of the certificate or the path"),
    explore("write-chain", &[Key::Char('w')], Command::WriteChain, "", "save the chain the server should send (no root)"),
    explore("pane-text", &[Key::Char('Y')], Command::PaneText, "", "the pane as plain text, to select by hand"),
    explore("search", &[Key::Char('/')], Command::Search, "find", "search all certificates"),
    explore("palette", &[Key::Char(':')], Command::Palette, "actions", "find an action by its name, and do it"),
    explore("next-pane", &[Key::Tab], Command::NextPane, "pane", "next pane"),
    explore("previous-pane", &[Key::BackTab], Command::PreviousPane, "", "previous pane"),
    explore("zoom", &[Key::Char('z')], Command::Zoom, "zoom", "give the pane the whole screen, or back"),
    explore("turn", &[Key::Char('o')], Command::Turn, "turn", "turn the diagram: roots on top, or at the right"),
    explore("denser", &[Key::Char('-')], Command::Denser, "", "smaller boxes, without dates"),
    explore("looser", &[Key::Char('+'), Key::Char('=')], Command::Looser, "", "larger boxes, with origin and serial number"),
    explore("fold-others", &[Key::Char('C')], Command::FoldOthers, "", "leave out what is not on the chosen path, or draw it again"),
    explore("fold", &[Key::Char('e')], Command::Fold, "", "unfold or fold a crowd of siblings"),
    explore("choose-path", &[Key::Char(' ')], Command::ChoosePath, "", "choose a path through the certificate"),
    explore("explain", &[Key::Char('x')], Command::Explain, "", "explain this certificate: make it the target"),
    explore("next-target", &[Key::Char('u')], Command::NextTarget, "", "next target"),
    explore("previous-target", &[Key::Char('U')], Command::PreviousTarget, "", "previous target"),
    explore("next-hit", &[Key::Char('n')], Command::NextHit, "", "next certificate found"),
    explore("previous-hit", &[Key::Char('N')], Command::PreviousHit, "", "previous certificate found"),
    explore("first", &[Key::Home, Key::Char('g')], Command::First, "", "the target; in lists, the first row"),
    explore("last", &[Key::End, Key::Char('G')], Command::Last, "", "the end of the chosen path; in lists, the last row"),
    explore("page-up", &[Key::PageUp], Command::PageUp, "", "a screen up"),
    explore("page-down", &[Key::PageDown], Command::PageDown, "", "a screen down"),
    explore("pan-up", &[Key::ShiftUp], Command::PanUp, "", "move the view of the diagram up"),
    explore("pan-down", &[Key::ShiftDown], Command::PanDown, "", "move the view of the diagram down"),
    explore("pan-left", &[Key::ShiftLeft], Command::PanLeft, "", "move the view of the diagram left"),
    explore("pan-right", &[Key::ShiftRight], Command::PanRight, "", "move the view of the diagram right"),
    explore("fields", &[Key::Char('1')], Command::Fields, "", "the certificate's fields"),
    explore("asn1", &[Key::Char('2')], Command::Asn1, "", "ASN.1 and bytes; again: of CRLs, OCSP, what was not read"),
    explore("document", &[Key::Char('3')], Command::Document, "", "the certificate as JSON and PEM"),
    explore("siblings", &[Key::Char('4'), Key::Char('d')], Command::Siblings, "", "compare with its sibling or the marked certificate"),
    explore("checks", &[Key::Char('5')], Command::Checks, "", "the checks of the chosen path"),
    explore("time-tab", &[Key::Char('6')], Command::TimeTab, "", "validity as bars, what changes next, certificates by end"),
    explore("mark", &[Key::Char('v')], Command::Mark, "", "mark the certificate, to compare another with it"),
    explore("bytes", &[Key::Char('b')], Command::Bytes, "", "from a field to its bytes; in ASN.1: to bytes or tree"),
    explore("field", &[Key::Char('B')], Command::Field, "", "from bytes to the field that they are of"),
    explore("filter", &[Key::Char('&')], Command::Filter, "", "show only rows whose name, value or verdict has a text"),
    explore("open-all", &[Key::Char('E')], Command::OpenAll, "", "open everything in the list, or close it"),
    explore("about", &[Key::Char('i')], Command::About, "", "what to look at in this sample"),
    explore("problems", &[Key::Char('!')], Command::Problems, "", "what could not be loaded, and notes on the files"),
    explore("back", &[Key::Escape], Command::Back, "", "close what is open on top; never quits"),
    explore("open-more", &[Key::Ctrl('o')], Command::OpenMore, "", "open a file, folder or server; it replaces a sample"),
    explore("reload", &[Key::Char('R')], Command::Reload, "", "read everything again, and say what is new or gone"),
    explore("mouse", &[Key::Char('m')], Command::Mouse, "", "the mouse: click, scroll and drag here, or select text"),
    explore("redraw", &[Key::Ctrl('l')], Command::Redraw, "", "draw the screen anew"),
    explore("suspend", &[Key::Ctrl('z')], Command::Suspend, "", "suspend; `fg` resumes"),
    explore("quit", &[Key::Char('q'), Key::Ctrl('c')], Command::Quit, "quit", "quit"),
    time("day-earlier", &[Key::Left, Key::Char('h')], Command::DayEarlier, "day", "one day earlier"),
    time("day-later", &[Key::Right, Key::Char('l')], Command::DayLater, "", "one day later"),
    time("month-earlier", &[Key::Down, Key::Char('j')], Command::MonthEarlier, "month", "one month earlier"),
    time("month-later", &[Key::Up, Key::Char('k')], Command::MonthLater, "", "one month later"),
    time("previous-boundary", &[Key::Home, Key::Char('g')], Command::PreviousBoundary, "", "previous validity change"),
    time("next-boundary", &[Key::End, Key::Char('G'), Key::Char('b')], Command::NextBoundary, "next change", "next validity change"),
    time("now", &[Key::Char('n')], Command::Now, "now", "back to the present"),
    time("type-date", &[Key::Char('T'), Key::Char('d')], Command::TypeDate, "type a date", "type a date"),
    time("back", &[Key::Escape, Key::Enter, Key::Char('t')], Command::Back, "done", "leave the time as it is and go on"),
];
