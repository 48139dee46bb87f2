//! Everything that is known of one snapshot, grouped for the eye: what is wrong first.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Family, Inventory, KeyState, Kind, Origin, Row, Share, Snapshot,
    SnapshotType, Unasked, age,
};
use crate::query::problems;

use super::prose::{Block, Line, Piece, Tone};
use super::tree::tint_of;
use super::words::{default_key_tone, grouped, status_word};

/// The details of a row.
pub(super) fn blocks(row: &Row, inventory: &Inventory, now: Timestamp, zone: &TimeZone) -> Vec<Block> {
    let snapshot = &row.snapshot;
    let mut out = vec![Block::Paragraph(vec![Piece::new(Tone::Strong, snapshot.arn.name())])];
    out.push(Block::Paragraph(headline(snapshot)));
    out.push(Block::text(engine(snapshot)));
    for problem in problems(row, inventory) {
        out.push(Block::Paragraph(vec![Piece::new(Tone::Danger, format!("! {problem}"))]));
    }
    if inventory.is_stale(row) {
        out.push(Block::Paragraph(vec![Piece::new(
            Tone::Doubt,
            "~ not seen by the last reading of its region",
        )]));
    }
    out.push(Block::Blank);
    field(&mut out, "Data", time(inventory.data_at(snapshot), now, zone));
    field(&mut out, "Taken", time(snapshot.created_at.get(), now, zone));
    out.push(Block::Blank);
    field(&mut out, "Encryption", encryption(row, inventory));
    key(&mut out, snapshot, inventory);
    field(&mut out, "Shared", share(snapshot, inventory));
    for id in snapshot.share.accounts() {
        field(&mut out, "", account(*id, inventory));
    }
    out.push(Block::Blank);
    origin(&mut out, snapshot, inventory);
    if !snapshot.source_db.is_empty() {
        field(&mut out, "Source", vec![Piece::plain(&snapshot.source_db)]);
    }
    if let Some(source) = &snapshot.source_snapshot {
        field(&mut out, "Copy of", copy_of(source.exact(), source, inventory));
    }
    if let Some(group) = &snapshot.option_group {
        field(&mut out, "Options", vec![Piece::plain(group)]);
    }
    out.push(Block::Blank);
    if snapshot.tags.is_empty() {
        field(&mut out, "Tags", vec![Piece::new(Tone::Dim, "none")]);
    }
    for (n, tag) in snapshot.tags.iter().enumerate() {
        let label = if n == 0 { "Tags" } else { "" };
        let value = vec![Piece::plain(format!("{} = ", tag.key)), Piece::plain(&tag.value)];
        field(&mut out, label, value);
    }
    out.push(Block::Blank);
    field(&mut out, "ARN", vec![Piece::plain(&snapshot.arn)]);
    out
}

fn field(out: &mut Vec<Block>, label: &str, value: Line) {
    out.push(Block::Field { label: label.to_owned(), value });
}

fn headline(snapshot: &Snapshot) -> Line {
    let status = status_word(snapshot).unwrap_or_else(|| Piece::plain("available"));
    let kind = match snapshot.kind() {
        Kind::Instance => "instance",
        Kind::Cluster => "cluster",
    };
    let kind_of_type = match snapshot.snapshot_type {
        SnapshotType::Manual => "manual",
        SnapshotType::Automated => "automated",
        SnapshotType::AwsBackup => "AWS Backup",
    };
    let family = match snapshot.family {
        Family::Rds => "",
        Family::Aurora => " · Aurora",
        Family::MultiAzCluster => " · Multi-AZ cluster",
        Family::Neptune => " · Neptune",
        Family::DocumentDb => " · DocumentDB",
        Family::RdsCustom => " · RDS Custom",
    };
    vec![status, Piece::plain(format!(" · {kind_of_type} · {kind}{family}"))]
}

fn engine(snapshot: &Snapshot) -> String {
    let mut text = format!("{} {}", snapshot.engine, snapshot.engine_version);
    if let Some(gib) = snapshot.size_gib {
        text = format!("{text} · {} GiB", grouped(gib as usize));
    }
    if let Some(storage) = &snapshot.storage_type {
        text = format!("{text} {storage}");
    }
    text
}

