//! A draft as the call of AWS's API that somebody would send who takes it by its word, and nobody checks.
//!
//! The rules are not asked, only the draft and what the fleet says of the snapshot. What the API has no words for
//! cannot be sent at all: that is as good as a refusal, and the rules have to say so too.

use serde_json::Value as Json;
use snapdeck::domain::{AccountId, Action, Argument, Draft, Field, Kind, Tag};
use snapdeck::plan::Call;

use super::fleet;
use super::sent::Sent;

/// Why a draft is no call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsaid {
    /// The account that would call is no account.
    NoAccount,
    /// The region that would be called is no region.
    NoRegion,
    /// It asks for nothing.
    Nothing,
    /// The operation has no parameter for what is asked.
    NoParameter,
}

/// The name of a copy where the draft leaves it to the program.
const ANY_NAME: &str = "as-typed-by-nobody";

/// The call that a draft is.
pub(crate) fn sent(draft: &Draft, fleet: &Json) -> Result<Sent, Unsaid> {
    let source = fleet::snapshot_of(fleet, &draft.snapshot.exact());
    match draft.action {
        Action::Encrypt if draft.text(Field::KmsKey).is_none() => Err(Unsaid::Nothing),
        Action::Copy | Action::Encrypt => Ok(copy(draft, place(draft)?)),
        Action::Share => share(draft),
        Action::Restore if draft.kind() == Kind::Instance => instance(draft, source),
        Action::Restore => cluster(draft, source),
        Action::Export => Ok(export(draft)),
        Action::Delete => Ok(of_snapshot(draft, ["DeleteDBSnapshot", "DeleteDBClusterSnapshot"])),
    }
}

/// Who calls, and where.
fn place(draft: &Draft) -> Result<(String, String), Unsaid> {
    let account =
        draft.text(Field::ToAccount).map_or_else(|| draft.by.to_string(), |text| text.trim().to_owned());
    let region = draft.text(Field::ToRegion).unwrap_or(draft.snapshot.region()).trim().to_owned();
    if account.parse::<AccountId>().is_err() {
        return Err(Unsaid::NoAccount);
    }
    let ends_in_number = region.rsplit_once('-').is_some_and(|(_, end)| end.parse::<u8>().is_ok());
    if !ends_in_number || region.split('-').count() < 3 {
        return Err(Unsaid::NoRegion);
    }
    Ok((account, region))
}

