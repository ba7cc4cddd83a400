//! When is a certificate valid? What its two times mean where they mean one thing (RFC 5280 4.1.2.5; X.680 46, 47), and how they stand there.

use jiff::civil::DateTime;

use super::elements::{Element, Elements};
use super::{Certificate, Time, hex};

const UTC_TIME: u32 = 23;
const GENERALIZED_TIME: u32 = 24;

/// Bytes of a time that are shown; the longest that RFC 5280 knows has 15.
const MAX_SHOWN: usize = 32;

const DAY: i64 = 86_400;
/// A window shorter than this is said with times of day, and one shorter than an hour with its seconds.
const SHORT: i64 = 2 * DAY;
const BRIEF: i64 = 3_600;

/// A time as it is written: the moment in whole seconds, and whether a fraction of a second follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub seconds: Time,
    pub has_fraction: bool,
}

impl Element<'_> {
    /// It is a Time (RFC 5280 4.1), whatever stands in it.
    pub(super) fn is_time(&self) -> bool {
        self.is(UTC_TIME) || self.is(GENERALIZED_TIME)
    }

    /// What the time means; `None` where its form has no single meaning: a local time without its offset, a month 13.
    pub(super) fn written(&self) -> Option<Written> {
        if !self.is_time() || self.constructed {
            return None;
        }
        let mut digits = Digits(self.content);
        let (year, is_general) = match self.tag {
            GENERALIZED_TIME => (digits.pair()? * 100 + digits.pair()?, true),
            // RFC 5280 4.1.2.5.1
            _ => (Some(digits.pair()?).map(|year| if year < 50 { 2000 + year } else { 1900 + year })?, false),
        };
        let [month, day, hour] = [digits.pair()?, digits.pair()?, digits.pair()?];
        let minute = if is_general { digits.pair() } else { Some(digits.pair()?) };
        let second = minute.and_then(|_| digits.pair());
        let unit = match (minute, second) {
            (None, _) => 3_600,
            (Some(_), None) => 60,
            (Some(_), Some(_)) => 1,
        };
        let (more, has_fraction) = if is_general { digits.fraction(unit)? } else { (0, false) };
        let offset = digits.offset(is_general)?;
        let small = |number: i32| i8::try_from(number).ok();
        let moment = DateTime::new(
            i16::try_from(year).ok()?,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute.unwrap_or(0))?,
            small(second.unwrap_or(0))?,
            0,
        );
        Some(Written { seconds: Time::of(moment.ok()?).plus(more - offset), has_fraction })
    }

    /// Its bytes for a sentence: as text where they are printable ASCII, else in hexadecimal.
    pub(super) fn shown(&self) -> String {
        let shown = self.content.get(..MAX_SHOWN).unwrap_or(self.content);
        let more = if shown.len() < self.content.len() { "..." } else { "" };
        let is_text = shown.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
        if is_text { format!("`{}{more}`", String::from_utf8_lossy(shown)) } else { format!("{}{more}", hex(shown)) }
    }
}

/// What is left of a time's characters.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// Two digits; nothing is taken where they are not there.
    fn pair(&mut self) -> Option<i32> {
        let [tens, ones, rest @ ..] = self.0 else { return None };
        let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
        is_number.then(|| {
            self.0 = rest;
            i32::from(tens - b'0') * 10 + i32::from(ones - b'0')
        })
    }

    /// X.680 46.2: a fraction of the last unit, in whole seconds, and whether there is more than those. `None` where the mark of a fraction
    /// has no digit behind it.
    fn fraction(&mut self, unit: i64) -> Option<(i64, bool)> {
        let Some((b'.' | b',', rest)) = self.0.split_first() else { return Some((0, false)) };
        let count = rest.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let (digits, rest) = rest.split_at_checked(count).filter(|(digits, _)| !digits.is_empty())?;
        self.0 = rest;
        // Long division, digit by digit: nine of them tell every second of an hour, and the rest whether anything is left.
        let told = digits.iter().take(9).fold((0_i64, 1_i64), |(value, scale), digit| (value * 10 + i64::from(digit - b'0'), scale * 10));
        let (value, scale) = (told.0 * unit, told.1);
        let is_uneven = value % scale != 0 || digits.iter().skip(9).any(|digit| *digit != b'0');
        Some((value / scale, is_uneven))
    }

    /// Seconds that the zone is ahead of UTC, to the end. A local time has no zone, and no single meaning.
    fn offset(&mut self, is_general: bool) -> Option<i64> {
        let (sign, rest) = self.0.split_first()?;
        self.0 = rest;
        let sign = match sign {
            b'Z' => return self.0.is_empty().then_some(0),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.pair().filter(|hours| *hours < 24)?;
        // X.680 46.3 (c) lets a GeneralizedTime leave the minutes out.
        let minutes = if is_general && self.0.is_empty() { 0 } else { self.pair().filter(|minutes| *minutes < 60)? };
        self.0.is_empty().then_some(sign * i64::from(hours * 60 + minutes) * 60)
    }
}

impl Certificate {
    /// How notBefore and notAfter stand in the certificate, in printable ASCII; `None` where they are missing.
    pub fn written_validity(&self) -> [Option<String>; 2] {
        let mut times = self.tbs_part(3).map(|validity| validity.children());
        let mut next = || times.as_mut().and_then(Iterator::next).map(|time| time.shown());
        [next(), next()]
    }

