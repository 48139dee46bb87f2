//! The orders of a list: total, the same however the rows arrived.
//!
//! Rows without a value come last in either direction. Ties are broken by the age of the data (newest first), then by ARN,
//! then by the account that sees it, and no two rows have both in common.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use jiff::Timestamp;

use crate::domain::{AccountId, EncryptionClass, Inventory, Row, Share};

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

/// What a row is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Nothing is known.
    Absent,
    /// A quantity or a rank.
    Number(u64),
    /// A text; upper and lower case are told apart only where nothing else does.
    Text(Cow<'a, str>),
}

impl Column {
    pub(super) fn value<'a>(self, row: &'a Row, inventory: &'a Inventory) -> Value<'a> {
        let snapshot = &row.snapshot;
        let text =
            |text: &'a str| if text.is_empty() { Value::Absent } else { Value::Text(Cow::Borrowed(text)) };
        match self {
            Self::Id => text(snapshot.arn.exact_name()),
            Self::Type => Value::Number(snapshot.snapshot_type as u64),
            Self::Encryption => match inventory.encryption(snapshot) {
                EncryptionClass::Unknown => Value::Absent,
                class => Value::Number(class as u64),
            },
            Self::Share => match &snapshot.share {
                Share::Unknown(_) => Value::Absent,
                Share::NotShareable => Value::Number(0),
                Share::Private => Value::Number(1),
                Share::Accounts(ids) => Value::Number(2 + ids.len() as u64),
                Share::Public(_) => Value::Number(u64::MAX),
            },
            Self::DataAge => {
                inventory.data_at(snapshot).map_or(Value::Absent, |at| Value::Number(!instant(at)))
            }
            Self::Size => snapshot.size_gib.map_or(Value::Absent, |gib| Value::Number(gib.into())),
            Self::Account => {
                let id = snapshot.scope.account;
                let name = inventory.account_name(id).map(|name| Cow::Borrowed(name.exact()));
                Value::Text(name.unwrap_or_else(|| Cow::Owned(id.to_string())))
            }
            Self::Region => text(snapshot.scope.region.name()),
            Self::Engine => text(snapshot.engine.exact()),
            Self::SourceDb => text(snapshot.source_db.exact()),
            Self::Status => text(snapshot.status.exact()),
            Self::Created => snapshot.created_at.map_or(Value::Absent, |at| Value::Number(instant(at))),
        }
    }
}

impl Order {
    /// Compares two rows; equal only for the same row.
    pub fn compare(self, a: &Row, b: &Row, inventory: &Inventory) -> Ordering {
        let by_value = match (self.by.value(a, inventory), self.by.value(b, inventory)) {
            (Value::Absent, Value::Absent) => Ordering::Equal,
            (Value::Absent, _) => Ordering::Greater,
            (_, Value::Absent) => Ordering::Less,
            (Value::Number(l), Value::Number(r)) => self.direction.apply(l.cmp(&r)),
            (Value::Text(l), Value::Text(r)) => self.direction.apply(compare_texts(&l, &r)),
            (Value::Number(_), Value::Text(_)) | (Value::Text(_), Value::Number(_)) => {
                unreachable!("BUG: a column is ordered by texts or by numbers, not by both")
            }
        };
        let newest = |row: &Row| freshness(row, inventory);
        by_value.then_with(|| newest(a).cmp(&newest(b))).then_with(|| identity(a).cmp(&identity(b)))
    }

    /// Puts rows in order as [`compare`](Self::compare) does, each value being looked up once; gives their places in `rows`.
    pub(super) fn sorted(self, rows: &[&Row], inventory: &Inventory) -> Vec<u32> {
        let values: Vec<_> = rows.iter().map(|row| self.by.value(row, inventory)).collect();
        let ranks = text_ranks(&values);
        let flip = |n: u64| match self.direction {
            Direction::Ascending => (false, n),
            Direction::Descending => (false, !n),
        };
        let key = |at: usize| match &values[at] {
            Value::Absent => (true, 0),
            Value::Number(n) => flip(*n),
            Value::Text(_) => flip(ranks[at]),
        };
        let mut keyed: Vec<_> =
            (0_u32..).zip(rows).map(|(at, row)| (key(at as usize), freshness(row, inventory), at)).collect();
        keyed.sort_unstable_by(|a, b| {
            let same = || identity(rows[a.2 as usize]).cmp(&identity(rows[b.2 as usize]));
            (a.0, a.1).cmp(&(b.0, b.1)).then_with(same)
        });
        keyed.into_iter().map(|(_, _, at)| at).collect()
    }
}

/// The rank of each text among all of them, equal for equal ones; empty if there are no texts.
fn text_ranks(values: &[Value<'_>]) -> Vec<u64> {
    // All in one piece: a sort that jumps from row to row waits for memory.
    let mut lowered = String::new();
    let mut places = Vec::new();
    for (at, value) in values.iter().enumerate() {
        if let Value::Text(text) = value {
            let start = lowered.len();
            lowered.push_str(text);
            lowered[start..].make_ascii_lowercase();
            places.push((start..lowered.len(), at, text));
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    let key = |place: &(Range<usize>, usize, _)| lowered[place.0.clone()].as_bytes();
    places.sort_unstable_by(|a, b| key(a).cmp(key(b)).then_with(|| a.2.cmp(b.2)));
    let mut ranks = vec![0; values.len()];
    let (mut rank, mut before) = (0, "");
    for (_, at, text) in &places {
        rank += u64::from(before != text.as_ref());
        before = text;
        ranks[*at] = rank;
    }
    ranks
}

/// The smaller, the newer the data; the largest when its time is not known.
fn freshness(row: &Row, inventory: &Inventory) -> u64 {
    inventory.data_at(&row.snapshot).map_or(u64::MAX, |at| !instant(at))
}

/// What no two rows have in common.
fn identity(row: &Row) -> (&str, AccountId) {
    (row.snapshot.arn.exact(), row.snapshot.scope.account)
}

/// Compares without regard to ASCII case, then with it.
fn compare_texts(a: &str, b: &str) -> Ordering {
    let lower = |b: u8| b.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower)).then_with(|| a.cmp(b))
}

/// A time as a number that grows with it, to the microsecond.
fn instant(at: Timestamp) -> u64 {
    at.as_microsecond().cast_unsigned() ^ (1 << 63)
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
    fn sorting_all_at_once_and_comparing_two_agree_in_every_order() {
        let fleet = Fleet::assorted(60);
        let rows: Vec<&Row> = fleet.inventory.rows().map(|(_, row)| row).collect();
        for by in Column::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let order = Order { by, direction };
                let sorted = order.sorted(&rows, &fleet.inventory);
                for pair in sorted.windows(2) {
                    let (a, b) = (rows[pair[0] as usize], rows[pair[1] as usize]);
                    assert_eq!(order.compare(a, b, &fleet.inventory), Ordering::Less, "{by:?} {direction:?}");
                }
            }
        }
    }

    #[test]
    fn columns_are_found_by_their_names() {
        assert!(Column::ALL.into_iter().all(|column| Column::of_name(column.name()) == Some(column)));
    }
}
