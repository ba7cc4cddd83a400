//! Numbers before what they count, with the right plural.

use std::fmt::Display;

use crate::chain::Count;

/// `1 anchor`, `3,000 anchors`.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{} {noun}{plural}", grouped_digits(&number.to_string()))
}

/// `3`, or `at least 1,000`.
pub fn count_words(count: Count) -> String {
    if count.exact { grouped(count.value) } else { format!("at least {}", grouped(count.value)) }
}

/// `9,864,101`.
pub fn grouped(value: u128) -> String {
    grouped_digits(&value.to_string())
}

fn grouped_digits(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let mut out = String::with_capacity(number.len() * 4 / 3);
    out.push_str(sign);
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
        assert_eq!(counted(12_345_usize, "path"), "12,345 paths");
        assert_eq!(count_words(Count { value: 999, exact: false }), "at least 999");
    }
}
