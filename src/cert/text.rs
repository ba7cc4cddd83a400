//! How text that a stranger wrote is made harmless: for the screen, reports, the clipboard and file names.

use unicode_width::UnicodeWidthChar;

/// Longest text that is kept, in characters; RFC 5280 appendix A bounds a name's attribute at 32,768 and real ones are below 200.
pub const MAX_TEXT: usize = 1_000;

/// `text` with every character that a terminal would act on, or not show, written as `\u{..}`: controls, bidirectional
/// overrides, zero-width and combining characters. Longer than `MAX_TEXT` characters, it ends in a count of what was left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (count, character) in text.chars().enumerate() {
        if count == MAX_TEXT {
            out.push_str(&format!("… ({} more characters)", text.chars().count() - MAX_TEXT));
            break;
        }
        if is_harmless(character) { out.push(character) } else { out.extend(character.escape_unicode()) }
    }
    out
}

fn is_harmless(character: char) -> bool {
    // Width 0 covers controls' kin: joiners, bidirectional marks, variation selectors, combining marks.
    !character.is_control() && character.width().is_some_and(|width| width > 0) && !is_tricky_space(character)
}

/// Spaces and fillers that look like nothing or like a plain space.
fn is_tricky_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        assert_eq!(escape("Let's Encrypt – 例え é"), "Let's Encrypt – 例え é");
    }

    #[test]
    fn control_bidi_and_zero_width_characters_are_written_out() {
        assert_eq!(escape("a\x1b[31m\u{202e}b\u{200d}\u{9b}\n"), r"a\u{1b}[31m\u{202e}b\u{200d}\u{9b}\u{a}");
    }

    #[test]
    fn long_text_ends_in_a_count() {
        let long = escape(&"x".repeat(MAX_TEXT + 7));
        assert!(long.ends_with("x… (7 more characters)"));
    }
}
