//! The help: every chord of the live table, those of the place it was asked from first.

use crate::input::{Action, Binding, Context, Group, Keymap};

use super::super::deck::Deck;
use super::super::layout::Rect;
use super::super::prose::{Block, Line, Piece, Tone, lay_out};
use super::{Press, Reply, Scroll, Sheet, whole};

/// The help.
#[derive(Debug, Clone)]
pub(in super::super) struct Help {
    asked_from: Context,
    scroll: Scroll,
}

impl Help {
    /// The help, asked for from a context.
    pub(in super::super) fn new(asked_from: Context) -> Self {
        Self { asked_from, scroll: Scroll::default() }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, keymap: &Keymap) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        if action == Action::Back {
            return Reply::Close;
        }
        if let Some(layout) = deck.layout() {
            let inner = whole(layout.body).inner();
            let lines = self.lines(keymap, usize::from(inner.width)).len();
            self.scroll.press(action, lines, usize::from(inner.height));
        }
        Reply::Stay
    }

    pub(super) fn sheet(&self, body: Rect, keymap: &Keymap) -> Sheet {
        let area = whole(body);
        let inner = area.inner();
        let lines = self.lines(keymap, usize::from(inner.width));
        let (lines, foot) = self.scroll.window(lines, usize::from(inner.height));
        Sheet { title: "Help".to_owned(), foot, area, lines, at: None, entry: None }
    }

    fn lines(&self, keymap: &Keymap, width: usize) -> Vec<Line> {
        lay_out(&blocks(keymap, self.asked_from), width)
    }
}

/// All groups, those of a context first, each with its bindings.
pub(in super::super) fn blocks(keymap: &Keymap, asked_from: Context) -> Vec<Block> {
    let here = asked_from.groups();
    let rest = Group::ALL.into_iter().filter(|group| !here.contains(group));
    let mut out = Vec::new();
    for group in here.iter().copied().chain(rest) {
        if !out.is_empty() {
            out.push(Block::Blank);
        }
        out.push(Block::heading(group.title()));
        out.extend(keymap.group(group).map(entry));
    }
    out.push(Block::Blank);
    out.push(Block::heading("The filter"));
    for (label, text) in FILTER {
        out.push(Block::field(label, text));
    }
    out.push(Block::Blank);
    out.push(Block::heading("The table"));
    for (label, text) in SIGNS {
        out.push(Block::field(label, text));
    }
    out
}

fn entry(binding: &Binding) -> Block {
    let chords: Vec<String> = binding.chords.iter().map(ToString::to_string).collect();
    Block::Field {
        label: format!("  {}", chords.join(" ")),
        value: vec![Piece::new(Tone::Plain, binding.action.sentence())],
    }
}

const FILTER: [(&str, &str); 5] = [
    ("  orders dr", "Both words occur somewhere; !word must not."),
    ("  enc:none,aws/rds", "The encryption is one of these."),
    ("  engine:aurora*", "* stands for any text, ? for one character."),
    ("  age:>30d size:<500", "Data older than 30 days, less than 500 GiB; what is not known never matches."),
    ("  tag:env=prod", "The tag env has the value prod."),
];

const SIGNS: [(&str, &str); 8] = [
    ("  C", "A cluster snapshot: Aurora, Multi-AZ cluster, Neptune, DocumentDB."),
    ("  ~", "The last reading of its region has not seen it (yet): it may be gone."),
    ("  AGE", "The age of the data, not of the copy."),
    ("  2 acc, 1?", "Shared with two accounts, one of them neither yours nor known."),
    ("  -", "Cannot be shared as it is; or a size that AWS does not tell."),
    ("  ...  ?", "Not asked yet; not known, for instance refused."),
    ("  kms ?", "Encrypted under a key that could not be described."),
    ("  OFF  DEL", "Its key is disabled; its key will be deleted."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binding_is_in_the_help_wherever_it_is_asked_from() {
        let moved = [("refresh".to_owned(), "F5".to_owned())];
        for keymap in [Keymap::default(), Keymap::with(&moved).expect("a keymap")] {
            for context in Context::ALL {
                let blocks = blocks(&keymap, context);
                for binding in keymap.bindings() {
                    assert!(blocks.contains(&entry(binding)), "{context:?} {binding:?}");
                }
            }
        }
    }

    #[test]
    fn what_works_here_comes_first() {
        let blocks = blocks(&Keymap::default(), Context::Tree);
        assert_eq!(blocks[0], Block::heading(Group::Tree.title()));
    }
}
