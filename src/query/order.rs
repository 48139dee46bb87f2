//! The orders of a list: total, the same however the rows arrived.
//!
//! Rows without a value come last in either direction. Ties are broken by the age of the data (newest first), then by name,
//! by ARN and by the account that sees it, and no two rows have all of that in common.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::instant::UNKNOWN;
use super::known::Known;
use super::text::{Part, Texts};
use crate::domain::{EncryptionClass, Inventory, RowId, Snapshot};

/// A column that a list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The snapshot's name.
    Id,
    /// Manual, automated, AWS Backup.
    Type,
    /// How it is encrypted, from not at all to a customer's key; unknown has no value.
    Encryption,
    /// Who can read it, from nobody to everybody; unknown has no value.
    Share,
    /// The age of the data.
    DataAge,
    /// The size; Aurora has none.
    Size,
    /// The name of the account, or its id.
    Account,
    /// The region.
    Region,
    /// The engine.
    Engine,
    /// The database that it was taken from.
    SourceDb,
    /// The status.
    Status,
    /// When this snapshot or copy was made.
    Created,
}

/// Smallest first, or largest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest, first in the alphabet, youngest.
    Ascending,
    /// Largest, last in the alphabet, oldest.
    Descending,
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// The column.
    pub by: Column,
    /// The direction.
    pub direction: Direction,
}

impl Default for Order {
    /// The age of the data, newest first.
    fn default() -> Self {
        Self { by: Column::DataAge, direction: Direction::Ascending }
    }
}

impl Direction {
    /// The other direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    pub(super) fn apply(self, ordering: Ordering) -> Ordering {
        match self {
            Self::Ascending => ordering,
            Self::Descending => ordering.reverse(),
        }
    }
}

impl Column {
    /// All columns, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::Type,
        Self::Encryption,
        Self::Share,
        Self::DataAge,
        Self::Size,
        Self::Account,
        Self::Region,
        Self::Engine,
        Self::SourceDb,
        Self::Status,
        Self::Created,
    ];

    /// The name, as settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Type => "type",
            Self::Encryption => "encryption",
            Self::Share => "share",
            Self::DataAge => "data-age",
            Self::Size => "size",
            Self::Account => "account",
            Self::Region => "region",
            Self::Engine => "engine",
            Self::SourceDb => "source-db",
            Self::Status => "status",
            Self::Created => "created",
        }
    }

    /// The column of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The name for the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::DataAge => "data age",
            Self::SourceDb => "source db",
            Self::Id
            | Self::Type
            | Self::Encryption
            | Self::Share
            | Self::Size
            | Self::Account
            | Self::Region
            | Self::Engine
            | Self::Status
            | Self::Created => self.name(),
        }
    }
}

/// A row as orders see it. What most of them need is at hand; to look at each row itself takes longer than to sort.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The row, which is there.
    pub id: RowId,
    /// What was concluded of all rows.
    pub known: &'a Known,
    /// The texts of all rows.
    pub texts: &'a Texts,
    /// Everything that is known.
    pub inventory: &'a Inventory,
}

impl<'a> Entry<'a> {
    fn snapshot(self) -> &'a Snapshot {
        &self.inventory.row(self.id).expect("BUG: a row that is gone is in order").snapshot
    }

    /// Its name, folded.
    fn name(self) -> &'a str {
        self.texts.name(self.id.index())
    }
}

/// What a row is ordered by.
enum Value<'a> {
    /// Nothing is known.
    Absent,
    /// A quantity or a rank, less than [`LAST`].
    Number(u64),
    /// A text; upper and lower case are told apart only where nothing else does.
    Text(Cow<'a, str>),
}

/// The rank of what has no value, behind all others: also that of data whose age is not known.
const LAST: u64 = UNKNOWN;

impl Column {
    /// Whether rows that are alike in what they are snapshots of are alike in this.
    fn is_of_the_thing(self) -> bool {
        match self {
            Self::Type | Self::Account | Self::Region | Self::Engine | Self::SourceDb | Self::Status => true,
            Self::Id | Self::Encryption | Self::Share | Self::DataAge | Self::Size | Self::Created => false,
        }
    }

