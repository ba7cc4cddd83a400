//! A point in time, to the second, as certificates carry it (RFC 5280 4.1.2.5); and the ways a person may write one.

use std::fmt;

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::{SignedDuration, Span};

/// Seconds since 1970-01-01T00:00:00Z. Arithmetic saturates, so that 9999-12-31 plus a day is still a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time(pub i64);

/// Why a text is no time for `Time::parse`; the text is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    #[error("`{text}` is not a time: expected `2021-10-01`, `2021-10-01T12:00:00Z`, `now`, `+30d` or `-12h`")]
    Form { text: String },
    /// RFC 5280 4.1.2.5 can write no other years.
    #[error("`{text}` is out of range: expected a time in the years 0001 to 9999, and an offset that stays within them")]
    Range { text: String },
}

/// What can be shown: the years 1 to 9999.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;

impl Time {
    /// This many seconds later (negative: earlier), within the years 1 to 9999.
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds).clamp(FIRST, LAST))
    }

    /// This time, `months` later (negative: earlier), on the same day or the month's last.
    pub fn plus_months(self, months: i32) -> Self {
        let later = Span::new().try_months(months).and_then(|months| self.moment().checked_add(months));
        later.map_or(self, |later| Self::of(later).plus(0))
    }

    /// `2021-10-01`, in UTC.
    pub fn date(self) -> String {
        let moment = self.moment();
        format!("{:04}-{:02}-{:02}", moment.year(), moment.month(), moment.day())
    }

    /// `2026-03-19 08:00Z`.
    pub fn minute(self) -> String {
        let moment = self.moment();
        format!("{} {:02}:{:02}Z", self.date(), moment.hour(), moment.minute())
    }

    /// `2021-10-01T12:00:00Z`.
    pub fn rfc3339(self) -> String {
        format!("{}Z", self.moment())
    }

    /// Reads `2021-10-01` (midnight UTC), RFC 3339, `now`, or an offset from `now` such as `+30d`, `-12h`, `+2y`.
    pub fn parse(text: &str, now: Time) -> Result<Self, TimeError> {
        let text = text.trim();
        let error = || TimeError::Form { text: crate::cert::escape(text) };
        let beyond = || TimeError::Range { text: crate::cert::escape(text) };
        if text == "now" {
            return Ok(now);
        }
        if text.starts_with(['+', '-']) {
            let seconds = offset(text).ok_or_else(error)?;
            let to = seconds.and_then(|seconds| now.0.checked_add(seconds)).ok_or_else(beyond)?;
            return if (FIRST..=LAST).contains(&to) { Ok(Self(to)) } else { Err(beyond()) };
        }
        let digits = text.as_bytes();
        // jiff takes fewer digits than RFC 3339 does, and a sign.
        let is_dated = digits.len() >= 10
            && digits[..10].iter().enumerate().all(|(place, byte)| match place {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_dated {
            return Err(error());
        }
        if let Ok(date) = strtime::parse("%Y-%m-%d", text).and_then(|parts| parts.to_date()) {
            return Ok(Self::of(date.into()).plus(0));
        }
        let mut spaced = text.replacen([' ', 't'], "T", 1);
        if let Some(utc) = spaced.strip_suffix(['Z', 'z']) {
            spaced = format!("{utc}+00:00");
        }
        // Not as a timestamp: jiff's end before the last of 9999, which means that there is no end (RFC 5280 4.1.2.5).
        let parts = strtime::parse("%Y-%m-%dT%H:%M:%S%.f%:z", &spaced).map_err(|_| error())?;
        let (moment, offset) = parts.to_datetime().ok().zip(parts.offset()).ok_or_else(error)?;
        Ok(Self::of(moment).plus(-i64::from(offset.seconds())))
    }

    /// What a calendar and a clock in UTC show, to the second.
    pub(crate) fn of(moment: DateTime) -> Self {
        Self(moment.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs())
    }

    fn moment(self) -> DateTime {
        DateTime::constant(1970, 1, 1, 0, 0, 0, 0).saturating_add(SignedDuration::from_secs(self.0.clamp(FIRST, LAST)))
    }
}

/// Seconds, `None` where they are more than can be counted; nothing where the text is no offset.
fn offset(text: &str) -> Option<Option<i64>> {
    let unit = text.chars().last()?;
    let number = text.get(..text.len() - unit.len_utf8())?;
    let digits = number.strip_prefix(['+', '-'])?;
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        'y' => 365 * 86_400,
        _ => return None,
    };
    Some(number.parse().ok().and_then(|count: i64| count.checked_mul(seconds)))
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = self.moment();
        write!(f, "{} {:02}:{:02}:{:02}Z", self.date(), moment.hour(), moment.minute(), moment.second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Time = Time(1_633_089_600);

    #[test]
    fn every_written_form_is_read() {
        let read = |text| Time::parse(text, NOON).map(Time::rfc3339);
        assert_eq!(read("2021-10-01").as_deref(), Ok("2021-10-01T00:00:00Z"));
        assert_eq!(read("2021-10-01T12:00:00Z").as_deref(), Ok("2021-10-01T12:00:00Z"));
        assert_eq!(read("2021-10-01 14:00:00+02:00").as_deref(), Ok("2021-10-01T12:00:00Z"));
        assert_eq!(read("2021-10-01t12:00:00.9z").as_deref(), Ok("2021-10-01T12:00:00Z"));
        assert_eq!(read("9999-12-31T23:59:59Z").as_deref(), Ok("9999-12-31T23:59:59Z"));
        assert_eq!(read("0001-01-01T00:00:00+01:00").as_deref(), Ok("0001-01-01T00:00:00Z"));
        assert_eq!(read("now").as_deref(), Ok("2021-10-01T12:00:00Z"));
        assert_eq!(read("+30d").as_deref(), Ok("2021-10-31T12:00:00Z"));
        assert_eq!(read("-12h").as_deref(), Ok("2021-10-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_time_says_what_was_expected() {
        for text in [
            "",
            "+",
            "+d",
            "yesterday",
            "2021-13-01",
            "+3é",
            "2021-10-01T",
            "2021-10-01T12:00",
            "2021-10-01T12:00:00",
            "21-10-01",
            "2021-1-1",
            "2021-02-30",
        ] {
            let error = Time::parse(text, NOON).unwrap_err().to_string();
            assert!(error.contains("expected `2021-10-01`"), "{error}");
        }
    }

    #[test]
    fn the_end_of_time_does_not_overflow() {
        assert_eq!(Time(i64::MAX).plus(1).rfc3339(), "9999-12-31T23:59:59Z");
        assert_eq!((Time(i64::MIN).rfc3339(), Time(-1).rfc3339()), ("0001-01-01T00:00:00Z".to_owned(), "1969-12-31T23:59:59Z".to_owned()));
        assert_eq!(Time(LAST).plus_months(1).rfc3339(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn an_offset_beyond_the_years_that_can_be_written_is_refused_with_the_range() {
        for text in ["+99999999d", "-99999999d", "+9223372036854775807y", "+99999999999999999999s"] {
            let error = Time::parse(text, NOON).unwrap_err();
            assert_eq!(error, TimeError::Range { text: text.to_owned() });
            assert!(error.to_string().contains("0001 to 9999"), "{error}");
        }
        assert_eq!(Time::parse("+7978y", NOON).map(Time::date).as_deref(), Ok("9994-06-15"));
        assert!(matches!(Time::parse("++3d", NOON), Err(TimeError::Form { .. })));
    }

    #[test]
    fn months_keep_the_day_where_they_can() {
        let end_of_march = Time::parse("2021-03-31", NOON).unwrap();
        assert_eq!(end_of_march.plus_months(-1).date(), "2021-02-28");
        assert_eq!(end_of_march.plus_months(10).date(), "2022-01-31");
    }
}
