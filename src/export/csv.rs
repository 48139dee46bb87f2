//! Snapshots as CSV (RFC 4180), for spreadsheets: values made visible, and none of them a formula.
//!
//! The columns are JSON's fields, with `share` in two. What a spreadsheet would take for a formula begins with `'`: a
//! cell, and each part of one, since many of them part lines at `;`.

use crate::domain::{Inventory, Row};

use super::rfc3339;

const COLUMNS: [&str; 26] = [
    "arn",
    "id",
    "kind",
    "family",
    "account",
    "account_name",
    "region",
    "engine",
    "engine_version",
    "source_db",
    "type",
    "origin",
    "status",
    "progress",
    "created_at",
    "data_at",
    "size_gib",
    "encryption",
    "kms_key_arn",
    "kms_key_alias",
    "share",
    "share_accounts",
    "option_group",
    "storage_type",
    "source_snapshot",
    "tags",
];

/// What a formula begins with; the wide forms where a spreadsheet is set to a language that writes them.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The names of the columns, without a line end (RFC 4180 wants CRLF).
pub fn csv_header() -> String {
    COLUMNS.join(",")
}

/// A snapshot, without a line end (RFC 4180 wants CRLF); what is not known is an empty cell.
pub fn csv_line(row: &Row, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let scope = &snapshot.scope;
    let key = snapshot.encryption.key();
    let alias = key.and_then(|arn| inventory.key(arn)).and_then(|key| key.aliases.first());
    let readers: Vec<String> = snapshot.share.accounts().iter().map(ToString::to_string).collect();
    let tags: Vec<String> = snapshot.tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
    let cells: [String; COLUMNS.len()] = [
        snapshot.arn.to_string(),
        snapshot.arn.name().to_string(),
        snapshot.kind().name().to_owned(),
        snapshot.family.name().to_owned(),
        scope.account.to_string(),
        maybe(inventory.account_name(scope.account)),
        scope.region.to_string(),
        snapshot.engine.to_string(),
        snapshot.engine_version.to_string(),
        snapshot.source_db.to_string(),
        snapshot.snapshot_type.name().to_owned(),
        snapshot.origin.name().to_owned(),
        snapshot.status.to_string(),
        maybe(snapshot.progress),
        maybe(snapshot.created_at.get().map(rfc3339)),
        maybe(inventory.data_at(snapshot).map(rfc3339)),
        maybe(snapshot.size_gib),
        inventory.encryption(snapshot).name().to_owned(),
        maybe(key),
        maybe(alias),
        snapshot.share.name().to_owned(),
        readers.join(";"),
        maybe(snapshot.option_group.as_ref()),
        maybe(snapshot.storage_type.as_ref()),
        maybe(snapshot.source_snapshot.as_ref()),
        tags.join(";"),
    ];
    cells.map(cell).join(",")
}

fn maybe(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A value as a cell: disarmed where it begins like a formula, quoted where it holds what separates cells.
fn cell(value: String) -> String {
    let begins_a_formula = |part: &str| part.trim_start_matches([' ', '"']).starts_with(FORMULA);
    let value = if value.split(';').any(begins_a_formula) {
        let disarmed = |part: &str| if begins_a_formula(part) { format!("'{part}") } else { part.to_owned() };
        value.split(';').map(disarmed).collect::<Vec<_>>().join(";")
    } else {
        value
    };
    if value.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Moment;
    use crate::export::fixture::{inventory_of, snapshot};

    fn line(change: impl FnOnce(&mut crate::domain::Snapshot)) -> String {
        let mut row = snapshot("orders");
        change(&mut row);
        let inventory = inventory_of(vec![row]);
        let (_, row) = inventory.rows().next().expect("a row");
        csv_line(row, &inventory)
    }

    #[test]
    fn a_line_has_a_cell_for_every_column() {
        let line = line(|_| {});
        assert_eq!(
            line,
            "arn:aws:rds:us-east-1:111111111111:snapshot:orders,orders,instance,rds,111111111111,prod,us-east-1,\
             mysql,8.0.39,orders-db,manual,own,available,100,2026-11-24T00:12:33Z,2026-11-24T00:12:33Z,100,\
             none,,,unknown,,default:mysql-8-0,gp3,,env=prod;team=dba"
        );
        assert_eq!(csv_header().split(',').count(), line.split(',').count());
    }

    #[test]
    fn no_cell_is_a_formula_and_separators_are_quoted() {
        for begin in ["=", "+", "-", "@"] {
            let value = format!("{begin}cmd|' /C calc'!A0");
            assert!(line(|s| s.source_db = value.as_str().into()).contains(&format!(",'{value},")));
        }
        assert!(line(|s| s.source_db = "a,\"b\"".into()).contains(",\"a,\"\"b\"\"\","));
    }

    #[test]
    fn what_hides_is_made_visible() {
        assert!(line(|s| s.source_db = "a\x1b[2J\nb".into()).contains(",a\\u{1b}[2J\\nb,"));
    }

    #[test]
    fn what_is_not_known_is_an_empty_cell() {
        let line = line(|s| {
            (s.progress, s.created_at, s.data_at, s.size_gib) =
                (None, Moment::UNKNOWN, Moment::UNKNOWN, None);
        });
        assert!(line.contains(",available,,,,,none,"), "{line}");
    }
}
