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
