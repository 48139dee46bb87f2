//! A draft as the call of AWS's API that somebody would send who takes it by its word, and nobody checks.
//!
//! The rules are not asked, only the draft and what the fleet says of the snapshot. What the API has no words for
//! cannot be sent at all: that is as good as a refusal, and the rules have to say so too.

use serde_json::Value as Json;
use snapdeck::domain::{AccountId, Action, Draft, Field, Kind, Request};

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
    let source = fleet::snapshot_of(fleet, draft.snapshot.exact());
    match draft.action {
        Action::Copy => copy(draft, place(draft)?),
        Action::Encrypt if draft.text(Field::KmsKey).is_none() => Err(Unsaid::Nothing),
        Action::Encrypt => copy(draft, place(draft)?),
        Action::Share => share(draft),
        Action::Restore if draft.kind() == Kind::Instance => instance(draft, source),
        Action::Restore => cluster(draft, source),
        Action::Export => export(draft),
        Action::Delete => Ok(of_snapshot(draft, ["DeleteDBSnapshot", "DeleteDBClusterSnapshot"])),
    }
}

/// Who calls, and where.
fn place(draft: &Draft) -> Result<(String, String), Unsaid> {
    let account = draft.text(Field::ToAccount).map_or_else(|| draft.by.to_string(), |text| text.trim().to_owned());
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
    Sent::new(draft.by, draft.snapshot.region(), of_kind(draft, operations)).with(name, draft.snapshot.exact())
}

fn copy(draft: &Draft, (account, region): (String, String)) -> Result<Sent, Unsaid> {
    let operation = of_kind(draft, ["CopyDBSnapshot", "CopyDBClusterSnapshot"]);
    let source = of_kind(draft, ["SourceDBSnapshotIdentifier", "SourceDBClusterSnapshotIdentifier"]);
    let target = of_kind(draft, ["TargetDBSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier"]);
    let mut sent = Sent::new(account, &region, operation)
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
    for (n, tag) in draft.tags(Field::Tags).iter().enumerate() {
        sent = sent
            .with(format!("Tags.Tag.{}.Key", n + 1), tag.key.exact())
            .with(format!("Tags.Tag.{}.Value", n + 1), tag.value.exact());
    }
    // Made with the call, where GovCloud wants it (COPY-25).
    if region.starts_with("us-gov-") && region != draft.snapshot.region() {
        sent = sent.with("PreSignedUrl", "https://rds.us-gov-west-1.amazonaws.com/?signed");
    }
    Ok(sent)
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
    let sent = Sent::new(account, &region, "RestoreDBInstanceFromDBSnapshot")
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
    let sent = Sent::new(account, &region, "RestoreDBClusterFromSnapshot")
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
        .list("VpcSecurityGroupIds", "VpcSecurityGroupId", draft.list(Field::SecurityGroups))
}

fn export(draft: &Draft) -> Result<Sent, Unsaid> {
    // The region of the bucket is what somebody knows, not what is sent: the bucket's name tells the cloud.
    Ok(Sent::new(draft.by, draft.snapshot.region(), "StartExportTask")
        .maybe("ExportTaskIdentifier", draft.text(Field::Task))
        .with("SourceArn", draft.snapshot.exact())
        .maybe("S3BucketName", draft.text(Field::Bucket))
        .maybe("S3Prefix", draft.text(Field::Prefix))
        .maybe("IamRoleArn", draft.text(Field::Role))
        .maybe("KmsKeyId", draft.text(Field::KmsKey))
        .list("ExportOnly", "member", draft.list(Field::Only)))
}

