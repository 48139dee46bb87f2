//! Text that has to fit a width: its middle goes, and two different names never look alike.
//!
//! Widths are columns of a terminal; no grapheme is cut in two. The texts are harmless already (see [`Shown`](super::Shown)).

use std::collections::{HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

/// How much room text takes on a terminal.
pub trait Cells {
    /// The columns that it takes, as it is drawn: one grapheme after the other. As a whole it may be narrower by the
    /// book (`لا` is one letter), which no terminal shows.
    fn cells(&self) -> usize;
}

impl Cells for str {
    fn cells(&self) -> usize {
        if self.is_ascii() { self.len() } else { self.graphemes(true).map(UnicodeWidthStr::width).sum() }
    }
}

/// What stands for the part that was cut.
pub const ELLIPSIS: &str = "…";

/// What stands for it where only ASCII is shown.
pub const ASCII_ELLIPSIS: &str = "..";

/// Cuts the middle out of a text that is wider than `width` columns, and puts `…` there.
pub fn middle_cut(text: &str, width: usize) -> String {
    middle_cut_with(text, width, ELLIPSIS)
}

/// Cuts the middle out of a text that is wider than `width` columns, and puts `mark` there.
pub fn middle_cut_with(text: &str, width: usize, mark: &str) -> String {
    if text.cells() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(mark.cells());
    cut(text, room - room / 2, width, mark)
}

/// Cuts names to `width` columns so that no two different ones look alike, and puts `…` where something went.
///
/// Where the width leaves no way to tell two names apart, these stay whole.
pub fn distinct_cuts(names: &[&str], width: usize) -> Vec<String> {
    distinct_cuts_with(names, width, ELLIPSIS)
}

/// Cuts names as [`distinct_cuts`] does, with a mark of the caller's.
pub fn distinct_cuts_with(names: &[&str], width: usize, mark: &str) -> Vec<String> {
    let room = width.saturating_sub(mark.cells());
    let mut cuts: HashMap<&str, String> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut open: Vec<&str> = Vec::new();
    for name in names {
        if name.cells() > width {
            open.push(name);
        } else {
            taken.insert((*name).to_owned());
        }
    }
    open.sort_unstable();
    open.dedup();
    // The balanced cut for all that it tells apart; then more and more to one side for the rest.
    for head in heads(room) {
        let tried: Vec<String> = open.iter().map(|name| cut(name, head, width, mark)).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for shown in &tried {
            *uses.entry(shown).or_default() += 1;
        }
        let is_free = |shown: &String| uses[shown.as_str()] == 1 && !taken.contains(shown);
        let (free, alike): (Vec<_>, Vec<_>) = open.iter().zip(&tried).partition(|(_, shown)| is_free(shown));
        let alike = alike.into_iter().map(|(name, _)| *name).collect();
        let free: Vec<(&str, String)> =
            free.into_iter().map(|(name, shown)| (*name, shown.clone())).collect();
        taken.extend(free.iter().map(|(_, shown)| shown.clone()));
        cuts.extend(free);
        open = alike;
        if open.is_empty() {
            break;
        }
    }
    names.iter().map(|name| cuts.get(name).cloned().unwrap_or_else(|| (*name).to_owned())).collect()
}

/// How many columns the head may have out of `room`: half of them, then more and more to either side.
fn heads(room: usize) -> impl Iterator<Item = usize> {
    let half = room - room / 2;
    (0..=half).flat_map(move |step| [half - step, (half + step).min(room)])
}

/// The begin of a text in at most `head` columns, the mark, and as much of the end as fits.
fn cut(text: &str, head: usize, width: usize, mark: &str) -> String {
    if width < mark.cells() {
        return mark.graphemes(true).take(width).collect();
    }
    let begin = take(text.graphemes(true), head);
    let end = take(text.graphemes(true).rev(), (width - mark.cells()).saturating_sub(head));
    begin.into_iter().chain([mark]).chain(end.into_iter().rev()).collect()
}

fn take<'a>(graphemes: impl Iterator<Item = &'a str>, width: usize) -> Vec<&'a str> {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += grapheme.cells();
        used <= width
    };
    graphemes.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_middle_goes_and_both_ends_stay() {
        assert_eq!(middle_cut("orders-prod-2026-11-24", 11), "order…11-24");
        assert_eq!(middle_cut("orders", 6), "orders");
        assert_eq!(middle_cut_with("orders-prod-2026-11-24", 10, ASCII_ELLIPSIS), "orde..1-24");
        assert_eq!((middle_cut("orders", 1).as_str(), middle_cut("orders", 0).as_str()), ("…", ""));
    }

    #[test]
    fn wide_characters_and_joined_ones_are_cut_as_a_whole() {
        assert_eq!(middle_cut("注文データベース", 9), "注文…ース");
        assert_eq!(middle_cut("e\u{301}e\u{301}e\u{301}e\u{301}", 3), "e\u{301}…e\u{301}");
    }

    #[test]
    fn names_that_differ_in_the_middle_still_look_different() {
        let names = [
            "orders-prod-2026-11-24-before-a",
            "orders-prod-2025-11-24-before-a",
            "orders-prod-2024-11-24-before-a",
        ];
        let cuts = distinct_cuts(&names, 20);
        assert_eq!(cuts.iter().collect::<HashSet<_>>().len(), 3, "{cuts:?}");
        assert!(cuts.iter().all(|cut| cut.cells() <= 20), "{cuts:?}");
    }

    #[test]
    fn what_no_cut_can_tell_apart_stays_whole() {
        let names = ["aaaaaaaaaaXaaaaaaaaaa", "aaaaaaaaaaYaaaaaaaaaa", "b"];
        assert_eq!(distinct_cuts(&names, 7), names);
    }

    #[test]
    fn a_cut_never_looks_like_a_name_that_is_whole() {
        let cuts = distinct_cuts(&["ab…yz", "abcdefwxyz"], 5);
        assert_ne!(cuts[0], cuts[1]);
    }

    proptest! {
        #[test]
        fn a_cut_fits(text in "[a-z注é\u{301}-]{0,30}", width in 0usize..20) {
            prop_assert!(middle_cut(&text, width).cells() <= width);
            prop_assert!(middle_cut_with(&text, width, ASCII_ELLIPSIS).cells() <= width);
        }

        #[test]
        fn different_names_look_different(names in prop::collection::vec("[ab]{1,12}|[ab…]{1,4}", 0..12), width in 0usize..8) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let cuts = distinct_cuts(&names, width);
            for (a, cut_a) in names.iter().zip(&cuts) {
                for (b, cut_b) in names.iter().zip(&cuts) {
                    prop_assert_eq!(a == b, cut_a == cut_b, "{} {} {} {}", a, b, cut_a, cut_b);
                }
            }
        }
    }
}
