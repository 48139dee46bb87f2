//! What a dialog acts on, in a line or two, and who can read it now.

use std::collections::BTreeMap;

use crate::domain::{EncryptionClass, Inventory, Origin, Share, Snapshot, SnapshotType, Unasked};

use super::super::super::prose::{Block, Line, Piece, Tone};
use super::super::super::words::{count, grouped};
use super::super::lines::place;
use super::items::{account, kind_word, share};
use super::subject::Subject;
use super::{Action, Dialog};

impl Dialog {
    /// The lines above the fields.
    pub(super) fn head(&self, inventory: &Inventory) -> Vec<Block> {
        let mut out = match &self.subjects[..] {
            [one] => vec![
                field("Snapshot", vec![Piece::new(Tone::Strong, one.snapshot.arn.name())]),
                field("", about(&one.snapshot, inventory)),
            ],
            many => about_many(many, inventory),
        };
        if let (Action::Share | Action::Delete, [one]) = (self.asked, &self.subjects[..]) {
            out.extend(self.readers(one, inventory));
        }
        out
    }

    /// Who can read it now.
    fn readers(&self, one: &Subject, inventory: &Inventory) -> Vec<Block> {
        if one.snapshot.origin != Origin::Own {
            return Vec::new();
        }
        let (share, ids) = share(one, &self.facts);
        let region = &one.snapshot.scope.region;
        let now = match share {
            Share::Public(_) => (Tone::Danger, format!("PUBLIC: everybody in {region}")),
            Share::Private => (Tone::Plain, "nobody but its owner".to_owned()),
            Share::NotShareable => (Tone::Dim, "nobody but its owner: only a copy can be shared".to_owned()),
            Share::Unknown(Unasked::NotYet) => (Tone::Dim, "asking AWS…".to_owned()),
            Share::Unknown(Unasked::Refused) => (Tone::Doubt, "not known: AWS refused to say".to_owned()),
            Share::Accounts(_) => (Tone::Plain, count(ids.len(), "account")),
        };
        let mut out = vec![field("Now read by", vec![Piece::new(now.0, now.1)])];
        for id in ids {
            let item = account(id, inventory);
            let line = vec![
                Piece::plain(format!("{} ", item.label)),
                Piece::new(Tone::Dim, format!("{} ", item.detail)),
                Piece::new(item.state.1, item.state.0),
            ];
            out.push(field("", line));
        }
        out
    }
}

fn field(label: &str, value: Line) -> Block {
    Block::Field { label: label.to_owned(), value }
}

/// Type, kind, engine, encryption, size and place of a snapshot.
fn about(snapshot: &Snapshot, inventory: &Inventory) -> Line {
    let size = snapshot.size_gib.map(|gib| format!(", {} GiB", grouped(gib as usize))).unwrap_or_default();
    let mut line = vec![Piece::plain(format!(
        "{} {}, {} {}, {}{size}, ",
        type_word(snapshot.snapshot_type),
        kind_word(snapshot.kind()),
        snapshot.engine,
        snapshot.engine_version,
        encryption_word(inventory.encryption(snapshot)),
    ))];
    line.extend(place(&snapshot.scope, inventory));
    if snapshot.origin != Origin::Own {
        let owner = snapshot.owner();
        line.push(match inventory.account_name(owner) {
            Some(name) => Piece::plain(format!(", given by {name}")),
            None => Piece::new(Tone::Doubt, format!(", given by {owner}, FOREIGN")),
        });
    }
    line
}

fn about_many(many: &[Subject], inventory: &Inventory) -> Vec<Block> {
    let tally = |words: Vec<String>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        counts.iter().map(|(word, n)| format!("{n} {word}")).collect::<Vec<_>>().join(", ")
    };
    let of = |word: &dyn Fn(&Snapshot) -> String| tally(many.iter().map(|one| word(&one.snapshot)).collect());
    let places = of(&|snapshot| {
        let id = snapshot.scope.account;
        let name = inventory.account_name(id).map_or_else(|| id.to_string(), ToString::to_string);
        format!("in {name} {}", snapshot.scope.region)
    });
    let kinds =
        of(&|snapshot| format!("{} {}", type_word(snapshot.snapshot_type), kind_word(snapshot.kind())));
    let encryptions = of(&|snapshot| encryption_word(inventory.encryption(snapshot)).to_owned());
    vec![
        field("Snapshots", vec![Piece::new(Tone::Strong, many.len()), Piece::plain(format!(": {kinds}"))]),
        field("", vec![Piece::plain(format!("{encryptions}; {places}"))]),
    ]
}

fn type_word(of: SnapshotType) -> &'static str {
    match of {
        SnapshotType::Manual => "manual",
        SnapshotType::Automated => "automated",
        SnapshotType::AwsBackup => "AWS Backup",
    }
}

fn encryption_word(class: EncryptionClass) -> &'static str {
    match class {
        EncryptionClass::None => "unencrypted",
        EncryptionClass::AwsOwned => "under a key that AWS owns",
        EncryptionClass::AwsManaged => "under aws/rds",
        EncryptionClass::Customer => "under a customer key",
        EncryptionClass::Unknown => "under a key that is not known",
    }
}
