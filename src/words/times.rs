//! Times in words: windows, and how far a time lies from the judged one.

use super::counted;
use crate::cert::{Certificate, Time, window_words};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// From this many days on, years are said as well.
const YEAR: i64 = 365;

/// `2015-06-04 to 2035-06-04`; `2026-03-19 08:00Z to 2026-03-19 20:00Z` where days alone would tell too little; `unknown` for what is not
/// known.
pub fn dates(from: impl Into<Option<Time>>, to: impl Into<Option<Time>>) -> String {
    window_words(from, to)
}

/// The first of a window, as exactly as `dates` says it.
pub fn since_words(from: Option<Time>, to: Option<Time>) -> String {
    dates(from, to).split(" to ").next().unwrap_or_default().to_owned()
}

/// The last of a window, as exactly as `dates` says it.
pub fn until_words(from: Option<Time>, to: Option<Time>) -> String {
    dates(from, to).split(" to ").last().unwrap_or_default().to_owned()
}

/// `expired on 2021-09-30`; `expired at 2026-03-19 17:36Z`.
pub(super) fn expired_words(from: Option<Time>, to: Option<Time>) -> String {
    let end = until_words(from, to);
    format!("expired {} {end}", if end.contains(' ') { "at" } else { "on" })
}

/// `to 2035-06-04`, `expired on 2021-09-30`, `not valid before 2027-01-01`.
pub fn validity_words(certificate: &Certificate, at: Time) -> String {
    let (from, to) = (certificate.not_before, certificate.not_after);
    if to.is_some_and(|to| to < at) {
        expired_words(from, to)
    } else if from.is_some_and(|from| at < from) {
        format!("not valid before {}", since_words(from, to))
    } else {
        end_of_validity(certificate)
    }
}

/// `to 2035-06-04`, or that the end is not known.
pub fn end_of_validity(certificate: &Certificate) -> String {
    match certificate.not_after {
        Some(_) => format!("to {}", until_words(certificate.not_before, certificate.not_after)),
        None => "end unknown".to_owned(),
    }
}

/// `2026-03-19 08:00Z`.
pub fn minute(time: Time) -> String {
    time.minute()
}

/// `in 41 days`, `5 hours ago`, `in 15 years (5,574 days)`; whole units, rounded down.
pub fn relative(time: Time, at: Time) -> String {
    let seconds = time.0.saturating_sub(at.0);
    let distance = distance(seconds.saturating_abs());
    match seconds {
        0 => "just then".to_owned(),
        1.. => format!("in {distance}"),
        _ => format!("{distance} ago"),
    }
}

fn distance(seconds: i64) -> String {
    let days = seconds / DAY;
    match days {
        0 if seconds < HOUR => counted(seconds / 60, "minute"),
        0 => counted(seconds / HOUR, "hour"),
        _ if days < 2 * YEAR => counted(days, "day"),
        // 365.2425 days a year.
        _ => format!("{} ({days} days)", counted(days * 10_000 / 3_652_425, "year")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_said_as_exactly_as_the_window_needs() {
        let from = Time(1_710_288_000);
        assert_eq!(expired_words(Some(from), Some(from.plus(90 * DAY))), "expired on 2024-06-11");
        assert_eq!(expired_words(Some(from), Some(from.plus(DAY))), "expired at 2024-03-14 00:00Z");
        assert_eq!(since_words(Some(from), Some(from.plus(600))), "2024-03-13 00:00:00Z");
        assert_eq!(expired_words(None, Some(from)), "expired on 2024-03-13");
    }

    #[test]
    fn distances_are_said_in_the_largest_unit_that_tells() {
        let at = Time(1_000_000_000);
        for (seconds, words) in [
            (0, "just then"),
            (59, "in 0 minutes"),
            (-3_599, "59 minutes ago"),
            (7_200, "in 2 hours"),
            (-86_400, "1 day ago"),
            (729 * 86_400, "in 729 days"),
            (-731 * 86_400, "2 years (731 days) ago"),
        ] {
            assert_eq!(relative(at.plus(seconds), at), words);
        }
        assert!(relative(Time(i64::MAX), Time(i64::MIN)).starts_with("in "));
    }
}
