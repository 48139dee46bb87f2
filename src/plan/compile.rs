//! From a request to the plan that carries it out.
//!
//! Every request becomes a plan: what cannot be carried out was refused before there was a request. The same
//! request always becomes the same calls, with the names that it says. Facts only choose words and tell what was
//! there before, so that nothing more is taken back than a plan has done.

mod calls;
mod grounds;
mod lead;
mod share;
mod stages;
mod steps;
mod words;

use crate::domain::{Argument, Facts, Kind, Request, Scope, Shown, SnapshotArn};

use super::{Call, Follow, Operation, Plan, Purpose, Step};
use calls::NewCopy;
use lead::Lead;
use words::Words;

/// The calls that carry a request out, in order.
pub fn compile(request: &Request, facts: &Facts) -> Plan {
    let mut plan = calls_of(request, facts);
    grounds::put(&mut plan, facts);
    plan
}

fn calls_of(request: &Request, facts: &Facts) -> Plan {
    let words = Words { facts };
    match request {
        Request::Copy { source, first, share, access, to, name, key, option_group, copy_tags, tags } => {
            let lead =
                Lead { snapshot: source, first: first.as_ref(), share: *share, access: access.as_ref() };
            let (mut steps, source) = lead.given_away(&words, key.as_ref());
            let copy = NewCopy {
                source: &source,
                to,
                name,
                key: key.as_ref(),
                option_group: option_group.as_deref(),
                copy_tags: *copy_tags,
                tags,
            };
            steps.push(steps::last_copy(&words, lead.snapshot, &copy));
            let what = lead.snapshot.name();
            Plan {
                goal: format!("Copy {what} to {} as {}", words.place(to), Shown::from(name.as_str())),
                steps,
            }
        }
        Request::Share { snapshot, first, access, add, remove, public } => {
            let change = share::Change { snapshot, add, remove, public: *public };
            change.plan(&words, first.as_ref(), access.as_ref())
        }
        Request::Restore { snapshot, first, share, access, to, makes, parameters } => {
            let lead = Lead { snapshot, first: first.as_ref(), share: *share, access: access.as_ref() };
            let (mut steps, source) = lead.taken(&words, to, parameters);
            let step = restore(&source, to, *makes, parameters, &words);
            let (what, place) = (snapshot.name(), words.place(to));
            let goal = match &step.follows {
                Follow::Instance(name) | Follow::Cluster(name) => {
                    format!("Restore {what} in {place} as {}", Shown::from(name.as_str()))
                }
                Follow::Nothing | Follow::Snapshot(_) | Follow::Export(_) => format!("Restore {what}"),
            };
            steps.push(step);
            Plan { goal, steps }
        }
        Request::Export { snapshot, by, parameters } => Plan {
            goal: format!("Export {} to S3", snapshot.name()),
            steps: vec![export(snapshot, by, parameters)],
        },
        Request::Delete { snapshot } => {
            Plan { goal: format!("Delete {}", snapshot.name()), steps: vec![delete(snapshot)] }
        }
        Request::After { snapshot, first, then } => stages::plan((snapshot, first, then), facts, calls_of),
    }
}