/// The call that a request of the rules is.
pub(crate) fn of_request(request: &Request) -> Sent {
    let lists = |name: &str| match name {
        "VpcSecurityGroupIds" => Some("VpcSecurityGroupId"),
        "ExportOnly" => Some("member"),
        _ => None,
    };
    let named = |sent: Sent, parameters: &[(&'static str, Vec<String>)]| {
        parameters.iter().fold(sent, |sent, (name, values)| match lists(name) {
            Some(member) => sent.list(name, member, values),
            None => sent.with(*name, values.join(",")),
        })
    };
    match request {
        Request::Copy { source, to, name, key, option_group, copy_tags, tags, .. } => {
            let mut draft = Draft::new(Action::Copy, source.clone(), to.account);
            let text = |value: &str| snapdeck::domain::Value::Text(value.to_owned());
            draft.set(Field::Name, text(name));
            draft.set(Field::ToRegion, text(to.region.name()));
            draft.set(Field::KmsKey, text(key.as_ref().map_or("", |key| key.exact())));
            draft.set(Field::OptionGroup, text(option_group.as_deref().unwrap_or_default()));
            if *copy_tags {
                draft.set(Field::CopyTags, snapdeck::domain::Value::On);
            }
            draft.set(Field::Tags, snapdeck::domain::Value::Tags(tags.clone()));
            let place = (to.account.to_string(), to.region.name().to_owned());
            copy(&draft, place).expect("BUG: a copy can be said")
        }
        Request::Share { snapshot, add, remove, public, .. } => {
            let ids = |ids: &[AccountId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
            let (mut add, mut remove) = (ids(add), ids(remove));
            match public {
                Some(true) => add.push("all".to_owned()),
                Some(false) => remove.push("all".to_owned()),
                None => {}
            }
            let draft = Draft::new(Action::Share, snapshot.clone(), snapshot.account());
            of_snapshot(&draft, ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"])
                .with("AttributeName", "restore")
                .list("ValuesToAdd", "AttributeValue", &add)
                .list("ValuesToRemove", "AttributeValue", &remove)
        }
        Request::Restore { snapshot, to, makes, parameters, .. } => {
            let (operation, source) = match makes {
                Kind::Instance => ("RestoreDBInstanceFromDBSnapshot", "DBSnapshotIdentifier"),
                Kind::Cluster => ("RestoreDBClusterFromSnapshot", "SnapshotIdentifier"),
            };
            let sent = Sent::new(to.account, to.region.name(), operation).with(source, snapshot.exact());
            named(sent, parameters)
        }
        Request::Export { by, parameters, .. } => {
            named(Sent::new(by.account, by.region.name(), "StartExportTask"), parameters)
        }
        Request::Delete { snapshot } => {
            let draft = Draft::new(Action::Delete, snapshot.clone(), snapshot.account());
            of_snapshot(&draft, ["DeleteDBSnapshot", "DeleteDBClusterSnapshot"])
        }
    }
}

/// The parameters that both say in the same words: without the key, which a request has by its ARN, and the name
/// of a copy, which the program chooses where nobody does. A share leaves out who has access already.
pub(crate) fn differ(typed: &Sent, request: &Sent) -> Option<String> {
    let chosen = |name: &str, value: &str| {
        name == "KmsKeyId" || value == ANY_NAME || name.starts_with("ValuesTo") || name == "Iops"
    };
    if (&typed.account, &typed.region, typed.operation) != (&request.account, &request.region, request.operation) {
        return Some(format!("{} {} {}", request.account, request.region, request.operation));
    }
    let names = typed.parameters.keys().chain(request.parameters.keys());
    let values = |name: &String| (typed.parameters.get(name), request.parameters.get(name));
    names
        .filter(|name| !chosen(name, typed.parameters.get(*name).map_or("", String::as_str)))
        .find(|name| values(name).0.map(|value| value.trim()) != values(name).1.map(|value| value.trim()))
        .map(|name| format!("{name}: typed {:?}, requested {:?}", values(name).0, values(name).1))
        .or_else(|| (typed.parameters.contains_key("KmsKeyId") != request.parameters.contains_key("KmsKeyId"))
            .then(|| "KmsKeyId".to_owned()))
}
