//! The actions and their options as clap reads them; each option becomes the field of its name.
//!
//! The global options stand last in each: their heading is that of everything after it.

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Args, Subcommand};

use crate::cli::globals::Globals;
use crate::cli::value;
use crate::domain::{Action, Field, Tag, Value};

use super::{Goal, NamedSnapshot};

/// The actions as clap reads them.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum GoalArguments {
    /// A copy: under another name or key, in another region or account.
    Copy(CopyArguments),
    /// A change of who can read a snapshot.
    Share(ShareArguments),
    /// An encrypted copy of an unencrypted snapshot, or one under another key.
    Encrypt(EncryptArguments),
    /// A restore to a new instance or cluster.
    Restore(RestoreArguments),
    /// An export to S3.
    Export(ExportArguments),
    /// A deletion.
    Delete(DeleteArguments),
}

/// What every action has.
#[derive(Debug, Args)]
pub(in crate::cli) struct Subject {
    /// The snapshot: its ARN, or the name of one of your own.
    #[arg(long, value_name = "ARN")]
    snapshot: NamedSnapshot,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CopyArguments {
    #[command(flatten)]
    subject: Subject,
    /// The account that the copy belongs to and that makes it; without it, the one that looks at the snapshot.
    #[arg(long, value_name = "A", value_parser = text())]
    to_account: Option<String>,
    /// The region of the copy; without it, the snapshot's own.
    #[arg(long, value_name = "R", value_parser = text())]
    to_region: Option<String>,
    /// The name of the copy; without it, one is derived from the snapshot's.
    #[arg(long, value_name = "N", value_parser = text())]
    name: Option<String>,
    /// The key of the copy: id, ARN, alias or alias ARN.
    #[arg(long, value_name = "K", value_parser = text())]
    kms_key: Option<String>,
    /// The option group of the copy.
    #[arg(long, value_name = "O", value_parser = text())]
    option_group: Option<String>,
    /// Copies the tags of the snapshot.
    #[arg(long)]
    copy_tags: bool,
    /// A tag of the copy; repeatable.
    #[arg(long, value_name = "K=V", value_parser = value::tag)]
    tag: Vec<Tag>,
    /// How others are let use the key where they have to be; without it, by the key's policy.
    #[arg(long, value_name = "WAY", value_parser = key_access())]
    key_access: Option<String>,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShareArguments {
    #[command(flatten)]
    subject: Subject,
    /// Accounts that may read it from now on; repeatable.
    #[arg(long, value_name = "A", value_delimiter = ',', value_parser = text())]
    with: Vec<String>,
    /// Accounts that may no longer; repeatable.
    #[arg(long, value_name = "A", value_delimiter = ',', value_parser = text())]
    remove: Vec<String>,
    /// Lets every AWS account read it.
    #[arg(long, conflicts_with = "private")]
    public: bool,
    /// Makes it no longer public; accounts that are named stay.
    #[arg(long)]
    private: bool,
    /// How others are let use the key where they have to be; without it, by the key's policy.
    #[arg(long, value_name = "WAY", value_parser = key_access())]
    key_access: Option<String>,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EncryptArguments {
    #[command(flatten)]
    subject: Subject,
    /// The key to encrypt it under: id, ARN, alias or alias ARN.
    #[arg(long, value_name = "K", value_parser = text())]
    kms_key: Option<String>,
    /// The name of the encrypted copy.
    #[arg(long, value_name = "N", value_parser = text())]
    name: Option<String>,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RestoreArguments {
    #[command(flatten)]
    subject: Subject,
    /// The name of the new instance or cluster.
    #[arg(long, value_name = "NAME", value_parser = text())]
    db: Option<String>,
    /// The account that the database belongs to and that restores it.
    #[arg(long, value_name = "A", value_parser = text())]
    to_account: Option<String>,
    /// The region of the database; without it, the snapshot's own.
    #[arg(long, value_name = "R", value_parser = text())]
    to_region: Option<String>,
    /// The instance class.
    #[arg(long, value_name = "C", value_parser = text())]
    class: Option<String>,
    /// The DB subnet group.
    #[arg(long, value_name = "S", value_parser = text())]
    subnet_group: Option<String>,
    /// A VPC security group; repeatable.
    #[arg(long, value_name = "G", value_delimiter = ',', value_parser = text())]
    security_group: Vec<String>,
    /// The parameter group.
    #[arg(long, value_name = "P", value_parser = text())]
    parameter_group: Option<String>,
    /// The option group.
    #[arg(long, value_name = "O", value_parser = text())]
    option_group: Option<String>,
    /// The key of a cluster: id, ARN, alias or alias ARN.
    #[arg(long, value_name = "K", value_parser = text())]
    kms_key: Option<String>,
    /// The engine version of a cluster.
    #[arg(long, value_name = "V", value_parser = text())]
    engine_version: Option<String>,
    /// The storage type.
    #[arg(long, value_name = "T", value_parser = text())]
    storage_type: Option<String>,
    /// The port.
    #[arg(long, value_name = "N", value_parser = text())]
    port: Option<String>,
    /// Makes a Multi-AZ instance.
    #[arg(long)]
    multi_az: bool,
    /// Lets the database be reached from the internet.
    #[arg(long)]
    public: bool,
    /// How others are let use the key where they have to be; without it, by the key's policy.
    #[arg(long, value_name = "WAY", value_parser = key_access())]
    key_access: Option<String>,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    #[command(flatten)]
    subject: Subject,
    /// The name of the export task.
    #[arg(long, value_name = "NAME", value_parser = text())]
    task: Option<String>,
    /// The bucket to write to.
    #[arg(long, value_name = "B", value_parser = text())]
    bucket: Option<String>,
    /// The region of the bucket, where you know it.
    #[arg(long, value_name = "R", value_parser = text())]
    bucket_region: Option<String>,
    /// The prefix in the bucket.
    #[arg(long, value_name = "P", value_parser = text())]
    prefix: Option<String>,
    /// The ARN of the IAM role that writes to the bucket.
    #[arg(long, value_name = "ARN", value_parser = text())]
    role: Option<String>,
    /// The key of the files: id, ARN, alias or alias ARN.
    #[arg(long, value_name = "K", value_parser = text())]
    kms_key: Option<String>,
    /// A part of the database, as DB, DB.TABLE or DB.SCHEMA.TABLE; repeatable.
    #[arg(long, value_name = "DB.TABLE", value_delimiter = ',', value_parser = text())]
    only: Vec<String>,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DeleteArguments {
    #[command(flatten)]
    subject: Subject,
    #[command(flatten)]
    globals: Globals,
}

/// An action as it was asked for.
type Asked = (Action, Subject, Typed, Globals);

/// An option that was given has a text.
fn text() -> NonEmptyStringValueParser {
    NonEmptyStringValueParser::new()
}

/// The two ways to let others use a key.
fn key_access() -> PossibleValuesParser {
    PossibleValuesParser::new(["policy", "grant"])
}

impl GoalArguments {
    /// The goal, and the global options that stood with it.
    pub(in crate::cli) fn read(self) -> (Goal, Globals) {
        let (action, subject, typed, globals) = match self {
            Self::Copy(copy) => copy.read(),
            Self::Share(share) => share.read(),
            Self::Encrypt(encrypt) => {
                let typed =
                    Typed::default().text(Field::KmsKey, encrypt.kms_key).text(Field::Name, encrypt.name);
                (Action::Encrypt, encrypt.subject, typed, encrypt.globals)
            }
            Self::Restore(restore) => restore.read(),
            Self::Export(export) => export.read(),
            Self::Delete(delete) => (Action::Delete, delete.subject, Typed::default(), delete.globals),
        };
        (Goal { action, snapshot: subject.snapshot, values: typed.0 }, globals)
    }
}

impl CopyArguments {
    fn read(self) -> Asked {
        let typed = Typed::default()
            .text(Field::ToAccount, self.to_account)
            .text(Field::ToRegion, self.to_region)
            .text(Field::Name, self.name)
            .text(Field::KmsKey, self.kms_key)
            .text(Field::OptionGroup, self.option_group)
            .on(Field::CopyTags, self.copy_tags)
            .value(Field::Tags, Some(self.tag).filter(|tags| !tags.is_empty()).map(Value::Tags))
            .text(Field::KeyAccess, self.key_access);
        (Action::Copy, self.subject, typed, self.globals)
    }
}

impl ShareArguments {
    fn read(self) -> Asked {
        let visibility = match (self.public, self.private) {
            (true, _) => Some("public"),
            (false, true) => Some("private"),
            (false, false) => None,
        };
        let typed = Typed::default()
            .list(Field::With, self.with)
            .list(Field::Remove, self.remove)
            .text(Field::Visibility, visibility.map(str::to_owned))
            .text(Field::KeyAccess, self.key_access);
        (Action::Share, self.subject, typed, self.globals)
    }
}

impl RestoreArguments {
    fn read(self) -> Asked {
        let typed = Typed::default()
            .text(Field::Db, self.db)
            .text(Field::ToAccount, self.to_account)
            .text(Field::ToRegion, self.to_region)
            .text(Field::Class, self.class)
            .text(Field::SubnetGroup, self.subnet_group)
            .list(Field::SecurityGroups, self.security_group)
            .text(Field::ParameterGroup, self.parameter_group)
            .text(Field::OptionGroup, self.option_group)
            .text(Field::KmsKey, self.kms_key)
            .text(Field::EngineVersion, self.engine_version)
            .text(Field::StorageType, self.storage_type)
            .text(Field::Port, self.port)
            .on(Field::MultiAz, self.multi_az)
            .on(Field::PubliclyAccessible, self.public)
            .text(Field::KeyAccess, self.key_access);
        (Action::Restore, self.subject, typed, self.globals)
    }
}

impl ExportArguments {
    fn read(self) -> Asked {
        let typed = Typed::default()
            .text(Field::Task, self.task)
            .text(Field::Bucket, self.bucket)
            .text(Field::BucketRegion, self.bucket_region)
            .text(Field::Prefix, self.prefix)
            .text(Field::Role, self.role)
            .text(Field::KmsKey, self.kms_key)
            .list(Field::Only, self.only);
        (Action::Export, self.subject, typed, self.globals)
    }
}

/// What was typed, field by field.
#[derive(Default)]
struct Typed(Vec<(Field, Value)>);

impl Typed {
    fn value(mut self, field: Field, value: Option<Value>) -> Self {
        self.0.extend(value.map(|value| (field, value)));
        self
    }

    fn text(self, field: Field, text: Option<String>) -> Self {
        self.value(field, text.map(Value::Text))
    }

    fn list(self, field: Field, texts: Vec<String>) -> Self {
        self.value(field, Some(texts).filter(|texts| !texts.is_empty()).map(Value::List))
    }

    fn on(self, field: Field, given: bool) -> Self {
        self.value(field, given.then_some(Value::On))
    }
}
