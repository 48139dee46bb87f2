//! What something else has to be done for first: two copies, a key brought back, an instance between; each to its end
//! and clean again.

use snapdeck::domain::{Access, Answer, KeyState, Question};

use super::{Desk, scope};

const PROD: &str = "111111111111";
const DR: &str = "222222222222";

/// Cleans up after the newest job; what has to be typed for it is typed.
async fn clean_up(desk: &mut Desk, typed: &str) {
    desk.press("! u").await;
    desk.must_say(&["Clean up after: "]);
    desk.type_in(typed).await;
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_not_say(&["REFUSED", "FAILED", "UNSURE", "NOT SENT"]);
}

async fn names(desk: &Desk, account: &str, region: &str) -> Vec<String> {
    let mut all = vec![];
    for kind in [snapdeck::domain::Kind::Instance, snapdeck::domain::Kind::Cluster] {
        match desk.ask(Question::Snapshots(scope(account, region), kind)).await {
            Answer::Snapshots(there) => all.extend(there.names),
            other => panic!("{other:?}"),
        }
    }
    all
}

#[tokio::test(start_paused = true)]
async fn a_documentdb_snapshot_gets_to_another_account_and_region_in_two_copies_by_its_owner() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("rds:docs-2026-11-24-02-55").await;
    desk.press("c").await;
    desk.choose("dr").await;
    desk.press("Tab").await;
    desk.choose("eu-west-1").await;
    desk.must_say(&[
        "WARN AWS's texts disagree on whether a shared DocumentDB snapshot leaves us-east-1 in one copy. COPY-23",
        "prod (111111111111) copies it to eu-west-1 first, and shares that copy",
    ]);
    desk.press("F5 F5 F5").await;
    desk.must_say(&[
        "By way of a copy of its owner in that region",
        "First copy docs-2026-11-24-02-55",
        "ready",
    ]);
    desk.must_not_say(&["texts disagree"]);
    let before = names(&desk, PROD, "eu-west-1").await;
    desk.press("Enter").await;
    desk.must_say(&["1 of ", "To take it back: Delete the copy"]);
    desk.press("Enter").await;
    desk.arrive().await;
    let sent = desk.sent();
    assert_eq!(sent[0], "CopyDBClusterSnapshot 111111111111 eu-west-1", "{sent:?}");
    assert_eq!(sent.last().expect("one"), "CopyDBClusterSnapshot 222222222222 eu-west-1", "{sent:?}");
    assert!(sent.contains(&"ModifyDBClusterSnapshotAttribute 111111111111 eu-west-1".to_owned()), "{sent:?}");
    assert!(names(&desk, DR, "eu-west-1").await.contains(&"docs-2026-11-24-02-55".to_owned()));
    clean_up(&mut desk, "docs-2026-11-24-02-55").await;
    assert_eq!(names(&desk, PROD, "eu-west-1").await, before, "prod is as it was");
    assert!(names(&desk, DR, "eu-west-1").await.contains(&"docs-2026-11-24-02-55".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_is_shared_already_is_copied_by_the_other_account_where_it_lies_first() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.filter("name:docs-documentdb-weekly account:dr").await;
    desk.press("c Tab").await;
    desk.choose("eu-west-1").await;
    desk.press("F5 F5 F5").await;
    desk.must_say(&["By way of a copy of that account in its region", "ready"]);
    let before = names(&desk, DR, "us-east-1").await;
    desk.press("Enter").await;
    desk.must_say(&["Copied by prod (111111111111) first it would take 3 steps instead of 2."]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&[
        "CopyDBClusterSnapshot 222222222222 us-east-1",
        "CopyDBClusterSnapshot 222222222222 eu-west-1",
    ]);
    clean_up(&mut desk, "docs-documentdb-weekly").await;
    assert_eq!(names(&desk, DR, "us-east-1").await, before, "what lay between is gone");
    assert!(names(&desk, DR, "eu-west-1").await.contains(&"docs-documentdb-weekly".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_to_be_deleted_is_brought_back_and_disabled_again_afterwards() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("loyalty-key-pending-deletion").await;
    desk.press("c Tab").await;
    desk.choose("us-east-1").await;
    desk.must_say(&[
        "is waiting to be deleted: it cannot be copied. COPY-21",
        "cancel its deletion, then enable it",
    ]);
    desk.press("F5 F5").await;
    desk.must_say(&[
        "Mend key yes",
        "alias/loyalty-2022 was to be deleted: that is cancelled first",
        "ready, 1 warning",
    ]);
    desk.press("Enter").await;
    desk.must_say(&[
        "1 of 3 prod us-west-2 111111111111 kms:CancelKeyDeletion",
        "To take it back: Schedule its deletion again yourself",
        "2 of 3 prod us-west-2 111111111111 kms:EnableKey",
        "3 of 3 prod us-east-1 111111111111 rds:CopyDBSnapshot",
        "kms:DisableKey key alias/loyalty-2022",
    ]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&[
        "CancelKeyDeletion 111111111111 us-west-2",
        "EnableKey 111111111111 us-west-2",
        "CopyDBSnapshot 111111111111 us-east-1",
    ]);
    let state = async |desk: &Desk| {
        let asked = Question::Key(scope(PROD, "us-west-2"), "alias/loyalty-2022".to_owned());
        match desk.ask(asked).await {
            Answer::Key(Some(key)) => key.state,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(state(&desk).await, KeyState::Enabled);
    desk.press("! u Enter").await;
    desk.arrive().await;
    assert_eq!(state(&desk).await, KeyState::Disabled);
    assert_eq!(desk.sent().last().expect("one"), "DisableKey 111111111111 us-west-2");
}

#[tokio::test(start_paused = true)]
async fn in_an_account_that_is_read_only_no_key_is_brought_back() {
    let mut desk = Desk::on_demo(Access::ReadOnly).await;
    desk.on("loyalty-key-disabled").await;
    desk.press("c Tab F5 F5 Enter").await;
    desk.must_say(&["kms:EnableKey", "READ-ONLY: nothing is sent"]);
    desk.press("Enter").await;
    desk.must_have_sent(&[]);
}

#[tokio::test(start_paused = true)]
async fn a_multi_az_cluster_is_shared_as_a_snapshot_of_an_instance_that_is_gone_in_the_end() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("sessions-maz-before-upgrade").await;
    desk.press("s").await;
    desk.choose("lab").await;
    desk.must_say(&["SHARE-12", "restore it to an instance, and share a snapshot of that"]);
    desk.press("F5 F5").await;
    desk.must_say(&[
        "By way of a DB instance, made for it",
        "WARN An instance sessions-maz-before-upgrade-temp is made of it on the way: it costs until it is deleted.",
        "ready",
    ]);
    desk.press("Enter").await;
    desk.must_say(&["PubliclyAccessible false", "DBClusterSnapshotIdentifier sessions-maz-before-upgrade"]);
    desk.press("Enter").await;
    desk.arrive().await;
    let sent = desk.sent();
    assert_eq!(
        sent[..2],
        ["RestoreDBInstanceFromDBSnapshot 111111111111 us-east-1", "CreateDBSnapshot 111111111111 us-east-1"]
    );
    assert_eq!(sent.last().expect("one"), "ModifyDBSnapshotAttribute 111111111111 us-east-1");
    let databases = async |desk: &Desk| match desk.ask(Question::Databases(scope(PROD, "us-east-1"))).await {
        Answer::Databases(all) => all,
        other => panic!("{other:?}"),
    };
    let is_temporary =
        |one: &&snapdeck::domain::Database| one.name.exact() == "sessions-maz-before-upgrade-temp";
    let all = databases(&desk).await;
    let made = all.iter().find(is_temporary).expect("the instance");
    assert!(made.tags.iter().any(|tag| tag.key.exact() == "snapdeck:step"), "{made:?}");
    clean_up(&mut desk, "sessions-maz-before-upgrade-temp").await;
    assert_eq!(desk.sent().last().expect("one"), "DeleteDBInstance 111111111111 us-east-1");
    let left = databases(&desk).await;
    assert!(left.iter().filter(is_temporary).all(|one| one.status.exact() == "deleting"), "{left:?}");
    desk.press("Esc").await;
    desk.filter("name:sessions-maz-before-upgrade-instance account:prod").await;
    desk.must_say(&["sessions-maz-before-upgrade-instance manual cmk 1 acc"]);
}

#[tokio::test(start_paused = true)]
async fn of_two_orders_that_take_the_same_the_one_that_shares_a_copy_is_taken_and_says_so() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("graph-neptune-weekly").await;
    desk.press("c").await;
    desk.choose("dr").await;
    desk.press("Tab").await;
    desk.choose("eu-west-1").await;
    desk.press("F5 F5 F5").await;
    desk.must_say(&["By way of a copy of its owner in that region", "ready"]);
    desk.must_not_say(&["it would take"]);
    desk.press("Enter").await;
    desk.must_say(&[
        "Copied by dr (222222222222) first it would take as many steps; the snapshot itself would be shared, not a copy \
         of it.",
        "1 of 3",
    ]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_opened_by_its_policy_says_what_a_grant_would_take_and_the_other_way_round() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("orders-prod-2026-11-24").await;
    desk.press("s").await;
    desk.choose("lab").await;
    desk.press("F5").await;
    desk.must_say(&["ready"]);
    let fields = desk.app();
    desk.press("Enter").await;
    desk.must_say(&[
        "By a grant it would take as many steps and change no key policy; a grant can take 5 minutes to work.",
        "kms:PutKeyPolicy",
    ]);
    desk.back_to(&fields);
    // The way is the field before those whom it is shared with.
    desk.press("shift-Tab Space").await;
    desk.must_say(&["Key access let them use the key, by a grant", "ready"]);
    desk.press("Enter").await;
    desk.must_say(&[
        "By the key's policy it would take as many steps and change a key policy.",
        "kms:CreateGrant",
    ]);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_admits_them_already_says_what_another_would_take() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("billing-default-key").await;
    desk.press("s").await;
    desk.choose("dr").await;
    // alias/audit admits it too, by a grant that was made for the audit.
    desk.must_say(&["encrypt a copy with alias/dba, whose policy admits dr (222222222222) already"]);
    desk.press("F5 F5").await;
    desk.must_say(&["ready"]);
    desk.press("Enter").await;
    desk.must_say(&["Under alias/analytics it would take 3 steps instead of 2 and change a key policy."]);
}

#[tokio::test(start_paused = true)]
async fn where_only_one_way_leads_there_nothing_is_compared() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    for (name, chords) in [("sessions-maz-before-upgrade", "F5 F5"), ("forum-magnetic", "F5")] {
        desk.on(name).await;
        desk.press("s").await;
        desk.choose("dr").await;
        desk.press(chords).await;
        desk.must_say(&["ready"]);
        desk.press("Enter").await;
        desk.must_say(&["Last look"]);
        desk.must_not_say(&["it would take"]);
        desk.press("Esc Esc").await;
    }
}
