//! One term of a filter that was understood, and its answer for a row: yes, no, or not known.
//!
//! What is not known answers neither a term nor its opposite, with one exception: a word of `enc` or `share` that is no
//! comfort is not kept from the reader (see [`choice`]).

use jiff::Timestamp;

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Inventory, Key, KeyArn, Origin, Row, RowId, Share,
};

use super::field::{Choice, Measure, TextField};
use super::pattern::{Needle, Pattern};
use super::problem::{problems, strangers};
use super::quantity::{Comparison, Known};
use super::text::{Part, Text, Texts, short_of};

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Whether a row must not fit it.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What a term asks of a row; of several values one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// A word anywhere.
    Word(Needle),
    /// A text.
    Text(TextField, Vec<Pattern>),
    /// One of a few words.
    Choice(Choice, Vec<&'static str>),
    /// A quantity.
    Measure(Measure, Vec<Comparison>),
    /// A tag's key, and its value where one is asked for.
    Tag(Vec<(Pattern, Option<Pattern>)>),
}

/// A row, and what an answer may need besides.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    /// The row, or where it is found.
    pub row: Place<'a>,
    /// Its searchable text.
    pub text: Text<'a>,
    /// What was concluded of it already.
    pub facts: Option<Facts>,
    /// Everything else that is known.
    pub inventory: &'a Inventory,
    /// The time.
    pub now: Timestamp,
}

/// Where a row is. To look at each of a hundred thousand rows takes longer than all else that most filters ask for.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// Here.
    Here(&'a Row),
    /// In the inventory, where it still is.
    Inventory(RowId),
}

impl<'a> Sight<'a> {
    /// The row.
    pub(super) fn row(self) -> &'a Row {
        match self.row {
            Place::Here(row) => row,
            Place::Inventory(id) => self.inventory.row(id).expect("BUG: a row that is gone is looked at"),
        }
    }
}

/// What takes a look at keys and accounts to know of a row, concluded once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// How it is encrypted.
    pub encryption: EncryptionClass,
    /// Whether something is wrong with it; `None` while nothing is and not everything that matters is known.
    pub has_problem: Option<bool>,
    /// Its size in GiB; the largest when it has none.
    pub size: u32,
    /// How many can read it, from nobody to everybody; the largest when that is not known.
    pub readers: u16,
}

impl Facts {
    pub(super) fn of(row: &Row, inventory: &Inventory) -> Self {
        let has_problem = if problems(row, inventory).is_empty() {
            let open = is_share_open(row) || is_key_open(row, inventory);
            (!open).then_some(false)
        } else {
            Some(true)
        };
        let snapshot = &row.snapshot;
        Self {
            encryption: inventory.encryption(snapshot),
            has_problem,
            size: snapshot.size_gib.unwrap_or(u32::MAX),
            readers: readers(&snapshot.share),
        }
    }
}

