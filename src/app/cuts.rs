//! Names that have to share a column: cut so that no two different ones look alike, whatever they are.
//!
//! Where one gap in the middle cannot tell names apart, a second one leaves the place that can; where
//! nothing can, they are numbered. The same names are cut in the same way every time.

use std::collections::{BTreeSet, HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::{Cells as _, distinct_cuts, middle_cut};

/// Cuts names to `width` cells; only where the width leaves no room for a number may two look alike.
pub(super) fn cut_apart(names: &[&str], width: usize) -> Vec<String> {
    let mut cuts = distinct_cuts(names, width);
    let stubborn: BTreeSet<&str> =
        names.iter().zip(&cuts).filter(|(_, cut)| cut.cells() > width).map(|(name, _)| *name).collect();
    if stubborn.is_empty() {
        return cuts;
    }
    let mut taken: HashSet<String> = cuts.iter().filter(|cut| cut.cells() <= width).cloned().collect();
    let start = common_start(&stubborn);
    let mut shown: HashMap<&str, String> = HashMap::new();
    for name in stubborn {
        let numbered = (1..100usize).map(|n| {
            let number = format!("…{n}");
            middle_cut(name, width.saturating_sub(number.cells())) + &number
        });
        let mut candidates = std::iter::once(around(name, start, width)).chain(numbered);
        let cut = candidates.find(|cut| cut.cells() <= width && !taken.contains(cut));
        let cut = cut.unwrap_or_else(|| middle_cut(name, width));
        taken.insert(cut.clone());
        shown.insert(name, cut);
    }
    for (name, cut) in names.iter().zip(&mut cuts) {
        if let Some(shown) = shown.get(name) {
            cut.clone_from(shown);
        }
    }
    cuts
}

/// How many graphemes all names begin with alike.
fn common_start(names: &BTreeSet<&str>) -> usize {
    // In order, the first and the last differ earliest.
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return 0 };
    first.graphemes(true).zip(last.graphemes(true)).take_while(|(a, b)| a == b).count()
}

/// The begin of a name, what stands from a grapheme on, and the end.
fn around(name: &str, start: usize, width: usize) -> String {
    let room = width.saturating_sub(2);
    let (side, middle) = (room / 3, room - 2 * (room / 3));
    let graphemes: Vec<&str> = name.graphemes(true).collect();
    let head = take(graphemes.iter(), side);
    let window = take(graphemes.iter().skip(start), middle);
    let tail: String = graphemes.iter().rev().take(side).rev().copied().collect();
    format!("{head}…{window}…{tail}")
}

fn take<'a>(graphemes: impl Iterator<Item = &'a &'a str>, width: usize) -> String {
    let mut out = String::new();
    for grapheme in graphemes {
        if out.cells() + grapheme.cells() > width {
            break;
        }
        out.push_str(grapheme);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_second_gap_leaves_what_tells_names_apart() {
        let long = "a".repeat(40);
        let names = [format!("{long}-01-{long}"), format!("{long}-02-{long}")];
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(cut_apart(&names, 14), ["aaaa…1-aa…aaaa", "aaaa…2-aa…aaaa"]);
    }

    proptest! {
        #[test]
        fn different_names_never_look_alike(
            names in prop::collection::vec("[ab]{0,8}x{20}[ab]{0,3}x{20}[ab]{0,8}", 1..40), width in 12usize..60,
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let cuts = cut_apart(&names, width);
            let different: HashSet<&&str> = names.iter().collect();
            prop_assert_eq!(cuts.iter().collect::<HashSet<_>>().len(), different.len(), "{:?}", cuts);
            prop_assert!(cuts.iter().all(|cut| cut.cells() <= width), "{:?}", cuts);
        }
    }
}
