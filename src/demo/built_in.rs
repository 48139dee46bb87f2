//! The built-in fleet, tried: each of its snapshots with a story behaves as the story says.
//!
//! Every call has a cloud of its own, so that none depends on another.

use crate::demo::world::World;

const PROD: &str = "111111111111";
const DR: &str = "222222222222";
const LAB: &str = "333333333333";
const VAULT: &str = "444444444444";

#[track_caller]
fn check(found: &str, expect: &str, what: &str) {
    assert_eq!(found, expect, "{what}");
}

/// Copies an instance snapshot of prod in us-east-1 and gives the code.
async fn copied(who: &str, region: &str, name: &str, more: &[(&str, &str)]) -> String {
    let source = format!("arn:aws:rds:us-east-1:{PROD}:snapshot:{name}");
    copy_of(who, region, &source, more).await
}

async fn copy_of(who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> String {
    let params = [("SourceDBSnapshotIdentifier", source), ("TargetDBSnapshotIdentifier", "a-new-name")];
    World::built_in().rds(who, region, "CopyDBSnapshot", &[&params[..], more].concat()).await.code()
}

async fn cluster_copy(who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> String {
    let params =
        [("SourceDBClusterSnapshotIdentifier", source), ("TargetDBClusterSnapshotIdentifier", "a-new-name")];
    World::built_in().rds(who, region, "CopyDBClusterSnapshot", &[&params[..], more].concat()).await.code()
}

async fn shared(region: &str, name: &str, with: &str) -> String {
    let params = [
        ("DBSnapshotIdentifier", name),
        ("AttributeName", "restore"),
        ("ValuesToAdd.AttributeValue.1", with),
    ];
    World::built_in().rds(PROD, region, "ModifyDBSnapshotAttribute", &params).await.code()
}

async fn restored(who: &str, snapshot: &str, more: &[(&str, &str)]) -> String {
    let params = [("DBInstanceIdentifier", "a-new-name"), ("DBSnapshotIdentifier", snapshot)];
    World::built_in()
        .rds(who, "us-east-1", "RestoreDBInstanceFromDBSnapshot", &[&params[..], more].concat())
        .await
        .code()
}

async fn exported(source: &str) -> String {
    let source = format!("arn:aws:rds:us-east-1:{PROD}:snapshot:{source}");
    let params = [
        ("ExportTaskIdentifier", "a-new-name"),
        ("SourceArn", source.as_str()),
        ("S3BucketName", "prod-lake-us-east-1"),
        ("IamRoleArn", "arn:aws:iam::111111111111:role/snapshot-export"),
        ("KmsKeyId", "alias/dba"),
    ];
    World::built_in().rds(PROD, "us-east-1", "StartExportTask", &params).await.code()
}

const DR_KEY: (&str, &str) = ("KmsKeyId", "alias/dr");

#[tokio::test(start_paused = true)]
async fn the_incident_has_its_way_out() {
    check(&restored(PROD, "rds:orders-prod-2026-11-24-02-05", &[]).await, "ok", "the last good state");
    let private = [
        ("DBSnapshotIdentifier", "orders-prod-before-migration"),
        ("AttributeName", "restore"),
        ("ValuesToRemove.AttributeValue.1", "all"),
    ];
    let world = World::built_in();
    let left = world.rds(PROD, "us-east-1", "ModifyDBSnapshotAttribute", &private).await.ok();
    assert!(left.texts("AttributeValue").is_empty());
}

#[tokio::test(start_paused = true)]
async fn keys_let_dr_in_as_their_names_say() {
    for (name, expect) in [
        ("orders-prod-2026-11-24", "ok"),
        ("audit-by-grant", "ok"),
        ("crm-quarterly", "KMSKeyNotAccessibleFault"),
        ("hr-role-only", "KMSKeyNotAccessibleFault"),
        ("finance-explicit-deny", "KMSKeyNotAccessibleFault"),
    ] {
        check(&copied(DR, "eu-west-1", name, &[DR_KEY]).await, expect, name);
    }
    check(
        &copied(PROD, "us-east-1", "imports-key-pending", &[]).await,
        "KMSKeyNotAccessibleFault",
        "imports",
    );
    for name in ["loyalty-key-disabled", "loyalty-key-pending-deletion"] {
        check(&copy_of(PROD, "us-west-2", name, &[]).await, "KMSKeyNotAccessibleFault", name);
    }
    let signing = copied(PROD, "us-east-1", "wiki-before-upgrade", &[("KmsKeyId", "alias/sign-jwt")]).await;
    check(&signing, "KMSKeyNotAccessibleFault", "a key for signing");
    let replica = [("KmsKeyId", "alias/payments-mrk")];
    check(&copied(PROD, "eu-west-1", "payments-mrk-nightly", &replica).await, "ok", "the replica");
    check(&copied(PROD, "eu-west-1", "payments-mrk-nightly", &[]).await, "InvalidParameterValue", "no key");
    check(&copied(PROD, "eu-west-1", "wiki-before-upgrade", &[]).await, "ok", "nothing to encrypt");
}

#[tokio::test(start_paused = true)]
async fn what_others_share_is_read_as_far_as_its_key_lets() {
    let partner = |name: &str| format!("arn:aws:rds:us-east-1:987654321098:snapshot:{name}");
    let dba = ("KmsKeyId", "alias/dba");
    check(&copy_of(PROD, "us-east-1", &partner("partner-feed-weekly"), &[dba]).await, "ok", "feed");
    check(
        &copy_of(PROD, "us-east-1", &partner("partner-feed-weekly"), &[]).await,
        "InvalidParameterValue",
        "feed",
    );
    check(&restored(PROD, &partner("partner-feed-weekly"), &[]).await, "InvalidDBSnapshotState", "feed");
    check(&restored(PROD, &partner("partner-feed-plain"), &[]).await, "ok", "plain");
    let closed = copy_of(PROD, "us-east-1", &partner("partner-closed-key"), &[dba]).await;
    check(&closed, "KMSKeyNotAccessibleFault", "closed");
    let zone = partner("partner-oracle-timezone");
    check(&copy_of(PROD, "us-east-1", &zone, &[]).await, "InvalidParameterValue", "timezone");
    check(&copy_of(PROD, "us-east-1", &zone, &[("OptionGroupName", "feed-tz")]).await, "ok", "timezone");
    let from_dr = format!("arn:aws:rds:us-east-1:{DR}:snapshot:users-shared-from-dr");
    check(&copy_of(PROD, "eu-west-1", &from_dr, &[dba]).await, "ok", "two steps in one");
    let aurora = "arn:aws:rds:us-east-1:987654321098:cluster-snapshot:partner-aurora-export";
    let params = [
        ("DBClusterIdentifier", "a-new-name"),
        ("SnapshotIdentifier", aurora),
        ("Engine", "aurora-mysql"),
        dba,
    ];
    World::built_in().rds(PROD, "us-east-1", "RestoreDBClusterFromSnapshot", &params).await.ok();
}

#[tokio::test(start_paused = true)]
async fn some_things_cannot_be_shared() {
    for (region, name, expect) in [
        ("us-east-1", "billing-default-key", "InvalidParameterValue"),
        ("us-east-1", "rds:orders-prod-2026-11-24-02-05", "InvalidParameterValue"),
        ("us-east-1", "erp-oracle-tde", "InvalidParameterValue"),
        ("us-east-1", "risk-sqlserver-tde", "InvalidParameterValue"),
        ("us-east-1", "intranet-backup-restore", "ok"),
        ("eu-west-1", "warehouse-timezone", "ok"),
        ("us-east-1", "distribution-19", "ok"),
        ("us-east-1", "distribution-20", "SharedSnapshotQuotaExceeded"),
        ("us-east-1", "inventory-creating", "InvalidDBSnapshotState"),
        ("us-east-1", "shipping-failed", "InvalidDBSnapshotState"),
    ] {
        check(&shared(region, name, VAULT).await, expect, name);
    }
}

#[tokio::test(start_paused = true)]
async fn clusters_are_another_kind() {
    let key = ("KmsKeyId", "alias/dba");
    let plain = cluster_copy(PROD, "eu-west-1", "catalog-aurora-plain", &[key]).await;
    check(&plain, "InvalidParameterCombination", "catalog");
    check(&copied(PROD, "us-east-1", "wiki-before-upgrade", &[key]).await, "ok", "an instance");
    check(&cluster_copy(PROD, "eu-west-1", "ledger-aurora-final", &[]).await, "ok", "ledger");
    for (region, name) in
        [("us-east-1", "sessions-maz-before-upgrade"), ("eu-central-1", "metrics-maz-final")]
    {
        check(&cluster_copy(PROD, region, name, &[]).await, "InvalidDBClusterSnapshotStateFault", name);
    }
    for name in ["graph-neptune-weekly", "docs-documentdb-weekly"] {
        check(&cluster_copy(PROD, "us-east-1", name, &[]).await, "ok", name);
    }
    let source = format!("arn:aws:rds:us-east-1:{PROD}:cluster-snapshot:checkout-aurora-iopt1");
    check(&cluster_copy(DR, "eu-central-1", &source, &[DR_KEY]).await, "SnapshotQuotaExceeded", "a sixth");
    check(&cluster_copy(DR, "eu-west-1", &source, &[DR_KEY]).await, "ok", "elsewhere");
}

#[tokio::test(start_paused = true)]
async fn options_custom_engines_and_exports_have_their_rules() {
    check(
        &copied(PROD, "us-west-2", "erp-oracle-tde", &[("KmsKeyId", "alias/dba")]).await,
        "InvalidParameterValue",
        "TDE",
    );
    let there = [("KmsKeyId", "alias/dba"), ("OptionGroupName", "erp-tde")];
    check(&copied(PROD, "eu-west-1", "erp-oracle-tde", &there).await, "ok", "TDE with a group");
    for (name, expect) in
        [("planning-custom-baseline", "ok"), ("mes-custom-baseline", "InvalidDBSnapshotState")]
    {
        let source = format!("arn:aws:rds:us-west-2:{PROD}:snapshot:{name}");
        check(&copy_of(PROD, "eu-west-1", &source, &[("KmsKeyId", "alias/dba")]).await, expect, name);
        check(&copy_of(PROD, "us-west-2", name, &[]).await, "InvalidDBSnapshotState", name);
    }
    for (name, expect) in [
        ("rds:wiki-2026-11-24-01-25", "ok"),
        ("forum-magnetic", "InvalidExportSourceState"),
        ("erp-oracle-tde", "InvalidExportSourceState"),
        ("finance-explicit-deny", "InvalidExportSourceState"),
    ] {
        check(&exported(name).await, expect, name);
    }
    check(&restored(PROD, "erp-oracle-tde", &[]).await, "InvalidParameterCombination", "TDE without a group");
    check(
        &restored(PROD, "legacy-crm-last", &[]).await,
        "InvalidParameterCombination",
        "a version that is gone",
    );
}

#[tokio::test(start_paused = true)]
async fn one_manual_snapshot_more_fits_in_the_lab_and_no_second() {
    let world = World::built_in();
    for (target, expect) in [("one", "ok"), ("two", "SnapshotQuotaExceeded")] {
        let params = [("DBInstanceIdentifier", "fixtures"), ("DBSnapshotIdentifier", target)];
        check(&world.rds(LAB, "eu-central-1", "CreateDBSnapshot", &params).await.code(), expect, target);
    }
}

#[tokio::test(start_paused = true)]
async fn one_scope_is_denied_one_region_is_off_and_one_is_empty() {
    let listed = async |who, region| World::built_in().rds(who, region, "DescribeDBSnapshots", &[]).await;
    let denied = listed(VAULT, "eu-west-1").await;
    assert!(
        denied
            .text("Message")
            .is_some_and(|text| text.ends_with("explicit deny in a service control policy"))
    );
    denied.refused("AccessDenied");
    listed(PROD, "ap-east-1").await.refused("InvalidClientTokenId");
    assert!(listed(VAULT, "ap-east-1").await.ok().texts("DBSnapshotIdentifier").is_empty());
    assert!(!listed(LAB, "ap-east-1").await.ok().texts("DBSnapshotIdentifier").is_empty());
}