    fn value(self, entry: Entry<'_>) -> Value<'_> {
        let Entry { known, inventory, .. } = entry;
        let (snapshot, index) = (|| entry.snapshot(), entry.id.index());
        let facts = || known.facts(index).expect("BUG: a row that is gone is in order");
        match self {
            Self::Id => text(entry.name()),
            Self::Type => Value::Number(snapshot().snapshot_type as u64),
            Self::Encryption => match facts().encryption {
                EncryptionClass::Unknown => Value::Absent,
                class => Value::Number(class as u64),
            },
            Self::Share => number(facts().readers, u16::MAX),
            Self::DataAge => number(known.freshness(index), LAST),
            Self::Size => number(facts().size, u32::MAX),
            Self::Account => {
                let id = snapshot().scope.account;
                let name = inventory.account_name(id).map(|name| Cow::Borrowed(name.exact()));
                Value::Text(name.unwrap_or_else(|| Cow::Owned(id.to_string())))
            }
            Self::Region => text(snapshot().scope.region.name()),
            Self::Engine => text(snapshot().engine.exact()),
            Self::SourceDb => text(snapshot().source_db.exact()),
            Self::Status => text(snapshot().status.exact()),
            Self::Created => number(known.created(index), LAST),
        }
    }
}

fn number<T: Copy + PartialEq + Into<u64>>(number: T, unknown: T) -> Value<'static> {
    if number == unknown { Value::Absent } else { Value::Number(number.into()) }
}

fn text(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Absent } else { Value::Text(Cow::Borrowed(text)) }
}

impl Order {
    /// Compares two rows; equal only for the same row.
    pub(super) fn compare(self, a: Entry<'_>, b: Entry<'_>) -> Ordering {
        let freshness = |entry: Entry<'_>| entry.known.freshness(entry.id.index());
        let by_age = || freshness(a).cmp(&freshness(b));
        self.compare_values(a, b).then_with(by_age).then_with(|| compare_names(a, b))
    }

    fn compare_values(self, a: Entry<'_>, b: Entry<'_>) -> Ordering {
        match (self.by.value(a), self.by.value(b)) {
            (Value::Absent, Value::Absent) => Ordering::Equal,
            (Value::Absent, _) => Ordering::Greater,
            (_, Value::Absent) => Ordering::Less,
            (Value::Number(l), Value::Number(r)) => self.direction.apply(l.cmp(&r)),
            (Value::Text(l), Value::Text(r)) => self.direction.apply(compare_texts(&l, &r)),
            (Value::Number(_), Value::Text(_)) | (Value::Text(_), Value::Number(_)) => {
                unreachable!("BUG: a column is ordered by texts or by numbers, not by both")
            }
        }
    }

    /// Puts rows in order as [`compare`](Self::compare) does. They are given in the order of their ages and in that of
    /// their names besides: no name has to be compared with more than its neighbour.
    pub(super) fn sort<'a>(
        self,
        sorted: &mut Vec<RowId>,
        (by_age, by_name): (&[RowId], &[RowId]),
        entry: impl Fn(RowId) -> Entry<'a>,
    ) {
        let mut ranks = match self.by {
            Column::Id => ranks_of_names(by_age, by_name, entry),
            by if by.is_of_the_thing() => ranks_of_things(by, by_age, entry),
            by => by_age.iter().map(|id| by.value(entry(*id)).rank(|_| LAST)).collect(),
        };
        if self.direction == Direction::Descending {
            known(&mut ranks).for_each(|rank| *rank = LAST - 1 - *rank);
        }
        // Of those that are alike the newest data stays first, as it is.
        sort_by_ranks(sorted, by_age, ranks);
    }
}