    /// The element of the signed part that comes this many behind the version, or first where there is none (RFC 5280 4.1).
    pub(super) fn tbs_part(&self, place: usize) -> Option<Element<'_>> {
        let tbs = Elements { rest: self.bytes(self.tbs), offset: self.tbs.start as usize }.next()?;
        let mut parts = tbs.children().enumerate().skip_while(|(place, part)| *place == 0 && part.is_context(0));
        parts.nth(place).map(|(_, part)| part)
    }
}

/// The UTCTime or GeneralizedTime that `der` is, without a fraction of a second; `None` where that is something else, or has no single
/// meaning.
pub fn read_time(der: &[u8]) -> Option<Time> {
    let mut elements = Elements { rest: der, offset: 0 };
    let time = elements.next().filter(|_| elements.rest.is_empty())?;
    time.written().map(|written| written.seconds)
}

/// `2015-06-04 to 2035-06-04`; with times of day where days would tell too little. What is not known is said to be so.
pub fn window_words(from: impl Into<Option<Time>>, to: impl Into<Option<Time>>) -> String {
    let (from, to) = (from.into(), to.into());
    let length = from.zip(to).map(|(from, to)| to.0.saturating_sub(from.0));
    let words = |time: Option<Time>| match (time, length) {
        (None, _) => "unknown".to_owned(),
        (Some(time), Some(0..BRIEF)) => time.to_string(),
        (Some(time), Some(0..SHORT)) => time.minute(),
        (Some(time), _) => time.date(),
    };
    format!("{} to {}", words(from), words(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &[u8]) -> Option<(String, bool)> {
        let der = [&[tag, u8::try_from(text.len()).unwrap()], text].concat();
        let element = Elements { rest: &der, offset: 0 }.next().unwrap();
        element.written().map(|written| (written.seconds.rfc3339(), written.has_fraction))
    }

    #[test]
    fn what_has_one_meaning_is_known() {
        for (tag, text, moment, has_fraction) in [
            (0x17, "260929140000Z", "2026-09-29T14:00:00Z", false),
            (0x17, "500101000000Z", "1950-01-01T00:00:00Z", false),
            (0x17, "491231235959Z", "2049-12-31T23:59:59Z", false),
            (0x17, "2609291400Z", "2026-09-29T14:00:00Z", false),
            (0x17, "260930000000+1000", "2026-09-29T14:00:00Z", false),
            (0x17, "2609300000+1000", "2026-09-29T14:00:00Z", false),
            (0x17, "260929083000-0530", "2026-09-29T14:00:00Z", false),
            (0x18, "20260929140000Z", "2026-09-29T14:00:00Z", false),
            (0x18, "20260930000000+10", "2026-09-29T14:00:00Z", false),
            (0x18, "20260929140000.5Z", "2026-09-29T14:00:00Z", true),
            (0x18, "20260929140000,000Z", "2026-09-29T14:00:00Z", false),
            (0x18, "202609291400.25Z", "2026-09-29T14:00:15Z", false),
            (0x18, "2026092914.0001Z", "2026-09-29T14:00:00Z", true),
            (0x18, "2026092914Z", "2026-09-29T14:00:00Z", false),
            (0x18, "99991231235959Z", "9999-12-31T23:59:59Z", false),
            (0x18, "00000101000000Z", "0001-01-01T00:00:00Z", false),
        ] {
            assert_eq!(read(tag, text.as_bytes()), Some((moment.to_owned(), has_fraction)), "{text}");
        }
    }

    #[test]
    fn what_has_none_is_not_guessed() {
        for (tag, text) in [
            (0x17, "260929140000"),
            (0x17, "260929140000.5Z"),
            (0x17, "260929240000Z"),
            (0x17, "260929235960Z"),
            (0x17, "261329140000Z"),
            (0x17, "260931140000Z"),
            (0x17, "260229140000Z"),
            (0x17, "260929140000z"),
            (0x17, "260929140000Z "),
            (0x17, "26092914000 Z"),
            (0x17, "260929140000+10"),
            (0x17, "260929140000+2400"),
            (0x17, "2609291Z"),
            (0x17, ""),
            (0x18, "260929140000Z"),
            (0x18, "20260929140000"),
            (0x18, "20260929140000.Z"),
            (0x18, "20260929140000+1"),
            (0x16, "260929140000Z"),
            (0x37, "260929140000Z"),
        ] {
            assert_eq!(read(tag, text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_short_window_is_said_with_its_minutes_and_a_brief_one_with_its_seconds() {
        let from = Time(1_710_288_000);
        assert_eq!(window_words(from, from.plus(90 * DAY)), "2024-03-13 to 2024-06-11");
        assert_eq!(window_words(from, from.plus(SHORT - 1)), "2024-03-13 00:00Z to 2024-03-14 23:59Z");
        assert_eq!(window_words(from, from.plus(600)), "2024-03-13 00:00:00Z to 2024-03-13 00:10:00Z");
        assert_eq!(window_words(from, None), "2024-03-13 to unknown");
    }
}
