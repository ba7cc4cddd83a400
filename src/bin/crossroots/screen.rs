//! How the screen shall look: the options, and what the terminal and the environment add to them.

use std::io::{self, IsTerminal};

use clap::{Args, ValueEnum};
use crossroots::diagram::Charset;
use crossroots::tui::{self, Colors};
use serde::{Deserialize, Serialize};

#[derive(Debug, Args, Default, Clone, Copy, PartialEq, Eq)]
#[command(next_help_heading = "Display")]
pub struct ScreenArguments {
    /// Write the findings that pass, too
    #[arg(long)]
    pub all_findings: bool,
    /// ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// Boxes and signs, whatever the locale and the terminal say
    #[arg(long, conflicts_with = "ascii")]
    pub unicode: bool,
    /// Line by line instead of a screen, for screen readers: numbered sentences, commands as lines, nothing drawn
    #[arg(long)]
    pub plain: bool,
    /// When colours are used: auto is on a terminal, where NO_COLOR is not set
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<Color>,
    /// The colours of the screen: auto is dark or light, as the terminal says
    #[arg(long, value_enum)]
    pub theme: Option<ThemeChoice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Color {
    /// On a terminal, where NO_COLOR is not set
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// Dark or light, as the terminal says; the sixteen colours of its own theme where it does not say
    #[default]
    Auto,
    Dark,
    Light,
    Sixteen,
    HighContrast,
}

/// What was asked for, else what the environment shows.
pub fn charset(screen: ScreenArguments, shown: Charset) -> Charset {
    match (screen.ascii, screen.unicode) {
        (true, _) => Charset::Ascii,
        (_, true) => Charset::Unicode,
        _ => shown,
    }
}

/// `None`: what the terminal's background asks for.
pub fn colors(screen: ScreenArguments) -> Option<Colors> {
    match screen.theme.unwrap_or_default() {
        // Asked for by name, it holds whatever NO_COLOR says: it has no colours.
        ThemeChoice::HighContrast => Some(Colors::HighContrast),
        _ if !is_colored(screen.color.unwrap_or_default()) => Some(Colors::None),
        ThemeChoice::Auto => None,
        ThemeChoice::Dark => Some(Colors::Dark),
        ThemeChoice::Light => Some(Colors::Light),
        ThemeChoice::Sixteen => Some(Colors::Sixteen),
    }
}

/// NO_COLOR counts when it is not empty (no-color.org).
pub fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && tui::has_colors() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
