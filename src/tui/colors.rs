//! Which colours stand for what: one row for each hue, one column for each kind of terminal.

use ratatui::style::Color;

/// The colours a terminal is given. Foregrounds only: whatever lies behind stays the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colors {
    /// For NO_COLOR and `--color never`: bold, dim and reverse stay.
    None,
    /// The sixteen that the terminal's own theme defines.
    Sixteen,
    /// For a dark background.
    Dark,
    /// For a light background.
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

impl Colors {
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
            Colors::None => None,
            Colors::Sixteen => Some(row.0),
            Colors::Dark => Some(Color::from_u32(row.1)),
            Colors::Light => Some(Color::from_u32(row.2)),
            Colors::HighContrast => None,
        }
    }

    /// What the terminal's background asks for; one that did not say keeps the sixteen of its own theme.
    pub fn on(background: Option<Background>) -> Self {
        match background {
            Some(Background::Dark) => Colors::Dark,
            Some(Background::Light) => Colors::Light,
            None => Colors::Sixteen,
        }
    }
}

/// What lies behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    Dark,
    Light,
}

/// Black and white text stand out alike from a background of this relative luminance (WCAG 2, 1.4.3: (L + 0.05) of one over the other's).
const MIDDLE: f64 = 0.179;

impl Background {
    /// From a colour as X11 writes it, `rgb:ffff/ffff/ffff` with one to four digits each; alpha says nothing here.
    pub(super) fn parse(color: &str) -> Option<Self> {
        let (_, parts) = color.split_once(':').filter(|(kind, _)| ["rgb", "rgba"].contains(kind))?;
        let part = |digits: &str| {
            let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok().filter(|length| (1..=4).contains(length))?)? - 1;
            Some(f64::from(u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?) / f64::from(most))
        };
        let parts: Vec<f64> = parts.split('/').map(part).collect::<Option<_>>()?;
        let [red, green, blue, ..] = parts[..] else { return None };
        Some(if luminance([red, green, blue]) > MIDDLE { Background::Light } else { Background::Dark })
    }
}

/// WCAG 2 relative luminance of red, green and blue between 0 and 1.
fn luminance(parts: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = parts.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance_of(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is the terminal's own") };
        luminance([red, green, blue].map(|part| f64::from(part) / 255.0))
    }

    #[test]
    fn backgrounds_are_dark_or_light_however_they_are_written() {
        for (color, background) in [
            ("rgb:0/0/0", Some(Background::Dark)),
            ("rgb:fdfd/f6f6/e3e3", Some(Background::Light)),
            ("rgba:1e/1e/2e/ff", Some(Background::Dark)),
            ("rgb:282c/2c2c/3434", Some(Background::Dark)),
            ("rgb:fff/fff/fff", Some(Background::Light)),
            ("rgb:ff/ff", None),
            ("rgb:fffff/0/0", None),
            ("rgb:+f/0/0", None),
            ("#ffffff", None),
            ("", None),
        ] {
            assert_eq!(Background::parse(color), background, "{color}");
        }
    }

    #[test]
    fn every_color_is_readable_on_the_usual_backgrounds() {
        let backgrounds = [(Colors::Dark, [0x00_0000, 0x1E_1E2E, 0x28_2C34]), (Colors::Light, [0xFF_FFFF, 0xFD_F6E3, 0xEF_F1F5])];
        for (colors, backgrounds) in backgrounds {
            for hue in [Hue::Pass, Hue::Caution, Hue::Fail, Hue::Anchor, Hue::Sibling] {
                for background in backgrounds {
                    let (one, other) = (luminance_of(colors.color(hue).unwrap()), luminance_of(Color::from_u32(background)));
                    let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                    assert!(contrast >= 4.5, "{colors:?} {hue:?} on {background:06x}: {contrast:.2}");
                }
            }
        }
    }
}
