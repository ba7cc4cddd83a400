//! Numbers before what they count, with the right plural.

use std::fmt::Display;

use crate::chain::Count;

/// `1 anchor`, `3 anchors`.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `3`, or `at least 1,000`.
pub fn count_words(count: Count) -> String {
    if count.exact { grouped(count.value) } else { format!("at least {}", grouped(count.value)) }
}

/// `9,864,101`.
pub fn grouped(value: u128) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!((counted(1_usize, "anchor"), counted(0_usize, "anchor")), ("1 anchor".to_owned(), "0 anchors".to_owned()));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(count_words(Count { value: 9_864_101, exact: true }), "9,864,101");
        assert_eq!(count_words(Count { value: 999, exact: false }), "at least 999");
    }
}
