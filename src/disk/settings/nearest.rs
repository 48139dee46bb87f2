//! The word that was probably meant.
//!
//! A suggestion is made only when it is closer than chance: one slip for every three letters, two at most.

/// The closest of some words to what was written, if any is close.
pub fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (written.chars().count() / 3).clamp(1, 2);
    let scored = words.into_iter().map(|word| (slips(written, word), word));
    scored.filter(|(slips, _)| *slips <= allowed).min_by_key(|(slips, _)| *slips).map(|(_, word)| word)
}

/// How many letters were added, left out, changed or swapped with their neighbour; case counts for nothing.
fn slips(a: &str, b: &str) -> usize {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                (i, j) => {
                    let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let best = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { best.min(rows[i - 2][j - 2] + 1) } else { best }
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_guess_does_not() {
        let words = ["accounts", "regions", "read_only", "theme"];
        for (written, meant) in [
            ("acounts", Some("accounts")),
            ("reigons", Some("regions")),
            ("Theme", Some("theme")),
            ("read-only", Some("read_only")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, words), meant, "{written}");
        }
    }

    #[test]
    fn the_closest_word_wins() {
        assert_eq!(nearest("us-est-1", ["us-west-1", "us-east-1", "eu-west-1"]), Some("us-west-1"));
        assert_eq!(nearest("us-esat-1", ["us-west-1", "us-east-1"]), Some("us-east-1"));
    }
}
