//! What can be done with a job: pausing it, giving it up, taking it back, and going to what it has made.

use snapdeck::domain::Access;
use snapdeck::input::Context;

use super::Desk;

/// A plan of three steps on its last screen: an automated snapshot under the default key, to dr in eu-west-1.
async fn long_way() -> Desk {
    let mut desk = Desk::on_demo(Access::ReadWrite).await;
    desk.on("rds:orders-prod-2026-11-24-02-05").await;
    desk.press("c").await;
    desk.choose("dr").await;
    desk.press("Tab").await;
    desk.choose("eu-west-1").await;
    desk.press("F5 F5").await;
    desk.must_say(&["ready"]);
    desk.press("Enter").await;
    desk.must_say(&["Enter sends 3 requests, each when the one before is done."]);
    desk
}

/// The same sent, and paused before anything came back.
async fn paused() -> Desk {
    let mut desk = long_way().await;
    for chord in ["Enter", "!", "p"] {
        desk.hit(chord.parse().expect("a chord"));
    }
    desk.settle().await;
    desk
}

#[tokio::test(start_paused = true)]
async fn a_job_pauses_between_two_requests_and_goes_on() {
    let mut desk = paused().await;
    desk.must_say(&["step 1 of 3, paused"]);
    let sent = desk.sent().len();
    desk.press("Enter").await;
    desk.must_say(&["It pauses: nothing more is sent until it goes on."]);
    assert_eq!(desk.sent().len(), sent);
    desk.press("R").await;
    desk.arrive().await;
    desk.must_have_sent(&[
        "CopyDBSnapshot 111111111111 us-east-1",
        "ModifyDBSnapshotAttribute 111111111111 us-east-1",
        "CopyDBSnapshot 222222222222 eu-west-1",
    ]);
    desk.press("v").await;
    desk.must_say(&["1 paused", "1 goes on", "3 done"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_job_needed_on_the_way_only_is_taken_back_by_name() {
    let mut desk = paused().await;
    desk.press("R").await;
    desk.arrive().await;
    desk.press("Esc /").await;
    desk.press("Esc !").await;
    desk.must_say(&["done"]);
    // It is done: what was needed on the way only is taken back, the last of it first.
    desk.press("u").await;
    desk.must_say(&[
        "Clean up after: Copy",
        "1 of 2 prod us-east-1 111111111111 rds:ModifyDBSnapshotAttribute",
        "2 of 2 prod us-east-1 111111111111 rds:DeleteDBSnapshot",
        "Type orders-prod-2026-11-24-02-05 and press Enter to delete it for good:",
    ]);
    assert_eq!(desk.context(), Context::LastTyped);
    desk.press("Enter").await;
    desk.must_say(&["nothing was sent: type orders-prod-2026-11-24-02-05 first"]);
    desk.type_in("orders-prod-2026-11-24-02-05").await;
    desk.press("Enter").await;
    desk.arrive().await;
    assert_eq!(
        desk.sent()[3..],
        ["ModifyDBSnapshotAttribute 111111111111 us-east-1", "DeleteDBSnapshot 111111111111 us-east-1",]
    );
}

#[tokio::test(start_paused = true)]
async fn giving_up_says_what_that_means_for_each_step_and_is_for_good() {
    let mut desk = paused().await;
    let sent = desk.sent().len();
    desk.press("X").await;
    desk.must_say(&["Given up, nothing more of it is ever sent.", "It is not sent.", "Enter gives it up"]);
    desk.press("Esc").await;
    desk.must_say(&["paused"]);
    desk.press("X Enter").await;
    desk.must_say(&["given up"]);
    desk.press("R").await;
    desk.arrive().await;
    assert_eq!(desk.sent().len(), sent, "nothing more is sent");
}

#[tokio::test(start_paused = true)]
async fn a_plan_cleans_up_after_itself_when_that_is_asked_for() {
    let mut desk = long_way().await;
    desk.must_say(&["Afterwards, if you like", "What is needed on the way only stays."]);
    desk.press("ctrl-l").await;
    desk.must_say(&[
        "Enter sends 5 requests, each when the one before is done.",
        "In the end what is needed on the way only is taken back.",
    ]);
    desk.press("G").await;
    desk.must_say(&["5 of 5 prod us-east-1 111111111111 rds:DeleteDBSnapshot"]);
    desk.must_not_say(&["Afterwards, if you like"]);
    desk.press("Enter").await;
    desk.arrive().await;
    assert_eq!(desk.sent().len(), 5);
    desk.filter("name:orders-prod-2026-11-24-02-05 type:manual").await;
    desk.must_say(&["all · 1 of 1"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_job_has_made_is_one_chord_away_whatever_hides_it() {
    let mut desk = long_way().await;
    desk.press("Enter").await;
    desk.arrive().await;
    desk.filter("name:nothing-like-it").await;
    desk.must_say(&["No snapshot is left"]);
    desk.press("! o").await;
    assert_eq!(desk.context(), Context::Table);
    desk.press("Y").await;
    let copied = desk.copied().last().cloned();
    let made = "arn:aws:rds:eu-west-1:222222222222:snapshot:orders-prod-2026-11-24-02-05";
    assert_eq!(copied.as_deref(), Some(made));
}
