//! Ages, sizes and dates of the filter language, and their comparison with what is known of a row.
//!
//! A quantity that is typed is a span: `3h` without a sign is every age from three hours up to four, `2026-11` every
//! moment of the month. `>` is beyond its end, `<` before its begin. Dates are of UTC.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::Shown;

use super::field::Measure;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MIB_OF_GIB: i64 = 1024;

/// The units of age, as they are written, in seconds.
const AGES: [(&str, i64); 8] = [
    ("s", 1),
    ("m", MINUTE),
    ("min", MINUTE),
    ("h", HOUR),
    ("d", DAY),
    ("w", 7 * DAY),
    ("mo", 30 * DAY),
    ("y", 365 * DAY),
];

/// The units of size, as they are written, in MiB; TB and GB are meant as AWS's console means them.
const SIZES: [(&str, i64); 7] = [
    ("", MIB_OF_GIB),
    ("g", MIB_OF_GIB),
    ("gb", MIB_OF_GIB),
    ("gib", MIB_OF_GIB),
    ("t", 1024 * MIB_OF_GIB),
    ("tb", 1024 * MIB_OF_GIB),
    ("tib", 1024 * MIB_OF_GIB),
];

/// A comparison with something typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comparison {
    scale: Scale,
    sign: Sign,
    /// Where the span begins.
    from: i64,
    /// Where it ends; not part of it.
    to: i64,
}

/// What is compared, and in what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Seconds before now.
    Age,
    /// Seconds of the clock.
    Clock,
    /// MiB.
    Size,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Within,
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// What is known of a row, to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A time, and the time now.
    Time(Timestamp, Timestamp),
    /// A size in GiB.
    Size(u32),
}

impl Comparison {
    /// Reads what stands after the colon; else says what is wrong with it.
    pub(super) fn parse(measure: Measure, text: &str) -> Result<Self, String> {
        let (sign, rest) = match text.as_bytes() {
            [b'>', b'=', ..] => (Sign::AtLeast, &text[2..]),
            [b'<', b'=', ..] => (Sign::AtMost, &text[2..]),
            [b'>', ..] => (Sign::Above, &text[1..]),
            [b'<', ..] => (Sign::Below, &text[1..]),
            _ => (Sign::Within, text),
        };
        let rest = rest.trim().to_ascii_lowercase();
        let span = match measure {
            Measure::Size => counted(&rest, &SIZES).map(|(from, _)| (Scale::Size, from, from + 1)),
            Measure::Age => age(&rest, sign),
            Measure::Data | Measure::Created => age(&rest, sign).or_else(|| date(&rest)),
        };
        let (scale, from, to) = span.ok_or_else(|| {
            let shown = Shown::from(rest.as_str());
            match measure {
                Measure::Size => format!("\"{shown}\" is not a size: write GiB as 500, or 2tib"),
                Measure::Age => {
                    format!("\"{shown}\" is not an age: write a number and one of s m h d w mo y, as 30d")
                }
                Measure::Data | Measure::Created => {
                    format!("\"{shown}\" is neither a date nor an age: write 2026-11-01, 2026-11 or 30d")
                }
            }
        })?;
        Ok(Self { scale, sign, from, to })
    }

    /// Whether the answer changes while time passes.
    pub(super) fn ages(&self) -> bool {
        self.scale == Scale::Age
    }

    pub(super) fn holds(&self, known: Known) -> bool {
        let value = match (known, self.scale) {
            (Known::Time(at, now), Scale::Age) => now.as_second() - at.as_second(),
            (Known::Time(at, _), Scale::Clock) => at.as_second(),
            (Known::Size(gib), Scale::Size) => i64::from(gib) * MIB_OF_GIB,
            // A field gives the one that its comparisons were read for.
            (Known::Time(..), Scale::Size) | (Known::Size(_), Scale::Age | Scale::Clock) => return false,
        };
        match self.sign {
            Sign::Within => (self.from..self.to).contains(&value),
            Sign::Above => value >= self.to,
            Sign::AtLeast => value >= self.from,
            Sign::Below => value < self.from,
            Sign::AtMost => value < self.to,
        }
    }
}

/// An age in seconds: a whole unit when it stands alone, a moment when it is compared.
fn age(text: &str, sign: Sign) -> Option<(Scale, i64, i64)> {
    let (from, unit) = counted(text, &AGES)?;
    let long = if sign == Sign::Within { unit } else { 1 };
    Some((Scale::Age, from, from.checked_add(long)?))
}

/// A number, perhaps with decimals, times its unit; and the unit.
fn counted(text: &str, units: &[(&str, i64)]) -> Option<(i64, i64)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, name) = text.split_at(end);
    let (_, unit) = units.iter().find(|(unit, _)| *unit == name.trim_start())?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let places = u32::try_from(decimals.len()).ok().filter(|places| *places <= 6)?;
    let part = decimals.parse::<i64>().ok()?.checked_mul(*unit)? / 10_i64.pow(places);
    let sum = whole.parse::<i64>().ok()?.checked_mul(*unit)?.checked_add(part)?;
    // A margin, so that no sum with it can overflow.
    (sum < i64::MAX / 4).then_some((sum, *unit))
}

