//! Colours of the text report; a sign and a word always stand beside a colour.

use unicode_width::UnicodeWidthStr;

use crate::words::{Span, Tone};

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BOLD: &str = "1";

/// Puts ANSI colours around text, or leaves it alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub on: bool,
}

impl Paint {
    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.tone(Tone::Strong, text)
    }

    /// A span in its tone.
    pub fn span(self, span: &Span) -> String {
        self.tone(span.tone, &span.text)
    }

    /// Text in the colour of a tone; some tones have none.
    pub fn tone(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Fail => RED,
            Tone::Unknown | Tone::Caution => YELLOW,
            Tone::Pass => GREEN,
            Tone::Strong | Tone::Reverse => BOLD,
            Tone::Plain | Tone::Dim | Tone::Anchor => return text.to_owned(),
        };
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Columns that `text` takes, its colours not counted.
pub(super) fn columns(text: &str) -> usize {
    let mut parts = text.split('\x1b');
    let plain = parts.next().map_or(0, UnicodeWidthStr::width);
    plain + parts.map(|part| part.split_once('m').map_or(0, |(_, rest)| rest.width())).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_take_no_columns() {
        assert_eq!(columns("ab"), 2);
        assert_eq!(columns(&Paint { on: true }.tone(Tone::Fail, "✗ abc")), 5);
    }
}