impl<'a> Value<'a> {
    /// What it is ordered by as a number; a text is given one.
    fn rank(self, of_text: impl FnOnce(Cow<'a, str>) -> u64) -> u64 {
        match self {
            Self::Absent => LAST,
            Self::Number(number) => number,
            Self::Text(text) => of_text(text),
        }
    }
}

/// All ranks but those of what has no value.
fn known(ranks: &mut [u64]) -> impl Iterator<Item = &mut u64> {
    ranks.iter_mut().filter(|rank| **rank != LAST)
}

/// The ranks of names: equal for equal ones.
fn ranks_of_names<'a>(rows: &[RowId], by_name: &[RowId], entry: impl Fn(RowId) -> Entry<'a>) -> Vec<u64> {
    let mut ranks = vec![LAST; rows.iter().map(|id| id.index() + 1).max().unwrap_or(0)];
    let (mut rank, mut before) = (0, None);
    for id in by_name {
        let this = entry(*id).name();
        rank += u64::from(before.is_some_and(|before| before != this));
        before = Some(this);
        ranks[id.index()] = rank;
    }
    rows.iter().map(|id| ranks[id.index()]).collect()
}

/// The ranks of what snapshots of the same thing have in common: it is looked at once for each thing, and each text is
/// compared once however many have it.
fn ranks_of_things<'a>(by: Column, rows: &[RowId], entry: impl Fn(RowId) -> Entry<'a>) -> Vec<u64> {
    let mut texts: HashMap<Cow<'_, str>, u64> = HashMap::new();
    let mut of_things: Vec<Option<u64>> = Vec::new();
    let rank = |id: &RowId| {
        let entry = entry(*id);
        let thing = entry.texts.piece(id.index(), Part::What);
        if thing >= of_things.len() {
            of_things.resize(thing + 1, None);
        }
        *of_things[thing].get_or_insert_with(|| {
            let next = texts.len() as u64;
            by.value(entry).rank(|text| *texts.entry(text).or_insert(next))
        })
    };
    let mut ranks: Vec<u64> = rows.iter().map(rank).collect();
    if !texts.is_empty() {
        // The numbers were given as the texts came.
        let mut all: Vec<(Cow<'_, str>, u64)> = texts.into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| compare_texts(a, b));
        let mut of_texts = vec![LAST; all.len()];
        for (rank, (_, number)) in (0..).zip(all) {
            of_texts[at(number)] = rank;
        }
        known(&mut ranks).for_each(|number| *number = of_texts[at(*number)]);
    }
    ranks
}

/// Puts rows in the order of their ranks, those that are alike as they stand. Ranks that are near enough to each other
/// are sorted with the rows' places as one number, in half the time, and in memory that is there.
fn sort_by_ranks(sorted: &mut Vec<RowId>, rows: &[RowId], mut ranks: Vec<u64>) {
    let (least, most) =
        known(&mut ranks).fold((LAST, 0), |(least, most), rank| (least.min(*rank), most.max(*rank)));
    // What has none is next to all others.
    let behind = most.saturating_sub(least) + 1;
    let near = |rank: u64| if rank == LAST { behind } else { rank - least };
    let digits = u64::BITS - (rows.len() as u64).leading_zeros();
    sorted.clear();
    if behind.leading_zeros() < digits {
        let mut pairs: Vec<(u64, RowId)> = ranks.into_iter().map(near).zip(rows.iter().copied()).collect();
        pairs.sort_by_key(|(rank, _)| *rank);
        sorted.extend(pairs.into_iter().map(|(_, id)| id));
        return;
    }
    for (place, rank) in (0..).zip(&mut ranks) {
        *rank = (near(*rank) << digits) | place;
    }
    ranks.sort_unstable();
    let place = (1 << digits) - 1;
    sorted.extend(ranks.into_iter().map(|both| rows[at(both & place)]));
}

fn at(number: u64) -> usize {
    usize::try_from(number).expect("BUG: more texts than memory has room for")
}

/// The order of last resort, in which no two rows are equal: by name, then by ARN and by the account that sees it.
pub(super) fn compare_names(a: Entry<'_>, b: Entry<'_>) -> Ordering {
    let by_arn = || a.snapshot().arn.cmp(&b.snapshot().arn);
    let by_account = || a.snapshot().scope.account.cmp(&b.snapshot().scope.account);
    a.name().cmp(b.name()).then_with(by_arn).then_with(by_account)
}

/// Compares without regard to ASCII case, then with it.
fn compare_texts(a: &str, b: &str) -> Ordering {
    let lower = |b: u8| b.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower)).then_with(|| a.cmp(b))
}