/// RestoreDBInstanceFromDBSnapshot or RestoreDBClusterFromSnapshot.
fn restore(
    source: &SnapshotArn,
    to: &Scope,
    makes: Kind,
    parameters: &[(&'static str, Argument)],
    words: &Words<'_>,
) -> Step {
    let (operation, database, snapshot) = match makes {
        Kind::Instance => {
            (Operation::RestoreDBInstanceFromDBSnapshot, "DBInstanceIdentifier", "DBSnapshotIdentifier")
        }
        Kind::Cluster => {
            (Operation::RestoreDBClusterFromSnapshot, "DBClusterIdentifier", "SnapshotIdentifier")
        }
    };
    // What another account owns is found by its ARN only (REST-02).
    let from = source.called_by(to.account);
    let mut parameters = parameters.to_vec();
    parameters.insert(1.min(parameters.len()), (snapshot, Argument::Text(from)));
    let call = Call { scope: to.clone(), operation, parameters };
    let name = call.text(database).unwrap_or_default().to_owned();
    let mut essentials = format!("{}, from {}", Shown::from(name.as_str()), source.name());
    if let Some(key) = call.text("KmsKeyId").and_then(|key| key.parse().ok()) {
        essentials = format!("{essentials}, key {}", words.key(&key));
    }
    let (follows, why, rule) = match makes {
        Kind::Instance => (Follow::Instance(name), "A restore always makes a new instance.", "REST-06"),
        Kind::Cluster => {
            (Follow::Cluster(name), "A restore makes a new cluster, without instances yet.", "REST-23")
        }
    };
    Step {
        call,
        essentials,
        why: why.to_owned(),
        rule: Some(rule),
        follows,
        undo: None,
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
    }
}

/// StartExportTask.
fn export(snapshot: &SnapshotArn, by: &Scope, parameters: &[(&'static str, Argument)]) -> Step {
    let call =
        Call { scope: by.clone(), operation: Operation::StartExportTask, parameters: parameters.to_vec() };
    let text = |name| call.text(name).unwrap_or_default();
    Step {
        essentials: format!("{}, to {}", snapshot.name(), Shown::from(text("S3BucketName"))),
        why: "AWS reads the snapshot and writes Parquet files into the bucket.".to_owned(),
        rule: Some("EXP-01"),
        follows: Follow::Export(text("ExportTaskIdentifier").to_owned()),
        undo: None,
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
        call,
    }
}

/// DeleteDBSnapshot or DeleteDBClusterSnapshot.
fn delete(snapshot: &SnapshotArn) -> Step {
    Step {
        call: calls::delete(snapshot),
        essentials: snapshot.name().to_string(),
        why: "The snapshot is not needed any more; this is for good.".to_owned(),
        rule: None,
        follows: Follow::Nothing,
        undo: None,
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyArn, KeyState, Tag, is_hidden};
    use crate::plan::Ground;
    use crate::rules::testing::cleared;

    /// A plan as text: a line a step, the account by the first three digits of its id.
    fn told(steps: &[Step]) -> Vec<String> {
        steps.iter().map(|step| told_call(&step.call)).collect()
    }

    fn told_call(call: &Call) -> String {
        let parameters =
            call.parameters.iter().map(|(name, value)| format!(" {name}={}", told_argument(value)));
        let account = &call.scope.account.to_string()[..3];
        format!(
            "{account} {} {}{}",
            call.scope.region.short(),
            call.operation.name(),
            parameters.collect::<String>()
        )
    }

    fn told_argument(argument: &Argument) -> String {
        let tag = |tag: &Tag| format!("{}:{}", tag.key, tag.value);
        match argument {
            Argument::Text(text) if text.starts_with('{') => "{..}".to_owned(),
            Argument::Text(text) => text.clone(),
            Argument::Flag(flag) => flag.to_string(),
            Argument::Number(number) => number.to_string(),
            Argument::List(texts) => texts.join(","),
            Argument::Tags(tags) => tags.iter().map(tag).collect::<Vec<_>>().join(","),
            Argument::GrantNamed(name) => format!("<{name}>"),
        }
    }

    fn planned(line: &str) -> Plan {
        let (request, facts) = cleared(line);
        compile(&request, &facts)
    }

    #[track_caller]
    fn check(line: &str, expected: &[&str]) -> Plan {
        let plan = planned(line);
        let steps = told(&plan.steps);
        assert_eq!(steps, expected, "`{line}`");
        plan
    }

    fn undone(plan: &Plan) -> Vec<String> {
        plan.steps.iter().map(|step| step.undo.as_ref().map_or_else(|| "-".to_owned(), told_call)).collect()
    }

    const ORDERS: &str = "arn:aws:rds:us-east-1:111111111111:snapshot:orders";

    #[test]
    fn a_copy_is_one_call_of_the_destination_with_the_source_by_its_arn() {
        let plan = check(
            "copy use1->euw1 name=Orders-EU kms-key=alias/dba cmk copy-tags=on tag=env=prod",
            &[&format!(
                "111 euw1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=Orders-EU \
             KmsKeyId=arn:aws:kms:eu-west-1:111111111111:key/cmk Tags=env:prod CopyTags=true"
            )],
        );
        assert_eq!(plan.goal, "Copy orders to eu-west-1 of prod (111111111111) as Orders-EU");
        assert_eq!(plan.steps[0].essentials, "Orders-EU, key alias/dba");
        // AWS keeps the name in lower case, and so it is found again.
        let made = "arn:aws:rds:eu-west-1:111111111111:snapshot:orders-eu".parse().expect("an ARN");
        assert_eq!(plan.steps[0].follows, Follow::Snapshot(made));
        assert_eq!(undone(&plan), ["111 euw1 DeleteDBSnapshot DBSnapshotIdentifier=orders-eu"]);
        assert_eq!(plan.clean_up(), []);
        check(
            "copy clu cmk use1->euw1 kms-key=alias/dba name=x copy-tags=on",
            &["111 euw1 CopyDBClusterSnapshot \
           SourceDBClusterSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:cluster-snapshot:orders \
           TargetDBClusterSnapshotIdentifier=x KmsKeyId=arn:aws:kms:eu-west-1:111111111111:key/cmk CopyTags=true"],
        );
        check(
            "encrypt name=x kms-key=alias/dba",
            &[&format!(
                "111 use1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=x \
             KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk"
            )],
        );
        check(
            "copy oracle-ee og:tde use1->euw1 name=x option-group=tde +og:tde@euw1",
            &[&format!(
                "111 euw1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=x \
             OptionGroupName=tde"
            )],
        );
    }

    #[test]
    fn the_long_way_to_another_account_is_copy_key_share_copy() {
        let first = "arn:aws:rds:us-east-1:111111111111:snapshot:orders-2026-11-24";
        let key = "arn:aws:kms:us-east-1:111111111111:key/cmk";
        let plan = check(
            "copy automated aws/rds to-account=222 use1->euw1 name=x",
            &[
                &format!(
                    "111 use1 CopyDBSnapshot \
                 SourceDBSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-2026-11-24 \
                 TargetDBSnapshotIdentifier=orders-2026-11-24 KmsKeyId={key}"
                ),
                &format!("111 use1 PutKeyPolicy KeyId={key} PolicyName=default Policy={{..}}"),
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders-2026-11-24 AttributeName=restore \
             ValuesToAdd=222222222222",
                &format!(
                    "222 euw1 CopyDBSnapshot SourceDBSnapshotIdentifier={first} TargetDBSnapshotIdentifier=x \
                 KmsKeyId=arn:aws:kms:eu-west-1:222222222222:key/cmk"
                ),
            ],
        );
        assert_eq!(
            told(&plan.clean_up()),
            [
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders-2026-11-24 AttributeName=restore \
             ValuesToRemove=222222222222",
                &format!("111 use1 PutKeyPolicy KeyId={key} PolicyName=default Policy={{..}}"),
                "111 use1 DeleteDBSnapshot DBSnapshotIdentifier=orders-2026-11-24",
            ]
        );
        let rules: Vec<_> = plan.steps.iter().map(|step| step.rule.expect("a rule")).collect();
        assert_eq!(rules, ["SHARE-01", "KMS-17", "COPY-08", "COPY-07"]);
    }

    #[test]
    fn the_owner_copies_to_the_region_first_and_shares_that_copy() {
        let plan = check(
            "copy docdb cmk via=region first-copy=mid to-account=222 use1->euw1 name=x",
            &[
                "111 euw1 CopyDBClusterSnapshot \
                 SourceDBClusterSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:cluster-snapshot:orders \
                 TargetDBClusterSnapshotIdentifier=mid KmsKeyId=arn:aws:kms:eu-west-1:111111111111:key/cmk",
                "111 euw1 PutKeyPolicy KeyId=arn:aws:kms:eu-west-1:111111111111:key/cmk PolicyName=default Policy={..}",
                "111 euw1 ModifyDBClusterSnapshotAttribute DBClusterSnapshotIdentifier=mid AttributeName=restore \
                 ValuesToAdd=222222222222",
                "222 euw1 CopyDBClusterSnapshot \
                 SourceDBClusterSnapshotIdentifier=arn:aws:rds:eu-west-1:111111111111:cluster-snapshot:mid \
                 TargetDBClusterSnapshotIdentifier=x KmsKeyId=arn:aws:kms:eu-west-1:222222222222:key/cmk",
            ],
        );
        assert_eq!(plan.goal, "Copy orders to eu-west-1 of dr (222222222222) as x");
        let back = told(&plan.clean_up());
        assert_eq!(back[2], "111 euw1 DeleteDBClusterSnapshot DBClusterSnapshotIdentifier=mid");
        assert_eq!(back.len(), 3);
    }

    #[test]
    fn the_destination_makes_the_second_copy_whether_it_is_named_or_looks_itself() {
        for whose in ["to-account=222", "by:222", "by:222 to-account=222"] {
            let plan =
                planned(&format!("copy docdb cmk {whose} via=region first-copy=mid use1->euw1 name=x"));
            let made: Vec<_> = plan.steps.iter().filter(|step| step.title().starts_with("Copy")).collect();
            let scopes = made.iter().map(|step| step.call.scope.to_string()).collect::<Vec<_>>();
            assert_eq!(scopes, ["111111111111 eu-west-1", "222222222222 eu-west-1"], "{whose}");
        }
    }

    #[test]
    fn what_others_own_is_copied_where_it_lies_first() {
        let plan = check(
            "copy docdb cmk of:999 by:111 via=account first-copy=mid use1->euw1 name=x",
            &[
                "111 use1 CopyDBClusterSnapshot \
                 SourceDBClusterSnapshotIdentifier=arn:aws:rds:us-east-1:999999999999:cluster-snapshot:orders \
                 TargetDBClusterSnapshotIdentifier=mid KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk",
                "111 euw1 CopyDBClusterSnapshot \
                 SourceDBClusterSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:cluster-snapshot:mid \
                 TargetDBClusterSnapshotIdentifier=x KmsKeyId=arn:aws:kms:eu-west-1:111111111111:key/cmk",
            ],
        );
        assert_eq!(
            told(&plan.clean_up()),
            ["111 use1 DeleteDBClusterSnapshot DBClusterSnapshotIdentifier=mid"]
        );
    }

    #[test]
    fn a_key_is_brought_back_before_anything_is_read_and_disabled_again_where_nothing_needs_it() {
        let key = "arn:aws:kms:us-east-1:111111111111:key/pending";
        let plan = check(
            "copy pending name=x kms-key=alias/dba",
            &[
                &format!("111 use1 CancelKeyDeletion KeyId={key}"),
                &format!("111 use1 EnableKey KeyId={key}"),
                &format!(
                    "111 use1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=x \
                     KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk"
                ),
            ],
        );
        assert_eq!(told(&plan.clean_up()), [format!("111 use1 DisableKey KeyId={key}")]);
        assert_eq!(undone(&plan)[0], "-", "nothing schedules a deletion again");
        let states: Vec<_> = plan.steps.iter().flat_map(|step| &step.grounds).collect();
        let home: Scope = ORDERS.parse::<SnapshotArn>().expect("an ARN").home();
        let key: KeyArn = key.parse().expect("an ARN");
        for was in [KeyState::PendingDeletion, KeyState::Disabled] {
            assert!(states.contains(&&Ground::KeyWas(home.clone(), key.clone(), was)), "{states:?}");
        }
        let stays = planned("copy disabled name=x");
        assert_eq!(stays.steps.len(), 2);
        assert_eq!(stays.clean_up(), [], "the copy is under it");
    }

    #[test]
    fn a_multi_az_cluster_goes_on_as_a_snapshot_of_an_instance_that_is_deleted_in_the_end() {
        let plan = check(
            "share maz aws/rds with=222",
            &[
                "111 use1 RestoreDBInstanceFromDBSnapshot DBInstanceIdentifier=orders-temp PubliclyAccessible=false \
                 DBClusterSnapshotIdentifier=orders",
                "111 use1 CreateDBSnapshot DBSnapshotIdentifier=orders-instance DBInstanceIdentifier=orders-temp",
                "111 use1 CopyDBSnapshot \
                 SourceDBSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:snapshot:orders-instance \
                 TargetDBSnapshotIdentifier=orders-instance-copy \
                 KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk",
                "111 use1 PutKeyPolicy KeyId=arn:aws:kms:us-east-1:111111111111:key/cmk PolicyName=default Policy={..}",
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders-instance-copy AttributeName=restore \
                 ValuesToAdd=222222222222",
            ],
        );
        assert_eq!(plan.goal, "Share orders with dr (222222222222)");
        assert_eq!(
            told(&plan.clean_up()),
            [
                "111 use1 DeleteDBSnapshot DBSnapshotIdentifier=orders-instance",
                "111 use1 DeleteDBInstance DBInstanceIdentifier=orders-temp SkipFinalSnapshot=true \
                 DeleteAutomatedBackups=true",
            ]
        );
        let first = &plan.steps[0].grounds;
        let from = "arn:aws:rds:us-east-1:111111111111:cluster-snapshot:orders".parse().expect("an ARN");
        assert!(
            first.iter().any(|ground| matches!(ground, Ground::Snapshot { arn, .. } if *arn == from)),
            "{first:?}"
        );
        let back = told(&planned("share maz none with=222").clean_up());
        assert_eq!(back.len(), 1, "what is shared stays: {back:?}");
    }

    #[test]
    fn a_grant_is_made_for_each_account_and_revoked_by_its_name() {
        let plan = planned("share cmk with=222,333 key-access=grant");
        let [first, second, _] = &plan.steps[..] else { panic!("{:?}", told(&plan.steps)) };
        assert_eq!(
            told_call(&first.call),
            "111 use1 CreateGrant KeyId=arn:aws:kms:us-east-1:111111111111:key/cmk \
         GranteePrincipal=arn:aws:iam::222222222222:root Operations=CreateGrant,DescribeKey,Decrypt,Encrypt,\
         ReEncryptFrom,ReEncryptTo,GenerateDataKey,GenerateDataKeyWithoutPlaintext Name=snapdeck-222222222222"
        );
        let undo = second.undo.as_ref().expect("an undo");
        assert_eq!(
            told_call(undo),
            "111 use1 RevokeGrant KeyId=arn:aws:kms:us-east-1:111111111111:key/cmk GrantId=<snapdeck-333333333333>"
        );
        assert_eq!(first.essentials, "key alias/dba, for dr (222222222222)");
        assert_eq!(plan.clean_up(), [], "who is shared with needs the key for as long as it is shared");
    }

    #[test]
    fn access_to_a_key_stays_where_the_result_stays_under_it() {
        let own = planned("restore clu cmk to-account=222 db=x kms-key=alias/dba");
        assert_eq!(own.clean_up().len(), 2);
        let foreign = planned("restore clu cmk to-account=222 db=x");
        assert_eq!(
            told(&foreign.clean_up()).len(),
            1,
            "only the sharing is taken back: {:?}",
            told(&foreign.steps)
        );
    }

    #[test]
    fn a_share_changes_one_attribute_and_takes_back_no_more_than_it_did() {
        let plan = check(
            "share with=222,333 remove=444,999 +share:222,999",
            &["111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders AttributeName=restore \
           ValuesToAdd=333333333333 ValuesToRemove=444444444444,999999999999"],
        );
        assert_eq!(
            undone(&plan),
            ["111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders AttributeName=restore \
          ValuesToAdd=999999999999 ValuesToRemove=333333333333"]
        );
        let public = check(
            "share visibility=public",
            &[
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders AttributeName=restore ValuesToAdd=all",
            ],
        );
        assert_eq!(public.goal, "Make orders public");
        let private = planned("share clu visibility=private +share:public");
        assert_eq!(
            undone(&private),
            [
                "111 use1 ModifyDBClusterSnapshotAttribute DBClusterSnapshotIdentifier=orders AttributeName=restore \
          ValuesToAdd=all"
            ]
        );
        let unknown = planned("share remove=222 denied:rds:DescribeDBSnapshotAttributes");
        assert_eq!(unknown.steps[0].undo, None, "nobody is given what it may never have had");
    }

    #[test]
    fn what_is_shared_instead_is_the_copy() {
        let plan = check(
            "share automated with=222",
            &[
                "111 use1 CopyDBSnapshot \
             SourceDBSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-2026-11-24 \
             TargetDBSnapshotIdentifier=orders-2026-11-24",
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders-2026-11-24 AttributeName=restore \
             ValuesToAdd=222222222222",
            ],
        );
        assert_eq!(plan.clean_up(), []);
        check(
            "share aws/rds with=222 remove=999 +share:999 first-copy=y first-key=alias/dba",
            &[
                &format!(
                    "111 use1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=y \
                 KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk"
                ),
                "111 use1 PutKeyPolicy KeyId=arn:aws:kms:us-east-1:111111111111:key/cmk PolicyName=default Policy={..}",
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=y AttributeName=restore ValuesToAdd=222222222222",
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders AttributeName=restore \
             ValuesToRemove=999999999999",
            ],
        );
    }

    #[test]
    fn a_restore_names_what_is_its_own_by_name_and_the_rest_by_arn() {
        let own = check(
            "restore db=x class=db.r6g.large port=5432 security-group=sg-1,sg-2 multi-az=on",
            &["111 use1 RestoreDBInstanceFromDBSnapshot DBInstanceIdentifier=x DBSnapshotIdentifier=orders \
           DBInstanceClass=db.r6g.large Port=5432 MultiAZ=true VpcSecurityGroupIds=sg-1,sg-2"],
        );
        assert_eq!(own.steps[0].follows, Follow::Instance("x".to_owned()));
        check(
            "restore none of:222 by:111 +share:111 db=x",
            &["111 use1 RestoreDBInstanceFromDBSnapshot DBInstanceIdentifier=x \
           DBSnapshotIdentifier=arn:aws:rds:us-east-1:222222222222:snapshot:orders"],
        );
        check(
            "restore clu none db=x kms-key=alias/dba port=3306",
            &["111 use1 RestoreDBClusterFromSnapshot DBClusterIdentifier=x SnapshotIdentifier=orders \
           Engine=aurora-mysql Port=3306 KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk"],
        );
    }

    #[test]
    fn a_restore_of_what_others_own_encrypted_is_shared_copied_and_restored_from_the_copy() {
        let plan = check(
            "restore cmk to-account=222 db=x",
            &[
                "111 use1 PutKeyPolicy KeyId=arn:aws:kms:us-east-1:111111111111:key/cmk PolicyName=default Policy={..}",
                "111 use1 ModifyDBSnapshotAttribute DBSnapshotIdentifier=orders AttributeName=restore \
             ValuesToAdd=222222222222",
                &format!(
                    "222 use1 CopyDBSnapshot SourceDBSnapshotIdentifier={ORDERS} TargetDBSnapshotIdentifier=orders \
                 KmsKeyId=arn:aws:kms:us-east-1:222222222222:key/cmk"
                ),
                "222 use1 RestoreDBInstanceFromDBSnapshot DBInstanceIdentifier=x DBSnapshotIdentifier=orders",
            ],
        );
        let back = told(&plan.clean_up());
        assert_eq!(back[0], "222 use1 DeleteDBSnapshot DBSnapshotIdentifier=orders");
        assert_eq!(back.len(), 3);
    }

    #[test]
    fn an_export_and_a_deletion_are_one_call_that_nothing_takes_back() {
        let export = check(
            "export postgres task=t bucket=b prefix=p role=arn:aws:iam::111111111111:role/x kms-key=alias/dba only=a.b",
            &[&format!(
                "111 use1 StartExportTask ExportTaskIdentifier=t SourceArn={ORDERS} S3BucketName=b \
             IamRoleArn=arn:aws:iam::111111111111:role/x KmsKeyId=arn:aws:kms:us-east-1:111111111111:key/cmk \
             S3Prefix=p ExportOnly=a.b"
            )],
        );
        assert_eq!(
            (export.steps[0].follows.clone(), undone(&export)),
            (Follow::Export("t".to_owned()), vec!["-".to_owned()])
        );
        check("delete clu", &["111 use1 DeleteDBClusterSnapshot DBClusterSnapshotIdentifier=orders"]);
    }

    #[test]
    fn every_step_says_why_in_one_plain_sentence() {
        for line in [
            "copy automated aws/rds to-account=222 use1->euw1 name=x",
            "share cmk with=222,333,999 key-access=grant",
            "share visibility=private +share:public",
            "share visibility=public",
            "share remove=999 +share:999",
            "restore cmk to-account=222 db=x",
            "restore clu none db=x kms-key=alias/dba",
            "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba",
            "delete",
            "copy docdb cmk via=region to-account=222 use1->euw1 name=x",
            "copy pending name=x kms-key=alias/dba",
            "copy maz aws/rds to-account=222 use1->euw1",
        ] {
            let plan = planned(line);
            for step in plan.steps.iter().chain(&plan.clean_up()) {
                let words = [&step.why, &step.essentials, &plan.goal, &step.way_back().to_owned()];
                assert!(step.why.ends_with('.') && step.way_back().ends_with('.'), "{line}: {words:?}");
                assert!(
                    words.iter().all(|words| words.len() < 110 && !words.chars().any(is_hidden)),
                    "{words:?}"
                );
            }
        }
    }
}
