//! How many cells a text takes and how it is cut to fit, without ever halving a wide character.

use super::options::Charset;
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
    fn drops_what_has_no_width() {
        assert_eq!(clean("a\u{301}b\u{7}c\u{200b}", Charset::Unicode), "ab?c");
        assert_eq!(clean("Ünï…×", Charset::Ascii), "?n?..x");
    }
}
