//! What things look like: roles and tones as styles, and the characters of the interface in the terminal's charset.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};

use super::colors::{Colors, Hue};
use crate::check::Verdict;
use crate::diagram::{Charset, Role};
use crate::words::{Span, Tone, shown, sign};

/// How everything on a screen looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What stands out is coloured with.
    pub colors: Colors,
    /// What lines and signs are drawn with.
    pub charset: Charset,
}

impl Theme {
    fn style(&self, hue: Hue, modifier: Modifier) -> Style {
        let style = Style::new().add_modifier(modifier);
        match self.colors.color(hue) {
            Some(color) => style.fg(color),
            None if self.colors == Colors::HighContrast && hue == Hue::Fail => style.add_modifier(Modifier::UNDERLINED),
            None => style,
        }
    }

    fn dim(&self) -> Style {
        if self.colors == Colors::HighContrast { Style::new() } else { Style::new().add_modifier(Modifier::DIM) }
    }

    pub(super) fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().add_modifier(Modifier::BOLD),
            Tone::Dim | Tone::Unknown => self.dim(),
            Tone::Pass => self.style(Hue::Pass, Modifier::BOLD),
            Tone::Caution => self.style(Hue::Caution, Modifier::BOLD),
            Tone::Fail => self.style(Hue::Fail, Modifier::BOLD),
            Tone::Anchor => self.style(Hue::Anchor, Modifier::empty()),
            Tone::Reverse => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
        }
    }

    pub(super) fn role(&self, role: Role) -> Style {
        match role {
            Role::Blank | Role::Label | Role::Note | Role::Frame => Style::new(),
            Role::Title => Style::new().add_modifier(Modifier::BOLD),
            Role::Count => self.style(Hue::Sibling, Modifier::BOLD),
            Role::Pass => self.style(Hue::Pass, Modifier::empty()),
            Role::Caution => self.style(Hue::Caution, Modifier::BOLD),
            Role::Fail | Role::EdgeFail => self.style(Hue::Fail, Modifier::BOLD),
            Role::Anchor => self.style(Hue::Anchor, Modifier::empty()),
            Role::Chosen => Style::new().add_modifier(Modifier::BOLD),
            Role::EdgeLoop => self.style(Hue::Sibling, Modifier::empty()),
            Role::Ghost | Role::Unknown | Role::Rest | Role::Edge | Role::EdgeUnknown => self.dim(),
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

    /// The sign before a check. Many stand in a list, so the most frequent one is quiet, and what is open stands out.
    pub(super) fn verdict(&self, verdict: Verdict) -> (String, Style) {
        let Span { text, tone, .. } = sign(verdict);
        let style = match tone {
            Tone::Pass => self.style(Hue::Pass, Modifier::empty()),
            Tone::Unknown => self.tone(Tone::Strong),
            tone => self.tone(tone),
        };
        (text, style)
    }

    /// The text as the charset can show it.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        shown(text, self.charset)
    }
}
