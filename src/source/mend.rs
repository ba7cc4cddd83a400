//! Which text is PEM but for its dress: another encoding, line ends of CR alone, markers with typographic or too few dashes? It is read as it
//! was meant, and what was wrong with it is noted; the lines keep their numbers.

use std::borrow::Cow;
use std::io::BufRead as _;

use super::note::{MarkerFlaw, NoteKind, Noted, TextEncoding};

/// As in a strict marker.
const DASHES: usize = 5;
/// Fewer dashes on either side are no marker: a list in Markdown has one, an option of a program two.
const LEAST_DASHES: usize = 2;
/// Longest label, in bytes, as in `pem_block`.
const MAX_LABEL: usize = 64;

/// `bytes` as PEM has them. The notes are added only where a block is in it, which the caller knows.
pub(super) fn mended<'a>(bytes: &'a [u8], noted: &mut Noted) -> Cow<'a, [u8]> {
    let mut text = Cow::Borrowed(bytes);
    if let Some(decoded) = from_utf16(bytes) {
        noted.add(None, NoteKind::Encoding(TextEncoding::Utf16));
        text = Cow::Owned(decoded.into_bytes());
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        noted.add(None, NoteKind::Encoding(TextEncoding::Utf8WithMark));
        text = Cow::Borrowed(rest);
    }
    if text.contains(&b'\r') && !text.contains(&b'\n') {
        noted.add(None, NoteKind::CarriageReturns);
        text.to_mut().iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    }
    let found: Vec<(usize, Marker<'_>)> =
        lines(&text).enumerate().filter_map(|(place, line)| Some((place, flawed_marker(line)?))).collect();
    if found.is_empty() {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut found = found.into_iter().peekable();
    for (place, line) in lines(&text).enumerate() {
        if place > 0 {
            out.push(b'\n');
        }
        match found.next_if(|(at, _)| *at == place) {
            None => out.extend_from_slice(line),
            Some((_, Marker { is_begin, label, flaw })) => {
                noted.add(Some(place + 1), NoteKind::Marker { is_begin, flaw });
                let word = if is_begin { "BEGIN" } else { "END" };
                out.extend_from_slice(format!("-----{word} {}-----", label.to_ascii_uppercase()).as_bytes());
            }
        }
    }
    Cow::Owned(out)
}

/// What stands between line feeds, as `split` gives it; by the search of `BufRead`, which is several times as fast.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let mut behind = here;
        // Memory cannot fail to be read.
        let length = behind.skip_until(b'\n').unwrap_or(here.len());
        let line = here.get(..length)?;
        rest = line.ends_with(b"\n").then_some(behind);
        Some(line.strip_suffix(b"\n").unwrap_or(line))
    })
}

struct Marker<'a> {
    is_begin: bool,
    label: &'a str,
    flaw: MarkerFlaw,
}

/// The marker that the line is, where it is one that no strict reader takes.
fn flawed_marker(line: &[u8]) -> Option<Marker<'_>> {
    let line = line.trim_ascii();
    dash(line)?;
    let (before, rest) = dashes(line);
    let (spaces, rest) = spaces(rest);
    let is_begin = rest.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"BEGIN"));
    let is_end = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"END"));
    let (word, rest) = rest.split_at_checked(if is_begin { 5 } else { 3 }).filter(|_| is_begin || is_end)?;
    let (between, rest) = self::spaces(rest);
    let end = (0..rest.len()).find(|at| rest.get(*at..).is_some_and(|rest| dash(rest).is_some()))?;
    let (label, rest) = rest.split_at_checked(end)?;
    let (behind, rest) = dashes(rest);
    let label = std::str::from_utf8(label).ok()?;
    let (label, trimmed) = (label.trim_matches([' ', '\u{a0}']), label);
    let is_label =
        (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .#/".contains(&byte));
    if !is_label || between.count == 0 || !rest.is_empty() || before.count < LEAST_DASHES || behind.count < LEAST_DASHES {
        return None;
    }
    let flaw = if before.is_odd || behind.is_odd {
        MarkerFlaw::Dashes
    } else if before.count != DASHES || behind.count != DASHES {
        MarkerFlaw::DashCount
    } else if word.iter().any(u8::is_ascii_lowercase) {
        MarkerFlaw::LowerCase
    } else if spaces.count > 0 || between.is_odd || between.count > 1 || trimmed.len() != label.len() {
        MarkerFlaw::Space
    } else {
        return None;
    };
    Some(Marker { is_begin, label, flaw })
}

/// Characters of one kind, and whether some are not ASCII.
#[derive(Default)]
struct Run {
    count: usize,
    is_odd: bool,
}

fn dashes(bytes: &[u8]) -> (Run, &[u8]) {
    run(bytes, dash)
}

fn spaces(bytes: &[u8]) -> (Run, &[u8]) {
    run(bytes, |bytes| match bytes {
        [b' ' | b'\t', ..] => Some(1),
        // No-break spaces: U+00A0, U+202F.
        [0xc2, 0xa0, ..] => Some(2),
        [0xe2, 0x80, 0xaf, ..] => Some(3),
        _ => None,
    })
}

