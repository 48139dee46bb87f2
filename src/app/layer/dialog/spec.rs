//! What a dialog asks, as data: which fields an action has, what each is called, and how it is filled in.
//!
//! A new dialog is a row here; the form, the pickers, the findings and the last screen come with it.

use crate::domain::{Action, Family, Field, Kind, Snapshot};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// A line of text.
    Text,
    /// Texts with commas between them.
    Texts,
    /// Tags as `key=value`, with commas between them.
    Tags,
    /// On or off.
    Switch,
    /// One of these, each a value and its words; the first is that of an empty field.
    Word(&'static [(&'static str, &'static str)]),
    /// One of a list, or what is typed there.
    One(Source),
    /// Several of a list, or what is typed there.
    Several(Source),
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The accounts that are ours.
    Ours,
    /// All accounts that have a name here.
    Accounts,
    /// The accounts that it is shared with.
    SharedWith,
    /// The regions of the partition.
    Regions,
    /// The keys of the place where the result is made.
    Keys,
    /// The keys of the place where a first copy is made.
    FirstKeys,
    /// The option groups of the place where the result is made.
    OptionGroups,
    /// The subnet groups there.
    SubnetGroups,
    /// The parameter groups there.
    ParameterGroups,
    /// The names of snapshots where the result is made.
    Names,
    /// The names of snapshots where a first copy is made.
    FirstNames,
    /// The names of databases where the result is made.
    Databases,
    /// The instance classes of the databases there.
    Classes,
    /// The types of storage that there are for what is made.
    StorageTypes,
}

/// What an action is called.
pub(super) fn title(action: Action) -> &'static str {
    match action {
        Action::Copy => "Copy",
        Action::Share => "Share",
        Action::Encrypt => "Encrypt",
        Action::Restore => "Restore",
        Action::Export => "Export",
        Action::Delete => "Delete",
    }
}

/// The fields that a dialog always shows, in order: of what was asked for, or of what is done instead.
pub(super) fn fields(asked: Action, action: Action) -> &'static [Field] {
    use Field as F;
    match action {
        Action::Copy => {
            &[F::ToAccount, F::ToRegion, F::Name, F::KmsKey, F::OptionGroup, F::CopyTags, F::Tags]
        }
        Action::Share => &[F::With, F::Remove, F::Visibility],
        Action::Encrypt => &[F::KmsKey, F::Name],
        // What encrypts asks for the key first, and for the least besides.
        Action::Restore if asked == Action::Encrypt => {
            &[F::KmsKey, F::Db, F::EngineVersion, F::SubnetGroup, F::SecurityGroups, F::ParameterGroup]
        }
        Action::Restore => &[
            F::ToAccount,
            F::ToRegion,
            F::Db,
            F::KmsKey,
            F::Class,
            F::EngineVersion,
            F::SubnetGroup,
            F::SecurityGroups,
            F::ParameterGroup,
            F::OptionGroup,
            F::StorageType,
            F::Port,
            F::MultiAz,
            F::PubliclyAccessible,
        ],
        Action::Export => &[F::KmsKey, F::Bucket, F::BucketRegion, F::Role, F::Task, F::Prefix, F::Only],
        Action::Delete => &[],
    }
}

/// The fields of the long way, in order: a dialog shows them once they hold something.
pub(super) const LONG_WAY: [Field; 6] =
    [Field::RepairKey, Field::Via, Field::FirstCopy, Field::FirstKey, Field::ShareFirst, Field::KeyAccess];

/// Whether what is done with a snapshot has a field.
pub(super) fn has(action: Action, snapshot: &Snapshot, field: Field) -> bool {
    let is_instance = snapshot.kind() == Kind::Instance;
    let is_multi_az_cluster = snapshot.family == Family::MultiAzCluster;
    match field {
        Field::OptionGroup | Field::MultiAz => is_instance,
        // An instance is encrypted as its snapshot is (ENC-02), and keeps its version.
        Field::KmsKey if action == Action::Restore => !is_instance,
        Field::EngineVersion => !is_instance,
        // The instances of an Aurora cluster are made after it (REST-23).
        Field::Class | Field::PubliclyAccessible => is_instance || is_multi_az_cluster,
        _ => true,
    }
}

/// Whether each of several snapshots has a value of its own there, so that none is asked for.
pub(super) fn is_own(field: Field) -> bool {
    matches!(field, Field::Name | Field::Db | Field::Task | Field::FirstCopy)
}