/// Puts what is in order among others that are in order, where they lie.
pub(super) fn merge<T: Copy>(into: &mut Vec<T>, placed: &[T], is_before: impl Fn(T, T) -> bool) {
    let mut end = into.len();
    into.extend_from_slice(placed);
    // From the back, so that each moves once.
    for (n, one) in placed.iter().enumerate().rev() {
        let at = reach(&into[..end], |other| is_before(other, *one));
        into.copy_within(at..end, at + n + 1);
        into[at + n] = *one;
        end = at;
    }
}

/// How many at the front fulfil something that the front fulfils and the rest does not; looked for from the back, in
/// steps that grow, since those that are merged lie near each other.
fn reach<T: Copy>(all: &[T], holds: impl Fn(T) -> bool) -> usize {
    let mut step = 1;
    while step <= all.len() && !holds(all[all.len() - step]) {
        step *= 2;
    }
    let low = all.len().saturating_sub(step);
    let high = all.len() - step / 2;
    low + all[low..high].partition_point(|one| holds(*one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fixture::{Fleet, named};

    #[test]
    fn rows_without_a_value_are_last_in_either_direction() {
        let mut fleet = Fleet::new();
        fleet.read(
            "us-east-1",
            [named("small").size(10), named("aurora").size(None), named("large").size(900)],
        );
        for (direction, expect) in [
            (Direction::Ascending, ["small", "large", "aurora"]),
            (Direction::Descending, ["large", "small", "aurora"]),
        ] {
            assert_eq!(fleet.names_in(Order { by: Column::Size, direction }), expect);
        }
    }

    #[test]
    fn the_newest_data_comes_first_unless_told_otherwise() {
        let mut fleet = Fleet::new();
        fleet.read(
            "us-east-1",
            [named("old").hours_old(90), named("new").hours_old(1), named("undated").undated()],
        );
        assert_eq!(fleet.names_in(Order::default()), ["new", "old", "undated"]);
    }

    #[test]
    fn texts_are_ordered_without_regard_to_case_and_ties_by_the_age_of_the_data() {
        let mut fleet = Fleet::new();
        fleet.read(
            "us-east-1",
            [
                named("b-old").db("Beta").hours_old(9),
                named("b-new").db("beta").hours_old(1),
                named("a").db("ALPHA").hours_old(5),
                named("b-mid").db("Beta").hours_old(3),
            ],
        );
        let order = Order { by: Column::SourceDb, direction: Direction::Ascending };
        assert_eq!(fleet.names_in(order), ["a", "b-mid", "b-old", "b-new"]);
    }

    #[test]
    fn ranks_are_sorted_alike_however_far_apart_they_are() {
        let rows: Vec<RowId> = [3, 0, 4, 1, 2].map(RowId::of_index).to_vec();
        let sorted = |ranks: [u64; 5]| {
            let mut sorted = vec![RowId::of_index(9)];
            sort_by_ranks(&mut sorted, &rows, ranks.to_vec());
            sorted.into_iter().map(RowId::index).collect::<Vec<_>>()
        };
        assert_eq!(sorted([LAST, 7, 2, 2, 7]), [4, 1, 0, 2, 3]);
        assert_eq!(sorted([LAST, LAST - 1, 0, 0, LAST - 1]), [4, 1, 0, 2, 3]);
        assert_eq!(sorted([LAST; 5]), [3, 0, 4, 1, 2]);
    }

    #[test]
    fn what_is_merged_is_in_order_wherever_it_belongs() {
        for (old, new) in
            [(vec![], vec![1, 2]), (vec![1, 2], vec![]), (vec![5, 7, 9, 11], vec![0, 6, 8, 12, 13])]
        {
            let mut merged = old.clone();
            merge(&mut merged, &new, |old, new| old < new);
            let mut sorted = [old, new].concat();
            sorted.sort_unstable();
            assert_eq!(merged, sorted);
        }
    }

    #[test]
    fn columns_are_found_by_their_names() {
        assert!(Column::ALL.into_iter().all(|column| Column::of_name(column.name()) == Some(column)));
    }
}
