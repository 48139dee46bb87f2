//! From a draft that nothing blocks to the request it stands for: the only place that makes one.
//!
//! A request says what the draft says and nothing more; a result without a name gets the one that the case
//! derives. Where a key was named and could not be resolved to its ARN there is no request. What is there
//! already is not asked for again: nobody is given what it has, nor let use a key that it may use.

use crate::domain::{
    AccountId, Action, Argument, Draft, Facts, Field, FirstCopy, KeyAccess, KeyArn, Kind, Request, Scope,
    Share, SnapshotArn, Stage,
};

use super::{Case, kms};

/// Parameters by the API's own names, in the order of its model.
type Parameters = Vec<(&'static str, Argument)>;

/// The request of a cleared draft; `None` when a field that it cannot do without is missing.
pub(super) fn of(draft: &Draft, facts: &Facts) -> Option<Request> {
    let mut case = Case::new(draft, facts);
    match draft.action {
        Action::Copy | Action::Encrypt => copy(&mut case),
        Action::Share => share(&mut case),
        Action::Restore => restore(&mut case),
        Action::Export => export(&mut case),
        Action::Delete => Some(Request::Delete { snapshot: draft.snapshot.clone() }),
    }
}

/// A request that something else is done for first.
pub(super) fn after(snapshot: &SnapshotArn, first: Vec<Stage>, then: Request) -> Request {
    Request::After { snapshot: snapshot.clone(), first, then: Box::new(then) }
}

fn copy(case: &mut Case<'_>) -> Option<Request> {
    let draft = case.draft;
    let to = case.destination()?;
    let key = key(case, &to, Field::KmsKey)?;
    if draft.action == Action::Encrypt && key.is_none() {
        return None;
    }
    let option_group = match case.kind() {
        Kind::Instance => text(draft, Field::OptionGroup),
        Kind::Cluster => None,
    };
    Some(Request::Copy {
        source: draft.snapshot.clone(),
        first: first_copy(case)?,
        share: shared_with(case),
        access: access(case)?,
        name: case.copy_name()?,
        to,
        key,
        option_group,
        copy_tags: draft.is_on(Field::CopyTags),
        tags: draft.tags(Field::Tags).to_vec(),
    })
}

fn share(case: &mut Case<'_>) -> Option<Request> {
    let draft = case.draft;
    let public = match draft.text(Field::Visibility) {
        Some("public") => Some(true),
        Some("private") => Some(false),
        _ => None,
    };
    let remove = named(draft, Field::Remove);
    let mut add = case.added();
    if add.is_empty() {
        // AWS takes it, and nothing changes: whoever is named has access.
        add = named(draft, Field::With);
    }
    if add.is_empty() && remove.is_empty() && public.is_none() {
        return None;
    }
    let first = first_copy(case)?;
    let access = access(case)?;
    Some(Request::Share { snapshot: draft.snapshot.clone(), first, access, add, remove, public })
}

/// The accounts of a list, each once.
fn named(draft: &Draft, field: Field) -> Vec<AccountId> {
    let ids = draft.list(field).iter().filter_map(|id| id.trim().parse().ok());
    ids.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn restore(case: &mut Case<'_>) -> Option<Request> {
    let draft = case.draft;
    let to = case.destination()?;
    let first = first_copy(case)?;
    let parameters = match case.kind() {
        Kind::Instance => instance(case)?,
        Kind::Cluster => cluster(case, &to)?,
    };
    Some(Request::Restore {
        snapshot: draft.snapshot.clone(),
        first,
        share: shared_with(case),
        access: access(case)?,
        to,
        makes: case.kind(),
        parameters,
    })
}

/// RestoreDBInstanceFromDBSnapshot; an instance keeps the engine version of its snapshot.
fn instance(case: &mut Case<'_>) -> Option<Parameters> {
    let draft = case.draft;
    let mut all = vec![("DBInstanceIdentifier", Argument::Text(text(draft, Field::Db)?))];
    put(&mut all, "DBInstanceClass", text(draft, Field::Class));
    put_port(&mut all, draft)?;
    put(&mut all, "DBSubnetGroupName", text(draft, Field::SubnetGroup));
    put_on(&mut all, "MultiAZ", draft, Field::MultiAz);
    put_on(&mut all, "PubliclyAccessible", draft, Field::PubliclyAccessible);
    put(&mut all, "OptionGroupName", text(draft, Field::OptionGroup));
    if let Some(storage) = text(draft, Field::StorageType) {
        // Provisioned storage is not taken without them (REST-13).
        let iops = case.snapshot()?.iops.filter(|_| storage.starts_with("io"));
        put(&mut all, "StorageType", Some(storage));
        all.extend(iops.map(|iops| ("Iops", Argument::Number(iops.into()))));
    }
    put_all(&mut all, "VpcSecurityGroupIds", draft.list(Field::SecurityGroups));
    put(&mut all, "DBParameterGroupName", text(draft, Field::ParameterGroup));
    Some(all)
}

/// RestoreDBClusterFromSnapshot.
fn cluster(case: &mut Case<'_>, to: &Scope) -> Option<Parameters> {
    let draft = case.draft;
    let snapshot = case.snapshot()?;
    let is_multi_az = snapshot.row.family == crate::domain::Family::MultiAzCluster;
    let mut all = vec![
        ("DBClusterIdentifier", Argument::Text(text(draft, Field::Db)?)),
        ("Engine", Argument::Text(snapshot.row.engine.exact().to_owned())),
    ];
    put(&mut all, "EngineVersion", text(draft, Field::EngineVersion));
    put_port(&mut all, draft)?;
    put(&mut all, "DBSubnetGroupName", text(draft, Field::SubnetGroup));
    put_all(&mut all, "VpcSecurityGroupIds", draft.list(Field::SecurityGroups));
    let key = key(case, to, Field::KmsKey)?;
    put(&mut all, "KmsKeyId", key.map(|key| key.exact().to_owned()));
    put(&mut all, "DBClusterParameterGroupName", text(draft, Field::ParameterGroup));
    if is_multi_az {
        put(&mut all, "DBClusterInstanceClass", text(draft, Field::Class));
    }
    if let Some(storage) = text(draft, Field::StorageType) {
        put(&mut all, "StorageType", Some(storage));
        // A Multi-AZ DB cluster takes no storage type without them (REST-24).
        let iops = snapshot.iops.filter(|_| is_multi_az);
        all.extend(iops.map(|iops| ("Iops", Argument::Number(iops.into()))));
    }
    put_on(&mut all, "PubliclyAccessible", draft, Field::PubliclyAccessible);
    Some(all)
}

fn export(case: &mut Case<'_>) -> Option<Request> {
    let draft = case.draft;
    let by = case.destination()?;
    let key = key(case, &by, Field::KmsKey)??;
    let mut parameters = vec![
        ("ExportTaskIdentifier", Argument::Text(text(draft, Field::Task)?)),
        ("SourceArn", Argument::Text(draft.snapshot.exact())),
        ("S3BucketName", Argument::Text(text(draft, Field::Bucket)?)),
        ("IamRoleArn", Argument::Text(text(draft, Field::Role)?)),
        ("KmsKeyId", Argument::Text(key.exact().to_owned())),
    ];
    put(&mut parameters, "S3Prefix", text(draft, Field::Prefix));
    put_all(&mut parameters, "ExportOnly", draft.list(Field::Only));
    Some(Request::Export { snapshot: draft.snapshot.clone(), by, parameters })
}

/// The copy that is made first: `None` outside when its key cannot be resolved, inside when there is none.
#[expect(clippy::option_option, reason = "no request, or a request without a first copy, are two things")]
fn first_copy(case: &mut Case<'_>) -> Option<Option<FirstCopy>> {
    if !case.has_first_copy() {
        return Some(None);
    }
    let scope = case.first_copy_scope()?;
    let key = key(case, &scope, Field::FirstKey)?;
    Some(Some(FirstCopy { name: text(case.draft, Field::FirstCopy)?, key }))
}

/// The key that a field names: `None` outside when it cannot be resolved, inside when none is named.
#[expect(clippy::option_option, reason = "a key that is not known is not the same as none")]
fn key(case: &mut Case<'_>, scope: &Scope, field: Field) -> Option<Option<KeyArn>> {
    let Some(typed) = case.draft.text(field) else { return Some(None) };
    match case.key(scope.clone(), typed) {
        Some(found) => found.map(|key| Some(key.arn.clone())),
        // An ARN says enough when nobody here may describe the key.
        None => typed.trim().parse().ok().map(Some),
    }
}

/// The account that the owner shares it with first, unless it can read it already.
fn shared_with(case: &mut Case<'_>) -> Option<AccountId> {
    let taker = case.taker().filter(|_| case.draft.is_on(Field::ShareFirst) && case.is_ours(case.owner()))?;
    // A copy that is made at home is nobody's but the owner's.
    let is_new = case.has_first_copy() && case.draft.action == Action::Copy;
    let has_it = !is_new
        && match case.share() {
            Some(Share::Public(_)) => true,
            Some(Share::Accounts(ids)) => ids.contains(&taker),
            Some(Share::NotShareable | Share::Unknown(_) | Share::Private) | None => false,
        };
    (!has_it).then_some(taker)
}

/// How others are let use the key: `None` outside when it cannot be told, inside when nobody has to be.
#[expect(
    clippy::option_option,
    reason = "a key that cannot be changed is not the same as one that need not be"
)]
fn access(case: &mut Case<'_>) -> Option<Option<KeyAccess>> {
    kms::key_access(case)?.ok()
}

