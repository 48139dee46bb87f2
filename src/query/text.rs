//! The text of a row that bare words are looked for in: folded, one line a value.
//!
//! It is kept in pieces: the name, of which each row has its own, and three that many rows have in common: what it is a
//! snapshot of, the names of its key, and its tags. What a piece alone decides is decided once for each that there is;
//! names lie one behind the other.
//!
//! Rows with the same piece are alike in every value of it, to the letter: values stand in their places, empty ones too, and
//! none reaches over its line. So an order by one of these values asks once for each piece, too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::domain::{Encryption, Inventory, Region, Row, catalogue};

use super::pattern::{Needle, fold};

/// What a piece is about that rows have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What it is a snapshot of, where it is, and whose.
    What,
    /// The names of its key.
    Key,
    /// Its tags.
    Tags,
}

impl Part {
    /// All of them, each in its place.
    pub(super) const ALL: [Self; 3] = [Self::What, Self::Key, Self::Tags];
}

/// The searchable text of one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// Its name.
    pub name: &'a str,
    /// Everything else, part by part.
    pub parts: [&'a str; Part::ALL.len()],
}

impl Text<'_> {
    /// Whether a word is found in one of its lines.
    pub(super) fn holds(self, needle: &Needle) -> bool {
        self.parts.iter().any(|part| needle.occurs_in(part)) || needle.occurs_in(self.name)
    }
}

/// The searchable texts of the rows of a list, by the index of the row.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    names: String,
    /// Where the name of each row ends.
    ends: Vec<u32>,
    /// Which piece of each part each row has.
    pieces: Vec<[u32; Part::ALL.len()]>,
    kept: [Kept; Part::ALL.len()],
}

/// The pieces of a part that rows have or had: folded, and where each is by what it was before.
#[derive(Debug, Clone, Default)]
struct Kept {
    all: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

impl Texts {
    /// Adds the text of the next row; of one that is gone already there is none.
    pub(super) fn push(&mut self, row: Option<&Row>, inventory: &Inventory) {
        if let Some(row) = row {
            self.names.push_str(&name(row));
        }
        self.ends.push(number(self.names.len()));
        let pieces = self.keep(row, inventory);
        self.pieces.push(pieces);
    }

    /// Takes note that a row is another one by now; its name stays what it was.
    pub(super) fn set(&mut self, index: usize, row: &Row, inventory: &Inventory) {
        self.pieces[index] = self.keep(Some(row), inventory);
    }

    fn keep(&mut self, row: Option<&Row>, inventory: &Inventory) -> [u32; Part::ALL.len()] {
        Part::ALL.map(|part| {
            let text = row.map(|row| lines(row, part, inventory)).unwrap_or_default();
            self.kept[part as usize].keep(text)
        })
    }

    /// The text of a row.
    pub(super) fn text(&self, index: usize) -> Text<'_> {
        let parts = Part::ALL.map(|part| &*self.pieces(part)[self.piece(index, part)]);
        Text { name: self.name(index), parts }
    }

    /// The name of a row, folded.
    pub(super) fn name(&self, index: usize) -> &str {
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[begin as usize..self.ends[index] as usize]
    }

    /// Which of the pieces of a part a row has.
    pub(super) fn piece(&self, index: usize, part: Part) -> usize {
        self.pieces[index][part as usize] as usize
    }

    /// All pieces of a part that rows have or had.
    pub(super) fn pieces(&self, part: Part) -> &[Arc<str>] {
        &self.kept[part as usize].all
    }
}

impl Kept {
    fn keep(&mut self, text: String) -> u32 {
        if let Some(at) = self.known.get(&*text) {
            return *at;
        }
        let at = number(self.all.len());
        let exact: Arc<str> = text.into();
        self.all.push(match folded(&exact) {
            Cow::Borrowed(_) => Arc::clone(&exact),
            Cow::Owned(folded) => folded.into(),
        });
        self.known.insert(exact, at);
        at
    }
}

/// The searchable text of a row that no list holds: its name, and the other parts.
pub(super) fn searchable(row: &Row, inventory: &Inventory) -> (String, [String; Part::ALL.len()]) {
    (name(row).into_owned(), Part::ALL.map(|part| folded(&lines(row, part, inventory)).into_owned()))
}

fn name(row: &Row) -> Cow<'_, str> {
    folded(row.snapshot.arn.exact_name())
}

