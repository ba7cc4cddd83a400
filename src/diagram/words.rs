//! How many cells a text takes and how it is cut to fit, without ever halving a wide character.

use super::sketch::Charset;
use unicode_width::UnicodeWidthChar;

/// Narrower than this a slot could not say anything.
pub(super) const LEAST_ROOM: usize = 8;

/// Cells that `text` takes once `clean`.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

/// `text` in the charset. Labels come escaped; what still has no width of its own (control, combining) would shift a whole row, so it goes.
pub(super) fn clean(text: &str, charset: Charset) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match (letter, charset) {
            (' '..='~', _) => out.push(letter),
            ('…', Charset::Ascii) => out.push_str(".."),
            ('×', Charset::Ascii) => out.push('x'),
            ('⇄', Charset::Ascii) => out.push_str("<>"),
            _ => match letter.width() {
                None => out.push('?'),
                Some(0) => {}
                Some(_) if charset == Charset::Ascii => out.push('?'),
                Some(_) => out.push(letter),
            },
        }
    }
    out
}

/// `text` in at most `room` cells; cut in the middle, since names differ at both ends (`GlobalSign R3`).
pub(super) fn fit(text: &str, room: usize, charset: Charset) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let ellipsis = if charset == Charset::Ascii { ".." } else { "…" };
    let Some(left) = room.checked_sub(width(ellipsis)) else {
        return ".".repeat(room);
    };
    let head = take(text.chars(), left.div_ceil(2));
    let tail = take(text.chars().rev(), left - width(&head));
    let tail: String = tail.chars().rev().collect();
    format!("{head}{ellipsis}{tail}")
}

/// A note from long to short: without the word that its sign says anyway, then with less of its date, as `2035-06-04`, `35-06-04`, `35-06`.
pub(super) fn note_forms(note: &str) -> Vec<&str> {
    let mut forms = vec![note];
    forms.extend(note.strip_prefix("to "));
    let date = note.rsplit(' ').next().unwrap_or(note);
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if is_date {
        forms.extend([Some(date), date.get(2..), date.get(2..7)].into_iter().flatten());
    }
    forms
}

fn take(letters: impl Iterator<Item = char>, room: usize) -> String {
    let mut used = 0;
    letters
        .take_while(|letter| {
            used += letter.width().unwrap_or(0);
            used <= room
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_in_the_middle() {
        assert_eq!(fit("ISRG Root X1", 12, Charset::Unicode), "ISRG Root X1");
        assert_eq!(fit("ISRG Root X1", 9, Charset::Unicode), "ISRG…t X1");
        assert_eq!(fit("ISRG Root X1", 8, Charset::Ascii), "ISR..t X1".replace("t X1", " X1"));
        assert_eq!(fit("abc", 1, Charset::Unicode), "…");
        assert_eq!(fit("abc", 1, Charset::Ascii), ".");
        assert_eq!(fit("abc", 0, Charset::Unicode), "");
    }

    #[test]
    fn never_halves_a_wide_character() {
        for room in 0..12 {
            assert!(width(&fit("日本認証局根", room, Charset::Unicode)) <= room);
        }
        assert_eq!(fit("日本認証局根", 6, Charset::Unicode), "日…根");
    }

    #[test]
    fn shortens_a_note_but_never_halves_its_date() {
        assert_eq!(note_forms("to 2035-06-04"), ["to 2035-06-04", "2035-06-04", "2035-06-04", "35-06-04", "35-06"]);
        assert_eq!(note_forms("EXPIRED 2021-09-30"), ["EXPIRED 2021-09-30", "2021-09-30", "21-09-30", "21-09"]);
        assert_eq!(note_forms("no date"), ["no date"]);
    }

    #[test]
    fn drops_what_has_no_width() {
        assert_eq!(clean("a\u{301}b\u{7}c\u{200b}", Charset::Unicode), "ab?c");
        assert_eq!(clean("Ünï…×", Charset::Ascii), "?n?..x");
    }
}
