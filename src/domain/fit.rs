//! Text that has to fit a width: its middle goes, and two different names never look alike.
//!
//! Widths are columns of a terminal; a grapheme is never cut in two. The texts are harmless already (see [`Shown`](super::Shown)).

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

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
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(mark.width());
    cut_at(text, room - room / 2, room / 2, mark, width)
}

/// Cuts names to `width` columns so that no two different ones look alike, and puts `…` where something went.
pub fn distinct_cuts(names: &[&str], width: usize) -> Vec<String> {
    distinct_cuts_with(names, width, ELLIPSIS)
}

/// Cuts names as [`distinct_cuts`] does, with a mark of the caller's.
pub fn distinct_cuts_with(names: &[&str], width: usize, mark: &str) -> Vec<String> {
    let cut: Vec<String> = names.iter().map(|name| middle_cut_with(name, width, mark)).collect();
    let different: HashSet<&&str> = names.iter().collect();
    let shown: HashSet<&String> = cut.iter().collect();
    if shown.len() == different.len() { cut } else { names.iter().map(|&name| name.to_owned()).collect() }
}

/// The first `head` and the last `tail` columns of a text around the mark.
fn cut_at(text: &str, head: usize, tail: usize, mark: &str, width: usize) -> String {
    if width < mark.width() {
        return mark.chars().take(width).collect();
    }
    let begin = take(text.graphemes(true), head);
    let end: Vec<&str> = take(text.graphemes(true).rev(), tail).into_iter().rev().collect();
    begin.concat() + mark + &end.concat()
}

fn take<'a>(graphemes: impl Iterator<Item = &'a str>, width: usize) -> Vec<&'a str> {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += grapheme.width();
            used <= width
        })
        .collect()
}
