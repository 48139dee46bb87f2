//! The help: every chord of the live table, those of the place it was asked from first; it can be searched.

use crate::input::{Action, Binding, Context, Group, Keymap};

use super::super::deck::Deck;
use super::super::layout::Rect;
use super::super::line;
use super::super::prose::{Block, Line, Piece, Tone, lay_out};
use super::{Entry, Press, Reply, Scroll, Sheet, whole};

/// The help.
#[derive(Debug, Clone)]
pub(in super::super) struct Help {
    asked_from: Context,
    scroll: Scroll,
    search: Search,
}

/// What is looked for in it.
#[derive(Debug, Clone)]
enum Search {
    /// Nothing.
    Off,
    /// This, and it is being typed.
    Typing(line::Line),
    /// This.
    Kept(line::Line),
}

impl Search {
    fn line(&self) -> Option<&line::Line> {
        match self {
            Self::Off => None,
            Self::Typing(line) | Self::Kept(line) => Some(line),
        }
    }
}

impl Help {
    /// The help, asked for from a context.
    pub(in super::super) fn new(asked_from: Context) -> Self {
        Self { asked_from, scroll: Scroll::default(), search: Search::Off }
    }

    pub(super) fn is_typed_in(&self) -> bool {
        matches!(self.search, Search::Typing(_))
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, keymap: &Keymap) -> Reply {
        match (press, &mut self.search) {
            (Press::Text(text), Search::Typing(line)) => {
                line.insert(text);
                self.scroll = Scroll::default();
            }
            (Press::Text(_), Search::Off | Search::Kept(_)) => {}
            (Press::Action(Action::Back), Search::Off) => return Reply::Close,
            // One step back: what was looked for goes first.
            (Press::Action(Action::Back), _) => self.search = Search::Off,
            (Press::Action(Action::Accept), Search::Typing(line)) => {
                let line = std::mem::take(line);
                self.search = if line.text().is_empty() { Search::Off } else { Search::Kept(line) };
            }
            (Press::Action(Action::Filter), _) => {
                self.search = Search::Typing(self.search.line().cloned().unwrap_or_default());
            }
            (Press::Action(action), search) => {
                if let Search::Typing(line) = search
                    && line.edit(action)
                {
                    self.scroll = Scroll::default();
                } else if let Some(layout) = deck.layout() {
                    let (width, height) = self.room(whole(layout.body));
                    let lines = self.lines(keymap, width).len();
                    self.scroll.press(action, lines, height);
                }
            }
        }
        Reply::Stay
    }

    pub(super) fn sheet(&self, body: Rect, keymap: &Keymap) -> Sheet {
        let area = whole(body);
        let (width, height) = self.room(area);
        let (mut lines, foot) = self.scroll.window(self.lines(keymap, width), height);
        let mut entry = None;
        if let Some(line) = self.search.line() {
            lines.resize(height, Line::new());
            let (text, column) = line.window(width.saturating_sub(3));
            lines.push(vec![Piece::new(Tone::Accent, " / "), Piece::plain(text)]);
            entry = self.is_typed_in().then_some(Entry { line: height, column: column + 3 });
        }
        Sheet { title: "Help".to_owned(), foot, area, lines, at: None, entry }
    }

    /// The room for the text: the last line is that of what is looked for.
    fn room(&self, area: Rect) -> (usize, usize) {
        let inner = area.inner();
        let search = usize::from(self.search.line().is_some());
        (usize::from(inner.width), usize::from(inner.height).saturating_sub(search))
    }

    fn lines(&self, keymap: &Keymap, width: usize) -> Vec<Line> {
        let wanted = self.search.line().map(line::Line::text).unwrap_or_default();
        let found = blocks(keymap, self.asked_from, wanted);
        if found.is_empty() {
            return lay_out(&[Block::text("Nothing in this help has these words.")], width);
        }
        lay_out(&found, width)
    }
}

