//! Which key does what: the one table that key handling, hints, help and the README come from.

/// A key as the terminal reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Up,
    Down,
    Left,
    Right,
    ShiftUp,
    ShiftDown,
    ShiftLeft,
    ShiftRight,
    Home,
    End,
    PageUp,
    PageDown,
    Enter,
    Escape,
    Tab,
    BackTab,
    Backspace,
    Function(u8),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Char(' ') => f.write_str("Space"),
            Key::Char(character) => write!(f, "{character}"),
            Key::Ctrl(character) => write!(f, "Ctrl-{}", character.to_ascii_uppercase()),
            Key::Up => f.write_str("↑"),
            Key::Down => f.write_str("↓"),
            Key::Left => f.write_str("←"),
            Key::Right => f.write_str("→"),
            Key::ShiftUp => f.write_str("Shift-↑"),
            Key::ShiftDown => f.write_str("Shift-↓"),
            Key::ShiftLeft => f.write_str("Shift-←"),
            Key::ShiftRight => f.write_str("Shift-→"),
            Key::Home => f.write_str("Home"),
            Key::End => f.write_str("End"),
            Key::PageUp => f.write_str("PgUp"),
            Key::PageDown => f.write_str("PgDn"),
            Key::Enter => f.write_str("Enter"),
            Key::Escape => f.write_str("Esc"),
            Key::Tab => f.write_str("Tab"),
            Key::BackTab => f.write_str("Shift-Tab"),
            Key::Backspace => f.write_str("Backspace"),
            Key::Function(number) => write!(f, "F{number}"),
        }
    }
}

impl Key {
    /// A key by its name as it is shown, or with `Up`, `Down`, `Left`, `Right` for an arrow.
    pub fn parse(name: &str) -> Option<Self> {
        let named = |name: &str| {
            Some(match name {
                "Space" => Key::Char(' '),
                "Up" | "↑" => Key::Up,
                "Down" | "↓" => Key::Down,
                "Left" | "←" => Key::Left,
                "Right" | "→" => Key::Right,
                "Home" => Key::Home,
                "End" => Key::End,
                "PgUp" => Key::PageUp,
                "PgDn" => Key::PageDown,
                "Enter" => Key::Enter,
                "Esc" => Key::Escape,
                "Tab" => Key::Tab,
                "Backspace" => Key::Backspace,
                _ => return None,
            })
        };
        let single = |name: &str| {
            let mut characters = name.chars();
            characters.next().filter(|first| !first.is_control() && characters.next().is_none())
        };
        if let Some(character) = single(name) {
            return named(name).or(Some(Key::Char(character)));
        }
        if let Some(rest) = name.strip_prefix("Ctrl-") {
            return single(rest).map(|letter| Key::Ctrl(letter.to_ascii_lowercase()));
        }
        if let Some(rest) = name.strip_prefix("Shift-") {
            return match named(rest)? {
                Key::Up => Some(Key::ShiftUp),
                Key::Down => Some(Key::ShiftDown),
                Key::Left => Some(Key::ShiftLeft),
                Key::Right => Some(Key::ShiftRight),
                Key::Tab => Some(Key::BackTab),
                _ => None,
            };
        }
        let function = name.strip_prefix('F').and_then(|number| number.parse().ok()).filter(|number| (1..=24).contains(number));
        named(name).or(function.map(Key::Function))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    Help,
    Palette,
    Quit,
    Up,
    Down,
    Left,
    Right,
    PanUp,
    PanDown,
    PanLeft,
    PanRight,
    PageUp,
    PageDown,
    First,
    Last,
    NextSibling,
    PreviousSibling,
    NextPath,
    PreviousPath,
    ChoosePath,
    NextFailure,
    PreviousFailure,
    NextTarget,
    PreviousTarget,
    Explain,
    Open,
    Fold,
    Back,
    NextPane,
    PreviousPane,
    Zoom,
    Fields,
    Asn1,
    Document,
    Siblings,
    TimeTab,
    Mark,
    Bytes,
    Field,
    Filter,
    OpenAll,
    Checks,
    Time,
    TypeDate,
    Anchor,
    Fetch,
    Turn,
    Denser,
    Looser,
    FoldOthers,
    Search,
    NextHit,
    PreviousHit,
    CopyMenu,
    PaneText,
    WriteChain,
    Problems,
    About,
    Reload,
    OpenMore,
    Mouse,
    Redraw,
    Suspend,
    DayEarlier,
    DayLater,
    MonthEarlier,
    MonthLater,
    PreviousBoundary,
    NextBoundary,
    Now,
}

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In every view but where text is typed.
    Explore,
    /// While the judged time is moved; keys that it does not take fall through to `Explore`.
    Time,
}

