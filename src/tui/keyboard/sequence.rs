//! What does one byte, or one whole sequence behind its Escape, mean?
//!
//! Sequences as xterm, VT220, the Linux console and rxvt send them (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>).

use crate::explorer::{Key, Mouse, MouseAction};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Key(Key),
    Mouse(Mouse),
    PasteBegins,
}

/// The key that sends this byte; `None` for what begins a character or belongs to none.
pub(super) fn plain(byte: u8) -> Option<Key> {
    Some(match byte {
        0x1b => Key::Escape,
        b'\r' => Key::Enter,
        b'\t' => Key::Tab,
        0x7f => Key::Backspace,
        0 => Key::Ctrl(' '),
        0x01..=0x1a => Key::Ctrl(char::from(byte - 1 + b'a')),
        0x1c..=0x1f => Key::Ctrl(char::from(byte - 0x1c + b'4')),
        b' '..=b'~' => Key::Char(char::from(byte)),
        0x80.. => return None,
    })
}

/// What the sequence means, without its Escape; `None` for what means nothing here: answers, focus, keys that do nothing.
pub(super) fn meaning(sequence: &[u8]) -> Option<Meaning> {
    match sequence {
        [b'O', last] => letter(*last).map(Meaning::Key),
        [b'[', b'[', last @ b'A'..=b'E'] => Some(Meaning::Key(Key::Function(last - b'A' + 1))),
        [b'[', b'M', button, column, row] => {
            let place = (u16::from(column.checked_sub(32)?), u16::from(row.checked_sub(32)?));
            mouse(u16::from(button.checked_sub(32)?), place, false).map(Meaning::Mouse)
        }
        [b'[', b'<', parameters @ .., last @ (b'M' | b'm')] => {
            let [button, column, row] = numbers(parameters)?;
            mouse(button, (column, row), *last == b'm').map(Meaning::Mouse)
        }
        [b'[', parameters @ .., b'M'] => {
            let [button, column, row] = numbers(parameters)?;
            mouse(button.checked_sub(32)?, (column, row), false).map(Meaning::Mouse)
        }
        [b'[', b'2', b'0', b'0', b'~'] => Some(Meaning::PasteBegins),
        [b'[', parameters @ .., last] => key(parameters, *last).map(Meaning::Key),
        _ => None,
    }
}

fn key(parameters: &[u8], last: u8) -> Option<Key> {
    let mut parameters = std::str::from_utf8(parameters).ok()?.split(';');
    let first = parameters.next().unwrap_or_default().split(':').next().unwrap_or_default();
    // Modifiers, and behind a colon whether the key went down, repeats, or went up.
    let mut second = parameters.next().unwrap_or_default().split(':');
    let modifiers = second.next().and_then(|modifiers| modifiers.parse::<u8>().ok()).unwrap_or(1).saturating_sub(1);
    if second.next() == Some("3") {
        return None;
    }
    let is_shifted = modifiers & 1 != 0;
    let key = match last {
        b'~' => numbered(first.parse().ok()?)?,
        b'u' => coded(first.parse().ok()?, modifiers)?,
        // A report of the cursor, and not F3.
        b'R' => return None,
        _ if first.is_empty() || first == "1" => letter(last)?,
        _ => return None,
    };
    Some(if is_shifted { shifted(key) } else { key })
}

fn letter(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'Z' => Key::BackTab,
        b'P'..=b'S' => Key::Function(letter - b'P' + 1),
        _ => return None,
    })
}

/// By the numbers of VT220 and rxvt.
fn numbered(number: u8) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => Key::Function(number - 10),
        17..=21 => Key::Function(number - 11),
        23..=26 => Key::Function(number - 12),
        28 | 29 => Key::Function(number - 15),
        31..=34 => Key::Function(number - 17),
        _ => return None,
    })
}

/// By its code point, for a terminal that was told to send every key so; keys without a character have code points for private use.
fn coded(code: u32, modifiers: u8) -> Option<Key> {
    let character = char::from_u32(code).filter(|_| !matches!(code, 0x80..=0x9f | 0xe000..=0xf8ff))?;
    match u8::try_from(code).ok().and_then(plain) {
        Some(Key::Backspace) if modifiers & 2 != 0 => Some(Key::AltBackspace),
        Some(key) if !matches!(key, Key::Char(_)) => Some(key),
        _ if modifiers & 4 != 0 => Some(Key::Ctrl(character.to_ascii_lowercase())),
        _ => Some(Key::Char(character)),
    }
}

fn shifted(key: Key) -> Key {
    match key {
        Key::Up => Key::ShiftUp,
        Key::Down => Key::ShiftDown,
        Key::Left => Key::ShiftLeft,
        Key::Right => Key::ShiftRight,
        Key::Tab => Key::BackTab,
        Key::Char(character) => Key::Char(character.to_ascii_uppercase()),
        key => key,
    }
}

fn numbers(parameters: &[u8]) -> Option<[u16; 3]> {
    let mut numbers = std::str::from_utf8(parameters).ok()?.split(';').filter(|number| !number.is_empty()).map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some([next()?, next()?, next()?])
}

/// The button's code holds its number, modifiers, and whether the mouse moves; the place is counted from 1.
fn mouse(code: u16, (column, row): (u16, u16), is_up: bool) -> Option<Mouse> {
    let code = u8::try_from(code).ok()?;
    let (button, moves) = ((code & 3) | ((code & 0xc0) >> 4), code & 0x20 != 0);
    let action = match (button, moves) {
        (0..=2, false) if is_up => MouseAction::Release,
        (3, false) => MouseAction::Release,
        (0, false) => MouseAction::Press,
        (0, true) => MouseAction::Drag,
        (4, false) => MouseAction::WheelUp,
        (5, false) => MouseAction::WheelDown,
        (6, false) => MouseAction::WheelLeft,
        (7, false) => MouseAction::WheelRight,
        _ => return None,
    };
    Some(Mouse { action, column: column.checked_sub(1)?, row: row.checked_sub(1)? })
}