/// What the help holds of some words: all groups, those of a context first, each with its bindings, then what else
/// is worth knowing. All of it where nothing is wanted.
fn blocks(keymap: &Keymap, asked_from: Context, wanted: &str) -> Vec<Block> {
    let here = asked_from.groups();
    let rest = Group::ALL.into_iter().filter(|group| !here.contains(group));
    let groups = here.iter().copied().chain(rest);
    // A chord is found by the name of its action too, which settings and the line at the bottom use.
    let chords = groups.map(|group| {
        (group.title(), keymap.group(group).map(|binding| (binding.action.name(), entry(binding))).collect())
    });
    let texts = [("The mouse", &MOUSE[..]), ("The filter", &FILTER), ("The table", &SIGNS)];
    let texts = texts.into_iter().map(|(title, fields)| {
        (title, fields.iter().map(|(label, text)| ("", Block::field(*label, text))).collect::<Vec<_>>())
    });
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let mut out = Vec::new();
    for (title, fields) in chords.chain(texts) {
        let mut found =
            fields.into_iter().filter(|(name, field)| has(field, &[title, name], &words)).peekable();
        if found.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push(Block::Blank);
        }
        out.push(Block::heading(title));
        out.extend(found.map(|(_, field)| field));
    }
    out
}

/// Whether all words occur in a field or in what else it is known by.
fn has(field: &Block, also: &[&str], words: &[String]) -> bool {
    let Block::Field { label, value } = field else { return true };
    let value = value.iter().map(|piece| piece.text.as_str());
    let text = also
        .iter()
        .copied()
        .chain([label.as_str()])
        .chain(value)
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn entry(binding: &Binding) -> Block {
    let chords =
        |chords: &[crate::input::Chord]| chords.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut value = vec![Piece::plain(binding.action.sentence())];
    if !binding.moved_from.is_empty() {
        let words = format!(" By your settings; without them {}.", chords(&binding.moved_from));
        value.push(Piece::new(Tone::Accent, words));
    }
    Block::Field { label: format!("  {}", chords(&binding.chords)), value }
}

const MOUSE: [(&str, &str); 5] = [
    ("  click", "Goes there; on a title of the table sorts by it, again turns round; on a triangle folds."),
    ("  wheel", "Scrolls what is under it."),
    ("  drag", "Moves the border between two panes."),
    ("  shift", "Held while selecting, most terminals select text themselves."),
    ("  mouse = false", "In the settings leaves the mouse to the terminal; so does :mouse off."),
];

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
        for keymap in [Keymap::default(), Keymap::with(&[("refresh", "F5")]).expect("a keymap")] {
            for context in Context::ALL {
                let blocks = blocks(&keymap, context, "");
                for binding in keymap.bindings() {
                    assert!(blocks.contains(&entry(binding)), "{context:?} {binding:?}");
                }
            }
        }
    }

    #[test]
    fn what_works_here_comes_first() {
        let blocks = blocks(&Keymap::default(), Context::Tree, "");
        assert_eq!(blocks[0], Block::heading(Group::Tree.title()));
    }

    #[test]
    fn what_was_remapped_says_so_and_what_was_not_does_not() {
        let keymap = Keymap::with(&[("refresh", "F5")]).expect("a keymap");
        let told = |action| {
            let binding = keymap.group(Group::Deck).find(|binding| binding.action == action);
            format!("{:?}", entry(binding.expect("a binding")))
        };
        assert!(told(Action::Refresh).contains("F5") && told(Action::Refresh).contains("without them r."));
        assert!(!told(Action::Sort).contains("settings"));
    }

    #[test]
    fn a_search_finds_chords_sentences_and_groups() {
        let count = |wanted: &str| {
            let blocks = blocks(&Keymap::default(), Context::Table, wanted);
            blocks.iter().filter(|block| matches!(block, Block::Field { .. })).count()
        };
        assert_eq!(count("raw json copies whole"), 1, "words of the title and of the sentence together");
        assert_eq!(count("nowhere at all"), 0);
        assert!(count("ctrl-s") > 1 && count("MOUSE") > 3 && count("") > 100);
    }
}
