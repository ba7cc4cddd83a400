//! What only the terminal itself knows: how wide it draws a box's line, and how bright its background is. It is asked both at once, before
//! the screen is taken over, and given one short while for both.

use super::colors::Background;

/// What is to be asked; nothing is asked in vain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Questions {
    /// How many cells a box's line takes.
    pub width: bool,
    /// Whether the background is dark or light.
    pub background: bool,
}

/// What the terminal said; where it did not, lines are one cell wide and the background is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// A box's line takes two cells, as East Asian terminals may have it (Unicode Standard Annex 11, class Ambiguous).
    pub has_wide_lines: bool,
    /// What the terminal said of its background.
    pub background: Option<Background>,
    /// What a person typed meanwhile.
    pub typed: Vec<u8>,
    /// The background may still be told, and must not be taken for keys.
    pub is_late: bool,
}

/// Save the cursor, say where it is, print a line, say where it is then, take the line away again (ECMA-48 8.3.35, DEC STD 070).
const HOW_WIDE: &str = "\x1b7\x1b[6n─\x1b[6n\x1b8\x1b[K";
const WHICH_BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// Every terminal answers to that, and in order: when it has, it answers nothing more.
const WHO_ARE_YOU: &str = "\x1b[c";

/// Asks the terminal, and waits for at most `ANSWER`.
#[cfg(unix)]
pub fn ask(questions: Questions) -> Answers {
    if questions == Questions::default() {
        return Answers::default();
    }
    let mut question = String::new();
    if questions.width {
        question.push_str(HOW_WIDE);
    }
    if questions.background {
        question.push_str(WHICH_BACKGROUND);
        question.push_str(WHO_ARE_YOU);
    }
    // Who cannot be asked has not answered.
    let is_whole = |said: &[u8]| TerminalReply::of(said).answers(questions);
    let (said, is_asked) = terminal::exchange(&question, &is_whole).map_or_else(|_| (Vec::new(), false), |said| (said, true));
    let said = TerminalReply::of(&said);
    Answers {
        has_wide_lines: matches!(said.cursors[..], [(row, before), (same, after), ..] if row == same && after == before.saturating_add(2)),
        background: said.background,
        is_late: is_asked && questions.background && said.background.is_none() && !said.is_known,
        typed: said.typed,
    }
}

/// Elsewhere only the background is asked for.
#[cfg(not(unix))]
pub fn ask(questions: Questions) -> Answers {
    use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};
    let mut options = QueryOptions::default();
    options.timeout = ANSWER;
    let background = questions.background.then(|| theme_mode(options).ok()).flatten().map(|mode| match mode {
        ThemeMode::Dark => Background::Dark,
        ThemeMode::Light => Background::Light,
    });
    Answers { background, ..Answers::default() }
}

/// How long a terminal may think, for all that it is asked; those that answer do so within a few milliseconds.
const ANSWER: std::time::Duration = std::time::Duration::from_millis(90);

/// The terminal's answers among what came in.
#[derive(Debug, Default, PartialEq, Eq)]
struct TerminalReply {
    /// Row and column of each report of the cursor.
    cursors: Vec<(u16, u16)>,
    background: Option<Background>,
    /// It has said who it is.
    is_known: bool,
    /// What is no answer.
    typed: Vec<u8>,
}

impl TerminalReply {
    fn of(bytes: &[u8]) -> Self {
        let mut said = Self::default();
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            match sequence(rest) {
                Some((body, length)) => {
                    said.take(body);
                    rest = &rest[length.min(rest.len())..];
                }
                None => {
                    said.typed.push(first);
                    rest = after;
                }
            }
        }
        said
    }

    fn take(&mut self, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        if let Some(color) = text.strip_prefix("]11;") {
            self.background = Background::parse(color);
        } else if let Some(place) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix('R')) {
            let place = place.split_once(';').and_then(|(row, column)| Some((row.parse().ok()?, column.parse().ok()?)));
            self.cursors.extend(place);
        } else if text.starts_with("[?") && text.ends_with('c') {
            self.is_known = true;
        }
    }

    fn answers(&self, questions: Questions) -> bool {
        (!questions.width || self.cursors.len() >= 2) && (!questions.background || self.is_known)
    }
}

