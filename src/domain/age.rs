//! How old something is, in one short word.

use jiff::Timestamp;

/// The age of a time in its largest fitting unit: `45s`, `58m`, `25h`, `3d`, `14mo`, `3y`; `0s` for what lies ahead.
pub fn age(at: Timestamp, now: Timestamp) -> String {
    const STEPS: [(i64, i64, &str); 5] = [
        (60, 1, "s"),
        (3600, 60, "m"),
        (2 * 86_400, 3600, "h"),
        (60 * 86_400, 86_400, "d"),
        (730 * 86_400, 30 * 86_400, "mo"),
    ];
    let seconds = now.duration_since(at).as_secs().max(0);
    let step = STEPS.iter().find(|(below, _, _)| seconds < *below);
    let (_, unit, name) = step.copied().unwrap_or((0, 365 * 86_400, "y"));
    format!("{}{name}", seconds / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_the_largest_unit_that_says_enough() {
        let now: Timestamp = "2026-11-24T03:00:00Z".parse().expect("a time");
        let table = [
            (0, "0s"),
            (-9, "0s"),
            (59, "59s"),
            (60, "1m"),
            (58 * 60, "58m"),
            (3 * 3600, "3h"),
            (25 * 3600, "25h"),
            (48 * 3600, "2d"),
            (59 * 86_400, "59d"),
            (60 * 86_400, "2mo"),
            (729 * 86_400, "24mo"),
            (730 * 86_400, "2y"),
        ];
        for (seconds, expect) in table {
            let at = Timestamp::from_second(now.as_second() - seconds).expect("a time");
            assert_eq!(age(at, now), expect);
        }
    }
}
