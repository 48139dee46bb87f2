//! What a user is about to do: an action on a snapshot, and what was typed so far.
//!
//! A draft holds text as it was typed, right or wrong; the rules judge it. Its fields are named as
//! on the command line, so that a dialog, an option, a finding and a fix speak of the same thing.

use std::collections::BTreeMap;

use super::{AccountId, Kind, SnapshotArn, Tag};

/// What can be done with a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// CopyDBSnapshot, CopyDBClusterSnapshot.
    Copy,
    /// ModifyDBSnapshotAttribute, ModifyDBClusterSnapshotAttribute.
    Share,
    /// A copy or a restore under a key.
    Encrypt,
    /// RestoreDBInstanceFromDBSnapshot, RestoreDBClusterFromSnapshot.
    Restore,
    /// StartExportTask.
    Export,
    /// DeleteDBSnapshot, DeleteDBClusterSnapshot.
    Delete,
}

impl Action {
    /// Every action, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Copy, Self::Share, Self::Encrypt, Self::Restore, Self::Export, Self::Delete];

    /// The name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Share => "share",
            Self::Encrypt => "encrypt",
            Self::Restore => "restore",
            Self::Export => "export",
            Self::Delete => "delete",
        }
    }

    /// The fields that it has, in the order in which they are asked.
    pub fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Copy => &[
                F::ToAccount,
                F::ToRegion,
                F::Name,
                F::KmsKey,
                F::OptionGroup,
                F::CopyTags,
                F::Tags,
                F::FirstCopy,
                F::FirstKey,
                F::ShareFirst,
                F::KeyAccess,
                F::Via,
                F::RepairKey,
            ],
            Self::Share => &[
                F::With,
                F::Remove,
                F::Visibility,
                F::FirstCopy,
                F::FirstKey,
                F::KeyAccess,
                F::Via,
                F::RepairKey,
            ],
            Self::Encrypt => &[F::KmsKey, F::Name, F::Via, F::RepairKey],
            Self::Restore => &[
                F::FirstCopy,
                F::FirstKey,
                F::ShareFirst,
                F::KeyAccess,
                F::Db,
                F::ToAccount,
                F::ToRegion,
                F::Class,
                F::SubnetGroup,
                F::SecurityGroups,
                F::ParameterGroup,
                F::OptionGroup,
                F::KmsKey,
                F::EngineVersion,
                F::StorageType,
                F::Port,
                F::MultiAz,
                F::PubliclyAccessible,
                F::RepairKey,
            ],
            Self::Export => {
                &[F::Task, F::Bucket, F::BucketRegion, F::Prefix, F::Role, F::KmsKey, F::Only, F::RepairKey]
            }
            Self::Delete => &[],
        }
    }
}

/// A field of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The snapshot itself; it is chosen before a draft begins.
    Snapshot,
    /// The account that the result belongs to; empty is the account that acts.
    ToAccount,
    /// The region that the result lies in; empty is the snapshot's own.
    ToRegion,
    /// The name of the new snapshot.
    Name,
    /// A KMS key: id, ARN, alias or alias ARN.
    KmsKey,
    /// An option group of the destination.
    OptionGroup,
    /// Whether the source's tags are copied (`CopyTags`).
    CopyTags,
    /// Tags of the result.
    Tags,
    /// Accounts to share with.
    With,
    /// Accounts to stop sharing with.
    Remove,
    /// `public`, `private`, or empty to leave it as it is.
    Visibility,
    /// The name of the new instance or cluster.
    Db,
    /// The instance class.
    Class,
    /// The DB subnet group.
    SubnetGroup,
    /// VPC security groups.
    SecurityGroups,
    /// The parameter group.
    ParameterGroup,
    /// The engine version of the result.
    EngineVersion,
    /// The storage type of the result.
    StorageType,
    /// The port.
    Port,
    /// Whether the result is a Multi-AZ instance.
    MultiAz,
    /// Whether the result can be reached from the internet.
    PubliclyAccessible,
    /// The name of the export task.
    Task,
    /// The S3 bucket.
    Bucket,
    /// The region of the bucket, where it is known.
    BucketRegion,
    /// The prefix in the bucket.
    Prefix,
    /// The IAM role that writes the export.
    Role,
    /// The parts of the database to export.
    Only,
    /// The name of a copy that is made first, which the action then works on.
    FirstCopy,
    /// The key of the copy that is made first.
    FirstKey,
    /// Whether the owner shares it first with the account that the result belongs to.
    ShareFirst,
    /// How accounts are let use the key first: `policy` or `grant`; empty leaves the key as it is.
    KeyAccess,
    /// What lies between the snapshot and the result: `region` (its owner copies it to the destination region first),
    /// `account` (the destination account copies it in its own region first), `instance` (a DB instance is restored
    /// from it, and a snapshot of that goes on); empty where nothing does.
    Via,
    /// Whether keys that are disabled or wait for their deletion are brought back first.
    RepairKey,
}

