//! The text of a row that bare words are looked for in: folded, one line a value.
//!
//! It is kept in two parts: the name, of which each row has its own, and the rest, which many rows have in common. What
//! the rest alone decides is decided once for each rest that there is; names lie one behind the other.
//!
//! Rows with the same rest are alike in every value of it: values stand in their places, empty ones too, and none reaches
//! over its line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::domain::{Encryption, Inventory, Region, Row, catalogue};

use super::pattern::{Needle, fold};

/// The searchable text of one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// Its name.
    pub name: &'a str,
    /// Everything else.
    pub rest: &'a str,
}

impl Text<'_> {
    /// Whether a word is found in one of its lines.
    pub(super) fn holds(self, needle: &Needle) -> bool {
        needle.occurs_in(self.rest) || needle.occurs_in(self.name)
    }
}

/// The searchable texts of the rows of a list, by the index of the row.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    names: String,
    /// Where the name of each row ends.
    ends: Vec<u32>,
    /// Which rest each row has.
    rest: Vec<u32>,
    rests: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

impl Texts {
    /// Adds the text of the next row; of one that is gone already there is none.
    pub(super) fn push(&mut self, row: Option<&Row>, inventory: &Inventory) {
        if let Some(row) = row {
            self.names.push_str(&name(row));
        }
        self.ends.push(number(self.names.len()));
        let text = row.map(|row| rest(row, inventory)).unwrap_or_default();
        let rest = self.keep(text);
        self.rest.push(rest);
    }

    /// Takes note that a row is another one by now; its name stays what it was.
    pub(super) fn set(&mut self, index: usize, row: &Row, inventory: &Inventory) {
        self.rest[index] = self.keep(rest(row, inventory));
    }

    fn keep(&mut self, text: String) -> u32 {
        if let Some(at) = self.known.get(&*text) {
            return *at;
        }
        let text: Arc<str> = text.into();
        let at = number(self.rests.len());
        self.rests.push(Arc::clone(&text));
        self.known.insert(text, at);
        at
    }

    /// The text of a row.
    pub(super) fn text(&self, index: usize) -> Text<'_> {
        Text { name: self.name(index), rest: &self.rests[self.rest_of(index)] }
    }

    /// The name of a row, folded.
    pub(super) fn name(&self, index: usize) -> &str {
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[begin as usize..self.ends[index] as usize]
    }

    /// Which of the rests a row has.
    pub(super) fn rest_of(&self, index: usize) -> usize {
        self.rest[index] as usize
    }

    /// All rests that rows have or had.
    pub(super) fn rests(&self) -> &[Arc<str>] {
        &self.rests
    }
}

/// The searchable text of a row that no list holds: its name, and the rest.
pub(super) fn searchable(row: &Row, inventory: &Inventory) -> (String, String) {
    (name(row).into_owned(), rest(row, inventory))
}

fn name(row: &Row) -> Cow<'_, str> {
    folded(row.snapshot.arn.exact_name())
}

/// Everything but the name that a bare word can match.
fn rest(row: &Row, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let mut text = Lines(String::with_capacity(224));
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
    text.part();
    if let Encryption::Kms(arn) = &snapshot.encryption {
        for alias in inventory.key(arn).iter().flat_map(|key| &key.aliases) {
            text.add(alias.exact());
        }
    }
    text.part();
    for tag in snapshot.tags.iter() {
        text.add_pair(tag.key.exact(), tag.value.exact());
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

/// Folded lines that are being gathered.
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

    /// Marks the end of a part that has any number of lines.
    fn part(&mut self) {
        self.0.extend([MARK, '\n']);
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
                self.0.push_str(&folded(piece));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fixture::{Draft, Fleet, named};

    #[test]
    fn rows_have_the_same_rest_only_where_they_are_alike_in_it() {
        let tagged = |tags: &[(&str, &str)]| named("a").tags(tags);
        let pairs: [(Draft, Draft); 6] = [
            (tagged(&[("a=b", "c")]), tagged(&[("a", "b=c")])),
            (tagged(&[("a", "b"), ("c", "")]), tagged(&[("a", "b\nc")])),
            (tagged(&[("a", "\0n")]), tagged(&[("a", "\n")])),
            (tagged(&[("a", "")]), tagged(&[("a", ""), ("", "")])),
            (named("a").db("x\nmysql"), named("a").db("x")),
            (named("a").db(""), named("a").with(|s| s.engine = "".into())),
        ];
        for (one, other) in pairs {
            let mut fleet = Fleet::new();
            fleet.read("us-east-1", [one.clone(), other.clone().with(|s| s.arn = renamed(s))]);
            let mut texts = Texts::default();
            fleet.inventory.rows().for_each(|(_, row)| texts.push(Some(row), &fleet.inventory));
            assert_ne!(texts.rest_of(0), texts.rest_of(1), "{one:?} {other:?}");
        }
    }

    fn renamed(of: &crate::domain::Snapshot) -> crate::domain::SnapshotArn {
        crate::domain::SnapshotArn::new(&of.scope.region, of.owner(), of.kind(), "b")
    }

    #[test]
    fn rows_of_one_database_have_one_rest() {
        let mut fleet = Fleet::new();
        fleet.read("us-east-1", [named("a"), named("b").hours_old(9).size(7), named("c").db("other")]);
        let mut texts = Texts::default();
        fleet.inventory.rows().for_each(|(_, row)| texts.push(Some(row), &fleet.inventory));
        assert_eq!((texts.rest_of(0), texts.rests().len()), (texts.rest_of(1), 2));
        assert_eq!([0, 1, 2].map(|n| texts.name(n)), ["a", "b", "c"]);
    }
}
