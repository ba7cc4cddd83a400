//! What is a line of text to those who see it, and to those who hear it? Which sign stands before a verdict?

use std::borrow::Cow;

use crate::check::{PathVerdict, Verdict};

/// What a piece of text is, for whoever gives it a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Pass,
    Caution,
    Fail,
    Unknown,
    /// A certificate in a chosen store.
    Anchor,
    /// Stands out whatever the colours: reversed.
    Reverse,
}

/// How a span is said aloud. A screen reader reads signs by their Unicode names, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Spoken {
    /// As it is written.
    #[default]
    AsWritten,
    /// In these words.
    As(Cow<'static, str>),
    /// Not at all: a sign that only doubles the word beside it.
    Silent,
    /// A bar or a gap, which parts what belongs apart: a comma.
    Pause,
}

/// A piece of a line; the text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
    pub spoken: Spoken,
}

/// One line, from left to right.
pub type Line = Vec<Span>;

impl Span {
    /// Text that is said as it is written.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, spoken: Spoken::AsWritten }
    }

    /// A bar or a gap between two parts.
    pub fn pause(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, spoken: Spoken::Pause }
    }

    /// The same, said in other words.
    pub fn said(self, words: impl Into<Cow<'static, str>>) -> Self {
        Self { spoken: Spoken::As(words.into()), ..self }
    }

    /// The same, for the eye alone.
    pub fn silent(self) -> Self {
        Self { spoken: Spoken::Silent, ..self }
    }
}

/// The text of a line as it is drawn and written.
pub fn written(line: &[Span]) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}

/// A line as one says it: no sign, no bar, one blank between words.
pub fn aloud(line: &[Span]) -> String {
    let mut out = String::new();
    let mut pauses = false;
    for span in line {
        let words = match &span.spoken {
            Spoken::AsWritten => span.text.as_str(),
            Spoken::As(words) => words,
            Spoken::Silent => "",
            Spoken::Pause => {
                pauses = true;
                continue;
            }
        };
        // A blank at the edge of a span parts words as one within does.
        let is_apart = words.starts_with(' ') || out.ends_with(' ');
        let inner = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if inner.is_empty() {
            if is_apart || !words.is_empty() {
                space(&mut out);
            }
            continue;
        }
        if std::mem::take(&mut pauses) && !out.is_empty() && !inner.starts_with([':', ',']) {
            out.truncate(out.trim_end().len());
            out.push_str(", ");
        } else if is_apart {
            space(&mut out);
        }
        out.push_str(&inner);
        if words.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// What stands before a finding, or a certificate of this worst verdict.
pub fn sign(verdict: Verdict) -> Span {
    match verdict {
        Verdict::Fail => Span::new("✗", Tone::Fail).said("fails"),
        Verdict::Unknown => Span::new("?", Tone::Unknown).said("unknown"),
        Verdict::Caution => Span::new("!", Tone::Caution).said("caution"),
        Verdict::Pass => Span::new("✓", Tone::Pass).said("valid"),
        Verdict::NotApplicable => Span::new("–", Tone::Dim).said("does not apply"),
    }
}

/// What stands before a path of this verdict.
pub fn path_sign(verdict: PathVerdict) -> Span {
    let span = sign(match verdict {
        PathVerdict::Valid => Verdict::Pass,
        PathVerdict::Unknown | PathVerdict::Incomplete => Verdict::Unknown,
        PathVerdict::Untrusted => Verdict::Caution,
        PathVerdict::Invalid => Verdict::Fail,
    });
    span.said(verdict.word())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagram::Charset;
    use crate::words::shown;

    #[test]
    fn a_line_is_said_without_its_signs() {
        let line = [
            Span::new(" ✓ ", Tone::Pass).silent(),
            Span::new("PATH 1/3 VALID", Tone::Pass),
            Span::pause("  ", Tone::Dim),
            Span::new("a.test", Tone::Plain),
            Span::new(" ▸ ", Tone::Plain).said(" then "),
            Span::new("E6", Tone::Plain),
            Span::new(" ◉", Tone::Anchor).said(" anchor"),
            Span::pause(" │ ", Tone::Dim),
            Span::new("   2  others ", Tone::Dim),
            Span::pause(" · ", Tone::Dim),
        ];
        assert_eq!(aloud(&line), "PATH 1/3 VALID, a.test then E6 anchor, 2 others");
        assert_eq!(written(&line), " ✓ PATH 1/3 VALID  a.test ▸ E6 ◉ │    2  others  · ");
    }

    #[test]
    fn a_pause_needs_words_on_both_sides() {
        let line = [
            Span::pause("│", Tone::Dim),
            Span::new("? NO PATH", Tone::Unknown).said("NO PATH"),
            Span::pause(" ", Tone::Dim),
            Span::new(": none", Tone::Plain),
        ];
        assert_eq!(aloud(&line), "NO PATH: none");
        assert_eq!(aloud(&[]), "");
    }

    #[test]
    fn every_verdict_has_a_sign_of_its_own_in_ascii_too() {
        let verdicts = [Verdict::Fail, Verdict::Unknown, Verdict::Caution, Verdict::Pass, Verdict::NotApplicable];
        let signs: BTreeSet<String> = verdicts.iter().map(|verdict| shown(&sign(*verdict).text, Charset::Ascii).into_owned()).collect();
        assert_eq!(signs.len(), verdicts.len());
        assert!(signs.iter().all(|sign| sign.is_ascii() && sign.len() == 1));
    }
}
