//! Snapshots as a table for eyes: aligned by what is shown, identifiers whole, words before colours.
//!
//! Where the width is too small, columns go from the least needed on, then words get short, and only then the middle of
//! names goes. Account, region, name and the mark of a cluster snapshot always stay, so that no two rows look alike.

use jiff::Timestamp;

use crate::domain::{
    ASCII_ELLIPSIS, AccountId, Cells, Encryption, EncryptionClass, Inventory, Key, Kind, Origin, Row, Share,
    Shown, SnapshotType, age, distinct_cuts_with,
};

/// The blanks between two columns.
const GAP: &str = "  ";

/// The fewest columns that a name is cut to.
const NARROWEST_NAME: usize = 8;

/// A table with a header line. With a `width`, it is made to fit as far as no two rows look alike then; it may stay wider.
pub fn table<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    inventory: &Inventory,
    now: Timestamp,
    width: Option<usize>,
) -> String {
    let rows: Vec<&Row> = rows.into_iter().collect();
    let grid_of = |columns: &[Column], words| Grid::new(&rows, columns, words, inventory, now);
    let mut columns = Column::ALL.to_vec();
    let mut grid = grid_of(&columns, Words::Long);
    let Some(width) = width else { return grid.text() };
    for dispensable in [Column::SourceDb, Column::Engine] {
        if grid.width() > width {
            columns.retain(|column| *column != dispensable);
            grid = grid_of(&columns, Words::Long);
        }
    }
    if grid.width() > width {
        grid = grid_of(&columns, Words::Short);
    }
    for dispensable in [Column::Size, Column::Status] {
        if grid.width() > width {
            columns.retain(|column| *column != dispensable);
            grid = grid_of(&columns, Words::Short);
        }
    }
    grid.cut_names(width);
    grid.text()
}

/// Whether words are written out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Long,
    Short,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Mark,
    Name,
    Type,
    Encryption,
    Share,
    Age,
    Size,
    Account,
    Region,
    Status,
    Engine,
    SourceDb,
}

impl Column {
    const ALL: [Self; 12] = [
        Self::Mark,
        Self::Name,
        Self::Type,
        Self::Encryption,
        Self::Share,
        Self::Age,
        Self::Size,
        Self::Account,
        Self::Region,
        Self::Status,
        Self::Engine,
        Self::SourceDb,
    ];

    fn title(self, words: Words) -> &'static str {
        match (self, words) {
            (Self::Mark, _) => " ",
            (Self::Name, _) => "ID",
            (Self::Type, _) => "TYPE",
            (Self::Encryption, Words::Long) => "ENCRYPTION",
            (Self::Encryption, Words::Short) => "ENC",
            (Self::Share, _) => "SHARED",
            (Self::Age, Words::Long) => "DATA AGE",
            (Self::Age, Words::Short) => "AGE",
            (Self::Size, _) => "GiB",
            (Self::Account, Words::Long) => "ACCOUNT",
            (Self::Account, Words::Short) => "ACCT",
            (Self::Region, _) => "REGION",
            (Self::Status, _) => "STATUS",
            (Self::Engine, _) => "ENGINE",
            (Self::SourceDb, _) => "SOURCE DB",
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Age | Self::Size)
    }

    fn cell(self, row: &Row, words: Words, inventory: &Inventory, now: Timestamp) -> String {
        let snapshot = &row.snapshot;
        match (self, words) {
            (Self::Mark, _) => match snapshot.kind() {
                Kind::Instance => " ".to_owned(),
                Kind::Cluster => "C".to_owned(),
            },
            (Self::Name, _) => snapshot.arn.name().to_string(),
            (Self::Type, Words::Long) => snapshot.snapshot_type.name().to_owned(),
            (Self::Type, Words::Short) => match snapshot.snapshot_type {
                SnapshotType::Manual => "manual".to_owned(),
                SnapshotType::Automated => "auto".to_owned(),
                SnapshotType::AwsBackup => "backup".to_owned(),
            },
            (Self::Encryption, words) => encryption(row, words, inventory),
            (Self::Share, words) => share(row, words, inventory),
            (Self::Age, _) => inventory.data_at(snapshot).map_or_else(|| "?".to_owned(), |at| age(at, now)),
            (Self::Size, _) => snapshot.size_gib.map_or_else(|| "-".to_owned(), |gib| gib.to_string()),
            (Self::Account, _) => account(snapshot.scope.account, inventory),
            (Self::Region, Words::Long) => snapshot.scope.region.to_string(),
            (Self::Region, Words::Short) => Shown::from(snapshot.scope.region.short()).to_string(),
            (Self::Status, _) => snapshot.status.to_string(),
            (Self::Engine, _) => format!("{} {}", snapshot.engine, snapshot.engine_version),
            (Self::SourceDb, _) => snapshot.source_db.to_string(),
        }
    }
}

