//! What does a text look like where only ASCII can be shown?

use std::borrow::Cow;

use crate::diagram::Charset;

/// The text as the charset can show it. In ASCII nothing is lost: signs become their likenesses, anything else `\u{..}`.
pub fn shown(text: &str, charset: Charset) -> Cow<'_, str> {
    if charset == Charset::Unicode || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match likeness(character) {
            Some(likeness) => out.push_str(likeness),
            None if character.is_ascii() => out.push(character),
            None => out.extend(character.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// The signs of every output; those of the picture are the same (`diagram::glyphs`).
fn likeness(character: char) -> Option<&'static str> {
    Some(match character {
        '✓' => "v",
        '✗' => "x",
        '◉' => "@",
        '↺' => "(self)",
        '▸' | '→' => ">",
        '←' => "<",
        '↑' | '▴' => "^",
        '↓' | '▾' => "v",
        '·' | '–' | '─' => "-",
        '│' => "|",
        '…' => "..",
        '×' => "x",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_have_likenesses_and_nothing_is_lost() {
        assert_eq!(shown("✓ é… ×2", Charset::Ascii), r"v \u{e9}.. x2");
        assert_eq!(shown("✓ é… ×2", Charset::Unicode), "✓ é… ×2");
        assert!(matches!(shown("plain", Charset::Ascii), Cow::Borrowed("plain")));
    }
}
