//! How do the PEM blocks lie in a text: what keeps strict readers from finding them, and in which line does it stand?

use super::mend::lines;
use super::note::{NoteKind, Noted};

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";
/// RFC 2045 6.8, the longest that writers of base64 in lines make; RFC 7468 2 has 64.
const LONGEST: usize = 76;

/// Adds what there is to say of the blocks in `text`; markers are strict, or were mended.
pub(super) fn look(text: &[u8], noted: &mut Noted) {
    let mut state = State::default();
    for (place, line) in lines(text).enumerate() {
        let number = Some(place + 1);
        // Nearly every line is base64 within a block.
        if line.first().is_some_and(u8::is_ascii_alphanumeric) && line.len() <= LONGEST && state.is_inside && !line.contains(&b'-') {
            state.body(line);
            continue;
        }
        let bare = line.trim_ascii();
        match (at(bare, BEGIN), at(bare, END)) {
            (None, None) => state.text(bare, number, noted),
            (None, Some(_)) => state.leave(noted),
            (Some(begin), Some(end)) if end < begin => {
                state.leave(noted);
                noted.add(number, NoteKind::MarkersOnOneLine);
                state.enter();
            }
            // A block in one line, such as in JSON; in a file of PEM it begins the line.
            (Some(0), Some(end)) if line.first() == Some(&b'-') => {
                if at(bare.get(..end).unwrap_or_default(), b"\\n").is_some() {
                    noted.add(number, NoteKind::LiteralLineEnds);
                } else {
                    noted.add(number, NoteKind::TextBehindMarker);
                }
            }
            (Some(_), Some(_)) => {}
            (Some(begin), None) => {
                state.enter();
                let label = bare.get(begin + BEGIN.len()..).unwrap_or_default();
                let behind = at(label, DASHES).and_then(|end| label.get(end + DASHES.len()..)).unwrap_or_default();
                match line.first() {
                    Some(b'-') if behind.starts_with(b"\\n") => noted.add(number, NoteKind::LiteralLineEnds),
                    Some(b'-') if !behind.is_empty() => noted.add(number, NoteKind::TextBehindMarker),
                    Some(b' ' | b'\t') if begin == 0 && !state.is_value => noted.add(number, NoteKind::IndentedMarker),
                    _ => {}
                }
            }
        }
        if !bare.is_empty() {
            // YAML indents a text under its key.
            state.is_value = matches!(bare.last(), Some(b'|' | b'>' | b':')) || bare.ends_with(b"|-") || bare.ends_with(b">-");
        }
    }
}

#[derive(Default)]
struct State {
    is_inside: bool,
    /// Something of the block's body was met.
    has_body: bool,
    /// RFC 1421 4.6: lines with a colon, up to a blank one.
    in_headers: bool,
    /// Of a blank line behind some of the body, until more of it or the END follows.
    blank: Option<usize>,
    /// The line before asks for a value that is indented.
    is_value: bool,
}

impl State {
    fn enter(&mut self) {
        *self = Self { is_inside: true, is_value: self.is_value, ..Self::default() };
    }

    fn leave(&mut self, noted: &mut Noted) {
        if let Some(blank) = self.blank.filter(|_| self.is_inside) {
            noted.add(Some(blank), NoteKind::BlankLine);
        }
        *self = Self { is_value: self.is_value, ..Self::default() };
    }

    fn body(&mut self, line: &[u8]) {
        self.in_headers |= !self.has_body && line.contains(&b':');
        self.has_body |= !self.in_headers;
    }

    fn text(&mut self, bare: &[u8], number: Option<usize>, noted: &mut Noted) {
        if !self.is_inside {
            return;
        }
        if bare.is_empty() {
            // Before the body it is one of those that RFC 7468 3 has readers take; OpenSSL does.
            if self.has_body {
                self.blank = self.blank.or(number);
            }
            self.in_headers = false;
            return;
        }
        self.body(bare);
        // Base64 of JSON has its line ends written out, and YAML's is one line.
        if bare.len() > LONGEST && !self.in_headers && !bare.contains(&b'\\') {
            noted.add(number, NoteKind::LongLine { columns: bare.len() });
        }
    }
}

fn at(text: &[u8], wanted: &[u8]) -> Option<usize> {
    if text.len() < wanted.len() {
        return None;
    }
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(text: &str) -> Vec<(usize, usize, NoteKind)> {
        let mut noted = Noted::at("f".to_owned());
        look(text.as_bytes(), &mut noted);
        noted.notes.into_iter().map(|note| (note.line.unwrap(), note.others, note.kind)).collect()
    }

    fn block(body: &str) -> String {
        format!("-----BEGIN A-----\n{body}\n-----END A-----\n")
    }

    #[test]
    fn plain_files_have_none() {
        let plain = block("MIIB\nAAAA");
        for text in [
            plain.clone(),
            plain.replace('\n', "\r\n"),
            plain.repeat(3),
            format!("# text\nsubject=x\n{plain}\n\n{plain}"),
            block("Proc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nMIIB"),
            block("\nMIIB"),
            block("  MIIB\n  AAAA"),
            format!("ca: |\n  {}", plain.replace('\n', "\n  ")),
            format!("ca: |-\n\n  {}", plain.replace('\n', "\n  ")),
            format!("{{\"ca\": \"{}\"}}", plain.replace('\n', "\\n")),
            block(&"A".repeat(76)),
        ] {
            assert_eq!(notes(&text), [], "{text}");
        }
    }

    #[test]
    fn what_strict_readers_do_not_take_is_noted_with_its_line() {
        let plain = block("MIIB\nAAAA");
        for (text, line, others, kind) in [
            (plain.trim_end().to_owned() + &plain, 4, 0, NoteKind::MarkersOnOneLine),
            ([plain.trim_end(), plain.trim_end(), &plain].concat(), 4, 1, NoteKind::MarkersOnOneLine),
            (plain.trim_end().to_owned() + "  " + &plain, 4, 0, NoteKind::MarkersOnOneLine),
            (block("MIIB\n\nAAAA"), 3, 0, NoteKind::BlankLine),
            (block("MIIB\nAAAA\n"), 4, 0, NoteKind::BlankLine),
            (block("MIIB\n \t\nAAAA\n\nAA"), 3, 0, NoteKind::BlankLine),
            (block("X: y\n\nMIIB\n\nAAAA"), 5, 0, NoteKind::BlankLine),
            (block(&"A".repeat(77)), 2, 0, NoteKind::LongLine { columns: 77 }),
            (block(&format!("{0}\n{0}", "A".repeat(100))), 2, 1, NoteKind::LongLine { columns: 100 }),
            (plain.replacen("A-----\n", "A----- leaf\n", 1), 1, 0, NoteKind::TextBehindMarker),
            (plain.replacen('\n', "", 1), 1, 0, NoteKind::TextBehindMarker),
            (plain.trim_end().replace('\n', "\\n"), 1, 0, NoteKind::LiteralLineEnds),
            (format!("x\n  {plain}"), 2, 0, NoteKind::IndentedMarker),
        ] {
            assert_eq!(notes(&text), [(line, others, kind)], "{text}");
        }
    }
}