impl Field {
    /// The fields that only a plan has: a check judges an action as it is asked.
    pub const OF_A_PLAN: [Self; 6] =
        [Self::FirstCopy, Self::FirstKey, Self::ShareFirst, Self::KeyAccess, Self::Via, Self::RepairKey];

    /// The name, as on the command line, without the dashes in front.
    pub fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::ToAccount => "to-account",
            Self::ToRegion => "to-region",
            Self::Name => "name",
            Self::KmsKey => "kms-key",
            Self::OptionGroup => "option-group",
            Self::CopyTags => "copy-tags",
            Self::Tags => "tag",
            Self::With => "with",
            Self::Remove => "remove",
            Self::Visibility => "visibility",
            Self::Db => "db",
            Self::Class => "class",
            Self::SubnetGroup => "subnet-group",
            Self::SecurityGroups => "security-group",
            Self::ParameterGroup => "parameter-group",
            Self::EngineVersion => "engine-version",
            Self::StorageType => "storage-type",
            Self::Port => "port",
            Self::MultiAz => "multi-az",
            Self::PubliclyAccessible => "public",
            Self::Task => "task",
            Self::Bucket => "bucket",
            Self::BucketRegion => "bucket-region",
            Self::Prefix => "prefix",
            Self::Role => "role",
            Self::Only => "only",
            Self::FirstCopy => "first-copy",
            Self::FirstKey => "first-key",
            Self::ShareFirst => "share-first",
            Self::KeyAccess => "key-access",
            Self::Via => "via",
            Self::RepairKey => "repair-key",
        }
    }
}

/// What lies between a snapshot and the result that is wanted of it, as [`Field::Via`] holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The owner copies it to the region of the result first, and that copy goes to the other account.
    Region,
    /// The other account copies it where it lies first, and that copy goes to the other region.
    Account,
    /// A DB instance is restored from it, and a snapshot of that takes its place.
    Instance,
}

impl Via {
    /// The name, as a draft holds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Account => "account",
            Self::Instance => "instance",
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// A line of text.
    Text(String),
    /// A switch that is on; one that is off is absent.
    On,
    /// Several texts, in order.
    List(Vec<String>),
    /// Tags, in order.
    Tags(Vec<Tag>),
}

/// An action on a snapshot, with what was typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Draft {
    /// The action.
    pub action: Action,
    /// The snapshot.
    pub snapshot: SnapshotArn,
    /// The account that looks at it: the owner, or one that it was shared with.
    pub by: AccountId,
    values: BTreeMap<Field, Value>,
}

impl Draft {
    /// A draft in which nothing was typed yet.
    pub fn new(action: Action, snapshot: SnapshotArn, by: AccountId) -> Self {
        Self { action, snapshot, by, values: BTreeMap::new() }
    }

    /// The same draft with one field set; an empty text, list or tag list clears it.
    #[must_use]
    pub fn with(mut self, field: Field, value: Value) -> Self {
        self.set(field, value);
        self
    }

    /// Sets one field; an empty text, list or tag list clears it.
    pub fn set(&mut self, field: Field, value: Value) {
        let empty = match &value {
            Value::Text(text) => text.is_empty(),
            Value::List(texts) => texts.is_empty(),
            Value::Tags(tags) => tags.is_empty(),
            Value::On => false,
        };
        if empty {
            self.values.remove(&field);
        } else {
            self.values.insert(field, value);
        }
    }

    /// Clears one field.
    pub fn clear(&mut self, field: Field) {
        self.values.remove(&field);
    }

    /// What a field holds, if anything.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.values.get(&field)
    }

    /// The text of a field, if one was typed.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.values.get(&field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether a switch is on.
    pub fn is_on(&self, field: Field) -> bool {
        self.values.get(&field) == Some(&Value::On)
    }

    /// The texts of a field of several.
    pub fn list(&self, field: Field) -> &[String] {
        match self.values.get(&field) {
            Some(Value::List(texts)) => texts,
            _ => &[],
        }
    }

    /// The tags of a field of tags.
    pub fn tags(&self, field: Field) -> &[Tag] {
        match self.values.get(&field) {
            Some(Value::Tags(tags)) => tags,
            _ => &[],
        }
    }

    /// What it leads over, if anything.
    pub fn via(&self) -> Option<Via> {
        let named = self.text(Field::Via)?;
        [Via::Region, Via::Account, Via::Instance].into_iter().find(|via| via.name() == named)
    }

    /// Instance or cluster snapshot.
    pub fn kind(&self) -> Kind {
        self.snapshot.kind()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_is_the_same_as_none() {
        let arn: SnapshotArn = "arn:aws:rds:us-east-1:111111111111:snapshot:a".parse().expect("an ARN");
        let draft = Draft::new(Action::Copy, arn.clone(), arn.account())
            .with(Field::Name, Value::Text(String::new()));
        assert_eq!(draft, Draft::new(Action::Copy, arn.clone(), arn.account()));
        assert_eq!(draft.text(Field::Name), None);
    }
}