#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub keys: &'static [Key],
    pub command: Command,
    pub context: Context,
    /// One or two words for the hint line; empty: not hinted there.
    pub hint: &'static str,
    /// What it does, for the help.
    pub help: &'static str,
}

const fn explore(keys: &'static [Key], command: Command, hint: &'static str, help: &'static str) -> Binding {
    Binding { keys, command, context: Context::Explore, hint, help }
}

const fn time(keys: &'static [Key], command: Command, hint: &'static str, help: &'static str) -> Binding {
    Binding { keys, command, context: Context::Time, hint, help }
}

/// In the order of the help; the hint line shows those that have a hint, as far as there is room.
pub const BINDINGS: &[Binding] = &[
    explore(&[Key::Char('?'), Key::Function(1)], Command::Help, "help", "this list"),
    explore(&[Key::Up, Key::Char('k')], Command::Up, "", "up: towards the roots (left-right: row above)"),
    explore(&[Key::Down, Key::Char('j')], Command::Down, "", "down: towards the target (left-right: row below)"),
    explore(&[Key::Left, Key::Char('h')], Command::Left, "move", "left: the certificate beside it; in details, close"),
    explore(&[Key::Right, Key::Char('l')], Command::Right, "", "right: the certificate beside it; in details, open"),
    explore(&[Key::Enter], Command::Open, "details", "open or close the row; in the diagram, go to the details"),
    explore(&[Key::Char('p')], Command::NextPath, "path", "choose the next path"),
    explore(&[Key::Char('P')], Command::PreviousPath, "", "choose the previous path"),
    explore(&[Key::Char('s')], Command::NextSibling, "sibling", "next certificate with the same name and key"),
    explore(&[Key::Char('S')], Command::PreviousSibling, "", "previous certificate with the same name and key"),
    explore(&[Key::Char('f')], Command::NextFailure, "failure", "next check that fails, on any path"),
    explore(&[Key::Char('F')], Command::PreviousFailure, "", "previous check that fails, on any path"),
    explore(&[Key::Char('t')], Command::Time, "time", "move the judged time; everything is judged anew"),
    explore(&[Key::Char('T')], Command::TypeDate, "", "type a date to judge at"),
    explore(&[Key::Char('a')], Command::Anchor, "anchor", "make the certificate an anchor, or no longer one"),
    explore(&[Key::Char('O')], Command::Fetch, "", "fetch what the path's certificates name: issuers, CRLs, OCSP"),
    explore(&[Key::Char('y')], Command::CopyMenu, "copy", "copy something of the certificate or the path"),
    explore(&[Key::Char('w')], Command::WriteChain, "", "write the chain that the server has to send, without the root, to a file"),
    explore(&[Key::Char('Y')], Command::PaneText, "", "the pane as plain text, to select by hand"),
    explore(&[Key::Char('/')], Command::Search, "find", "search all certificates"),
    explore(&[Key::Char(':')], Command::Palette, "actions", "find an action by its name, and do it"),
    explore(&[Key::Tab], Command::NextPane, "pane", "next pane"),
    explore(&[Key::BackTab], Command::PreviousPane, "", "previous pane"),
    explore(&[Key::Char('z')], Command::Zoom, "zoom", "give the pane the whole screen, or back"),
    explore(&[Key::Char('o')], Command::Turn, "turn", "turn the diagram: roots on top, or at the right"),
    explore(&[Key::Char('-')], Command::Denser, "", "draw the certificates smaller: without their dates"),
    explore(&[Key::Char('+'), Key::Char('=')], Command::Looser, "", "draw them larger: with where they came from, and serial numbers"),
    explore(&[Key::Char('C')], Command::FoldOthers, "", "leave out what is not on the chosen path, or draw it again"),
    explore(&[Key::Char('e')], Command::Fold, "", "unfold or fold a crowd of siblings"),
    explore(&[Key::Char(' ')], Command::ChoosePath, "", "choose a path through the certificate"),
    explore(&[Key::Char('x')], Command::Explain, "", "explain this certificate: make it the target"),
    explore(&[Key::Char('u')], Command::NextTarget, "", "next target"),
    explore(&[Key::Char('U')], Command::PreviousTarget, "", "previous target"),
    explore(&[Key::Char('n')], Command::NextHit, "", "next certificate found"),
    explore(&[Key::Char('N')], Command::PreviousHit, "", "previous certificate found"),
    explore(&[Key::Home, Key::Char('g')], Command::First, "", "the target; in lists, the first row"),
    explore(&[Key::End, Key::Char('G')], Command::Last, "", "the end of the chosen path; in lists, the last row"),
    explore(&[Key::PageUp], Command::PageUp, "", "a screen up"),
    explore(&[Key::PageDown], Command::PageDown, "", "a screen down"),
    explore(&[Key::ShiftUp], Command::PanUp, "", "move the view of the diagram up"),
    explore(&[Key::ShiftDown], Command::PanDown, "", "move the view of the diagram down"),
    explore(&[Key::ShiftLeft], Command::PanLeft, "", "move the view of the diagram left"),
    explore(&[Key::ShiftRight], Command::PanRight, "", "move the view of the diagram right"),
    explore(&[Key::Char('1')], Command::Fields, "", "the certificate's fields"),
    explore(
        &[Key::Char('2')],
        Command::Asn1,
        "",
        "the certificate's ASN.1 and its bytes; again: of CRLs, OCSP responses, what could not be read",
    ),
    explore(&[Key::Char('3')], Command::Document, "", "the certificate as JSON and PEM"),
    explore(
        &[Key::Char('4'), Key::Char('d')],
        Command::Siblings,
        "",
        "compare it with its sibling, or with the certificate that is marked",
    ),
    explore(&[Key::Char('5')], Command::Checks, "", "the checks of the chosen path"),
    explore(&[Key::Char('6')], Command::TimeTab, "", "the validity of all certificates as bars, and what changes next"),
    explore(&[Key::Char('v')], Command::Mark, "", "mark the certificate, to compare another with it"),
    explore(&[Key::Char('b')], Command::Bytes, "", "from a field to its bytes; in ASN.1, walk over the bytes, or the tree again"),
    explore(&[Key::Char('B')], Command::Field, "", "from bytes to the field that they are of"),
    explore(&[Key::Char('&')], Command::Filter, "", "narrow the list to what has a text, in its name, value or verdict"),
    explore(&[Key::Char('E')], Command::OpenAll, "", "open everything in the list, or close it"),
    explore(&[Key::Char('i')], Command::About, "", "what to look at in this sample"),
    explore(&[Key::Char('!')], Command::Problems, "", "what could not be loaded"),
    explore(&[Key::Escape], Command::Back, "", "close what is open on top; never quits"),
    explore(&[Key::Ctrl('o')], Command::OpenMore, "", "open a file, folder or server besides; a sample makes way for it"),
    explore(&[Key::Char('R')], Command::Reload, "", "read everything again, and say what is new or gone"),
    explore(&[Key::Char('m')], Command::Mouse, "", "the mouse: let it click, scroll and drag here, or select text"),
    explore(&[Key::Ctrl('l')], Command::Redraw, "", "draw the screen anew"),
    explore(&[Key::Ctrl('z')], Command::Suspend, "", "suspend; `fg` resumes"),
    explore(&[Key::Char('q'), Key::Ctrl('c')], Command::Quit, "quit", "quit"),
    time(&[Key::Left, Key::Char('h')], Command::DayEarlier, "day", "one day earlier"),
    time(&[Key::Right, Key::Char('l')], Command::DayLater, "", "one day later"),
    time(&[Key::Down, Key::Char('j')], Command::MonthEarlier, "month", "one month earlier"),
    time(&[Key::Up, Key::Char('k')], Command::MonthLater, "", "one month later"),
    time(&[Key::Home, Key::Char('g')], Command::PreviousBoundary, "", "back to where some certificate begins or ends"),
    time(&[Key::End, Key::Char('G'), Key::Char('b')], Command::NextBoundary, "next change", "on to where some certificate begins or ends"),
    time(&[Key::Char('n')], Command::Now, "now", "back to the present"),
    time(&[Key::Char('T'), Key::Char('d')], Command::TypeDate, "type a date", "type a date"),
    time(&[Key::Escape, Key::Enter, Key::Char('t')], Command::Back, "done", "leave the time as it is and go on"),
];