fn of_kind(draft: &Draft, names: [&'static str; 2]) -> &'static str {
    names[usize::from(draft.kind() == Kind::Cluster)]
}

/// A call about the snapshot where it lies, by its owner if that is one of ours, else by who looks at it.
fn of_snapshot(draft: &Draft, operations: [&'static str; 2]) -> Sent {
    let name = of_kind(draft, ["DBSnapshotIdentifier", "DBClusterSnapshotIdentifier"]);
    Sent::new(&draft.by, draft.snapshot.region(), of_kind(draft, operations))
        .with(name, draft.snapshot.exact())
}

fn copy(draft: &Draft, (account, region): (String, String)) -> Sent {
    let operation = of_kind(draft, ["CopyDBSnapshot", "CopyDBClusterSnapshot"]);
    let source = of_kind(draft, ["SourceDBSnapshotIdentifier", "SourceDBClusterSnapshotIdentifier"]);
    let target = of_kind(draft, ["TargetDBSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier"]);
    let mut sent = Sent::new(&account, &region, operation)
        .with(source, draft.snapshot.exact())
        .with(target, draft.text(Field::Name).unwrap_or(ANY_NAME))
        .maybe("KmsKeyId", draft.text(Field::KmsKey));
    // Cluster snapshots have no option group to give (COPY-36): whoever sends it leaves that out.
    if draft.kind() == Kind::Instance {
        sent = sent.maybe("OptionGroupName", draft.text(Field::OptionGroup));
    }
    if draft.is_on(Field::CopyTags) {
        sent = sent.with("CopyTags", "true");
    }
    signed(tags(sent, draft.tags(Field::Tags)))
}

fn tags(sent: Sent, tags: &[Tag]) -> Sent {
    tags.iter().enumerate().fold(sent, |sent, (n, tag)| {
        sent.with(format!("Tags.Tag.{}.Key", n + 1), tag.key.exact())
            .with(format!("Tags.Tag.{}.Value", n + 1), tag.value.exact())
    })
}

/// With the URL that is made with every copy in GovCloud (COPY-25).
fn signed(sent: Sent) -> Sent {
    if sent.operation.starts_with("Copy") && sent.region.starts_with("us-gov-") {
        return sent.with("PreSignedUrl", "https://rds.us-gov-west-1.amazonaws.com/?signed");
    }
    sent
}

fn share(draft: &Draft) -> Result<Sent, Unsaid> {
    let (mut add, mut remove) = (draft.list(Field::With).to_vec(), draft.list(Field::Remove).to_vec());
    match draft.text(Field::Visibility) {
        Some("public") => add.push("all".to_owned()),
        Some("private") => remove.push("all".to_owned()),
        Some(_) => return Err(Unsaid::NoParameter),
        None => {}
    }
    if add.is_empty() && remove.is_empty() {
        return Err(Unsaid::Nothing);
    }
    let operations = ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"];
    Ok(of_snapshot(draft, operations)
        .with("AttributeName", "restore")
        .list("ValuesToAdd", "AttributeValue", &add)
        .list("ValuesToRemove", "AttributeValue", &remove))
}

fn instance(draft: &Draft, source: Option<&Json>) -> Result<Sent, Unsaid> {
    let (account, region) = place(draft)?;
    // RestoreDBInstanceFromDBSnapshot has neither a key (ENC-02) nor an engine version (REST-17).
    let other_version = draft.text(Field::EngineVersion).is_some_and(|version| {
        source.is_some_and(|source| source["EngineVersion"].as_str() != Some(version.trim()))
    });
    if draft.text(Field::KmsKey).is_some() || other_version {
        return Err(Unsaid::NoParameter);
    }
    let sent = Sent::new(&account, &region, "RestoreDBInstanceFromDBSnapshot")
        .maybe("DBInstanceIdentifier", draft.text(Field::Db))
        .with("DBSnapshotIdentifier", draft.snapshot.exact())
        .maybe("DBInstanceClass", draft.text(Field::Class))
        .maybe("DBParameterGroupName", draft.text(Field::ParameterGroup))
        .maybe("OptionGroupName", draft.text(Field::OptionGroup))
        .maybe("MultiAZ", draft.is_on(Field::MultiAz).then_some("true"));
    Ok(network(draft, sent))
}

fn cluster(draft: &Draft, source: Option<&Json>) -> Result<Sent, Unsaid> {
    let (account, region) = place(draft)?;
    let engine = source.and_then(|source| source["Engine"].as_str()).unwrap_or("aurora-mysql");
    // Only a Multi-AZ DB cluster has a class; one of Aurora has it in its instances (REST-23).
    let class = draft.text(Field::Class).filter(|_| matches!(engine, "mysql" | "postgres"));
    let sent = Sent::new(&account, &region, "RestoreDBClusterFromSnapshot")
        .maybe("DBClusterIdentifier", draft.text(Field::Db))
        .with("SnapshotIdentifier", draft.snapshot.exact())
        .with("Engine", engine)
        .maybe("EngineVersion", draft.text(Field::EngineVersion))
        .maybe("DBClusterInstanceClass", class)
        .maybe("DBClusterParameterGroupName", draft.text(Field::ParameterGroup))
        .maybe("KmsKeyId", draft.text(Field::KmsKey));
    Ok(network(draft, sent))
}

/// What both restores have.
fn network(draft: &Draft, sent: Sent) -> Sent {
    sent.maybe("DBSubnetGroupName", draft.text(Field::SubnetGroup))
        .maybe("StorageType", draft.text(Field::StorageType))
        .maybe("Port", draft.text(Field::Port))
        .maybe("PubliclyAccessible", draft.is_on(Field::PubliclyAccessible).then_some("true"))
        .list("VpcSecurityGroupIds", member("VpcSecurityGroupIds"), draft.list(Field::SecurityGroups))
}

fn export(draft: &Draft) -> Sent {
    // The region of the bucket is what somebody knows, not what is sent: the bucket's name tells the cloud.
    Sent::new(&draft.by, draft.snapshot.region(), "StartExportTask")
        .maybe("ExportTaskIdentifier", draft.text(Field::Task))
        .with("SourceArn", draft.snapshot.exact())
        .maybe("S3BucketName", draft.text(Field::Bucket))
        .maybe("S3Prefix", draft.text(Field::Prefix))
        .maybe("IamRoleArn", draft.text(Field::Role))
        .maybe("KmsKeyId", draft.text(Field::KmsKey))
        .list("ExportOnly", "member", draft.list(Field::Only))
}

/// A call of a plan as bytes.
pub(crate) fn of_call(call: &Call) -> Sent {
    let sent = Sent::new(&call.scope.account, call.scope.region.name(), call.operation.name());
    let sent = call.parameters.iter().fold(sent, |sent, (name, value)| match value {
        Argument::Text(text) => sent.with(*name, text),
        Argument::Flag(flag) => sent.with(*name, flag.to_string()),
        Argument::Number(number) => sent.with(*name, number.to_string()),
        Argument::List(texts) => sent.list(name, member(name), texts),
        Argument::Tags(tags) => self::tags(sent, tags),
        Argument::GrantNamed(_) => unreachable!("BUG: no grant is taken back here"),
    });
    signed(sent)
}

/// What the members of a list are called.
fn member(list: &str) -> &'static str {
    match list {
        "VpcSecurityGroupIds" => "VpcSecurityGroupId",
        "ValuesToAdd" | "ValuesToRemove" => "AttributeValue",
        _ => "member",
    }
}

/// What a plan says in other words than were typed. The key is given by its ARN, the snapshot by its name where that
/// is enough, a copy is named by the program where nobody does, and a share leaves out who has access already.
pub(crate) fn differ(typed: &Sent, planned: &Sent) -> Option<String> {
    let own_words = |name: &str| {
        name.starts_with("ValuesTo")
            || name == "Iops"
            || name == "PreSignedUrl"
            || name.starts_with("KmsKeyId")
    };
    if (&typed.account, &typed.region, typed.operation)
        != (&planned.account, &planned.region, planned.operation)
    {
        return Some(format!("{} {} {}", planned.account, planned.region, planned.operation));
    }
    if typed.parameters.contains_key("KmsKeyId") != planned.parameters.contains_key("KmsKeyId") {
        return Some("KmsKeyId".to_owned());
    }
    let text = |sent: &Sent, name: &str| sent.parameters.get(name).map(|value| value.trim().to_owned());
    let same = |name: &str| match (text(typed, name), text(planned, name)) {
        (Some(typed), _) if typed == ANY_NAME => true,
        (Some(typed), Some(planned)) => typed == planned || typed.ends_with(&format!("snapshot:{planned}")),
        (typed, planned) => typed == planned,
    };
    let names = typed.parameters.keys().chain(planned.parameters.keys());
    let other = names.filter(|name| !own_words(name)).find(|name| !same(name))?;
    Some(format!("{other}: typed {:?}, planned {:?}", text(typed, other), text(planned, other)))
}
