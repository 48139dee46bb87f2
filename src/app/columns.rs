//! The table's columns: which there are at a width, where they stand, and what stands in them.
//!
//! Identifiers come first: a column that would cost them room they need is left out, or added only
//! where there is room to spare. The same arithmetic serves drawing and the mouse.

use crate::query::Column;

use super::words::Room;

/// Before the first column: the cursor's bar, a mark, the kind, and whether the row is stale.
const GUTTER: u16 = 4;

/// The narrowest that identifiers get before other columns go.
const ID_LEAST: u16 = 20;

/// Longer identifiers do not keep other columns away.
const ID_FAIR: u16 = 44;

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Id,
    Type,
    Encryption(Room),
    Share(Room),
    Age,
    Size,
    Account,
    Region(Room),
    Engine,
    Version,
    Status,
    Source,
    Created,
    Storage,
    Options,
}

/// A column in its place; `x` counts from the table's inner edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) field: Field,
    pub(super) x: u16,
    pub(super) width: u16,
}

/// What the rows ask of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Needs {
    /// The longest identifier.
    pub(super) id: u16,
    /// The longest name of an account; 0 where there is only one account.
    pub(super) account: u16,
    /// The longest short form of a region; 0 where there is only one region.
    pub(super) region: u16,
}

/// How the table uses its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// What fits.
    Fitting,
    /// Everything, less the first columns after the identifiers.
    Wide {
        /// How many columns were scrolled past.
        skipped: usize,
    },
}

impl Field {
    /// The heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Id => "ID",
            Self::Type => "TYPE",
            Self::Encryption(Room::Narrow) => "ENC",
            Self::Encryption(Room::Wide) => "ENCRYPTION",
            Self::Share(_) => "SHARED",
            Self::Age => "AGE",
            Self::Size => "GiB",
            Self::Account => "ACCT",
            Self::Region(_) => "REGION",
            Self::Engine => "ENGINE",
            Self::Version => "VERSION",
            Self::Status => "STATUS",
            Self::Source => "SOURCE",
            Self::Created => "CREATED",
            Self::Storage => "DISK",
            Self::Options => "OPTION GROUP",
        }
    }

    /// What a click on the heading sorts by.
    pub(super) fn order(self) -> Option<Column> {
        match self {
            Self::Id => Some(Column::Id),
            Self::Type => Some(Column::Type),
            Self::Encryption(_) => Some(Column::Encryption),
            Self::Share(_) => Some(Column::Share),
            Self::Age => Some(Column::DataAge),
            Self::Size => Some(Column::Size),
            Self::Account => Some(Column::Account),
            Self::Region(_) => Some(Column::Region),
            Self::Engine => Some(Column::Engine),
            Self::Status => Some(Column::Status),
            Self::Source => Some(Column::SourceDb),
            Self::Created => Some(Column::Created),
            Self::Version | Self::Storage | Self::Options => None,
        }
    }

    /// Whether it stands at the right edge of its column, as numbers do.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Age | Self::Size)
    }

    #[expect(clippy::match_same_arms, reason = "a column a line, in the order of the table")]
    fn width(self, needs: Needs) -> u16 {
        match self {
            Self::Id => needs.id.max(2),
            Self::Type => 6,
            Self::Encryption(Room::Narrow) => 7,
            Self::Encryption(Room::Wide) => 16,
            Self::Share(Room::Narrow) => 9,
            Self::Share(Room::Wide) | Self::Storage => 17,
            Self::Age => 4,
            Self::Size => 6,
            Self::Account => needs.account.clamp(4, 16),
            Self::Region(Room::Narrow) => needs.region.max(6),
            Self::Region(Room::Wide) => 14,
            Self::Engine => 17,
            Self::Version => 12,
            Self::Status => 14,
            Self::Source => 24,
            Self::Created => 16,
            Self::Options => 24,
        }
    }
}

/// All columns, in their order, as the wide table has them.
const EVERYTHING: [Field; 15] = [
    Field::Id,
    Field::Type,
    Field::Encryption(Room::Wide),
    Field::Share(Room::Wide),
    Field::Age,
    Field::Size,
    Field::Account,
    Field::Region(Room::Wide),
    Field::Status,
    Field::Engine,
    Field::Version,
    Field::Source,
    Field::Created,
    Field::Storage,
    Field::Options,
];

/// How far the wide table can be scrolled sideways.
pub(super) const FURTHEST: usize = EVERYTHING.len() - 2;

/// Places the columns in a table of some inner width.
pub(super) fn columns(width: u16, needs: Needs, extent: Extent) -> Vec<Placed> {
    match extent {
        Extent::Fitting => fitting(width, needs),
        Extent::Wide { skipped } => {
            let id = Field::Id.width(needs).min(width.saturating_sub(GUTTER));
            let rest = EVERYTHING
                .into_iter()
                .skip(1 + skipped.min(FURTHEST))
                .map(|field| (field, field.width(needs)));
            place(width, std::iter::once((Field::Id, id)).chain(rest))
        }
    }
}

