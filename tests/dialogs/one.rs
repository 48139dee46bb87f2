//! One snapshot at a time: each of the things that a dialog does, from the chord to what the table shows then.

use snapdeck::domain::{Access, Answer, Kind, Question};

use super::Desk;

#[tokio::test(start_paused = true)]
async fn a_copy_to_another_region_asks_for_a_key_of_that_region_and_arrives() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("audit-by-grant").await;
    desk.press("c Tab").await;
    desk.must_say(&["audit-by-grant-copy proposed", "ready"]);
    desk.choose("eu-west-1").await;
    desk.must_say(&[
        "eu-west-1 Ireland",
        "ERROR The snapshot is encrypted: its copy in eu-west-1 needs a key of eu-west-1. COPY-12",
        "f: use alias/dba",
        "1 error: not ready",
    ]);
    desk.press("Enter").await;
    desk.must_say(&["1 thing blocks"]);

    // The focus went to the field that blocks.
    desk.press("Space").await;
    desk.must_say(&["alias/dba 9757a972-080d-4c5a-a8d9-312920f5385d fits", "alias/payments-mrk"]);
    desk.type_in("dba").await;
    desk.press("Enter").await;
    desk.must_say(&["alias/dba customer key, enabled, eu-west-1", "ready"]);
    desk.must_not_say(&["COPY-12"]);

    desk.press("Enter").await;
    desk.must_say(&[
        "prod eu-west-1 111111111111 rds:CopyDBSnapshot",
        "SourceDBSnapshotIdentifier arn:aws:rds:us-east-1:111111111111:snapshot:audit-by-grant",
        "TargetDBSnapshotIdentifier audit-by-grant",
        "KmsKeyId arn:aws:kms:eu-west-1:111111111111:key/9757a972-080d-4c5a-a8d9-312920f5385d",
        "Enter sends 1 request.",
    ]);
    desk.must_have_sent(&[]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["CopyDBSnapshot 111111111111 eu-west-1"]);
    desk.must_say(&[
        "all · 2 of 3 · name:audit-by-grant",
        "audit-by-grant manual cmk private 6d 90 prod euw1",
    ]);
    desk.filter("name:audit-by-grant status:available region:eu-west-1").await;
    desk.must_say(&["all · 1 of 1"]);
}

#[tokio::test(start_paused = true)]
async fn an_automated_snapshot_under_the_default_key_is_shared_by_a_plan_of_three_steps() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("rds:orders-prod-2026-11-24-02-05").await;
    desk.press("s").await;
    desk.choose("lab").await;
    desk.must_say(&[
        "nobody but its owner",
        "lab 333333333333 yours",
        "ERROR An automated snapshot cannot be shared; a manual copy of it can. SHARE-01",
        "f: copy it first, as orders-prod-2026-11-24-02-05",
        "ERROR The default key aws/rds works in its own account only: nobody else could use the snapshot. SHARE-06",
        "2 errors: not ready",
    ]);
    desk.press("f").await;
    desk.must_say(&["First copy orders-prod-2026-11-24-02-05"]);
    desk.must_not_say(&["SHARE-01"]);
    desk.press("f").await;
    desk.must_not_say(&["SHARE-06"]);
    // Whoever reads the snapshot needs its key, too.
    desk.must_say(&["ERROR lab (333333333333) may not use alias/analytics", "SHARE-08"]);
    desk.press("f").await;
    desk.must_say(&["let them use the key, by its policy", "ready"]);

    desk.press("Enter").await;
    desk.must_say(&[
        "1 of 3 prod us-east-1 111111111111 rds:CopyDBSnapshot",
        "TargetDBSnapshotIdentifier orders-prod-2026-11-24-02-05",
        "2 of 3 prod us-east-1 111111111111 kms:PutKeyPolicy",
        "\"Sid\": \"AllowUseBy333333333333\"",
        "3 of 3 prod us-east-1 111111111111 rds:ModifyDBSnapshotAttribute",
        "ValuesToAdd 333333333333",
        "Enter sends 3 requests, each when the one before is done.",
    ]);

    // The same can be handed over, in the same order.
    desk.press("ctrl-s C").await;
    desk.must_have_sent(&[]);
    let (name, script) = &desk.saved()[0];
    assert_eq!(name, "snapdeck-share-rds-orders-prod-2026-11-24-02-05.sh");
    for text in [script, &desk.copied()[0]] {
        let found =
            ["aws rds copy-db-snapshot ", "aws kms put-key-policy ", "aws rds modify-db-snapshot-attribute "];
        let places: Vec<_> = found.iter().map(|command| text.find(command)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {text}");
    }

    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&[
        "CopyDBSnapshot 111111111111 us-east-1",
        "PutKeyPolicy 111111111111 us-east-1",
        "ModifyDBSnapshotAttribute 111111111111 us-east-1",
    ]);
    desk.must_say(&["done"]);
}

