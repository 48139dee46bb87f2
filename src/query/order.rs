//! The orders of a list: total, the same however the rows arrived.
//!
//! Rows without a value come last in either direction. Ties are broken by the age of the data (newest first), then by ARN,
//! then by the account that sees it, and no two rows have both in common.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::domain::{EncryptionClass, Inventory, Row, Share};

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
            _ => self.name(),
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
        let (left, right) = (self.by.value(a, inventory), self.by.value(b, inventory));
        let by_value = match (&left, &right) {
            (Value::Absent, Value::Absent) => Ordering::Equal,
            (Value::Absent, _) => Ordering::Greater,
            (_, Value::Absent) => Ordering::Less,
            (Value::Number(l), Value::Number(r)) => self.direction.apply(l.cmp(r)),
            (Value::Text(l), Value::Text(r)) => self.direction.apply(compare_texts(l, r)),
            (Value::Number(_), Value::Text(_)) | (Value::Text(_), Value::Number(_)) => Ordering::Equal,
        };
        let newest = |row: &Row| freshness(row, inventory);
        by_value.then_with(|| newest(a).cmp(&newest(b))).then_with(|| identity(a).cmp(&identity(b)))
    }
}

/// The smaller, the newer the data; the largest when its time is not known.
pub(super) fn freshness(row: &Row, inventory: &Inventory) -> u64 {
    inventory.data_at(&row.snapshot).map_or(u64::MAX, |at| !instant(at))
}

/// What no two rows have in common.
pub(super) fn identity(row: &Row) -> impl Ord + '_ {
    (row.snapshot.arn.exact(), row.snapshot.scope.account)
}

/// Compares without regard to ASCII case, then with it.
pub(super) fn compare_texts(a: &str, b: &str) -> Ordering {
    let lower = |text: &'_ str| text.bytes().map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    lower(a).cmp(&lower(b)).then_with(|| a.cmp(b))
}

/// A time as a number that grows with it: nanoseconds, moved so that none is negative, to the microsecond.
fn instant(at: jiff::Timestamp) -> u64 {
    at.as_microsecond().cast_unsigned() ^ (1 << 63)
}
