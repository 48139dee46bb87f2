//! The calls of plans: each operation with its parameters in the order of the API's model.

use crate::domain::{AccountId, Argument, KEY_OPERATIONS, KeyArn, Kind, Scope, SnapshotArn, Tag};
use crate::plan::{Call, Operation};

/// A copy to be made.
pub(super) struct NewCopy<'a> {
    pub(super) source: &'a SnapshotArn,
    pub(super) to: &'a Scope,
    pub(super) name: &'a str,
    pub(super) key: Option<&'a KeyArn>,
    pub(super) option_group: Option<&'a str>,
    pub(super) copy_tags: bool,
    pub(super) tags: &'a [Tag],
}

impl NewCopy<'_> {
    /// CopyDBSnapshot or CopyDBClusterSnapshot, by whoever is to own the copy (COPY-07), of the source by its
    /// ARN: that is right from everywhere (COPY-02).
    pub(super) fn call(&self) -> Call {
        let text = |text: &str| Argument::Text(text.to_owned());
        let source = Argument::Text(self.source.exact());
        let key = self.key.map(|key| ("KmsKeyId", text(key.exact())));
        let tags = (!self.tags.is_empty()).then(|| ("Tags", Argument::Tags(self.tags.to_vec())));
        let copy_tags = self.copy_tags.then_some(("CopyTags", Argument::Flag(true)));
        let (operation, parameters) = match self.source.kind() {
            Kind::Instance => {
                let group = self.option_group.map(|group| ("OptionGroupName", text(group)));
                let names =
                    [("SourceDBSnapshotIdentifier", source), ("TargetDBSnapshotIdentifier", text(self.name))];
                let rest = [key, tags, copy_tags, group].into_iter().flatten();
                (Operation::CopyDBSnapshot, names.into_iter().chain(rest).collect())
            }
            Kind::Cluster => {
                let names = [
                    ("SourceDBClusterSnapshotIdentifier", source),
                    ("TargetDBClusterSnapshotIdentifier", text(self.name)),
                ];
                let rest = [key, copy_tags, tags].into_iter().flatten();
                (Operation::CopyDBClusterSnapshot, names.into_iter().chain(rest).collect())
            }
        };
        Call { scope: self.to.clone(), operation, parameters }
    }
}

/// The ARN of a snapshot that is made: AWS keeps its name in lower case (COPY-05).
pub(super) fn made(at: &Scope, kind: Kind, name: &str) -> SnapshotArn {
    SnapshotArn::new(&at.region, at.account, kind, &name.to_ascii_lowercase())
}

/// ModifyDBSnapshotAttribute or ModifyDBClusterSnapshotAttribute, by the owner: who may restore it (SHARE-16).
pub(super) fn attribute(snapshot: &SnapshotArn, add: Vec<String>, remove: Vec<String>) -> Call {
    let (operation, name) = match snapshot.kind() {
        Kind::Instance => (Operation::ModifyDBSnapshotAttribute, "DBSnapshotIdentifier"),
        Kind::Cluster => (Operation::ModifyDBClusterSnapshotAttribute, "DBClusterSnapshotIdentifier"),
    };
    let mut parameters = vec![
        (name, Argument::Text(snapshot.exact_name().to_owned())),
        ("AttributeName", Argument::Text("restore".to_owned())),
    ];
    let values = [("ValuesToAdd", add), ("ValuesToRemove", remove)];
    let values = values.into_iter().filter(|(_, values)| !values.is_empty());
    parameters.extend(values.map(|(name, values)| (name, Argument::List(values))));
    Call { scope: snapshot.home(), operation, parameters }
}

/// DeleteDBSnapshot or DeleteDBClusterSnapshot, by the owner.
pub(super) fn delete(snapshot: &SnapshotArn) -> Call {
    let (operation, name) = match snapshot.kind() {
        Kind::Instance => (Operation::DeleteDBSnapshot, "DBSnapshotIdentifier"),
        Kind::Cluster => (Operation::DeleteDBClusterSnapshot, "DBClusterSnapshotIdentifier"),
    };
    let parameters = vec![(name, Argument::Text(snapshot.exact_name().to_owned()))];
    Call { scope: snapshot.home(), operation, parameters }
}

/// PutKeyPolicy, by the key's owner, with the whole policy.
pub(super) fn put_policy(key: &KeyArn, policy: &str) -> Call {
    let parameters = vec![
        ("KeyId", Argument::Text(key.exact().to_owned())),
        ("PolicyName", Argument::Text("default".to_owned())),
        ("Policy", Argument::Text(policy.to_owned())),
    ];
    Call { scope: owner(key), operation: Operation::PutKeyPolicy, parameters }
}

/// An operation on a key that takes nothing else, by the key's owner.
pub(super) fn of_key(key: &KeyArn, operation: Operation) -> Call {
    let parameters = vec![("KeyId", Argument::Text(key.exact().to_owned()))];
    Call { scope: owner(key), operation, parameters }
}

/// CreateGrant for an account, by the key's owner, and the RevokeGrant that takes it back. By its name KMS knows
/// a grant that is asked for twice.
pub(super) fn grant(key: &KeyArn, account: AccountId) -> (Call, Call) {
    let partition = key.exact().split(':').nth(1).unwrap_or_default();
    let name = format!("snapdeck-{account}");
    let on = ("KeyId", Argument::Text(key.exact().to_owned()));
    let make = vec![
        on.clone(),
        ("GranteePrincipal", Argument::Text(format!("arn:{partition}:iam::{account}:root"))),
        ("Operations", Argument::List(KEY_OPERATIONS.map(str::to_owned).to_vec())),
        ("Name", Argument::Text(name.clone())),
    ];
    let revoke = vec![on, ("GrantId", Argument::GrantNamed(name))];
    let call = |operation, parameters| Call { scope: owner(key), operation, parameters };
    (call(Operation::CreateGrant, make), call(Operation::RevokeGrant, revoke))
}

/// The scope of a key's owner.
fn owner(key: &KeyArn) -> Scope {
    key.home().expect("BUG: the ARN of a key was read without its account")
}
