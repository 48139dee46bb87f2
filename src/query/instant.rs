//! Times as numbers, to be compared many at once.

use jiff::Timestamp;

/// How new data is whose time is not known.
pub(super) const UNKNOWN: u64 = u64::MAX;

/// How new data is that is of this time: the smaller, the newer; the largest when that is not known.
pub(super) fn freshness(at: Option<Timestamp>) -> u64 {
    at.map_or(UNKNOWN, |at| !instant(at))
}

/// A time as a number that grows with it, to the microsecond.
pub(super) fn instant(at: Timestamp) -> u64 {
    at.as_microsecond().cast_unsigned() ^ (1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_newer_is_smaller_and_what_is_not_known_is_last() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a time"));
        let times = [
            at("2026-11-24T03:00:00.000002Z"),
            at("2026-11-24T03:00:00.000001Z"),
            at("1960-01-01T00:00:00Z"),
            None,
        ];
        assert!(times.map(freshness).is_sorted());
        assert!(times.map(freshness).windows(2).all(|pair| pair[0] < pair[1]));
    }
}