fn account(id: AccountId, inventory: &Inventory) -> String {
    inventory.account_name(id).map_or_else(|| id.to_string(), ToString::to_string)
}

fn encryption(row: &Row, words: Words, inventory: &Inventory) -> String {
    let class = inventory.encryption(&row.snapshot);
    let alias = match &row.snapshot.encryption {
        Encryption::Kms(arn) => inventory.key(arn).and_then(Key::short_alias),
        Encryption::None | Encryption::AwsOwned | Encryption::Unnamed => None,
    };
    match (class, words, alias) {
        (EncryptionClass::Customer, Words::Long, Some(alias)) => format!("cmk {alias}"),
        (EncryptionClass::Customer, _, _) => "cmk".to_owned(),
        (EncryptionClass::AwsManaged, _, _) => "aws/rds".to_owned(),
        (EncryptionClass::None | EncryptionClass::AwsOwned | EncryptionClass::Unknown, _, _) => {
            class.name().to_owned()
        }
    }
}

fn share(row: &Row, words: Words, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    match (&snapshot.share, snapshot.origin) {
        (_, Origin::Public) | (Share::Public(_), Origin::Own | Origin::Shared) => "PUBLIC".to_owned(),
        (_, Origin::Shared) => format!("from {}", account(snapshot.owner(), inventory)),
        (Share::NotShareable, Origin::Own) => "-".to_owned(),
        (Share::Unknown(_) | Share::Private, Origin::Own) => snapshot.share.name().to_owned(),
        (Share::Accounts(ids), Origin::Own) => {
            let strangers = ids.iter().filter(|id| inventory.account_name(**id).is_none()).count();
            match (words, strangers) {
                (Words::Long, 0) => format!("{} acc", ids.len()),
                (Words::Long, strangers) => format!("{} acc, {strangers}?", ids.len()),
                (Words::Short, 0) => ids.len().to_string(),
                (Words::Short, _) => format!("{}+?", ids.len()),
            }
        }
    }
}

/// Cells, line by line, the header first.
struct Grid {
    columns: Vec<Column>,
    lines: Vec<Vec<String>>,
    widths: Vec<usize>,
}

impl Grid {
    fn new(rows: &[&Row], columns: &[Column], words: Words, inventory: &Inventory, now: Timestamp) -> Self {
        let header = columns.iter().map(|column| column.title(words).to_owned()).collect();
        let cells =
            |row: &&Row| columns.iter().map(|column| column.cell(row, words, inventory, now)).collect();
        let lines = std::iter::once(header).chain(rows.iter().map(cells)).collect();
        let mut grid = Self { columns: columns.to_vec(), lines, widths: Vec::new() };
        grid.measure();
        grid
    }

    fn measure(&mut self) {
        let widest = |at: usize| self.lines.iter().map(|line| line[at].cells()).max().unwrap_or(0);
        self.widths = (0..self.columns.len()).map(widest).collect();
    }

    fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP.len() * (self.columns.len() - 1)
    }

    /// Cuts names so far that the table fits, or as far as they stay legible and different.
    fn cut_names(&mut self, width: usize) {
        let excess = self.width().saturating_sub(width);
        let Some(at) = self.columns.iter().position(|column| *column == Column::Name).filter(|_| excess > 0)
        else {
            return;
        };
        let room = self.widths[at].saturating_sub(excess).max(NARROWEST_NAME);
        let names: Vec<&str> = self.lines[1..].iter().map(|line| line[at].as_str()).collect();
        let cuts = distinct_cuts_with(&names, room, ASCII_ELLIPSIS);
        for (line, cut) in self.lines[1..].iter_mut().zip(cuts) {
            line[at] = cut;
        }
        self.measure();
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity((self.width() + 1) * self.lines.len());
        for line in &self.lines {
            let mut written = String::new();
            for ((cell, column), width) in line.iter().zip(&self.columns).zip(&self.widths) {
                let pad = " ".repeat(width.saturating_sub(cell.cells()));
                let (left, right) = if column.is_number() { (pad.as_str(), "") } else { ("", pad.as_str()) };
                for part in [left, cell, right, GAP] {
                    written.push_str(part);
                }
            }
            text.push_str(written.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::*;
    use crate::domain::{Moment, Snapshot, SnapshotArn};
    use crate::export::fixture::{inventory_of, scope, snapshot};

    fn shown(rows: Vec<Snapshot>, width: Option<usize>) -> String {
        let inventory = inventory_of(rows);
        let now = "2026-11-24T03:00:00Z".parse().expect("a time");
        table(inventory.rows().map(|(_, row)| row), &inventory, now, width)
    }

    fn assorted() -> Vec<Snapshot> {
        let mut open = snapshot("orders-prod-before-migration-1");
        open.share = Share::Public(Arc::new([]));
        let mut shared = snapshot("orders-prod-before-migration-2");
        shared.share = Share::Accounts(Arc::new([scope().account, "999999999999".parse().expect("an id")]));
        let mut cluster = snapshot("注文");
        cluster.arn = SnapshotArn::new(&scope().region, scope().account, Kind::Cluster, "注文");
        (cluster.size_gib, cluster.data_at, cluster.share) = (None, Moment::UNKNOWN, Share::Private);
        let mut auto = snapshot("rds:orders-prod-2026-11-24-02-05");
        (auto.snapshot_type, auto.share) = (SnapshotType::Automated, Share::NotShareable);
        vec![open, shared, cluster, auto]
    }

    #[test]
    fn a_table_is_aligned_by_what_is_shown() {
        insta::assert_snapshot!(shown(assorted(), None), @r"
          ID                                TYPE       ENCRYPTION  SHARED     DATA AGE  GiB  ACCOUNT  REGION     STATUS     ENGINE        SOURCE DB
          orders-prod-before-migration-1    manual     none        PUBLIC           2h  100  prod     us-east-1  available  mysql 8.0.39  orders-db
          orders-prod-before-migration-2    manual     none        2 acc, 1?        2h  100  prod     us-east-1  available  mysql 8.0.39  orders-db
       C  注文                              manual     none        private           ?    -  prod     us-east-1  available  mysql 8.0.39  orders-db
          rds:orders-prod-2026-11-24-02-05  automated  none        -                2h  100  prod     us-east-1  available  mysql 8.0.39  orders-db
        ");
    }

    #[test]
    fn a_narrow_table_drops_and_shortens_before_it_cuts() {
        insta::assert_snapshot!(shown(assorted(), Some(90)), @r"
          ID                                TYPE    ENC   SHARED   AGE  ACCT  REGION  STATUS
          orders-prod-before-migration-1    manual  none  PUBLIC    2h  prod  use1    available
          orders-prod-before-migration-2    manual  none  2+?       2h  prod  use1    available
       C  注文                              manual  none  private    ?  prod  use1    available
          rds:orders-prod-2026-11-24-02-05  auto    none  -         2h  prod  use1    available
        ");
        insta::assert_snapshot!(shown(assorted(), Some(60)), @r"
          ID               TYPE    ENC   SHARED   AGE  ACCT  REGION
          orders-..tion-1  manual  none  PUBLIC    2h  prod  use1
          orders-..tion-2  manual  none  2+?       2h  prod  use1
       C  注文             manual  none  private    ?  prod  use1
          rds:ord..-02-05  auto    none  -         2h  prod  use1
        ");
    }

    #[test]
    fn no_two_rows_look_alike_however_narrow() {
        for width in 0..140 {
            let text = shown(assorted(), Some(width));
            assert_eq!(text.lines().collect::<HashSet<_>>().len(), 5, "{width}\n{text}");
            let widest = text.lines().map(Cells::cells).max().unwrap_or(0);
            assert!(width < 54 || widest <= width, "{width}: {widest}\n{text}");
        }
    }

    #[test]
    fn nothing_hidden_reaches_the_table() {
        let mut row = snapshot("a");
        row.source_db = "x\x1b[2J\ny".into();
        assert!(shown(vec![row], None).contains("x\\u{1b}[2J\\ny"));
    }
}