/// How many can read what is shared so: what cannot be shared comes before what is not.
fn readers(share: &Share) -> u16 {
    const EVERYBODY: u16 = u16::MAX - 1;
    match share {
        Share::NotShareable => 0,
        Share::Private => 1,
        Share::Accounts(ids) => u16::try_from(2 + ids.len()).unwrap_or(EVERYBODY).min(EVERYBODY - 1),
        Share::Public(_) => EVERYBODY,
        Share::Unknown(_) => u16::MAX,
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Unknown,
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Term {
    /// Keeps the rows that it admits; what a piece of a row's text decides is asked once for all that have it in common.
    pub(super) fn retain<'a>(
        &self,
        rows: &mut Vec<RowId>,
        texts: &Texts,
        sight: impl Fn(RowId) -> Sight<'a>,
    ) {
        match &self.test {
            Test::Word(needle) => {
                let found = Part::ALL.map(|part| {
                    let pieces = texts.pieces(part).iter();
                    (part, pieces.map(|piece| needle.occurs_in(piece)).collect::<Vec<_>>())
                });
                rows.retain(|id| {
                    let index = id.index();
                    let in_pieces = || found.iter().any(|(part, found)| found[texts.piece(index, *part)]);
                    (in_pieces() || needle.occurs_in(texts.name(index))) != self.negated
                });
            }
            Test::Text(TextField::Name, patterns) => rows.retain(|id| {
                let name = texts.name(id.index());
                patterns.iter().any(|pattern| pattern.fits(name)) != self.negated
            }),
            test => match test.part() {
                Some(part) => {
                    let mut answers = vec![None; texts.pieces(part).len()];
                    rows.retain(|id| {
                        let answer = &mut answers[texts.piece(id.index(), part)];
                        *answer.get_or_insert_with(|| self.admits(sight(*id)))
                    });
                }
                None => rows.retain(|id| self.admits(sight(*id))),
            },
        }
    }

    pub(super) fn admits(&self, sight: Sight<'_>) -> bool {
        let wanted = if self.negated { Answer::No } else { Answer::Yes };
        self.test.answer(sight) == wanted
    }
}

impl Test {
    /// The part of their text for which rows have the same answer when they have the same piece of it.
    fn part(&self) -> Option<Part> {
        match self {
            Self::Tag(_) => Some(Part::Tags),
            Self::Text(field, _) => match field {
                TextField::Db
                | TextField::Engine
                | TextField::Version
                | TextField::Account
                | TextField::Owner
                | TextField::Region
                | TextField::Status
                | TextField::OptionGroup => Some(Part::What),
                TextField::Name | TextField::Arn | TextField::Key | TextField::With | TextField::Storage => {
                    None
                }
            },
            Self::Choice(field, _) => (*field == Choice::Type).then_some(Part::What),
            Self::Word(_) | Self::Measure(..) => None,
        }
    }

    fn answer(&self, sight: Sight<'_>) -> Answer {
        match self {
            Self::Word(needle) => sight.text.holds(needle).into(),
            Self::Text(field, patterns) => text(*field, patterns, sight),
            Self::Choice(field, words) => choice(*field, words, sight),
            Self::Measure(measure, comparisons) => match known(*measure, sight) {
                Some(known) => comparisons.iter().any(|comparison| comparison.holds(known)).into(),
                None => Answer::Unknown,
            },
            Self::Tag(wanted) => {
                let fits = |(key, value): &(Pattern, Option<Pattern>)| {
                    sight.row().snapshot.tags.iter().any(|tag| {
                        let value = value.as_ref();
                        key.fits(tag.key.exact()) && value.is_none_or(|value| value.fits(tag.value.exact()))
                    })
                };
                wanted.iter().any(fits).into()
            }
        }
    }
}

fn known(measure: Measure, sight: Sight<'_>) -> Option<Known> {
    let snapshot = &sight.row().snapshot;
    match measure {
        Measure::Age | Measure::Data => {
            sight.inventory.data_at(snapshot).map(|at| Known::Time(at, sight.now))
        }
        Measure::Created => snapshot.created_at.get().map(|at| Known::Time(at, sight.now)),
        Measure::Size => snapshot.size_gib.map(Known::Size),
    }
}

fn text(field: TextField, patterns: &[Pattern], sight: Sight<'_>) -> Answer {
    let snapshot = &sight.row().snapshot;
    let any = |text: &str| patterns.iter().any(|pattern| pattern.fits(text));
    let account = |id: AccountId| {
        let named = sight.inventory.account_name(id).is_some_and(|name| any(name.exact()));
        named || (patterns.iter().any(Pattern::may_be_digits) && any(&id.to_string()))
    };
    let holds = match field {
        TextField::Name => any(snapshot.arn.exact_name()),
        // `arn:aws:rds:...`, pasted, reads as the field and the rest.
        TextField::Arn => {
            let arn = snapshot.arn.exact();
            any(&arn) || arn.strip_prefix("arn:").is_some_and(any)
        }
        TextField::Db => any(snapshot.source_db.exact()),
        TextField::Engine => any(snapshot.engine.exact()),
        TextField::Version => any(snapshot.engine_version.exact()),
        TextField::Key => {
            return match &snapshot.encryption {
                Encryption::Kms(arn) => key(arn, sight.inventory.key(arn), any),
                Encryption::Unnamed => Answer::Unknown,
                Encryption::None | Encryption::AwsOwned => Answer::No,
            };
        }
        TextField::With => match &snapshot.share {
            Share::Unknown(_) => return Answer::Unknown,
            share => share.accounts().iter().any(|id| account(*id)),
        },
        TextField::Account => account(snapshot.scope.account),
        TextField::Owner => account(snapshot.owner()),
        TextField::Region => any(snapshot.scope.region.name()) || any(&short_of(&snapshot.scope.region)),
        TextField::Status => any(snapshot.status.exact()),
        TextField::OptionGroup => snapshot.option_group.as_ref().is_some_and(|name| any(name.exact())),
        TextField::Storage => snapshot.storage_type.as_ref().is_some_and(|name| any(name.exact())),
    };
    holds.into()
}

/// By ARN, by id, and by alias with `alias/` or without; a key that nobody described yet may have any alias.
fn key(arn: &KeyArn, known: Option<&Key>, any: impl Fn(&str) -> bool) -> Answer {
    if any(arn.exact()) || any(arn.id()) {
        return Answer::Yes;
    }
    let Some(key) = known.filter(|key| key.manager.is_some() || !key.aliases.is_empty()) else {
        return Answer::Unknown;
    };
    let fits = |alias: &str| any(alias) || alias.strip_prefix("alias/").is_some_and(&any);
    key.aliases.iter().any(|alias| fits(alias.exact())).into()
}

/// One of the words holds. `unknown` is a word like the others; for the rest of them an unknown encryption or share may
/// be the worst that it can be, so `!` in front of such a word does not let it pass, and in front of a harmless one does.
fn choice(field: Choice, words: &[&str], sight: Sight<'_>) -> Answer {
    let snapshot = &sight.row().snapshot;
    let (word, worst): (&str, &[&str]) = match field {
        Choice::Type => (snapshot.snapshot_type.name(), &[]),
        Choice::Kind => (snapshot.kind().name(), &[]),
        Choice::Family => (snapshot.family.name(), &[]),
        Choice::Origin => (snapshot.origin.name(), &[]),
        Choice::Enc => {
            let known = sight.facts.map(|facts| facts.encryption);
            let class = known.unwrap_or_else(|| sight.inventory.encryption(snapshot));
            (class.name(), &["aws-managed"])
        }
        Choice::Share => (snapshot.share.name(), &["shared", "public"]),
        Choice::Is => return any_of(words.iter().map(|word| is(word, sight))),
    };
    if words.contains(&word) {
        return Answer::Yes;
    }
    if word == "unknown" && words.iter().any(|word| worst.contains(word)) {
        Answer::Unknown
    } else {
        Answer::No
    }
}

fn is(word: &str, sight: Sight<'_>) -> Answer {
    let Sight { inventory, facts, .. } = sight;
    let row = sight.row();
    match word {
        "problem" => match facts.unwrap_or_else(|| Facts::of(row, inventory)).has_problem {
            Some(has_problem) => has_problem.into(),
            None => Answer::Unknown,
        },
        "stale" => inventory.is_stale(row).into(),
        "mine" => (row.snapshot.origin == Origin::Own).into(),
        "foreign" => {
            let owner = row.snapshot.owner();
            let from_stranger =
                owner != row.snapshot.scope.account && inventory.account_name(owner).is_none();
            match from_stranger || strangers(row, inventory).next().is_some() {
                false if is_share_open(row) => Answer::Unknown,
                holds => holds.into(),
            }
        }
        _ => unreachable!("BUG: the field \"is\" takes a word that nothing answers"),
    }
}

/// Whether it is not known who can read a row of our own.
fn is_share_open(row: &Row) -> bool {
    row.snapshot.origin == Origin::Own && matches!(row.snapshot.share, Share::Unknown(_))
}

/// Whether something that matters about a row's key is not known.
fn is_key_open(row: &Row, inventory: &Inventory) -> bool {
    match &row.snapshot.encryption {
        Encryption::None | Encryption::AwsOwned => false,
        Encryption::Unnamed => true,
        Encryption::Kms(arn) => {
            inventory.key(arn).is_none_or(|key| key.manager.is_none() || key.state.is_none())
        }
    }
}

fn any_of(answers: impl Iterator<Item = Answer>) -> Answer {
    let mut whole = Answer::No;
    for answer in answers {
        match answer {
            Answer::Yes => return Answer::Yes,
            Answer::Unknown => whole = Answer::Unknown,
            Answer::No => {}
        }
    }
    whole
}