/// A time in the reader's zone, with the age beside it.
pub(super) fn time(at: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Line {
    let Some(at) = at else { return vec![Piece::new(Tone::Doubt, "not known")] };
    let there = at.to_zoned_datetime(zone.clone());
    let this_year = there.year() == now.to_zoned_datetime(zone.clone()).year();
    let form = if this_year { "%d %b %H:%M %Z" } else { "%d %b %Y %H:%M %Z" };
    vec![Piece::plain(there.strftime(form)), Piece::new(Tone::Dim, format!(" ({})", age(at, now)))]
}

fn encryption(row: &Row, inventory: &Inventory) -> Line {
    let (tone, text) = match inventory.encryption(&row.snapshot) {
        EncryptionClass::None => (Tone::Doubt, "none"),
        EncryptionClass::AwsOwned => (Tone::Plain, "by a key that AWS owns (sse-rds)"),
        EncryptionClass::AwsManaged => {
            (default_key_tone(&row.snapshot), "by the account's default key, aws/rds")
        }
        EncryptionClass::Customer => (Tone::Plain, "by a customer managed key"),
        EncryptionClass::Unknown => (Tone::Doubt, "by a key that could not be described yet"),
    };
    vec![Piece::new(tone, text)]
}

fn key(out: &mut Vec<Block>, snapshot: &Snapshot, inventory: &Inventory) {
    let Encryption::Kms(arn) = &snapshot.encryption else { return };
    let known = inventory.key(arn);
    let alias = known.and_then(crate::domain::Key::short_alias);
    let mut value = Line::new();
    if let Some(alias) = alias {
        value.push(Piece::new(Tone::Strong, format!("{alias} ")));
    }
    let (tone, state) = match known.and_then(|key| key.state.as_ref()) {
        Some(KeyState::Enabled) => (Tone::Good, "enabled".to_owned()),
        Some(KeyState::Disabled) => (Tone::Danger, "disabled".to_owned()),
        Some(KeyState::PendingDeletion) => (Tone::Danger, "will be deleted".to_owned()),
        Some(KeyState::Other(word)) => (Tone::Doubt, word.to_string()),
        None => (Tone::Doubt, "state not known".to_owned()),
    };
    value.push(Piece::new(tone, state));
    if arn.is_multi_region() {
        value.push(Piece::plain(" · multi-Region"));
    }
    field(out, "Key", value);
    field(out, "", vec![Piece::new(Tone::Dim, arn)]);
}

fn share(snapshot: &Snapshot, inventory: &Inventory) -> Line {
    let region = &snapshot.scope.region;
    let (tone, text) = match (&snapshot.share, snapshot.origin) {
        (Share::Public(_), _) | (_, Origin::Public) => {
            (Tone::Danger, format!("PUBLIC: everybody in {region} can copy it"))
        }
        (_, Origin::Shared) => {
            let owner = name_of(snapshot.owner(), inventory);
            (Tone::Plain, format!("with this account, by {owner}"))
        }
        (Share::NotShareable, _) => (Tone::Dim, "cannot be shared as it is: only a copy can".to_owned()),
        (Share::Unknown(Unasked::NotYet), _) => (Tone::Dim, "asking AWS…".to_owned()),
        (Share::Unknown(Unasked::Refused), _) => (Tone::Doubt, "not known: AWS refused to say".to_owned()),
        (Share::Private, _) => (Tone::Good, "private: nobody but its owner".to_owned()),
        (Share::Accounts(ids), _) if ids.len() == 1 => (Tone::Plain, "with 1 account:".to_owned()),
        (Share::Accounts(ids), _) => (Tone::Plain, format!("with {} accounts:", ids.len())),
    };
    vec![Piece::new(tone, text)]
}

/// An account by name and id; one that nobody knows is told apart in words.
fn account(id: AccountId, inventory: &Inventory) -> Line {
    match inventory.account_name(id) {
        Some(name) => vec![
            Piece::new(tint_of(inventory, id).map_or(Tone::Plain, Tone::Tint), format!("{name} ")),
            Piece::new(Tone::Dim, id),
        ],
        None => vec![Piece::new(Tone::Danger, format!("{id} foreign"))],
    }
}

fn name_of(id: AccountId, inventory: &Inventory) -> String {
    inventory.account_name(id).map_or_else(|| format!("{id}, a foreign account"), ToString::to_string)
}

fn origin(out: &mut Vec<Block>, snapshot: &Snapshot, inventory: &Inventory) {
    field(out, "Account", account(snapshot.scope.account, inventory));
    let region = &snapshot.scope.region;
    let mut place = vec![Piece::plain(region)];
    if let Some(known) = region.place() {
        place.push(Piece::new(Tone::Dim, format!(" {}", known.city)));
    }
    field(out, "Region", place);
    if snapshot.origin != Origin::Own {
        field(out, "Owner", account(snapshot.owner(), inventory));
    }
}

/// What it is a copy of: by name and place when the ARN says so, and whether that is still there.
fn copy_of(exact: &str, shown: &crate::domain::Shown, inventory: &Inventory) -> Line {
    let Ok(arn) = exact.parse::<crate::domain::SnapshotArn>() else { return vec![Piece::plain(shown)] };
    let mut line = vec![Piece::plain(arn.name())];
    let owner =
        inventory.account_name(arn.account()).map_or_else(|| arn.account().to_string(), ToString::to_string);
    let region = crate::domain::Shown::from(arn.region());
    line.push(Piece::new(Tone::Dim, format!(" in {owner} {region}")));
    if inventory.find(arn.account(), &arn).is_none() {
        line.push(Piece::new(Tone::Dim, ", not listed here"));
    }
    line
}
