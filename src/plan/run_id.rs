//! The name of a run.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::Shown;

/// The name of a run for people, as `261124-031502-k3f`: when it was begun in UTC, and three characters by chance.
///
/// Ids of this century sort by the second in which their runs were begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId {
    /// The twelve digits of the time.
    time: u64,
    /// Fifteen bits.
    tail: u16,
}

/// A text that is not the id of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRunId(pub Shown);

/// The digits of Crockford's base 32: nothing in them can be mistaken for another.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl RunId {
    /// The id of a run that is begun now; `chance` keeps apart what is begun in the same second.
    pub fn new(begun: Timestamp, chance: u64) -> Self {
        let utc = TimeZone::UTC.to_datetime(begun);
        let year = utc.year().rem_euclid(100);
        let parts = [
            i64::from(year),
            i64::from(utc.month()),
            i64::from(utc.day()),
            i64::from(utc.hour()),
            i64::from(utc.minute()),
            i64::from(utc.second()),
        ];
        let time = parts.into_iter().fold(0, |time, part| time * 100 + part.unsigned_abs());
        let tail = u16::try_from(chance & 0x7fff).expect("BUG: fifteen bits fit sixteen");
        Self { time, tail }
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.time / 1_000_000, self.time % 1_000_000);
        let digit = |shift: u16| char::from(DIGITS[usize::from((self.tail >> shift) & 31)]);
        f.pad(&format!("{day:06}-{second:06}-{}{}{}", digit(10), digit(5), digit(0)))
    }
}

impl FromStr for RunId {
    type Err = BadRunId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadRunId(text.into());
        let digits = |text: &str| {
            let all = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
            all.then(|| text.parse::<u64>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let (Some(day), Some(second), Some(tail), None) =
            (parts.next().and_then(digits), parts.next().and_then(digits), parts.next(), parts.next())
        else {
            return Err(bad());
        };
        let digit = |b: u8| DIGITS.iter().position(|own| *own == b).and_then(|n| u16::try_from(n).ok());
        let tail = match tail.as_bytes() {
            [_, _, _] => tail.bytes().try_fold(0_u16, |tail, b| Some((tail << 5) | digit(b)?)),
            _ => None,
        };
        Ok(Self { time: day * 1_000_000 + second, tail: tail.ok_or_else(bad)? })
    }
}

impl fmt::Display for BadRunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not the id of a run: they look like 261124-031502-k3f", self.0)
    }
}

impl std::error::Error for BadRunId {}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn an_id_is_short_and_sorts_by_time() {
        let id = RunId::new(at("2026-11-24T03:15:02.9Z"), 0x1234_0000_0c6e);
        assert_eq!(id.to_string(), "261124-031502-33e");
        assert_eq!(id.to_string().parse(), Ok(id));
        let later = RunId::new(at("2026-11-24T03:15:03Z"), 0);
        assert!(id < later && id.to_string() < later.to_string());
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for bad in [
            "",
            "261124-031502",
            "261124-031502-k3",
            "261124-031502-k3u",
            "261124-031502-k3ff",
            "261124-031502-k3f-",
            "26112-4031502-k3f",
            "+61124-031502-k3f",
            "261124-031502-K3F",
        ] {
            assert!(bad.parse::<RunId>().is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_id_is_read_as_it_is_shown(second in 0_i64..4_000_000_000, chance: u64) {
            let id = RunId::new(Timestamp::from_second(second).expect("a time"), chance);
            proptest::prop_assert_eq!(id.to_string().parse(), Ok(id));
        }
    }
}