/// Everything of a part that a bare word can match, to the letter.
fn lines(row: &Row, part: Part, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let mut text = Lines(String::new());
    match part {
        Part::What => {
            text.0.reserve(192);
            text.add(snapshot.source_db.exact());
            text.add(snapshot.engine.exact());
            text.add(snapshot.engine_version.exact());
            text.add(snapshot.scope.region.name());
            text.add(&short_of(&snapshot.scope.region));
            text.add(snapshot.snapshot_type.name());
            text.add(snapshot.status.exact());
            text.add(snapshot.option_group.as_ref().map_or("", |name| name.exact()));
            let others = snapshot.share.accounts().iter().copied();
            for account in [snapshot.scope.account, snapshot.owner()].into_iter().chain(others) {
                text.add(&account.to_string());
                text.add(inventory.account_name(account).map_or("", |name| name.exact()));
            }
        }
        Part::Key => {
            if let Encryption::Kms(arn) = &snapshot.encryption {
                for alias in inventory.key(arn).iter().flat_map(|key| &key.aliases) {
                    text.add(alias.exact());
                }
            }
        }
        Part::Tags => {
            for tag in snapshot.tags.iter() {
                text.add_pair(tag.key.exact(), tag.value.exact());
            }
        }
    }
    text.0
}

/// The short form of a region, without making it anew for those of the catalogue.
pub(super) fn short_of(region: &Region) -> Cow<'static, str> {
    static SHORT: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        catalogue().iter().map(|place| (place.name, Region::new(place.name).short())).collect()
    });
    match SHORT.get(region.name()) {
        Some(short) => Cow::Borrowed(short),
        None => Cow::Owned(region.short()),
    }
}

/// Text in lower case; one that is so already is not made anew.
fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(fold(text))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("BUG: more than four thousand million bytes of names")
}

/// What stands where nobody looks: in no value as it is written here, and in no word that is typed.
const MARK: char = '\0';

/// Lines that are being gathered.
struct Lines(String);

impl Lines {
    fn add(&mut self, value: &str) {
        self.write(value);
        self.0.push('\n');
    }

    /// A key, and its value where it has one; a key that holds what stands between them is told from a shorter one.
    fn add_pair(&mut self, key: &str, value: &str) {
        self.write(key);
        if !value.is_empty() {
            self.0.push('=');
            self.write(value);
        }
        let others = key.matches('=').count();
        self.0.extend(std::iter::repeat_n(MARK, others));
        self.0.push('\n');
    }

    fn write(&mut self, value: &str) {
        for (n, line) in value.split('\n').enumerate() {
            if n > 0 {
                self.0.extend([MARK, 'n']);
            }
            for (n, piece) in line.split(MARK).enumerate() {
                if n > 0 {
                    self.0.extend([MARK, MARK]);
                }
                self.0.push_str(piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fixture::{Draft, Fleet, named};

    #[test]
    fn rows_have_the_same_pieces_only_where_they_are_alike_in_them() {
        let tagged = |tags: &[(&str, &str)]| named("a").tags(tags);
        let pairs: [(Draft, Draft); 7] = [
            (tagged(&[("a=b", "c")]), tagged(&[("a", "b=c")])),
            (tagged(&[("a", "b"), ("c", "")]), tagged(&[("a", "b\nc")])),
            (tagged(&[("a", "\0n")]), tagged(&[("a", "\n")])),
            (tagged(&[("a", "")]), tagged(&[("a", ""), ("", "")])),
            (named("a").db("x\nmysql"), named("a").db("x")),
            (named("a").db(""), named("a").with(|s| s.engine = "".into())),
            (named("a").db("x"), named("a").db("X")),
        ];
        for (one, other) in pairs {
            let mut fleet = Fleet::new();
            fleet.read("us-east-1", [one.clone(), other.clone().with(|s| s.arn = renamed(s))]);
            let mut texts = Texts::default();
            fleet.inventory.rows().for_each(|(_, row)| texts.push(Some(row), &fleet.inventory));
            assert_ne!(texts.pieces[0], texts.pieces[1], "{one:?} {other:?}");
        }
    }

    fn renamed(of: &crate::domain::Snapshot) -> crate::domain::SnapshotArn {
        crate::domain::SnapshotArn::new(&of.scope.region, of.owner(), of.kind(), "b")
    }

    #[test]
    fn what_rows_have_in_common_is_kept_once() {
        let mut fleet = Fleet::new();
        let other = named("c").db("other").tags(&[("env", "prod")]);
        fleet.read("us-east-1", [named("a"), named("b").hours_old(9).size(7), other]);
        let mut texts = Texts::default();
        fleet.inventory.rows().for_each(|(_, row)| texts.push(Some(row), &fleet.inventory));
        assert_eq!(texts.pieces, [[0, 0, 0], [0, 0, 0], [1, 0, 1]]);
        assert_eq!(Part::ALL.map(|part| texts.pieces(part).len()), [2, 1, 2]);
        assert_eq!([0, 1, 2].map(|n| texts.name(n)), ["a", "b", "c"]);
    }
}
