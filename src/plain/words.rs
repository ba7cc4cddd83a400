//! What the screen shows by signs, as words; a screen reader reads signs by their Unicode names, or not at all.

/// A status as a sentence: bars and gaps are commas, and a sign that only doubles the word behind it is left out.
pub(super) fn sentence(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // A bar, a dot or a gap of two blanks parts what belongs apart.
    let parts = line.split(['│', '·']).flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let part = part.trim_start_matches(['✓', '✗', '?', '!', '…']).trim_start();
        if !out.is_empty() && !part.starts_with([':', ',']) {
            out.push_str(", ");
        }
        out.push_str(&part.replace(" ▸ ", " then ").replace('◉', "anchor"));
    }
    out
}

/// The name of a row, whose sign says what no word behind it does.
pub(super) fn name(name: &str) -> String {
    for (sign, word) in [("✓ ", "good: "), ("✗ ", "fails: "), ("! ", "caution: "), ("? ", "unknown: ")] {
        if let Some(rest) = name.strip_prefix(sign) {
            return format!("{word}{rest}");
        }
    }
    name.trim().to_owned()
}

/// Whether a value is drawn, not written: a bar.
pub(super) fn is_drawn(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|character| character == ' ' || ('\u{2500}'..='\u{257f}').contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_words_and_bars_become_commas() {
        assert_eq!(
            sentence(" ✓ PATH 1/3 VALID  a.test ▸ E6 ▸ X2 ◉   2 more hold"),
            "PATH 1/3 VALID, a.test then E6 then X2 anchor, 2 more hold"
        );
        assert_eq!(
            sentence(" chain.pem · 3 certificates │ 2025-03-01 12:00Z  SIMULATED  │ ! 1 not read"),
            "chain.pem, 3 certificates, 2025-03-01 12:00Z, SIMULATED, 1 not read"
        );
        assert_eq!((name("✗ R3"), name("Subject")), ("fails: R3".to_owned(), "Subject".to_owned()));
        assert!(is_drawn("  ├─┃┤") && !is_drawn("–") && !is_drawn(""));
    }
}
