//! What keeping promises: intent before every call, runs that outlive their program, one driver for each.

use std::sync::Mutex;

use super::*;
use crate::domain::{Fault, FaultClass, fixture};
use crate::engine::script::Script;
use crate::plan::Happening;
use crate::ports::testing::MemoryJournal;

fn keeper(cloud: &Arc<Script>, journal: &MemoryJournal) -> Keeper {
    let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let journal: Arc<dyn Journal> = Arc::new(journal.clone());
    Keeper::new(Arc::clone(cloud) as Arc<dyn Cloud>, clock, Some(journal), ("me".into(), "here".into()))
}

/// Passes on what happens to the script, which holds orders to having been told of before they leave.
fn watch(cloud: &Arc<Script>) -> Watch {
    let told: Arc<Mutex<Vec<Event>>> = Arc::clone(&cloud.told);
    Arc::new(move |event| told.lock().expect("a lock").push(event))
}

fn script(line: &str) -> (Arc<Script>, Orders) {
    let (script, orders) = Script::of(line, vec![Ok(Some(("available", 100)))]);
    (Arc::new(script), orders)
}

/// A run whose program ended when its first order was on its way.
async fn cut_off(keeper: &Keeper, journal: &MemoryJournal, orders: &Orders) -> RunId {
    let kept = keeper.begin(orders, vec![]).await.expect("begun");
    let hold = kept.hold.as_ref().expect("a hold");
    let sending = Event { step: 0, at: jiff::Timestamp::UNIX_EPOCH, what: Happening::Sending };
    journal.record(hold, 0, &sending).await.expect("written");
    hold.run()
}

#[tokio::test(start_paused = true)]
async fn a_run_is_written_down_as_it_happens() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let keeper = keeper(&cloud, &journal);
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    let run = keeper
        .go(kept, Run::new(&orders), orders.clone(), Brake::default(), watch(&cloud))
        .await
        .expect("driven");
    let history = journal.load(id).await.expect("a history");
    assert_eq!(history.run(), Ok(run));
    assert_eq!(history.plan, orders.plan());
    assert!(keeper.cut_short().await.expect("a list").is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_an_ended_program_left_is_found_and_taken_up_without_doing_anything_twice() {
    let ((cloud, orders), journal) = (script("share automated aws/rds with=222"), MemoryJournal::new(1));
    let first = keeper(&cloud, &journal);
    let id = cut_off(&first, &journal, &orders).await;
    let stamped = orders.clone().stamped(id);
    cloud.carried_out(stamped.order(0).expect("an order").call());
    let second = keeper(&cloud, &journal);
    let cut = second.cut_short().await.expect("a list");
    assert_eq!(cut.iter().map(|history| history.id).collect::<Vec<_>>(), [id]);
    let (kept, history) = second.take(id).await.expect("taken").expect("a journal");
    let run = history.run().expect("a run");
    let run = second.go(kept, run, orders, Brake::default(), watch(&cloud)).await.expect("driven");
    assert_eq!(run.standing(), Standing::Done);
    let sent = cloud.sent.lock().expect("a lock").clone();
    assert_eq!(sent, ["PutKeyPolicy", "ModifyDBSnapshotAttribute"], "the copy was there already");
}

#[tokio::test(start_paused = true)]
async fn what_another_run_has_made_under_the_same_name_is_not_adopted() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let keeper = keeper(&cloud, &journal);
    let id = cut_off(&keeper, &journal, &orders).await;
    cloud.carried_out(orders.order(0).expect("an order").call());
    let (kept, history) = keeper.take(id).await.expect("taken").expect("a journal");
    let run = history.run().expect("a run");
    let run = keeper.go(kept, run, orders, Brake::default(), watch(&cloud)).await.expect("driven");
    assert_eq!(run.standing(), Standing::Stopped(0));
    assert!(cloud.sent.lock().expect("a lock").is_empty(), "it is not made twice either");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_nobody_drives_is_given_up_for_good() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let keeper = keeper(&cloud, &journal);
    let id = cut_off(&keeper, &journal, &orders).await;
    let (kept, history) = keeper.take(id).await.expect("taken").expect("a journal");
    keeper.cancel(kept, &history.run().expect("a run"), watch(&cloud)).await.expect("written");
    let history = journal.load(id).await.expect("a history");
    assert_eq!(history.run().expect("a run").standing(), Standing::Cancelled(0));
    assert!(keeper.cut_short().await.expect("a list").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_has_one_driver() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let (first, second) = (keeper(&cloud, &journal), keeper(&cloud, &journal));
    let kept = first.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    assert!(matches!(second.take(id).await, Err(JournalError::Held(_))));
    assert!(second.cut_short().await.expect("a list").is_empty(), "somebody drives it");
    drop(kept);
    assert!(second.take(id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_written_down_is_not_sent() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let keeper = keeper(&cloud, &journal);
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    journal.break_after(0, JournalError::Full("the disk".into()));
    let end = keeper.go(kept, Run::new(&orders), orders, Brake::default(), watch(&cloud)).await;
    assert!(end.is_err_and(|why| why.exact().contains("no room is left")));
    assert!(cloud.sent.lock().expect("a lock").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_on_after_a_pause_in_the_same_program() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let expired: Result<_, Fault> = Err(fixture::fault(FaultClass::ExpiredCredentials, "expired"));
    cloud.orders.lock().expect("a lock").push(expired);
    let keeper = keeper(&cloud, &journal);
    let kept = keeper.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    let run = keeper
        .go(Arc::clone(&kept), Run::new(&orders), orders.clone(), Brake::default(), watch(&cloud))
        .await
        .expect("driven");
    assert_eq!(run.standing(), Standing::Paused(0));
    let run = keeper.go(kept, run, orders, Brake::default(), watch(&cloud)).await.expect("driven");
    assert_eq!(journal.load(id).await.expect("a history").run(), Ok(run));
}

#[tokio::test(start_paused = true)]
async fn whoever_drives_a_run_is_known_however_many_were_begun_since() {
    let ((cloud, orders), journal) = (script("copy none name=x"), MemoryJournal::new(1));
    let (first, second) = (keeper(&cloud, &journal), keeper(&cloud, &journal));
    let kept = first.begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("an id");
    for _ in 0..RECENT {
        second.begin(&orders, vec![]).await.expect("begun");
    }
    let (_, holder) = second.look(id).await.expect("looked").expect("a journal");
    assert!(holder.is_some(), "it is driven");
    drop(kept);
    let (_, holder) = second.look(id).await.expect("looked").expect("a journal");
    assert_eq!(holder, None);
}