#[tokio::test(start_paused = true)]
async fn what_goes_to_an_account_that_a_key_admits_already_goes_under_that_key() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("rds:orders-prod-2026-11-24-02-05").await;
    desk.press("s").await;
    desk.choose("dr").await;
    desk.press("F").await;
    desk.must_say(&["Its key alias/dba", "ready"]);
    desk.must_not_say(&["SHARE-08", "Key access"]);
    desk.press("Enter Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&[
        "CopyDBSnapshot 111111111111 us-east-1",
        "ModifyDBSnapshotAttribute 111111111111 us-east-1",
    ]);
    desk.must_say(&["done"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_encrypted_cannot_be_made_public() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("audit-by-grant").await;
    desk.press("s Tab Tab Space").await;
    desk.must_say(&[
        "Public make it PUBLIC",
        "ERROR It is encrypted: it cannot be made public. Share it with accounts instead. SHARE-05",
    ]);
    desk.press("Enter Enter").await;
    desk.must_say(&["1 thing blocks"]);
    desk.must_have_sent(&[]);
    desk.press("f").await;
    desk.must_say(&["Public as it is"]);
    desk.must_not_say(&["SHARE-05"]);
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_becomes_public_only_by_its_name() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("wiki-before-upgrade").await;
    desk.press("s").await;
    desk.must_say(&["ERROR Nobody is named: there is nothing to change. SHARE-16"]);
    desk.press("Tab Space Enter").await;
    desk.must_say(&["Type wiki-before-upgrade and press Enter to make it PUBLIC:"]);
    desk.press("Enter").await;
    desk.must_say(&["nothing was sent: type wiki-before-upgrade first"]);
    desk.type_in("WIKI-BEFORE-UPGRADE").await;
    desk.press("Enter").await;
    desk.must_say(&["nothing was sent: type wiki-before-upgrade first"]);
    desk.must_have_sent(&[]);

    desk.press("ctrl-u").await;
    desk.type_in("wiki-before-upgrade").await;
    desk.must_have_sent(&[]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["ModifyDBSnapshotAttribute 111111111111 us-east-1"]);
    desk.must_say(&["wiki-before-upgrade manual none PUBLIC"]);
}

#[tokio::test(start_paused = true)]
async fn an_instance_snapshot_is_encrypted_by_a_copy() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("wiki-before-upgrade").await;
    desk.press("e").await;
    desk.must_say(&["ERROR Choose the key to encrypt it under. ENC-01", "1 error: not ready"]);
    desk.choose("alias/dba").await;
    desk.must_say(&["The copy will be encrypted", "key alias/dba", "ready"]);
    desk.press("Enter Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["CopyDBSnapshot 111111111111 us-east-1"]);
    desk.on("wiki-before-upgrade-copy").await;
    desk.must_say(&["all · 1 of 1", "wiki-before-upgrade-copy manual cmk private"]);
}

#[tokio::test(start_paused = true)]
async fn an_aurora_snapshot_is_encrypted_by_a_restore_and_by_no_copy() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("catalog-aurora-plain").await;
    desk.press("e").await;
    desk.must_say(&[
        "ERROR An unencrypted cluster snapshot is encrypted by restoring it under a key; a copy stays unencrypted. \
         ENC-03",
        "f: restore it under alias/dba instead",
    ]);
    desk.press("f").await;
    desk.must_say(&[
        "Restore under a key",
        "alias/dba customer key, enabled, eu-west-1",
        "catalog-aurora-encrypted proposed",
        "The new cluster will be encrypted, though its snapshot is not. ENC-03",
        "WARN The new cluster has no instance: nothing can connect until one is created in it. REST-23",
    ]);
    desk.press("Enter").await;
    desk.must_say(&[
        "prod eu-west-1 111111111111 rds:RestoreDBClusterFromSnapshot",
        "DBClusterIdentifier catalog-aurora-encrypted",
        "KmsKeyId arn:aws:kms:eu-west-1:111111111111:key/9757a972-080d-4c5a-a8d9-312920f5385d",
    ]);
    desk.must_have_sent(&[]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["RestoreDBClusterFromSnapshot 111111111111 eu-west-1"]);
    desk.must_say(&["as catalog-aurora-encrypted done"]);
    let Answer::Databases(all) =
        desk.ask(Question::Databases(super::scope("111111111111", "eu-west-1"))).await
    else {
        panic!("another answer");
    };
    let cluster = all.iter().find(|one| one.name.exact() == "catalog-aurora-encrypted").expect("the cluster");
    assert_eq!((cluster.kind, cluster.status.exact()), (Kind::Cluster, "available"));
}