/// The control sequence or string at the start, without its escape and its terminator, and how long it is; of a broken one, all.
fn sequence(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let body = bytes.strip_prefix(b"\x1b")?;
    let whole = (body, bytes.len());
    match body.first()? {
        b'[' => {
            let end = body.iter().skip(1).position(|byte| (0x40..0x7f).contains(byte));
            Some(end.map_or(whole, |end| (&body[..end + 2], end + 3)))
        }
        b']' => {
            let end = body.iter().position(|byte| *byte == 0x07 || *byte == 0x1b);
            Some(end.map_or(whole, |end| (&body[..end], end + if body[end] == 0x07 { 2 } else { 3 })))
        }
        _ => None,
    }
}

#[cfg(unix)]
mod terminal {
    use std::io::{self, Write, stdout};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::time::Instant;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

    use super::ANSWER;
    use crate::tui::terminal::tty;

    /// Writes the question and reads until the answer is whole, or time is over.
    pub fn exchange(question: &str, is_whole: &dyn Fn(&[u8]) -> bool) -> io::Result<Vec<u8>> {
        // What is typed comes from where the keys will be read.
        with_raw(tty()?.as_fd(), question, is_whole)
    }

    /// Without raw mode the terminal would show its own answer, and keep it until Enter.
    fn with_raw(tty: BorrowedFd<'_>, question: &str, is_whole: &dyn Fn(&[u8]) -> bool) -> io::Result<Vec<u8>> {
        let before = tcgetattr(tty)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(tty, OptionalActions::Now, &raw)?;
        let said = converse(tty, question, is_whole);
        tcsetattr(tty, OptionalActions::Now, &before)?;
        said
    }

    fn converse(tty: BorrowedFd<'_>, question: &str, is_whole: &dyn Fn(&[u8]) -> bool) -> io::Result<Vec<u8>> {
        let deadline = Instant::now() + ANSWER;
        let mut out = stdout().lock();
        out.write_all(question.as_bytes())?;
        out.flush()?;
        let mut said = Vec::new();
        while !is_whole(&said) {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            let mut waited = [PollFd::new(&tty, PollFlags::IN)];
            if poll(&mut waited, Some(&left))? == 0 || !waited[0].revents().contains(PollFlags::IN) {
                break;
            }
            let mut part = [0; 256];
            match rustix::io::read(tty, &mut part)? {
                0 => break,
                length => said.extend_from_slice(&part[..length]),
            }
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_from_what_is_typed() {
        let said = TerminalReply::of(b"p\x1b[5;1R\x1b[5;3R\x1b]11;rgb:ffff/ffff/ffff\x07q\x1b[?62;4c\x1bz");
        assert_eq!(said.cursors, [(5, 1), (5, 3)]);
        assert_eq!((said.background, said.is_known), (Some(Background::Light), true));
        assert_eq!(said.typed, b"pq\x1bz");
        let both = Questions { width: true, background: true };
        assert!(said.answers(both) && !TerminalReply::of(b"\x1b[5;1R\x1b]11;rgb:0/0/0\x1b\\").answers(both));
        assert_eq!(TerminalReply::of(b"\x1b]11;rgb:0/0/0\x1b\\").background, Some(Background::Dark));
    }

    #[test]
    fn broken_answers_are_none_and_never_keys() {
        for broken in ["\x1b[", "\x1b]", "\x1b]11;rgb:ff", "\x1b[5;R", "\x1b[;R", "\x1b[99999;1R", "\x1b]11;rgb:\x1b"] {
            let said = TerminalReply::of(broken.as_bytes());
            assert_eq!(said, TerminalReply::default(), "{broken:?}");
        }
    }
}
