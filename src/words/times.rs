//! Times in words: windows, and how far a time lies from the judged one.

use super::counted;
use crate::cert::Time;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// From this many days on, years are said as well.
const YEAR: i64 = 365;

/// A window shorter than this is said with times of day.
const SHORT: i64 = 2 * DAY;

/// `2015-06-04 to 2035-06-04`; `2026-03-19 08:00Z to 2026-03-19 20:00Z` where days alone would tell too little.
pub fn dates(from: Time, to: Time) -> String {
    let is_short = (0..SHORT).contains(&to.0.saturating_sub(from.0));
    let words = |time: Time| if is_short { minute(time) } else { time.date() };
    format!("{} to {}", words(from), words(to))
}

/// `2026-03-19 08:00Z`.
pub fn minute(time: Time) -> String {
    let whole = time.to_string();
    format!("{}Z", whole.strip_suffix('Z').and_then(|whole| whole.rsplit_once(':')).map_or(whole.as_str(), |(minute, _)| minute))
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
    fn a_short_window_is_said_with_its_minutes() {
        let from = Time(1_710_288_000);
        assert_eq!(dates(from, from.plus(90 * DAY)), "2024-03-13 to 2024-06-11");
        assert_eq!(dates(from, from.plus(SHORT - 1)), "2024-03-13 00:00Z to 2024-03-14 23:59Z");
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
