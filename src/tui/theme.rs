//! What things look like: roles and tones as styles, and the characters of the interface in the terminal's charset.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};

use crate::check::Verdict;
use crate::diagram::{Charset, Role};
use crate::explorer::Tone;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Off for NO_COLOR and `--color never`: bold, dim and reverse stay.
    pub color: bool,
    pub charset: Charset,
}

impl Theme {
    fn style(&self, color: Color, modifier: Modifier) -> Style {
        let style = Style::new().add_modifier(modifier);
        if self.color { style.fg(color) } else { style }
    }

    pub(super) fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().add_modifier(Modifier::BOLD),
            Tone::Dim => Style::new().add_modifier(Modifier::DIM),
            Tone::Pass => self.style(Color::Green, Modifier::BOLD),
            Tone::Caution => self.style(Color::Yellow, Modifier::BOLD),
            Tone::Fail => self.style(Color::Red, Modifier::BOLD),
            Tone::Unknown => Style::new().add_modifier(Modifier::DIM),
            Tone::Anchor => self.style(Color::Cyan, Modifier::empty()),
            Tone::Reverse => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        }
    }

    pub(super) fn role(&self, role: Role) -> Style {
        match role {
            Role::Blank | Role::Label | Role::Note | Role::Frame => Style::new(),
            Role::Title => Style::new().add_modifier(Modifier::BOLD),
            Role::Count => self.style(Color::Magenta, Modifier::BOLD),
            Role::Pass => self.style(Color::Green, Modifier::empty()),
            Role::Caution => self.style(Color::Yellow, Modifier::BOLD),
            Role::Fail | Role::EdgeFail => self.style(Color::Red, Modifier::BOLD),
            Role::Anchor => self.style(Color::Cyan, Modifier::empty()),
            Role::Chosen => Style::new().add_modifier(Modifier::BOLD),
            Role::EdgeLoop => self.style(Color::Magenta, Modifier::empty()),
            Role::Ghost | Role::Unknown | Role::Rest | Role::Edge | Role::EdgeUnknown => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// A cell of the focused slot. Reversed it keeps only the colours that warn: many coloured blocks in a row say nothing.
    pub(super) fn focused(&self, role: Role, has_keys: bool) -> Style {
        if !has_keys {
            return self.role(role).remove_modifier(Modifier::DIM).add_modifier(Modifier::UNDERLINED);
        }
        let style = match role {
            Role::Fail | Role::Caution => self.role(role),
            _ => Style::new().add_modifier(Modifier::BOLD),
        };
        style.add_modifier(Modifier::REVERSED)
    }

    pub(super) fn verdict(&self, verdict: Verdict) -> (&'static str, Style) {
        match verdict {
            Verdict::Pass => ("✓", self.style(Color::Green, Modifier::empty())),
            Verdict::Fail => ("✗", self.tone(Tone::Fail)),
            Verdict::Caution => ("!", self.tone(Tone::Caution)),
            Verdict::Unknown => ("?", self.tone(Tone::Strong)),
            Verdict::NotApplicable => ("–", self.tone(Tone::Dim)),
        }
    }

    /// The text as the charset can show it; in ASCII nothing is lost, what has no likeness is written as `\u{..}`.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.charset == Charset::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match likeness(character) {
                Some(likeness) => out.push_str(likeness),
                None if character.is_ascii() => out.push(character),
                None => out.extend(character.escape_unicode()),
            }
        }
        Cow::Owned(out)
    }
}

fn likeness(character: char) -> Option<&'static str> {
    Some(match character {
        '✓' => "v",
        '✗' => "x",
        '◉' => "@",
        '↺' => "(self)",
        '▸' | '→' => ">",
        '←' => "<",
        '↑' | '▴' => "^",
        '↓' | '▾' => "v",
        '·' | '–' | '─' => "-",
        '│' => "|",
        '…' => "..",
        '×' => "x",
        _ => return None,
    })
}