fn fitting(width: u16, needs: Needs) -> Vec<Placed> {
    let mut chosen = vec![
        Field::Id,
        Field::Type,
        Field::Encryption(Room::Narrow),
        Field::Share(Room::Narrow),
        Field::Age,
        Field::Account,
        Field::Region(Room::Narrow),
    ];
    // One account or one region is said once, in the header.
    chosen.retain(|field| match field {
        Field::Account => needs.account > 0,
        Field::Region(_) => needs.region > 0,
        _ => true,
    });
    let account_least = |account: u16| Needs { account: account.min(needs.account), ..needs };
    let left = |fields: &[Field], needs: Needs| {
        let taken: u16 = fields.iter().filter(|f| **f != Field::Id).map(|f| f.width(needs) + 1).sum();
        width.saturating_sub(GUTTER + taken)
    };
    // Names of accounts give way first.
    let wanted = needs.id.min(ID_FAIR);
    let mut names = 12;
    while names > 4 && left(&chosen, account_least(names)) < wanted {
        names -= 1;
    }
    let fitted = account_least(names);
    for field in [Field::Region(Room::Narrow), Field::Account, Field::Type, Field::Age] {
        if left(&chosen, fitted) < ID_LEAST.min(needs.id) {
            chosen.retain(|other| *other != field);
        }
    }
    let complete = chosen.len();
    if chosen.contains(&Field::Age) {
        enrich(&mut chosen, |fields| left(fields, fitted) >= wanted);
    }
    let spare = left(&chosen, fitted);
    // With every column in place, what is left over stays empty: a wider gap would only part a row's two ends.
    let id = if chosen.len() > complete {
        spare.min(needs.id.max(wanted))
    } else {
        spare.min(needs.id.max(ID_LEAST))
    };
    let widths: Vec<_> = chosen
        .into_iter()
        .map(|field| (field, if field == Field::Id { id } else { field.width(fitted) }))
        .collect();
    place(width, widths.into_iter())
}

/// Adds what there is room for, the most useful first.
fn enrich(chosen: &mut Vec<Field>, fits: impl Fn(&[Field]) -> bool) {
    const OFFERS: [Field; 10] = [
        Field::Size,
        Field::Encryption(Room::Wide),
        Field::Region(Room::Wide),
        Field::Status,
        Field::Engine,
        Field::Share(Room::Wide),
        Field::Source,
        Field::Version,
        Field::Created,
        Field::Options,
    ];
    for offer in OFFERS {
        let mut richer = chosen.clone();
        let same = |field: &Field| std::mem::discriminant(field) == std::mem::discriminant(&offer);
        match richer.iter_mut().find(|field| same(field)) {
            Some(field) => *field = offer,
            // A wider form of a column that is not there is no column either.
            None if matches!(offer, Field::Region(_)) => continue,
            None => richer.push(offer),
        }
        if fits(&richer) {
            *chosen = richer;
        }
    }
    let rank = |field: &Field| {
        let same = |other: &Field| std::mem::discriminant(field) == std::mem::discriminant(other);
        EVERYTHING.iter().position(same)
    };
    chosen.sort_by_key(rank);
}

fn place(width: u16, fields: impl Iterator<Item = (Field, u16)>) -> Vec<Placed> {
    let mut x = GUTTER;
    let mut placed = Vec::new();
    for (field, wide) in fields {
        if x + wide > width && !placed.is_empty() {
            break;
        }
        placed.push(Placed { field, x, width: wide });
        x += wide + 1;
    }
    placed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn titles(width: u16, id: u16) -> Vec<&'static str> {
        let needs = Needs { id, account: 5, region: 5 };
        columns(width, needs, Extent::Fitting).iter().map(|placed| placed.field.title()).collect()
    }

    fn id_width(width: u16, id: u16) -> u16 {
        columns(width, Needs { id, account: 5, region: 5 }, Extent::Fitting)[0].width
    }

    #[test]
    fn eighty_columns_hold_a_whole_automated_name() {
        assert_eq!(titles(78, 33), ["ID", "TYPE", "ENC", "SHARED", "AGE", "ACCT", "REGION"]);
        assert!(id_width(78, 33) >= 32, "{}", id_width(78, 33));
    }

    #[test]
    fn short_names_leave_room_for_more_columns() {
        assert!(titles(78, 20).contains(&"GiB"));
        assert!(titles(118, 32).contains(&"ENCRYPTION"));
    }

    #[test]
    fn what_there_is_only_one_of_has_no_column() {
        let needs = Needs { id: 20, account: 0, region: 0 };
        let placed = columns(78, needs, Extent::Fitting);
        assert!(placed.iter().all(|p| !matches!(p.field, Field::Account | Field::Region(_))));
    }

    #[test]
    fn the_wide_table_is_scrolled_by_columns_and_keeps_its_identifiers() {
        let needs = Needs { id: 30, account: 5, region: 5 };
        let placed = columns(78, needs, Extent::Wide { skipped: 4 });
        assert_eq!(placed.iter().map(|p| p.field.title()).take(3).collect::<Vec<_>>(), ["ID", "GiB", "ACCT"]);
    }

    proptest! {
        #[test]
        fn columns_stand_side_by_side_inside_the_table(
            width in 38u16..400, id in 1u16..300, account in 0u16..40, region in 0u16..12, skipped in 0usize..30, wide: bool,
        ) {
            let needs = Needs { id, account, region };
            let extent = if wide { Extent::Wide { skipped } } else { Extent::Fitting };
            let placed = columns(width, needs, extent);
            prop_assert_eq!(placed[0].field, Field::Id);
            let mut x = GUTTER;
            for column in &placed {
                prop_assert!(column.x >= x && column.x + column.width <= width, "{placed:?}");
                x = column.x + column.width + 1;
            }
            let words = |field: &Placed| matches!(field.field, Field::Encryption(_) | Field::Share(_));
            prop_assert!(wide || placed.iter().filter(|p| words(p)).count() == 2, "{placed:?}");
        }
    }
}