/// A day, a month, a year or a moment to the second or minute, in UTC.
fn date(text: &str) -> Option<(Scale, i64, i64)> {
    let span = |from: Date, to: Date| {
        let second =
            |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok().map(Timestamp::as_second);
        Some((Scale::Clock, second(from)?, second(to)?))
    };
    if let Some((day, clock)) = text.split_once('t') {
        let (Scale::Clock, begin, _) = date(day).filter(|_| day.len() == 10)? else { return None };
        let mut parts = clock.trim_end_matches('z').split(':');
        let mut next = |below: i64| match parts.next() {
            Some(part) if part.len() == 2 => {
                part.parse::<i64>().ok().filter(|n| (0..below).contains(n)).map(Some)
            }
            Some(_) => None,
            None => Some(None),
        };
        let (hour, minute, second) = (next(24)??, next(60)??, next(60)?);
        let from = begin + hour * HOUR + minute * MINUTE + second.unwrap_or(0);
        let whole = parts.next().is_none();
        return whole.then_some((Scale::Clock, from, from + if second.is_some() { 1 } else { MINUTE }));
    }
    let numbers: Vec<i16> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let short = |n: i16| i8::try_from(n).ok();
    match (numbers[..].first()?, text.len()) {
        (1970..=9000, 4) if numbers.len() == 1 => {
            span(Date::new(numbers[0], 1, 1).ok()?, Date::new(numbers[0] + 1, 1, 1).ok()?)
        }
        (1970..=9000, 7) if numbers.len() == 2 => {
            let first = Date::new(numbers[0], short(numbers[1])?, 1).ok()?;
            span(first, first.last_of_month().tomorrow().ok()?)
        }
        (1970..=9000, 10) if numbers.len() == 3 => {
            let day = Date::new(numbers[0], short(numbers[1])?, short(numbers[2])?).ok()?;
            span(day, day.tomorrow().ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[track_caller]
    fn check(measure: Measure, text: &str, known: Known, expect: bool) {
        let comparison = Comparison::parse(measure, text).expect("a quantity");
        assert_eq!(comparison.holds(known), expect, "{text}");
    }

    #[test]
    fn ages_compare_to_the_second_and_alone_by_their_unit() {
        let now = at("2026-11-24T03:00:00Z");
        let old = |seconds: i64| {
            Known::Time(Timestamp::from_second(now.as_second() - seconds).expect("a time"), now)
        };
        let table = [
            (">30d", 30 * DAY, false),
            (">30d", 30 * DAY + 1, true),
            (">=30d", 30 * DAY, true),
            ("<12h", 12 * HOUR, false),
            ("<12h", 12 * HOUR - 1, true),
            ("<=12h", 12 * HOUR, true),
            ("3h", 3 * HOUR + 59 * MINUTE, true),
            ("3h", 4 * HOUR, false),
            ("1.5h", HOUR + 30 * MINUTE, true),
            (">1y", 365 * DAY, false),
            (">2w", 15 * DAY, true),
            (">1mo", 31 * DAY, true),
            (">90m", 2 * HOUR, true),
            ("<5min", 200, true),
            ("<30S", 29, true),
            ("<1h", -5, true),
        ];
        for (text, seconds, expect) in table {
            check(Measure::Age, text, old(seconds), expect);
        }
    }

    #[test]
    fn dates_are_spans_and_before_and_after_leave_them_out() {
        let now = at("2026-11-24T03:00:00Z");
        let table = [
            (">2026-11-01", "2026-11-01T23:59:59Z", false),
            (">2026-11-01", "2026-11-02T00:00:00Z", true),
            (">=2026-11-01", "2026-11-01T00:00:00Z", true),
            ("<2026-11-01", "2026-10-31T23:59:59Z", true),
            ("<2026-11-01", "2026-11-01T00:00:00Z", false),
            ("<=2026-11-01", "2026-11-01T23:59:59Z", true),
            ("2026-11", "2026-11-30T23:59:59Z", true),
            ("2026-11", "2026-12-01T00:00:00Z", false),
            ("2026", "2026-01-01T00:00:00Z", true),
            (">=2026-11-01T12:30Z", "2026-11-01T12:30:00Z", true),
            ("<2026-11-01T12:30:10", "2026-11-01T12:30:09Z", true),
            (">30d", "2026-10-01T00:00:00Z", true),
        ];
        for (text, time, expect) in table {
            check(Measure::Created, text, Known::Time(at(time), now), expect);
        }
    }

    #[test]
    fn sizes_count_in_gib_unless_a_unit_says_more() {
        let table = [
            ("<500", 499, true),
            ("<500", 500, false),
            (">1tib", 1024, false),
            (">1tib", 1025, true),
            (">=1.5T", 1536, true),
            ("500", 500, true),
            ("500gib", 501, false),
        ];
        for (text, gib, expect) in table {
            check(Measure::Size, text, Known::Size(gib), expect);
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in [
            "",
            ">",
            "30",
            "d",
            "30x",
            "1..2d",
            ".5d",
            "99999999999999999999d",
            "9223372036854775807s",
            "2026-11-01",
        ] {
            assert!(Comparison::parse(Measure::Age, text).is_err(), "{text}");
        }
        for text in [
            "2026-13-01",
            "2026-02-30",
            "26-11-01",
            "2026-11-1",
            "2026-11-01T25:00",
            "2026-11-01Tx",
            "2026-",
            "-2026",
        ] {
            assert!(Comparison::parse(Measure::Created, text).is_err(), "{text}");
        }
        for text in ["-5", "1e3", "5mib", "5 0"] {
            assert!(Comparison::parse(Measure::Size, text).is_err(), "{text}");
        }
    }
}
