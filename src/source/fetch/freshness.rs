//! How long may a fetched document stand for what is at its URL now (RFC 9111 4.2, RFC 5019 6)?

use jiff::fmt::strtime;

use super::exchange::Dates;
use super::wanted::MAX_FRESH;
use crate::cert::Time;

/// The last second at which what was fetched at `now` need not be fetched again: as long as HTTP says and its own nextUpdate has not passed.
/// `None` where it says nothing, or is not to be kept.
pub(super) fn fresh_until(dates: &Dates, next_update: Option<Time>, now: Time) -> Option<Time> {
    let directives: Vec<String> = dates.cache_control.to_ascii_lowercase().split(',').map(|word| word.trim().to_owned()).collect();
    if directives.iter().any(|word| word == "no-store" || word.starts_with("no-cache")) {
        return None;
    }
    let seconds = |text: &str| text.trim().trim_matches('"').parse::<u32>().ok().map(i64::from);
    let max_age = directives.iter().find_map(|word| word.strip_prefix("max-age=")).map(|text| seconds(text).unwrap_or(0));
    let lifetime = max_age.or_else(|| {
        let expires = dates.expires.as_deref()?;
        // A date that cannot be read has passed (RFC 9111 5.3).
        let made = dates.date.as_deref().and_then(http_date).unwrap_or(now);
        Some(http_date(expires).map_or(0, |expires| expires.0.saturating_sub(made.0)))
    });
    let age = dates.age.as_deref().and_then(seconds).unwrap_or(0);
    let by_http = lifetime.map(|lifetime| now.plus(lifetime.saturating_sub(age)));
    let until = match (by_http, next_update) {
        (Some(by_http), Some(own)) => by_http.min(own),
        (by_http, own) => by_http.or(own)?,
    };
    Some(until.min(now.plus(MAX_FRESH))).filter(|until| *until > now)
}

/// RFC 9110 5.6.7, in the form that senders must use.
fn http_date(text: &str) -> Option<Time> {
    let (_, date) = text.trim().split_once(", ")?;
    strtime::parse("%d %b %Y %H:%M:%S GMT", date).and_then(|parts| parts.to_datetime()).ok().map(Time::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(784_111_777);

    fn until(cache_control: &str, expires: Option<&str>, age: Option<&str>, next_update: Option<i64>) -> Option<i64> {
        let dates = Dates {
            cache_control: cache_control.to_owned(),
            expires: expires.map(str::to_owned),
            date: Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
            age: age.map(str::to_owned),
        };
        fresh_until(&dates, next_update.map(|seconds| NOW.plus(seconds)), NOW).map(|time| time.0 - NOW.0)
    }

    #[test]
    fn a_date_is_read() {
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(NOW));
        assert_eq!(http_date("Fri, 31 Dec 9999 23:59:59 GMT").map(Time::date).as_deref(), Some("9999-12-31"));
        assert_eq!(http_date("0"), None);
    }

    #[test]
    fn the_shorter_of_http_and_next_update_counts() {
        assert_eq!(until("", None, None, None), None);
        assert_eq!(until("max-age=60", None, None, None), Some(60));
        assert_eq!(until("public, Max-Age=60", None, Some("20"), None), Some(40));
        assert_eq!(until("max-age=60", None, Some("60"), None), None);
        assert_eq!(until("max-age=600", None, None, Some(30)), Some(30));
        assert_eq!(until("max-age=30", None, None, Some(600)), Some(30));
        assert_eq!(until("", None, None, Some(600)), Some(600));
        assert_eq!(until("", None, None, Some(-1)), None);
        assert_eq!(until("", Some("Sun, 06 Nov 1994 08:50:37 GMT"), None, None), Some(60));
        assert_eq!(until("", Some("0"), None, Some(600)), None);
        assert_eq!(until("max-age=5", Some("Sun, 06 Nov 1994 08:50:37 GMT"), None, None), Some(5));
        assert_eq!(until("max-age=4000000000", None, None, None), Some(MAX_FRESH));
        assert_eq!(until("max-age=-5", None, None, None), None);
    }

    #[test]
    fn what_is_not_to_be_kept_is_not() {
        assert_eq!(until("no-store, max-age=60", None, None, Some(600)), None);
        assert_eq!(until("no-cache", None, None, Some(600)), None);
    }
}
