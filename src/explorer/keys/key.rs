//! What a keyboard and a mouse can do, and what keys are called.

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
    /// Backspace with Alt.
    AltBackspace,
    Delete,
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
            Key::AltBackspace => f.write_str("Alt-Backspace"),
            Key::Delete => f.write_str("Delete"),
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
                "Alt-Backspace" => Key::AltBackspace,
                "Delete" => Key::Delete,
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

/// What the mouse did, at a column and row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub action: MouseAction,
    pub column: u16,
    pub row: u16,
}

/// A button or the wheel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAction {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
    WheelLeft,
    WheelRight,
}
