//! Which colours stand for what: one row for each hue, one column for each kind of terminal.

use std::time::Duration;

use ratatui::style::Color;
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

/// How long a terminal may think about the colour of its background; those that know it answer within a few milliseconds.
const ANSWER: Duration = Duration::from_millis(100);

/// The colours a terminal is given. Foregrounds only: whatever lies behind stays the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Palette {
    /// For NO_COLOR and `--color never`: bold, dim and reverse stay.
    None,
    /// The sixteen that the terminal's own theme defines.
    Sixteen,
    Dark,
    Light,
    /// No colour and nothing dim; what fails is underlined.
    HighContrast,
}

/// What a colour says. Never alone: a sign and a word say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hue {
    Pass,
    Caution,
    Fail,
    Anchor,
    Sibling,
}

impl Palette {
    pub(super) fn color(self, hue: Hue) -> Option<Color> {
        // Contrast of 4.5 to 1 on the usual backgrounds, and apart for the colour-blind; computed for each column together, so
        // that no single one can be changed alone.
        let row = match hue {
            Hue::Pass => (Color::Green, 0x07_F3A1, 0x19_7D46),
            Hue::Caution => (Color::Yellow, 0xFE_DE31, 0x91_6301),
            Hue::Fail => (Color::Red, 0xFE_7350, 0x6B_1806),
            Hue::Anchor => (Color::Cyan, 0xC1_DFEF, 0x16_2D51),
            Hue::Sibling => (Color::Magenta, 0xE2_60FA, 0xC4_0597),
        };
        match self {
            Palette::None => None,
            Palette::Sixteen => Some(row.0),
            Palette::Dark => Some(Color::from_u32(row.1)),
            Palette::Light => Some(Color::from_u32(row.2)),
            Palette::HighContrast => None,
        }
    }

    /// What the terminal's background asks for. A terminal that claims all colours is asked, before the screen is taken over; one
    /// that does not answer in time, and any other, keeps the sixteen of its own theme.
    pub fn of_terminal() -> Self {
        let claims_all = std::env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit");
        if !claims_all {
            return Palette::Sixteen;
        }
        let mut options = QueryOptions::default();
        options.timeout = ANSWER;
        match theme_mode(options) {
            Ok(ThemeMode::Dark) => Palette::Dark,
            Ok(ThemeMode::Light) => Palette::Light,
            Err(_) => Palette::Sixteen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2 relative luminance.
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is the terminal's own") };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn every_color_is_readable_on_the_usual_backgrounds() {
        let backgrounds = [(Palette::Dark, [0x00_0000, 0x1E_1E2E, 0x28_2C34]), (Palette::Light, [0xFF_FFFF, 0xFD_F6E3, 0xEF_F1F5])];
        for (palette, backgrounds) in backgrounds {
            for hue in [Hue::Pass, Hue::Caution, Hue::Fail, Hue::Anchor, Hue::Sibling] {
                for background in backgrounds {
                    let (one, other) = (luminance(palette.color(hue).unwrap()), luminance(Color::from_u32(background)));
                    let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                    assert!(contrast >= 4.5, "{palette:?} {hue:?} on {background:06x}: {contrast:.2}");
                }
            }
        }
    }
}