#[tokio::test(start_paused = true)]
async fn what_a_stranger_shares_is_copied_under_a_key_of_ours() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("partner-feed-weekly").await;
    desk.press("c").await;
    desk.must_say(&[
        "given by 987654321098, FOREIGN",
        "WARN Whether prod (111111111111) may use 426392ec-421e-4d5d-a4f6-bcbd2630872d only 987654321098 can tell. \
         KMS-16",
        "ERROR The snapshot is encrypted: a copy in prod (111111111111) needs a key, best one of its own. COPY-14",
    ]);
    desk.press("Tab Tab Tab").await;
    desk.choose("arn:aws:kms:us-east-1:987654321098:key/426392ec-421e-4d5d-a4f6-bcbd2630872d").await;
    desk.must_say(&[
        "WARN The key is of 987654321098, which can make this copy unreadable with it. COPY-15",
        "ready, 3 warnings",
    ]);
    desk.must_not_say(&["COPY-14"]);
    desk.choose("alias/dba").await;
    desk.must_say(&["alias/dba customer key, enabled, us-east-1", "ready, 1 warning"]);
    desk.must_not_say(&["COPY-14", "COPY-15"]);
    desk.press("Enter Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["CopyDBSnapshot 111111111111 us-east-1"]);
    desk.must_say(&["partner-feed-weekly manual cmk private 41h 140 prod use1"]);
}

#[tokio::test(start_paused = true)]
async fn a_restore_asks_for_little_and_makes_a_database_of_its_own_name() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("orders-prod-2026-11-24").await;
    desk.press("t").await;
    desk.must_say(&["orders-prod-restored proposed", "Class as the database had it", "ready"]);
    desk.must_not_say(&["Version", "Key "]);
    desk.press("Tab Tab Tab").await;
    desk.choose("db.r6gd.large").await;
    desk.press("F").await;
    desk.must_say(&["db.r6gd.large", "prod-private changed", "ready"]);
    desk.press("Enter").await;
    desk.must_say(&[
        "prod us-east-1 111111111111 rds:RestoreDBInstanceFromDBSnapshot",
        "DBInstanceIdentifier orders-prod-restored",
        "DBInstanceClass db.r6gd.large",
        "DBSubnetGroupName prod-private",
    ]);
    desk.must_have_sent(&[]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["RestoreDBInstanceFromDBSnapshot 111111111111 us-east-1"]);

    // The name is in use now, in the next dialog too.
    desk.press("t").await;
    desk.must_say(&["orders-prod-restored-2 proposed"]);
}

#[tokio::test(start_paused = true)]
async fn an_export_names_what_it_lacks_and_is_followed_to_its_end() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("orders-prod-2026-11-24").await;
    desk.press("x").await;
    desk.must_say(&[
        "Task orders-prod-2026-11-24 proposed",
        "ERROR The export needs a bucket to write to. EXP-01",
        "ERROR The export needs the ARN of a role that may write to the bucket. EXP-01",
        "ERROR The export needs a key for its files, whether the snapshot is encrypted or not. EXP-01",
        "3 errors, 1 warning: not ready",
    ]);
    desk.press("f").await;
    desk.must_say(&["alias/analytics", "changed", "2 errors, 1 warning: not ready"]);
    desk.press("Tab").await;
    desk.type_in("prod-exports").await;
    desk.press("Tab Tab").await;
    desk.type_in("arn:aws:iam::111111111111:role/export").await;
    desk.must_say(&["ready, 1 warning"]);
    desk.press("Enter").await;
    desk.must_say(&["prod us-east-1 111111111111 rds:StartExportTask", "S3BucketName prod-exports"]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["StartExportTask 111111111111 us-east-1"]);
    desk.must_say(&["Export orders-prod-2026-11-24"]);
}
