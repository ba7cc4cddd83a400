//! The terminal's events as messages.

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::Answers;
use crate::explorer::{Key, Message, Mouse, MouseAction};

/// The terminal's events, those before the screen was there first, without an answer that comes late.
#[derive(Debug)]
pub(super) struct Keys {
    typed: std::vec::IntoIter<u8>,
    /// The terminal owes a string that begins with `ESC ]`, which reads as Alt and a bracket.
    is_late: bool,
    /// Characters of that string that may still come.
    of_answer: usize,
}

/// Characters of the longest answer, `11;rgba:ffff/ffff/ffff/ffff` and its terminator, and some more.
const LONGEST_ANSWER: usize = 40;

impl Keys {
    pub fn after(answers: Answers) -> Self {
        Self { typed: answers.typed.into_iter(), is_late: answers.is_late, of_answer: 0 }
    }

    /// Waits for the next event that means something; `None` when the terminal is gone.
    pub fn next(&mut self) -> Option<Message> {
        for byte in self.typed.by_ref() {
            // What begins a sequence cannot be told from Escape here; letters and Enter are what people type ahead.
            match byte {
                b'\r' => return Some(Message::Key(Key::Enter)),
                b' '..=b'~' => return Some(Message::Key(Key::Char(char::from(byte)))),
                _ => {}
            }
        }
        loop {
            match event::read() {
                Ok(event) => {
                    if self.is_answer(&event) {
                        continue;
                    }
                    if let Some(message) = message(event) {
                        return Some(message);
                    }
                }
                Err(_) => return None,
            }
        }
    }

    /// Whether the event is a part of the answer that is owed. Reports of the cursor are taken out before they come here.
    fn is_answer(&mut self, event: &Event) -> bool {
        let Event::Key(KeyEvent { code, modifiers, .. }) = event else { return false };
        let alt = modifiers.contains(KeyModifiers::ALT);
        match code {
            KeyCode::Char(']') if alt && self.is_late => {
                (self.is_late, self.of_answer) = (false, LONGEST_ANSWER);
                true
            }
            KeyCode::Char(letter) if self.of_answer > 0 => {
                let ends = (alt && *letter == '\\') || (modifiers.contains(KeyModifiers::CONTROL) && *letter == 'g');
                self.of_answer = if ends { 0 } else { self.of_answer - 1 };
                true
            }
            _ => {
                self.of_answer = 0;
                false
            }
        }
    }
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Message::Key),
        Event::Mouse(event) => mouse(event).map(Message::Mouse),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        _ => None,
    }
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseAction::Drag,
        MouseEventKind::Up(_) => MouseAction::Release,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        MouseEventKind::ScrollLeft => MouseAction::WheelLeft,
        MouseEventKind::ScrollRight => MouseAction::WheelRight,
        _ => return None,
    };
    Some(Mouse { action, column: event.column, row: event.row })
}

fn key(event: KeyEvent) -> Option<Key> {
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    Some(match event.code {
        KeyCode::Char(character) if event.modifiers.contains(KeyModifiers::CONTROL) => Key::Ctrl(character.to_ascii_lowercase()),
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Up if shift => Key::ShiftUp,
        KeyCode::Down if shift => Key::ShiftDown,
        KeyCode::Left if shift => Key::ShiftLeft,
        KeyCode::Right if shift => Key::ShiftRight,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Tab if shift => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::F(number) => Key::Function(number),
        _ => return None,
    })
}