fn run(mut rest: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> (Run, &[u8]) {
    let mut found = Run::default();
    while let Some((one, behind)) = length(rest).and_then(|length| rest.split_at_checked(length)) {
        found.is_odd |= !one.is_ascii();
        found.count += 1;
        rest = behind;
    }
    (found, rest)
}

/// Bytes of the dash that `bytes` begins with: U+002D, U+2010 to U+2015, U+2212, U+FF0D; 96 and 97 of Windows-1252.
fn dash(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'-' | 0x96 | 0x97, ..] => Some(1),
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..] | [0xef, 0xbc, 0x8d, ..] => Some(3),
        _ => None,
    }
}

/// Text that Windows saved in UTF-16: by its byte order mark, or by the dash that it begins with.
fn from_utf16(bytes: &[u8]) -> Option<String> {
    let little = |rest: &[u8]| rest.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    let big = |rest: &[u8]| rest.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
    let units: Vec<u16> = match bytes {
        [0xff, 0xfe, rest @ ..] => little(rest),
        [0xfe, 0xff, rest @ ..] => big(rest),
        [b'-', 0, b'-', 0, ..] => little(bytes),
        [0, b'-', 0, b'-', ..] => big(bytes),
        _ => return None,
    };
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> (Vec<u8>, Vec<(Option<usize>, NoteKind)>) {
        let mut noted = Noted::at("f".to_owned());
        let text = mended(bytes, &mut noted).into_owned();
        (text, noted.notes.into_iter().map(|note| (note.line, note.kind)).collect())
    }

    #[test]
    fn markers_are_read_as_they_were_meant() {
        let strict = "x\n-----BEGIN A B-----\nMII\n-----END A B-----\n";
        assert_eq!(read(strict.as_bytes()), (strict.as_bytes().to_vec(), vec![]));
        for (written, flaw) in [
            ("\u{2014}\u{2013}BEGIN A B\u{2014}\u{2013}", MarkerFlaw::Dashes),
            ("\u{2013}----BEGIN A B-----", MarkerFlaw::Dashes),
            ("\u{2212}\u{2212}\u{2212}BEGIN A B\u{ff0d}\u{2010}", MarkerFlaw::Dashes),
            ("----BEGIN A B-----", MarkerFlaw::DashCount),
            ("------BEGIN A B------", MarkerFlaw::DashCount),
            ("-----BEGIN A B---", MarkerFlaw::DashCount),
            ("-----begin a b-----", MarkerFlaw::LowerCase),
            ("-----Begin A B-----", MarkerFlaw::LowerCase),
            ("-----BEGIN\u{a0}A B-----", MarkerFlaw::Space),
            ("----- BEGIN A B -----", MarkerFlaw::Space),
            ("-----BEGIN  A B-----", MarkerFlaw::Space),
        ] {
            let (text, notes) = read(strict.replace("-----BEGIN A B-----", written).as_bytes());
            assert_eq!(String::from_utf8_lossy(&text), strict, "{written}");
            assert_eq!(notes, [(Some(2), NoteKind::Marker { is_begin: true, flaw })], "{written}");
        }
        let windows = [b"\x97\x96BEGIN A B\x97\x96\nMII\n".as_slice(), b"-----END A B-----\n"].concat();
        assert_eq!(String::from_utf8_lossy(&read(&windows).0), &strict[2..]);
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        for text in
            ["- BEGIN A -", "-- END --", "--end", "-----BEGIN -----", "\u{2014}BEGIN A\u{2014}", "---BEGINNING---", "-----END\u{e9} X-----"]
        {
            assert_eq!(read(text.as_bytes()), (text.as_bytes().to_vec(), vec![]), "{text}");
        }
    }

    #[test]
    fn encodings_and_line_ends_are_noted() {
        let plain = "-----BEGIN A-----\nMII\n-----END A-----\n";
        let units = |order: fn(u16) -> [u8; 2]| plain.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let marked = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
        let utf16 = NoteKind::Encoding(TextEncoding::Utf16);
        for (bytes, kind) in [
            (marked(&[0xff, 0xfe], units(u16::to_le_bytes)), utf16.clone()),
            (marked(&[0xfe, 0xff], units(u16::to_be_bytes)), utf16.clone()),
            (units(u16::to_le_bytes), utf16.clone()),
            (units(u16::to_be_bytes), utf16),
            (marked(&[0xef, 0xbb, 0xbf], plain.as_bytes().to_vec()), NoteKind::Encoding(TextEncoding::Utf8WithMark)),
            (plain.replace('\n', "\r").into_bytes(), NoteKind::CarriageReturns),
        ] {
            assert_eq!(read(&bytes), (plain.as_bytes().to_vec(), vec![(None, kind)]));
        }
        assert_eq!(read(plain.replace('\n', "\r\n").as_bytes()).1, []);
    }

    #[test]
    fn lines_are_what_stands_between_line_feeds() {
        for text in ["", "\n", "a", "a\n", "\na\n\nb"] {
            let split: Vec<&[u8]> = text.as_bytes().split(|byte| *byte == b'\n').collect();
            assert_eq!(lines(text.as_bytes()).collect::<Vec<_>>(), split, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_no_line_is_lost(text in "((-|\u{2014}|BEGIN|end| |\u{a0}|A|\n){0,40})") {
            let (mended, _) = read(text.as_bytes());
            let lines = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count();
            prop_assert_eq!(lines(&mended), lines(text.as_bytes()));
        }
    }
}
