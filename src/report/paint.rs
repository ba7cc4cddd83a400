//! Signs and colours of the text report; a sign and a word always stand beside a colour.

use unicode_width::UnicodeWidthStr;

use crate::check::{PathVerdict, Verdict};

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BOLD: &str = "1";

pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "✗",
        Verdict::Unknown => "?",
        Verdict::Caution => "!",
        Verdict::Pass => "✓",
        Verdict::NotApplicable => "-",
    }
}

/// Puts ANSI colours around text, or leaves it alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub on: bool,
}

impl Paint {
    pub fn bold(self, text: &str) -> String {
        self.with(BOLD, text)
    }

    pub fn finding(self, verdict: Verdict, text: &str) -> String {
        match verdict {
            Verdict::Fail => self.with(RED, text),
            Verdict::Unknown | Verdict::Caution => self.with(YELLOW, text),
            Verdict::Pass => self.with(GREEN, text),
            Verdict::NotApplicable => text.to_owned(),
        }
    }

    pub fn path(self, verdict: PathVerdict, text: &str) -> String {
        match verdict {
            PathVerdict::Valid => self.with(GREEN, text),
            PathVerdict::Invalid => self.with(RED, text),
            PathVerdict::Unknown | PathVerdict::Untrusted | PathVerdict::Incomplete => self.with(YELLOW, text),
        }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Columns that `text` takes, its colours not counted.
pub(super) fn columns(text: &str) -> usize {
    let mut parts = text.split('\x1b');
    let plain = parts.next().map_or(0, UnicodeWidthStr::width);
    plain + parts.map(|part| part.split_once('m').map_or(0, |(_, rest)| rest.width())).sum::<usize>()
}

/// `text` in ASCII: the report's own signs by likenesses, anything else as `\u{..}`.
pub(super) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '✓' => out.push('+'),
            '✗' => out.push('x'),
            '◉' => out.push('@'),
            '…' => out.push_str("..."),
            '·' => out.push('-'),
            other if other.is_ascii() => out.push(other),
            other => out.extend(other.escape_unicode()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_take_no_columns() {
        assert_eq!(columns("ab"), 2);
        assert_eq!(columns(&Paint { on: true }.finding(Verdict::Fail, "✗ abc")), 5);
    }

    #[test]
    fn ascii_keeps_a_sign_for_every_verdict() {
        let verdicts = [Verdict::Fail, Verdict::Unknown, Verdict::Caution, Verdict::Pass, Verdict::NotApplicable];
        let signs: std::collections::BTreeSet<String> = verdicts.iter().map(|verdict| ascii(sign(*verdict))).collect();
        assert_eq!(signs.len(), verdicts.len());
        assert!(signs.iter().all(|sign| sign.is_ascii() && sign.len() == 1));
        assert_eq!(ascii("é…"), r"\u{e9}...");
    }
}