fn text(draft: &Draft, field: Field) -> Option<String> {
    draft.text(field).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn put(all: &mut Parameters, name: &'static str, value: Option<String>) {
    all.extend(value.map(|value| (name, Argument::Text(value))));
}

fn put_on(all: &mut Parameters, name: &'static str, draft: &Draft, field: Field) {
    if draft.is_on(field) {
        all.push((name, Argument::Flag(true)));
    }
}

/// The port, where one is chosen; `None` when that is no number.
fn put_port(all: &mut Parameters, draft: &Draft) -> Option<()> {
    if let Some(port) = text(draft, Field::Port) {
        all.push(("Port", Argument::Number(port.parse::<u16>().ok()?.into())));
    }
    Some(())
}

fn put_all(all: &mut Parameters, name: &'static str, values: &[String]) {
    if !values.is_empty() {
        all.push((name, Argument::List(values.iter().map(|value| value.trim().to_owned()).collect())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::KeyChange;
    use crate::rules::testing::{check, check_fixes};

    fn of(line: &str) -> Request {
        check(line, "request").request.expect("a request")
    }

    fn named(request: &Request) -> Vec<String> {
        let (Request::Restore { parameters, .. } | Request::Export { parameters, .. }) = request else {
            panic!("{request:?}")
        };
        let told = |value: &Argument| match value {
            Argument::Text(text) => text.clone(),
            Argument::List(texts) => texts.join(","),
            Argument::Flag(flag) => flag.to_string(),
            Argument::Number(number) => number.to_string(),
            Argument::Tags(_) | Argument::GrantNamed(_) => panic!("{value:?}"),
        };
        parameters.iter().map(|(name, value)| format!("{name}={}", told(value))).collect()
    }

    #[test]
    fn a_copy_has_its_key_by_arn_and_a_name_of_its_own() {
        let request = of("copy automated cmk use1->euw1 kms-key=alias/dba copy-tags=on tag=env=prod");
        let Request::Copy { name, key, to, first, share, copy_tags, tags, .. } = request else { panic!() };
        assert_eq!(name, "orders-2026-11-24");
        assert_eq!(
            key.map(|key| key.to_string()).as_deref(),
            Some("arn:aws:kms:eu-west-1:111111111111:key/cmk")
        );
        assert_eq!(to.to_string(), "111111111111 eu-west-1");
        assert_eq!((first, share, copy_tags, tags.len()), (None, None, true, 1));
    }

    #[test]
    fn what_the_fixes_add_is_in_the_request() {
        let (_, review) = check_fixes("copy automated aws/rds to-account=222 use1->euw1");
        let Some(Request::Copy { first, share, access, key, .. }) = review.request else { panic!() };
        let first = first.expect("a first copy");
        assert_eq!(first.name, "orders-2026-11-24");
        assert_eq!(first.key.expect("a key").to_string(), "arn:aws:kms:us-east-1:111111111111:key/cmk");
        assert_eq!(share.map(|id| id.to_string()).as_deref(), Some("222222222222"));
        let access = access.expect("a change of the key");
        assert_eq!(access.accounts, [crate::rules::testing::account("222")]);
        let KeyChange::Policy { after, .. } = access.by else { panic!("{access:?}") };
        assert!(after.contains("AllowUseBy222222222222"), "{after}");
        assert_eq!(key.expect("a key").account(), share);
    }

    #[test]
    fn nobody_is_given_what_it_has() {
        let line = "copy cmk to-account=222 share-first=on kms-key=alias/dba key-access=policy";
        let Request::Copy { share, access, .. } = of(&format!("{line} +share:222 +policy:admits:222")) else {
            panic!()
        };
        assert_eq!((share, access), (None, None));
        let Request::Copy { share, access, .. } = of(line) else { panic!() };
        assert!(share.is_some() && access.is_some());
    }

    #[test]
    fn an_encryption_is_a_copy_in_place() {
        let Request::Copy { name, key, to, .. } = of("encrypt inst none kms-key=alias/dba") else { panic!() };
        assert_eq!((name.as_str(), to.region.name()), ("orders-copy", "us-east-1"));
        assert!(key.is_some());
        of("encrypt clu cmk kms-key=alias/team");
        assert_eq!(check("encrypt clu none kms-key=alias/dba", "blocked").request, None);
    }

    #[test]
    fn a_share_adds_those_who_have_it_not_yet() {
        let Request::Share { add, remove, public, .. } =
            of("share inst none with=222,333 remove=999 visibility=private +share:222,999")
        else {
            panic!()
        };
        assert_eq!(add.iter().map(ToString::to_string).collect::<Vec<_>>(), ["333333333333"]);
        assert_eq!(remove.iter().map(ToString::to_string).collect::<Vec<_>>(), ["999999999999"]);
        assert_eq!(public, Some(false));
    }

    #[test]
    fn restores_and_exports_speak_in_the_words_of_the_api() {
        let request = of("restore inst db=x class=db.r6g.large security-group=sg-1,sg-2 multi-az=on");
        assert_eq!(
            named(&request),
            [
                "DBInstanceIdentifier=x",
                "DBInstanceClass=db.r6g.large",
                "MultiAZ=true",
                "VpcSecurityGroupIds=sg-1,sg-2"
            ]
        );
        let request = of("restore clu none db=x kms-key=alias/dba");
        assert_eq!(
            named(&request),
            [
                "DBClusterIdentifier=x",
                "Engine=aurora-mysql",
                "KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk"
            ]
        );
        let request = of(
            "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba only=a.b",
        );
        assert_eq!(named(&request)[0], "ExportTaskIdentifier=t");
        assert_eq!(named(&request)[5], "ExportOnly=a.b");
        assert!(matches!(of("delete inst"), Request::Delete { .. }));
    }
}
