//! What AWS would refuse or make useless, each said in the dialog with its rule before anything is sent.

use serde_json::json;
use snapdeck::domain::Access;

use super::Desk;
use crate::check::fleet::{Fleet, PROD};

/// A snapshot, the chords of the dialog on it, and what is said then. Chords in `<>` are typed into a list.
type Flag = (&'static str, &'static [&'static str], &'static [&'static str]);

const FLAGS: [Flag; 8] = [
    (
        "name:distribution-20",
        &["s", "<dr>"],
        &["Now read by 20 accounts", "ERROR It would be shared with 21 accounts; AWS allows 20. SHARE-04"],
    ),
    (
        "name:loyalty-key-disabled",
        &["c"],
        &["ERROR Its key alias/loyalty-2023 is disabled: it cannot be copied. COPY-21", "f: enable the key"],
    ),
    (
        "name:crm-quarterly account:dr",
        &["c"],
        &[
            "ERROR dr (222222222222) may not use alias/crm: its policy leaves out kms:CreateGrant. KMS-07",
            "f: let dr (222222222222) use it, by the key's policy",
            "ERROR The snapshot is encrypted: a copy in dr (222222222222) needs a key, best one of its own. COPY-14",
        ],
    ),
    (
        "name:sessions-maz-before-upgrade",
        &["c"],
        &[
            "ERROR A snapshot of a Multi-AZ DB cluster cannot be copied; one of a Multi-AZ instance can. COPY-30",
            "f: restore it to an instance, and copy a snapshot of that",
        ],
    ),
    (
        "name:sessions-maz-before-upgrade",
        &["s", "<dr>"],
        &["ERROR A snapshot of a Multi-AZ DB cluster cannot be shared.", "SHARE-12"],
    ),
    (
        "name:erp-oracle-tde",
        &["c", "Tab", "<eu-west-1>"],
        &[
            "ERROR The snapshot has TDE for good: the copy needs an option group of eu-west-1 that has it. COPY-33",
            "or: use the option group erp-tde",
            "ERROR The snapshot is encrypted: its copy in eu-west-1 needs a key of eu-west-1. COPY-12",
        ],
    ),
    (
        "name:analytics-ec2-only",
        &["s", "<dr>"],
        // The policy names dr, but lets it in through EC2 alone.
        &[
            "ERROR dr (222222222222) may not use alias/analytics: its policy does not admit the account. SHARE-08",
        ],
    ),
    (
        "name:shipping-failed",
        &["s", "<dr>"],
        &["ERROR The snapshot is failed; only an available one can be shared. SHARE-24"],
    ),
];

#[tokio::test(start_paused = true)]
async fn what_aws_would_refuse_is_said_with_its_rule_and_goes_no_further() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    for (filter, chords, says) in FLAGS {
        desk.filter(filter).await;
        for chord in chords {
            match chord.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
                Some(text) => desk.choose(text).await,
                None => desk.press(chord).await,
            }
        }
        desk.must_say(says);
        desk.must_say(&["not ready"]);
        desk.press("Enter Enter").await;
        desk.must_not_say(&["Last look"]);
        desk.press("Esc").await;
    }
    desk.must_have_sent(&[]);
}

#[tokio::test(start_paused = true)]
async fn an_oracle_snapshot_with_tde_crosses_regions_with_every_way_out_taken() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("erp-oracle-tde").await;
    desk.press("c Tab").await;
    desk.choose("eu-west-1").await;
    desk.press("F").await;
    desk.must_say(&["alias/dba customer key, enabled, eu-west-1 changed", "Options erp-tde changed"]);
    desk.press("Enter").await;
    desk.must_say(&["OptionGroupName erp-tde"]);
    desk.press("Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["CopyDBSnapshot 111111111111 eu-west-1"]);
    desk.filter("name:erp-oracle-tde region:eu-west-1 status:available").await;
    desk.must_say(&["all · 1 of 1"]);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_is_taken_there_in_other_letters_is_taken() {
    let fleet = Fleet::new().instance(PROD, json!({})).instance_in(
        PROD,
        "eu-west-1",
        json!({ "DBSnapshotIdentifier": "orders-weekly" }),
    );
    let mut desk = Desk::on_fleet(fleet.cloud(), Access::ReadWrite).await;
    desk.on("orders").await;
    desk.press("c Tab").await;
    desk.choose("eu-west-1").await;
    desk.must_say(&["Name orders proposed", "ready"]);
    desk.press("Tab ctrl-u").await;
    desk.type_in("Orders-WEEKLY").await;
    desk.must_say(&["ERROR", "COPY-06", "1 error: not ready"]);
    // In a line that is typed in, F4 stands for what f is elsewhere.
    desk.press("F4").await;
    desk.must_not_say(&["COPY-06"]);
    desk.must_say(&["changed", "ready"]);
    desk.press("Enter Enter").await;
    desk.arrive().await;
    desk.must_have_sent(&["CopyDBSnapshot 111111111111 eu-west-1"]);
    desk.must_not_say(&["REFUSED"]);
}

#[tokio::test(start_paused = true)]
async fn the_twenty_first_copy_into_a_region_waits_until_one_is_done() {
    let running = |n: u32| {
        json!({
            "DBSnapshotIdentifier": format!("running-{n}"), "DBInstanceIdentifier": format!("db-{n}"),
            "Status": "copying", "SourceRegion": "us-east-1", "AllocatedStorage": 60_000,
            "SourceDBSnapshotIdentifier": format!("arn:aws:rds:us-east-1:{PROD}:snapshot:db-{n}"),
        })
    };
    let fleet = Fleet::new().instance(PROD, json!({}));
    let fleet = (0..20).fold(fleet, |fleet, n| fleet.instance_in(PROD, "eu-west-1", running(n)));
    let mut desk = Desk::on_fleet(fleet.cloud(), Access::ReadWrite).await;
    desk.on("orders").await;
    desk.press("c Tab").await;
    desk.choose("eu-west-1").await;
    desk.must_say(&[
        "ERROR 20 copies of instance snapshots run into eu-west-1 now; 20 is the most. COPY-40",
        "way out: wait until one is done",
    ]);
    desk.press("Enter Enter").await;
    desk.must_have_sent(&[]);
}