/// The name of a field on a dialog.
pub(super) fn label(field: Field) -> &'static str {
    match field {
        Field::Snapshot => "Snapshot",
        Field::ToAccount => "Account",
        Field::ToRegion => "Region",
        Field::Name => "Name",
        Field::KmsKey => "Key",
        Field::OptionGroup => "Options",
        Field::CopyTags => "Copy tags",
        Field::Tags => "Tags",
        Field::With => "Share with",
        Field::Remove => "Take from",
        Field::Visibility => "Public",
        Field::FirstCopy => "First copy",
        Field::FirstKey => "Its key",
        Field::ShareFirst => "Share it",
        Field::KeyAccess => "Key access",
        Field::Via => "By way of",
        Field::RepairKey => "Mend key",
        Field::Db => "Database",
        Field::SubnetGroup => "Subnets",
        Field::SecurityGroups => "Security",
        Field::ParameterGroup => "Parameters",
        Field::EngineVersion => "Version",
        Field::Class => "Class",
        Field::StorageType => "Storage",
        Field::Port => "Port",
        Field::MultiAz => "Multi-AZ",
        Field::PubliclyAccessible => "Internet",
        Field::Task => "Task",
        Field::Bucket => "Bucket",
        Field::BucketRegion => "Its region",
        Field::Prefix => "Prefix",
        Field::Role => "Role",
        Field::Only => "Only",
    }
}

/// How a field is filled in.
pub(super) fn control(field: Field) -> Control {
    match field {
        Field::ToAccount => Control::One(Source::Ours),
        Field::ToRegion | Field::BucketRegion => Control::One(Source::Regions),
        Field::KmsKey => Control::One(Source::Keys),
        Field::FirstKey => Control::One(Source::FirstKeys),
        Field::OptionGroup => Control::One(Source::OptionGroups),
        Field::SubnetGroup => Control::One(Source::SubnetGroups),
        Field::Class => Control::One(Source::Classes),
        Field::StorageType => Control::One(Source::StorageTypes),
        Field::ParameterGroup => Control::One(Source::ParameterGroups),
        Field::With => Control::Several(Source::Accounts),
        Field::Remove => Control::Several(Source::SharedWith),
        Field::CopyTags
        | Field::ShareFirst
        | Field::MultiAz
        | Field::PubliclyAccessible
        | Field::RepairKey => Control::Switch,
        Field::Tags => Control::Tags,
        Field::SecurityGroups | Field::Only => Control::Texts,
        Field::Visibility => {
            Control::Word(&[("", "as it is"), ("public", "make it PUBLIC"), ("private", "no longer public")])
        }
        Field::KeyAccess => Control::Word(&[
            ("", "leave the key as it is"),
            ("policy", "let them use the key, by its policy"),
            ("grant", "let them use the key, by a grant"),
        ]),
        Field::Via => Control::Word(&[
            ("", "nothing between"),
            ("region", "a copy of its owner in that region"),
            ("account", "a copy of that account in its region"),
            ("instance", "a DB instance, made for it"),
        ]),
        Field::Snapshot
        | Field::Name
        | Field::Db
        | Field::EngineVersion
        | Field::Port
        | Field::Task
        | Field::Bucket
        | Field::Prefix
        | Field::Role
        | Field::FirstCopy => Control::Text,
    }
}

/// Whether a field is typed in.
pub(super) fn is_typed_in(field: Field) -> bool {
    field != Field::Snapshot && matches!(control(field), Control::Text | Control::Texts | Control::Tags)
}

/// The names in use that a field of text can show.
pub(super) fn names(field: Field) -> Option<Source> {
    match field {
        Field::Name => Some(Source::Names),
        Field::FirstCopy => Some(Source::FirstNames),
        Field::Db => Some(Source::Databases),
        _ => None,
    }
}

/// What an empty field means, where that is the same whatever else the dialog holds.
pub(super) fn empty(field: Field) -> &'static str {
    match field {
        Field::OptionGroup => "the default one there",
        Field::With | Field::Remove => "nobody",
        Field::SubnetGroup
        | Field::ParameterGroup
        | Field::SecurityGroups
        | Field::EngineVersion
        | Field::StorageType => "the default one",
        Field::Class | Field::Port => "as the database had it",
        Field::BucketRegion => "as the snapshot",
        Field::Only => "everything",
        _ => "none",
    }
}
