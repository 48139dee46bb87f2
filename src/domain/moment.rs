//! A time that may not be known, in as little room as one that is.

use jiff::Timestamp;

/// When something happened, to the microsecond; or that this is not known.
///
/// A hundred thousand rows have two each, and an `Option<Timestamp>` is three times as large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment(i64);

impl Moment {
    /// That it is not known.
    pub const UNKNOWN: Self = Self(i64::MIN);

    /// The time, where it is known; the last second that a [`Timestamp`] can tell (in the year 9999) is not.
    pub fn get(self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.0).ok()
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at.as_microsecond())
    }
}

impl From<Option<Timestamp>> for Moment {
    fn from(at: Option<Timestamp>) -> Self {
        at.map_or(Self::UNKNOWN, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_that_aws_can_tell_comes_back() {
        let told = ["2026-11-24T02:05:00.123Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z"];
        let told = told.map(|text| text.parse::<Timestamp>().expect("a time"));
        for at in told.into_iter().chain([Timestamp::MIN, Timestamp::UNIX_EPOCH]) {
            assert_eq!(Moment::from(at).get(), Some(at));
        }
    }

    #[test]
    fn what_is_not_known_is_no_time() {
        for unknown in [None, Some(Timestamp::MAX)] {
            assert_eq!(Moment::from(unknown).get(), None);
        }
        assert_eq!(size_of::<Moment>(), 8);
    }
}
