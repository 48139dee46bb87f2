//! Many marked snapshots at once: what is found is said with for how many it holds, and all that can be done is.

use snapdeck::domain::Access;

use super::Desk;

/// Instances and clusters of six engines: unencrypted, under aws/rds, under customer keys.
const SOUND: [&str; 10] = [
    "audit-by-grant",
    "billing-default-key",
    "checkout-aurora-iopt1",
    "erp-oracle-tde",
    "forum-magnetic",
    "graph-neptune-weekly",
    "intranet-backup-restore",
    "orders-prod-2026-11-24",
    "payments-mrk-nightly",
    "wiki-before-upgrade",
];

/// One of a Multi-AZ cluster, which goes on as a snapshot of an instance.
const BY_INSTANCE: &str = "sessions-maz-before-upgrade";

/// A failed one.
const HOPELESS: &str = "shipping-failed";

#[tokio::test(start_paused = true)]
async fn twelve_snapshots_of_all_kinds_go_to_another_region_but_for_those_that_cannot() {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    for name in SOUND.iter().chain([&BY_INSTANCE, &HOPELESS]) {
        desk.filter(&format!("name:{name} account:prod region:us-east-1")).await;
        desk.press("Space").await;
    }
    desk.press("/ ctrl-u Enter c Tab").await;
    desk.choose("eu-west-1").await;
    desk.must_say(&[
        "Snapshots 12: 9 manual instance, 3 manual cluster",
        "7 under a customer key, 3 unencrypted, 2 under aws/rds; 12 in prod us-east-1",
        "needs a key of eu-west-1. 9 of 12 COPY-12",
        "option group of eu-west-1 that has it. 1 of 12 COPY-33",
        "cannot be copied; one of a Multi-AZ instance can. 1 of 12 COPY-30",
        "only an available one can be copied. 1 of 12 COPY-01",
        "9 snapshots blocked",
    ]);
    // A failed one is not waited for.
    desk.must_not_say(&["wait until it is available"]);
    desk.press("L").await;
    desk.must_say(&[
        "shipping-failed us-east-1 blocked as shipping-failed",
        "forum-magnetic us-east-1 ready",
    ]);

    desk.press("L F").await;
    desk.must_say(&[
        "changed for 9 snapshots: one each",
        "changed for 1 snapshot: erp-tde",
        "changed for 1 snapshot: instance",
        "1 snapshot blocked",
    ]);
    desk.must_not_say(&["COPY-12", "COPY-33"]);
    desk.press("Enter").await;
    desk.must_say(&["1 thing blocks"]);
    desk.press("X").await;
    desk.must_say(&[
        "1 snapshot left out: undo brings them back",
        "Snapshots 11: 8 manual instance",
        "ready",
    ]);
    desk.press("u").await;
    desk.must_say(&["Snapshots 12: 9 manual instance", "1 snapshot blocked"]);
    desk.press("X Enter").await;

    desk.must_say(&["Last look · Copy", "Enter sends 13 requests."]);
    let mut all = desk.screen();
    for _ in 0..2 {
        desk.press("PgDn").await;
        all += &desk.screen();
    }
    for name in SOUND {
        assert!(all.contains(&format!("Identifier  {name} ")), "{name}: {all}");
    }
    desk.must_have_sent(&[]);

    desk.press("Enter").await;
    desk.arrive().await;
    let sent = desk.sent();
    let of = |operation: &str| sent.iter().filter(|one| one.starts_with(operation)).count();
    assert_eq!((of("CopyDBSnapshot "), of("CopyDBClusterSnapshot "), sent.len()), (9, 2, 13), "{sent:?}");
    desk.filter("region:eu-west-1 account:prod type:manual status:available").await;
    for name in SOUND.iter().chain([&BY_INSTANCE]) {
        desk.must_say(&[&format!("{name} manual")]);
    }
    desk.must_not_say(&[HOPELESS]);
    desk.press("!").await;
    desk.must_say(&["Jobs · 11 jobs"]);
    desk.must_not_say(&["REFUSED", "FAILED", "UNSURE"]);
}
