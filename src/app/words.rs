//! The words for what is known of a snapshot, short for columns and long for sentences.
//!
//! Words come first and tones second: each word says the same without its tone. Danger is what leaks
//! or is lost, doubt what is not known or wants a second look; what is unknown never looks safe.

use jiff::Timestamp;

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Inventory, KeyState, Origin, Row, Share, Snapshot, SnapshotType,
    Status, Unasked, age, middle_cut,
};

use super::prose::{Piece, Tone};

/// How much room a word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Room {
    /// As little as 80 columns leave.
    Narrow,
    /// Enough for a name beside the word.
    Wide,
}

/// The type: `manual`, `auto`, `backup`.
pub(super) fn type_word(snapshot: &Snapshot) -> Piece {
    Piece::plain(match snapshot.snapshot_type {
        SnapshotType::Manual => "manual",
        SnapshotType::Automated => "auto",
        SnapshotType::AwsBackup => "backup",
    })
}

/// How it is encrypted, and whether the key is still good.
pub(super) fn encryption_word(row: &Row, inventory: &Inventory, room: Room, width: usize) -> Piece {
    let snapshot = &row.snapshot;
    let key = match &snapshot.encryption {
        Encryption::Kms(arn) => inventory.key(arn),
        Encryption::None | Encryption::AwsOwned | Encryption::Unnamed => None,
    };
    let (word, tone) = match (inventory.encryption(snapshot), room) {
        (EncryptionClass::None, _) => ("none".to_owned(), Tone::Doubt),
        (EncryptionClass::AwsOwned, Room::Narrow) => ("awsown".to_owned(), Tone::Plain),
        (EncryptionClass::AwsOwned, Room::Wide) => ("aws-owned".to_owned(), Tone::Plain),
        (EncryptionClass::AwsManaged, _) => ("aws/rds".to_owned(), default_key_tone(snapshot)),
        (EncryptionClass::Customer, Room::Narrow) => ("cmk".to_owned(), Tone::Plain),
        (EncryptionClass::Customer, Room::Wide) => {
            let alias = key.and_then(crate::domain::Key::short_alias);
            (alias.map_or_else(|| "cmk".to_owned(), |alias| format!("cmk {alias}")), Tone::Plain)
        }
        (EncryptionClass::Unknown, _) => ("kms ?".to_owned(), Tone::Doubt),
    };
    // A key that is gone matters more than its name.
    let lost = match key.and_then(|key| key.state.as_ref()) {
        Some(KeyState::Disabled) => " OFF",
        Some(KeyState::PendingDeletion) => " DEL",
        Some(KeyState::Enabled | KeyState::Other(_)) | None => {
            return Piece::new(tone, middle_cut(&word, width));
        }
    };
    Piece::new(Tone::Danger, middle_cut(&word, width.saturating_sub(lost.len())) + lost)
}

/// A manual snapshot under the default key cannot be shared (SHARE-06); automated ones seldom are meant to be.
pub(super) fn default_key_tone(snapshot: &Snapshot) -> Tone {
    match snapshot.snapshot_type {
        SnapshotType::Manual => Tone::Doubt,
        SnapshotType::Automated | SnapshotType::AwsBackup => Tone::Plain,
    }
}

/// Who can read it: `PUBLIC`, `2 acc 1?`, `private`, `-`, `...` not asked yet, `?` refused, `from dr`.
pub(super) fn share_word(snapshot: &Snapshot, inventory: &Inventory, width: usize) -> Piece {
    match snapshot.origin {
        Origin::Shared => return from_word(snapshot.owner(), inventory, width),
        Origin::Public => return Piece::new(Tone::Danger, "PUBLIC"),
        Origin::Own => {}
    }
    match &snapshot.share {
        Share::NotShareable => Piece::new(Tone::Dim, "-"),
        Share::Unknown(Unasked::NotYet) => Piece::new(Tone::Dim, "..."),
        Share::Unknown(Unasked::Refused) => Piece::new(Tone::Doubt, "?"),
        Share::Private => Piece::plain("private"),
        Share::Public(_) => Piece::new(Tone::Danger, "PUBLIC"),
        Share::Accounts(ids) => {
            let strangers = ids.iter().filter(|id| inventory.account_name(**id).is_none()).count();
            match strangers {
                0 => Piece::plain(format!("{} acc", ids.len())),
                n => {
                    let long = format!("{} acc, {n}?", ids.len());
                    let short = format!("{}ac {n}?", ids.len());
                    Piece::new(Tone::Danger, if long.len() <= width { long } else { short })
                }
            }
        }
    }
}

fn from_word(owner: AccountId, inventory: &Inventory, width: usize) -> Piece {
    match inventory.account_name(owner) {
        Some(name) => {
            Piece::plain(format!("from {}", middle_cut(&name.to_string(), width.saturating_sub(5))))
        }
        None if width >= 17 => Piece::new(Tone::Doubt, format!("from {owner}")),
        // The last digits tell two strangers apart better than the first.
        None => Piece::new(Tone::Doubt, format!("from…{}", &owner.to_string()[8..])),
    }
}

/// The status in words where it is not "available", with the percent that AWS gives: `copying 41%`.
pub(super) fn status_word(snapshot: &Snapshot) -> Option<Piece> {
    let tone = match &snapshot.status {
        Status::Available => return None,
        Status::Creating | Status::Copying => Tone::Accent,
        Status::Other(word) if word.exact() == "failed" || word.exact().starts_with("incompatible") => {
            Tone::Danger
        }
        Status::Other(_) => Tone::Doubt,
    };
    let grows = matches!(snapshot.status, Status::Creating | Status::Copying);
    let percent = snapshot.progress.filter(|_| grows).map(|percent| format!(" {percent}%"));
    Some(Piece::new(tone, format!("{}{}", snapshot.status, percent.unwrap_or_default())))
}

/// The age of the data; `?` when its time is not known.
pub(super) fn age_word(at: Option<Timestamp>, now: Timestamp) -> Piece {
    at.map_or_else(|| Piece::new(Tone::Doubt, "?"), |at| Piece::plain(age(at, now)))
}

/// The size; `-` for Aurora, whose listing does not tell it (LIST-17).
pub(super) fn size_word(snapshot: &Snapshot) -> Piece {
    snapshot.size_gib.map_or_else(|| Piece::new(Tone::Dim, "-"), |gib| Piece::plain(grouped(gib as usize)))
}

/// Text that may be missing.
pub(super) fn maybe(text: String) -> Piece {
    if text.is_empty() { Piece::new(Tone::Dim, "-") } else { Piece::plain(text) }
}

/// How many there are of something: `1 snapshot`, `1,204 snapshots`.
pub(super) fn count(n: usize, one: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(n))
}

/// A number with commas between its thousands.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
